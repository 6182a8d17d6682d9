// What the tests of the studies share: problems, and the runs that a study's rows are held to.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/studies/study.h"
#include "support/spec_json.h"

namespace stride::test {

inline StudyProblem problem_on(const char* surface, const Settings& optimizer,
                               const Settings& schedule = constant(), int steps = 100) {
  const int row = find_surface(surface);
  REQUIRE(row >= 0);
  const Surface& s = surfaces()[row];
  return {{row, nullptr}, s.domain, s.start, {}, steps, optimizer, schedule, s.minima};
}

inline Objective expression(const char* text) {
  ExpressionError error;
  Objective o{0, std::make_shared<const Expression>(parse_expression(text, error))};
  REQUIRE(error.column == 0);
  return o;
}

inline Settings study_settings(const char* key, const std::vector<std::pair<const char*, double>>& values) {
  const int row = find_study(key);
  REQUIRE(row >= 0);
  Settings settings = default_settings(row, studies()[row].params);
  for (const auto& [name, value] : values) {
    const int i = find_param(studies()[row].params, name);
    REQUIRE(i >= 0);
    settings.values[i] = {value};
  }
  return settings;
}

inline Trajectory path_of(const StudyProblem& p) {
  return trajectory(p.objective, p.start, p.noise, p.steps, p.optimizer, p.schedule);
}

inline StudyProblem at_rate(StudyProblem p, double lr) {
  set_axis_value(p, map_axes(p)[0], lr);
  return p;
}

inline double side_of(const Domain& d) {
  return std::max(d.xmax - d.xmin, d.ymax - d.ymin);
}

inline float basin_of(const StudyProblem& p, const Trajectory& t, double share = basin_radius) {
  if (t.diverged_at >= 0) return basin_diverged;
  double nearest = share * side_of(p.domain);
  float basin = basin_none;
  for (std::size_t i = 0; i < p.minima.size(); ++i) {
    const double d = std::hypot(p.minima[i].x - t.x.back(), p.minima[i].y - t.y.back());
    if (d <= nearest) nearest = d, basin = static_cast<float>(i);
  }
  return basin;
}

/// The first step with at most this loss; +infinity: never.
inline double steps_until(const Trajectory& t, double loss) {
  const auto at = std::find_if(t.loss.begin(), t.loss.end(), [&](double v) { return v <= loss; });
  return at == t.loss.end() ? no_limit : static_cast<double>(at - t.loss.begin());
}

/// Whether runs whose start, rate or gradients are a hair apart end apart: no float can be held to what such
/// a run does.
inline bool is_sensitive(const StudyProblem& p, const Trajectory& path) {
  const MapAxis rate = map_axes(p)[0];
  for (const double by : {-3e-5, -1e-5, 2e-6, 1e-5, 3e-5})
    for (int what = 0; what < 3; ++what) {
      StudyProblem other = p;
      if (what == 0) other.start = {p.start.x * (1 + by), p.start.y * (1 - by)};
      if (what == 1) set_axis_value(other, rate, axis_value(p, rate) * (1 + by));
      if (what == 2) other.noise.sigma += std::fabs(by);
      const Trajectory t = path_of(other);
      const double apart = std::fabs(t.loss.back() - path.loss.back());
      if (t.diverged_at != path.diverged_at || apart > 1e-3 * (1e-3 + std::fabs(path.loss.back())))
        return true;
    }
  return false;
}

inline void check_loss(float got, const Trajectory& path) {
  if (path.diverged_at >= 0)
    CHECK(std::isinf(got));
  else
    CHECK(std::fabs(static_cast<double>(got) - path.loss.back()) <=
          2e-3 * (1e-3 + std::fabs(path.loss.back())));
}

inline bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

}  // namespace stride::test
