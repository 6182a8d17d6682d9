// What the lessons state without a number: tests/lesson/statements/NN.json says of each such sentence what holds it.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "assets/lessons.h"
#include "lesson/lesson_shared.h"
#include "support/files.h"
#include "support/prose.h"

using namespace stride;

namespace {

/// Whether all that `part` says is said by `whole`, too; null: that it has nothing there.
bool says_all(const Json& whole, const Json& part) {
  if (part.is_object() && whole.is_object()) {
    for (const auto& [key, value] : part.items()) {
      const Json* same = member(whole, key.c_str());
      if (value.is_null() ? same && !same->is_null() : !same || !says_all(*same, value)) return false;
    }
    return true;
  }
  if (!part.is_array() || !whole.is_array() || part.size() > whole.size()) return part == whole;
  for (size_t i = 0; i < part.size(); ++i)
    if (!says_all(whole[i], part[i])) return false;
  return true;
}

/// How many of the list at `key` say it.
int count_in(const Json& header, const char* key, const Json& part) {
  const Json* list = member(header, key);
  if (!list) return 0;
  return static_cast<int>(
      std::count_if(list->begin(), list->end(), [&](const Json& one) { return says_all(one, part); }));
}

/// What is wrong with it as a ground for a sentence of the lesson; empty: nothing.
std::string fault_of(const Json& ground, const Json& header) {
  if (ground == "task" || ground == "meaning") return {};
  if (!ground.is_object()) return R"(expected "task", "meaning" or an object)";
  if (const Json* source = member(ground, "source")) {
    const Json* all = member(header, "sources");
    const bool there = all && source->is_string() && !source->get<std::string>().empty() &&
                       std::any_of(all->begin(), all->end(), [&](const Json& one) {
                         return one.get<std::string>().starts_with(source->get<std::string>());
                       });
    return there ? "" : "no source begins so";
  }
  for (const char* key : {"right", "wrong"})
    if (const Json* attempt = member(ground, key)) {
      const Json* solution = member(header, "solution");
      const bool solves = std::string_view(key) == "right" && solution && says_all(*solution, *attempt);
      return solves || count_in(header, key, *attempt) > 0 ? "" : "no attempt is so";
    }
  static const std::set<std::string_view> stated = {"loss",  "x",    "y",  "outcome",   "reached", "share",
                                                    "ratio", "rate", "is", "curvature", "limit",   "lr"};
  const auto states = [](const auto& item) { return stated.contains(item.key()); };
  const auto items = ground.items();
  if (std::none_of(items.begin(), items.end(), states)) return "it names no number of a fact";
  const int facts = count_in(header, "facts", ground);
  return facts == 1 ? "" : std::to_string(facts) + " facts are so";
}

/// What is wrong with the table of a lesson.
std::vector<std::string> faults_of(const Json& table, const Lesson& lesson, const Json& header) {
  std::vector<std::string> faults, told;
  for (const std::string& text : test::told_by(lesson))
    for (std::string& sentence : test::sentences_in(text))
      if (std::find(told.begin(), told.end(), sentence) == told.end()) told.push_back(std::move(sentence));
  std::set<std::string> bound;
  size_t next = 0;
  for (const Json& row : table) {
    const std::string sentence = row.at(0);
    const auto at = std::find(told.begin(), told.end(), sentence);
    const size_t place = static_cast<size_t>(at - told.begin());
    if (at == told.end())
      faults.push_back("the lesson does not say: " + sentence);
    else if (place < next)
      faults.push_back("not where the lesson says it, or twice: " + sentence);
    else
      next = place + 1;
    bound.insert(sentence);
    if (row.size() < 2) faults.push_back("nothing holds: " + sentence);
    for (size_t i = 1; i < row.size(); ++i)
      if (const std::string fault = fault_of(row[i], header); !fault.empty())
        faults.push_back(row[i].dump() + ": " + fault + ": " + sentence);
  }
  for (const std::string& sentence : told)
    if (test::numbers_in(sentence, '.').empty() && !bound.contains(sentence))
      faults.push_back("not in the table: " + Json(sentence).dump());
  return faults;
}

}  // namespace

TEST_CASE("every sentence of a lesson has a number or a ground") {
  for (const assets::LessonFile& file : assets::lesson_files()) {
    const std::string name(file.name), path = "lesson/statements/" + name.substr(0, 2) + ".json";
    Lesson lesson;
    RawLesson raw;
    Json header, table;
    REQUIRE(!read_lesson(file.text, name, lesson));
    REQUIRE(!split_lesson(file.text, raw));
    REQUIRE(!parse_json(raw.header, header));
    REQUIRE(!parse_json(test::text_of(path), table));
    for (const std::string& fault : faults_of(table, lesson, header)) FAIL_CHECK(name << ": " << fault);
    CHECK(table.size() > 5);
  }
}

TEST_CASE("a table of statements that is not so is told") {
  const char* const text = R"(---
{"title": "T", "scenario": {"problem": {"surface": "quad_k10"}, "steps": 60, "runs": [{"optimizer": {"type": "SGD", "lr": 0.18}}]},
 "goal": {"say": "Try (or not). Now!", "loss_below": 0.01},
 "solution": {"runs": [{"optimizer": {"type": "SGD", "lr": 0.18}}]}, "wrong": [{"steps": 3}],
 "facts": [{"below": 0.01, "reached": 19}, {"step": 3, "loss": "0.5"}, {"step": 4, "loss": "0.5"}, {"loss": "7"}, {"loss": "7", "tail": true}],
 "sources": ["A. Cauchy, 1847"]}
---
## One
It is below 0.01 at 19. It shakes; it rests.
)";
  Lesson lesson;
  RawLesson raw;
  Json header;
  REQUIRE(!read_lesson(text, "99-t.md", lesson));
  REQUIRE(!split_lesson(text, raw));
  REQUIRE(!parse_json(raw.header, header));
  const auto faults = [&](const char* table) {
    std::string all;
    for (const std::string& fault : faults_of(Json::parse(table), lesson, header)) all += fault + "\n";
    return all;
  };
  CHECK(
      faults(R"([["It shakes; it rests.", {"reached": 19}, {"step": 4, "loss": "0.5"}, {"source": "A. Cau"}],
                   ["Try (or not).", "task", {"wrong": {"steps": 3}}],
                   ["Now!", "meaning", {"loss": "7", "tail": null}, {"right": {"runs": [{"optimizer": {"lr": 0.18}}]}}]])") ==
      "");
  CHECK(
      faults(
          R"([["Now!", "task"], ["Try (or not).", "task"], ["Now!", "task"], ["It rests.", "task"], ["It is below 0.01 at 19."]])") ==
      "not where the lesson says it, or twice: Try (or not).\nnot where the lesson says it, or twice: Now!\n"
      "the lesson does not say: It rests.\nnot where the lesson says it, or twice: It is below 0.01 at 19.\n"
      "nothing holds: It is below 0.01 at 19.\nnot in the table: \"It shakes; it rests.\"\n");
  CHECK(
      faults(
          R"([["It shakes; it rests.", {"loss": "0.5"}, {"below": 0.01}, {"reached": 20}, {"source": "B"}, {"wrong": {"steps": 4}}, "so"],
                   ["Try (or not).", "task"], ["Now!", "task"]])") ==
      "{\"loss\":\"0.5\"}: 2 facts are so: It shakes; it rests.\n"
      "{\"below\":0.01}: it names no number of a fact: It shakes; it rests.\n"
      "{\"reached\":20}: 0 facts are so: It shakes; it rests.\n{\"source\":\"B\"}: no source begins so: It "
      "shakes; it rests.\n"
      "{\"wrong\":{\"steps\":4}}: no attempt is so: It shakes; it rests.\n"
      "\"so\": expected \"task\", \"meaning\" or an object: It shakes; it rests.\n");
}
