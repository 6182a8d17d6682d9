// The learning-rate curve taken by its handles on the plot.
#include <algorithm>
#include <cmath>
#include <set>

#include "support/lab_driver.h"
#include "support/schedule_runs.h"

using namespace stride;
using namespace stride::lab;
using namespace stride::schedule_editing;

namespace {

Scenario scenario_with(const char* schedule, double lr = 0.001) {
  Scenario s = default_scenario();
  s.runs[0] = run_with(schedule);
  s.runs[0].optimizer.values[0] = {lr};
  return s;
}

const Settings& schedule(const Driver& d) {
  return d.lab.session.scenario.runs[0].schedule;
}

/// Presses in the middle of a handle and drags by CSS pixels.
void drag_handle(Driver& d, const std::string& name, float dx, float dy, bool let_go = true) {
  const Control c = d.get("slider", "handle " + name, "learning-rate plot");
  const float x = c.at.x + c.size.x / 2, y = c.at.y + c.size.y / 2;
  d.drag(x, y, x + dx, y + dy, let_go);
}

}  // namespace

TEST_CASE("plot: dragging a handle moves parameter, curve and path in the same frame, in one undo step") {
  Driver d(1440, 900, 1, scenario_with(R"({"type": "StepLR", "gamma": 0.5})"));
  const Scenario before = d.lab.session.scenario;
  const std::vector<double> x = d.lab.results[0].path.x, lr = d.lab.results[0].path.lr;
  drag_handle(d, "gamma", 0, -20, false);
  const double gamma = schedule(d).number(1);
  CHECK(gamma > 0.55);
  CHECK(gamma <= 1);
  CHECK(same_numbers(d.lab.session.revised, d.lab.session.scenario));
  CHECK(d.lab.results[0].path.lr[45] == doctest::Approx(0.001 * gamma));
  CHECK(d.lab.results[0].path.x != x);
  CHECK(d.lab.session.undo.empty());
  CHECK(d.lab.session.scenario.view.cursor == before.view.cursor);  // it was not a scrub
  // A hand that rests changes nothing, whatever the scale would like to do.
  d.frames(20);
  CHECK(schedule(d).number(1) == gamma);
  d.release();
  CHECK(d.lab.session.undo.size() == 1);
  undo(d.lab.session);
  CHECK(same_numbers(d.lab.session.scenario, before));
  d.frames(2);
  drag_handle(d, "step_size", 60, 0);
  CHECK(schedule(d).number(0) > 40);
  CHECK(schedule(d).number(1) == 0.5);
  CHECK(d.lab.results[0].path.lr[31] == 0.001);
  CHECK(d.lab.session.undo.size() == 1);
  // The hand let go beside the handle again: the cursor is the plot's.
  const Control plot = d.get("img", "learning-rate plot");
  const double step_size = schedule(d).number(0);
  d.drag(plot.at.x + plot.size.x * 0.5f, plot.at.y + 8, plot.at.x + plot.size.x * 0.7f, plot.at.y + 8);
  CHECK(schedule(d).number(0) == step_size);
  CHECK(d.lab.session.scenario.view.cursor > 100);
}

TEST_CASE("plot: the rate itself, milestones, and a press that doesn't move") {
  Driver d(1440, 900, 1, scenario_with(R"({"type": "MultiStepLR", "gamma": 0.5})"));
  for (const char* name : {"lr", "gamma", "milestones[0]", "milestones[1]"}) {
    const Scenario before = d.lab.session.scenario;
    drag_handle(d, name, 0.5f, 0.5f);
    CHECK_MESSAGE(same_numbers(d.lab.session.scenario, before), name);
  }
  drag_handle(d, "lr", 0, 30);
  CHECK(d.lab.session.scenario.runs[0].optimizer.number(0) < 0.001);
  drag_handle(d, "milestones[0]", 5000, 0);
  CHECK(schedule(d).values[0] == std::vector<double>{119, 120});
  CHECK(d.lab.session.undo.size() == 2);
}

TEST_CASE("plot: handles stand apart, in sight, and can be taken at every size; short plots have none") {
  for (const Run& run : all_runs()) {
    Scenario s = default_scenario();
    s.runs[0] = run;
    s.runs[0].optimizer.values[0] = {0.001};
    Driver d(1440, 900, 2, s);
    INFO(write_scenario(s));
    const Control plot = d.get("img", "learning-rate plot");
    std::vector<Control> discs;
    for (const Control& c : controls())
      if (c.role == Role::slider && c.name.rfind("handle ", 0) == 0) discs.push_back(c);
    for (size_t i = 0; i < discs.size(); ++i) {
      const ImVec2 a{discs[i].at.x + discs[i].size.x / 2, discs[i].at.y + discs[i].size.y / 2};
      CHECK(a.x >= plot.at.x - 1);
      CHECK(a.x <= plot.at.x + plot.size.x + 1);
      CHECK(a.y >= plot.at.y - 1);
      CHECK(a.y <= plot.at.y + plot.size.y + 1);
      for (size_t k = 0; k < i; ++k) {
        const ImVec2 b{discs[k].at.x + discs[k].size.x / 2, discs[k].at.y + discs[k].size.y / 2};
        CAPTURE(discs[i].name);
        CAPTURE(discs[k].name);
        CHECK(std::hypot(a.x - b.x, a.y - b.y) > 2 * 8);
      }
    }
  }
}

TEST_CASE("plot: arrow keys move a focused handle") {
  Driver d(1440, 900, 1, scenario_with(R"({"type": "StepLR", "gamma": 0.5})"));
  struct Press {
    const char* name;
    ImGuiKey key;
    bool up;
  };
  for (const Press& press : std::initializer_list<Press>{{"handle step_size", ImGuiKey_RightArrow, true},
                                                         {"handle step_size", ImGuiKey_LeftArrow, false},
                                                         {"handle gamma", ImGuiKey_UpArrow, true},
                                                         {"handle gamma", ImGuiKey_DownArrow, false},
                                                         {"handle lr", ImGuiKey_RightArrow, true}}) {
    bool found = false;
    for (int i = 0; i < 120 && !found; ++i) {
      d.key(ImGuiKey_Tab);
      const Control* c = d.find("slider", press.name);
      found = c && c->focused;
    }
    REQUIRE_MESSAGE(found, press.name);
    const double was = d.get("slider", press.name).now;
    d.key(press.key);
    CAPTURE(press.name);
    if (press.up)
      CHECK(d.get("slider", press.name).now > was);
    else
      CHECK(d.get("slider", press.name).now < was);
    CHECK(same_numbers(d.lab.session.revised, d.lab.session.scenario));
  }
}

TEST_CASE("plot: a drawn curve's points are moved, added and taken away") {
  Driver d(1440, 900, 1, scenario_with(R"({"type": "Points", "points": [[0, 1], [100, 1], [200, 0.1]]})"));
  drag_handle(d, "points[1]", 30, 25);
  CHECK(schedule(d).values[0].size() == 6);
  CHECK(schedule(d).values[0][2] > 100);
  CHECK(schedule(d).values[0][3] < 1);
  CHECK(d.lab.session.undo.size() == 1);
  // On the curve between the first two a press puts a point, and the same hand drags it.
  const Control first = d.get("slider", "handle points[0]"), second = d.get("slider", "handle points[1]");
  const ImVec2 a{first.at.x + first.size.x / 2, first.at.y + first.size.y / 2};
  const ImVec2 b{second.at.x + second.size.x / 2, second.at.y + second.size.y / 2};
  const float u = 0.3f, x = a.x + u * (b.x - a.x), y = a.y + u * (b.y - a.y);
  d.drag(x, y, x + 10, y + 30);
  REQUIRE(schedule(d).values[0].size() == 8);
  CHECK(schedule(d).values[0][3] < schedule(d).values[0][5]);
  CHECK(d.lab.session.undo.size() == 2);
  CHECK(d.lab.session.scenario.view.cursor == -1);
  const Control added = d.get("slider", "handle points[1]");
  d.move(added.at.x + added.size.x / 2, added.at.y + added.size.y / 2);
  d.press(), d.release(), d.press(), d.release();
  CHECK(schedule(d).values[0].size() == 6);
  CHECK(d.lab.session.undo.size() == 3);
}

TEST_CASE("plot: drawing makes a drawn curve of any schedule, and a stroke is one undo step") {
  Driver d(1440, 900, 1, scenario_with(R"({"type": "CosineAnnealingLR"})"));
  const Scenario before = d.lab.session.scenario;
  d.click("switch", "draw");
  CHECK(schedule(d).row == find_schedule("Points"));
  CHECK(schedule(d).values[0].size() > 6);
  CHECK(d.lab.session.undo.size() == 1);
  CHECK(d.get("switch", "draw").checked);
  const Control plot = d.get("img", "learning-rate plot");
  const auto at = [&](float fx, float fy) {
    d.move(plot.at.x + plot.size.x * fx, plot.at.y + plot.size.y * fy);
  };
  const std::vector<double> x = d.lab.results[0].path.x;
  at(0.2f, 0.8f);
  d.press();
  for (int i = 1; i <= 20; ++i) at(0.2f + 0.03f * float(i), 0.8f - 0.03f * float(i));
  CHECK(same_numbers(d.lab.session.revised, d.lab.session.scenario));
  CHECK(d.lab.results[0].path.x != x);
  CHECK(d.lab.session.undo.size() == 1);
  d.release();
  CHECK(d.lab.session.undo.size() == 2);
  CHECK(schedule(d).values[0].size() <= 2 * most_points);
  const std::vector<double>& lr = d.lab.results[0].path.lr;
  CHECK(lr[40] < lr[100]);
  CHECK(lr[100] < lr[158]);
  CHECK(lr[0] == doctest::Approx(0.001).epsilon(0.02));
  CHECK(d.lab.session.scenario.view.cursor == -1);
  undo(d.lab.session), undo(d.lab.session);
  CHECK(same_numbers(d.lab.session.scenario, before));
  d.frames(2);
  CHECK(!d.get("switch", "draw").checked);
}
