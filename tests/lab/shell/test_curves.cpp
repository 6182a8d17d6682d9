// The lab with a curve in it: every panel, the stage, the hand on the ball.
#include <cmath>

#include "core/surfaces/curve.h"
#include "lab/session/edits.h"
#include "lab/session/ground.h"
#include "lab/session/locks.h"
#include "support/lab_driver.h"
#include "support/sentences.h"

using namespace stride;
using namespace stride::lab;

namespace {

Scenario on_curve(const std::string& problem, double lr = 0.1) {
  Scenario s;
  const std::string json = R"({"stride": 1, "problem": {"type": "curve", )" + problem +
                           R"(}, "steps": 30, "runs": [{"optimizer": {"type": "SGD", "lr": )" +
                           std::to_string(lr) + "}}]}";
  REQUIRE(sentence(read_scenario(json, s)) == "");
  return s;
}

const Control* find(const char* name) {
  for (const Control& c : controls())
    if (c.name == name) return &c;
  return nullptr;
}

}  // namespace

TEST_CASE("every curve is drawn with every page and tool open, at every size") {
  for (const Curve& curve : curves())
    for (const auto& [w, h] : {std::pair(1280.0f, 800.0f), std::pair(390.0f, 844.0f)}) {
      Driver d(w, h, 1, on_curve("\"curve\": \"" + std::string(curve.key) + "\""));
      CAPTURE(curve.key);
      for (int page = 0; page < 4; ++page)
        for (int tool = 0; tool < tool_total; ++tool) {
          d.lab.shell.sheet_open = true;
          d.lab.shell.page = Page(page);
          d.lab.shell.tool = Tool(tool);
          d.lab.shell.problem_open = true;
          d.frames(2);
          REQUIRE(find("loss curve"));
        }
      CHECK(d.lab.results[0].path.y.back() == 0);
    }
}

TEST_CASE("a step on a parabola is rate times slope, and 2/f'' stands beside the walker") {
  Scenario s = on_curve("\"curve\": \"parabola\"", 0.25);
  s.view.cursor = 0;
  Driver d(1280, 800, 1, s);
  d.frames(2);
  REQUIRE(find("tangent"));
  CHECK(find("tangent")->value == "slope 3\n2 / f″ = 1");
  REQUIRE(find("step length"));
  CHECK(find("step length")->value == "step −0.25 · 3 = −0.75");
}

TEST_CASE("the ball is dragged to a start, which undo takes back") {
  Driver d(1280, 800, 1, on_curve("\"curve\": \"parabola\""));
  d.frames(2);
  const Control start = *find("start");
  const ImVec2 at{start.at.x + start.size.x / 2, start.at.y + start.size.y / 2};
  ImGuiIO& io = ImGui::GetIO();
  io.AddMousePosEvent(at.x, at.y);
  d.frames(2);
  io.AddMouseButtonEvent(0, true);
  d.frames(2);
  io.AddMousePosEvent(at.x - 200, at.y);
  d.frames(2);
  io.AddMouseButtonEvent(0, false);
  d.frames(3);
  CHECK(curve_of(d.lab.session.scenario)->start.value_or(9) < 1);
  undo(d.lab.session);
  CHECK(!curve_of(d.lab.session.scenario)->start);
}

TEST_CASE("curves and surfaces are picked one after the other; a locked one stays") {
  Driver d(1280, 800, 1, default_scenario());
  Session& session = d.lab.session;
  pick_curve(session, find_curve("kink"));
  d.frames(2);
  REQUIRE(curve_of(session.scenario));
  CHECK(session.scenario.runs[0].optimizer.number(0) == curves()[size_t(find_curve("kink"))].lr);
  session.locks = lock_surface | lock_start | lock_noise;
  pick_surface(session, find_surface("beale"));
  session.scenario.problem = SurfaceProblem{};
  d.frames(2);
  REQUIRE(curve_of(session.scenario));
  session.locks = 0;
  pick_surface(session, find_surface("beale"));
  d.frames(2);
  CHECK(is_surface(session.scenario));
  CHECK(session.scenario.runs[0].optimizer.number(0) == surfaces()[size_t(find_surface("beale"))].lr);
}
