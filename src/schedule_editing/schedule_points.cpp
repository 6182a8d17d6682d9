// Drawn curves: points added and taken away, a whole curve drawn by hand, and any schedule's curve as points.
#include <algorithm>
#include <cmath>
#include <map>

#include "core/math/digits.h"
#include "schedule_editing/schedule_curve.h"

namespace stride::schedule_editing {

namespace {

int points_row() {
  static const int row = find_schedule("Points");
  return row;
}

std::vector<double>& points_of(Run& run) {
  return run.schedule.values[0];
}
const std::vector<double>& points_of(const Run& run) {
  return run.schedule.values[0];
}

/// Of the step and rate pairs those that say the same, as factors of the run's rate, with `tolerance` a share
/// of the highest.
std::vector<double> as_points(const std::vector<double>& curve, double lr, double tolerance, int most) {
  double peak = 0;
  for (size_t i = 1; i < curve.size(); i += 2) peak = std::max(peak, curve[i]);
  std::vector<double> points;
  for (int i : simplify(curve, tolerance * peak, most)) {
    points.push_back(curve[static_cast<size_t>(2 * i)]);
    points.push_back(std::clamp(to_digits(curve[static_cast<size_t>(2 * i + 1)] / lr, 3), 0.0, 1e6));
  }
  return points;
}

int grid_of(const Course& course) {
  return std::max(1, static_cast<int>(std::lround(course.steps / 40.0)));
}

}  // namespace

std::vector<int> simplify(std::span<const double> points, double tolerance, int most) {
  const int count = static_cast<int>(points.size() / 2);
  const auto x = [&](int i) { return points[static_cast<size_t>(2 * i)]; };
  const auto y = [&](int i) { return points[static_cast<size_t>(2 * i + 1)]; };
  std::vector<int> kept;
  if (count > 0) kept.push_back(0);
  if (count > 1) kept.push_back(count - 1);
  while (static_cast<int>(kept.size()) < std::min(most, count)) {
    double worst = tolerance;
    int found = -1;
    for (size_t k = 0; k + 1 < kept.size(); ++k)
      for (int i = kept[k] + 1; i < kept[k + 1]; ++i) {
        const double u = (x(i) - x(kept[k])) / (x(kept[k + 1]) - x(kept[k]));
        const double off = std::fabs(y(i) - (y(kept[k]) + u * (y(kept[k + 1]) - y(kept[k]))));
        if (off > worst) worst = off, found = i;
      }
    if (found < 0) break;
    kept.insert(std::upper_bound(kept.begin(), kept.end(), found), found);
  }
  return kept;
}

bool is_drawn(const Run& run) {
  return run.schedule.row == points_row();
}

Run as_drawn(const Run& run, const Course& course, int count) {
  const std::vector<int> at = sampled_steps(course.steps);
  const std::vector<double> rates = rates_at(run, course, at);
  std::vector<double> curve;
  double peak = 0;
  for (size_t i = 0; i < at.size(); ++i) {
    if (!std::isfinite(rates[i])) continue;
    curve.push_back(at[i]);
    curve.push_back(rates[i]);
    peak = std::max(peak, rates[i]);
  }
  Run next = run;
  next.schedule = default_settings(points_row(), schedules()[static_cast<size_t>(points_row())].params);
  // Factors are of the optimizer's rate; where the schedule didn't use it, the highest rate is as good.
  double lr = run.optimizer.number(0);
  if (schedules()[static_cast<size_t>(run.schedule.row)].sets_rate || !(lr > 0)) lr = peak > 0 ? peak : 1;
  next.optimizer.values[0] = {lr};
  if (!curve.empty()) points_of(next) = as_points(curve, lr, 0.004, count);
  return next;
}

Run with_point(const Run& run, int step, const Course& course, int& index) {
  Run next = run;
  std::vector<double>& p = points_of(next);
  size_t i = 0;
  while (i < p.size() && p[i] < step) i += 2;
  index = static_cast<int>(i / 2);
  if (i < p.size() && p[i] == step) return next;
  if (p.size() / 2 >= most_points) {
    index = -1;
    return next;
  }
  const double lr = run.optimizer.number(0);
  const double factor = lr > 0 ? to_digits(rate_at(run, course, step) / lr, 3) : 1;
  p.insert(p.begin() + static_cast<std::ptrdiff_t>(i), {static_cast<double>(step), factor});
  return next;
}

Run without_point(const Run& run, int index) {
  Run next = run;
  std::vector<double>& p = points_of(next);
  const auto at = static_cast<std::ptrdiff_t>(2 * index);
  if (p.size() > 2 && index >= 0 && static_cast<size_t>(at) + 1 < p.size())
    p.erase(p.begin() + at, p.begin() + at + 2);
  return next;
}

Stroke begin_stroke(const Run& run, const Course& course) {
  Stroke s{run, {}, -1, 0};
  s.rates.assign(static_cast<size_t>(course.steps / grid_of(course) + 2), none);
  return s;
}

void draw_to(Stroke& s, double step, double rate, const Course& course) {
  const int grid = grid_of(course), last = static_cast<int>(s.rates.size()) - 1;
  step = std::clamp(step, 0.0, static_cast<double>(course.steps));
  rate = std::max(rate, 0.0);
  // The last place is the last step, however the grid divides the course.
  const auto step_of = [&](int i) { return std::min(i * grid, course.steps); };
  const auto place_of = [&](double at) {
    return at >= course.steps ? last : std::min(static_cast<int>(std::lround(at / grid)), last - 1);
  };
  const double from = s.last_step < 0 ? step : s.last_step, from_rate = s.last_step < 0 ? rate : s.last_rate;
  const int a = std::min(place_of(from), place_of(step)), b = std::max(place_of(from), place_of(step));
  for (int i = a; i <= b; ++i) {
    const double u = step == from ? 1 : std::clamp((step_of(i) - from) / (step - from), 0.0, 1.0);
    s.rates[static_cast<size_t>(i)] = from_rate + u * (rate - from_rate);
  }
  s.last_step = step;
  s.last_rate = rate;
}

Run drawn(const Stroke& s, const Course& course, bool finished) {
  const int grid = grid_of(course), count = static_cast<int>(s.rates.size());
  const auto step_of = [&](int i) { return std::min(i * grid, course.steps); };
  const auto touched = [&](int i) {
    return i >= 0 && i < count && !std::isnan(s.rates[static_cast<size_t>(i)]);
  };
  const double lr = s.before.optimizer.number(0);
  if (!(lr > 0)) return s.before;
  std::map<int, double> all;  // of two at one step the drawn one, which comes later, counts
  // Outside of what was drawn the old points stay, and the old curve is held at the seams.
  const std::vector<double>& old = points_of(s.before);
  for (size_t k = 0; k + 1 < old.size(); k += 2) {
    const int place = static_cast<int>(std::min(old[k], 1e6)) / grid;
    const bool inside = touched(place) && touched(place + 1);
    if (!inside && old[k] <= course.steps) all[static_cast<int>(old[k])] = old[k + 1] * lr;
  }
  for (int i = 0; i < count; ++i) {
    if (touched(i))
      all[step_of(i)] = s.rates[static_cast<size_t>(i)];
    else if (touched(i - 1) || touched(i + 1) || i == 0 || i == count - 1)
      all[step_of(i)] = rate_at(s.before, course, step_of(i));
  }
  std::vector<double> curve;
  for (const auto& [step, rate] : all) curve.insert(curve.end(), {static_cast<double>(step), rate});
  Run next = s.before;
  next.schedule.values[1] = {0};  // linear: what is drawn is what one gets
  points_of(next) = as_points(curve, lr, finished ? 0.01 : 0, finished ? most_points : 1000);
  return next;
}

}  // namespace stride::schedule_editing
