// Numbers as words of the command line and lines of files give them.
#include <cmath>
#include <cstdlib>

#include "cli/cli.h"

namespace stride::cli {

std::optional<double> parse_number(std::string_view text) {
  constexpr std::string_view spaces = " \t\r";
  while (!text.empty() && spaces.find(text.front()) != spaces.npos) text.remove_prefix(1);
  while (!text.empty() && spaces.find(text.back()) != spaces.npos) text.remove_suffix(1);
  // strtod alone would take hexadecimal, infinities and what locales add.
  if (text.empty() || text.find_first_not_of("+-.0123456789eE") != text.npos) return {};
  const std::string word(text);
  char* end = nullptr;
  const double value = std::strtod(word.c_str(), &end);
  if (end != word.c_str() + word.size() || !std::isfinite(value)) return {};
  return value;
}

Json json_of(const std::string& word) {
  const std::optional<double> number = parse_number(word);
  return number ? Json(*number) : Json(word);
}

}  // namespace stride::cli
