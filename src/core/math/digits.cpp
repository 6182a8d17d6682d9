#include "core/math/digits.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace stride {

double to_digits(double value, int digits) {
  char text[40];
  std::snprintf(text, sizeof text, "%.*g", digits, value);
  return std::strtod(text, nullptr);
}

std::string typeset(std::string_view printed) {
  std::string out;
  for (const char c : printed) {
    const bool begins_power = out.ends_with("e") || out.ends_with("e−");
    if (c == '+' || (c == '0' && begins_power)) continue;
    out += c == '-' ? std::string("−") : std::string(1, c);
  }
  return out;
}

std::string with_decimals(double value, int decimals) {
  char digits[400];  // the largest double has 309 before the point
  std::snprintf(digits, sizeof digits, "%.*f", decimals, std::fabs(value));
  return (value < 0 ? "−" : "") + std::string(digits);
}

}  // namespace stride
