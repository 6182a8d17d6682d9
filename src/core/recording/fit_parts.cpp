// What the families of schedules share: samples, candidates, least squares.
#include "core/recording/fit_parts.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/math/math.h"

namespace stride::fit {

bool Tolerance::holds(double model, double r) const {
  return std::fabs(model - r) <= std::max(absolute, relative * std::fabs(r));
}

double Samples::top() const {
  return *std::max_element(r.begin(), r.end());
}

Samples make_samples(std::vector<int> t, std::vector<double> r, Tolerance tolerance) {
  constexpr int most = 160;
  Samples out{std::move(t), std::move(r), tolerance, {}};
  const int n = out.size();
  for (int i = 0; i < std::min(n, most); ++i)
    out.probe.push_back(n <= most ? i : static_cast<int>(static_cast<long long>(i) * (n - 1) / (most - 1)));
  return out;
}

Settings make(const char* type, std::initializer_list<std::pair<const char*, std::vector<double>>> params) {
  const int row = find_schedule(type);
  const auto& all = schedules()[static_cast<std::size_t>(row)].params;
  Settings spec = default_settings(row, all);
  for (const auto& [key, values] : params)
    spec.values[static_cast<std::size_t>(find_param(all, key))] = values;
  return spec;
}

double rate_at(const Settings& schedule, double base, int t, int steps) {
  const Schedule& row = schedules()[static_cast<std::size_t>(schedule.row)];
  if (row.at) return row.at(schedule, base, t, steps).lr;
  // A SequentialLR: the only one without a closed form that is proposed.
  const std::vector<double>& milestones =
      schedule.values[static_cast<std::size_t>(find_param(row.params, "milestones"))];
  std::size_t part = 0;
  while (part < milestones.size() && milestones[part] <= t) ++part;
  const int since = part == 0 ? 0 : static_cast<int>(milestones[part - 1]);
  return rate_at(schedule.nested[part], base, t - since, steps);
}

namespace {

bool in_range(const Settings& spec) {
  const auto& params = schedules()[static_cast<std::size_t>(spec.row)].params;
  for (std::size_t i = 0; i < params.size(); ++i) {
    const Param& p = params[i];
    for (std::size_t k = 0; k < spec.values[i].size(); ++k) {
      if (p.kind == Param::Kind::points && k % 2 == 0) continue;  // a step
      const double v = spec.values[i][k];
      if (!(p.open_min ? v > p.min : v >= p.min) || !(p.open_max ? v < p.max : v <= p.max)) return false;
    }
  }
  return std::all_of(spec.nested.begin(), spec.nested.end(), in_range);
}

}  // namespace

double half_cosine(double p) {
  return 0.5 * (1 + math::cos(math::pi * p));
}

double lowest(double value, double highest) {
  return value < 0 && value > -1e-9 * highest ? 0 : value;
}

std::vector<int> steps_between(const Samples& s, int a, int c) {
  const auto at = [&](int i) { return s.t[static_cast<std::size_t>(std::clamp(i, 0, s.size() - 1))]; };
  return at(c) - at(a) <= 2 ? std::vector<int>{at(a + 1)} : round_numbers(at(a), at(c), 12);
}

int rest_of(const Samples& s) {
  int rest = s.size() - 1;
  while (rest > 0 && s.same(s.r[static_cast<std::size_t>(rest - 1)], s.r.back())) --rest;
  return rest;
}

bool explains(const Candidate& c, const Samples& s) {
  if (!(c.base > 1e-9 * s.top()) || !std::isfinite(c.base) || !in_range(c.schedule)) return false;
  const auto holds = [&](int i) {
    return s.same(rate_at(c.schedule, c.base, s.t[static_cast<std::size_t>(i)], s.last()),
                  s.r[static_cast<std::size_t>(i)]);
  };
  if (!std::all_of(s.probe.begin(), s.probe.end(), holds)) return false;
  for (int i = 0; i < s.size(); ++i)
    if (!holds(i)) return false;
  return true;
}

std::vector<int> round_numbers(double low, double high, int most) {
  std::vector<int> out;
  low = std::max(low, 0.0);
  high = std::min(high, 1e6);
  for (int power = 100000; power >= 1; power /= 10)
    for (int d : {5 * power, 2 * power, power})
      for (double v = std::floor(low / d) * d + d; v <= high; v += d) {
        if (static_cast<int>(out.size()) >= most) return out;
        const int whole = static_cast<int>(v);
        if (whole > low && std::find(out.begin(), out.end(), whole) == out.end()) out.push_back(whole);
      }
  return out;
}

Solution solve(const std::vector<std::vector<double>>& columns, const std::vector<double>& r) {
  // Gram-Schmidt, each column twice, so that nearly parallel ones stay apart.
  const std::size_t n = columns.size(), rows = r.size();
  std::vector<std::vector<double>> q, upper(n, std::vector<double>(n, 0));
  const auto dot = [&](const std::vector<double>& a, const std::vector<double>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < rows; ++i) sum += a[i] * b[i];
    return sum;
  };
  for (std::size_t c = 0; c < n; ++c) {
    std::vector<double> v = columns[c];
    const double whole = std::sqrt(dot(v, v));
    for (int again = 0; again < 2; ++again)
      for (std::size_t k = 0; k < c; ++k) {
        const double part = dot(q[k], v);
        upper[k][c] += part;
        for (std::size_t i = 0; i < rows; ++i) v[i] -= part * q[k][i];
      }
    const double length = std::sqrt(dot(v, v));
    const bool counts = length > 1e-13 * whole;
    upper[c][c] = counts ? length : 0;
    for (double& x : v) x = counts ? x / length : 0;
    q.push_back(std::move(v));
  }
  Solution out{std::vector<double>(n, 0), 0};
  std::vector<double> rest = r, share(n);
  for (std::size_t c = 0; c < n; ++c) {
    share[c] = dot(q[c], rest);
    for (std::size_t i = 0; i < rows; ++i) rest[i] -= share[c] * q[c][i];
  }
  for (std::size_t c = n; c-- > 0;) {
    double value = share[c];
    for (std::size_t k = c + 1; k < n; ++k) value -= upper[c][k] * out.coefficients[k];
    out.coefficients[c] = upper[c][c] > 0 ? value / upper[c][c] : 0;
  }
  out.remains = dot(rest, rest);
  return out;
}

namespace {

using Columns = std::vector<std::vector<double>>;

/// The samples to look at, each with its weight. Digits tell more of a low rate than of a high one.
struct Probe {
  std::vector<int> t;
  std::vector<double> r, weight;
};

Probe probed(const Samples& s) {
  Probe out;
  for (const int i : s.probe) {
    const double r = s.r[static_cast<std::size_t>(i)];
    const double weight = 1 / std::max(s.tolerance.absolute, s.tolerance.relative * r);
    out.t.push_back(s.t[static_cast<std::size_t>(i)]);
    out.r.push_back(weight * r);
    out.weight.push_back(weight);
  }
  return out;
}

Columns columns_of(const Probe& p, const Shape& shape, double parameter) {
  Columns out = shape(parameter, p.t);
  for (std::vector<double>& column : out)
    for (std::size_t i = 0; i < column.size(); ++i) column[i] *= p.weight[i];
  return out;
}

std::vector<double> model(const Columns& columns, const std::vector<double>& coefficients) {
  std::vector<double> out(columns[0].size(), 0);
  for (std::size_t c = 0; c < columns.size(); ++c)
    for (std::size_t i = 0; i < out.size(); ++i) out[i] += coefficients[c] * columns[c][i];
  return out;
}

/// Gauss and Newton's step on the parameter, the coefficients with it: as exact as the samples are.
double polish(const Probe& p, const Shape& shape, double parameter, double low, double high) {
  for (int i = 0; i < 8; ++i) {
    auto columns = columns_of(p, shape, parameter);
    const Solution here = solve(columns, p.r);
    const double h = 1e-5 * std::max(std::fabs(parameter), 1e-3);
    const std::vector<double> ahead = model(columns_of(p, shape, parameter + h), here.coefficients);
    std::vector<double> slope = model(columns_of(p, shape, parameter - h), here.coefficients);
    for (std::size_t k = 0; k < slope.size(); ++k) slope[k] = (ahead[k] - slope[k]) / (2 * h);
    columns.push_back(std::move(slope));
    const double next = parameter + solve(columns, p.r).coefficients.back();
    if (!(next >= low && next <= high)) break;
    if (solve(columns_of(p, shape, next), p.r).remains > here.remains) break;
    parameter = next;
  }
  return parameter;
}

}  // namespace

double best_parameter(const Samples& s, const Shape& shape, double low, double high, int count) {
  const Probe p = probed(s);
  const auto miss = [&](double parameter) { return solve(columns_of(p, shape, parameter), p.r).remains; };
  const double ratio = high / low;
  const auto place = [&](int i) { return low * math::pow(ratio, static_cast<double>(i) / count); };
  int best = 0;
  double least = no_limit;
  for (int i = 0; i <= count; ++i)
    if (const double m = miss(place(i)); m < least) {
      least = m;
      best = i;
    }
  double a = place(std::max(best - 1, 0)), b = place(std::min(best + 1, count));
  constexpr double golden = 0.6180339887498949;
  double x = b - golden * (b - a), y = a + golden * (b - a), at_x = miss(x), at_y = miss(y);
  for (int i = 0; i < 30; ++i) {
    if (at_x < at_y) {
      b = std::exchange(y, x), at_y = at_x;
      at_x = miss(x = b - golden * (b - a));
    } else {
      a = std::exchange(x, y), at_x = at_y;
      at_y = miss(y = a + golden * (b - a));
    }
  }
  return polish(p, shape, 0.5 * (a + b), low, high);
}

Solution solve_at(const Samples& s, const Shape& shape, double parameter) {
  const Probe p = probed(s);
  return solve(columns_of(p, shape, parameter), p.r);
}

}  // namespace stride::fit
