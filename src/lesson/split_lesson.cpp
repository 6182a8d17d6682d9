// A lesson file cut into its parts, and its Markdown read.
#include <algorithm>

#include "lesson/formula.h"
#include "lesson/lesson_shared.h"

namespace stride {

namespace {

constexpr size_t max_screens = 100;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines.push_back(line);
  }
  return lines;
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t") == std::string_view::npos;
}

std::string_view trimmed(std::string_view s) {
  const size_t begin = s.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return s.substr(begin, s.find_last_not_of(" \t") - begin + 1);
}

void append(std::vector<LessonSpan>& spans, LessonSpan span) {
  if (span.words.empty()) return;
  const auto is_plain = [](const LessonSpan& s) { return !s.formula && s.sets.empty(); };
  const bool joins = !spans.empty() && is_plain(spans.back()) && is_plain(span) &&
                     spans.back().bold == span.bold && spans.back().link == span.link;
  if (joins)
    spans.back().words += span.words;
  else
    spans.push_back(std::move(span));
}

/// Where `mark` stands next, looked for from places that only grow: each stretch of the text is searched
/// once.
class Next {
 public:
  Next(std::string_view text, std::string_view mark) : text_(text), mark_(mark), found_(text.find(mark)) {}
  size_t from(size_t place) {
    if (place > found_) found_ = text_.find(mark_, place);
    return found_;
  }

 private:
  std::string_view text_, mark_;
  size_t found_;
};

/// A link, whose words the caller has seen. What the lab is to take is told by "set:".
LessonSpan link_of(std::string_view words, std::string_view target, bool bold) {
  constexpr std::string_view sets = "set:";
  LessonSpan span{std::string(words), bold, true};
  if (target.starts_with(sets)) span.sets = target.substr(sets.size());
  return span;
}

std::vector<LessonSpan> read_spans(std::string_view text) {
  std::vector<LessonSpan> spans;
  Next stars(text, "**"), middles(text, "]("), ends(text, ")"), dollars(text, "$");
  bool bold = false;
  for (size_t at = 0; at < text.size();) {
    if (stars.from(at) == at && (bold || stars.from(at + 2) != text.npos)) {
      bold = !bold;
      at += 2;
      continue;
    }
    const size_t middle = text[at] == '[' ? middles.from(at) : text.npos;
    const size_t end = middle == text.npos ? middle : ends.from(middle);
    if (end != text.npos) {
      append(spans,
             link_of(text.substr(at + 1, middle - at - 1), text.substr(middle + 2, end - middle - 2), bold));
      at = end + 1;
      continue;
    }
    FormulaRow row;
    const size_t closing = text[at] == '$' ? dollars.from(at + 1) : text.npos;
    if (closing != text.npos && read_formula(text.substr(at + 1, closing - at - 1), row)) {
      append(spans, {std::string(text.substr(at + 1, closing - at - 1)), bold, false, true});
      at = closing + 1;
      continue;
    }
    const size_t next = std::min(text.find_first_of("*[$", at + 1), text.size());
    append(spans, {std::string(text.substr(at, next - at)), bold, false});
    at = next;
  }
  return spans;
}

/// Takes the patch that may stand under a heading. False: it does not end.
bool take_patch(const std::vector<std::string_view>& lines, size_t& i, RawScreen& screen) {
  while (i < lines.size() && is_blank(lines[i])) ++i;
  if (i == lines.size() || trimmed(lines[i]) != "```json") return true;
  screen.patch_line = static_cast<int>(i) + 2;
  for (++i; i < lines.size(); ++i) {
    if (trimmed(lines[i]) == "```") {
      ++i;
      return true;
    }
    screen.patch += lines[i];
    screen.patch += '\n';
  }
  return false;
}

/// `index`: of the lines.
Error expected_on(size_t index, std::string what, std::string got = {}) {
  return error_of({.expected = std::move(what), .got = std::move(got), .line = static_cast<int>(index) + 1});
}

Error cut_body(const std::vector<std::string_view>& lines, size_t i, RawLesson& out) {
  while (i < lines.size()) {
    if (lines[i].starts_with("## ")) {
      if (out.screens.size() == max_screens)
        return expected_on(i, "at most " + std::to_string(max_screens) + " screens");
      out.screens.push_back({std::string(trimmed(lines[i].substr(3))), {}, 0, {}});
      const size_t heading = i++;
      if (!take_patch(lines, i, out.screens.back()))
        return expected_on(heading, "``` after the scenario", "the end");
      continue;
    }
    if (lines[i].starts_with("```"))
      return expected_on(i, "```json only as the first thing under a heading \"## ...\"");
    if (!out.screens.empty())
      out.screens.back().lines.push_back(lines[i]);
    else if (!is_blank(lines[i]))
      return expected_on(i, "a heading \"## ...\" before the text", shown(std::string(lines[i])));
    ++i;
  }
  if (out.screens.empty())
    return expected_on(lines.size() - 1, "at least one heading \"## ...\" with text under it");
  return {};
}

}  // namespace

std::vector<LessonBlock> read_blocks(const std::vector<std::string_view>& lines) {
  using Kind = LessonBlock::Kind;
  std::vector<LessonBlock> blocks;
  std::string words;
  Kind kind = Kind::paragraph;
  const auto finish = [&] {
    if (!words.empty()) blocks.push_back({kind, read_spans(words)});
    words.clear();
    kind = Kind::paragraph;
  };
  for (std::string_view raw : lines) {
    std::string_view line = trimmed(raw);
    if (line.empty() || line.starts_with("- ") || line.starts_with("### ")) finish();
    if (line.starts_with("- ")) kind = Kind::item, line = trimmed(line.substr(2));
    const bool heading = line.starts_with("### ");
    if (heading) kind = Kind::heading, line = trimmed(line.substr(4));
    if (!words.empty()) words += ' ';
    words += line;
    if (heading) finish();
  }
  finish();
  return blocks;
}

std::string plain_words(const LessonBlock& block) {
  std::string words;
  for (const LessonSpan& span : block.spans) {
    FormulaRow row;
    words += span.formula && read_formula(span.words, row) ? formula_text(row) : span.words;
  }
  return words;
}

Error split_lesson(std::string_view text, RawLesson& out) {
  if (text.size() > static_cast<size_t>(max_document))
    return expected_on(0, "a file of at most " + std::to_string(max_document) + " bytes");
  if (!is_utf8(std::string(text))) return expected_on(0, "UTF-8 text");
  text = without_mark(text);
  const auto lines = lines_of(text);
  size_t i = 0;
  while (i < lines.size() && is_blank(lines[i])) ++i;
  if (i == lines.size() || trimmed(lines[i]) != "---")
    return expected_on(i, "a line --- before the header",
                       i == lines.size() ? "the end of the file" : shown(std::string(lines[i])));
  out.header_line = static_cast<int>(i) + 2;
  for (++i; i < lines.size() && trimmed(lines[i]) != "---"; ++i) {
    out.header += lines[i];
    out.header += '\n';
  }
  if (i == lines.size()) return expected_on(i, "a line --- after the header", "the end of the file");
  return cut_body(lines, i + 1, out);
}

}  // namespace stride
