// Settings, terms and formulas in a lesson's text.
#include <doctest/doctest.h>

#include "lesson/formula.h"
#include "lesson/glossary.h"
#include "lesson/lesson_shared.h"
#include "scenario/parts.h"
#include "support/sentences.h"

using namespace stride;

namespace {

LessonBlock block_of(std::string_view text) {
  const auto blocks = read_blocks({text});
  REQUIRE(blocks.size() == 1);
  return blocks[0];
}

std::string text_of(std::string_view formula) {
  FormulaRow row;
  return read_formula(formula, row) ? formula_text(row) : "no formula";
}

std::string lesson_with(const std::string& words) {
  return "---\n{\"title\": \"A\", \"scenario\": {\"runs\": [{\"optimizer\": {\"type\": \"SGD\", \"lr\": "
         "0.1}}]}}\n"
         "---\n## One\n" +
         words + "\n";
}

}  // namespace

TEST_CASE("formulas are read into boxes and said as plain text") {
  CHECK(text_of("x^2") == "x^2");
  CHECK(text_of("γ^t") == "γ^t");
  CHECK(text_of("x_{t+1} = x_t − η g") == "x_(t+1) = x_t − η g");
  CHECK(text_of("\\frac{g}{\\sqrt{v}}") == "g/(√v)");
  CHECK(text_of("\\sqrt{v + ε}") == "√(v + ε)");
  CHECK(text_of("\\frac{first rate}{1 − γ}") == "(first rate)/(1 − γ)");
  for (const char* none :
       {"", "5 and ", "x", "^", "x^", "x_}", "\\frac{a}", "\\frac{a}{b", "\\sqrt", "{x}^2", "a}b^2"})
    CHECK_MESSAGE(text_of(none) == "no formula", none);
  std::string deep = "x", deeper;
  for (int i = 0; i < 8; ++i) deep = "\\sqrt{" + deep + "}";
  deeper = "\\sqrt{" + deep + "}";
  CHECK(text_of(deep) != "no formula");
  CHECK(text_of(deeper) == "no formula");
}

TEST_CASE("a text has settings and formulas in it; what earlier lessons wrote means what it did") {
  const LessonBlock block = block_of("At [0.2](set:lr=0.2) **$x^2$** falls, [see](http://a.b/c).");
  REQUIRE(block.spans.size() == 7);
  CHECK(block.spans[1] == LessonSpan{"0.2", false, true, false, "lr=0.2"});
  CHECK(block.spans[3] == LessonSpan{"x^2", true, false, true});
  CHECK(block.spans[5] == LessonSpan{"see", false, true});
  CHECK(plain_words(block) == "At 0.2 x^2 falls, see.");
  for (const char* old : {"It costs $5 and $6.", "a $ b", "$x$", "set:lr=0.2", "[set:lr=1]", "$a_", "100$^2"})
    CHECK(plain_words(block_of(old)) == old);
}

TEST_CASE("a setting that the lab cannot take is told, and the lesson still opens") {
  Lesson lesson;
  CHECK(read_lesson(lesson_with("At [0.2](set:lr=0.2&steps=80)."), "a.md", lesson) == "");
  CHECK(check_lesson(lesson) == "");
  CHECK(read_lesson(lesson_with("At [fast](set:lr=fast)."), "a.md", lesson) == "");
  CHECK(sentence(check_lesson(lesson)) ==
        "a.md: [fast](set:lr=fast): lr: expected a number > 0, got \"fast\"");
  CHECK(read_lesson(lesson_with("At [2](set:gama=2)."), "a.md", lesson) == "");
  CHECK(sentence(check_lesson(lesson)).starts_with("a.md: [2](set:gama=2): gama: unknown parameter"));
}

TEST_CASE("a query changes what it names and nothing else") {
  Scenario s = default_scenario();
  const Scenario before = s;
  CHECK(change_by_query("lr=0.25&steps=77", 0, s) == "");
  CHECK(s.runs[0].optimizer.values[0][0] == 0.25);
  CHECK(s.steps == 77);
  CHECK(s.problem == before.problem);
  const Scenario changed = s;
  for (const char* wrong : {"", "lr", "lr=x", "lr=0.1&lr=0.2", "lesson=3", "nothing=1", "steps=-1"}) {
    CHECK_MESSAGE(change_by_query(wrong, 0, s) != "", wrong);
    CHECK(s == changed);
  }
}

TEST_CASE("a term is found by each of its forms, whatever its capitals") {
  REQUIRE(find_term("schedule"));
  CHECK(find_term("Schedules") == find_term("schedule"));
  CHECK(name_of(*find_term("schedules")) == "schedule");
  CHECK(find_term("ANNEALING") == find_term("annealing"));
  CHECK(!find_term("sched"));
  CHECK(!find_term(""));
  for (const GlossaryTerm& term : glossary()) CHECK(find_term(name_of(term)) == &term);
}

TEST_CASE("a page says what is shown, locked and lit, and refuses what there is not") {
  const auto read = [](const std::string& focus, Lesson& lesson) {
    return read_lesson("---\n{\"title\": \"A\", \"scenario\": {}}\n---\n## One\n```json\n{\"focus\": " +
                           focus + "}\n```\nWords\n",
                       "a.md", lesson);
  };
  Lesson lesson;
  CHECK(
      read(R"({"show": ["surface", "loss"], "lock": ["lr"], "light": ["lr", "loss"], "effective_rates": 1})",
           lesson) == "");
  const LessonFocus& focus = lesson.screens[0].focus;
  CHECK(focus.show == (panel_surface | panel_loss));
  CHECK(focus.lock == lock_lr);
  CHECK(focus.light == std::vector<std::string>{"lr", "loss"});
  CHECK(focus.effective_rates == 1);
  CHECK(!lesson.screens[0].scenario);
  CHECK(sentence(read(R"({"effective_rates": 64})", lesson))
            .starts_with("a.md: line 6: focus.effective_rates: expected a whole number from 0 to "));
  CHECK(sentence(read(R"({"show": ["sky"]})", lesson)) ==
        "a.md: line 6: focus.show[0]: expected one of bar, surface, rate, loss, controls, instruments, "
        "problem, "
        "transport, lessons, data, boundary, got \"sky\"");
  CHECK(sentence(read(R"({"lock": ["lr", 7]})", lesson)) ==
        "a.md: line 6: focus.lock[1]: expected one of surface, start, steps, noise, runs, optimizer, lr, "
        "schedule, strip, limit, "
        "got 7");
  CHECK(sentence(read(R"({"light": ["sun"]})", lesson))
            .starts_with("a.md: line 6: focus.light[0]: expected one of lr,"));
  CHECK(sentence(read(R"({"hide": []})", lesson)).starts_with("a.md: line 6: focus.hide: unknown key"));
}
