// What is kept of a learner's work, the questions of the quiz, results and worksheets.
#include <doctest/doctest.h>

#include <set>

#include "lesson/lesson_shared.h"
#include "lesson/memory/progress.h"
#include "lesson/memory/quiz.h"
#include "lesson/memory/worksheet.h"
#include "scenario/csv_cells.h"
#include "support/sentences.h"
#include "text/text.h"

using namespace stride;

TEST_CASE("progress survives being written, and rubbish in its place costs no more than itself") {
  LessonProgress p;
  p.done = {"02-too-low.md"};
  note_answer(p, "02-too-low.md", true);
  note_answer(p, "03-too-high.md", false);
  note_answer(p, "03-too-high.md", true);  // the first counts
  note_number(p, "03-too-high.md", {"1/5", false});
  note_number(p, "03-too-high.md", {"0.08", true});  // here too
  p.recalled = {1, 2};
  p.quiz = {4, 5};
  p.at = "03-too-high.md";
  p.page = 2;
  CHECK(read_progress(write_progress(p)) == p);
  CHECK(!p.answered.at("03-too-high.md"));
  CHECK(p.numbers.at("03-too-high.md") == TypedNumber{"1/5", false});
  CHECK(read_progress(R"({"done": ["a"]})").done.size() == 1);
  const LessonProgress rest = read_progress(
      R"({"done": ["a"], "answered": {"a": true, "b": 1}, "numbers": {"a": ["1", true], "b": ["1"], "c": [1, true]}, "recalled": [3, 2], "quiz": "x", "at": "b", "page": -1})");
  CHECK(rest.answered.size() == 1);
  CHECK(rest.numbers.size() == 1);
  CHECK(rest.recalled == Tally{});
  CHECK(rest.quiz == Tally{});
  CHECK(rest.at.empty());
  for (const char* rubbish :
       {"", "[]", "{", R"({"answered": [1], "numbers": [1], "recalled": [1], "at": 3})"})
    CHECK(read_progress(rubbish) == LessonProgress{});
}

TEST_CASE("asked again is the question of two lessons before, where it has been answered") {
  const std::vector<int> order = teaching_order();
  LessonProgress p;
  for (const int i : order) CHECK(lesson_recalled(p, i) == -1);
  for (const Lesson& lesson : lessons()) note_answer(p, lesson.name, true);
  int asked = 0;
  for (size_t at = 0; at < order.size(); ++at) {
    const int i = lesson_recalled(p, order[at]);
    if (i < 0) continue;
    CHECK(i == order[at - 2]);
    CHECK(!lessons()[static_cast<size_t>(i)].prediction->draw);
    ++asked;
  }
  CHECK(asked > 12);
  CHECK(lesson_recalled(p, -1) == -1);
}

TEST_CASE(
    "a curve of the quiz shows what it was drawn for, whatever the seed, and says why with its numbers") {
  for (int k = 0; k < curve_kinds; ++k) {
    const CurveKind kind = static_cast<CurveKind>(k);
    std::set<std::string> drawn;
    for (unsigned seed = 0; seed < 60; ++seed) {
      const Scenario scenario = draw_curve(kind, seed);
      CHECK(validate(scenario) == "");
      CHECK(kind_shown(trajectory_of(scenario, scenario.runs[0])) == kind);
      drawn.insert(write_scenario(scenario));
      CHECK(scenario == draw_curve(kind, seed));
      CHECK(why_so(kind, scenario).find("{") == std::string::npos);
    }
    CHECK(drawn.size() == 60);
  }
}

TEST_CASE("a curve of the quiz is found in few tries, and there is one where none is found") {
  for (int k = 0; k < curve_kinds; ++k) {
    const CurveKind kind = static_cast<CurveKind>(k);
    CAPTURE(k);
    const Scenario sure = draw_curve(kind, 1, 0);
    CHECK(kind_shown(trajectory_of(sure, sure.runs[0])) == kind);
    CHECK(sure == draw_curve(kind, 2, 0));
    int in_vain = 0;
    for (unsigned seed = 0; seed < 3000; ++seed) in_vain += draw_curve(kind, seed, curve_tries / 4) == sure;
    CHECK(in_vain == 0);
  }
}

TEST_CASE("what the quiz says of the run that it compares with is so") {
  for (unsigned seed = 0; seed < 40; ++seed) {
    // Too low: ten times the rate would have come further. Too high: a fifth would.
    for (const auto& [kind, factor] :
         {std::pair{CurveKind::too_low, 10.0}, std::pair{CurveKind::too_high, 0.2}}) {
      Scenario scenario = draw_curve(kind, seed);
      const double own = tail_loss(trajectory_of(scenario, scenario.runs[0]));
      *value_of(scenario.runs[0], "lr") *= factor;
      const Trajectory other = trajectory_of(scenario, scenario.runs[0]);
      CHECK(other.diverged_at < 0);
      CHECK(tail_loss(other) < own / 2);
    }
  }
}

TEST_CASE("a quiz has each kind, in an order of its own") {
  std::set<std::vector<CurveKind>> orders;
  for (unsigned seed = 0; seed < 50; ++seed) {
    const std::vector<CurveKind> kinds = draw_quiz(seed);
    CHECK(kinds.size() == quiz_length);
    CHECK(std::set<CurveKind>(kinds.begin(), kinds.end()).size() == curve_kinds);
    orders.insert(kinds);
  }
  CHECK(orders.size() > 20);
}

TEST_CASE("the results are a table with a row a lesson, and no cell is a formula") {
  LessonProgress p;
  p.done = {"02-too-low.md"};
  note_answer(p, "02-too-low.md", false);
  note_number(p, "02-too-low.md", {"=1", false});
  note_number(p, "03-too-high.md", {"2/25", true});
  p.quiz = {4, 5};
  for (const char* learner : {"Ada", "=1+1", "@SUM(A1)", "-1", "a\",\"b", "+\n=2", ""}) {
    const std::string text = results_csv(p, learner);
    csv::Scanner scanner(text);
    std::vector<csv::Bounds> cells;
    size_t rows = 0;
    while (!scanner.at_end() && scanner.row(',', cells)) {
      CHECK(cells.size() == 6);
      const auto word = [&](size_t i) {
        return csv::unquoted(text.substr(cells[i].begin, cells[i].end - cells[i].begin));
      };
      for (size_t i = 0; i < cells.size(); ++i) {
        const std::string words = word(i);
        CHECK((words.empty() || std::string_view("=+-@\t\n").find(words[0]) == std::string_view::npos));
      }
      if (word(1) == "2") CHECK(word(3) + "/" + word(4) == "not right at first/met");
      if (word(1) == "2") CHECK(word(5) == "'=1: not right at first");
      if (word(1) == "3") CHECK(word(5) == "2/25: right");
      if (word(1) == "quiz") CHECK(word(3) == "4 of 5");
      ++rows;
    }
    CHECK(rows == lessons().size() + 3);
  }
}

TEST_CASE("a worksheet has a lesson's words and questions, and neither its answers nor anybody's markup") {
  for (int row = 0; row < static_cast<int>(languages().size()); ++row) {
    REQUIRE(use_language(row));
    for (const Lesson& lesson : lessons()) {
      const std::string html = worksheet(lesson, "");
      CHECK(html.find("<script") == std::string::npos);
      CHECK(html.find("{0}") == std::string::npos);
      CHECK(html.find("\\frac") == std::string::npos);
      CHECK(html.find("<h1>") != std::string::npos);
      CHECK((html.find("class=\"blank\"") != std::string::npos) == (lesson.goal && lesson.goal->ask));
      if (lesson.goal && lesson.goal->ask)
        for (const std::string* answer : {&lesson.goal->ask->yes, &lesson.goal->ask->low})
          CHECK(html.find(*answer) == std::string::npos);
      if (!lesson.prediction) continue;
      for (const LessonChoice& choice : lesson.prediction->choices)
        CHECK(html.find(choice.feedback) == std::string::npos);
    }
  }
  REQUIRE(use_language(0));
  // Whoever prints it, the headings are in the lesson's language.
  Lesson lesson = lessons()[1];
  for (const auto& [code, name] : {std::pair{"de", "Was erwartest du?"},
                                   {"es", "¿Qué esperas?"},
                                   {"zh", "dir=\"ltr\""},
                                   {"he", "dir=\"rtl\""},
                                   {"en", "What do you expect?"},
                                   {"fr", "What do you expect?"}}) {
    lesson.language = code;
    CHECK(worksheet(lesson, "").find(name) != std::string::npos);
  }
  Lesson hostile = lessons()[1];
  hostile.title = hostile.screens[0].heading = hostile.goal->say = "<img src=x onerror=alert(1)>\"&";
  const std::string html = worksheet(hostile, "");
  CHECK(html.find("<img") == std::string::npos);
  CHECK(html.find("&lt;img src=x onerror=alert(1)&gt;&quot;&amp;") != std::string::npos);
  CHECK(worksheet_name(hostile) == "worksheet-02-too-low.html");
}
