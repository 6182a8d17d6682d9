#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <limits>
#include <set>

#include "assets/lessons.h"
#include "lesson/lesson_shared.h"
#include "lesson/memory/progress.h"
#include "scenario/parts.h"
#include "support/patience.h"
#include "support/sentences.h"
#include "text/text.h"

using namespace stride;

namespace {

const char* const whole = R"(---
{
  "title": "A title",
  "scenario": {"problem": {"surface": "quad_k10", "start": [-4, 2]}, "steps": 60, "runs": [{"optimizer": {"type": "SGD", "lr": 0.02}}]},
  "prediction": {"question": "What?", "choices": [
    {"text": "This", "correct": true, "feedback": "Yes"},
    {"text": "That", "feedback": "No"}]},
  "goal": {
    "say": "Lower.",
    "loss_below": 0.01
  },
  "solution": {"runs": [{"optimizer": {"type": "SGD", "lr": 0.18}}]}
}
---
## One
```json
{"steps": 20}
```
Words with **weight** and a [link](https://example.org).

- an item
  that goes on

## Two
More.
)";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string fault(const std::string& from, const std::string& to) {
  Lesson lesson;
  lesson.title = "untouched";
  const std::string e = sentence(read_lesson(replaced(whole, from, to), "07-mine.md", lesson));
  CHECK(lesson.title == "untouched");
  return e;
}

}  // namespace

TEST_CASE("a lesson file is read whole") {
  Lesson l;
  REQUIRE(read_lesson(whole, "07-mine.md", l) == "");
  CHECK(l.title == "A title");
  CHECK(l.scenario.steps == 60);
  REQUIRE(l.screens.size() == 2);
  CHECK(l.screens[0].heading == "One");
  REQUIRE(l.screens[0].scenario);
  CHECK(l.screens[0].scenario->steps == 20);
  CHECK(l.screens[0].scenario->problem == l.scenario.problem);
  CHECK(!l.screens[1].scenario);
  REQUIRE(l.screens[0].blocks.size() == 2);
  const std::vector<LessonSpan> spans = {{"Words with ", false, false},
                                         {"weight", true, false},
                                         {" and a ", false, false},
                                         {"link", false, true},
                                         {".", false, false}};
  CHECK(l.screens[0].blocks[0].spans == spans);
  CHECK(l.screens[0].blocks[1].kind == LessonBlock::Kind::item);
  CHECK(l.screens[0].blocks[1].spans[0].words == "an item that goes on");
}

TEST_CASE("where 2/λ is what the task asks for, the lab does not tell it") {
  for (int row = 0; row < static_cast<int>(languages().size()); ++row) {
    REQUIRE(use_language(row));
    int asked = 0;
    for (const Lesson& lesson : lessons()) {
      if (!lesson.goal) continue;
      const LessonGoal& goal = *lesson.goal;
      // Until it has been typed all is locked; then the limit may be seen, but not which rate is best.
      const bool typed = goal.ask && goal.ask->question.find("2/λ") != std::string::npos;
      if (!typed && goal.say.find("2/λ") == std::string::npos) continue;
      const unsigned locks = typed ? unsigned(lock_strip) : lock_limit | lock_strip;
      CHECK((goal.focus.lock & locks) == locks);
      ++asked;
    }
    CHECK(asked > 0);
  }
  REQUIRE(use_language(0));
}

TEST_CASE("a task may ask for a number: judged by what the engine says, its answers held to it") {
  const auto told = [](const std::string& number, const std::string& more) {
    Lesson l;
    const std::string ask = "\"loss_below\": 0.01, \"ask\": {\"question\": \"Q\", \"number\": " + number +
                            ", \"yes\": \"Y\", \"low\": \"L\", \"high\": \"H\"" + more + "}";
    Error e = read_lesson(replaced(whole, "\"loss_below\": 0.01", ask), "x.md", l);
    if (!e) e = check_lesson(l);
    return sentence(e);
  };
  const std::string limit = R"({"limit": "0.2"})";
  CHECK(told(limit,
             R"(, "right": ["0.2", "0,2", "2/10", "0.203"], "wrong": ["0.1", "0.21", "-0.2", "20"])") == "");
  CHECK(told(limit, R"(, "within": 0.1, "right": ["0.22", "0.18"], "wrong": ["0.221", "0.179"])") == "");
  CHECK(told(R"({"limit": "0.3"})", "")
            .find("goal.ask.number: the engine's limit is 0.2, the lesson says 0.3") != std::string::npos);
  CHECK(told(R"({"formula": "2/10", "is": "0.3"})", "").find("goal.ask.number: ") != std::string::npos);
  CHECK(told(limit, R"(, "right": ["0.1"])").find("goal.ask.right[0]: does not answer the question") !=
        std::string::npos);
  CHECK(told(limit, R"(, "wrong": ["1", "1/5"])").find("goal.ask.wrong[1]: answers the question") !=
        std::string::npos);
  CHECK(told(limit, R"(, "wrong": ["much"])").find("goal.ask.wrong[0]: is no number") != std::string::npos);
  for (const char* several : {R"({"limit": "0.2", "curvature": "10"})", R"({"outcome": "slow"})", "{}"})
    CHECK(told(several, "").find("goal.ask.number: expected a fact that states one number") !=
          std::string::npos);
  CHECK(told(R"({"scenario": {"steps": 100000}, "seeds": 1024, "loss": "1"})", "")
            .find("goal.ask.number: expected a fact that takes at most 5000000 steps") != std::string::npos);
  CHECK(told(R"({"limit": 0.2})", "").find("goal.ask.number.limit: expected a text in quotes") !=
        std::string::npos);
  CHECK(told(limit, R"(, "hint": "h")").find("goal.ask.hint: unknown key") != std::string::npos);
  CHECK(told(limit, R"(, "within": 2)").find("goal.ask.within: expected a number") != std::string::npos);
  int asked = 0;
  for (const Lesson& lesson : lessons()) {
    if (!lesson.goal || !lesson.goal->ask) continue;
    CAPTURE(lesson.name);
    CHECK(lesson.goal->ask->right.size() >= 2);
    CHECK(lesson.goal->ask->wrong.size() >= 3);
    ++asked;
  }
  CHECK(asked >= 2);
}

TEST_CASE("a bad lesson file is told by line and place") {
  const struct {
    const char *from, *to, *says;
  } table[] = {
      {"\"loss_below\": 0.01", "\"loss_below\": \"low\"",
       "07-mine.md: line 10: goal.loss_below: expected a number, got \"low\""},
      {"\"loss_below\": 0.01", "\"loss_belov\": 0.01", "line 10: goal.loss_belov: unknown key"},
      {"\"steps\": 20", "\"steps\": 0",
       "07-mine.md: line 17: steps: expected a whole number from 1 to 100000, got 0"},
      {"\"steps\": 60", "\"steps\": \"many\"", "07-mine.md: line 4: scenario.steps: expected"},
      {"quad_k10", "quad_k11", "07-mine.md: line 4: scenario.problem.surface: "},
      {"\"say\": \"Lower.\",", "\"say\": \"Lower.\"", "07-mine.md: line 10: "},
      {", \"correct\": true", "", "line 5: prediction.choices: expected a choice with \"correct\": true"},
      {"\"choices\": [", "\"draw\": {\"within\": 1}, \"choices\": [",
       "prediction.draw.within: expected a number from 1.1 to 1000, got 1"},
      {"\"choices\": [", "\"draw\": {}, \"choices\": [{\"text\": \"Third\", \"feedback\": \"No\"},",
       "prediction.choices: expected two beside \"draw\""},
      {"\"choices\": [", "\"run\": 1, \"choices\": [",
       "prediction.run: expected one of the prediction's runs, counted from 0"},
      {"\"feedback\": \"No\"", "\"feedback\": 3",
       "line 7: prediction.choices[1].feedback: expected a text in quotes, got 3"},
      {"## One\n```json", "```json", "line 15: expected ```json only"},
      {"\"lr\": 0.18", "\"lr\": -1", "line 12: solution.runs[0].optimizer.lr: expected a number"},
      {"  \"title\": \"A title\",\n", "", "title: expected it in the header, got nothing"},
      {"```\nWords", "Words", "expected ``` after the scenario, got the end"},
  };
  for (const auto& t : table) {
    const std::string e = fault(t.from, t.to);
    CHECK_MESSAGE(e.find(t.says) != std::string::npos, e << "  instead of  " << t.says);
    CHECK(e.find("07-mine.md: line ") == 0);
  }
  Lesson l;
  CHECK(read_lesson("", "x.md", l) ==
        "x.md: line 1: expected a line --- before the header, got the end of the file");
  CHECK(read_lesson("---\n{}\n", "x.md", l) ==
        "x.md: line 3: expected a line --- after the header, got the end of the file");
}

TEST_CASE("a fault of a lesson is a value") {
  const auto fault_of = [](const std::string& from, const std::string& to) {
    Lesson lesson;
    return read_lesson(replaced(whole, from, to), "07-mine.md", lesson);
  };
  Error e = fault_of("\"lr\": 0.18", "\"lr\": -1");
  REQUIRE(e);
  CHECK(e->file == "07-mine.md");
  CHECK(e->line == 12);
  CHECK(e->place == "solution.runs[0].optimizer.lr");
  CHECK(e->expected == "a number > 0");
  CHECK(e->got == "-1");
  e = fault_of("\"surface\": \"quad_k10\"", "\"expression\": \"x^2 + (\"");
  REQUIRE(e);
  CHECK(e->line == 4);
  CHECK(e->character == 8);
  CHECK(e->place == "scenario.problem.expression");
  e = fault_of("{\"steps\": 20}", "{\n\"steps\" 20}");
  REQUIRE(e);
  CHECK(e->line == 18);
  CHECK(e->place == "");
  e = fault_of("{\"steps\": 20}", "{\"view\": {}, \"steps\": 20,\n\"problem\":\n {\"start\": [0,\n null]}}");
  REQUIRE(e);
  CHECK(e->line == 20);
  CHECK(e->place == "problem.start[1]");
}

TEST_CASE("every lesson reads, keeps its promises and asks what has a wrong answer") {
  for (const assets::LessonFile& file : assets::lesson_files()) {
    Lesson l;
    CHECK(read_lesson(file.text, file.name, l) == "");
    CHECK(check_lesson(l, !testing::sanitized) == "");
    CHECK(l.screens.size() >= 2);
    CHECK(l.goal);
    CHECK(!l.sources.empty());
    CHECK(l.right.size() >= 2);
    CHECK(l.wrong.size() >= 2);
    if (!l.prediction) continue;
    std::set<std::string> feedback;
    for (const LessonChoice& c : l.prediction->choices) feedback.insert(c.feedback);
    CHECK(feedback.size() == l.prediction->choices.size());
  }
  CHECK(lessons().size() == 21);
}

TEST_CASE("lessons are taught one after the other as each names the next, whatever their numbers") {
  std::vector<std::string> names;
  for (int i : teaching_order()) names.push_back(lessons()[static_cast<size_t>(i)].name);
  REQUIRE(names.size() == lessons().size());
  for (size_t i = 0; i + 1 < names.size(); ++i) {
    const auto all = lessons();
    const auto here =
        std::find_if(all.begin(), all.end(), [&](const Lesson& l) { return l.name == names[i]; });
    CHECK(here->next == names[i + 1]);
  }
  CHECK(names.back() == "21-misconceptions.md");
  CHECK(lessons()[static_cast<size_t>(lesson_after(8))].name == "18-restarts.md");
  CHECK(lesson_after(20) == -1);
  CHECK(lesson_after(-1) == -1);
}

TEST_CASE("every language tells the same lessons") {
  const std::vector<Lesson> english(lessons().begin(), lessons().end());
  for (int row = 1; row < static_cast<int>(languages().size()); ++row) {
    REQUIRE(use_language(row));
    const auto all = lessons();
    REQUIRE(all.size() == english.size());
    for (size_t i = 0; i < all.size(); ++i) {
      const Lesson &a = english[i], &b = all[i];
      CAPTURE(b.name);
      CHECK(b.language == languages()[static_cast<size_t>(row)].code);
      CHECK(b.title != "");
      REQUIRE(a.facts.size() == b.facts.size());
      CHECK(check_lesson(b, false) == "");  // trainings were held to the engine in English
      for (size_t f = 0; f < a.facts.size(); ++f) {
        CHECK(same_numbers(a.facts[f].scenario, b.facts[f].scenario));
        CHECK(a.facts[f].loss == b.facts[f].loss);
      }
      CHECK(same_numbers(a.scenario, b.scenario));
      CHECK(a.next == b.next);
      REQUIRE(a.screens.size() == b.screens.size());
      for (size_t s = 0; s < a.screens.size(); ++s) {
        REQUIRE(a.screens[s].scenario.has_value() == b.screens[s].scenario.has_value());
        if (a.screens[s].scenario) CHECK(same_numbers(*a.screens[s].scenario, *b.screens[s].scenario));
        CHECK(a.screens[s].blocks.size() == b.screens[s].blocks.size());
        CHECK(a.screens[s].blocks != b.screens[s].blocks);
      }
      REQUIRE(a.goal->ask.has_value() == b.goal->ask.has_value());
      if (a.goal->ask) {
        CHECK(a.goal->ask->number == b.goal->ask->number);
        CHECK(a.goal->ask->wrong == b.goal->ask->wrong);
        CHECK(a.goal->ask->question != b.goal->ask->question);
        CHECK(a.goal->ask->yes != b.goal->ask->yes);
      }
      REQUIRE(a.prediction.has_value() == b.prediction.has_value());
      if (!a.prediction) continue;
      REQUIRE(a.prediction->choices.size() == b.prediction->choices.size());
      for (size_t c = 0; c < a.prediction->choices.size(); ++c) {
        CHECK(a.prediction->choices[c].correct == b.prediction->choices[c].correct);
        CHECK(a.prediction->choices[c].feedback != b.prediction->choices[c].feedback);
      }
    }
  }
  REQUIRE(use_language(0));
}

TEST_CASE("a task calls a schedule as its menu does") {
  REQUIRE(use_language(1));
  for (const Lesson& lesson : lessons()) {
    if (!lesson.goal || lesson.goal->schedules.empty() || is_network(lesson.goal->start)) continue;
    CAPTURE(lesson.name);
    std::string said;
    for (const LessonCheck& check : judge(*lesson.goal, lesson.goal->start).checks)
      said += check.words + "\n";
    for (const std::string& key : lesson.goal->schedules) {
      const char* const name = schedules()[static_cast<size_t>(find_schedule(key))].name;
      CHECK(said.find(std::string("„") + tr(name) + "“") != std::string::npos);
    }
  }
  REQUIRE(use_language(0));
}

TEST_CASE("promises that a lesson breaks are found") {
  const auto promise = [](const std::string& from, const std::string& to) {
    Lesson l;
    REQUIRE(read_lesson(replaced(whole, from, to), "x.md", l) == "");
    return sentence(check_lesson(l));
  };
  CHECK(promise("\"Lower.\"", "\"Lower\"") == "");
  CHECK(promise("0.18", "0.001").find("solution: does not meet the goal") != std::string::npos);
  CHECK(promise("\"loss_below\": 0.01", "\"loss_below\": 100").find("starting state") != std::string::npos);
  const std::string facts = "\"title\": \"A title\", \"facts\": [{\"step\": 0, \"loss\": \"";
  CHECK(promise("\"title\": \"A title\"", facts + "28\"}]") == "");
  CHECK(promise("\"title\": \"A title\"", facts + "29\"}]")
            .find("the engine's loss is 28, the lesson says 29") != std::string::npos);
}

TEST_CASE("the way to go on is where the runs that went there came closer") {
  Lesson l;
  REQUIRE(read_lesson(whole, "x.md", l) == "");
  const auto way = [&](double rate) {
    Scenario s = l.goal->start;
    s.runs[0].optimizer.values[0] = {rate};
    return direction(*l.goal, s, 0);
  };
  CHECK(way(0.02) == "A higher value comes closer: learning rate.");
  CHECK(way(0.3) == "A lower value comes closer: learning rate.");
  LessonGoal other = *l.goal;
  other.knob = {"gamma", 0, 1, false};
  CHECK(direction(other, l.goal->start, 0) == "");
  other = *l.goal;
  other.optimizers = {"Adam"};
  CHECK(direction(other, l.goal->start, 0) == "");
  other.optimizers = {"Adam", "SGD"};
  CHECK(direction(other, l.goal->start, 0) == way(0.02));
  // At none of it there is but one way.
  other.knob = {"momentum", 0, 0.99, false};
  CHECK(direction(other, l.goal->start, 0) == "A higher value comes closer: momentum.");
  Scenario slow = l.goal->start;
  *value_of(slow.runs[0], "lr") = 0.01;
  *value_of(slow.runs[0], "momentum") = 0.5;
  CHECK(direction(other, slow, 0) == "A higher value comes closer: momentum.");
}

TEST_CASE("facts may be means over seeds, shares of starts, best rates and ratios, each recomputed") {
  const std::string noisy = R"("scenario": {"problem": {"noise": {"sigma": 1}}})";
  const std::string still = R"("scenario": {"runs": [{"optimizer": {"type": "SGD", "lr": 0.1}}]})";
  const auto told = [&](const std::string& fact) {
    Lesson l;
    const std::string file =
        replaced(whole, "\"title\": \"A title\"", "\"title\": \"A title\", \"facts\": [{" + fact + "}]");
    const Error fault = read_lesson(file, "x.md", l);
    return sentence(fault) + (fault ? "" : sentence(check_lesson(l)));
  };
  const auto mean = [&](int seeds) {
    Lesson l;
    REQUIRE(sentence(read_lesson(whole, "x.md", l)) == "");
    Scenario s = l.scenario;
    double sum = 0;
    for (int i = 0; i < seeds; ++i) {
      surface_of(s).noise = {1, static_cast<unsigned>(i + 1)};
      sum += trajectory_of(s, s.runs[0]).loss.back();
    }
    char words[40];
    std::snprintf(words, sizeof words, "%.4g", sum / seeds);
    return std::string(words);
  };
  CHECK(told(noisy + R"(, "seeds": 50, "loss": ")" + mean(50) + "\"") == "");
  CHECK(told(noisy + R"(, "seeds": 20, "loss": ")" + mean(50) + "\"").find("the engine's loss is") !=
        std::string::npos);
  // At 0.1 every start of this bowl comes to its floor in 60 steps; at 0.02 those that need not go along it.
  CHECK(told(still + R"(, "starts": 25, "end_below": 0.01, "share": "1")") == "");
  CHECK(told(R"("starts": 25, "end_below": 1e-9, "share": "0.2")") == "");
  CHECK(told(R"("starts": 25, "end_below": 1e-9, "share": "0.5")").find("the engine's share is") !=
        std::string::npos);
  // The best rate of a bowl with curvatures 1 and 10 is 2/11.
  CHECK(told(R"("rates": [0.01, 1], "below": 0.01, "reached": 18)") == "");
  CHECK(told(R"("rates": [0.01, 1], "below": 0.01, "reached": 17)") != "");
  CHECK(told(R"("rates": [0.01, 1], "rate": "0.2")") == "");
  CHECK(told(R"("to": {}, "ratio": "1")") == "");
  CHECK(told(R"("to": {}, "ratio": "2")").find("the engine's ratio is 1") != std::string::npos);
  CHECK(told(R"("ratio": "2")").find("\"ratio\" and \"to\" together") != std::string::npos);
  CHECK(told(R"("seeds": 1024, "rates": [0.01, 1], "tail": true, "to": {"steps": 100000}, "ratio": "1")")
            .find("at most 5000000 steps in all") != std::string::npos);
}

TEST_CASE("no task is a lottery: of its parameter one stretch of values passes, not all of them") {
  for (const Lesson& l : lessons()) {
    if (!l.goal || !l.goal->knob ||
        (testing::sanitized && std::holds_alternative<NetworkProblem>(l.scenario.problem)))
      continue;
    CAPTURE(l.name);
    const LessonKnob& knob = *l.goal->knob;
    int stretches = 0, passing = 0;
    bool before = false;
    constexpr int values = 100;
    for (int i = 0; i < values; ++i) {
      const double part = i / (values - 1.0);
      Scenario s = *l.solution;
      double* value = value_of(s.runs[0], knob.key);
      REQUIRE(value);
      *value =
          knob.log ? knob.min * std::pow(knob.max / knob.min, part) : knob.min + (knob.max - knob.min) * part;
      if (is_counted(s.runs[0], knob.key)) *value = std::round(*value);
      const bool met = judge(*l.goal, s).met;
      stretches += met && !before;
      passing += met;
      before = met;
    }
    CHECK(stretches == 1);
    CHECK(passing >= 3);
    CHECK(passing < values);
  }
}

TEST_CASE("a drawn loss is measured by the mean factor between it and the run") {
  Trajectory path;
  path.loss = {10, 1, 0.1};
  const LessonSketch sketch{0, 4};
  const std::vector<double> same = {10, 1, 0.1}, off = {10, 3, 0.3}, far = {10, 10, 10},
                            tiny = {10, 1e-30, 1e-30};
  CHECK(judge_sketch(sketch, same, path).off == doctest::Approx(1));
  CHECK(judge_sketch(sketch, off, path).off == doctest::Approx(3));
  CHECK(judge_sketch(sketch, off, path).close);
  CHECK(judge_sketch(sketch, far, path).off == doctest::Approx(std::sqrt(1000.0)));
  CHECK(!judge_sketch(sketch, far, path).close);
  CHECK(judge_sketch(sketch, far, path).drawn == 10);
  CHECK(judge_sketch(sketch, far, path).end == 0.1);
  CHECK(judge_sketch(sketch, tiny, path).off == doctest::Approx(std::sqrt(1e5 * 1e4)));
  path.loss[2] = std::numeric_limits<double>::quiet_NaN();
  CHECK(!judge_sketch(sketch, same, path).close);
}

TEST_CASE("advice speaks of what the run did, first of what the task asks for") {
  const struct {
    const char *surface, *noise, *run, *goal, *says;
    int steps = 60;
  } table[] = {
      {"quad_k10", "", R"({"type": "SGD", "lr": 0.3})", R"("loss_below": 0.01)", "thrown out at step"},
      {"quad_k10", "", R"({"type": "SGD", "lr": 0.2})", R"("loss_below": 0.01)", "turned back at"},
      {"quad_k10", "", R"({"type": "SGD", "lr": 0.0005})", R"("loss_below": 0.01)", "still falling"},
      {"quad_k10", "", R"({"type": "SGD", "lr": 0.18})", R"("loss_below": 0.01, "optimizers": ["Adam"])",
       "First of all the task asks for this: With the optimizer Adam"},
      {"quad_k10", "", R"({"type": "SGD", "lr": 0.1})", R"("loss_below": 0.01, "within_steps": 20)",
       "too late"},
      {"quad_k100", "", R"({"type": "SGD", "lr": 0.018})", R"("loss_below": 0.01, "within_steps": 20)",
       "close to 2/λ"},
      {"two_wells", "", R"({"type": "SGD", "lr": 0.05})", R"("loss_below": -0.3)",
       "a valley that is not the deepest", 300},
      {"quad_k10", R"(, "noise": {"sigma": 1, "seed": 1})",
       R"({"type": "SGD", "lr": 0.15}, "schedule": {"type": "ExponentialLR", "gamma": 0.8})",
       R"("end_loss_below": 0.001)", "The rate has died", 200},
      {"quad_k10", R"(, "noise": {"sigma": 1, "seed": 1})", R"({"type": "SGD", "lr": 0.15})",
       R"("tail_loss_below": 0.001, "seeds": 64)", "shakes on a floor", 200},
      {"plateau", R"(, "noise": {"sigma": 0.05, "seed": 1})", R"({"type": "SGD", "lr": 0.1})",
       R"("end_loss_below": 0.001, "seeds": 16)", "has hardly moved", 150},
      // Under noise steps turn back by themselves: that is no jumping across the valley.
      {"mountains", R"(, "start": [3.3, 3.4], "noise": {"sigma": 1, "seed": 1})",
       R"({"type": "SGD", "lr": 0.05})", R"("end_loss_below": -1.4, "seeds": 64)",
       "a valley that is not the deepest", 160},
      {"quad_k10", R"(, "noise": {"sigma": 1, "seed": 1})",
       R"({"type": "SGD", "lr": 0.15}, "schedule": {"type": "MultiStepLR", "milestones": [180], "gamma": 0.1})",
       R"("end_loss_below": 0.01, "seeds": 64)", "still falling", 200},
      {"quad_k10", "", R"({"type": "SGD", "lr": 0.1})", R"("diverges": true)", "still lands lower"},
      {"river_valley", R"(, "noise": {"sigma": 0.3, "seed": 1})", R"({"type": "SGD", "lr": 0.3})",
       R"("end_loss_below": 0.1, "seeds": 16)", "without the noise", 200},
      // Not down yet, and no other valley is there.
      {"quad_k10", R"(, "noise": {"sigma": 2, "seed": 1})",
       R"({"type": "SGD", "lr": 0.03}, "schedule": {"type": "MultiStepLR", "milestones": [20], "gamma": 0.1})",
       R"("end_loss_below": 0.045, "seeds": 64)", "still falling", 140},
      // Down at the floor of its rate long before that fell.
      {"quad_k10", R"(, "noise": {"sigma": 1, "seed": 1})",
       R"({"type": "SGD", "lr": 0.15}, "schedule": {"type": "MultiStepLR", "milestones": [150, 180], "gamma": 0.1})",
       R"("end_loss_below": 0.001, "seeds": 64)", "still falling", 200},
      {"rosenbrock", "",
       R"({"type": "Adam", "lr": 0.055}, "schedule": {"type": "CosineAnnealingLR", "T_max": 300})",
       R"("loss_below": 0.1)", "The rate has died", 300},
  };
  for (const auto& t : table) {
    Lesson l;
    const std::string scenario = "{\"problem\": {\"surface\": \"" + std::string(t.surface) + "\"" + t.noise +
                                 "}, \"steps\": " + std::to_string(t.steps) +
                                 ", \"runs\": [{\"optimizer\": " + t.run + "}]}";
    const std::string file = "---\n{\"title\": \"T\", \"scenario\": " + scenario +
                             ", \"goal\": {\"say\": \"S\", " + t.goal +
                             "}, \"solution\": {}}\n---\n## One\nWords.\n";
    REQUIRE(sentence(read_lesson(file, "x.md", l)) == "");
    const LessonReport r = judge(*l.goal, l.goal->start);
    CHECK(!r.met);
    CHECK_MESSAGE(r.advice.find(t.says) != std::string::npos, t.says << " <> " << r.advice);
  }
  Lesson l;
  REQUIRE(read_lesson(whole, "x.md", l) == "");
  const LessonReport met = judge(*l.goal, *l.solution);
  CHECK(met.met);
  CHECK(met.reached == 19);
  CHECK(met.advice == "");
  Scenario elsewhere = *l.solution;
  surface_of(elsewhere).start = Point{0.01, 0};
  CHECK(!judge(*l.goal, elsewhere).met);
  Scenario longer = *l.solution;
  longer.steps = 1000;
  CHECK(!judge(*l.goal, longer).met);
}

TEST_CASE("links name a lesson") {
  CHECK(lesson_of_link("?lesson=3") == 2);
  CHECK(lesson_of_link("https://host/path?lang=de&lesson=16#s=abc") == 15);
  for (const char* bad :
       {"", "?lesson=0", "?lesson=22", "?lesson=x", "#lesson=3", "?lessons=3", "?lesson=99999999999"})
    CHECK(lesson_of_link(bad) == -1);
}

TEST_CASE("progress survives storage, and storage that lies does no harm") {
  LessonProgress p;
  p.done = {"01-blindfold.md"};
  add_attempt(p, {"Adam", 120, 0.5});
  add_attempt(p, {"SGD × StepLR", 90});
  add_attempt(p, {"Adam", 130});
  CHECK(p.attempts.size() == 2);
  CHECK(p.attempts[0].name == "SGD × StepLR");
  CHECK(p.attempts[1] == LessonAttempt{"Adam", 120, 0.5});
  CHECK(read_progress(write_progress(p)) == p);
  for (const char* bad : {"", "[]", "{", "{\"done\": 3}", "{\"attempts\": [{\"name\": 1, \"steps\": 2}]}"})
    CHECK(read_progress(bad) == LessonProgress{});
}
