// Numbers with as few digits as a person means.
#pragma once

namespace stride {

/// `value` to that many significant decimal digits, 1 to 17: what a document would say.
double to_digits(double value, int digits);

}  // namespace stride
