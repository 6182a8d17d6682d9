// Numbers with as few digits as a person means.
#include <doctest/doctest.h>

#include <limits>

#include "core/math/digits.h"

using namespace stride;

TEST_CASE("a value to so many significant digits is the number that a document would say") {
  CHECK(to_digits(0, 3) == 0);
  CHECK(to_digits(0.1234, 3) == 0.123);
  CHECK(to_digits(-0.1236, 3) == -0.124);
  CHECK(to_digits(1.0 / 3, 2) == 0.33);
  CHECK(to_digits(98765, 2) == 99000);
  CHECK(to_digits(9.96e-7, 2) == 1e-6);
  CHECK(to_digits(0.1 + 0.2, 12) == 0.3);
  CHECK(to_digits(0.1 + 0.2, 17) == 0.1 + 0.2);
  CHECK(to_digits(std::numeric_limits<double>::infinity(), 3) == std::numeric_limits<double>::infinity());
}
