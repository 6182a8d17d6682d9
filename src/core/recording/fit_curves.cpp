// One smooth fall or rise: exponential, a line, a power of what is left, inverse time and inverse square root.
#include <algorithm>
#include <cmath>

#include "core/math/math.h"
#include "core/recording/fit_parts.h"

namespace stride::fit {

namespace {

void add_exponential(const Samples& s, Candidates& out) {
  std::size_t end = s.r.size() - 1;
  while (end > 0 && s.r[end] < 1e-290) --end;  // where it has come to nothing
  const double first = s.r.front(), last = s.r[end];
  if (end == 0 || !(first > 0)) return;
  const double gamma = math::exp(math::log(last / first) / (s.t[end] - s.t[0]));
  out.push_back({first / math::pow(gamma, s.t[0]), make("ExponentialLR", {{"gamma", {gamma}}})});
}

void add_line(const Samples& s, Candidates& out) {
  const auto rest_begins = static_cast<std::size_t>(rest_of(s));
  if (rest_begins < 2) return;
  // A line that reaches its end between two samples is known up to the one before.
  const std::size_t to = rest_begins + 1 < s.r.size() ? rest_begins - 1 : rest_begins;
  const double slope = (s.r[to] - s.r[0]) / (s.t[to] - s.t[0]), start = s.r[0] - slope * s.t[0];
  const double rest = s.r.back(), total = (rest - start) / slope;
  const double base = std::max(start, rest);
  out.push_back({base, make("LinearLR", {{"start_factor", {start / base}},
                                         {"end_factor", {rest / base}},
                                         {"total_iters", {std::floor(total + 0.5)}}})});
}

/// base (1 - t/T)^p through samples a and c.
Candidate power_through(const Samples& s, std::size_t a, std::size_t c, double total) {
  const double left_a = 1 - s.t[a] / total, left_c = 1 - s.t[c] / total;
  const double p = math::log(s.r[c] / s.r[a]) / math::log(left_c / left_a);
  return {s.r[a] / math::pow(left_a, p), make("PolynomialLR", {{"total_iters", {total}}, {"power", {p}}})};
}

/// Where the power through the first and the last sample misses the one in the middle.
double miss_in_the_middle(const Samples& s, std::size_t c, double total) {
  const Candidate through = power_through(s, 0, c, total);
  const std::size_t m = c / 2;
  const double left = 1 - s.t[m] / total;
  return through.base * math::pow(left, through.schedule.number(1)) - s.r[m];
}

void add_power(const Samples& s, Candidates& out) {
  const auto zero = std::find(s.r.begin(), s.r.end(), 0.0);
  const auto c = static_cast<std::size_t>(zero - s.r.begin());
  if (c < 3 || !(s.r[0] > s.r[c - 1])) return;
  const int last = s.t[c - 1];
  if (zero != s.r.end()) {
    for (const int total : round_numbers(last, s.t[c], 50)) out.push_back(power_through(s, 0, c - 1, total));
    return;
  }
  // It stops before it is zero: the steps that were left follow from a third sample.
  double a = last * (1 + 1e-9) + 1e-9, miss_a = miss_in_the_middle(s, c - 1, a);
  for (int i = 1; i <= 200; ++i) {
    double b = last + math::exp(math::log(1e-3) + (math::log(1e6) - math::log(1e-3)) * i / 200);
    const double miss_b = miss_in_the_middle(s, c - 1, b);
    if ((miss_a < 0) != (miss_b < 0)) {
      double low = a, high = b;
      for (int k = 0; k < 100; ++k) {
        const double m = 0.5 * (low + high);
        ((miss_in_the_middle(s, c - 1, m) < 0) == (miss_a < 0) ? low : high) = m;
      }
      out.push_back(power_through(s, 0, c - 1, std::floor(0.5 * (low + high) + 0.5)));
    }
    a = b;
    miss_a = miss_b;
  }
}

void add_inverse_time(const Samples& s, Candidates& out) {
  if (!(s.r.front() > s.r.back()) || !(s.r.back() > 0)) return;
  const double slope = (1 / s.r.back() - 1 / s.r.front()) / (s.last() - s.t[0]);
  const double base = 1 / (1 / s.r.front() - slope * s.t[0]);
  out.push_back({base, make("LambdaLR", {{"lambda", {0}}, {"k", {slope * base}}})});
}

void add_inverse_sqrt(const Samples& s, Candidates& out) {
  const auto peak = std::max_element(s.r.begin(), s.r.end()) - s.r.begin();
  const double tail = s.r.back() * math::sqrt(s.last() + 1.0), rise = s.r.front() / (s.t[0] + 1);
  const double ratio = tail / rise;  // warmup to the power 3/2
  const double warmup = peak == 0 ? 1 : std::floor(math::exp(math::log(ratio) * 2 / 3) + 0.5);
  if (!(warmup >= 1)) return;
  out.push_back({tail / math::sqrt(warmup), make("LambdaLR", {{"lambda", {2}}, {"warmup", {warmup}}})});
}

}  // namespace

Candidates curves(const Samples& s) {
  Candidates out;
  if (s.size() < 4) return out;
  add_line(s, out);
  add_exponential(s, out);
  add_power(s, out);
  add_inverse_time(s, out);
  add_inverse_sqrt(s, out);
  return out;
}

}  // namespace stride::fit
