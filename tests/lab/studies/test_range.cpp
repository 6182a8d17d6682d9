// The range test, used as a learner uses it.
#include "lab/studies/take_values.h"
#include "support/panel_bench.h"

using namespace stride;
using namespace stride::lab;

TEST_CASE("the range test recommends the rates of the study, and a button takes one") {
  Bench b(lab::range, with_runs({"SGD"}));
  b.rest();
  const RangeTool& tool = b.d.lab.studies.range;
  REQUIRE(!tool.tests[0].rows.empty());
  const RangeAdvice advice =
      advise(run_study(jobs::problem_of(tool.tests[0].shown_for), tool.tests[0].shown_for.study));
  const std::pair<const char*, double> expected[] = {{"take steepest", advice.steepest},
                                                     {"take valley", advice.valley},
                                                     {"take minimum/10", advice.minimum_tenth}};
  for (const auto& [name, rate] : expected) {
    CAPTURE(name);
    CHECK(!b.d.get("button", name).help.empty());
    const size_t undone = b.d.lab.session.undo.size();
    const long begun = b.engine->tiles_begun();
    b.click("button", name);
    b.rest();
    CHECK(b.lr() == doctest::Approx(rate).epsilon(0.01));
    CHECK(b.d.lab.session.undo.size() == undone + 1);
    CHECK(b.engine->tiles_begun() == begun);  // the test doesn't depend on the run's rate
  }
}

TEST_CASE("arrows go from rate to rate of the range test; Enter takes one, as a click does") {
  Bench b(lab::range, with_runs({"SGD"}));
  b.rest();
  const auto plot = [&] { return b.d.get("img", "range test plot"); };
  REQUIRE(request(plot().id, "focus") == "");
  b.frames(3);
  const RangeCurve& c = b.d.lab.studies.range.curves[0];
  const double was = plot().now, before = b.lr();
  CHECK(was == doctest::Approx(before).epsilon(0.1));
  b.key(ImGuiKey_RightArrow);
  CHECK(plot().now > was);
  const std::string said = plot().detail;
  b.key(ImGuiKey_RightArrow, ImGuiMod_Shift);
  CHECK(plot().detail != said);
  const double chosen = plot().now;
  CHECK(b.lr() == before);
  b.key(ImGuiKey_Enter);
  CHECK(b.lr() == doctest::Approx(chosen).epsilon(0.005));
  CHECK(b.d.lab.session.undo.size() == 1);
  b.key(ImGuiKey_Home);
  CHECK(plot().now == c.lr.front());
  b.key(ImGuiKey_End);
  CHECK(plot().now == c.lr.back());
  const Control p = plot();
  b.click_at(p.at.x + p.size.x * 0.25f, p.at.y + p.size.y / 2);
  CHECK(b.lr() == doctest::Approx(p.min * std::pow(p.max / p.min, 0.25)).epsilon(0.1));
}

TEST_CASE("where the schedule sets the rate, the range test's goes to its max_lr") {
  Scenario s = with_runs({"SGD"});
  const int one_cycle = find_schedule("OneCycleLR");
  s.runs[0].schedule = default_settings(one_cycle, schedules()[size_t(one_cycle)].params);
  Bench b(lab::range, s);
  b.rest();
  const double before = b.lr();
  b.click("button", "take valley");
  const int max_lr = find_param(schedules()[size_t(one_cycle)].params, "max_lr");
  const double valley = b.d.lab.studies.range.curves[0].advice.valley;
  CHECK(b.d.lab.session.scenario.runs[0].schedule.number(max_lr) == doctest::Approx(valley).epsilon(0.01));
  CHECK(b.lr() == before);
}

TEST_CASE("noise is shown to spoil the range test: four seeds and a sentence") {
  Scenario s = with_runs({"SGD"});
  Bench calm(lab::range, s);
  calm.rest();
  CHECK(!says("depends on the seed"));
  CHECK(calm.d.lab.studies.range.tests[1].rows.empty());
  surface_of(s).noise.sigma = 5;
  Bench b(lab::range, s);
  b.rest();
  CHECK(says("depends on the seed"));
  CHECK(says("lies between"));
  const auto& tests = b.d.lab.studies.range.tests;
  for (size_t i = 0; i < tests.size(); ++i) {
    REQUIRE(!tests[i].rows.empty());
    CHECK(surface_of(tests[i].shown_for.scenario).noise.seed == surface_of(s).noise.seed + i);
    if (i) CHECK(tests[i].rows != tests[0].rows);
  }
}

TEST_CASE("the range test's settings reach the study") {
  Bench b(lab::range, with_runs({"Adam"}), 420, 600);
  b.d.lab.studies.range.settings_open = true;
  b.rest();
  b.click("spinbutton", "to");
  ImGui::GetIO().AddInputCharactersUTF8("2.5");
  b.frames(2);
  ImGui::GetIO().AddKeyEvent(ImGuiKey_Enter, true);
  b.frames(2);
  ImGui::GetIO().AddKeyEvent(ImGuiKey_Enter, false);
  b.rest();
  const RangeTool& tool = b.d.lab.studies.range;
  CHECK(tool.lr_max == 2.5);
  CHECK(tool.curves[0].lr.back() <= 2.5 * (1 + 1e-6));
  const auto smoothed = tool.curves[0].smoothed;
  const Control c = b.d.get("slider", "Smoothing");
  b.click_at(c.at.x + 10, c.at.y + c.size.y / 2);
  b.rest();
  CHECK(tool.smoothing < 0.1);
  CHECK(tool.curves[0].smoothed != smoothed);
}
