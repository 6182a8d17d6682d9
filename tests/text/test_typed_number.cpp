// Numbers as people type them, in whatever country.
#include <doctest/doctest.h>

#include "text/typed_number.h"

namespace stride {

TEST_CASE("typed numbers: what is read, and as what") {
  struct Row {
    const char* typed;
    double value;
  };
  for (const Row& row : {
           Row{"0.02", 0.02},
           {"0,02", 0.02},
           {"-0.5", -0.5},
           {"−0.5", -0.5},
           {"–0,5", -0.5},
           {"+3", 3},
           {"1e-4", 1e-4},
           {"1e−4", 1e-4},
           {"1E+2", 100},
           {"1/50", 1.0 / 50},
           {"−1/4", -0.25},
           {"1⁄2", 0.5},
           {"2 / 100", 0.02},
           {" 7 ", 7},
           {".5", 0.5},
           {"5.", 5},
           {"1 000", 1000},
           {"0", 0},
           {"1,000", 1},
           {"1e-3/2", 5e-4},
           {"-0", -0.0},
           {"2÷4", 0.5},
           {"1\u202f000,5", 1000.5},
       }) {
    CAPTURE(row.typed);
    REQUIRE(read_typed_number(row.typed).has_value());
    CHECK(*read_typed_number(row.typed) == row.value);
  }
}

TEST_CASE("typed numbers: what cannot be read") {
  for (const char* typed :
       {"",   " ",  "abc",   "0x10",   "nan",     "inf",   "infinity", "1/0", "0/0", "1e400",
        "1e", "e5", "1..2",  "1,2,3",  "1.000,5", "--1",   "1/2/3",    "/2",  "2/",  "1-",
        ".",  "-",  "1e5.5", "0.1abc", "½",       "1_000", "\xff",     "1\n"}) {
    CAPTURE(typed);
    CHECK_FALSE(read_typed_number(typed).has_value());
  }
}

}  // namespace stride
