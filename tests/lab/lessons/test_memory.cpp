// What stays of the lessons, by the controls' names: the place, a question put again, the quiz, the results.
#include "lab/shell/commands.h"
#include "lesson/memory/progress.h"
#include "support/lab_driver.h"
#include "text/text.h"

#include <algorithm>

using namespace stride;
using namespace stride::lab;

namespace {

/// A lab on a machine that keeps one string, as a browser does.
struct Kept {
  std::string text;
  void on(Driver& d) {
    d.lab.services.host.load = [this](const std::string&) { return text; };
    d.lab.services.host.store = [this](const std::string&, const std::string& value) { text = value; };
  }
};

int right_choice(const Lesson& lesson) {
  const auto& all = lesson.prediction->choices;
  return static_cast<int>(
      std::find_if(all.begin(), all.end(), [](const LessonChoice& c) { return c.correct; }) - all.begin());
}

}  // namespace

TEST_CASE("a lesson goes on in another visit at the page that was left, its question answered") {
  Kept kept;
  {
    Driver d;
    kept.on(d);
    open_lesson(lesson_desk(d.lab), 2);
    turn_to(lesson_desk(d.lab), d.lab.lesson.open->prediction->after);
    d.frames(2);
    answer(lesson_desk(d.lab), right_choice(*d.lab.lesson.open));
    turn_to(lesson_desk(d.lab), d.lab.lesson.open->prediction->after + 1);
    d.frames(2);
  }
  Driver d;
  kept.on(d);
  d.click("button", "lessons");
  const int page = read_progress(kept.text).page;
  CHECK(page > 1);
  d.click("button", tr("Go on: {0}, page {1}", {lessons()[2].title, std::to_string(page + 1)}));
  d.frames(2);
  CHECK(d.lab.lesson.index == 2);
  CHECK(d.lab.lesson.page == page);
  CHECK(!is_asking(d.lab.lesson));
  d.click("button", "lessons");
  for (const Control& c : controls()) CHECK(!c.name.starts_with("Go on"));
}

TEST_CASE(
    "at the start of a lesson the question of two lessons before is put once more, to whoever has answered "
    "it") {
  Kept kept;
  Driver d;
  kept.on(d);
  const std::vector<int> order = teaching_order();
  open_lesson(lesson_desk(d.lab), order[3]);
  d.frames(2);
  CHECK(!d.find("heading", "Do you remember?"));
  const Lesson& before = lessons()[static_cast<size_t>(order[1])];
  note_answer(d.lab.lesson.progress, before.name, false);
  open_lesson(lesson_desk(d.lab), order[3]);
  d.frames(2);
  CHECK(d.find("heading", "Do you remember?"));
  CHECK(d.find("text", before.prediction->question));
  const LessonChoice& right = before.prediction->choices[static_cast<size_t>(right_choice(before))];
  d.click("button", right.text);
  CHECK(d.find("text", right.feedback));
  CHECK(d.get("button", right.text).value == "right");
  CHECK(read_progress(kept.text).recalled == Tally{1, 1});
  d.click("button", "to the lesson");
  CHECK(!d.find("heading", "Do you remember?"));
  CHECK(d.find("heading", d.lab.lesson.open->screens[0].heading));
}

TEST_CASE("the quiz shows curves alone until each is answered, and is counted") {
  for (const float width : {1440.f, 1000.f, 390.f}) {
    Kept kept;
    Driver d(width, 844);
    kept.on(d);
    d.click("button", "lessons");
    d.click("button", "quiz");
    d.frames(3);
    int right = 0;
    for (int i = 0; i < quiz_length; ++i) {
      CHECK(d.find("img", "loss plot"));
      CHECK(!d.find("slider", "Learning rate"));
      CHECK(!d.find("img", "learning-rate plot"));
      CHECK(d.get("button", "next curve").enabled == false);
      for (const Control& c : controls()) CHECK_MESSAGE((!c.visible || !c.clipped), c.name);
      const QuizState quiz = d.lab.lesson.quiz;
      const CurveKind asked = quiz.kinds[quiz.at], said = i == 1 ? CurveKind::cyclic : asked;
      CHECK(d.lab.results[0].path.size() > 2);
      d.click("button", words_of(said));
      CHECK(d.find("heading", said == asked ? "Yes." : "Not quite."));
      CHECK(d.find("text", why_so(asked, quiz.asked)));
      CHECK(d.get("button", words_of(asked)).value == "right");
      right += said == asked;
      d.click("button", "next curve");
      d.frames(2);
    }
    CHECK(read_progress(kept.text).quiz == Tally{right, quiz_length});
    CHECK(d.find("heading", "What you can now predict"));
    CHECK(d.find("text", "Loss curves read: " + std::to_string(right) + " of 5"));
    d.click("button", "close the lesson");
    CHECK(!d.find("heading", "What you can now predict"));
  }
}

TEST_CASE("what can be predicted is listed with its answer, and goes into a file; so does a worksheet") {
  Driver d;
  std::string name, contents;
  d.lab.services.host.save_file = [&](const std::string& n, const std::string& c) { name = n, contents = c; };
  note_answer(d.lab.lesson.progress, lessons()[1].name, true);
  d.lab.lesson.loaded = true;
  open_learned(lesson_desk(d.lab));
  d.frames(3);
  const Lesson& lesson = lessons()[1];
  CHECK(d.find("text", lesson.prediction->question));
  CHECK(d.find("text", "→ " + lesson.prediction->choices[static_cast<size_t>(right_choice(lesson))].text));
  CHECK(!d.find("text", lessons()[2].prediction->question));
  d.lab.lesson.learner = "=Ada";
  save_results(lesson_desk(d.lab));
  CHECK(name == "stride-results.csv");
  CHECK(contents.find("\"'=Ada\",\"2\"") != std::string::npos);
  open_lesson(lesson_desk(d.lab), 1);
  turn_to(lesson_desk(d.lab), 1);
  answer(lesson_desk(d.lab), 1);
  turn_to(lesson_desk(d.lab), 2);
  d.frames(3);
  d.scroll_to("button", "worksheet");
  d.click("button", "worksheet");
  CHECK(name == "worksheet-02-too-low.html");
  CHECK(contents.find("<svg") != std::string::npos);
}

namespace {

void to_task(Driver& d) {
  open_lesson(lesson_desk(d.lab), 2);
  turn_to(lesson_desk(d.lab), 1);
  answer(lesson_desk(d.lab), 2);
  turn_to(lesson_desk(d.lab), page_count(*d.lab.lesson.open) - 1);
  d.frames(3);
}

void hand_in(Driver& d, const char* words) {
  d.click("textbox", "Your number");
  d.key(ImGuiKey_A, ImGuiMod_Ctrl);
  d.type(words);
  d.click("button", "hand in the number");
  d.frames(2);
}

}  // namespace

TEST_CASE("a number is typed before anything may be tried, and tells what it was") {
  Kept kept;
  {
    Driver d;
    kept.on(d);
    to_task(d);
    hand_in(d, "1");
    CHECK(wants_number(d.lab.lesson));
  }
  Driver d;
  kept.on(d);
  // What was asked in another visit is not asked again.
  load_lesson_progress(lesson_desk(d.lab));
  resume_lesson(lesson_desk(d.lab));
  REQUIRE(d.lab.lesson.open);
  CHECK(d.lab.lesson.page == page_count(*d.lab.lesson.open) - 1);
  CHECK(!is_asking(d.lab.lesson));
  reset_progress(lesson_desk(d.lab));
  to_task(d);
  const LessonAsk& ask = *d.lab.lesson.open->goal->ask;
  // All waits: no rate can be set, no run is seen, and nothing is judged.
  CHECK(!d.get("slider", "Learning rate").enabled);
  CHECK(d.lab.results[0].path.size() == 1);
  CHECK(cursor_step(d.lab.session.scenario) == 0);
  CHECK(d.lab.lesson.report.checks.empty());
  run(d.lab, Command::play);
  CHECK(!d.lab.playback.playing);
  hand_in(d, "much");
  CHECK(d.lab.shell.notice.words == "Your number: expected a number, as 0.02, 1e-4 or 1/50, got much");
  CHECK(wants_number(d.lab.lesson));
  CHECK(d.lab.lesson.progress.numbers.empty());
  hand_in(d, "0,2");
  CHECK(d.find("text", ask.high));
  CHECK(!d.get("slider", "Learning rate").enabled);
  hand_in(d, "2/25");
  CHECK(d.find("heading", "Yes."));
  CHECK(d.find("text", ask.yes));
  CHECK(!d.find("textbox", "Your number"));
  CHECK(d.get("slider", "Learning rate").enabled);
  CHECK(d.lab.results[0].path.size() > 1);
  CHECK(cursor_step(d.lab.session.scenario) == d.lab.session.scenario.steps);
  CHECK(!d.lab.lesson.report.checks.empty());
  CHECK(d.lab.lesson.progress.numbers.at("03-too-high.md") == TypedNumber{"0,2", false});
  // Two that were wrong, and it is told.
  to_task(d);
  hand_in(d, "0.04");
  CHECK(d.find("text", ask.low));
  hand_in(d, "0.2");
  CHECK(d.find("heading", "Not quite."));
  CHECK(d.find("text", ask.yes));
  CHECK(d.get("slider", "Learning rate").enabled);
}
