#include "text/typed_number.h"

#include <cmath>
#include <cstdlib>
#include <string>

namespace stride {

namespace {

/// One character for each of those that mean the same; blanks go.
std::string plain_signs(std::string_view words) {
  static constexpr struct {
    std::string_view written, meant;
  } signs[] = {{"−", "-"}, {"–", "-"}, {"⁄", "/"},     {"∕", "/"},     {"÷", "/"},    {",", "."},
               {" ", ""},  {"\t", ""}, {"\u00a0", ""}, {"\u202f", ""}, {"\u2009", ""}};
  std::string out;
  while (!words.empty()) {
    size_t taken = 1;
    std::string_view meant = words.substr(0, 1);
    for (const auto& sign : signs)
      if (words.starts_with(sign.written)) taken = sign.written.size(), meant = sign.meant;
    out += meant;
    words.remove_prefix(taken);
  }
  return out;
}

size_t digits(std::string_view text, size_t& at) {
  const size_t first = at;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
  return at - first;
}

/// A decimal number and nothing else: strtod alone would read 0x10, nan and infinity as well.
std::optional<double> read_decimal(const std::string& text) {
  size_t at = text.find_first_of("+-") == 0 ? 1 : 0;
  size_t count = digits(text, at);
  if (at < text.size() && text[at] == '.') count += digits(text, ++at);
  if (count == 0) return {};
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (digits(text, at) == 0) return {};
  }
  if (at < text.size()) return {};
  return std::strtod(text.c_str(), nullptr);
}

}  // namespace

std::optional<double> read_typed_number(std::string_view words) {
  const std::string text = plain_signs(words);
  const size_t slash = text.find('/');
  const std::optional<double> over = read_decimal(text.substr(0, slash)),
                              under = slash == std::string::npos ? 1.0 : read_decimal(text.substr(slash + 1));
  if (!over || !under) return {};
  const double value = *over / *under;
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

}  // namespace stride
