// Numbers as people read them.
#include <doctest/doctest.h>

#include <limits>

#include "text/numbers.h"

using namespace stride;

TEST_CASE("a number has few digits, but all that stand before the point") {
  const struct {
    double value;
    int digits;
    const char* words;
  } cases[] = {
      {0, 4, "0"},         {0.1, 4, "0.1"},           {1.0 / 3, 4, "0.3333"}, {1.0 / 3, 2, "0.33"},
      {-1.5, 4, "−1.5"},   {0.001, 4, "0.001"},       {1e-5, 4, "1e−5"},      {-1.234567e-12, 4, "−1.23e−12"},
      {9999.4, 4, "9999"}, {12345.6, 4, "12346"},     {1500, 3, "1500"},      {123456, 2, "123456"},
      {1e6, 4, "1e6"},     {-2.5e120, 4, "−2.5e120"}, {-0.0, 4, "0"}};
  for (const auto& c : cases) {
    CAPTURE(c.value);
    CHECK(readable(c.value, c.digits) == c.words);
  }
}

TEST_CASE("what is not a number of finite size has a sign of its own") {
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(readable(infinity) == "∞");
  CHECK(readable(-infinity) == "−∞");
  CHECK(readable(std::numeric_limits<double>::quiet_NaN()) == "–");
}
