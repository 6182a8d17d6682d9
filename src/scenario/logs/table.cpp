// Words, numbers and places of a log.
#include "scenario/logs/table.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace stride::logs {

namespace {

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

Error too_many_rows() {
  return error_of({.expected = "at most " + std::to_string(max_log_rows) + " rows", .got = "more"});
}

}  // namespace stride::logs
