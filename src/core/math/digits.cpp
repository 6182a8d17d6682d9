#include "core/math/digits.h"

#include <cstdio>
#include <cstdlib>

namespace stride {

double to_digits(double value, int digits) {
  char text[40];
  std::snprintf(text, sizeof text, "%.*g", digits, value);
  return std::strtod(text, nullptr);
}

}  // namespace stride
