#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "cli/cli.h"

namespace stride::cli {

std::string place_name(const std::string& file) {
  return file == "-" ? "standard input" : file;
}

Error read_file(const std::string& name, size_t limit, std::string& out) {
  std::FILE* file = name == "-" ? stdin : std::fopen(name.c_str(), "rb");
  if (!file) return name + ": cannot open the file: " + std::strerror(errno);
  out.clear();
  char buffer[1 << 16];
  size_t count = 0;
  while (out.size() <= limit && (count = std::fread(buffer, 1, sizeof buffer, file)) > 0)
    out.append(buffer, count);
  const bool failed = std::ferror(file) != 0;
  if (file != stdin) std::fclose(file);
  if (failed) return place_name(name) + ": cannot read the file";
  if (out.size() > limit)
    return place_name(name) + ": expected at most " + std::to_string(limit) + " bytes, got more";
  return {};
}

Error read_scenario_file(const std::string& name, Scenario& out) {
  std::string text;
  if (Error e = read_file(name, max_document, text); !e.empty()) return e;
  const Error error = read_scenario(text, out);
  return error.empty() ? error : place_name(name) + ": " + error;
}

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

}  // namespace stride::cli
