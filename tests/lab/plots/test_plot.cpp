// The plots beside the surface: pointing, cursor, zoom, legend.
#include <algorithm>
#include <cmath>
#include <limits>

#include "lab/plots/limit_curve.h"
#include "scenario/parts.h"
#include "support/lab_driver.h"
#include "text/plot_scale.h"

using namespace stride;
using namespace stride::lab;

namespace {

constexpr const char* plots[] = {"learning-rate plot", "loss plot"};

/// Where a step lies on a plot, from its record alone.
ImVec2 place(const Driver& d, const char* plot, double step) {
  const Control c = d.get("img", plot);
  return {c.at.x + static_cast<float>((step - c.min) / (c.max - c.min)) * c.size.x, c.at.y + c.size.y / 2};
}

void point(Driver& d, const char* plot, double step) {
  const ImVec2 at = place(d, plot, step);
  d.move(at.x, at.y);
  d.frames(2);
}

Scenario two_runs() {
  Scenario s = default_scenario();
  s.steps = 200;
  s.runs = {default_run(find_optimizer("SGD")), default_run(find_optimizer("Adam"))};
  return s;
}

}  // namespace

TEST_CASE("plot: pointing at a step on either plot points at it everywhere") {
  for (const char* plot : plots) {
    CAPTURE(plot);
    Driver d(1440, 1000, 1, two_runs());
    for (int step : {0, 40, 133, 200}) {
      point(d, plot, step);
      CHECK(d.lab.pointing.hover.step == step);
      CHECK((d.lab.pointing.hover.run == 0 || d.lab.pointing.hover.run == 1));
      CHECK(row_at(d.lab.results[1], shown_step(d.lab.session.scenario, d.lab.pointing, d.lab.playback)) ==
            step);
      for (const char* other : plots) CHECK(d.get("img", other).now == step);
      const std::string value = d.get("status", "values under the pointer").value;
      CHECK(value.find("step " + std::to_string(step) + ";") == 0);
      CHECK(value.find("SGD ") != std::string::npos);
      CHECK(value.find("Adam ") != std::string::npos);
    }
    CHECK(d.lab.session.scenario.view.cursor == -1);
    d.move(5, 5);
    d.frames(3);
    CHECK(d.lab.pointing.hover.step == -1);
    CHECK(d.find("status", "values under the pointer") == nullptr);
  }
}

TEST_CASE("plot: the left button moves the cursor and changes no number") {
  for (const char* plot : plots) {
    CAPTURE(plot);
    Driver d(1440, 1000, 2, two_runs());
    const ImVec2 from = place(d, plot, 30), to = place(d, plot, 150);
    d.drag(from.x, from.y, to.x, to.y);
    CHECK(cursor_step(d.lab.session.scenario) == 150);
    CHECK(d.lab.session.undo.empty());
    CHECK(d.lab.pointing.axis.last <= d.lab.pointing.axis.first);
  }
}

TEST_CASE("plot: the wheel zooms both plots around the pointer, shift-drag pans, a double click shows all") {
  for (const char* plot : plots) {
    CAPTURE(plot);
    Driver d(1440, 1000, 1, two_runs());
    point(d, plot, 80);
    for (int i = 0; i < 6; ++i) {
      ImGui::GetIO().AddMouseWheelEvent(0, 1);
      d.frames(2);
    }
    CHECK(d.lab.pointing.hover.step == 80);
    for (const char* other : plots) {
      const Control c = d.get("img", other);
      CHECK(c.max - c.min < 100);
      CHECK(c.min == doctest::Approx(d.lab.pointing.axis.first));
      CHECK(c.max == doctest::Approx(d.lab.pointing.axis.last));
    }
    const StepAxis zoomed = d.lab.pointing.axis;
    const ImVec2 from = place(d, plot, 80), to = place(d, plot, 90);
    ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, true);
    d.drag(from.x, from.y, to.x, to.y);
    ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, false);
    d.frames(2);
    CHECK(d.lab.pointing.axis.first == doctest::Approx(zoomed.first - 10).epsilon(0.02));
    CHECK(d.lab.pointing.axis.last - d.lab.pointing.axis.first ==
          doctest::Approx(zoomed.last - zoomed.first));
    CHECK(d.lab.session.scenario.view.cursor == -1);
    d.frames(30);
    for (int i = 0; i < 2; ++i) d.press(), d.release();
    CHECK(d.get("img", plot).min == 0);
    CHECK(d.get("img", plot).max == 200);
    for (int i = 0; i < 3; ++i) {
      ImGui::GetIO().AddMouseWheelEvent(0, -1);
      d.frames(2);
    }
    CHECK(d.get("img", plot).max == 200);
  }
}

TEST_CASE("plot: the legend's switches") {
  Driver d(1440, 1000, 1, two_runs());
  const bool effective = d.lab.plots.show_effective, limit = d.lab.plots.show_stability,
             momentum = d.lab.plots.show_momentum;
  d.click("switch", "effective rates");
  d.click("switch", "stability limit");
  d.click("switch", "momentum");
  CHECK(d.lab.plots.show_effective != effective);
  CHECK(d.lab.plots.show_stability != limit);
  CHECK(d.lab.plots.show_momentum != momentum);
}

TEST_CASE("plot: whatever the runs do, only finite positions are drawn") {
  for (const char* key : {"SGD", "Adam", "Rprop", "Adadelta"})
    for (double lr : {1e-12, 1e-3, 10.0, 1e200})
      for (int steps : {1, 2, 500}) {
        Scenario s = default_scenario();
        s.steps = steps;
        s.runs = {default_run(find_optimizer(key)), default_run(find_optimizer("SGD"))};
        s.runs[0].optimizer.values[0] = {lr};
        Driver d(400, 800, 1, s);
        d.lab.plots.show_effective = d.lab.plots.show_stability = d.lab.plots.show_momentum = true;
        d.lab.shell.sheet_open = true;
        d.lab.shell.page = Page::curves;
        d.frames(2);
        point(d, "loss plot", steps / 2.0);
        CAPTURE(key);
        CAPTURE(lr);
        CAPTURE(steps);
        bool finite = true;
        for (const ImDrawList* list : ImGui::GetDrawData()->CmdLists)
          for (const ImDrawVert& v : list->VtxBuffer)
            finite &= std::isfinite(v.pos.x) && std::isfinite(v.pos.y);
        CHECK(finite);
        CHECK(d.get("img", "learning-rate plot").value.find("nan") == std::string::npos);
      }
}

TEST_CASE("plot: a column that is being scrolled scrolls on over a plot") {
  Driver d(1000, 480, 1, two_runs());
  const Control before = d.get("img", "learning-rate plot");
  d.move(before.at.x + 40, before.at.y - 60);
  for (int i = 0; i < 8; ++i) {
    ImGui::GetIO().AddMouseWheelEvent(0, -1);
    d.frames(2);
  }
  CHECK(d.get("img", "learning-rate plot").at.y <
        before.at.y - 150);  // far enough to have come under the pointer
  CHECK(d.lab.pointing.axis.last <= d.lab.pointing.axis.first);
}

TEST_CASE("plot: the strip under the rate and the rate plot show the same limit of stability") {
  struct Case {
    double momentum, dampening, weight_decay;
    bool nesterov;
    const char* words;
  };
  for (const Case& c : {Case{0, 0, 0, false, "2/λ 0.2"},
                        {0.5, 0, 0, false, "2(1+μ)/λ 0.3"},
                        {0.5, 0, 0, true, "2(1+μ)/((1+2μ)λ) 0.15"},
                        {0.5, 0.25, 0, false, "2(1+μ)/((1−d)λ) 0.4"},
                        {0, 0, 10, false, "2/(λ+w) 0.1"}}) {
    Scenario s = default_scenario();
    surface_of(s).surface = find_surface("quad_k10");  // λ = 10
    s.steps = 20;
    s.runs = {default_run(find_optimizer("SGD"))};
    auto& values = s.runs[0].optimizer.values;
    values = {{0.01}, {c.momentum}, {c.dampening}, {c.weight_decay}, {c.nesterov ? 1.0 : 0.0}};
    const auto engine = jobs::make_inline();
    Driver d(1440, 1000, 1, s);
    d.lab.services.engine = engine.get();
    d.lab.plots.show_stability = true;
    for (int i = 0; i < 2000 && d.lab.studies.strip.rows.empty(); ++i) d.frames(1);
    d.frames(2);
    CAPTURE(c.words);
    CHECK(d.get("img", "rates strip").value.find(c.words) != std::string::npos);
    CHECK(d.get("img", "learning-rate plot").value.find(c.words) != std::string::npos);
  }
}

TEST_CASE("plot: the limit of stability can be taken away, from the plot, its legend and the strip") {
  Scenario s = default_scenario();
  surface_of(s).surface = find_surface("quad_k10");
  s.steps = 20;
  s.runs[0].optimizer.values[0] = {0.01};
  const auto engine = jobs::make_inline();
  Driver d(1440, 1000, 1, s);
  d.lab.services.engine = engine.get();
  for (int i = 0; i < 2000 && d.lab.studies.strip.rows.empty(); ++i) d.frames(1);
  for (const bool taken_away : {false, true}) {
    CAPTURE(taken_away);
    unsigned locks = 0;
    REQUIRE(!read_locks(taken_away ? "limit" : "", locks));
    d.lab.session.locks = locks;
    d.frames(2);
    CHECK((d.find("switch", "stability limit") == nullptr) == taken_away);
    for (const char* img : {"rates strip", "learning-rate plot"})
      CHECK((d.get("img", img).value.find("2/λ") == std::string::npos) == taken_away);
  }
}

TEST_CASE("plot: the strip under the rate names no best one where none is better than another") {
  for (const bool flat : {true, false}) {
    Scenario s = default_scenario();
    surface_of(s).expression = "max(0,x)";
    surface_of(s).start = Point{flat ? -2.0 : 2.0, 0};
    s.steps = 20;
    const auto engine = jobs::make_inline();
    Driver d(1440, 1000, 1, s);
    d.lab.services.engine = engine.get();
    for (int i = 0; i < 2000 && d.lab.studies.strip.rows.empty(); ++i) d.frames(1);
    d.frames(2);
    const std::string words = d.get("img", "rates strip").value;
    CAPTURE(words);
    CHECK((words.find("none is better than another") != std::string::npos) == flat);
    CHECK((d.find("button", "take the best rate") == nullptr) == flat);
  }
}

TEST_CASE("plot: rates far apart stand on a log axis, where each can be read; others do not") {
  Scenario s = two_runs();
  s.runs.push_back(default_run(find_optimizer("SGD")));
  const int step = find_schedule("StepLR");
  Run& low = s.runs[2];
  low.schedule = default_settings(step, schedules()[static_cast<size_t>(step)].params);
  low.optimizer.values[0] = {0.01};
  s.runs[0].optimizer.values[0] = {0.8};
  s.runs[1].optimizer.values[0] = {0.3};
  /// How far above the axis the third run's rate stands, as a share of the plot's height.
  const auto height = [&] {
    Driver d(1440, 900, 1, s);
    d.lab.session.selected = 2;
    d.frames(3);
    const Control plot = d.get("img", "learning-rate plot"), rate = d.get("slider", "handle lr");
    return 1 - (rate.at.y + rate.size.y / 2 - plot.at.y) / plot.size.y;
  };
  CHECK(height() > 0.2f);
  low.schedule = default_settings(0, {});
  low.optimizer.values[0] = {0.2};  // a quarter of the highest, on an axis from zero
  CHECK(height() == doctest::Approx(0.25 / 1.08).epsilon(0.05));
}

TEST_CASE("a label of the limit finds a place that no rate crosses and no handle covers") {
  Axes a;
  a.at = {100, 50};
  a.size = {300, 100};
  a.first = 0, a.last = 30;
  const ImVec2 size{60, 12};
  std::vector<double> rate(31, 0.9);
  CurveEditor editor;
  const auto crosses = [&](ImVec2 p) {
    for (std::size_t t = 0; t < rate.size(); ++t) {
      const float x = a.x_of(static_cast<double>(t)), y = a.y_of(rate[t]);
      if (x > p.x && x < p.x + size.x && y > p.y && y < p.y + size.y) return true;
    }
    return false;
  };
  for (const double height : {0.05, 0.5, 0.9, 1.0}) {
    std::fill(rate.begin(), rate.end(), height);
    for (const float line : {50.f, 58.f, 100.f, 149.f}) {
      CAPTURE(height);
      CAPTURE(line);
      const ImVec2 p = label_place(a, {{0, rate}}, editor, size, 330, line);
      CHECK(!crosses(p));
      CHECK(p.x >= a.at.x);
      CHECK(p.x + size.x <= a.end().x);
      CHECK(p.y >= a.at.y);
      CHECK(p.y + size.y <= a.end().y);
    }
  }
  // A handle where it would stand: it goes aside. A plan there: likewise.
  std::fill(rate.begin(), rate.end(), 0.01);
  const ImVec2 before = label_place(a, {{0, rate}}, editor, size, 200, 55);
  schedule_editing::Handle handle;
  handle.step = (before.x + 30 - a.at.x) / 10;
  handle.rate = 1 - (before.y + 6 - a.at.y) / 100;
  editor.handles = {handle};
  const ImVec2 aside = label_place(a, {{0, rate}}, editor, size, 200, 55);
  const ImVec2 disc{a.x_of(handle.step), a.y_of(handle.rate)};
  CHECK(!(disc.x > aside.x && disc.x < aside.x + size.x && disc.y > aside.y && disc.y < aside.y + size.y));
  editor.handles.clear();
  editor.planned = {handle.step, handle.rate};
  CHECK(!(label_place(a, {{0, rate}}, editor, size, 200, 55).y == before.y &&
          label_place(a, {{0, rate}}, editor, size, 200, 55).x == before.x));
}
