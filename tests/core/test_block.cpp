// Blocks of runs in single precision against the shown trajectory, lane by lane.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/fits/fit.h"
#include "core/many_runs.h"
#include "core/math/random.h"
#include "core/math/wide.h"
#include "support/spec_json.h"

using namespace stride;
using namespace stride::test;
using nlohmann::json;

namespace {

/// Lanes spread around the surface's start, with rates around the surface's.
ManyRuns request(int surface, const Settings& optimizer, const Settings& schedule, int lanes, int steps) {
  ManyRuns r;
  r.objective.surface = surface;
  r.optimizer = optimizer;
  r.schedule = schedule;
  r.steps = steps;
  const Surface& s = surfaces()[surface];
  const double width = s.domain.xmax - s.domain.xmin, height = s.domain.ymax - s.domain.ymin;
  for (unsigned l = 0; l < static_cast<unsigned>(lanes); ++l) {
    r.x.push_back(static_cast<float>(s.start.x + 0.1 * width * (uniform(3, l, 0) - 0.5)));
    r.y.push_back(static_cast<float>(s.start.y + 0.1 * height * (uniform(3, l, 1) - 0.5)));
    r.lr.push_back(static_cast<float>(s.lr * (0.3 + uniform(3, l, 2))));
  }
  return r;
}

Trajectory lane_path(const ManyRuns& r, std::size_t lane, double nudge = 0) {
  Settings optimizer = r.optimizer, schedule = r.schedule;
  optimizer.values[0] = {static_cast<double>(r.lr[lane])};
  if (schedules()[schedule.row].sets_rate) {
    const auto& params = schedules()[schedule.row].params;
    double& top = schedule.values[find_param(params, "max_lr")][0];
    if (const int low = find_param(params, "base_lr"); low >= 0) schedule.values[low][0] *= r.lr[lane] / top;
    top = r.lr[lane];
  }
  const Point start{r.x[lane] * (1 + nudge), r.y[lane] * (1 - nudge)};
  return trajectory(r.objective, start, r.noise, r.steps, optimizer, schedule);
}

/// Every lane ends where its trajectory ends, within what a change of the start by some last places of a
/// float does.
void compare_lanes(const ManyRuns& r) {
  const ManyEnds got = run_many(r);
  int same_end = 0;
  for (std::size_t l = 0; l < r.x.size(); ++l) {
    CAPTURE(l);
    const Trajectory path = lane_path(r, l), up = lane_path(r, l, 1e-6), down = lane_path(r, l, -1e-6);
    same_end += got.diverged_at[l] == path.diverged_at;
    if (path.diverged_at >= 0 || got.diverged_at[l] >= 0 || up.diverged_at >= 0 || down.diverged_at >= 0)
      continue;
    const double spread_x = std::fabs(up.x.back() - path.x.back()) + std::fabs(down.x.back() - path.x.back());
    const double spread_y = std::fabs(up.y.back() - path.y.back()) + std::fabs(down.y.back() - path.y.back());
    CHECK(std::fabs(got.x[l] - path.x.back()) <= 1e-4 * (1 + std::fabs(path.x.back())) + 30 * spread_x);
    CHECK(std::fabs(got.y[l] - path.y.back()) <= 1e-4 * (1 + std::fabs(path.y.back())) + 30 * spread_y);
    const double low = *std::min_element(path.loss.begin(), path.loss.end());
    CHECK(got.min_loss[l] <= path.loss[0] * (1 + 1e-5) + 1e-4 + 1e-5 * std::fabs(low));
    CHECK(got.min_loss[l] <= got.loss[l]);
  }
  CHECK(same_end >= static_cast<int>(r.x.size()) - 1);
}

bool same_bits(const std::vector<float>& a, std::size_t at, const std::vector<float>& b) {
  return std::memcmp(a.data() + at, b.data(), b.size() * sizeof(float)) == 0;
}

Settings nested(const char* type, const json& inner, const json& milestones = {}) {
  json j = {{"type", type}, {"schedulers", inner}};
  if (!milestones.is_null()) j["milestones"] = milestones;
  return schedule_settings(j);
}

}  // namespace

TEST_CASE("every optimizer on every surface, float lanes beside the double path") {
  for (int surface = 0; surface < static_cast<int>(surfaces().size()); ++surface)
    for (int row = 0; row < static_cast<int>(point_optimizers().size()); ++row) {
      CAPTURE(surfaces()[surface].key);
      CAPTURE(optimizers()[row].key);
      compare_lanes(request(surface, default_settings(row, optimizers()[row].params), constant(), 9, 8));
    }
}

TEST_CASE("every schedule gives each lane the rate that its own run would have") {
  const json plateau = {{"type", "ReduceLROnPlateau"}, {"patience", 1}, {"factor", 0.5}, {"threshold", 0.05}};
  const json cosine = {{"type", "CosineAnnealingLR"}, {"T_max", 20}, {"eta_min", 0.001}};
  const json warm = {{"type", "LinearLR"}, {"total_iters", 8}};
  std::vector<Settings> all;
  for (int row = 0; row < static_cast<int>(schedules().size()); ++row) {
    const Schedule& s = schedules()[row];
    if (find_param(s.params, "schedulers") < 0) all.push_back(default_settings(row, s.params));
  }
  all.push_back(schedule_settings(plateau));
  all.push_back(schedule_settings(cosine));
  all.push_back(schedule_settings({{"type", "CyclicLR"},
                                   {"base_lr", 0.01},
                                   {"max_lr", 0.1},
                                   {"step_size_up", 7},
                                   {"base_momentum", 0.5}}));
  all.push_back(nested("SequentialLR", {warm, cosine}, {8}));
  all.push_back(nested("SequentialLR", {warm, plateau}, {8}));
  all.push_back(nested("SequentialLR", {warm, {{"type", "OneCycleLR"}, {"max_lr", 0.02}}}, {8}));
  all.push_back(nested("ChainedScheduler", {warm, cosine}));
  all.push_back(nested("ChainedScheduler", {plateau, cosine}));
  all.push_back(
      nested("SequentialLR", {warm, {{"type", "ChainedScheduler"}, {"schedulers", {warm, cosine}}}}, {8}));
  for (const char* type : {"SGD", "Adam"})
    for (const Settings& schedule : all) {
      CAPTURE(type);
      CAPTURE(schedules()[schedule.row].key);
      const Settings optimizer = optimizer_settings(type, json::object());
      compare_lanes(request(find_surface("quad_k10"), optimizer, schedule, 17, 40));
    }
}

TEST_CASE("a lane's result does not depend on its neighbours") {
  for (const char* type : {"Adam", "Prodigy", "ScheduleFreeAdamW", "ASGD"}) {
    CAPTURE(type);
    ManyRuns whole =
        request(find_surface("mountains"), optimizer_settings(type, json::object()), constant(), 1100, 60);
    whole.tolerance = 0.1;
    const ManyEnds all = run_many(whole);
    for (const auto& [first, count] :
         std::vector<std::pair<int, int>>{{0, 1}, {3, 7}, {500, 30}, {1099, 1}, {200, 513}}) {
      ManyRuns part = whole;
      part.x.assign(whole.x.begin() + first, whole.x.begin() + first + count);
      part.y.assign(whole.y.begin() + first, whole.y.begin() + first + count);
      part.lr.assign(whole.lr.begin() + first, whole.lr.begin() + first + count);
      const ManyEnds some = run_many(part);
      const auto at = static_cast<std::size_t>(first);
      CHECK(same_bits(all.x, at, some.x));
      CHECK(same_bits(all.y, at, some.y));
      CHECK(same_bits(all.loss, at, some.loss));
      CHECK(same_bits(all.min_loss, at, some.min_loss));
      for (std::size_t l = 0; l < some.x.size(); ++l)
        CHECK(all.steps_to_tolerance[at + l] == some.steps_to_tolerance[l]);
    }
  }
}

TEST_CASE("noise belongs to the lane and the step") {
  ManyRuns whole =
      request(find_surface("quad_k10"), optimizer_settings("SGD", {{"lr", 0.1}}), constant(), 40, 30);
  const ManyEnds quiet = run_many(whole);
  whole.noise = {0.5, 7};
  const ManyEnds all = run_many(whole);
  ManyRuns part = whole;
  part.noise.seed += 10;
  for (auto* v : {&part.x, &part.y, &part.lr}) v->erase(v->begin(), v->begin() + 10);
  const ManyEnds some = run_many(part);
  CHECK(same_bits(all.x, 10, some.x));
  CHECK(all.x[0] != quiet.x[0]);
  // At the rate lr noise sigma leaves plain descent in x with a variance of lr sigma^2 / (2 - lr).
  ManyRuns many = request(find_surface("quad_k10"), whole.optimizer, constant(), 4000, 200);
  std::fill(many.lr.begin(), many.lr.end(), 0.1f);
  many.noise = {0.5, 1};
  const ManyEnds spread = run_many(many);
  double mean = 0, square = 0;
  for (float x : spread.x) mean += x / 4000.0, square += static_cast<double>(x) * x / 4000;
  CHECK(std::fabs(mean) < 0.01);
  CHECK(square == doctest::Approx(0.1 * 0.25 / 1.9).epsilon(0.1));
}

TEST_CASE("divergence is recorded where the trajectory ends, and nothing is NaN") {
  ManyRuns r =
      request(find_surface("rosenbrock"), optimizer_settings("SGD", json::object()), constant(), 64, 200);
  for (std::size_t l = 0; l < 64; ++l)
    r.lr[l] = static_cast<float>(std::pow(10.0, -4 + static_cast<double>(l) / 16));
  const ManyEnds got = run_many(r);
  int diverged = 0;
  for (std::size_t l = 0; l < 64; ++l) {
    CAPTURE(l);
    const Trajectory path = lane_path(r, l);
    CHECK(std::abs(got.diverged_at[l] - path.diverged_at) <= 1);
    diverged += got.diverged_at[l] >= 0;
    for (const auto* v : {&got.x, &got.y, &got.loss, &got.min_loss}) CHECK_FALSE(std::isnan((*v)[l]));
  }
  CHECK(diverged > 10);
  CHECK(diverged < 60);
}

TEST_CASE("steps to a tolerance") {
  ManyRuns r =
      request(find_surface("quad_k10"), optimizer_settings("SGD", json::object()), constant(), 30, 100);
  r.tolerance = 0.01;
  const ManyEnds got = run_many(r);
  int reached = 0;
  for (std::size_t l = 0; l < 30; ++l) {
    const Trajectory path = lane_path(r, l);
    const auto at = std::find_if(path.loss.begin(), path.loss.end(), [](double v) { return v <= 0.01; });
    const int expected = at == path.loss.end() ? -1 : static_cast<int>(at - path.loss.begin());
    CHECK(std::abs(got.steps_to_tolerance[l] - expected) <= 1);
    reached += expected > 0;
  }
  CHECK(reached > 5);
}

TEST_CASE("the learner's expression runs in blocks as well") {
  ExpressionError error;
  ManyRuns r =
      request(find_surface("quad_k10"), optimizer_settings("Adam", json::object()), constant(), 5, 30);
  r.objective.expression = std::make_shared<const Expression>(parse_expression("x^2 + sin(3*y)", error));
  REQUIRE(error.column == 0);
  compare_lanes(r);
}

TEST_CASE("the bare kernel's checksum is that of its runs") {
  const double a = bench_many(objective("rosenbrock"), optimizer_settings("Adam", {{"lr", 0.01}}), 600, 20);
  CHECK(a == bench_many(objective("rosenbrock"), optimizer_settings("Adam", {{"lr", 0.01}}), 600, 20));
  CHECK(std::fabs(a / 600 - (-1.2 + 1)) < 0.6);
}

TEST_CASE(
    "the widest vectors have the bits of the narrow ones: every rule, every surface, each kind of "
    "objective") {
  const auto same = [](const ManyRuns& r) {
    math::use_vectors(16);
    const ManyEnds narrow = run_many(r);
    for (const int bytes : {32, 64}) {
      math::use_vectors(bytes);
      CAPTURE(math::vector_bytes());
      const ManyEnds wide = run_many(r);
      const auto equal = [](const auto& a, const auto& b) {
        return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof a[0]) == 0;
      };
      CHECK(equal(narrow.x, wide.x));
      CHECK(equal(narrow.y, wide.y));
      CHECK(equal(narrow.loss, wide.loss));
      CHECK(equal(narrow.min_loss, wide.min_loss));
      CHECK(narrow.diverged_at == wide.diverged_at);
      CHECK(narrow.steps_to_tolerance == wide.steps_to_tolerance);
      CHECK(narrow.arrived_at == wide.arrived_at);
    }
    math::use_vectors(64);
  };
  constexpr int lanes = 37;  // no multiple of any width
  const auto asked = [&](int surface, int optimizer) {
    ManyRuns r =
        request(surface, default_settings(optimizer, optimizers()[optimizer].params), constant(), lanes, 60);
    r.tolerance = 0.5;
    r.watch_arrival = true;
    r.reach = 0.1f;
    return r;
  };
  for (int o = 0; o < static_cast<int>(point_optimizers().size()); ++o) {
    CAPTURE(optimizers()[o].key);
    same(asked(find_surface("rosenbrock"), o));
    ManyRuns noisy = asked(find_surface("ackley"), o);
    noisy.noise = {0.3, 5};
    same(noisy);
  }
  const int adam = find_optimizer("Adam");
  for (int s = 0; s < static_cast<int>(surfaces().size()); ++s) {
    CAPTURE(surfaces()[s].key);
    same(asked(s, adam));
  }
  ExpressionError error;
  ManyRuns own = asked(0, adam);
  own.objective.expression = std::make_shared<Expression>(parse_expression(
      "sin(x)*cos(y) + tanh(x*y) + exp(-x^2) + log(2+y^2) + sqrt(1+abs(x)) + max(x,y)^3 + min(x,y)^1.5",
      error));
  same(own);
  for (const FitModel model : {FitModel::line, FitModel::sigmoid}) {
    FitProblem problem;
    problem.model = model;
    ManyRuns fit = asked(0, adam);
    fit.objective.fit = make_fit(problem);
    same(fit);
  }
}
