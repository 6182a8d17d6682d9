// The shown run: its rows, divergence, noise, and the words for what became of it.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/trajectory.h"
#include "support/spec_json.h"

using namespace stride;
using namespace stride::test;
using nlohmann::json;

namespace {

Settings sgd(double lr, double momentum = 0) {
  return optimizer_settings("SGD", {{"lr", lr}, {"momentum", momentum}});
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

Outcome end_of(const char* surface, Point start, int steps, const Settings& optimizer,
               const Settings& schedule = constant()) {
  const Objective o = objective(surface);
  return outcome(o, trajectory(o, start, {}, steps, optimizer, schedule));
}

}  // namespace

TEST_CASE("rows: as many as steps and one, rates of each, the step that the gradient makes") {
  const Trajectory path =
      trajectory(objective("quad_k10"), {4, 1.5}, {}, 20, sgd(0.05),
                 schedule_settings({{"type", "StepLR"}, {"step_size", 5}, {"gamma", 0.5}}));
  REQUIRE(path.size() == 21);
  for (const auto* column : {&path.y, &path.loss, &path.lr, &path.grad_x, &path.grad_y, &path.momentum,
                             &path.rate_x, &path.rate_y})
    CHECK(column->size() == 21);
  CHECK(path.x[0] == 4);
  CHECK(path.loss[0] == 19.25);
  for (int t = 0; t < 20; ++t) {
    CAPTURE(t);
    CHECK(path.lr[t] == doctest::Approx(0.05 * std::pow(0.5, t / 5)));
    CHECK(path.x[t + 1] == path.x[t] - path.lr[t] * path.grad_x[t]);
    CHECK(path.rate_y[t] == path.lr[t]);
    CHECK(std::isnan(path.momentum[t]));
  }
  CHECK(path.lr[20] == doctest::Approx(0.05 / 16));
  CHECK(std::isnan(path.rate_x[20]));
}

TEST_CASE("every optimizer on every surface: no NaN before the row that diverged, and the same bits again") {
  const Settings schedule = schedule_settings({{"type", "OneCycleLR"}, {"max_lr", 0.5}});
  for (int surface = 0; surface < static_cast<int>(surfaces().size()); ++surface)
    for (int row = 0; row < static_cast<int>(point_optimizers().size()); ++row)
      for (const Settings& rates : {constant(), schedule}) {
        CAPTURE(surfaces()[surface].key);
        CAPTURE(optimizers()[row].key);
        Objective o;
        o.surface = surface;
        const Settings settings = default_settings(row, optimizers()[row].params);
        const Trajectory path = trajectory(o, surfaces()[surface].start, {0.1, 5}, 60, settings, rates);
        const int kept = path.diverged_at >= 0 ? path.diverged_at : path.size();
        REQUIRE(path.size() == (path.diverged_at >= 0 ? path.diverged_at + 1 : 61));
        for (int t = 0; t < kept; ++t)
          for (const auto* column : {&path.x, &path.y, &path.loss, &path.lr})
            REQUIRE(std::isfinite((*column)[t]));
        const Trajectory again = trajectory(o, surfaces()[surface].start, {0.1, 5}, 60, settings, rates);
        REQUIRE(same_bits(path.x, again.x));
        REQUIRE(same_bits(path.loss, again.loss));
        REQUIRE_FALSE(outcome(o, path).words().empty());
      }
}

TEST_CASE("noise replays by its seed and stays off the loss") {
  const Objective o = objective("quad_k10");
  const Trajectory quiet = trajectory(o, {4, 1.5}, {}, 50, sgd(0.05), constant());
  const Trajectory one = trajectory(o, {4, 1.5}, {0.5, 1}, 50, sgd(0.05), constant());
  CHECK(same_bits(one.x, trajectory(o, {4, 1.5}, {0.5, 1}, 50, sgd(0.05), constant()).x));
  CHECK_FALSE(same_bits(one.x, trajectory(o, {4, 1.5}, {0.5, 2}, 50, sgd(0.05), constant()).x));
  CHECK(one.loss[0] == quiet.loss[0]);
  CHECK(one.grad_x[0] != quiet.grad_x[0]);
  CHECK(one.x[1] == 4 - 0.05 * one.grad_x[0]);
}

TEST_CASE("a run ends at the first row beyond a million") {
  const Trajectory path = trajectory(objective("quad_k10"), {4, 1.5}, {}, 500, sgd(0.3), constant());
  REQUIRE(path.diverged_at > 0);
  CHECK(path.size() == path.diverged_at + 1);
  CHECK(std::fabs(path.y.back()) > 1e6);
  CHECK(std::fabs(path.y[path.y.size() - 2]) <= 1e6);
}

TEST_CASE("a plateau schedule hears the loss of the step") {
  // Standing still at the minimum, patience runs out after patience + 1 steps without improvement.
  const Trajectory path = trajectory(objective("quad_k10"), {0, 0}, {}, 8, sgd(0.1),
                                     schedule_settings({{"type", "ReduceLROnPlateau"}, {"patience", 2}}));
  for (int t = 0; t <= 3; ++t) CHECK(path.lr[t] == 0.1);
  CHECK(path.lr[4] == doctest::Approx(0.01));
}

TEST_CASE("a cycled momentum is shown, and only where the optimizer has one") {
  const Settings cycle = schedule_settings({{"type", "OneCycleLR"}});
  CHECK(trajectory(objective("quad_k10"), {1, 1}, {}, 10, sgd(0.1), cycle).momentum[0] == 0.95);
  CHECK(trajectory(objective("quad_k10"), {1, 1}, {}, 10, optimizer_settings("Adam", json::object()), cycle)
            .momentum[0] == 0.95);
  CHECK(std::isnan(
      trajectory(objective("quad_k10"), {1, 1}, {}, 10, optimizer_settings("Adagrad", json::object()), cycle)
          .momentum[0]));
}

TEST_CASE("outcomes") {
  using Kind = Outcome::Kind;
  SUBCASE("diverged") {
    const Outcome o = end_of("quad_k10", {4, 1.5}, 500, sgd(0.3));
    CHECK(o.kind == Kind::diverged);
    CHECK(o.words() == "diverged at step " + std::to_string(o.step));
  }
  SUBCASE("converged, and since when") {
    const Outcome o = end_of("quad_k10", {4, 1.5}, 300, sgd(0.1));
    CHECK(o.kind == Kind::converged);
    CHECK(o.step > 30);
    CHECK(o.step < 120);
    CHECK(o.words() == "converged at step " + std::to_string(o.step));
    CHECK(end_of("rosenbrock", {-1.2, 1}, 2000, optimizer_settings("Adam", {{"lr", 0.05}})).kind ==
          Kind::converged);
    CHECK(end_of("beale", {1, 1.5}, 2000, optimizer_settings("Adam", {{"lr", 0.05}})).kind ==
          Kind::converged);
    CHECK(end_of("himmelblau", {-0.3, -1}, 300, sgd(0.01)).kind == Kind::converged);
    CHECK(end_of("eggholder", {500, 400}, 500, optimizer_settings("Adam", {{"lr", 1}})).kind ==
          Kind::converged);
  }
  SUBCASE("converging") {
    CHECK(end_of("quad_k10", {4, 1.5}, 30, sgd(0.05)).kind == Kind::converging);
    CHECK(end_of("himmelblau", {-0.3, -1}, 12, sgd(0.01)).kind == Kind::converging);
  }
  SUBCASE("slow") {
    CHECK(end_of("quad_k10", {4, 1.5}, 30, sgd(1e-4)).kind == Kind::slow);
    CHECK(end_of("rosenbrock", {-1.2, 1}, 60, sgd(2e-4)).kind == Kind::slow);
    CHECK(end_of("plateau", {-4.5, 3.5}, 50, sgd(0.01)).kind == Kind::slow);
    CHECK(end_of("quad_k10", {4, 1.5}, 200, sgd(0.1),
                 schedule_settings({{"type", "ExponentialLR"}, {"gamma", 0.5}}))
              .kind == Kind::slow);
  }
  SUBCASE("oscillating") {
    CHECK(end_of("quad_k10", {4, 1.5}, 100, sgd(0.2)).kind == Kind::oscillating);
    CHECK(end_of("ackley", {-2.6, 1.4}, 200, sgd(0.5)).kind == Kind::oscillating);
    CHECK(end_of("quad_k1", {4, 1.5}, 200, optimizer_settings("Lion", {{"lr", 0.3}})).kind ==
          Kind::oscillating);
  }
  SUBCASE("never at rest, though falling now") {
    CHECK(end_of("ravine", surfaces()[find_surface("ravine")].start, 400, sgd(0.21)).words() ==
          "oscillating");
    CHECK(end_of("ravine", surfaces()[find_surface("ravine")].start, 400, sgd(0.19)).words() !=
          "oscillating");
  }
  SUBCASE("under noise the means decide, not one row") {
    const auto noisy = [](const Settings& optimizer, const Settings& schedule, unsigned seed) {
      const Objective o = objective("quad_k10");
      return outcome(o, trajectory(o, {-4, 2}, {1, seed}, 200, optimizer, schedule)).words();
    };
    const Settings cosine = schedule_settings({{"type", "CosineAnnealingLR"}, {"T_max", 200}});
    int shaking = 0, converging = 0;
    for (unsigned seed = 0; seed < 100; ++seed) {
      shaking += noisy(sgd(0.15), constant(), seed) == "shaking";
      const std::string falling = noisy(sgd(0.15), cosine, seed);
      converging += falling == "converging" || falling.starts_with("converged");
      CHECK(noisy(sgd(1e-5), constant(), seed) == "slow");
    }
    CHECK(shaking > 90);
    CHECK(converging > 90);
    ExpressionError error;
    Objective plateau;
    plateau.expression =
        std::make_shared<const Expression>(parse_expression("(x^2 + 2*y^2)/(16 + x^2 + 2*y^2)", error));
    CHECK(outcome(plateau, trajectory(plateau, {-10.4, 8}, {0.05, 1}, 150, sgd(0.5), constant())).words() ==
          "slow");
  }
  SUBCASE("climbing") {
    CHECK(end_of("quad_k10", {4, 1.5}, 60, sgd(0.21)).words() == "climbing");
    CHECK(end_of("quad_k10", {4, 1.5}, 167, sgd(0.01),
                 schedule_settings({{"type", "ExponentialLR"}, {"gamma", 1.03}}))
              .words() == "climbing");
  }
  SUBCASE("a local minimum") {
    const Outcome o = end_of("two_wells", {1.7, 1.2}, 400, sgd(0.02));
    CHECK(o.kind == Kind::local_minimum);
    CHECK(o.words() == "settled in a local minimum");
    CHECK(end_of("rastrigin", {-3.4, 2.7}, 300, sgd(0.002)).kind == Kind::local_minimum);
    CHECK(end_of("three_hump_camel", {-1.9, 1}, 400, sgd(0.02)).kind == Kind::local_minimum);
  }
  SUBCASE("a saddle, a summit") {
    CHECK(end_of("saddle", {1.5, 0}, 300, sgd(0.1)).words() == "stuck at a saddle");
    CHECK(end_of("saddle", {1.5, 0}, 300, sgd(0.1)).kind == Kind::saddle);
    CHECK(end_of("two_wells", {0.07516, 0.5}, 0, sgd(0.1)).kind != Kind::converged);
    ExpressionError error;
    Objective o;
    o.expression = std::make_shared<const Expression>(parse_expression("-x^2 - y^2", error));
    CHECK(outcome(o, trajectory(o, {0, 0}, {}, 20, sgd(0.1), constant())).words() == "stuck on a summit");
  }
  SUBCASE("flat ground") {
    ExpressionError error;
    Objective o;
    o.expression = std::make_shared<const Expression>(parse_expression("0*x", error));
    const Outcome end = outcome(o, trajectory(o, {1, 1}, {}, 20, sgd(0.1), constant()));
    CHECK(end.kind == Kind::slow);
    CHECK(end.words() == "stuck on flat ground");
  }
  SUBCASE("the tip of a cone: no slope there, and no curvature that says so") {
    for (const char* cone : {"(x^2+y^2)^0.5", "sqrt(x^2+y^2)", "abs(x)+abs(y)", "max(abs(x), 2*abs(y))"}) {
      ExpressionError error;
      Objective o;
      o.expression = std::make_shared<const Expression>(parse_expression(cone, error));
      const Outcome end = outcome(o, trajectory(o, {1, 0}, {}, 30, sgd(0.5), constant()));
      CAPTURE(cone);
      CHECK(end.kind == Kind::converged);
      CHECK(end.words() == "settled at step 2");
    }
  }
  SUBCASE("an expression has no known minimum: it settles") {
    ExpressionError error;
    Objective o;
    o.expression = std::make_shared<const Expression>(parse_expression("x^2 + y^2", error));
    const Outcome end = outcome(o, trajectory(o, {1, 1}, {}, 200, sgd(0.1), constant()));
    CHECK(end.kind == Kind::converged);
    CHECK(end.words() == "settled at step " + std::to_string(end.step));
  }
}

TEST_CASE("averages: of ASGD the mean from t0 on, of the schedule-free rules x, of ema what decays") {
  const Objective o = objective("quad_k10");
  const auto run = [&](const Settings& optimizer) {
    return trajectory(o, {4, 1.5}, {0.3, 7}, 40, optimizer, constant());
  };
  CHECK(run(sgd(0.05)).avg_x.empty());
  const Trajectory mean = run(optimizer_settings("ASGD", {{"lr", 0.05}, {"t0", 10}}));
  REQUIRE(mean.avg_x.size() == mean.x.size());
  for (size_t t = 0; t < mean.x.size(); ++t) {
    CAPTURE(t);
    // The point itself up to step t0 + 2, then the mean of all since.
    const size_t first = std::min<size_t>(t, 12);
    double sum = 0;
    for (size_t i = first; i <= t; ++i) sum += mean.x[i];
    CHECK(mean.avg_x[t] == doctest::Approx(sum / static_cast<double>(t - first + 1)).epsilon(1e-12));
  }
  const double lr = 0.05, beta = 0.9;
  const Trajectory free = run(optimizer_settings("ScheduleFreeSGD", {{"lr", lr}, {"momentum", beta}}));
  double z = 4, x = 4;
  for (size_t t = 0; t < free.x.size(); ++t) {
    CAPTURE(t);
    CHECK(free.avg_x[t] == doctest::Approx(x).epsilon(1e-10));
    CHECK(free.x[t] == doctest::Approx((1 - beta) * z + beta * x).epsilon(1e-10));
    z -= lr * free.grad_x[t];
    x += (z - x) / static_cast<double>(t + 1);
  }
  for (const Optimizer& row : optimizers()) {
    if (row.networks_only || row.elsewhere || std::string_view(row.key) == "Custom") continue;
    CAPTURE(row.key);
    Trajectory path = run(optimizer_settings(row.key, {}));
    CHECK(path.avg_x.empty() == (row.average == nullptr));
    keep_ema(path, 0.8);
    double ema = path.y[0];
    for (size_t t = 1; t < path.y.size(); ++t) {
      ema = 0.8 * ema + 0.2 * path.y[t];
      REQUIRE(path.avg_y[t] == doctest::Approx(ema).epsilon(1e-12));
    }
    const Trajectory average = average_of(o, path);
    REQUIRE(average.size() == path.size());
    CHECK(average.loss.back() == o.at(path.avg_x.back(), path.avg_y.back()).f);
  }
}

TEST_CASE("a descent in parts has the rows of the whole one") {
  for (int row = 0; row < static_cast<int>(point_optimizers().size()); ++row)
    for (const double lr : {0.01, 30.0}) {
      Settings settings = default_settings(row, optimizers()[static_cast<std::size_t>(row)].params);
      settings.values[0] = {lr};
      CAPTURE(optimizers()[static_cast<std::size_t>(row)].key);
      const Settings schedule = schedule_settings({{"type", "CosineAnnealingLR"}, {"T_max", 50}});
      const Trajectory whole =
          trajectory(objective("rosenbrock"), {-1.2, 1}, {0.1, 7}, 200, settings, schedule);
      Descent parts(objective("rosenbrock"), {-1.2, 1}, {0.1, 7}, 200, settings, schedule);
      int made = 0;
      for (int next = 1; parts.advance(next); next += 3) {
        made += next;
        const Trajectory rows = parts.rows();
        REQUIRE(rows.size() == made);
        CHECK(std::memcmp(rows.x.data(), whole.x.data(), rows.x.size() * sizeof(double)) == 0);
        CHECK(rows.rate_x.back() != rows.rate_x.back());
      }
      const Trajectory end = parts.take();
      CHECK(end.diverged_at == whole.diverged_at);
      CHECK(same_bits(end.x, whole.x));
      CHECK(same_bits(end.loss, whole.loss));
      CHECK(same_bits(end.rate_y, whole.rate_y));
      CHECK(same_bits(end.momentum, whole.momentum));
    }
}
