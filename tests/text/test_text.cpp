#include <doctest/doctest.h>

#include "text/text.h"

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
