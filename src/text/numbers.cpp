#include "text/numbers.h"

#include <cmath>
#include <cstdio>

namespace stride {

std::string readable(double value, int digits) {
  if (std::isnan(value)) return "–";
  if (std::isinf(value)) return value > 0 ? "∞" : "−∞";
  char buffer[48];
  const double a = std::fabs(value);
  if (a != 0 && (a < 1e-3 || a >= 1e6))
    std::snprintf(buffer, sizeof buffer, "%.3g", value);
  else if (a >= std::pow(10.0, digits))
    std::snprintf(buffer, sizeof buffer, "%.0f", value);
  else
    std::snprintf(buffer, sizeof buffer, "%.*g", digits, value);
  std::string s = buffer, out;
  for (size_t i = 0; i < s.size(); ++i) {
    if (s[i] == 'e') {  // 1e-05 → 1e-5
      out += s[i];
      if (s[i + 1] == '-') out += "−";
      i += 2;
      while (i < s.size() - 1 && s[i] == '0') ++i;
      out += s.substr(i);
      break;
    }
    out += s[i] == '-' ? std::string("−") : std::string(1, s[i]);
  }
  return out;
}

}  // namespace stride
