// What a hand does with a lesson's text.
#include <set>

#include "lesson/glossary.h"
#include "support/lab_driver.h"
#include "support/sentences.h"
#include "text/text.h"

using namespace stride;
using namespace stride::lab;

TEST_CASE("a number in the text is taken by the lab, as a step that can be undone") {
  Driver d;
  d.lab.lesson.progress = {};
  open_lesson(lesson_desk(d.lab), 1);
  d.lab.lesson.answer = 1;
  turn_to(lesson_desk(d.lab), 2);
  d.frames(3);
  const auto rate = [&] { return d.lab.session.scenario.runs[0].optimizer.values[0][0]; };
  CHECK(rate() == 0.01);
  d.click("button", "0.15", "lesson");
  CHECK(rate() == 0.15);
  CHECK(d.lab.lesson.lit == std::vector<std::string>{"slider Learning rate"});
  undo(d.lab.session);
  CHECK(rate() == 0.01);
}

TEST_CASE("a run that takes a setting is no longer called by what it was") {
  Driver d;
  open_lesson(lesson_desk(d.lab), 5);
  d.lab.lesson.answer = 1;
  show_scenario(lesson_desk(d.lab), *d.lab.lesson.open->prediction->scenario);
  REQUIRE(d.lab.session.scenario.runs[0].name == "gamma 0.98");
  take_setting(lesson_desk(d.lab), "gamma=0.98");
  CHECK(d.lab.session.scenario.runs[0].name == "gamma 0.98");
  take_setting(lesson_desk(d.lab), "gamma=0.8");
  CHECK(d.lab.session.scenario.runs[0].name == "");
  CHECK(d.lab.session.scenario.runs[1].name == "gamma 0.8");
}

TEST_CASE("what a lesson says under noise is seen over many walkers once its question is answered") {
  Driver d;
  open_lesson(lesson_desk(d.lab), 5);
  d.frames(3);
  CHECK(!d.lab.session.many_walkers);
  turn_to(lesson_desk(d.lab), 1);
  answer(lesson_desk(d.lab), 0);
  d.frames(1);
  CHECK(!d.lab.session.many_walkers);  // while it plays, they would tell the end
  while (d.lab.playback.playing) d.frames(1);
  d.frames(2);
  CHECK(d.lab.session.many_walkers);
  ask_again(lesson_desk(d.lab));
  CHECK(!d.lab.session.many_walkers);
}

TEST_CASE("a term tells its line and lights its control, and says nothing when it is pressed again") {
  Driver d;
  open_lesson(lesson_desk(d.lab), 1);
  d.frames(3);
  const char* line = "local minimum: A place lower than everything near it.";
  CHECK(!d.find("text", line));
  d.click("button", "local minimum");
  CHECK(d.find("text", line));
  CHECK(d.lab.lesson.lit == std::vector<std::string>{"img loss surface"});
  d.frames(200);
  CHECK(d.lab.lesson.lit.empty());
  CHECK(d.find("text", line));
  d.click("button", "local minimum");
  CHECK(!d.find("text", line));
}

TEST_CASE("every control that the glossary and lessons name is somewhere in the lab") {
  std::set<std::string> ids;
  const auto note = [&] {
    for (const Control& c : controls()) ids.insert(c.id);
  };
  Driver d;
  d.lab.shell.parameters_open = true;
  d.frames(3);
  note();
  for (const char* schedule : {"StepLR", "MultiStepLR", "CyclicLR", "WSD"}) {
    Run& run = d.lab.session.scenario.runs[0];
    const int row = find_schedule(schedule);
    run.schedule = default_settings(row, schedules()[static_cast<size_t>(row)].params);
    d.frames(3);
    note();
  }
  const auto there = [&](std::string_view control) {
    return control.empty() ||
           std::any_of(ids.begin(), ids.end(), [&](const std::string& id) { return id.ends_with(control); });
  };
  for (const GlossaryTerm& term : glossary()) CHECK_MESSAGE(there(term.control), term.control);
  for (const LightPlace& place : light_places()) CHECK_MESSAGE(there(place.control), place.control);
}

TEST_CASE("every setting of every lesson can be taken, in every language") {
  for (int row = 0; row < static_cast<int>(languages().size()); ++row) {
    REQUIRE(use_language(row));
    int settings = 0;
    for (const Lesson& lesson : lessons()) {
      const Scenario* shown = &lesson.scenario;
      for (const LessonScreen& screen : lesson.screens) {
        if (screen.scenario) shown = &*screen.scenario;
        std::set<std::string> names;
        for (const LessonBlock& block : screen.blocks)
          for (const LessonSpan& span : block.spans) {
            Scenario changed = *shown;
            if (span.sets.empty()) continue;
            CHECK(change_by_query(span.sets, 0, changed) == "");
            CHECK(names.insert(span.words).second);
            ++settings;
          }
      }
    }
    CHECK(settings > 10);
  }
  REQUIRE(use_language(0));
}

TEST_CASE(
    "while a question waits its page shows and lights what it names, and all comes back with the answer") {
  Driver d;
  const bool controls_before = d.find("combobox", "optimizer") != nullptr;
  open_lesson(lesson_desk(d.lab), 1);
  d.frames(3);
  CHECK(controls_before);
  CHECK(d.find("combobox", "optimizer"));
  turn_to(lesson_desk(d.lab), 1);
  d.frames(3);
  CHECK(!d.find("combobox", "optimizer"));
  CHECK(!d.find("slider", "Learning rate"));
  CHECK(d.find("img", "loss plot"));
  CHECK(d.find("button", "lessons"));
  answer(lesson_desk(d.lab), 0);
  d.frames(3);
  CHECK(d.find("combobox", "optimizer"));
  turn_to(lesson_desk(d.lab), page_count(*d.lab.lesson.open) - 1);
  CHECK(d.lab.lesson.lit == std::vector<std::string>{"slider Learning rate"});
}

TEST_CASE("effective rates come on with the page that is about them, and go with the next") {
  Driver d;
  open_lesson(lesson_desk(d.lab), 9);
  turn_to(lesson_desk(d.lab), d.lab.lesson.open->prediction->after);
  d.frames(2);
  CHECK(!d.lab.plots.show_effective);
  answer(lesson_desk(d.lab), 1);
  turn_to(lesson_desk(d.lab), d.lab.lesson.page + 1);
  d.frames(2);
  CHECK(d.lab.session.selected == 1);
  CHECK(d.get("switch", "effective rates").checked);
  d.click("switch", "effective rates");
  CHECK(!d.lab.plots.show_effective);  // who does not want them puts them away
  d.click("switch", "effective rates");
  turn_to(lesson_desk(d.lab), d.lab.lesson.page + 1);
  d.frames(2);
  CHECK(!d.lab.plots.show_effective);
}

TEST_CASE(
    "on a phone the paper stands with the question, in the surface's place, and so does what became of it") {
  Driver d(390, 844);
  open_lesson(lesson_desk(d.lab), 4);
  turn_to(lesson_desk(d.lab), d.lab.lesson.open->prediction->after);
  d.frames(3);
  for (const auto& [role, name] : {std::pair{"heading", "What do you expect?"},
                                   {"img", "paper"},
                                   {"slider", "Loss at the end"},
                                   {"button", "hand in the drawing"}})
    CHECK_MESSAGE(d.get(role, name).visible, name);
  CHECK(!d.find("img", "loss surface"));
  const Control paper = d.get("img", "paper");
  d.drag(paper.at.x + 5, paper.at.y + 20, paper.at.x + paper.size.x - 5, paper.at.y + paper.size.y - 20);
  d.click("button", "hand in the drawing");
  d.frames(3);
  CHECK(!is_asking(d.lab.lesson));
  CHECK(d.get("img", "loss plot").visible);
  turn_to(lesson_desk(d.lab), d.lab.lesson.page + 1);
  d.frames(3);
  CHECK(d.get("img", "loss surface").visible);
}

TEST_CASE("on a phone the text, the picture and the control of the task stand together") {
  Driver d(390, 844, 1);
  open_lesson(lesson_desk(d.lab), 1);
  d.lab.lesson.answer = 1;
  turn_to(lesson_desk(d.lab), page_count(*d.lab.lesson.open) - 1);
  d.frames(4);
  for (const auto& [role, name] :
       {std::pair{"heading", "Your task"}, std::pair{"img", "loss surface"},
        std::pair{"slider", "Learning rate"}, std::pair{"button", "previous page"}})
    CHECK(d.get(role, name).visible);
  d.drag_slider("Learning rate", 0.9f);
  CHECK(d.lab.session.scenario.runs[0].optimizer.values[0][0] > 0.02);
}

TEST_CASE("what a page locks stays as it is") {
  const char* const file = R"(---
{"title": "T", "scenario": {"runs": [{"optimizer": {"type": "SGD", "lr": 0.02}}]}}
---
## One
```json
{"focus": {"lock": ["lr"]}}
```
Words.

## Two
More.
)";
  Driver d;
  open_lesson_file(lesson_desk(d.lab), file, "mine.md");
  d.frames(3);
  d.lab.session.scenario.runs[0].optimizer.values[0] = {0.5};
  d.frames(3);
  CHECK(d.lab.session.scenario.runs[0].optimizer.values[0][0] == 0.02);
  CHECK(!d.get("slider", "Learning rate").enabled);
  turn_to(lesson_desk(d.lab), 1);
  d.frames(3);
  CHECK(d.get("slider", "Learning rate").enabled);
}
