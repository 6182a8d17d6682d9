// Words, numbers and places of a log.
#include "scenario/logs/table.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace stride::logs {

namespace {

std::string lower_case(std::string_view word) {
  std::string out(word);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

/// What Keras, pandas, R, SQL and people write where there is no value.
bool says_nothing(std::string_view word) {
  if (word.empty()) return true;
  if (word.size() > 4) return false;
  const std::string lower = lower_case(word);
  for (const char* nothing : {"na", "n/a", "none", "null", "-", "--"})
    if (lower == nothing) return true;
  return false;
}

}  // namespace

std::string_view trimmed(std::string_view word) {
  constexpr std::string_view blanks = " \t\r";
  const size_t begin = word.find_first_not_of(blanks);
  if (begin == word.npos) return {};
  return word.substr(begin, word.find_last_not_of(blanks) - begin + 1);
}

int Table::column(const std::string& name) {
  if (const auto found = index.find(name); found != index.end()) return found->second;
  if (names.size() >= max_columns) return -1;
  const int at = static_cast<int>(names.size());
  names.push_back(name);
  index.emplace(name, at);
  return at;
}

void Table::add(std::uint32_t row, int column, size_t begin, size_t end) {
  const std::string_view word = trimmed(text.substr(begin, end - begin));
  if (says_nothing(word)) return;
  begin = static_cast<size_t>(word.data() - text.data());
  cells.push_back({row, static_cast<std::uint32_t>(column), static_cast<std::uint32_t>(begin),
                   static_cast<std::uint32_t>(word.size())});
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

Error too_many_rows() {
  return error_of({.expected = "at most " + std::to_string(max_log_rows) + " rows", .got = "more"});
}

}  // namespace stride::logs
