// What becomes of a run whose handle is dragged: the value with which the curve goes where the hand is.
#include <algorithm>
#include <cmath>

#include "core/math/digits.h"
#include "schedule_editing/schedule_curve.h"

namespace stride::schedule_editing {

namespace {

/// The rate at the handle's step, with another value in its place.
struct Answer {
  Run run;
  const Handle& handle;
  const Course& course;
  double operator()(double value) {
    set_value(run, handle, value);
    return rate_at(run, course, static_cast<int>(handle.step));
  }
};

/// Halves [a, b], at whose ends the answer lies on both sides of the target, until it is found.
double bisect(Answer& answer, const Handle& h, double a, double b, double target) {
  const bool rising = answer(from_unit(h, b)) > target;
  for (int i = 0; i < 60; ++i) {
    const double middle = (a + b) / 2;
    ((answer(from_unit(h, middle)) > target) == rising ? b : a) = middle;
  }
  const double va = from_unit(h, a), vb = from_unit(h, b);
  return std::fabs(answer(va) - target) < std::fabs(answer(vb) - target) ? va : vb;
}

/// The value whose answer is the target: of several the nearest to the present one; where there is none, the
/// one that comes nearest to it.
double solve(Answer& answer, const Handle& h, double target) {
  constexpr int count = 96;
  std::vector<double> units;
  const double here = std::clamp(to_unit(h, h.value), 0.0, 1.0);
  for (int i = 0; i <= count; ++i) units.push_back(static_cast<double>(i) / count);
  units.insert(std::upper_bound(units.begin(), units.end(), here), here);
  double best = h.value, nearest = no_limit, compromise = h.value, closest = no_limit, last = 0;
  const auto consider = [&](double value) {
    const double error = std::fabs(answer(value) - target);
    const double away = std::fabs(to_unit(h, value) - here);
    if (error <= 1e-6 * std::fabs(target) && away < nearest) nearest = away, best = value;
    const bool tie = error == closest && away < std::fabs(to_unit(h, compromise) - here);
    if (error < closest || tie) closest = error, compromise = value;
  };
  for (size_t i = 0; i < units.size(); ++i) {
    const double value = from_unit(h, units[i]), off = answer(value) - target;
    consider(value);
    // Where the curve jumps past the target, halving finds the jump, which is only a compromise.
    if (i && std::isfinite(off) && std::isfinite(last) && off * last < 0)
      consider(bisect(answer, h, units[i - 1], units[i], target));
    last = off;
  }
  return std::isfinite(nearest) ? best : compromise;
}

/// Three digits, or as many as keep the curve in its place.
double snapped(Answer& answer, const Handle& h, double value) {
  if (h.whole) return std::clamp(std::round(value), h.min, h.max);
  const double wanted = answer(value);
  for (int digits = 3; digits < 7; ++digits) {
    const double v = std::clamp(to_digits(value, digits), h.min, h.max);
    if (std::fabs(answer(v) - wanted) <= 0.006 * std::fabs(wanted)) return v;
  }
  return value;
}

/// The least length whose step is heard at `step` or after it, or the one before where that is nearer.
double heard_length(const Run& run, const Handle& h, double step, const Course& course) {
  double low = h.min - 1, high = h.max;
  while (high - low > 1) {
    const double middle = std::floor((low + high) / 2);
    (heard_step(run, h, middle, course) >= step ? high : low) = middle;
  }
  if (low < h.min) return high;
  const double below = step - heard_step(run, h, low, course);
  return heard_step(run, h, high, course) - step <= below ? high : low;
}

Run with_length(const Run& run, const Handle& h, double step, const Course& course) {
  Run next = run;
  const double length = h.heard ? heard_length(run, h, step, course) : std::round(step - h.origin);
  if (h.max >= h.min) set_value(next, h, std::clamp(length, h.min, h.max));
  return next;
}

/// The factor with which the curve passes through the rate, in which it is linear.
double factor_for(const Run& run, const Handle& h, int step, double rate, const Course& course) {
  Run probe = run;
  set_value(probe, h, 0);
  const double at_zero = rate_at(probe, course, step);
  set_value(probe, h, 1);
  const double slope = rate_at(probe, course, step) - at_zero;
  const double factor = (rate - at_zero) / slope;
  return std::isfinite(factor) ? std::clamp(to_digits(factor, 3), std::max(h.min, 0.0), 1e6) : h.value;
}

/// Puts the point at a step, counted from the curve's beginning, between its neighbours. The step where it
/// stands.
double place_point(Run& run, const Handle& h, double step) {
  std::vector<double>& values = schedule_in(run, h.nest).values[static_cast<size_t>(h.param)];
  const size_t i = static_cast<size_t>(2 * h.index);
  const double lo = i ? std::floor(values[i - 2]) + 1 : 0;
  double hi = h.until - h.origin;
  if (i + 2 < values.size()) hi = std::min(hi, std::ceil(values[i + 2]) - 1);
  if (lo <= hi) values[i] = std::clamp(std::round(step), lo, hi);
  return std::clamp(h.origin + values[i], 0.0, h.until);
}

Run with_moved_point(const Run& run, const Handle& h, double step, double rate, const Course& course) {
  Run next = run;
  const int stands = static_cast<int>(place_point(next, h, step - h.origin));
  set_value(next, h, factor_for(next, h, stands, rate, course));
  return next;
}

}  // namespace

Run moved(const Run& run, const Handle& h, double step, double rate, const Course& course) {
  if (h.moves == Handle::Moves::step) return with_length(run, h, step, course);
  rate = std::max(rate, 0.0);
  if (h.moves == Handle::Moves::both) return with_moved_point(run, h, step, rate, course);
  Answer answer{run, h, course};
  Run next = run;
  set_value(next, h, snapped(answer, h, solve(answer, h, rate)));
  return next;
}

Run with_value(const Run& run, const Handle& h, double value, double second) {
  Run next = run;
  if (h.moves == Handle::Moves::both) {
    place_point(next, h, value);
    set_value(next, h, std::clamp(second, std::max(h.min, 0.0), 1e6));
  } else {
    set_value(next, h, std::clamp(h.whole ? std::round(value) : value, h.min, std::max(h.min, h.max)));
  }
  return next;
}

Run nudged(const Run& run, const Handle& h, int along, int up, const Course& course) {
  Run next = run;
  if (h.moves == Handle::Moves::both) {
    if (along) return with_moved_point(run, h, h.step + along, h.rate, course);
    set_value(next, h, std::clamp(to_digits(h.value + 0.01 * up, 3), std::max(h.min, 0.0), 1e6));
  } else if (h.moves == Handle::Moves::step || h.whole) {
    const int by = h.moves == Handle::Moves::step ? along : up;
    if (by) set_value(next, h, std::clamp(h.value + by, h.min, std::max(h.max, h.value)));
  } else if (up) {
    const double value = from_unit(h, to_unit(h, h.value) + 0.01 * up);
    set_value(next, h, std::clamp(to_digits(value, 3), h.min, h.max));
  }
  return next;
}

}  // namespace stride::schedule_editing
