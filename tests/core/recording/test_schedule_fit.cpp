// A rate that a schedule made is recognised as that schedule's, from every step, some steps, single precision or few digits; any
// other rate becomes a drawn curve.
#include "core/recording/schedule_fit.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <utility>
#include <vector>

#include "core/math/random.h"
#include "core/recording/fit_parts.h"
#include "core/schedules/schedule.h"
#include "support/patience.h"

using namespace stride;

namespace {

constexpr int fitted_steps = 240;

using Given = std::vector<std::pair<const char*, std::vector<double>>>;

struct Case {
  const char* type;
  Given params;
  double base = 0.1;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      {"constant", {}},
      {"ConstantLR", {{"factor", {0.25}}, {"total_iters", {40}}}},
      {"LinearLR", {{"start_factor", {0.1}}, {"end_factor", {1}}, {"total_iters", {100}}}},
      {"LinearLR", {{"start_factor", {1}}, {"end_factor", {0.05}}, {"total_iters", {180}}}},
      {"PolynomialLR", {{"total_iters", {200}}, {"power", {2}}}},
      {"PolynomialLR", {{"total_iters", {400}}, {"power", {0.5}}}},
      {"StepLR", {{"step_size", {30}}, {"gamma", {0.1}}}},
      {"StepLR", {{"step_size", {50}}, {"gamma", {0.7}}}, 3e-4},
      {"MultiStepLR", {{"milestones", {60, 160}}, {"gamma", {0.2}}}},
      {"ExponentialLR", {{"gamma", {0.97}}}},
      {"LambdaLR", {{"lambda", {0}}, {"k", {0.02}}}},
      {"LambdaLR", {{"lambda", {1}}, {"k", {0.5}}, {"every", {20}}}},
      {"LambdaLR", {{"lambda", {2}}, {"warmup", {40}}}},
      {"CosineAnnealingLR", {{"T_max", {240}}, {"eta_min", {0}}}},
      {"CosineAnnealingLR", {{"T_max", {300}}, {"eta_min", {0.001}}}},
      {"CosineAnnealingLR", {{"T_max", {50}}, {"eta_min", {0.01}}}},
      {"CosineAnnealingWarmRestarts", {{"T_0", {60}}, {"T_mult", {1}}, {"eta_min", {0}}}},
      {"CosineAnnealingWarmRestarts", {{"T_0", {20}}, {"T_mult", {2}}, {"eta_min", {0.002}}}},
      {"CyclicLR", {{"base_lr", {0.001}}, {"max_lr", {0.1}}, {"step_size_up", {30}}, {"mode", {0}}}},
      {"CyclicLR", {{"base_lr", {0.001}}, {"max_lr", {0.1}}, {"step_size_up", {30}}, {"mode", {1}}}},
      {"CyclicLR",
       {{"base_lr", {0.001}},
        {"max_lr", {0.1}},
        {"step_size_up", {20}},
        {"step_size_down", {40}},
        {"mode", {2}},
        {"gamma", {0.99}}}},
      {"OneCycleLR",
       {{"max_lr", {0.1}}, {"total_steps", {241}}, {"pct_start", {0.3}}, {"anneal_strategy", {0}}}},
      {"OneCycleLR",
       {{"max_lr", {0.1}},
        {"total_steps", {241}},
        {"pct_start", {0.25}},
        {"anneal_strategy", {1}},
        {"div_factor", {10}},
        {"final_div_factor", {100}}}},
      {"WSD", {{"warmup", {20}}, {"stable", {140}}, {"decay", {60}}, {"min_factor", {0}}, {"shape", {0}}}},
      {"WSD", {{"warmup", {20}}, {"stable", {140}}, {"decay", {80}}, {"min_factor", {0.1}}, {"shape", {2}}}},
  };
  return all;
}

Settings settings_of(const Case& c) {
  Settings out = fit::make(c.type, {});
  for (const auto& [key, values] : c.params)
    out.values[static_cast<std::size_t>(
        find_param(schedules()[static_cast<std::size_t>(out.row)].params, key))] = values;
  if (const int at = find_param(schedules()[static_cast<std::size_t>(out.row)].params, "cycle_momentum");
      at >= 0)
    out.values[static_cast<std::size_t>(at)] = {0};
  return out;
}

/// The rates at every step, or every `every`th, as training would log them.
RecordedCurve recorded(const Settings& schedule, double base, int every = 1) {
  RecordedCurve out;
  ScheduleRun run(schedule, base, fitted_steps);
  for (int t = 0; t <= fitted_steps; ++t) {
    if (t % every == 0) {
      out.step.push_back(t);
      out.value.push_back(run.rate().lr);
    }
    run.advance(1);
  }
  return out;
}

double printed(double value, const char* format) {
  char text[40];
  std::snprintf(text, sizeof text, format, value);
  return std::strtod(text, nullptr);
}

std::string type_of(const ScheduleFit& fit) {
  return schedules()[static_cast<std::size_t>(fit.schedule.row)].key;
}

void check_params(const Case& c, const ScheduleFit& fit) {
  REQUIRE(type_of(fit) == c.type);
  const auto& params = schedules()[static_cast<std::size_t>(fit.schedule.row)].params;
  for (const auto& given : c.params) {
    CAPTURE(std::string(given.first));
    const auto& got = fit.schedule.values[static_cast<std::size_t>(find_param(params, given.first))];
    CHECK(got == given.second);
  }
  if (!schedules()[static_cast<std::size_t>(fit.schedule.row)].sets_rate) CHECK(fit.lr == c.base);
}

}  // namespace

TEST_CASE("every schedule is recognised from its rates, with its very numbers") {
  for (const Case& c : cases()) {
    const RecordedCurve lr = recorded(settings_of(c), c.base);
    CAPTURE(std::string(c.type));
    const std::optional<ScheduleFit> fit = fit_schedule(lr);
    REQUIRE(fit);
    CHECK(fit->exact);
    CHECK(fit->error < 1e-12);
    CHECK(fit->steps == fitted_steps);
    CHECK(fit->first == 0);
    CHECK(fit->every == 1);
    CHECK_FALSE(fit->by_row);
    check_params(c, *fit);
  }
}

TEST_CASE("rates in single precision are the same schedule's") {
  for (const Case& c : cases()) {
    RecordedCurve lr = recorded(settings_of(c), c.base);
    for (double& r : lr.value) r = static_cast<double>(static_cast<float>(r));
    CAPTURE(std::string(c.type));
    const std::optional<ScheduleFit> fit = fit_schedule(lr);
    REQUIRE(fit);
    CHECK(fit->exact);
    check_params(c, *fit);
  }
}

TEST_CASE("rates of every fifth step, and of few digits, are explained at each of them") {
  for (const Case& c : cases()) {
    const Settings schedule = settings_of(c);
    RecordedCurve sparse = recorded(schedule, c.base, 5), few = recorded(schedule, c.base);
    for (double& r : few.value) r = printed(r, "%.5g");
    CAPTURE(std::string(c.type));
    std::optional<ScheduleFit> fit = fit_schedule(sparse);
    REQUIRE(fit);
    CHECK(fit->exact);
    CHECK(type_of(*fit) == c.type);
    fit = fit_schedule(few);
    REQUIRE(fit);
    CHECK(fit->error < 1e-4);
    CHECK(type_of(*fit) == c.type);
  }
}

TEST_CASE("a warm-up and what follows are two schedules in turn") {
  Settings both = fit::make("SequentialLR", {{"milestones", {40}}});
  both.nested = {fit::make("LinearLR", {{"start_factor", {0.1}}, {"end_factor", {1}}, {"total_iters", {40}}}),
                 fit::make("CosineAnnealingLR", {{"T_max", {200}}, {"eta_min", {0.001}}})};
  const std::optional<ScheduleFit> fit = fit_schedule(recorded(both, 0.1));
  REQUIRE(fit);
  CHECK(fit->exact);
  CHECK(fit->lr == 0.1);
  CHECK(fit->schedule == both);
}

TEST_CASE("clocks that begin later or tick in hundreds") {
  const Case c{"StepLR", {{"step_size", {30}}, {"gamma", {0.1}}}};
  RecordedCurve lr = recorded(settings_of(c), c.base);
  for (double& t : lr.step) t = 5e9 + 1000 * t;
  std::optional<ScheduleFit> fit = fit_schedule(lr);
  REQUIRE(fit);
  check_params(c, *fit);
  CHECK(fit->first == 5e9);
  CHECK(fit->every == 1000);
  CHECK(schedule_time(*fit, 5e9 + 30000, 0) == 30);
  for (std::size_t i = 0; i < lr.step.size(); ++i) lr.step[i] = 0.5 * static_cast<double>(i) + 0.25;
  fit = fit_schedule(lr);
  REQUIRE(fit);
  check_params(c, *fit);
  CHECK(fit->by_row);
  CHECK(schedule_time(*fit, 15.25, 30) == 30);
}

TEST_CASE("a rate of no schedule becomes a drawn curve through it") {
  RecordedCurve lr;
  for (int t = 0; t <= fitted_steps; ++t) {
    lr.step.push_back(t);
    lr.value.push_back(0.1 * (0.5 + uniform(3, static_cast<unsigned>(t))));
  }
  const std::optional<ScheduleFit> fit = fit_schedule(lr);
  REQUIRE(fit);
  CHECK(type_of(*fit) == "Points");
  CHECK(fit->error < 1e-9);
  // Of a long one only what a list of points can hold.
  RecordedCurve rough;
  for (int t = 0; t < 5000; ++t) {
    rough.step.push_back(t);
    rough.value.push_back(0.1 * (0.5 + uniform(3, static_cast<unsigned>(t))));
  }
  const std::optional<ScheduleFit> near = fit_schedule(rough);
  REQUIRE(near);
  CHECK_FALSE(near->exact);
  CHECK(near->error > 0.01);
  CHECK(near->error <= 1);
}

TEST_CASE("where there is no rate there is no schedule") {
  const double nan = std::nan("");
  for (const RecordedCurve& lr :
       {RecordedCurve{}, RecordedCurve{{0, 1}, {0, 0}}, RecordedCurve{{0, 1}, {nan, -1}}})
    CHECK_FALSE(fit_schedule(lr));
  const std::optional<ScheduleFit> one = fit_schedule({{7}, {0.5}});
  REQUIRE(one);
  CHECK(type_of(*one) == "constant");
  CHECK(one->lr == 0.5);
}

TEST_CASE("the search has an end, whatever the rate is and however far apart it was logged") {
  constexpr double most_seconds = 50 * testing::most_seconds;  // five times what the slowest takes
  const auto random = [](int t) { return uniform(5, static_cast<unsigned>(t)); };
  const struct {
    const char* name;
    int rows, every;
    double (*rate)(int t, double random);
  } logs[] = {
      {"as many as may be", 100000, 1, [](int, double r) { return r; }},
      {"up a line, then anything", 100000, 1, [](int t, double r) { return t < 1000 ? 1e-3 * t : 0.99 * r; }},
      {"far apart, up a line, then anything", 40, 997,
       [](int t, double r) { return t < 6 ? 0.1 + 0.1 * t : 0.6 * r; }},
      {"as many as are looked at", 160, 500, [](int t, double r) { return t < 30 ? t / 30.0 : 0.999 * r; }},
      {"with few digits", 100000, 1,
       [](int t, double r) { return 1e-5 * std::floor(t < 500 ? 200 * t : 1e5 * r); }},
  };
  for (const auto& log : logs) {
    RecordedCurve lr;
    for (int t = 0; t < log.rows; ++t) {
      lr.step.push_back(static_cast<double>(t) * log.every);
      lr.value.push_back(log.rate(t, random(t)));
    }
    CAPTURE(std::string(log.name));
    const std::clock_t begin = std::clock();
    CHECK(fit_schedule(lr));
    CHECK(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC < most_seconds);
  }
}
