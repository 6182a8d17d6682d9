#include "text/plot_scale.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "text/numbers.h"

namespace stride {

namespace {

std::string superscript(int n) {
  static const char* digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string out = n < 0 ? "⁻" : "";
  for (char c : std::to_string(std::abs(n))) out += digits[c - '0'];
  return out;
}

/// floor(log10 |v|), right also where log10 is a bit off.
int decade_of(double v) {
  const double a = std::fabs(v);
  int k = static_cast<int>(std::floor(std::log10(a)));
  if (std::pow(10.0, k + 1) <= a * (1 + 1e-12)) ++k;
  return k;
}

std::string scientific(double value, int decimals) {
  const int k = decade_of(value);
  const double mantissa = value / std::pow(10.0, k);
  const std::string power = "10" + superscript(k);
  if (decimals <= 0 && std::fabs(std::fabs(mantissa) - 1) < 1e-9) return (value < 0 ? "−" : "") + power;
  return readable_fixed(mantissa, std::max(decimals, 0)) + "·" + power;
}

/// The label of a multiple of `step` among labels up to `largest`.
std::string linear_label(double value, double step, double largest) {
  if (value == 0) return "0";
  const int unit = decade_of(step), decimals = std::max(0, -unit);
  if (decimals > 4 || largest >= 1e6) return scientific(value, decade_of(value) - unit);
  return readable_fixed(value, decimals);
}

double nice_step(double at_least) {
  double step = std::pow(10.0, std::floor(std::log10(at_least)));
  for (double m : {1.0, 2.0, 5.0, 10.0})
    if (step * m >= at_least * (1 - 1e-9)) return step * m;
  return step * 10;
}

bool shows_something(double lo, double hi) {
  return std::isfinite(lo) && std::isfinite(hi) && hi - lo > 1e-12 * std::max(std::fabs(lo), std::fabs(hi));
}

/// Keeps, from the end nearest to zero outwards, the values that are at least `gap` from the last one kept.
std::vector<double> spaced(const Scale& s, std::vector<double> values, double gap) {
  std::sort(values.begin(), values.end());
  std::vector<double> kept;
  const auto take = [&](double v) {
    for (double k : kept)
      if (std::fabs(fraction(s, k) - fraction(s, v)) < gap) return;
    kept.push_back(v);
  };
  for (double v : values)
    if (v >= 0) take(v);
  for (auto v = values.rbegin(); v != values.rend(); ++v)
    if (*v < 0) take(*v);
  std::sort(kept.begin(), kept.end());
  return kept;
}

bool all_apart(const Scale& s, const std::vector<double>& values, double gap) {
  for (size_t i = 1; i < values.size(); ++i)
    if (fraction(s, values[i]) - fraction(s, values[i - 1]) < gap) return false;
  return true;
}

constexpr double ones[] = {1}, fives[] = {1, 2, 5};

/// Mantissa times every `stride`th decade, both signs, and zero; what lies within the scale.
std::vector<double> decades(const Scale& s, std::span<const double> mantissas, int stride) {
  const double largest = std::max(std::fabs(s.lo), std::fabs(s.hi));
  const bool log = s.kind == Scale::Kind::log;
  const int first = log ? decade_of(s.lo) - 1 : decade_of(s.threshold), last = decade_of(largest);
  std::vector<double> out;
  const auto add = [&](double v) {
    if (v >= s.lo && v <= s.hi) out.push_back(v);
  };
  if (!log) add(0);
  for (int k = first; k <= last; ++k) {
    if (k % stride) continue;
    for (double m : mantissas) {
      add(m * std::pow(10.0, k));
      if (!log) add(-m * std::pow(10.0, k));
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<double> log_values(const Scale& s, double gap, bool& plain) {
  plain = true;
  std::vector<double> values = decades(s, fives, 1);
  if (s.kind == Scale::Kind::symlog) {
    plain = false;
    values = spaced(s, decades(s, ones, 1), gap);
    if (values.size() >= 3) return values;
    plain = true;
    return spaced(s, decades(s, fives, 1), gap);
  }
  if (all_apart(s, values, gap)) return values;
  plain = false;
  for (int stride : {1, 2, 3, 5, 10, 20, 50, 100, 200}) {
    values = decades(s, ones, stride);
    if (all_apart(s, values, gap)) break;
  }
  if (values.size() < 2) plain = true, values = spaced(s, decades(s, fives, 1), gap);
  return values;
}

}  // namespace

double to_ruler(const Scale& s, double v) {
  if (s.kind == Scale::Kind::linear) return v;
  if (s.kind == Scale::Kind::log) return std::log10(v);
  return std::copysign(std::log1p(std::fabs(v) / s.threshold) / std::log(10.0), v);
}

double from_ruler(const Scale& s, double at) {
  if (s.kind == Scale::Kind::linear) return at;
  if (s.kind == Scale::Kind::log) return std::pow(10.0, at);
  return std::copysign(s.threshold * std::expm1(std::fabs(at) * std::log(10.0)), at);
}

double fraction(const Scale& s, double v) {
  if (!(v < s.hi)) return 1;
  if (s.zero) return v <= 0 ? zero_band / 3 : zero_band + (1 - zero_band) * fraction({s.kind, s.lo, s.hi}, v);
  if (v <= s.lo) return 0;
  if (s.kind == Scale::Kind::linear) return std::min((v - s.lo) / (s.hi - s.lo), 1.0);
  const double lo = to_ruler(s, s.lo), hi = to_ruler(s, s.hi);
  return std::clamp((to_ruler(s, v) - lo) / (hi - lo), 0.0, 1.0);
}

std::vector<Tick> linear_ticks(double lo, double hi, int most, bool whole) {
  std::vector<Tick> out;
  if (most < 1 || !shows_something(lo, hi)) return out;
  double step = nice_step((hi - lo) / (most + 1));
  if (whole) step = std::max(step, 1.0);
  const auto first = [&] { return std::ceil(lo / step - 1e-9); };
  const auto last = [&] { return std::floor(hi / step + 1e-9); };
  while (last() - first() + 1 > most) step = nice_step(step * 1.5);
  const double largest = std::max(std::fabs(lo), std::fabs(hi));
  for (double i = first(); i <= last(); ++i) {
    const double v = std::clamp(i * step, lo, hi);
    out.push_back({v, whole ? readable_fixed(v, 0) : linear_label(i == 0 ? 0 : v, step, largest)});
  }
  return out;
}

std::string power_label(double value, bool plain) {
  if (value == 0) return "0";
  const int k = decade_of(value);
  if (plain && k >= -3 && k <= 3) return readable_fixed(value, std::max(0, -k));
  return scientific(value, 0);
}

std::vector<Tick> ticks(const Scale& s, double gap) {
  if (!shows_something(s.lo, s.hi)) return {};
  std::vector<Tick> out;
  if (s.kind != Scale::Kind::linear) {
    bool plain = false;
    const std::vector<double> values = log_values(s, gap, plain);
    plain |= values.size() < 4 && s.kind == Scale::Kind::log && s.lo > 1e-4 && s.hi < 1e4;
    if (s.zero) out.push_back({0, "0"});
    for (double v : values)
      if (!s.zero || fraction(s, v) - fraction(s, 0) >= gap) out.push_back({v, power_label(v, plain)});
    if (out.size() >= 2) return out;
  }
  // Less than a decade in sight: even numbers, as far as they lie apart.
  for (int most = std::max(2, static_cast<int>(1 / gap)); most >= 2; --most) {
    std::vector<Tick> even = linear_ticks(s.lo, s.hi, most);
    std::vector<double> values;
    for (const Tick& t : even) values.push_back(t.value);
    if (even.size() > out.size() && all_apart(s, values, gap)) return even;
    if (most == 2 && out.empty() && !even.empty()) out.push_back(even.front());
  }
  return out;
}

Scale fit_log(std::span<const double> values, double cap) {
  constexpr double inf = std::numeric_limits<double>::infinity();
  double least = inf, most = -inf, smallest = inf;
  for (double value : values) {
    if (!std::isfinite(value)) continue;
    // Room for the air, and for arithmetic.
    const double v = value > 0 ? std::clamp(value, 1e-290, 1e290) : std::max(value, -1e290);
    least = std::min(least, v);
    most = std::max(most, std::min(v, cap));
    if (v > 0) smallest = std::min(smallest, v);
  }
  Scale s{Scale::Kind::log, 0.1, 10, 1};
  if (least > most) return s;
  const double largest = std::max(std::fabs(least), std::fabs(most));
  // A minimum of zero is reached with rounding errors on both sides of it; that is still a log axis.
  if (largest == 0 || (least >= -1e-9 * largest && smallest <= most)) {
    if (largest == 0) {
      s.zero = true;
      return s;
    }
    s.hi = most;
    s.lo = std::max(smallest, most * 1e-16);
    s.zero = least <= 0;
  } else {
    s.kind = Scale::Kind::symlog;
    std::vector<double> sizes;
    const size_t stride = values.size() / 2000 + 1;
    for (size_t i = 0; i < values.size(); i += stride)
      if (std::isfinite(values[i]) && values[i] != 0) sizes.push_back(std::fabs(values[i]));
    double near_zero = largest;
    if (!sizes.empty()) {
      const auto tenth = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 10);
      std::nth_element(sizes.begin(), tenth, sizes.end());
      near_zero = *tenth;
    }
    s.threshold = std::pow(10.0, decade_of(std::clamp(near_zero, largest * 1e-6, largest)) - 1);
    s.lo = least;
    s.hi = most;
  }
  // Some air, and never less than a third of a decade.
  double lo = to_ruler(s, s.lo), hi = to_ruler(s, s.hi);
  const double air = std::max((hi - lo) * 0.05, 0.02), lacking = std::max(0.0, 0.3 - (hi - lo)) / 2;
  s.lo = from_ruler(s, lo - air - lacking);
  s.hi = from_ruler(s, hi + air + lacking);
  return s;
}

std::vector<int> decimate(std::span<const double> values, int begin, int end, int columns) {
  std::vector<int> rows;
  begin = std::max(begin, 0);
  end = std::min(end, static_cast<int>(values.size()));
  const long long count = end - begin;
  if (count <= 4LL * columns) {
    for (int i = begin; i < end; ++i) rows.push_back(i);
    return rows;
  }
  rows.reserve(static_cast<size_t>(columns) * 4);
  const auto at = [&](int i) { return values[static_cast<size_t>(i)]; };
  for (int c = 0; c < columns; ++c) {
    const int from = begin + static_cast<int>(count * c / columns);
    const int to = begin + static_cast<int>(count * (c + 1) / columns);
    int least = from, most = from;
    for (int i = from; i < to; ++i) {
      if (at(i) < at(least) || std::isnan(at(least))) least = i;
      if (at(i) > at(most) || std::isnan(at(most))) most = i;
    }
    for (int i : {from, std::min(least, most), std::max(least, most), to - 1})
      if (rows.empty() || i > rows.back()) rows.push_back(i);
  }
  return rows;
}

}  // namespace stride
