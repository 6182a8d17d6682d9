#include "lesson/lesson.h"
#include "support/every_kind.h"
#include "support/sentences.h"

using namespace stride;
using namespace stride::testing;

namespace {

const char* const lesson_header = R"({
  "title": "A title", "blindfold": true, "leaderboard": true, "next": "08.md", "sources": ["One", "Two"],
  "scenario": {"problem": {"surface": "quad_k10", "start": [-4, 2]}, "steps": 60,
               "runs": [{"optimizer": {"type": "SGD", "lr": 0.02}}]},
  "prediction": {"question": "What?", "after": 1, "draw": {"run": 0, "within": 4}, "choices": [
    {"text": "This", "correct": true, "feedback": "Yes"}, {"text": "That", "feedback": "No"}]},
  "goal": {"say": "Lower.", "scenario": {"steps": 50}, "run": 0, "loss_below": 0.01, "end_loss_below": 0.01,
           "tail_loss_below": 0.01, "distance_to_minimum": 1, "within_steps": 20, "no_divergence": true,
           "diverges": false, "free_start": false, "optimizers": ["SGD"], "schedules": ["StepLR"],
           "ask": {"question": "Q", "number": {"limit": "0.2"}, "within": 0.02, "yes": "Y", "low": "L", "high": "H",
                   "right": ["2/10"], "wrong": ["1"]}},
  "solution": {"runs": [{"optimizer": {"type": "SGD", "lr": 0.18}}]},
  "facts": [{"scenario": {"steps": 10}, "run": 0, "step": 0, "loss": "28", "x": "-4", "y": "2", "outcome": "slow",
             "below": 0.1, "reached": 3}]})";

}  // namespace

TEST_CASE("lesson: every kind of value in every place of the header") {
  Document header = Document::parse(lesson_header);
  Lesson whole;
  REQUIRE(read_lesson("---\n" + header.dump() + "\n---\n## One\nWords\n", "a.md", whole) == "");
  each_replacement(header, [&](const std::string& text) {
    CAPTURE(text);
    Lesson lesson;
    lesson.title = "untouched";
    if (const Error e = read_lesson("---\n" + text + "\n---\n## One\nWords\n", "a.md", lesson)) {
      CHECK_MESSAGE(is_sentence(sentence(e)), sentence(e));
      CHECK(e->file == "a.md");
      CHECK(e->line > 0);
      CHECK(lesson.title == "untouched");
    } else {
      CHECK(lesson.screens.size() == 1);
    }
  });
}
