// Numbers with as few digits as a person means.
#include <doctest/doctest.h>

#include <cstdio>
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

TEST_CASE("what printf writes is set as people write it") {
  const struct {
    double value;
    int digits;
    const char* words;
  } cases[] = {{0, 4, "0"},          {10, 4, "10"},
               {-0.5, 4, "−0.5"},    {100.5, 4, "100.5"},
               {1e-5, 4, "1e−5"},    {-2.5e-10, 4, "−2.5e−10"},
               {1e5, 3, "1e5"},      {1e20, 4, "1e20"},
               {3e100, 4, "3e100"},  {-1e-100, 4, "−1e−100"},
               {0.0001, 4, "0.0001"}};
  for (const auto& c : cases) {
    char printed[40];
    std::snprintf(printed, sizeof printed, "%.*g", c.digits, c.value);
    CAPTURE(printed);
    CHECK(typeset(printed) == c.words);
  }
}

TEST_CASE("a number with so many decimals") {
  CHECK(with_decimals(0, 0) == "0");
  CHECK(with_decimals(1.25, 1) == "1.2");  // to even, as printf does
  CHECK(with_decimals(-3, 2) == "−3.00");
  CHECK(with_decimals(-0.04, 1) == "−0.0");
  CHECK(with_decimals(1e308, 0).size() == 309);
}
