// The learning-rate curve taken by its handles: what each moves, on every schedule of the table.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/math/digits.h"
#include "support/schedule_runs.h"

using namespace stride;
using namespace stride::schedule_editing;

namespace {

using Moves = Handle::Moves;

/// Calls `visit` with every number of the run's schedule, wherever it is nested.
template <class Visit>
void each_number(const Settings& settings, std::vector<int> nest, const std::string& prefix, Visit visit) {
  const auto& params = schedules()[static_cast<size_t>(settings.row)].params;
  for (int i = 0; i < static_cast<int>(params.size()); ++i) {
    const Param& p = params[static_cast<size_t>(i)];
    const bool list = p.kind == Param::Kind::integers;
    if (!list && p.kind != Param::Kind::number && p.kind != Param::Kind::integer) continue;
    const int count = list ? static_cast<int>(settings.values[static_cast<size_t>(i)].size()) : 1;
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
  for (size_t k = 0; k < settings.nested.size(); ++k) {
    nest.back() = static_cast<int>(k);
    each_number(settings.nested[k], nest, prefix + "schedulers[" + std::to_string(k) + "].", visit);
  }
}

}  // namespace

TEST_CASE("handles: every number on which the curve depends has one, and no other") {
  for (const Run& run : all_runs()) {
    const std::vector<Handle> all = schedule_handles(run, course);
    const std::vector<double> curve = planned_rates(run, course);
    INFO(write_scenario({{}, steps, {run}, {}}));
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
        if (!refused(other)) matters |= planned_rates(other, course) != curve;
      }
      CAPTURE(probe.name);
      // A length that begins after the last step is out of every hand's reach.
      const auto& params = schedules()[static_cast<size_t>(schedule_in(run, probe.nest).row)].params;
      const int before = *p.after ? find_param(params, p.after) : -1;
      if (before >= 0 && schedule_in(run, probe.nest).number(before) >= steps) return;
      // Only what makes the curve jump and cannot be solved for, a threshold, may go without.
      if (probe.name != "threshold" && probe.name != "eps") CHECK(exists == matters);
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
    INFO(write_scenario({{}, steps, {run}, {}}));
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
  CHECK(value == to_digits(value, 3));
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
