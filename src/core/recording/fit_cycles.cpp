// Rises and falls that come again: cosine, restarts, cycles.
#include <algorithm>
#include <cmath>

#include "core/math/math.h"
#include "core/recording/fit_parts.h"

namespace stride::fit {

namespace {

using Columns = std::vector<std::vector<double>>;

/// Two columns, of a weight w(t) from 1 to 0 and of 1 - w: their coefficients are where it begins and ends.
template <class Weight>
Columns between(const std::vector<int>& t, Weight weight) {
  Columns out(2);
  for (const int step : t) {
    out[0].push_back(weight(step));
    out[1].push_back(1 - out[0].back());
  }
  return out;
}

/// Indices after which the rate turns from rising to falling or back.
std::vector<int> turns(const Samples& s) {
  std::vector<int> out;
  int direction = 0;
  for (int i = 1; i < s.size(); ++i) {
    const double a = s.r[static_cast<std::size_t>(i - 1)], b = s.r[static_cast<std::size_t>(i)];
    if (s.same(a, b)) continue;
    const int now = b > a ? 1 : -1;
    if (direction != 0 && now != direction) out.push_back(i - 1);
    direction = now;
  }
  return out;
}

void add_cosine(const Samples& s, Candidates& out) {
  const Shape shape = [](double period, const std::vector<int>& t) {
    return between(t, [&](int step) { return half_cosine(step / period); });
  };
  const std::vector<int> seen = turns(s);
  double low = std::max(1.0, 0.3 * s.last()), high = 30.0 * s.last();
  if (seen.size() >= 2) {
    // Half a period lies between two turns.
    const double period =
        (s.t[static_cast<std::size_t>(seen.back())] - s.t[static_cast<std::size_t>(seen[0])]) /
        static_cast<double>(seen.size() - 1);
    low = 0.8 * period;
    high = 1.25 * period;
  }
  const double period = std::floor(best_parameter(s, shape, low, high, 400) + 0.5);
  if (!(period >= 1)) return;
  const Solution found = solve_at(s, shape, period);
  const double top = found.coefficients[0], rest = lowest(found.coefficients[1], top);
  out.push_back({top, make("CosineAnnealingLR", {{"T_max", {period}}, {"eta_min", {rest}}})});
}

void add_restarts(const Samples& s, Candidates& out) {
  std::vector<std::size_t> up, down;  // the samples after a step upwards or downwards
  for (std::size_t i = 1; i < s.r.size(); ++i)
    if (!s.same(s.r[i], s.r[i - 1])) (s.r[i] > s.r[i - 1] ? up : down).push_back(i);
  const std::vector<std::size_t>& jumps = up.size() < down.size() ? up : down;  // the rarer of them restart
  if (jumps.empty() || jumps.size() > 10000) return;
  for (int factor = 1; factor <= 8; ++factor) {
    double low = 0, high = 1e6, sum = 0, power = 1;
    for (const std::size_t i : jumps) {
      sum += power;
      power *= factor;
      low = std::max(low, s.t[i - 1] / sum);
      high = std::min(high, s.t[i] / sum);
    }
    for (const int length : round_numbers(low, high, 40)) {
      const Shape shape = [factor](double first, const std::vector<int>& t) {
        return between(t, [&](int step) {
          double since = step, period = first;
          while (since >= period) since -= period, period *= factor;
          return half_cosine(since / period);
        });
      };
      const Solution found = solve_at(s, shape, length);
      const double top = found.coefficients[0];
      out.push_back(
          {top, make("CosineAnnealingWarmRestarts", {{"T_0", {static_cast<double>(length)}},
                                                     {"T_mult", {static_cast<double>(factor)}},
                                                     {"eta_min", {lowest(found.coefficients[1], top)}}})});
    }
  }
}

/// The height within a cycle: up to 1 and back to 0.
double triangle(int step, int up, int down) {
  const int u = step % (up + down);
  return u <= up ? static_cast<double>(u) / up : static_cast<double>(up + down - u) / down;
}

Candidate cyclic(double low, double high, int up, int down, int mode, double gamma) {
  Settings spec = make("CyclicLR", {{"base_lr", {low}},
                                    {"max_lr", {high}},
                                    {"step_size_up", {static_cast<double>(up)}},
                                    {"mode", {static_cast<double>(mode)}},
                                    {"gamma", {gamma}},
                                    {"cycle_momentum", {0}}});
  if (down != up)
    spec.values[static_cast<std::size_t>(find_param(schedules()[static_cast<std::size_t>(spec.row)].params,
                                                    "step_size_down"))] = {static_cast<double>(down)};
  return {high, spec};
}

/// The factor by which cycles shrink each step: of two samples over the lowest rate.
double shrinking(const Samples& s, int up, int down, double low) {
  int first = -1, last = -1;
  for (int i = 0; i < s.size(); ++i)
    if (triangle(s.t[static_cast<std::size_t>(i)], up, down) > 0.5) (first < 0 ? first : last) = i;
  if (last < 0) return 1;
  const auto height = [&](int i) {
    const auto k = static_cast<std::size_t>(i);
    return (s.r[k] - low) / triangle(s.t[k], up, down);
  };
  const double ratio = height(last) / height(first);
  const int steps = s.t[static_cast<std::size_t>(last)] - s.t[static_cast<std::size_t>(first)];
  return ratio > 0 ? math::exp(math::log(ratio) / steps) : 1;
}

void add_cyclic(const Samples& s, Candidates& out) {
  enum Mode { triangular, triangular2, exp_range };
  const std::vector<int> seen = turns(s);
  if (seen.size() < 2) return;
  const double floor_rate = *std::min_element(s.r.begin(), s.r.end());
  for (const int up : steps_between(s, seen[0] - 1, seen[0] + 1))
    for (const int cycle : steps_between(s, seen[1] - 1, seen[1] + 1)) {
      const int down = cycle - up;
      if (up < 1 || down < 1) continue;
      const double gamma = shrinking(s, up, down, floor_rate);
      for (const Mode mode : {triangular, triangular2, exp_range}) {
        const Shape shape = [&](double g, const std::vector<int>& t) {
          return between(t, [&](int step) {
            const int whole = step / cycle;
            const double shrunk = mode == triangular2 ? math::pow(0.5, whole)
                                  : mode == exp_range ? math::pow(g, step)
                                                      : 1;
            return 1 - triangle(step, up, down) * shrunk;
          });
        };
        const Solution found = solve_at(s, shape, gamma);
        out.push_back(cyclic(found.coefficients[0], found.coefficients[1], up, down, mode,
                             mode == exp_range ? gamma : 1));
      }
    }
}

}  // namespace

Candidates cycles(const Samples& s) {
  Candidates out;
  if (s.size() < 5) return out;
  add_cosine(s, out);
  add_restarts(s, out);
  add_cyclic(s, out);
  return out;
}

}  // namespace stride::fit
