// The numbers in the lessons' texts: each is held to the engine, and the languages tell the same ones.
#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <set>

#include "assets/lessons.h"
#include "lesson/lesson_shared.h"
#include "support/prose.h"
#include "text/text.h"

using namespace stride;
using test::numbers_in, test::prose_of;

namespace {

/// What the engine holds of a header or a scenario: its numbers, and those in the strings that are computed.
void gather(const Json& value, std::string_view key, std::set<double>& out) {
  static const std::set<std::string_view> computed = {"loss",    "x",         "y",         "share", "ratio",
                                                      "rate",    "curvature", "limit",     "lr",    "is",
                                                      "formula", "outcome",   "expression"};
  if (value.is_number()) out.insert(std::fabs(value.get<double>()));
  if (value.is_string() && computed.contains(key))
    for (double number : numbers_in(value.get<std::string>(), '.')) {
      out.insert(number);
      if (key == "share") out.insert(std::round(number * 1e6) / 1e4);
    }
  if (key == "rates") out.insert(61);
  if (value.is_object()) {
    const Json* measure = member(value, "measure");
    const bool shares = measure && measure->get<std::string>().ends_with("accuracy");
    for (const auto& [name, inner] : value.items())
      gather(inner, shares && name == "loss" ? "share" : name, out);
  }
  if (value.is_array())
    for (const Json& inner : value) gather(inner, "", out);
}

/// "0.1" in a text of a language that writes it 0,1; or 1.000, which it does not write so either.
bool has_point_in_number(const std::string& text) {
  for (size_t i = 1; i + 1 < text.size(); ++i)
    if (text[i] == '.' && std::isdigit(static_cast<unsigned char>(text[i - 1])) &&
        std::isdigit(static_cast<unsigned char>(text[i + 1])))
      return true;
  return false;
}

}  // namespace

TEST_CASE("lessons write numbers as their language does, and what is pressed is read all the same") {
  CHECK(has_point_in_number("at 0.1"));
  CHECK(!has_point_in_number("1, 2. 3 and 4.a"));
  for (int row = 1; row < static_cast<int>(languages().size()); ++row) {
    REQUIRE(use_language(row));
    if (language().decimal == "." || lessons()[0].language == "en") continue;
    int pressed = 0;
    for (const Lesson& lesson : lessons()) {
      CAPTURE(lesson.name);
      for (const std::string& text : prose_of(lesson)) {
        CAPTURE(text);
        CHECK(!has_point_in_number(text));
      }
      for (const LessonScreen& screen : lesson.screens)
        for (const LessonBlock& block : screen.blocks)
          for (const LessonSpan& span : block.spans) {
            if (span.words.find(',') == std::string::npos || !span.sets.starts_with("lr=")) continue;
            std::string plain = span.words;
            plain[plain.find(',')] = '.';
            CHECK(span.sets.substr(3, span.sets.find('&') - 3) == plain);
            ++pressed;
          }
    }
    CHECK(pressed > 10);
  }
  REQUIRE(use_language(0));
}

TEST_CASE("every number in a lesson's text is one that its file holds to the engine") {
  CHECK(numbers_in("at 1,210 or 0.05, 2/λ, Lesson 3, by 45°, −1.1 and 89%", '.') ==
        std::vector{1210.0, 0.05, 1.1, 89.0});
  CHECK(numbers_in("0,1, dann 0,19", ',') == std::vector{0.1, 0.19});
  for (const assets::LessonFile& file : assets::lesson_files()) {
    Lesson lesson;
    RawLesson raw;
    REQUIRE(!read_lesson(file.text, file.name, lesson));
    REQUIRE(!split_lesson(file.text, raw));
    std::set<double> held;
    Json json;
    REQUIRE(!parse_json(raw.header, json));
    gather(json, "", held);
    for (const RawScreen& screen : raw.screens) {
      if (screen.patch.empty()) continue;
      REQUIRE(!parse_json(screen.patch, json));
      gather(json, "", held);
    }
    CAPTURE(lesson.name);
    for (const std::string& text : prose_of(lesson))
      for (double number : numbers_in(text, '.'))
        CHECK_MESSAGE(held.contains(number), number << " in: " << text);
  }
}

TEST_CASE("every language tells the same numbers") {
  std::map<std::string, std::vector<std::vector<double>>> english;
  for (int row = 0; row < static_cast<int>(languages().size()); ++row) {
    REQUIRE(use_language(row));
    for (const Lesson& lesson : lessons()) {
      CAPTURE(lesson.name);
      CAPTURE(lesson.language);
      std::vector<std::vector<double>> here;
      const std::vector<std::string> texts = prose_of(lesson);
      for (const std::string& text : texts) {
        here.push_back(numbers_in(text, language().decimal[0]));
        std::sort(here.back().begin(), here.back().end());
      }
      const auto& there = english.try_emplace(lesson.name, here).first->second;
      REQUIRE(here.size() == there.size());
      for (size_t i = 0; i < here.size(); ++i) CHECK_MESSAGE(here[i] == there[i], texts[i]);
    }
  }
  REQUIRE(use_language(0));
}
