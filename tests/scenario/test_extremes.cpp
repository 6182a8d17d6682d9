// Every parameter of every table at its ends and beyond, rates and starts as far as doubles go: what may not be
// is refused in a sentence, what may be runs, and nothing that is not a number comes out.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/many_runs.h"
#include "scenario/scenario.h"

using namespace stride;
using nlohmann::json;

namespace {

constexpr double highest = std::numeric_limits<double>::max(), lowest = 1e-300;

/// The ends of what the parameter takes, and huge and tiny numbers between.
std::vector<double> ends_of(const Param& p) {
  const bool whole = p.kind == Param::Kind::integer || p.kind == Param::Kind::integers;
  const double low = std::isfinite(p.min) ? p.min : -highest, high = std::isfinite(p.max) ? p.max : highest;
  std::vector<double> ends, all = {low, high, 0, 1, -1, lowest, 1e-12, 1e12, 1e300, 2147483647};
  all.push_back(std::nextafter(low, no_limit));
  all.push_back(std::nextafter(high, -no_limit));
  for (const double v : all) {
    if (whole && (v != std::floor(v) || std::fabs(v) > 2147483647)) continue;
    if ((p.open_min ? v > low : v >= low) && (p.open_max ? v < high : v <= high)) ends.push_back(v);
  }
  return ends;
}

/// The row's settings with each parameter at each of its ends.
std::vector<Settings> at_the_ends(int row, std::span<const Param> params) {
  std::vector<Settings> all = {default_settings(row, params)};
  for (std::size_t i = 0; i < params.size(); ++i) {
    const Param& p = params[i];
    Settings one = all[0];
    const auto put = [&](std::vector<double> values) {
      one.values[i] = std::move(values);
      all.push_back(one);
    };
    using Kind = Param::Kind;
    if (p.kind == Kind::toggle) put({1 - p.fallback[0]});
    for (std::size_t c = 0; c < p.choices.size(); ++c) put({static_cast<double>(c)});
    if (p.kind == Kind::number || p.kind == Kind::integer)
      for (const double v : ends_of(p)) put({v});
    if (p.kind == Kind::pair)
      for (const double v : ends_of(p)) {
        put({v, p.fallback[1]});
        put({p.fallback[0], v});
        put({v, v});
      }
    if (p.kind == Kind::integers) put({0, 0, 1e6});
    if (p.kind == Kind::points)
      for (const double v : ends_of(p)) put({0, v, 5, 1, 9, v});
  }
  return all;
}

/// As a document takes it: the ends that together mean nothing are left to their own tests.
bool is_legal(const Settings& optimizer, const Settings& schedule) {
  Scenario s = default_scenario();
  s.runs[0].optimizer = optimizer;
  s.runs[0].schedule = schedule;
  return !validate(s);
}

std::string told(const Settings& settings, std::span<const Param> params) {
  std::string out;
  for (std::size_t i = 0; i < params.size(); ++i) {
    out += std::string(" ") + params[i].key;
    for (const double v : settings.values[i]) out += " " + std::to_string(v);
  }
  return out;
}

void check_path(const Trajectory& path) {
  REQUIRE(path.size() >= 1);
  for (std::size_t t = 0; t < static_cast<std::size_t>(path.size()); ++t) {
    const bool ended = path.diverged_at >= 0 && static_cast<int>(t) == path.diverged_at;
    CHECK(std::isfinite(path.lr[t]));
    if (ended) continue;
    CHECK(std::isfinite(path.x[t]));
    CHECK(std::isfinite(path.y[t]));
    CHECK(std::isfinite(path.loss[t]));
  }
}

void check_block(const Settings& optimizer, const Settings& schedule, const Objective& objective, Point start,
                 double lr) {
  ManyRuns request;
  request.objective = objective;
  request.optimizer = optimizer;
  request.schedule = schedule;
  request.steps = 12;
  for (int i = 0; i < 9; ++i) {
    request.x.push_back(static_cast<float>(start.x));
    request.y.push_back(static_cast<float>(start.y));
    request.lr.push_back(static_cast<float>(lr));
  }
  const ManyEnds ends = run_many(request);
  for (std::size_t l = 0; l < request.x.size(); ++l)
    for (const float v : {ends.x[l], ends.y[l], ends.loss[l], ends.min_loss[l]}) CHECK(!std::isnan(v));
}

Objective bowl() {
  Objective o;
  o.surface = find_surface("quad_k10");
  return o;
}

}  // namespace

TEST_CASE("extremes: every parameter of every optimizer, at every rate") {
  int tried = 0;
  for (int row = 0; row < static_cast<int>(point_optimizers().size()); ++row) {
    const auto& params = optimizers()[static_cast<std::size_t>(row)].params;
    CAPTURE(optimizers()[static_cast<std::size_t>(row)].key);
    for (Settings settings : at_the_ends(row, params))
      for (const double rate : {0.0, lowest, 1e-12, 1.0, 1e12, 1e300, highest}) {
        if (rate > 0) settings.values[0] = {rate};
        if (!is_legal(settings, default_settings(0, {}))) continue;
        CAPTURE(told(settings, params));
        check_path(trajectory(bowl(), {2, 1}, {0.1, 3}, 12, settings, default_settings(0, {})));
        check_block(settings, default_settings(0, {}), bowl(), {2, 1}, settings.number(0));
        ++tried;
      }
  }
  CHECK(tried > 5000);
}

TEST_CASE("extremes: every parameter of every schedule, at every rate") {
  int tried = 0;
  for (int row = 0; row < static_cast<int>(schedules().size()); ++row) {
    const auto& params = schedules()[static_cast<std::size_t>(row)].params;
    CAPTURE(schedules()[static_cast<std::size_t>(row)].key);
    for (const Settings& schedule : at_the_ends(row, params))
      for (const double rate : {lowest, 1.0, 1e300, highest}) {
        Settings sgd = default_settings(find_optimizer("SGD"), optimizers()[0].params);
        sgd.values[0] = {rate};
        if (!is_legal(sgd, schedule)) continue;
        CAPTURE(told(schedule, params));
        CAPTURE(rate);
        ScheduleRun run(schedule, rate, 30);
        for (int t = 0; t < 40; ++t, run.advance(1.0 / (t + 1))) {
          CAPTURE(t);
          CHECK(std::isfinite(run.rate().lr));
        }
        check_path(trajectory(bowl(), {2, 1}, {}, 12, sgd, schedule));
        ++tried;
      }
  }
  CHECK(tried > 500);
}

TEST_CASE("extremes: every surface and optimizer from the ends of the plane and beyond") {
  for (int surface = 0; surface < static_cast<int>(surfaces().size()); ++surface)
    for (int row = 0; row < static_cast<int>(point_optimizers().size()); ++row)
      for (const double far : {1e6, -1e6, 1e20, 1e308, -1e308, 0.0, 1e-300, 5e-324})
        for (const double rate : {lowest, 0.1, 1e300}) {
          Objective o;
          o.surface = surface;
          Settings settings = default_settings(row, optimizers()[static_cast<std::size_t>(row)].params);
          settings.values[0] = {rate};
          CAPTURE(surfaces()[static_cast<std::size_t>(surface)].key);
          CAPTURE(optimizers()[static_cast<std::size_t>(row)].key);
          CAPTURE(far);
          CAPTURE(rate);
          check_path(trajectory(o, {far, -far}, {}, 6, settings, default_settings(0, {})));
          check_block(settings, default_settings(0, {}), o, {far, far}, rate);
        }
}

TEST_CASE("extremes: a number beyond a parameter's ends is refused in a sentence") {
  int refused = 0;
  const auto try_row = [&](const char* part, const char* key, std::span<const Param> params) {
    for (const Param& p : params)
      for (const double beyond : {p.min, p.max}) {
        if (p.kind != Param::Kind::number && p.kind != Param::Kind::integer) continue;
        if (!std::isfinite(beyond)) continue;
        const bool low = beyond == p.min, open = low ? p.open_min : p.open_max;
        const double off = p.kind == Param::Kind::integer ? 1 : std::fabs(beyond) * 1e-9 + 1e-9;
        const json value = open ? beyond : low ? beyond - off : beyond + off;
        const json run = {{part, {{"type", key}, {p.key, value}}}};
        Scenario s;
        const std::string words = sentence(read_scenario(json{{"stride", 1}, {"runs", {run}}}.dump(), s));
        CAPTURE(key);
        CAPTURE(p.key);
        CHECK(words.find("expected a") != std::string::npos);
        CHECK(words.find(std::string(part) + "." + p.key + ":") != std::string::npos);
        ++refused;
      }
  };
  for (const Optimizer& o : optimizers()) try_row("optimizer", o.key, o.params);
  for (const Schedule& s : schedules()) try_row("schedule", s.key, s.params);
  CHECK(refused > 100);
}
