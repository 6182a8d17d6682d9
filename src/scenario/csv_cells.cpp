// Cells, words and numbers of CSV.
#include "scenario/csv_cells.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <limits>

namespace stride::csv {

namespace {

constexpr const char* delimiters = ",;\t";

}  // namespace

void Scanner::skip_blank_lines() {
  while (!at_end()) {
    const size_t end = line_end(at_);
    const std::string_view line = trimmed(text_.substr(at_, end - at_));
    if (!line.empty() && line.front() != '#') return;
    at_ = after_line(end);
  }
}

char Scanner::delimiter() const {
  size_t counts[3] = {};
  bool quoted = false;
  for (size_t i = at_, end = line_end(at_); i < end; ++i) {
    if (text_[i] == '"') quoted = !quoted;
    if (const char* d = std::strchr(delimiters, text_[i]); d && *d && !quoted) ++counts[d - delimiters];
  }
  return delimiters[std::max_element(counts, counts + 3) - counts];
}

bool Scanner::row(char delimiter, std::vector<Bounds>& out) {
  out.clear();
  while (true) {
    if (!cell(delimiter, out)) return false;
    if (at_end()) return true;
    const char c = text_[at_];
    if (c != delimiter) {
      at_ = after_line(at_);
      return true;
    }
    ++at_;
  }
}

size_t Scanner::line_end(size_t from) const {
  return std::min(text_.find_first_of("\r\n", from), text_.size());
}

size_t Scanner::after_line(size_t end) const {
  if (end < text_.size() && text_[end] == '\r') ++end;
  if (end < text_.size() && text_[end] == '\n') ++end;
  return end;
}

bool Scanner::cell(char delimiter, std::vector<Bounds>& out) {
  size_t begin = at_;
  while (begin < text_.size() && text_[begin] == ' ') ++begin;
  if (begin >= text_.size() || text_[begin] != '"') {
    while (at_ < text_.size() && text_[at_] != delimiter && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
    out.push_back({std::min(begin, at_), at_});
    return true;
  }
  size_t end = begin + 1;
  while (end < text_.size() && (text_[end] != '"' || (end + 1 < text_.size() && text_[end + 1] == '"')))
    end += text_[end] == '"' ? 2 : 1;
  if (end >= text_.size()) {
    error = fault_at(text_, begin, "a closing quote", "the end of the file");
    return false;
  }
  out.push_back({begin + 1, end});
  at_ = end + 1;
  while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  if (at_end() || text_[at_] == delimiter || text_[at_] == '\n' || text_[at_] == '\r') return true;
  error = fault_at(text_, at_, "the end of the cell after its quote");
  return false;
}

std::string unquoted(std::string_view cell) {
  std::string out;
  for (size_t i = 0; i < cell.size(); ++i) {
    out += cell[i];
    if (cell[i] == '"' && i + 1 < cell.size() && cell[i + 1] == '"') ++i;
  }
  return std::string(trimmed(out));
}

std::string lower_case(std::string_view word) {
  std::string out(word);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string_view trimmed(std::string_view word) {
  constexpr std::string_view blanks = " \t\r";
  const size_t begin = word.find_first_not_of(blanks);
  if (begin == word.npos) return {};
  return word.substr(begin, word.find_last_not_of(blanks) - begin + 1);
}

Error fault_at(std::string_view text, size_t byte, std::string wanted, std::string got) {
  int line = 1, column = 1;
  for (size_t i = 0; i < byte && i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == '\n' || (c == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))) {
      ++line;
      column = 1;
    } else if ((c & 0xC0) != 0x80) {
      ++column;
    }
  }
  return error_of({.expected = std::move(wanted), .got = std::move(got), .line = line, .column = column});
}

std::optional<double> number(std::string_view word, bool decimal_comma) {
  constexpr size_t longest = 60;
  constexpr double inf = std::numeric_limits<double>::infinity();
  if (word.empty() || word.size() > longest) return {};
  std::string digits(word);
  if (decimal_comma) std::replace(digits.begin(), digits.end(), ',', '.');
  // strtod alone would take hexadecimal and what follows a number.
  if (digits.find_first_not_of("+-.0123456789eE") == digits.npos) {
    char* end = nullptr;
    const double value = std::strtod(digits.c_str(), &end);
    if (end != digits.c_str() + digits.size()) return {};
    return value;
  }
  const std::string lower = lower_case(word);
  const std::string_view size =
      lower[0] == '-' || lower[0] == '+' ? std::string_view(lower).substr(1) : lower;
  if (size == "nan") return std::numeric_limits<double>::quiet_NaN();
  if (size == "inf" || size == "infinity") return lower[0] == '-' ? -inf : inf;
  return {};
}

}  // namespace stride::csv
