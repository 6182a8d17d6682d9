#include "text/numbers.h"

#include <cmath>
#include <cstdio>

#include "core/math/digits.h"
#include "text/text.h"

namespace stride {

std::string readable(double value, int digits) {
  if (std::isnan(value)) return "–";
  if (std::isinf(value)) return value > 0 ? "∞" : "−∞";
  if (value == 0) return "0";  // −0 too
  char buffer[48];
  const double a = std::fabs(value);
  if (a < 1e-3 || a >= 1e6)
    std::snprintf(buffer, sizeof buffer, "%.3g", value);
  else if (a >= std::pow(10.0, digits))
    std::snprintf(buffer, sizeof buffer, "%.0f", value);
  else
    std::snprintf(buffer, sizeof buffer, "%.*g", digits, value);
  return localized(buffer);
}

std::string readable_whole(long long value) {
  return localized(std::to_string(value));
}

std::string readable_fixed(double value, int decimals) {
  return localized(with_decimals(value, decimals));
}

}  // namespace stride
