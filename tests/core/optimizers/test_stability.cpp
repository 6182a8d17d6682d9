// The limit of stability parts the rates at which descent shrinks on a parabola from those at which it grows.
#include <doctest/doctest.h>

#include <cmath>

#include "core/stability.h"
#include "core/trajectory.h"

using namespace stride;

namespace {

Settings sgd(double momentum, double dampening, double weight_decay, bool nesterov) {
  const int row = find_optimizer("SGD");
  const auto& params = optimizers()[static_cast<std::size_t>(row)].params;
  Settings settings = default_settings(row, params);
  const auto set = [&](const char* key, double value) {
    settings.values[static_cast<std::size_t>(find_param(params, key))] = {value};
  };
  set("momentum", momentum);
  set("dampening", dampening);
  set("weight_decay", weight_decay);
  set("nesterov", nesterov ? 1 : 0);
  return settings;
}

/// (x^2 + 10 y^2)/2, whose largest curvature is 10, from (1, 1).
Trajectory descent(Settings optimizer, double rate) {
  Objective objective;
  objective.surface = find_surface("quad_k10");
  optimizer.values[0] = {rate};
  return trajectory(objective, {1, 1}, {}, 20000, optimizer, default_settings(find_schedule("constant"), {}));
}

}  // namespace

TEST_CASE("stability: a rate below the limit converges, one above it diverges") {
  for (double momentum : {0.0, 0.3, 0.9, 0.99})
    for (double dampening : {0.0, 0.4, 0.9})
      for (double weight_decay : {0.0, 0.5})
        for (bool nesterov : {false, true}) {
          if (nesterov && (dampening != 0 || momentum == 0)) continue;  // PyTorch refuses these
          const Settings optimizer = sgd(momentum, dampening, weight_decay, nesterov);
          const StabilityRule found = stability_rule(optimizer);
          REQUIRE(found.exists);
          const double limit = stability_limit(found.rule, 10);
          CAPTURE(momentum);
          CAPTURE(dampening);
          CAPTURE(weight_decay);
          CAPTURE(nesterov);
          CAPTURE(limit);
          const Trajectory below = descent(optimizer, 0.99 * limit), above = descent(optimizer, 1.01 * limit);
          CHECK(below.diverged_at == -1);
          CHECK(below.loss.back() < 1e-12);
          CHECK(above.diverged_at > 0);
        }
}

TEST_CASE("stability: the limit in numbers, and where there is none") {
  const auto limit = [](const Settings& s, double lambda) {
    return stability_limit(stability_rule(s).rule, lambda);
  };
  CHECK(limit(sgd(0, 0, 0, false), 2) == 1);
  CHECK(limit(sgd(0, 0.5, 0, false), 2) == 1);  // nothing is damped without momentum
  CHECK(limit(sgd(0.5, 0, 0, false), 2) == 1.5);
  CHECK(limit(sgd(0.5, 0.5, 0, false), 2) == 3);
  CHECK(limit(sgd(0.5, 0, 0, true), 2) == 0.75);
  CHECK(limit(sgd(0, 0, 2, false), 2) == 0.5);
  CHECK(limit(sgd(0, 0, 0, false), -1) == no_limit);
  CHECK(limit(sgd(0, 0, 0, false), none) == no_limit);
  CHECK(limit(sgd(0.5, 1, 0, false), 2) == no_limit);
  CHECK(limit(sgd(1.5, 0, 0, false), 2) == 0);
  CHECK(stability_rule(sgd(0.9, 0, 0, false), 0.5).rule.momentum == 0.5);  // where a schedule moves it
  for (const Optimizer& o : point_optimizers())
    CHECK(stability_rule(default_settings(find_optimizer(o.key), o.params)).exists ==
          (std::string(o.key) == "SGD"));
}

TEST_CASE("stability: the formula names what counts") {
  const auto formula = [](const Settings& s) { return stability_formula(stability_rule(s).rule); };
  CHECK(formula(sgd(0, 0, 0, false)) == "2/λ");
  CHECK(formula(sgd(0, 0.5, 0, false)) == "2/λ");
  CHECK(formula(sgd(0, 0, 0.1, false)) == "2/(λ+w)");
  CHECK(formula(sgd(0.9, 0, 0, false)) == "2(1+μ)/λ");
  CHECK(formula(sgd(0.9, 0, 0, true)) == "2(1+μ)/((1+2μ)λ)");
  CHECK(formula(sgd(0.9, 0.1, 0.1, false)) == "2(1+μ)/((1−d)(λ+w))");
}
