// The learning-rate curve taken by its handles: what each moves, on every schedule of the table, and on the
// plot.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "lab_driver.h"
#include "schedule_editing/schedule_curve.h"
#include "spec_json.h"

using namespace stride;
using namespace stride::lab;
using namespace stride::schedule_editing;

namespace {

using Moves = Handle::Moves;
constexpr int steps = 200;

Run run_with(const char* json) {
  Run run = default_run(find_optimizer("SGD"));
  run.optimizer.values[0] = {0.1};
  run.schedule = test::schedule_spec(nlohmann::json::parse(json));
  return run;
}

/// Losses that stop falling, so that a schedule that listens has something to hear.
const std::vector<double>& heard() {
  static const std::vector<double> losses = [] {
    std::vector<double> l;
    for (int t = 0; t <= steps; ++t) l.push_back(1 + std::exp(-t / 5.0) + 1e-3 * (t % 7));
    return l;
  }();
  return losses;
}

const Course course{steps, heard()};

const Handle* find(const std::vector<Handle>& all, const std::string& name) {
  for (const Handle& h : all)
    if (h.name == name) return &h;
  return nullptr;
}

/// Every row of the table as it comes, in its other modes, and some within others.
std::vector<Run> all_runs() {
  std::vector<Run> runs;
  for (int row = 0; row < static_cast<int>(schedules().size()); ++row) {
    const auto& params = schedules()[static_cast<size_t>(row)].params;
    Run run = run_with(R"({"type": "constant"})");
    run.schedule = default_spec(row, params);
    runs.push_back(run);
    for (size_t i = 0; i < params.size(); ++i)
      for (size_t c = 1; c < params[i].choices.size(); ++c) {
        runs.push_back(run);
        runs.back().schedule.values[i] = {static_cast<double>(c)};
      }
  }
  for (
      const char* json :
      {R"({"type": "CyclicLR", "step_size_up": 20, "gamma": 0.99, "mode": "exp_range"})",
       R"({"type": "CyclicLR", "step_size_up": 20, "step_size_down": 50, "mode": "annealing"})",
       R"({"type": "OneCycleLR", "three_phase": true, "total_steps": 150})",
       R"({"type": "CosineAnnealingWarmRestarts", "T_0": 20, "T_mult": 2, "eta_min": 0.01})",
       R"({"type": "SequentialLR", "milestones": [30], "schedulers": [{"type": "LinearLR", "total_iters": 30},
            {"type": "CosineAnnealingLR", "eta_min": 0.001}]})",
       R"({"type": "ChainedScheduler", "schedulers": [{"type": "LinearLR", "total_iters": 20},
            {"type": "StepLR", "step_size": 50, "gamma": 0.5}]})",
       R"({"type": "ReduceLROnPlateau", "factor": 0.5, "patience": 20, "cooldown": 10})",
       R"({"type": "SequentialLR", "milestones": [50], "schedulers": [{"type": "Points", "points": [[0, 0], [30, 1]]},
            {"type": "ChainedScheduler", "schedulers": [{"type": "WSD", "stable": 20}, {"type": "MultiStepLR"}]}]})"})
    runs.push_back(run_with(json));
  return runs;
}

Error refused(const Run& run) {
  Scenario s = default_scenario();
  s.steps = steps;
  s.runs = {run};
  Scenario read;
  return read_scenario(write_scenario(s), read);
}

/// Calls `visit` with every number of the run's schedule, wherever it is nested.
template <class Visit>
void each_number(const Spec& spec, std::vector<int> nest, const std::string& prefix, Visit visit) {
  const auto& params = schedules()[static_cast<size_t>(spec.row)].params;
  for (int i = 0; i < static_cast<int>(params.size()); ++i) {
    const Param& p = params[static_cast<size_t>(i)];
    const bool list = p.kind == Param::Kind::integers;
    if (!list && p.kind != Param::Kind::number && p.kind != Param::Kind::integer) continue;
    const int count = list ? static_cast<int>(spec.values[static_cast<size_t>(i)].size()) : 1;
    for (int k = 0; k < count; ++k) {
      Handle h;
      h.name = prefix + p.key + (list ? "[" + std::to_string(k) + "]" : "");
      h.nest = nest;
      h.param = i;
      h.index = k;
      visit(h, p);
    }
  }
  nest.push_back(0);
  for (size_t k = 0; k < spec.nested.size(); ++k) {
    nest.back() = static_cast<int>(k);
    each_number(spec.nested[k], nest, prefix + "schedulers[" + std::to_string(k) + "].", visit);
  }
}

}  // namespace

TEST_CASE("handles: every number on which the curve depends has one, and no other") {
  for (const Run& run : all_runs()) {
    const std::vector<Handle> all = schedule_handles(run, course);
    const std::vector<double> curve = planned_rates(run, course);
    INFO(write_scenario({false, {}, {}, steps, {run}, {}}));
    each_number(run.schedule, {}, "", [&](const Handle& probe, const Param& p) {
      const bool exists = find(all, probe.name) != nullptr;
      bool matters = false;
      for (int i = 0; i <= 40; ++i) {
        const bool length = std::string_view(p.unit) == "steps";
        const double high = length ? steps : p.slider_max;
        const double low = std::max(p.slider_min, length ? 1.0 : p.min);
        double v = p.log ? low * std::pow(high / low, i / 40.0) : low + (high - low) * i / 40;
        if (p.kind != Param::Kind::number) v = std::round(v);
        Run other = run;
        set_value(other, probe, v);
        if (refused(other).empty()) matters |= planned_rates(other, course) != curve;
      }
      CAPTURE(probe.name);
      // A length that begins after the last step is out of every hand's reach.
      const auto& params = schedules()[static_cast<size_t>(schedule_in(run, probe.nest).row)].params;
      const int before = *p.after ? find_param(params, p.after) : -1;
      if (before >= 0 && schedule_in(run, probe.nest).number(before) >= steps) return;
      // Only a threshold, which makes the curve jump and cannot be solved for, may go without.
      if (probe.name != "threshold") CHECK(exists == matters);
    });
    CHECK((find(all, "lr") != nullptr) == !schedules()[static_cast<size_t>(run.schedule.row)].sets_rate);
    std::set<std::string> names;
    for (const Handle& h : all) {
      CAPTURE(h.name);
      CHECK(names.insert(h.name).second);
      CHECK(h.step >= 0);
      CHECK(h.step <= steps);
      CHECK(h.rate == curve[static_cast<size_t>(h.step)]);
    }
  }
}

TEST_CASE("handles: dragging one brings the curve to the hand, and the run stays a valid one") {
  int rates = 0, lengths = 0, points = 0;
  for (const Run& run : all_runs()) {
    INFO(write_scenario({false, {}, {}, steps, {run}, {}}));
    for (const Handle& h : schedule_handles(run, course)) {
      CAPTURE(h.name);
      const int at = static_cast<int>(h.step);
      if (h.moves == Moves::rate) {
        // A target that some value within reach gives.
        for (double unit : {0.15, 0.4, 0.85}) {
          Run other = run;
          set_value(other, h, from_unit(h, unit));
          const double target = rate_at(other, course, at);
          CAPTURE(target);
          const Run next = moved(run, h, h.step, target, course);
          CHECK(rate_at(next, course, at) == doctest::Approx(target).epsilon(0.011));
          CHECK(refused(next) == "");
          ++rates;
        }
      } else if (h.moves == Moves::step) {
        for (double share : {0.1, 0.5, 0.9}) {
          const double value = std::round(h.min + share * (h.max - h.min));
          const double target = h.heard ? h.step + 3 : h.origin + value;
          const Run next = moved(run, h, target, h.rate, course);
          CHECK(refused(next) == "");
          const std::vector<Handle> after = schedule_handles(next, course);
          const Handle* now = find(after, h.name);
          if (now) CHECK(std::fabs(now->step - target) <= (h.heard ? 1 : 0));
          CHECK((now != nullptr || h.heard));
          ++lengths;
        }
      } else {
        const Run next = moved(run, h, h.step + 2, 0.037, course);
        CHECK(refused(next) == "");
        const std::vector<Handle> after = schedule_handles(next, course);
        const Handle* now = find(after, h.name);
        REQUIRE(now);
        CHECK(now->rate == doctest::Approx(0.037).epsilon(0.006));
        CHECK(std::fabs(now->step - h.step) <= 2);
        ++points;
      }
      // Also where no value can bring it, and where the hand has left the plot.
      for (double rate : {-1.0, 0.0, 1e9})
        for (double step : {-50.0, 1e7}) CHECK(refused(moved(run, h, step, rate, course)) == "");
      for (int by : {-1, 1}) {
        CHECK(refused(nudged(run, h, by, 0, course)) == "");
        CHECK(refused(nudged(run, h, 0, by, course)) == "");
      }
    }
  }
  CHECK(rates > 100);
  CHECK(lengths > 60);
  CHECK(points >= 12);
}

TEST_CASE("handles: no drag, no change; and digits are few") {
  const Run run = run_with(R"({"type": "PolynomialLR", "total_iters": 100, "power": 2})");
  const std::vector<Handle> all = schedule_handles(run, course);
  const Handle* power = find(all, "power");
  REQUIRE(power);
  const Run same = moved(run, *power, power->step, power->rate, course);
  CHECK(same == run);
  const Run digits = moved(run, *power, power->step, power->rate * 0.7, course);
  const double value = digits.schedule.number(1);
  CHECK(value == rounded(value, 3));
}

TEST_CASE("handles: of several values the nearest to the present one") {
  // The rate at one step rises and falls with the share of the steps that rise.
  int several = 0;
  for (int i = 0; i < 12; ++i) {
    const double share = 0.2 + 0.15 * (i % 4), factor = 0.6 * (1 + i / 4);
    Run run = run_with(R"({"type": "OneCycleLR"})");
    run.schedule.values[2] = {share};
    const std::vector<Handle> all = schedule_handles(run, course);
    const Handle* h = find(all, "pct_start");
    REQUIRE(h);
    const int at = static_cast<int>(h->step);
    const double target = factor * h->rate;
    std::vector<double> solutions;
    double last = 0;
    for (int k = 0; k <= 5000; ++k) {
      Run other = run;
      set_value(other, *h, k / 5000.0);
      const double off = rate_at(other, course, at) - target;
      if (k && off * last < 0) solutions.push_back(k / 5000.0);
      last = off;
    }
    if (solutions.empty()) continue;  // out of reach there
    several += solutions.size() > 1;
    double nearest = 9;
    for (double s : solutions)
      if (std::fabs(s - share) < std::fabs(nearest - share)) nearest = s;
    CHECK(moved(run, *h, h->step, target, course).schedule.number(2) ==
          doctest::Approx(nearest).epsilon(0.01));
  }
  CHECK(several > 0);
}

TEST_CASE("handles: where each stands") {
  struct Case {
    const char* schedule;
    const char* name;
    double step;
  };
  for (const Case& c : std::initializer_list<Case>{
           {R"({"type": "StepLR"})", "lr", 0},
           {R"({"type": "StepLR"})", "step_size", 30},
           {R"({"type": "MultiStepLR"})", "milestones[1]", 120},
           {R"({"type": "CosineAnnealingLR"})", "T_max", 200},
           {R"({"type": "WSD"})", "warmup", 10},
           {R"({"type": "WSD"})", "stable", 150},
           {R"({"type": "WSD"})", "decay", 200},
           {R"({"type": "CyclicLR", "step_size_up": 20})", "step_size_down", 40},
           {R"({"type": "CyclicLR"})", "step_size_up", 200},  // 2000, at the edge
           {R"({"type": "SequentialLR", "milestones": [40], "schedulers": [{"type": "constant"},
              {"type": "StepLR", "step_size": 25}]})",
            "schedulers[1].step_size", 65},
           {R"({"type": "ReduceLROnPlateau", "patience": 20})", "patience", 0}}) {
    INFO(c.schedule);
    const Run run = run_with(c.schedule);
    const std::vector<Handle> all = schedule_handles(run, course);
    const Handle* h = find(all, c.name);
    REQUIRE_MESSAGE(h, c.name);
    if (!h->heard) {
      CHECK(h->step == c.step);
      continue;
    }
    // Where the loss has been heard long enough: at the first drop.
    const std::vector<double> rates = planned_rates(run, course);
    CHECK(rates[static_cast<size_t>(h->step)] < rates[0]);
    CHECK(rates[static_cast<size_t>(h->step) - 1] == rates[0]);
  }
}

TEST_CASE("drawn curves: thinning keeps every point within its tolerance, and corners exactly") {
  std::vector<double> corner;
  for (int i = 0; i <= 100; ++i) corner.insert(corner.end(), {double(i), std::fabs(i - 37.0)});
  CHECK(simplify(corner, 1e-9, 32) == std::vector<int>{0, 37, 100});
  std::vector<double> wave;
  for (int i = 0; i <= 400; ++i) wave.insert(wave.end(), {double(i), std::sin(i / 20.0)});
  for (double tolerance : {0.3, 0.1, 0.02}) {
    const std::vector<int> kept = simplify(wave, tolerance, 1000);
    CHECK(kept.size() < 150);
    double worst = 0;
    for (size_t k = 0; k + 1 < kept.size(); ++k)
      for (int i = kept[k]; i <= kept[k + 1]; ++i) {
        const double u = double(i - kept[k]) / (kept[k + 1] - kept[k]);
        const double line = wave[size_t(2 * kept[k] + 1)] * (1 - u) + wave[size_t(2 * kept[k + 1] + 1)] * u;
        worst = std::max(worst, std::fabs(line - wave[size_t(2 * i + 1)]));
      }
    CHECK(worst <= tolerance);
  }
  CHECK(simplify(wave, 0, 7).size() == 7);
  CHECK(simplify({}, 0, 7).empty());
}

TEST_CASE("drawn curves: any schedule becomes one that says nearly the same") {
  for (const Run& run : all_runs()) {
    INFO(write_scenario({false, {}, {}, steps, {run}, {}}));
    const Run points = as_drawn(run, course);
    CHECK(is_drawn(points));
    CHECK(refused(points) == "");
    CHECK(points.schedule.values[0].size() <= 32);
    const std::vector<double> was = planned_rates(run, course), is = planned_rates(points, course);
    const double peak = *std::max_element(was.begin(), was.end());
    double off = 0;
    for (size_t t = 0; t < was.size(); ++t)
      off += std::fabs(was[t] - is[t]) / static_cast<double>(was.size());
    CHECK(off < 0.06 * peak);
  }
}

TEST_CASE("drawn curves: a stroke is what the curve becomes, and the rest of it stays") {
  const Run run = run_with(R"({"type": "Points", "points": [[0, 1], [100, 1], [200, 0.2]]})");
  Stroke stroke = begin_stroke(run, course);
  for (int i = 0; i <= 20; ++i) draw_to(stroke, 40 + i, 0.1 - 0.004 * i, course);
  draw_to(stroke, 80, 0.1, course);
  for (const bool finished : {false, true}) {
    const Run next = drawn(stroke, course, finished);
    CHECK(refused(next) == "");
    CHECK(next.schedule.values[0].size() <= (finished ? 64 : 160));
    const std::vector<double> was = planned_rates(run, course), is = planned_rates(next, course);
    for (int t : {0, 10, 30, 100, 120, 150, 199})
      CHECK(is[size_t(t)] == doctest::Approx(was[size_t(t)]).epsilon(0.03));
    CHECK(is[50] == doctest::Approx(0.06).epsilon(0.03));
    CHECK(is[60] == doctest::Approx(0.02).epsilon(0.1));
    CHECK(is[70] == doctest::Approx(0.06).epsilon(0.03));
  }
  const Run before = drawn(stroke, course, false), after = drawn(stroke, course, true);
  CHECK(after.schedule.values[0].size() <= before.schedule.values[0].size());
  for (int few : {1, 2, 3, 7, 41}) {
    const Course brief{few, {}};
    Stroke s = begin_stroke(run, brief);
    draw_to(s, -3, 0.01, brief);
    draw_to(s, few + 3, 0.05, brief);
    const Run next = drawn(s, brief, true);
    CHECK(refused(next) == "");
    CHECK(planned_rates(next, brief).back() == doctest::Approx(0.05));
  }
}

TEST_CASE("drawn curves: points come and go") {
  const Run run = run_with(R"({"type": "Points", "points": [[0, 1], [100, 0.5]]})");
  int index = -1;
  Run more = with_point(run, 50, course, index);
  CHECK(index == 1);
  for (int t : {0, 20, 50, 70, 100})
    CHECK(rate_at(more, course, t) == doctest::Approx(rate_at(run, course, t)));
  CHECK(without_point(more, 1) == run);
  more = with_point(run, 100, course, index);
  CHECK(index == 1);
  CHECK(more == run);
  CHECK(without_point(without_point(run, 0), 0).schedule.values[0].size() == 2);
  for (int t = 1; index >= 0; ++t) more = with_point(more, t, course, index);
  CHECK(more.schedule.values[0].size() == 2 * most_points);
}

namespace {

Scenario scenario_with(const char* schedule, double lr = 0.001) {
  Scenario s = default_scenario();
  s.runs[0] = run_with(schedule);
  s.runs[0].optimizer.values[0] = {lr};
  return s;
}

const Spec& schedule(const Driver& d) {
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
  CHECK(same_numbers(d.lab.computed, d.lab.session.scenario));
  CHECK(d.lab.results[0].path.lr[45] == doctest::Approx(0.001 * gamma));
  CHECK(d.lab.results[0].path.x != x);
  CHECK(d.lab.session.undo.empty());
  CHECK(d.lab.session.scenario.view.cursor == before.view.cursor);  // it was not a scrub
  // A hand that rests changes nothing, whatever the scale would like to do.
  d.frames(20);
  CHECK(schedule(d).number(1) == gamma);
  d.release();
  CHECK(d.lab.session.undo.size() == 1);
  undo(d.lab);
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
      if (c.role == "slider" && c.name.rfind("handle ", 0) == 0) discs.push_back(c);
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
    CHECK(same_numbers(d.lab.computed, d.lab.session.scenario));
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
  CHECK(same_numbers(d.lab.computed, d.lab.session.scenario));
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
  undo(d.lab), undo(d.lab);
  CHECK(same_numbers(d.lab.session.scenario, before));
  d.frames(2);
  CHECK(!d.get("switch", "draw").checked);
}
