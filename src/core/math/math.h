// Elementary functions with the same bits on every target: sin cos tan exp log tanh pow for double and float
// from +, -, *, / and bit patterns alone. Branch-free, so that plain loops over float vectorise. Compile with
// -ffp-contract=off.
#pragma once

#include "core/math/math_kernels.h"

namespace stride::math {

/// Within 1 unit in the last place for |x| <= 4e8 (double), 2e-7 absolute for |x| <= 6000 (float). Beyond,
/// the phase fades into noise, but the value stays within [-1, 1]. NaN for infinities.
template <class T>
STRIDE_INLINE T sin_of(T x) {
  const detail::Angle<T> a = detail::reduce(x);
  return detail::turned(detail::kernel(a), a.n);
}
template <class T>
STRIDE_INLINE T cos_of(T x) {
  const detail::Angle<T> a = detail::reduce(x);
  return detail::turned(detail::kernel(a), a.n + 1);
}
inline double sin(double x) {
  return sin_of(x);
}
STRIDE_INLINE float sin(float x) {
  return sin_of(x);
}
inline double cos(double x) {
  return cos_of(x);
}
STRIDE_INLINE float cos(float x) {
  return cos_of(x);
}
inline double tan(double x) {
  return sin(x) / cos(x);
}
STRIDE_INLINE float tan(float x) {
  return sin(x) / cos(x);
}

/// Within 1 unit in the last place; infinite above the range; double goes down to subnormal results, float is
/// 0 below 1.6e-38.
inline double exp(double x) {
  return detail::scaled(detail::exponential(detail::clamp(x, 750)));
}
STRIDE_INLINE float exp(float x) {
  return detail::scaled(detail::exponential(detail::clamp(x, -87, 89)));
}

/// Natural logarithm, within 1 unit in the last place. -infinity at 0, NaN below.
inline double log(double x) {
  return detail::log_with_limits(x, detail::log_of(detail::split(x), 0x1.62e42feep-1, 0x1.a39ef35793c76p-33));
}
STRIDE_INLINE float log(float x) {
  return detail::log_with_limits(x, detail::log_of(detail::split(x), 0x1.62p-1, 0x1.c85fdf473de6bp-10));
}

/// Within 2 units in the last place: E/(E+2) with E = exp(2|x|) - 1.
template <class T>
STRIDE_INLINE T tanh_of(T x, double saturated) {
  const detail::Exponential<T> a = detail::exponential(T(2) * detail::clamp(abs(x), saturated));
  const T scale = detail::power_of_two<T>(a.n);
  const T grown = scale * a.fraction + (scale - T(1));
  return detail::with_sign_flipped_if(grown / (grown + T(2)), detail::bits(x) >> (sizeof(T) * 8 - 1));
}
inline double tanh(double x) {
  return tanh_of(x, 22);
}
STRIDE_INLINE float tanh(float x) {
  return tanh_of(x, 10);
}

/// x^n by repeated squaring: exact where the powers are; any type with * and 1/x. |n| small.
template <class X>
STRIDE_INLINE X power_by_squaring(X x, int n) {
  const bool inverse = n < 0;
  unsigned left = inverse ? 0u - static_cast<unsigned>(n) : static_cast<unsigned>(n);
  X factor = x, result = x;
  bool started = false;
  for (; left != 0; left >>= 1) {
    if (left & 1) {
      result = started ? result * factor : factor;
      started = true;
    }
    if (left > 1) factor = factor * factor;
  }
  if (!started) return X(1);
  return inverse ? 1.0 / result : result;
}

/// x^y within 1 unit in the last place. A negative x is right for whole y and NaN otherwise; pow(x, 0) =
/// pow(1, y) = 1.
inline double pow(double x, double y) {
  constexpr double inf = std::numeric_limits<double>::infinity();
  if (y == 0 || x == 1) return 1;
  if (x != x || y != y) return x + y;
  const bool whole = floor(y) == y;
  if (whole && abs(y) <= 3) return power_by_squaring(x, static_cast<int>(y));
  const bool odd = whole && abs(y) < 0x1p53 && floor(0.5 * y) * 2 != y;
  const double a = abs(x), sign = odd && std::signbit(x) ? -1 : 1;
  if (a == 0 || a == inf) return (a == 0) == (y < 0) ? sign * inf : sign * 0.0;
  if (abs(y) == inf) return a == 1 ? 1 : (a > 1) == (y > 0) ? inf : 0;
  if (x < 0 && !whole) return std::numeric_limits<double>::quiet_NaN();
  return sign * detail::power(a, y);
}

/// The same in single precision and branch-free: within 1e-7 (1 + |y log x|) relative.
STRIDE_INLINE float pow(float x, float y) {
  constexpr float nan = std::numeric_limits<float>::quiet_NaN();
  const float product = y * log(abs(x));
  const float size = exp(((y == 0.0f) | (x == 1.0f)) ? 0.0f : product);
  const bool whole = floor(y) == y, odd = whole & (floor(0.5f * y) * 2.0f != y);
  const float signed_size = (odd & (x < 0.0f)) ? -size : size;
  return (!whole & (x < 0.0f)) ? nan : signed_size;
}

}  // namespace stride::math
