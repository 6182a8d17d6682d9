#include "lab/plots/limit_curve.h"
#include "lab/shell/commands.h"
#include "lesson/glossary.h"
#include "lesson/memory/progress.h"
#include "support/lab_driver.h"
#include "support/sentences.h"
#include "text/text.h"

#include <algorithm>
#include <cmath>

using namespace stride;
using namespace stride::lab;

TEST_CASE("lesson 1 is walked from the list to its end by the controls' names") {
  std::string kept;
  Driver d;
  d.lab.services.host.load = [&](const std::string&) { return kept; };
  d.lab.services.host.store = [&](const std::string&, const std::string& value) { kept = value; };
  d.click("button", "lessons");
  d.click("option", "What a learning rate is");
  d.frames(3);
  REQUIRE(d.lab.lesson.open);
  CHECK(d.lab.lesson.blindfold);
  CHECK(d.lab.results[0].path.size() == 1);
  d.click("button", "next page");
  d.click("button", "next page");
  REQUIRE(d.find("heading", "Your task"));
  for (int i = 0; i < 15 && !d.lab.lesson.report.met; ++i) {
    d.lab.lesson.step_length = d.lab.results[0].path.loss.back() > -0.3 ? 0.5 : 0.1;
    d.click("button", "step");
    CHECK(d.lab.results[0].path.size() == i + 2);
    CHECK(validate(d.lab.session.scenario) == "");
  }
  CHECK(d.lab.lesson.report.met);
  CHECK(d.find("heading", "Done."));
  CHECK(is_done(read_progress(kept), "01-blindfold.md"));
  d.click("button", "lift the fog");
  CHECK(!d.lab.lesson.blindfold);
  CHECK(d.lab.lesson.report.met);
  d.click("button", "next lesson");
  CHECK(d.lab.lesson.index == 1);
}

TEST_CASE("before the question is answered nothing plays and no run is seen") {
  Driver d;
  open_lesson(lesson_desk(d.lab), 1);
  d.frames(3);
  CHECK(d.lab.results[0].path.size() == 1);
  CHECK(cursor_step(d.lab.session.scenario) == 0);
  CHECK(limit_of(plot_desk(d.lab), {{0, 0}, {100, 100}, 0, 100, {}}).column.empty());  // as no study is made
  d.click("button", "play");
  CHECK(!d.lab.playback.playing);
  d.click("button", "next page");
  CHECK(d.get("button", "next page").enabled == false);
  turn_to(lesson_desk(d.lab), 5);
  CHECK(d.lab.lesson.page == 1);
  const LessonChoice& wrong = d.lab.lesson.open->prediction->choices[0];
  REQUIRE(!wrong.correct);
  d.click("button", wrong.text);
  CHECK(d.lab.playback.playing);
  CHECK(d.find("heading", "Not quite."));
  CHECK(d.find("text", wrong.feedback));
  SUBCASE("the walker and its curve grow with the cursor") {
    const Control first = d.get("button", wrong.text);
    CHECK(first.value == "not right");
    for (int seen = 2; d.lab.playback.playing; d.frames(1)) {
      const int size = d.lab.results[0].path.size();
      CHECK(size >= seen);
      CHECK(size <= std::max(cursor_step(d.lab.session.scenario), 1) + 1);
      seen = size;
    }
    d.frames(2);
    CHECK(d.lab.results[0].path.size() == d.lab.session.scenario.steps + 1);
  }
  SUBCASE("a second try hides the runs again, and the right one is told after it") {
    d.click("button", "ask again");
    CHECK(is_asking(d.lab.lesson));
    CHECK(d.lab.results[0].path.size() == 1);
    CHECK(!d.lab.playback.playing);
    CHECK(!d.get("button", wrong.text).enabled);
    int right = 0;
    while (!d.lab.lesson.open->prediction->choices[static_cast<size_t>(right)].correct) ++right;
    const std::string words = d.lab.lesson.open->prediction->choices[static_cast<size_t>(right)].text;
    CHECK(d.get("button", words).value == "");
    d.click("button", words);
    CHECK(d.find("heading", "Yes."));
    CHECK(d.get("button", words).value == "right");
    CHECK(!d.find("button", "ask again"));
  }
}

TEST_CASE("an answer shows the scenario that answers, and the task's hints come one by one") {
  const char* const file = R"(---
{"title": "T", "scenario": {"problem": {"surface": "quad_k10", "start": [-4, 2]}, "steps": 60,
   "runs": [{"optimizer": {"type": "SGD", "lr": 0.02}}]},
 "prediction": {"question": "Q?", "scenario": {"runs": [{"optimizer": {"type": "SGD", "lr": 0.21}}]},
   "choices": [{"text": "a", "feedback": "fa"}, {"text": "b", "correct": true, "feedback": "fb"}]},
 "goal": {"say": "Lower.", "loss_below": 0.01, "hints": ["A hint of the lesson's own."],
          "knob": {"key": "lr", "min": 0.001, "max": 1, "log": true}},
 "solution": {"runs": [{"optimizer": {"type": "SGD", "lr": 0.18}}]}}
---
## One
Words.
)";
  Driver d;
  open_lesson_file(lesson_desk(d.lab), file, "mine.md");
  const auto rate = [&] { return d.lab.session.scenario.runs[0].optimizer.values[0][0]; };
  turn_to(lesson_desk(d.lab), 1);
  d.frames(2);
  CHECK(rate() == 0.02);
  d.click("button", "a");
  CHECK(rate() == 0.21);
  d.click("button", "ask again");
  CHECK(rate() == 0.02);
  d.click("button", "b");
  CHECK(rate() == 0.21);
  d.click("button", "next page");
  d.frames(2);
  CHECK(rate() == 0.02);
  CHECK(!d.find("text", "A higher value comes closer: learning rate."));
  d.click("button", "hint");
  CHECK(d.find("text", "A higher value comes closer: learning rate."));
  CHECK(!d.find("text", "A hint of the lesson's own."));
  d.click("button", "hint");
  CHECK(d.find("text", "A hint of the lesson's own."));
  CHECK(!d.find("button", "hint"));
  // The way is told from where the learner has come to, and no longer once there is none to go.
  d.lab.session.scenario.runs[0].optimizer.values[0] = {0.3};
  d.frames(2);
  CHECK(d.find("text", "A lower value comes closer: learning rate."));
  CHECK(!d.find("text", "A higher value comes closer: learning rate."));
  d.lab.session.scenario.runs[0].optimizer.values[0] = {0.18};
  d.frames(2);
  CHECK(d.find("heading", "Done."));
  CHECK(!d.find("text", "A lower value comes closer: learning rate."));
  const std::string how = d.lab.lesson.reached;
  d.lab.session.scenario.runs[0].optimizer.values[0] = {0.02};
  d.frames(2);
  CHECK(!d.lab.lesson.report.met);
  CHECK(d.find("heading", "Done."));
  CHECK(d.find("text", "You have met it: " + how));
}

TEST_CASE("every answer to every question gets its feedback, and what really happened") {
  Driver d;
  for (int i = 0; i < static_cast<int>(lessons().size()); ++i) {
    const std::optional<LessonPrediction>& p = lessons()[static_cast<size_t>(i)].prediction;
    for (int c = 0; p && c < static_cast<int>(p->choices.size()); ++c) {
      open_lesson(lesson_desk(d.lab), i);
      turn_to(lesson_desk(d.lab), p->after);
      d.frames(3);
      REQUIRE(is_asking(d.lab.lesson));
      answer(lesson_desk(d.lab), c);
      d.lab.playback.playing = false;  // the runs are seen whole
      d.frames(3);
      const LessonChoice& choice = p->choices[static_cast<size_t>(c)];
      CHECK(d.find("text", choice.feedback));
      CHECK(d.find("heading", choice.correct ? "Yes." : "Not quite."));
      CHECK(d.find("text", what_happened(name_of(d.lab.session.scenario.runs[0]), d.lab.results[0].path,
                                         d.lab.results[0].outcome)));
    }
  }
}

TEST_CASE("a loss that is drawn answers the question, near the run or far from it") {
  Driver d;
  open_lesson(lesson_desk(d.lab), 4);
  turn_to(lesson_desk(d.lab), 1);
  d.frames(3);
  REQUIRE(is_sketching(d.lab.lesson));
  const Trajectory path = [&] {
    const Scenario& s = d.lab.lesson.open->scenario;
    return trajectory_of(s, s.runs[0]);
  }();
  CHECK(!d.get("button", "hand in the drawing").enabled);
  // The axis to draw on goes from 10⁻⁵ to 30 times the loss at the start.
  const auto y_of = [&](const Control& paper, double loss) {
    const double part = std::log(loss / (path.loss[0] * 1e-5)) / std::log(30 / 1e-5);
    return paper.at.y + paper.size.y * static_cast<float>(1 - part);
  };
  const auto draw = [&](double at_20, double at_end) {
    const Control paper = d.get("img", "paper", "loss plot");
    const float x0 = paper.at.x + 2, x20 = paper.at.x + paper.size.x * 0.1f, x1 = paper.at.x + paper.size.x;
    d.drag(x0, y_of(paper, path.loss[0]), x20, y_of(paper, at_20));
    d.drag(x20, y_of(paper, at_20), x1, y_of(paper, at_end));
  };
  SUBCASE("a fall to the floor") {
    draw(0.15, 0.15);
    d.click("button", "hand in the drawing");
    CHECK(d.lab.lesson.answer == 0);
    CHECK(d.find("heading", "Yes."));
  }
  SUBCASE("a fall to nothing") {
    draw(0.15, path.loss[0] * 1e-5);
    d.click("button", "hand in the drawing");
    CHECK(d.lab.lesson.answer == 1);
    CHECK(d.find("heading", "Not quite."));
  }
  SUBCASE("a number instead of a drawing") {
    d.drag_slider("Loss at the end", 0.9f);
    d.click("button", "hand in the drawing");
    CHECK(d.lab.lesson.answer == 1);
  }
  CHECK(!is_asking(d.lab.lesson));
  d.lab.playback.playing = false;  // the run is seen whole
  d.frames(3);
  CHECK(d.lab.results[0].path.size() == 201);
  bool told = false;
  for (const Control& c : controls()) told |= c.name.starts_with("You drew an end at ");
  CHECK(told);
}

namespace {

void check_fit(const Driver& d, int page) {
  for (const Control& c : controls())
    CHECK_MESSAGE((!c.visible || !c.clipped), d.lab.lesson.open->name << " page " << page << ": " << c.name);
}

}  // namespace

TEST_CASE("every lesson's pages fit at two sizes, and its task is met by its solution") {
  for (const float width : {1440.f, 390.f}) {
    Driver d(width, width > 500 ? 900.f : 844.f);
    for (int i = 0; i < static_cast<int>(lessons().size()); ++i) {
      open_lesson(lesson_desk(d.lab), i);
      for (int page = 0; page < page_count(*d.lab.lesson.open); ++page) {
        turn_to(lesson_desk(d.lab), page);
        if (is_asking(d.lab.lesson) && d.lab.lesson.open->prediction->after == page)
          answer(lesson_desk(d.lab), 0);
        d.frames(3);
        CHECK(d.lab.lesson.page == page);
        check_fit(d, page);
        while (wants_number(d.lab.lesson)) {
          d.lab.lesson.typed = "1000";
          hand_in_number(lesson_desk(d.lab));
          d.frames(3);
          check_fit(d, page);
        }
      }
      CHECK(!d.lab.lesson.report.met);
      d.lab.lesson.blindfold = false;
      d.lab.session.scenario = *d.lab.lesson.open->solution;
      d.frames(2);
      CHECK_MESSAGE(d.lab.lesson.report.met, lessons()[static_cast<size_t>(i)].name);
    }
  }
}

TEST_CASE(
    "on a small laptop every page has its loss plot whole in sight, and every task the controls it lights") {
  Driver d(1280, 800);
  // Above the bar, and its axis' numbers.
  const auto whole = [&](std::string_view control) {
    return std::any_of(controls().begin(), controls().end(), [&](const Control& c) {
      return c.visible && c.id.ends_with(control) && c.at.y >= 0 && c.at.y + c.size.y <= 800 - 56 - 24;
    });
  };
  for (int i = 1; i < static_cast<int>(lessons().size()); ++i) {
    open_lesson(lesson_desk(d.lab), i);
    const std::string& name = d.lab.lesson.open->name;
    for (int page = 0; page < page_count(*d.lab.lesson.open); ++page) {
      turn_to(lesson_desk(d.lab), page);
      if (is_unanswered(d.lab.lesson) && d.lab.lesson.open->prediction->after == page) {
        answer(lesson_desk(d.lab), 0);
        d.lab.playback.playing = false;
      }
      d.lab.lesson.number_told = true;
      d.frames(3);
      CHECK_MESSAGE(whole("img loss plot"), name << " page " << page);
    }
    for (const std::string& word : focus_of(d.lab.lesson).light)
      CHECK_MESSAGE(whole(control_of(word)), name << " " << word);
    d.lab.session.scenario = *d.lab.lesson.open->solution;
    d.frames(3);
    CHECK_MESSAGE(whole("img loss plot"), name << " solved");
  }
}

TEST_CASE("the blindfold goes on and comes off on any surface, and undo takes the walk back") {
  Driver d(1440, 900, 1, default_scenario());
  const Scenario before = d.lab.session.scenario;
  d.key(ImGuiKey_F);
  CHECK(d.lab.lesson.blindfold);
  for (int i = 0; i < 3; ++i) d.click("button", "step");
  CHECK(steps_walked(d.lab.session.scenario) == 3);
  CHECK(d.lab.results[0].path.size() == 4);
  const double x0 = d.lab.results[0].path.x[0], x1 = d.lab.results[0].path.x[1];
  const double y0 = d.lab.results[0].path.y[0], y1 = d.lab.results[0].path.y[1];
  CHECK(std::hypot(x1 - x0, y1 - y0) == doctest::Approx(0.05 * 4).epsilon(1e-3));
  d.key(ImGuiKey_F);
  CHECK(!d.lab.lesson.blindfold);
  for (int i = 0; i < 10; ++i) undo(d.lab.session);
  CHECK(same_numbers(d.lab.session.scenario, before));
}

TEST_CASE("a teacher's file opens, a faulty one says where") {
  Driver d;
  open_document(d.lab, "---\n{\"title\": 3, \"scenario\": {}}\n---\n## A\nb\n", "mine.md");
  CHECK(d.lab.shell.notice.words == "mine.md: line 2: title: expected a text in quotes, got 3");
  CHECK(!d.lab.lesson.open);
  open_document(d.lab, "---\n{\"title\": \"Mine\", \"scenario\": {}}\n---\n## A\nb\n", "mine.md");
  CHECK(d.lab.lesson.open);
  open_link(d.lab, "?lesson=3");
  CHECK(d.lab.lesson.index == 2);
}

TEST_CASE("a lesson goes on where it was in every other language, and without its lessons as it is") {
  for (const Language& from : languages())
    for (const Language& to : languages()) {
      CAPTURE(from.code);
      CAPTURE(to.code);
      Driver d;
      set_language(d.lab, from.code);
      open_lesson(lesson_desk(d.lab), 2);
      turn_to(lesson_desk(d.lab), 1);
      const std::string name = d.lab.lesson.open->name;
      set_language(d.lab, to.code);
      d.frames(2);
      CHECK(d.lab.lesson.open->language == to.code);
      CHECK(d.lab.lesson.open->name == name);
      CHECK(d.lab.lesson.index == 2);
      CHECK(d.lab.lesson.page == 1);
      // A lesson that the other language doesn't have.
      d.lab.lesson.open->name = "elsewhere.md";
      set_language(d.lab, from.code);
      d.frames(2);
      CHECK(d.lab.lesson.open->language == to.code);
      set_language(d.lab, "en");
    }
}

TEST_CASE("the address names the open lesson, and no more when it is closed") {
  Driver d;
  std::string link;
  d.lab.services.host.show_link = [&](const std::string& shown) { link = shown; };
  open_lesson(lesson_desk(d.lab), 2);
  d.frames(1);
  CHECK(link.starts_with("?lesson=3#s="));
  open_lesson(lesson_desk(d.lab), 4);
  d.frames(1);
  CHECK(link.starts_with("?lesson=5#s="));
  close_lesson(d.lab.lesson);
  d.frames(1);
  CHECK(link == encode_link(d.lab.session.scenario));
}

TEST_CASE("what is said stays readable, however much somebody else has made it") {
  Driver d;
  notify(d.lab, std::string(300000, 'x'), true);
  d.frames(2);
  CHECK(d.lab.shell.notice.words.size() < 700);
  CHECK(d.get("button", "dismiss", "notice").visible);
  std::string euros;
  for (int i = 0; i < 1000; ++i) euros += "€";
  notify(d.lab, euros, true);
  CHECK(d.lab.shell.notice.words.ends_with("€ …"));
}

TEST_CASE("languages and links that cannot be had are said") {
  Driver d;
  language_missing(d.lab, "de");
  CHECK(d.lab.shell.notice.words == "Deutsch cannot be fetched now: the lab goes on in English.");
  language_missing(d.lab, "en");
  CHECK(d.lab.shell.notice.words == lessons_missing);
  REQUIRE(d.find("button", "share") != nullptr);
  d.lab.services.host.has_links = false;
  d.frames(2);
  CHECK(d.find("button", "share") == nullptr);
  CHECK(d.find("button", "save the scenario") != nullptr);
  bool copied = false;
  d.lab.services.host.copy_text = [&](const std::string&) { copied = true; };
  run(d.lab, Command::copy_link);
  CHECK(!copied);
  CHECK(d.lab.shell.notice.words ==
        "This page has no address that a link could open: save the scenario instead.");
}
