// Numbers with as few digits as a person means, and their digits as a person writes them.
#pragma once

#include <string>
#include <string_view>

namespace stride {

/// `value` to that many significant decimal digits, 1 to 17: what a document would say.
double to_digits(double value, int digits);

/// What printf wrote of a number, as people write it: a true minus sign, 1e-05 as 1e−5.
std::string typeset(std::string_view printed);
/// With that many digits after the point and a true minus sign.
std::string with_decimals(double value, int decimals);

}  // namespace stride
