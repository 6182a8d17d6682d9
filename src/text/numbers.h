// Numbers as people read them.
#pragma once

#include <string>

namespace stride {

/// Significant digits, but no fewer than stand before the point; a true minus sign, 1e-05 as 1e-5.
std::string readable(double value, int digits = 4);

}  // namespace stride
