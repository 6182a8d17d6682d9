// The learning-rate curve taken by its handles: what each moves, on every schedule of the table, and on the
// plot.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "lab/schedule_curve.h"
#include "lab_driver.h"
#include "spec_json.h"

using namespace stride;
using namespace stride::lab;

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
