// Numbers as people read them, in the language in use.
#pragma once

#include <string>

namespace stride {

/// Significant digits, but no fewer than stand before the point; a true minus sign, 1e-05 as 1e-5.
std::string readable(double value, int digits = 4);
/// A whole number, and one with that many digits after the point.
std::string readable_whole(long long value);
std::string readable_fixed(double value, int decimals);

}  // namespace stride
