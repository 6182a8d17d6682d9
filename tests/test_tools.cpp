// The instruments: range test, map of two parameters and fair comparison, used as a learner uses them.
#include <cmath>

#include "jobs/jobs.h"
#include "lab/studies/tool_parts.h"
#include "lab_driver.h"

using namespace stride;
using namespace stride::lab;

namespace {

Scenario with_runs(std::initializer_list<const char*> keys, const char* surface = "quad_k10") {
  Scenario s = default_scenario();
  s.surface.surface = find_surface(surface);
  s.runs.clear();
  for (const char* key : keys) s.runs.push_back(default_run(find_optimizer(key)));
  return s;
}

using PanelCall = void (*)(Lab&, float);

/// One panel alone in a column of the given width, with an engine that works within the frame.
struct Bench {
  Driver d;
  std::unique_ptr<jobs::Engine> engine = jobs::make_inline();
  PanelCall panel;
  float width, height;

  Bench(PanelCall p, Scenario s, float w = 420, float h = 420)
      : d(1440, 900, 1, std::move(s)), panel(p), width(w), height(h) {
    d.lab.services.engine = engine.get();
  }
  void frame() {
    static double now = 1000;
    now += 1 / 60.0;
    d.lab.services.now = now;
    ImGuiIO& io = ImGui::GetIO();
    io.DeltaTime = 1 / 60.f;
    ImGui::NewFrame();
    apply_theme(is_dark(d.lab), 1);
    begin_controls();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({width, 900});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(16, 12));
    ImGui::Begin("panel", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings);
    ImGui::PopStyleVar();
    push_type(Type::body);
    update(d.lab);
    panel(d.lab, height);
    pop_type();
    ImGui::End();
    if (!ImGui::IsAnyItemActive()) commit(d.lab);
    released();
    update(d.lab);
    ImGui::Render();
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures)
      if (texture->Status != ImTextureStatus_Destroyed)
        texture->SetTexID(1), texture->SetStatus(ImTextureStatus_OK);
  }
  void frames(int count) {
    while (count-- > 0) frame();
  }
  /// Until no study is under way and nothing asks for more.
  void rest() {
    frames(3);
    for (int i = 0; i < 20000 && engine->busy(); ++i) frames(2);
    frames(3);
    REQUIRE(!engine->busy());
  }
  void move(float x, float y) {
    ImGui::GetIO().AddMousePosEvent(x, y);
    frames(2);
  }
  void button(int which, bool down) {
    ImGui::GetIO().AddMouseButtonEvent(which, down);
    frames(2);
  }
  void click_at(float x, float y) {
    move(x, y);
    button(0, true);
    button(0, false);
    frames(2);
  }
  void click(const std::string& role, const std::string& name) {
    const Control c = d.get(role, name);
    click_at(c.at.x + c.size.x / 2, c.at.y + c.size.y / 2);
  }
  void choose(const std::string& name, const std::string& option) {
    click("combobox", name);
    click("option", option);
  }
  double lr(size_t run = 0) const { return d.lab.session.scenario.runs[run].optimizer.number(0); }
};

bool contains(const std::string& words, const std::string& part) {
  return words.find(part) != std::string::npos;
}

bool says(const std::string& part) {
  for (const Control& c : controls())
    if ((c.role == "text" || c.role == "status") && c.visible && contains(c.name, part)) return true;
  return false;
}

/// Nothing cut off, over the edge or on top of another. The table's rows hold no other control.
void check_sound(float width, const std::string& where) {
  std::vector<Control> seen;
  for (const Control& c : controls()) {
    CHECK_MESSAGE(!c.clipped, where << ": clipped: " << c.role << " " << c.name << " = " << c.value);
    CHECK_MESSAGE((c.at.x >= 15 && c.at.x + c.size.x <= width - 15),
                  where << ": over the edge: " << c.role << " " << c.name);
    seen.push_back(c);
  }
  CHECK(seen.size() > 3);
  for (size_t i = 0; i < seen.size(); ++i)
    for (size_t j = i + 1; j < seen.size(); ++j) {
      const Control &a = seen[i], &b = seen[j];
      const float w = std::min(a.at.x + a.size.x, b.at.x + b.size.x) - std::max(a.at.x, b.at.x);
      const float h = std::min(a.at.y + a.size.y, b.at.y + b.size.y) - std::max(a.at.y, b.at.y);
      CHECK_MESSAGE(!(w > 2 && h > 2),
                    where << ": " << a.role << " " << a.name << " lies on " << b.role << " " << b.name);
    }
}

}  // namespace

TEST_CASE("the range test recommends the rates of the study, and a button takes one") {
  Bench b(range_panel, with_runs({"SGD"}));
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

TEST_CASE("where the schedule sets the rate, the range test's goes to its max_lr") {
  Scenario s = with_runs({"SGD"});
  const int one_cycle = find_schedule("OneCycleLR");
  s.runs[0].schedule = default_spec(one_cycle, schedules()[size_t(one_cycle)].params);
  Bench b(range_panel, s);
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
  Bench calm(range_panel, s);
  calm.rest();
  CHECK(!says("depends on the seed"));
  CHECK(calm.d.lab.studies.range.tests[1].rows.empty());
  s.surface.noise.sigma = 5;
  Bench b(range_panel, s);
  b.rest();
  CHECK(says("depends on the seed"));
  CHECK(says("lies between"));
  const auto& tests = b.d.lab.studies.range.tests;
  for (size_t i = 0; i < tests.size(); ++i) {
    REQUIRE(!tests[i].rows.empty());
    CHECK(tests[i].shown_for.scenario.surface.noise.seed == s.surface.noise.seed + i);
    if (i) CHECK(tests[i].rows != tests[0].rows);
  }
}

TEST_CASE("the range test's settings reach the study") {
  Bench b(range_panel, with_runs({"Adam"}), 420, 600);
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

TEST_CASE("a click on the map takes both values in one undo step, and the run ends as the pixel said") {
  for (const char* key : {"SGD", "Adam", "RMSprop"}) {
    CAPTURE(key);
    Bench b(map_panel, with_runs({key}));
    b.rest();
    const MapTool& tool = b.d.lab.studies.map;
    CHECK(tool.x.key == "lr");
    CHECK(tool.y.key != "lr");
    CHECK(tool.follow.rows.size() == 2 * 256 * 256);
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
    const StudyProblem p = jobs::outline_of(request_of(b.d.lab.session.scenario, 0));
    const std::vector<MapAxis> axes = map_axes(p);
    const MapAxis& y = axes[size_t(find_map_axis(axes, tool.y.key))];
    CHECK(axis_value(p, y) ==
          doctest::Approx(tool.y.low + (tool.y.high - tool.y.low) * share_y).epsilon(0.02));
    const size_t pixel = size_t(std::floor((1 - share_y) * 256)) * 256 + size_t(std::floor(share_x * 256));
    const double said = double(tool.follow.rows[2 * pixel]), is = b.d.lab.results[0].path.loss.back();
    CHECK(std::fabs(said - is) <= 0.02 * std::fabs(said) + 1e-6);
    undo(b.d.lab);
    CHECK(b.d.lab.session.undo.size() == undone);
  }
}

TEST_CASE("the map zooms about the pointer, pans without taking values, and resets") {
  Bench b(map_panel, with_runs({"SGD"}));
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
  CHECK(tool.follow.shown_for.study.number(2) == tool.x.from);
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
  Bench b(map_panel, with_runs({"SGD"}), 420, 420);
  b.d.lab.session.scenario.steps = 20;
  b.rest();
  MapTool& tool = b.d.lab.studies.map;
  for (int i = 0; i < 60; ++i) b.click("button", "zoom in");
  b.rest();
  CHECK(tool.x.to > tool.x.from);
  CHECK(tool.x.to / tool.x.from - 1 < 1e-6);
  REQUIRE(tool.follow.rows.size() == 2 * 256 * 256);
  const Control c = b.d.get("img", "map");
  b.click_at(c.at.x + c.size.x * 0.5f + 1, c.at.y + c.size.y * 0.5f + 1);
  b.rest();
  const double loss = b.d.lab.results[0].path.loss.back();
  bool found = false;
  for (size_t i = 0; i < tool.follow.rows.size(); i += 2) found |= tool.follow.rows[i] == float(loss);
  CHECK(found);
}

TEST_CASE("the map's axes are chosen among the run's numbers, and follow another optimizer") {
  Bench b(map_panel, with_runs({"SGD"}));
  b.rest();
  MapTool& tool = b.d.lab.studies.map;
  b.choose("upwards", "start x");
  b.rest();
  CHECK(tool.y.key == "start.x");
  const Control c = b.d.get("img", "map");
  CHECK(contains(c.value, "start x"));
  b.click_at(c.at.x + c.size.x * 0.5f, c.at.y + c.size.y * 0.25f);
  const Domain domain = domain_of(b.d.lab.session.scenario.surface);
  CHECK(start_of(b.d.lab.session.scenario, b.d.lab.session.scenario.runs[0]).x ==
        doctest::Approx(domain.xmin + (domain.xmax - domain.xmin) * 0.75).epsilon(0.02));
  b.choose("upwards", "momentum");
  b.rest();
  b.d.lab.session.scenario.runs[0] = default_run(find_optimizer("Adam"));
  b.rest();
  CHECK(tool.y.key == "optimizer.betas[0]");
}

TEST_CASE("fair comparison gives every run its best rate in one undo step and ranks the runs") {
  Scenario s = with_runs({"SGD", "Adam", "Adagrad"});
  for (Run& run : s.runs) run.optimizer.values[0] = {1e-4};
  Bench b(compare_panel, s);
  b.rest();
  CHECK(b.engine->tiles_begun() == 0);  // nothing before it is asked for
  b.click("button", "compare");
  b.rest();
  CHECK(b.lr() == 1e-4);  // a look changes nothing
  const CompareTool& tool = b.d.lab.studies.compare;
  REQUIRE(tool.rows.size() == 3);
  b.click("button", "give best rates");
  b.rest();
  CHECK(b.d.lab.session.undo.size() == 1);
  for (size_t r = 0; r < 3; ++r) {
    const std::vector<float> row =
        run_study(jobs::problem_of(request_of(s, int(r))), study_spec("compare", {}));
    CHECK(b.lr(r) == doctest::Approx(double(row[0])).epsilon(1e-5));
    CHECK(tool.rows[r].final_loss == double(row[1]));
    const double loss = b.d.lab.results[r].path.loss.back();
    CHECK(std::fabs(loss - double(row[1])) <= 0.05 * std::fabs(loss) + 1e-6);
  }
  double last = -no_limit;
  for (int rank = 1; rank <= 3; ++rank) {
    const Control c = b.d.get("button", "rank " + std::to_string(rank));
    const CompareRow& row = tool.rows[size_t(c.now)];
    CHECK(row.final_loss >= last);
    last = row.final_loss;
    CHECK(contains(c.value, name_of(s.runs[size_t(c.now)])));
    CHECK(row.lower <= row.median);
    CHECK(row.median <= row.upper);
  }
  undo(b.d.lab);
  for (size_t r = 0; r < 3; ++r) CHECK(b.lr(r) == 1e-4);
}

TEST_CASE("the comparison's headings sort, and what is old says so") {
  Bench b(compare_panel, with_runs({"Adadelta", "SGD", "Adam", "RMSprop"}));
  b.frames(2);
  b.click("button", "compare");
  b.rest();
  CompareTool& tool = b.d.lab.studies.compare;
  REQUIRE(tool.rows.size() == 4);
  const std::pair<const char*, double CompareRow::*> headings[] = {
      {"sort by steps", &CompareRow::steps},
      {"sort by median", &CompareRow::median},
      {"sort by final loss", &CompareRow::final_loss}};
  for (const auto& [name, member] : headings) {
    b.click("button", name);
    CHECK(b.d.get("button", name).checked);
    double last = -no_limit;
    for (int rank = 1; rank <= 4; ++rank) {
      double v = tool.rows[size_t(b.d.get("button", "rank " + std::to_string(rank)).now)].*member;
      if (member == &CompareRow::steps && v < 0) v = no_limit;
      CHECK(v >= last);
      last = v;
    }
  }
  CHECK(!says("changed since"));
  b.d.lab.session.scenario.runs[0].optimizer.values[0] = {0.5};
  b.frames(3);
  CHECK(!says("changed since"));  // rates are what the comparison chooses
  b.d.lab.session.scenario.steps += 10;
  b.frames(3);
  CHECK(says("changed since"));
  b.click("button", "compare");
  b.rest();
  CHECK(!says("changed since"));
  b.click("spinbutton", "tolerance");
  ImGui::GetIO().AddInputCharactersUTF8("10");
  b.frames(2);
  ImGui::GetIO().AddKeyEvent(ImGuiKey_Enter, true);
  b.frames(2);
  ImGui::GetIO().AddKeyEvent(ImGuiKey_Enter, false);
  b.frames(2);
  CHECK(says("changed since"));
  const double steps = tool.rows[1].steps;
  b.click("button", "compare");
  b.rest();
  CHECK(tool.rows[1].steps >= 0);
  CHECK((steps < 0 || tool.rows[1].steps <= steps));
  b.click("button", "rank 2");
  CHECK(b.d.lab.session.selected == int(b.d.get("button", "rank 2").now));
}

TEST_CASE("a scenario that changes while runs are compared keeps its rates") {
  Bench b(compare_panel, with_runs({"SGD", "Adam"}));
  b.frames(2);
  b.click("button", "give best rates");
  if (!b.d.lab.studies.compare.running) return;  // faster than the hand
  b.d.lab.session.scenario.runs[0].optimizer.values[0] = {0.0123};
  b.rest();
  CHECK(b.lr() == 0.0123);
}

TEST_CASE("the instruments show their controls whole in narrow and wide columns, dark and light") {
  Scenario s = with_runs({"SGD", "Adam", "Prodigy"});
  s.surface.noise.sigma = 0.5;
  s.runs[1].name = "Adam with a name that is far too long for the table";
  const PanelCall panels[] = {range_panel, map_panel, compare_panel};
  for (const char* shade : {"dark", "light"})
    for (float width : {360.f, 420.f, 560.f})
      for (int i = 0; i < 3; ++i) {
        s.view.theme = shade;
        Bench b(panels[i], s, width, 300);
        const std::string where =
            "panel " + std::to_string(i) + " at " + std::to_string(int(width)) + " " + shade;
        b.rest();
        check_sound(width, where);
        if (i == 0) b.d.lab.studies.range.settings_open = true;
        if (i == 2) b.click("button", "give best rates");
        b.rest();
        check_sound(width, where + ", used");
        // At rest nothing is asked for.
        const long begun = b.engine->tiles_begun();
        b.frames(5);
        CHECK(b.engine->tiles_begun() == begun);
        CHECK(!b.engine->wants_frame());
      }
}
