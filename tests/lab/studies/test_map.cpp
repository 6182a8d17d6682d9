// The map of two parameters, used as a learner uses it.
#include "lab/studies/take_values.h"
#include "support/panel_bench.h"

using namespace stride;
using namespace stride::lab;

TEST_CASE("a click on the map takes both values in one undo step, and the run ends as the pixel said") {
  for (const char* key : {"SGD", "Adam", "RMSprop"}) {
    CAPTURE(key);
    Bench b(lab::map, with_runs({key}));
    b.rest();
    const MapTool& tool = b.d.lab.studies.map;
    CHECK(tool.x.key == "lr");
    CHECK(tool.y.key != "lr");
    CHECK(tool.study.rows.size() == 2 * 256 * 256);
    const Control c = b.d.get("img", "map");
    const size_t undone = b.d.lab.session.undo.size();
    const long begun = b.engine->tiles_begun();
    const double share_x = 0.4, share_y = 0.3;
    b.click_at(c.at.x + c.size.x * float(share_x), c.at.y + c.size.y * float(1 - share_y));
    b.rest();
    CHECK(b.d.lab.session.undo.size() == undone + 1);
    CHECK(b.engine->tiles_begun() == begun);  // the picture doesn't depend on where in it the run lies
    const double wanted = tool.x.low * std::pow(tool.x.high / tool.x.low, share_x);
    CHECK(b.lr() == doctest::Approx(wanted).epsilon(0.06));
    const StudyProblem p = jobs::problem_without_minima(request_of(b.d.lab.session.scenario, 0));
    const std::vector<MapAxis> axes = map_axes(p);
    const MapAxis& y = axes[size_t(find_map_axis(axes, tool.y.key))];
    CHECK(axis_value(p, y) ==
          doctest::Approx(tool.y.low + (tool.y.high - tool.y.low) * share_y).epsilon(0.02));
    const size_t pixel = size_t(std::floor((1 - share_y) * 256)) * 256 + size_t(std::floor(share_x * 256));
    const double said = double(tool.study.rows[2 * pixel]), is = b.d.lab.results[0].path.loss.back();
    CHECK(std::fabs(said - is) <= 0.02 * std::fabs(said) + 1e-6);
    undo(b.d.lab.session);
    CHECK(b.d.lab.session.undo.size() == undone);
  }
}

TEST_CASE("arrows go from point to point of the map, and Enter takes what a click there takes") {
  Bench b(lab::map, with_runs({"SGD"}));
  b.rest();
  const MapTool& tool = b.d.lab.studies.map;
  const Control c = b.d.get("img", "map");
  CHECK(c.keyboard);
  REQUIRE(request(c.id, "focus") == "");
  b.frames(3);
  const std::string first = b.d.get("img", "map").detail;
  b.key(ImGuiKey_RightArrow);
  const std::string right = b.d.get("img", "map").detail;
  CHECK(right != first);
  b.key(ImGuiKey_LeftArrow);
  CHECK(b.d.get("img", "map").detail == first);
  for (int i = 0; i < 3; ++i) b.key(ImGuiKey_UpArrow, ImGuiMod_Shift);
  b.key(ImGuiKey_LeftArrow, ImGuiMod_Shift);
  const ImVec2 at = tool.keys;
  const size_t undone = b.d.lab.session.undo.size();
  const Scenario before = b.d.lab.session.scenario;
  b.key(ImGuiKey_Enter);
  b.rest();
  CHECK(b.d.lab.session.undo.size() == undone + 1);
  const Scenario by_keys = b.d.lab.session.scenario;
  CHECK(by_keys != before);
  undo(b.d.lab.session);
  b.rest();
  b.click_at(c.at.x + c.size.x * at.x, c.at.y + c.size.y * at.y);
  b.rest();
  // The pointer lies on a whole pixel of the window, which may be the next one of the map.
  for (const MapSide* side : {&tool.x, &tool.y}) {
    const auto value = [&](const Scenario& s) {
      const StudyProblem p = jobs::problem_without_minima(request_of(s, 0));
      const std::vector<MapAxis> axes = map_axes(p);
      return axis_value(p, axes[size_t(find_map_axis(axes, side->key))]);
    };
    CHECK(value(b.d.lab.session.scenario) == doctest::Approx(value(by_keys)).epsilon(0.07));
  }
  CHECK(tool.keys.x < 0);  // the hand has taken the keyboard away
}

TEST_CASE("the map zooms about the pointer, pans without taking values, and resets") {
  Bench b(lab::map, with_runs({"SGD"}));
  b.rest();
  MapTool& tool = b.d.lab.studies.map;
  const MapSide x = tool.x, y = tool.y;
  const double before = b.lr();
  const Control c = b.d.get("img", "map");
  const float px = c.at.x + c.size.x * 0.25f, py = c.at.y + c.size.y * 0.5f;
  b.move(px, py);
  ImGui::GetIO().AddMouseWheelEvent(0, 3);
  b.rest();
  CHECK(tool.x.to / tool.x.from < 0.2 * x.to / x.from);
  CHECK(std::log(tool.x.to / tool.x.from) ==
        doctest::Approx(std::log(x.to / x.from) * std::pow(0.8, 3)).epsilon(0.01));
  const double at = x.from * std::pow(x.to / x.from, 0.25);
  CHECK(tool.x.from * std::pow(tool.x.to / tool.x.from, 0.25) == doctest::Approx(at).epsilon(0.02));
  CHECK(tool.study.shown_for.study.number(2) == tool.x.from);
  const MapSide zoomed = tool.x;
  for (int which : {0, 1}) {
    b.move(px, py);
    b.button(which, true);
    b.move(px + 20, py);
    b.button(which, false);
  }
  b.rest();
  CHECK(tool.x.from < zoomed.from);
  CHECK(std::log(tool.x.to / tool.x.from) == doctest::Approx(std::log(zoomed.to / zoomed.from)));
  CHECK(b.lr() == before);
  CHECK(b.d.lab.session.undo.empty());
  b.click("button", "zoom in");
  b.click("button", "zoom out");
  b.click("button", "reset the map");
  b.rest();
  CHECK(tool.x.from == x.from);
  CHECK(tool.x.to == x.to);
  CHECK(tool.y.from == y.from);
  CHECK(!b.d.get("button", "reset the map").enabled);
}

TEST_CASE("a deep zoom stays a map, and a click there gives exactly the pixel's run") {
  Bench b(lab::map, with_runs({"SGD"}), 420, 420);
  b.d.lab.session.scenario.steps = 20;
  b.rest();
  MapTool& tool = b.d.lab.studies.map;
  for (int i = 0; i < 60; ++i) b.click("button", "zoom in");
  b.rest();
  CHECK(tool.x.to > tool.x.from);
  CHECK(tool.x.to / tool.x.from - 1 < 1e-6);
  REQUIRE(tool.study.rows.size() == 2 * 256 * 256);
  const Control c = b.d.get("img", "map");
  b.click_at(c.at.x + c.size.x * 0.5f + 1, c.at.y + c.size.y * 0.5f + 1);
  b.rest();
  const double loss = b.d.lab.results[0].path.loss.back();
  bool found = false;
  for (size_t i = 0; i < tool.study.rows.size(); i += 2) found |= tool.study.rows[i] == float(loss);
  CHECK(found);
}

TEST_CASE("the map's axes are chosen among the run's numbers, and follow another optimizer") {
  Bench b(lab::map, with_runs({"SGD"}));
  b.rest();
  MapTool& tool = b.d.lab.studies.map;
  b.choose("upwards", "start x");
  b.rest();
  CHECK(tool.y.key == "start.x");
  const Control c = b.d.get("img", "map");
  CHECK(contains(c.value, "start x"));
  b.click_at(c.at.x + c.size.x * 0.5f, c.at.y + c.size.y * 0.25f);
  const Domain domain = domain_of(b.d.lab.session.scenario);
  CHECK(start_of(b.d.lab.session.scenario, b.d.lab.session.scenario.runs[0]).x ==
        doctest::Approx(domain.xmin + (domain.xmax - domain.xmin) * 0.75).epsilon(0.02));
  b.choose("upwards", "momentum");
  b.rest();
  b.d.lab.session.scenario.runs[0] = default_run(find_optimizer("Adam"));
  b.rest();
  CHECK(tool.y.key == "optimizer.betas[0]");
}
