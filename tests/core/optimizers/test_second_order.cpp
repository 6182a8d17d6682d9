// Rules that look at the loss themselves. L-BFGS is held against PyTorch's own by tests/export_test.py.
#include <doctest/doctest.h>

#include <cmath>

#include "core/many_runs.h"
#include "core/studies/study.h"
#include "support/spec_json.h"

using namespace stride;
using namespace stride::test;

namespace {

Objective formula(const char* text) {
  ExpressionError error;
  Objective o;
  o.expression = std::make_shared<const Expression>(parse_expression(text, error));
  REQUIRE(error.column == 0);
  return o;
}

Objective row(const char* key) {
  Objective o;
  o.surface = find_surface(key);
  return o;
}

Settings with(const char* key, std::initializer_list<std::pair<const char*, double>> values = {}) {
  const int at = find_optimizer(key);
  REQUIRE(at >= 0);
  const auto& params = optimizers()[static_cast<std::size_t>(at)].params;
  Settings settings = default_settings(at, params);
  for (const auto& [name, value] : values)
    settings.values[static_cast<std::size_t>(find_param(params, name))] = {value};
  return settings;
}

Trajectory descend(const Objective& o, Point start, const Settings& optimizer, int steps, Noise noise = {}) {
  return trajectory(o, start, noise, steps, optimizer, default_settings(0, schedules()[0].params));
}

}  // namespace

TEST_CASE("second order: one step of Newton's is enough on a bowl, however long and however turned") {
  for (const char* text : {"x^2 + 100*y^2 - 3x + y", "5*(x + y)^2 + (x - y)^2/50 + 2x", "(x - 2)^2 + y^2"}) {
    const Trajectory path = descend(formula(text), {4, -3}, with("Newton"), 2);
    const Derivatives end = formula(text).at(path.x[1], path.y[1]);
    CHECK(std::fabs(end.dx) < 1e-9);
    CHECK(std::fabs(end.dy) < 1e-9);
    CHECK(path.asked[0] == 2);  // the place itself, and one trial
  }
}

TEST_CASE("second order: a saddle attracts plain Newton, and repels what turns the curvature") {
  const Objective saddle = formula("x^2 - y^2 + y^4/4");
  const Trajectory plain = descend(saddle, {1, 0.1}, with("Newton", {{"saddle_free", 0}}), 20);
  CHECK(std::fabs(plain.x.back()) < 1e-9);
  CHECK(std::fabs(plain.y.back()) < 1e-9);
  const Trajectory free = descend(saddle, {1, 0.1}, with("Newton"), 40);
  CHECK(std::fabs(std::fabs(free.y.back()) - std::sqrt(2)) < 1e-9);
}

TEST_CASE("second order: the search never lets the loss rise; damping shortens the step") {
  for (const char* key : {"Newton", "LBFGS"})
    for (const char* surface : {"rosenbrock", "beale", "himmelblau", "booth", "six_hump_camel", "ackley"}) {
      CAPTURE(key);
      CAPTURE(surface);
      const Objective o = row(surface);
      const Trajectory path =
          descend(o, surfaces()[static_cast<std::size_t>(o.surface)].start, with(key), 60);
      for (std::size_t t = 1; t < path.loss.size(); ++t) CHECK(path.loss[t] <= path.loss[t - 1] + 1e-12);
      CHECK(path.asked.size() + 1 == path.loss.size());
    }
  double last = 1e9;
  for (const double damping : {0.0, 1.0, 10.0, 100.0}) {
    const Trajectory path =
        descend(formula("x^2 + 10*y^2"), {4, 1}, with("Newton", {{"damping", damping}}), 1);
    const double length = std::hypot(path.x[1] - path.x[0], path.y[1] - path.y[0]);
    CHECK(length < last);
    last = length;
  }
}

TEST_CASE("second order: Rosenbrock's valley takes tens of steps, plain descent thousands") {
  const Objective o = row("rosenbrock");
  for (const char* key : {"Newton", "LBFGS"}) {
    const Trajectory path = descend(o, {-1.2, 1}, with(key), 60);
    CHECK_MESSAGE(path.loss.back() < 1e-12, key);
  }
}

TEST_CASE("second order: a rest is a rest, a flat place no trap for numbers, noise the same at every place") {
  for (const char* key : {"Newton", "LBFGS"}) {
    CAPTURE(key);
    const Trajectory rest = descend(formula("x^2 + y^2"), {0, 0}, with(key), 5);
    CHECK(rest.x.back() == 0);
    CHECK(rest.diverged_at < 0);
    const Trajectory plane = descend(formula("3x + 0*y"), {1, 1}, with(key), 5);
    CHECK(std::isfinite(plane.y.back()));
    const Trajectory noisy = descend(formula("x^2 + y^2"), {2, 1}, with(key), 30, {0.5, 7});
    CHECK(noisy.diverged_at < 0);
    CHECK(noisy.x == descend(formula("x^2 + y^2"), {2, 1}, with(key), 30, {0.5, 7}).x);
    for (const char* line : {"none", "search"}) {
      const Trajectory wild =
          descend(row("beale"), {-4, 4}, with(key, {{"line_search_fn", line[0] == 's'}}), 50);
      CHECK(wild.size() >= 2);
    }
  }
}

TEST_CASE("second order: many runs are single runs, in every lane") {
  for (const char* key : {"Newton", "LBFGS"}) {
    ManyRuns request;
    request.objective = row("himmelblau");
    request.optimizer = with(key);
    request.schedule = default_settings(0, schedules()[0].params);
    request.steps = 40;
    request.places = {{3, 2}, {-2.805118, 3.131312}, {-3.779310, -3.283186}, {3.584428, -1.848126}};
    request.reach = 0.05f;
    request.watch_arrival = true;
    request.tolerance = 1e-6;
    for (const float x : {-4.0f, -1.0f, 0.5f, 4.0f}) {
      request.x.push_back(x);
      request.y.push_back(1.5f);
      request.lr.push_back(x < 0 ? 1.0f : 0.5f);
    }
    const ManyEnds ends = run_many(request);
    for (std::size_t l = 0; l < request.x.size(); ++l) {
      Settings optimizer = request.optimizer;
      optimizer.values[0] = {double(request.lr[l])};
      const Trajectory path =
          descend(request.objective, {double(request.x[l]), double(request.y[l])}, optimizer, 40);
      CHECK(ends.x[l] == static_cast<float>(path.x.back()));
      CHECK(ends.loss[l] == static_cast<float>(path.loss.back()));
      REQUIRE(ends.place[l] >= 0);
      CHECK(ends.arrived_at[l] < 40);
      REQUIRE(ends.steps_to_tolerance[l] > 0);
      CHECK(path.loss[static_cast<std::size_t>(ends.steps_to_tolerance[l])] <= 1e-6);
      CHECK(path.loss[static_cast<std::size_t>(ends.steps_to_tolerance[l] - 1)] > 1e-6);
    }
  }
}
