#include <doctest/doctest.h>

#include "text/numbers.h"
#include "text/plural.h"
#include "text/text.h"
#include "text/typed_number.h"

using namespace stride;

TEST_CASE("texts are looked up, filled and counted in the language in use") {
  CHECK(find_language("de") == 1);
  CHECK(find_language("de-AT") == 1);
  CHECK(find_language("en") == 0);
  for (const char* code : {"", "d", "deu", "fr", "DE", "de_AT"}) CHECK(find_language(code) == -1);
  CHECK(std::string(tr("Step|noun")) == "Step");
  CHECK(tr("{1} before {0}, {2}", {"a", "{0}"}) == "{0} before a, {2}");
  CHECK(tr_count(1, "1 step", "{0} steps") == "1 step");
  CHECK(tr_count(3, "1 step", "{0} steps") == "3 steps");
}

TEST_CASE("a plural rule is read as the CLDR writes it") {
  const struct {
    const char* rule;
    std::vector<int> in, out;
  } table[] = {
      {"i = 1 and v = 0", {1}, {0, 2, 11}},
      {"n = 0..1", {0, 1}, {2, 10}},
      {"v = 0 and i % 10 = 2..4 and i % 100 != 12..14", {2, 3, 24, 104}, {1, 5, 12, 113, 20}},
      {"n % 10 = 1, 3..4 or n=17", {1, 3, 14, 17}, {2, 7, 18}},
      {"n != 0 and n % 1000000 = 0 and v = 0", {1000000}, {0, 1}},
  };
  for (const auto& t : table) {
    CAPTURE(t.rule);
    for (const int n : t.in) CHECK((plural_rule_holds(t.rule, n) == true));
    for (const int n : t.out) CHECK((plural_rule_holds(t.rule, n) == false));
  }
  for (const char* rule : {"", "n", "n = ", "m = 1", "n % 0 = 1", "n = 1 and", "n = 1 x", "n = 99999999999"})
    CHECK(!plural_rule_holds(rule, 1));
}

TEST_CASE("a language counts and writes numbers in its own way") {
  Language invented{"xx", "Invented", ",", "\u2009"};
  invented.plurals = {{"one", "n = 1"}, {"few", "n % 10 = 2..4 and n % 100 != 12..14"}};
  const int row = learn_language(invented);
  CHECK(find_language("xx") == row);
  set_texts(row,
            {{"{0} steps#one", "krok"}, {"{0} steps#few", "{0} kroki"}, {"{0} steps#other", "{0} kroków"}});
  REQUIRE(speak(row));
  CHECK(tr_count(1, "1 step", "{0} steps") == "krok");
  CHECK(tr_count(3, "1 step", "{0} steps") == "3 kroki");
  CHECK(tr_count(12, "1 step", "{0} steps") == "12 kroków");
  CHECK(tr_count(10002, "1 step", "{0} steps") == "10\u2009002 kroki");
  CHECK(readable(0.05) == "0,05");
  CHECK(readable(-1.5e-7) == "−1,5e−7");
  CHECK(readable(1234) == "1234");
  CHECK(readable_whole(-1234567) == "−1\u2009234\u2009567");
  CHECK(readable_fixed(12345.25, 1) == "12\u2009345,2");
  CHECK(read_typed_number(readable_fixed(-12345.5, 1)) == -12345.5);
  {
    const WithPoint exported;
    CHECK(readable(0.05) == "0.05");
    CHECK(readable_whole(12345) == "12345");
  }
  CHECK(readable(0.05) == "0,05");
  REQUIRE(speak(0));
  CHECK(readable_whole(12345) == "12345");
}
