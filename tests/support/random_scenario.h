// Random scenarios made from the tables: whatever parameters a row has, some of them off their defaults.
#pragma once

#include <algorithm>
#include <cmath>

#include "core/math/random.h"
#include "scenario/scenario.h"

namespace stride::testing {

class Dice {
 public:
  explicit Dice(unsigned seed) : seed_(seed) {}
  double real(double low, double high) { return low + (high - low) * uniform(seed_, count_++); }
  int whole(int low, int high) { return low + static_cast<int>(real(0, 1) * (high - low + 1)); }
  bool chance(double p) { return real(0, 1) < p; }

 private:
  unsigned seed_, count_ = 0;
};

/// A number within the parameter's range: now and then the bound itself, a huge or a tiny one.
inline double number_within(const Param& p, Dice& dice) {
  const double low = std::isfinite(p.min) ? p.min : -1e6, high = std::isfinite(p.max) ? p.max : 1e6;
  if (!p.open_min && std::isfinite(p.min) && dice.chance(0.1)) return p.min;
  if (!p.open_max && std::isfinite(p.max) && dice.chance(0.1)) return p.max;
  const double value =
      dice.chance(0.2) ? low + std::pow(10, dice.real(-12, 3)) : dice.real(p.slider_min, p.slider_max);
  const bool good = (p.open_min ? value > low : value >= low) && (p.open_max ? value < high : value <= high);
  return good ? value : dice.real(low, high) * 0.5 + (low + high) * 0.25;
}

inline std::vector<double> value_within(const Param& p, Dice& dice) {
  using Kind = Param::Kind;
  if (p.fallback.empty() && dice.chance(0.3)) return {};
  switch (p.kind) {
    case Kind::number:
      return {number_within(p, dice)};
    case Kind::integer: {
      const double least = std::isfinite(p.min) ? p.min : -1000, most = std::isfinite(p.max) ? p.max : 1000;
      return {std::clamp(std::floor(number_within(p, dice)), least, most)};
    }
    case Kind::toggle:
      return {dice.chance(0.5) ? 1.0 : 0.0};
    case Kind::choice:
      return {double(dice.whole(0, static_cast<int>(p.choices.size()) - 1))};
    case Kind::pair:
      return {number_within(p, dice), number_within(p, dice)};
    case Kind::integers: {
      std::vector<double> list;
      for (int i = dice.whole(1, 6); i > 0; --i) list.push_back(dice.whole(0, 500));
      std::sort(list.begin(), list.end());
      return list;
    }
    case Kind::points: {
      std::vector<double> list;
      double step = dice.chance(0.5) ? 0 : dice.whole(0, 30);
      for (int i = dice.whole(1, 6); i > 0; --i, step += dice.whole(1, 40))
        list.insert(list.end(), {step, number_within(p, dice)});
      return list;
    }
    case Kind::schedules:
    case Kind::rule:
      break;
  }
  return {};
}

inline std::string random_rule(Dice& dice) {
  const char* const rules[] = {"p = p - lr*sign(g)", "v = 0.9*v + 0.1*g^2\np = p - lr*g/(√v + 1e-8)",
                               "g=max(-1,min(g,1))\n p = p − lr·g",
                               "old = new\nnew = g\np = p - lr*(2new - old)"};
  return rules[dice.whole(0, 3)];
}

inline Settings random_settings(int row, std::span<const Param> params, Dice& dice) {
  Settings settings = default_settings(row, params);
  for (size_t i = 0; i < params.size(); ++i) {
    if (params[i].kind == Param::Kind::schedules || !dice.chance(0.6)) continue;
    if (params[i].kind == Param::Kind::rule)
      settings.formula = random_rule(dice);
    else
      settings.values[i] = value_within(params[i], dice);
  }
  return settings;
}

inline Settings random_optimizer(Dice& dice) {
  const int row = dice.whole(0, static_cast<int>(point_optimizers().size()) - 1);
  const auto& params = optimizers()[row].params;
  Settings settings = random_settings(row, params, dice);
  if (const int i = find_param(params, "etas"); i >= 0)
    settings.values[i] = {dice.real(0.1, 0.99), dice.real(1.01, 3)};
  if (const int i = find_param(params, "step_sizes"); i >= 0)
    std::sort(settings.values[i].begin(), settings.values[i].end());
  if (const int i = find_param(params, "nesterov"); i >= 0 && settings.toggle(i)) {
    settings.values[find_param(params, "momentum")] = {dice.real(0.01, 0.99)};
    settings.values[find_param(params, "dampening")] = {0};
  }
  return settings;
}

inline Settings random_schedule(Dice& dice, int depth = 0) {
  const int row = dice.whole(0, static_cast<int>(schedules().size()) - 1);
  const auto& params = schedules()[row].params;
  Settings settings = random_settings(row, params, dice);
  if (find_param(params, "schedulers") < 0) return settings;
  if (depth < 4)
    for (int i = dice.whole(0, 3); i > 0; --i) settings.nested.push_back(random_schedule(dice, depth + 1));
  if (const int i = find_param(params, "milestones"); i >= 0) {
    settings.values[i].clear();
    for (size_t k = 1; k < settings.nested.size(); ++k) settings.values[i].push_back(30.0 * double(k));
  }
  return settings;
}

inline Point random_point(Dice& dice) {
  return {dice.real(-5, 5), dice.chance(0.2) ? -0.0 : dice.real(-1e6, 1e6)};
}

inline unsigned random_seed(Dice& dice) {
  return dice.chance(0.1) ? 4294967295u : unsigned(dice.whole(0, 1 << 30));
}

inline SurfaceProblem random_surface(Dice& dice) {
  const char* const expressions[] = {"x^2 + 10*y^2", "sin(x)*y - min(x, 2)", "-x^2"};
  SurfaceProblem p = surface_of(default_scenario());
  if (dice.chance(0.3))
    p.expression = expressions[dice.whole(0, 2)];
  else
    p.surface = dice.whole(0, static_cast<int>(surfaces().size()) - 1);
  if (dice.chance(0.3))
    p.domain = Domain{dice.real(-9, -1), dice.real(0, 9), dice.real(-1e6, 0), dice.real(1, 2)};
  if (dice.chance(0.5)) p.start = random_point(dice);
  if (dice.chance(0.3)) p.noise.sigma = dice.real(0, 3);
  if (dice.chance(0.3)) p.noise.seed = random_seed(dice);
  return p;
}

inline DataSettings random_data(Dice& dice) {
  DataSettings d;
  if (dice.chance(0.3)) {
    d.row = -1;
    for (int i = dice.whole(2, 9); i > 0; --i)  // the last two are of both labels
      d.points.insert(d.points.end(),
                      {dice.real(-3, 3), dice.real(-3, 3), double(i > 2 ? dice.whole(0, 1) : i - 1)});
    return d;
  }
  do d.row = dice.whole(0, static_cast<int>(datasets().size()) - 1);
  while (!datasets()[d.row].generated);
  if (dice.chance(0.5)) d.samples = dice.whole(2, 300);
  if (dice.chance(0.5)) d.noise = dice.real(0, 2);
  if (dice.chance(0.5)) d.seed = random_seed(dice);
  return d;
}

inline NetworkProblem random_network(Dice& dice) {
  NetworkProblem n;
  n.layers = {2};
  for (int i = dice.whole(0, 3); i > 0; --i) n.layers.push_back(dice.whole(1, 9));
  n.layers.push_back(1);
  n.activation = static_cast<Activation>(dice.whole(0, 2));
  n.data = random_data(dice);
  n.init = static_cast<Init>(dice.whole(0, 3));
  if (n.init == Init::weights)
    for (int i = weight_count(n.layers); i > 0; --i) n.weights.push_back(dice.real(-2, 2));
  else if (dice.chance(0.5))
    n.init_seed = random_seed(dice);
  const int samples = n.data.row < 0 ? static_cast<int>(n.data.points.size() / 3) : n.data.samples;
  if (dice.chance(0.3)) {
    for (int b = dice.whole(1, 4); b > 0; --b) n.batches.push_back({dice.whole(0, samples - 1), 0});
    return n;
  }
  n.batch_size = dice.whole(0, samples);
  if (dice.chance(0.5)) n.seed = random_seed(dice);
  return n;
}

inline View random_view(Dice& dice) {
  View v;
  if (dice.chance(0.5)) return v;
  v.yaw = dice.real(-10, 10);
  v.pitch = dice.real(-1.5, 1.5);
  v.zoom = std::pow(10, dice.real(-2, 2));
  v.pan_x = dice.real(-3, 3);
  v.flat = dice.chance(0.5);
  v.cursor = dice.whole(-1, 100);
  v.theme = dice.chance(0.5) ? "dark" : "light";
  v.hidden = unsigned(dice.whole(0, 255));
  return v;
}

inline Scenario random_scenario(unsigned seed) {
  Dice dice(seed);
  Scenario s = default_scenario();
  if (dice.chance(0.3))
    s.problem = random_network(dice);
  else
    s.problem = random_surface(dice);
  if (dice.chance(0.7)) s.steps = dice.whole(1, 300);
  s.runs.clear();
  for (int r = dice.whole(1, max_runs); r > 0; --r) {
    Run run;
    if (dice.chance(0.3)) run.name = "Läufer \"" + std::to_string(r) + "\" \\ π";
    if (is_surface(s) && dice.chance(0.3)) run.start = random_point(dice);
    run.optimizer = random_optimizer(dice);
    run.schedule = random_schedule(dice);
    s.runs.push_back(run);
  }
  if (dice.chance(0.1)) s.runs = default_runs(s);
  s.view = random_view(dice);
  return s;
}

}  // namespace stride::testing
