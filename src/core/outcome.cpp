// What became of a run; trajectory.h states the criteria.
#include <algorithm>
#include <cmath>

#include "core/surfaces/curve.h"
#include "core/trajectory.h"

namespace stride {

namespace {

constexpr double radius_share = 1e-3, tail_share = 0.02;
constexpr int least_tail = 4;

/// The end of a run and its surroundings.
struct Ending {
  double x, y, radius;
  Derivatives d;
  Curvature curvature;
  double newton;   ///< length of the Newton step
  double promise;  ///< the loss that the Newton step promises
  bool flat;       ///< neither slope nor curvature
};

double extent(const Trajectory& path) {
  const auto [x0, x1] = std::minmax_element(path.x.begin(), path.x.end());
  const auto [y0, y1] = std::minmax_element(path.y.begin(), path.y.end());
  const double side = std::max(*x1 - *x0, *y1 - *y0);
  return side > 0 ? side : 1;
}

double scale_of(const Objective& objective, const Trajectory& path) {
  if (objective.curve >= 0) return curves()[objective.curve].xmax - curves()[objective.curve].xmin;
  if (objective.expression || objective.fit) return extent(path);
  const Domain& domain = surfaces()[objective.surface].domain;
  return std::max(domain.xmax - domain.xmin, domain.ymax - domain.ymin);
}

Ending ending_of(const Objective& objective, const Trajectory& path) {
  Ending e{path.x.back(), path.y.back(), radius_share * scale_of(objective, path), {}, {}, no_limit, 0,
           false};
  e.d = objective.at(e.x, e.y);
  e.curvature = curvature(e.d);
  e.promise = e.d.f;
  const double determinant = e.d.dxx * e.d.dyy - e.d.dxy * e.d.dxy;
  e.flat = e.d.dx == 0 && e.d.dy == 0 && determinant == 0;
  if (e.flat || determinant == 0) return e;
  const double sx = (e.d.dyy * e.d.dx - e.d.dxy * e.d.dy) / determinant;
  const double sy = (e.d.dxx * e.d.dy - e.d.dxy * e.d.dx) / determinant;
  if (!std::isfinite(sx) || !std::isfinite(sy)) return e;
  e.newton = std::sqrt(sx * sx + sy * sy);
  e.promise = e.d.f - 0.5 * (sx * e.d.dx + sy * e.d.dy);
  return e;
}

/// The lowest known value, or NaN.
double lowest_known(std::span<const Minimum> minima) {
  double lowest = none;
  for (const Minimum& m : minima)
    if (m.global) lowest = m.f;
  return lowest;
}

const Minimum* minimum_near(std::span<const Minimum> minima, const Ending& e) {
  for (const Minimum& m : minima)
    if (std::fabs(m.x - e.x) <= e.radius && std::fabs(m.y - e.y) <= e.radius) return &m;
  return nullptr;
}

/// The first row from which the run stays within the radius of its last point.
int settled_since(const Trajectory& path, const Ending& e) {
  int since = path.size() - 1;
  while (since > 0 && std::fabs(path.x[since - 1] - e.x) <= e.radius &&
         std::fabs(path.y[since - 1] - e.y) <= e.radius)
    --since;
  return since;
}

/// Whether the loss rises whichever way one leaves the end: the tip of a cone has a gradient of 0 and no curvature.
bool is_lowest_around(const Objective& objective, const Ending& e) {
  constexpr double ways[][2] = {{1, 0},     {0, 1},      {-1, 0},      {0, -1},
                                {0.6, 0.8}, {-0.8, 0.6}, {-0.6, -0.8}, {0.8, -0.6}};
  for (const auto& way : ways)
    for (const double far : {1.0, 0.1})
      if (!(objective.at(e.x + far * e.radius * way[0], e.y + far * e.radius * way[1]).f > e.d.f))
        return false;
  return true;
}

/// The outcome of a run that settled at row `since`, if it stands on a stationary point.
std::optional<Outcome> stationary(const Objective& objective, const Ending& e, int since) {
  using Kind = Outcome::Kind;
  const std::span<const Minimum> minima = named_minima(objective);
  if (const Minimum* m = minimum_near(minima, e))
    return m->global ? Outcome{Kind::converged, since, "converged at step {0}"}
                     : Outcome{Kind::local_minimum, since, "settled in a local minimum"};
  if (!(e.newton <= e.radius)) {
    if (e.d.dx == 0 && e.d.dy == 0 && is_lowest_around(objective, e))
      return Outcome{Kind::converged, since, "settled at step {0}"};
    return std::nullopt;
  }
  if (e.curvature.largest < 0) return Outcome{Kind::saddle, since, "stuck on a summit"};
  if (e.curvature.smallest < 0) return Outcome{Kind::saddle, since, "stuck at a saddle"};
  const double lowest = lowest_known(minima);
  if (e.promise - lowest > 1e-6 * (1 + std::fabs(lowest)))  // false where none is known
    return Outcome{Kind::local_minimum, since, "settled in a local minimum"};
  return Outcome{Kind::converged, since, lowest == lowest ? "converged at step {0}" : "settled at step {0}"};
}

/// What the last quarter of a run shows.
struct Quarter {
  double fall;             ///< share of the excess loss that went
  double slope;            ///< gradient at the end over that at the beginning
  double rising, turning;  ///< shares of the steps
  bool climbed;            ///< its end lies above all that was before it
  bool lost;               ///< it nowhere came within ten times the excess loss that there was before it
};

Quarter last_quarter(const Trajectory& path, double lowest) {
  const int last = path.size() - 1, first = std::max(0, std::min(last - last / 4, last - least_tail));
  double floor = *std::min_element(path.loss.begin(), path.loss.end());
  const double begin = path.loss[first], end = path.loss[last];
  // Where no minimum is known, progress is measured against all that the run has descended.
  const double excess =
      lowest == lowest ? begin - std::min(lowest, floor) : std::max(path.loss[0], begin) - floor;
  int rising = 0, turning = 0;
  for (int t = first + 1; t <= last; ++t) {
    rising += path.loss[t] - path.loss[t - 1] > 1e-12 * (1 + std::fabs(path.loss[t - 1]));
    if (t < 2) continue;
    const double dx = path.x[t] - path.x[t - 1], dy = path.y[t] - path.y[t - 1];
    turning += dx * (path.x[t - 1] - path.x[t - 2]) + dy * (path.y[t - 1] - path.y[t - 2]) < 0;
  }
  const auto slope = [&](int t) { return path.grad_x[t] * path.grad_x[t] + path.grad_y[t] * path.grad_y[t]; };
  const double steps = std::max(1, last - first);
  const double ratio = slope(first) > 0 ? std::sqrt(slope(last) / slope(first)) : 1;
  const auto quarter = path.loss.begin() + first;
  const auto least = [](auto from, auto to) { return from == to ? no_limit : *std::min_element(from, to); };
  const int tail = std::min(last - first, std::max(least_tail, static_cast<int>(tail_share * path.size())));
  const bool climbed = first > 0 && least(path.loss.end() - tail, path.loss.end()) >
                                        *std::max_element(path.loss.begin(), quarter);
  const bool lost =
      least(quarter, path.loss.end()) - lowest > 10 * (least(path.loss.begin(), quarter) - lowest);
  return {excess > 0 ? (begin - end) / excess : 0, ratio, rising / steps, turning / steps, climbed, lost};
}

/// Whether in most of the last quarter's rows (of some of them: a long formula takes its time) the optimizer was given another
/// gradient than the ground's.
bool is_noisy(const Objective& objective, const Trajectory& path, int first) {
  constexpr int most = 24;
  const int apart = std::max((path.size() - first) / most, 1);
  int noisy = 0, rows = 0;
  for (int t = first; t < path.size(); t += apart, ++rows) {
    double f[3];
    objective.gradient(path.x[t], path.y[t], f);
    noisy += std::hypot(path.grad_x[t] - f[1], path.grad_y[t] - f[2]) > 1e-3 * std::hypot(f[1], f[2]);
  }
  return 2 * noisy > rows;
}

/// Where noise throws the loss up and down, only its means tell: over the last quarter, and over the two before.
Outcome of_noisy(const Trajectory& path, int first, double lowest) {
  using Kind = Outcome::Kind;
  const double base = lowest == lowest ? lowest : *std::min_element(path.loss.begin(), path.loss.end());
  const auto mean = [&](int from, int to) {
    double sum = 0;
    for (int t = from; t < to; ++t) sum += path.loss[t] - base;
    return sum / (to - from);
  };
  const int last = path.size();
  const double now = mean(first, last), before = mean(first - 2 * (last - first), first);
  const auto [least, most] = std::minmax_element(path.loss.begin() + first, path.loss.end());
  // Where no minimum is known, what it has come down is seen against the loss itself.
  const double start = path.loss[0] - base,
               whole = lowest == lowest ? start : std::max(start, std::fabs(path.loss[0]));
  if (start - now < 0.1 * whole && *most - *least < 0.5 * whole) return {Kind::slow, -1, "slow"};
  if (now < 0.5 * before) return {Kind::converging, -1, "converging"};
  return {Kind::oscillating, -1, "shaking"};
}

}  // namespace

std::string Outcome::words() const {
  std::string text(pattern);
  if (const size_t at = text.find("{0}"); at != text.npos) text.replace(at, 3, std::to_string(step));
  return text;
}

Outcome outcome(const Objective& objective, const Trajectory& path) {
  using Kind = Outcome::Kind;
  if (path.diverged_at >= 0) return Outcome{Kind::diverged, path.diverged_at, "diverged at step {0}"};
  const Ending e = ending_of(objective, path);
  const int last = path.size() - 1, since = settled_since(path, e);
  const int tail = std::max(least_tail, static_cast<int>(tail_share * path.size()));
  const bool still = last - since + 1 >= std::min(tail, path.size());
  if (still)
    if (const std::optional<Outcome> found = stationary(objective, e, since)) return *found;
  const Quarter q = last_quarter(path, lowest_known(named_minima(objective)));
  if (q.climbed) return {Kind::oscillating, -1, "climbing"};
  const int quarter = last - last / 4;
  if (last >= 8 && is_noisy(objective, path, quarter))
    return of_noisy(path, quarter, lowest_known(named_minima(objective)));
  if (q.lost && q.rising >= 0.3) return {Kind::oscillating, -1, "oscillating"};
  if (q.fall < 0.5 && (q.rising >= 0.3 || q.turning >= 0.6)) return {Kind::oscillating, -1, "oscillating"};
  if (still && e.flat) return {Kind::slow, -1, "stuck on flat ground"};
  if (q.slope <= 0.5 || q.fall >= 0.05) return {Kind::converging, -1, "converging"};
  return {Kind::slow, -1, "slow"};
}

Outcome outcome(const Series& training) {
  using Kind = Outcome::Kind;
  if (training.diverged_at >= 0) return Outcome{Kind::diverged, training.diverged_at, "diverged at step {0}"};
  const std::vector<double>& loss = training.loss;
  const std::ptrdiff_t last = training.size() - 1,
                       first = std::max<std::ptrdiff_t>(0, std::min(last - last / 4, last - least_tail));
  if (loss.back() <= 0.95 * loss[first]) return {Kind::converging, -1, "converging"};
  int rising = 0;
  for (std::ptrdiff_t t = first + 1; t <= last; ++t) rising += loss[t] > loss[t - 1];
  const auto [low, high] = std::minmax_element(loss.begin() + first, loss.end());
  if (rising >= 0.3 * static_cast<double>(last - first) && 3 * (*high - *low) > *high && last > first)
    return {Kind::oscillating, -1, "oscillating"};
  return {Kind::slow, -1, "slow"};
}

}  // namespace stride
