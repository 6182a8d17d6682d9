#include "figures/loss_scale.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace stride::figures {
namespace {

// Below this part of the range a logarithmic scale no longer tells values apart.
constexpr double log_floor = 1e-6;

/// The knee that puts the value `middle` (as a part of the range, 0 .. 1) at `target`; 0 (linear) where it is
/// there already.
double knee_for(double middle, double target) {
  if (!(middle < target)) return 0;
  double lo = std::log(1e-9), hi = std::log(1e3);
  for (int i = 0; i < 60; ++i) {
    const double k = std::exp(0.5 * (lo + hi));
    (std::log1p(middle / k) > target * std::log1p(1 / k) ? lo : hi) = 0.5 * (lo + hi);
  }
  return std::exp(lo);
}

double quantile(std::vector<float>& values, double part) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace

double Ramp::at(double v) const {
  const double range = high - low;
  double part = (v - low) / range;
  if (!(part > 0)) return 0;
  part = std::min(part, 1.0);
  return knee > 0 ? std::log1p(part * range / knee) / std::log1p(range / knee) : part;
}

double Ramp::slope(double v) const {
  if (!(v >= low && v <= high)) return 0;
  return knee > 0 ? 1 / ((knee + v - low) * std::log1p((high - low) / knee)) : 1 / (high - low);
}

double LossScale::contour(double v) const {
  v = std::clamp(v, low, high);
  // A line around the lowest point alone would be a speck.
  if (!logarithmic) return std::max(v, low + 0.3 * contour_step) / contour_step;
  const double least = std::max((high - low) * log_floor, 0.25 * colour.knee);
  const double exponent = std::log10(std::max(v - low, least));
  const double decade = std::floor(exponent), mantissa = exponent - decade;
  // 1-2-5 within a decade at 0, 1, 2 thirds; straight between them, so that the shader meets no jump.
  const double two = std::log10(2.0), five = std::log10(5.0);
  const double third = mantissa < two    ? mantissa / two
                       : mantissa < five ? 1 + (mantissa - two) / (five - two)
                                         : 2 + (mantissa - five) / (1 - five);
  return 3 * decade + third;
}

double nice_step(double x) {
  const double power = std::pow(10.0, std::floor(std::log10(x)));
  for (double m : {1.0, 2.0, 5.0})
    if (m * power >= x * 0.999999) return m * power;
  return 10 * power;
}

LossScale fit_loss_scale(std::vector<float> values, double lowest, bool logarithmic) {
  values.erase(std::remove_if(values.begin(), values.end(), [](float v) { return !std::isfinite(v); }),
               values.end());
  LossScale s;
  if (values.empty()) values.push_back(0);
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  s.low = *least;
  s.high = *most;
  const double q_low = quantile(values, 0.005), q_high = quantile(values, 0.995);
  const double bulk = std::max(q_high - q_low, 1e-30);
  if (std::isfinite(lowest))
    s.low = std::min(s.low, lowest);
  else
    s.low = std::max(s.low, q_low - 2 * bulk);
  const double median = quantile(values, 0.5);
  // An expression may have poles or grow like exp(x^2): the table's flag can't know.
  s.high = std::min(s.high, q_high + 3 * bulk);
  if (!(s.high - s.low > 1e-12 * (std::fabs(s.high) + std::fabs(s.low)))) s.high = s.low + 1;
  const double range = s.high - s.low;
  const double middle = std::max((median - s.low) / range, 1e-9);
  s.logarithmic = logarithmic || middle < 0.02;
  s.height = {s.low, s.high, s.logarithmic ? range * knee_for(middle, 0.35) : 0};
  const double colour_knee = range * knee_for(middle, s.logarithmic ? 0.7 : 0.45);
  s.colour = {s.low, s.high,
              s.logarithmic && colour_knee > 0 ? std::max(colour_knee, range * log_floor) : colour_knee};
  s.contour_step = nice_step(range / 22);
  s.major_every = s.logarithmic ? 3 : 5;
  return s;
}

}  // namespace stride::figures
