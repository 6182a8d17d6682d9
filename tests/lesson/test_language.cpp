// Language files: texts and lessons in one.
#include <doctest/doctest.h>

#include "lesson/lesson.h"
#include "support/sentences.h"
#include "text/text.h"

using namespace stride;

TEST_CASE("a language file that is wrong changes nothing and says why") {
  const struct {
    const char *json, *says;
  } table[] = {
      {"", "line 1"},
      {"[]", "language: expected"},
      {R"({"language": "fr", "texts": {}, "lessons": {}})", "name: expected"},
      {R"({"language": "../x", "name": "x", "texts": {}, "lessons": {}})", "language: expected"},
      {R"({"language": "de", "decimal": "x"})", "decimal: expected"},
      {R"({"language": "de", "direction": "up"})", "direction: expected"},
      {R"({"language": "de", "plurals": {"one": "n is 1"}})", "plurals: expected"},
      {R"({"language": "de", "texts": {"{0} a": {"one": 1}}})", "texts: expected a text"},
      {R"({"language": "de"})", "texts: expected an object"},
      {R"({"language": "de", "texts": {"a": 1}, "lessons": {}})", "texts: expected a text for \"a\", got 1"},
      {R"({"language": "de", "texts": {"Steps": "x"}})", "lessons: expected an object"},
  };
  REQUIRE(use_language(1));
  const std::string before = tr("Steps");
  for (const auto& t : table) CHECK(sentence(read_language(t.json)).find(t.says) != std::string::npos);
  CHECK(tr("Steps") == before);
  CHECK(!use_language(-1));
  CHECK(std::string(language().code) == "de");
  REQUIRE(use_language(0));
}

TEST_CASE("a lesson that cannot be read leaves the one that was there") {
  REQUIRE(use_language(0));
  const std::string first = lessons()[0].name;
  const size_t count = lessons().size();
  for (const char* code : {"en", "de"}) {
    CAPTURE(code);
    const std::string file = R"({"language": ")" + std::string(code) +
                             R"(", "texts": {"a": "b"}, "lessons": {")" + first + R"(": "---\n{}\n---"}})";
    REQUIRE(read_language(file) == "");
    REQUIRE(use_language(find_language(code)));
    REQUIRE(lessons().size() == count);
    CHECK(lessons()[0].name == first);
    CHECK(lessons()[0].language == "en");
  }
  REQUIRE(use_language(0));
  REQUIRE(read_language(R"({"language": "en", "texts": {}, "lessons": {}})") == "");
  set_texts(1, {});  // whoever speaks German next gets the real one
}
