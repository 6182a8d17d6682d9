#include "lesson/formula.h"

#include <algorithm>

namespace stride {

namespace {

using Kind = FormulaBox::Kind;

constexpr int deepest = 8;

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  /// Up to the end, or within braces up to the closing one.
  bool row(FormulaRow& out, int depth) {
    if (depth > deepest) return false;
    while (!rest_.empty() && rest_.front() != '}')
      if (!box(out, depth)) return false;
    return depth == 0 ? rest_.empty() : take("}");
  }
  bool is_more_than_words() const { return more_; }

 private:
  bool take(std::string_view words) {
    if (!rest_.starts_with(words)) return false;
    rest_.remove_prefix(words.size());
    return true;
  }

  bool braced(FormulaRow& out, int depth) { return take("{") && row(out, depth + 1); }

  /// One letter of UTF-8.
  std::string_view letter() {
    size_t size = 1;
    while (size < rest_.size() && (static_cast<unsigned char>(rest_[size]) & 0xC0) == 0x80) ++size;
    const std::string_view one = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return one;
  }

  bool script(FormulaBox& out, int depth) {
    if (rest_.empty() || rest_.front() == '}') return false;
    if (rest_.front() == '{') return braced(out.inner, depth);
    out.inner.push_back({Kind::words, std::string(letter()), {}, {}});
    return true;
  }

  bool box(FormulaRow& out, int depth) {
    if (rest_.front() == '{') return false;
    FormulaBox next;
    const bool raised = take("^"), lowered = !raised && take("_");
    if (raised || lowered) {
      next.kind = raised ? Kind::raised : Kind::lowered;
      if (!script(next, depth)) return false;
    } else if (take("\\frac")) {
      next.kind = Kind::fraction;
      if (!braced(next.inner, depth) || !braced(next.below, depth)) return false;
    } else if (take("\\sqrt")) {
      next.kind = Kind::root;
      if (!braced(next.inner, depth)) return false;
    } else {
      const size_t end = std::min(rest_.find_first_of("^_\\{}", 1), rest_.size());
      next.words = rest_.substr(0, end);
      rest_.remove_prefix(end);
      out.push_back(std::move(next));
      return true;
    }
    more_ = true;
    out.push_back(std::move(next));
    return true;
  }

  std::string_view rest_;
  bool more_ = false;
};

/// A row of one letter or number needs no brackets.
std::string in_brackets(const FormulaRow& row) {
  const std::string words = formula_text(row);
  const auto joins = [](char c) { return c == ' ' || c == '+' || c == '-' || c == '/' || c == '*'; };
  const bool plain = row.size() == 1 && row[0].kind == Kind::words &&
                     std::none_of(words.begin(), words.end(), joins) && words.find("−") == std::string::npos;
  return plain || words.empty() ? words : "(" + words + ")";
}

}  // namespace

bool read_formula(std::string_view text, FormulaRow& out) {
  Reader reader(text);
  FormulaRow row;
  if (!reader.row(row, 0) || !reader.is_more_than_words()) return false;
  out = std::move(row);
  return true;
}

std::string formula_text(const FormulaRow& row) {
  std::string words;
  for (const FormulaBox& box : row) switch (box.kind) {
      case Kind::words:
        words += box.words;
        break;
      case Kind::raised:
        words += "^" + in_brackets(box.inner);
        break;
      case Kind::lowered:
        words += "_" + in_brackets(box.inner);
        break;
      case Kind::fraction:
        words += in_brackets(box.inner) + "/" + in_brackets(box.below);
        break;
      case Kind::root:
        words += "√" + in_brackets(box.inner);
        break;
    }
  return words;
}

}  // namespace stride
