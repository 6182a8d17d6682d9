// What math.h is made of: argument reduction by parts of a constant (Cody and Waite, "Software Manual for the
// Elementary Functions", 1980), then Taylor series, whose last terms were chosen so that truncation stays
// below a tenth of the last place.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

/// A loop over lanes vectorises only when nothing in it is left a call, however long the formula.
#define STRIDE_INLINE [[gnu::always_inline]] inline

namespace stride::math {

inline constexpr double pi = 3.14159265358979323846;
inline constexpr double e = 2.71828182845904523536;

STRIDE_INLINE double sqrt(double x) {
  return std::sqrt(x);
}
STRIDE_INLINE float sqrt(float x) {
  return std::sqrt(x);
}
STRIDE_INLINE double abs(double x) {
  return std::fabs(x);
}
STRIDE_INLINE float abs(float x) {
  return std::fabs(x);
}
STRIDE_INLINE double floor(double x) {
  return std::floor(x);
}
STRIDE_INLINE float floor(float x) {
  return std::floor(x);
}
/// -1, 0 or 1; NaN of NaN.
STRIDE_INLINE double sign(double a) {
  return a > 0 ? 1.0 : a < 0 ? -1.0 : a;
}
STRIDE_INLINE float sign(float a) {
  return a > 0.0f ? 1.0f : a < 0.0f ? -1.0f : a;
}
/// The smaller and the larger; NaN where either is.
STRIDE_INLINE double min(double a, double b) {
  return ((a < b) | (a != a)) ? a : b;
}
STRIDE_INLINE float min(float a, float b) {
  return ((a < b) | (a != a)) ? a : b;
}
STRIDE_INLINE double max(double a, double b) {
  return ((a > b) | (a != a)) ? a : b;
}
STRIDE_INLINE float max(float a, float b) {
  return ((a > b) | (a != a)) ? a : b;
}

namespace detail {

/// std::bit_cast, which emscripten 3.1.6's library does not have yet.
template <class To, class From>
constexpr To cast(const From& from) {
  return __builtin_bit_cast(To, from);
}

template <class T>
struct Format;
template <>
struct Format<double> {
  using Unsigned = std::uint64_t;
  using Signed = std::int64_t;
  static constexpr int mantissa = 52, bias = 1023;
  static constexpr double round = 0x1.8p52;  ///< adding it leaves the nearest whole number in the lowest bits
};
template <>
struct Format<float> {
  using Unsigned = std::uint32_t;
  using Signed = std::int32_t;
  static constexpr int mantissa = 23, bias = 127;
  static constexpr float round = 0x1.8p23f;
};
template <class T>
using Unsigned = typename Format<T>::Unsigned;
template <class T>
using Signed = typename Format<T>::Signed;

template <class T>
STRIDE_INLINE Unsigned<T> bits(T x) {
  return cast<Unsigned<T>>(x);
}

/// c0 + z c1 + z^2 c2 + ...
template <class T>
STRIDE_INLINE T series(T, double c0) {
  return T(c0);
}
template <class T, class... Rest>
STRIDE_INLINE T series(T z, double c0, Rest... rest) {
  return T(c0) + z * series(z, rest...);
}

/// NaN stays NaN.
template <class T>
STRIDE_INLINE T clamp(T x, double low, double high) {
  const T below = x > T(high) ? T(high) : x;
  return below < T(low) ? T(low) : below;
}
template <class T>
STRIDE_INLINE T clamp(T x, double limit) {
  return clamp(x, -limit, limit);
}

template <class T>
STRIDE_INLINE T with_sign_flipped_if(T x, Unsigned<T> flip) {
  constexpr int top = sizeof(T) * 8 - 1;
  return cast<T>(bits(x) ^ (flip << top));
}

/// 2^n for n within the normal exponents.
template <class T>
STRIDE_INLINE T power_of_two(Signed<T> n) {
  using F = Format<T>;
  return cast<T>(static_cast<Unsigned<T>>(n + F::bias) << F::mantissa);
}

/// The whole number nearest to x, as T and (where it fits) as an integer.
template <class T>
struct Nearest {
  T value;
  Signed<T> integer;
};
template <class T>
STRIDE_INLINE Nearest<T> nearest(T x) {
  constexpr T round = Format<T>::round;
  const T t = x + round;
  return {t - round, static_cast<Signed<T>>(bits(t) - cast<Unsigned<T>>(round))};
}

/// x = r + low + n pi/2 with |r| <= pi/4 or hardly more.
template <class T>
struct Angle {
  T r, low;
  Unsigned<T> n;
};

STRIDE_INLINE Angle<double> reduce(double x) {
  // Each of the first three parts has 25 bits: their products with n < 2^28 are exact.
  const Nearest<double> n = nearest(x * 0x1.45f306dc9c883p-1);
  const double a = x - n.value * 0x1.921fb5p+0;
  const double b = n.value * 0x1.110b46p-26, r1 = a - b;
  const double b1 = a - r1, low1 = (a - (r1 + b1)) + (b1 - b);
  const double c = n.value * 0x1.1a6263p-54 - low1, r2 = r1 - c;
  const double low2 = ((r1 - r2) - c) - n.value * 0x1.8a2e03707344ap-81;
  const double r = r2 + low2;
  return {clamp(r, 0.8), abs(x) < 0x1p30 ? (r2 - r) + low2 : 0.0, static_cast<std::uint64_t>(n.integer)};
}

STRIDE_INLINE Angle<float> reduce(float x) {
  const Nearest<float> n = nearest(x * 0x1.45f306dc9c883p-1f);
  const float r = ((x - n.value * 0x1.92p+0f) - n.value * 0x1.fb4p-12f) - n.value * 0x1.4442d18469899p-24f;
  return {clamp(r, 0.8), 0.0f, static_cast<std::uint32_t>(n.integer)};
}

STRIDE_INLINE double sin_tail(double z) {  // (sin r / r - 1) / z, z = r^2
  return series(z, -1.0 / 6, 1.0 / 120, -1.0 / 5040, 1.0 / 362880, -1.0 / 39916800, 1.0 / 6227020800,
                -1.0 / 1307674368000, 1.0 / 355687428096000);
}
STRIDE_INLINE float sin_tail(float z) {
  return series(z, -1.0 / 6, 1.0 / 120, -1.0 / 5040, 1.0 / 362880);
}
STRIDE_INLINE double cos_tail(double z) {  // (cos r - 1 + z/2) / z^2
  return series(z, 1.0 / 24, -1.0 / 720, 1.0 / 40320, -1.0 / 3628800, 1.0 / 479001600, -1.0 / 87178291200,
                1.0 / 20922789888000);
}
STRIDE_INLINE float cos_tail(float z) {
  return series(z, 1.0 / 24, -1.0 / 720, 1.0 / 40320);
}

template <class T>
struct SinCos {
  T sin, cos;
};
/// Sine and cosine of the reduced angle.
template <class T>
STRIDE_INLINE SinCos<T> kernel(const Angle<T>& a) {
  const T z = a.r * a.r, half = T(0.5) * z, near = T(1) - half;
  const T sine = a.r + (a.r * z * sin_tail(z) + a.low * near);
  const T cosine = near + (((T(1) - near) - half) + (z * z * cos_tail(z) - a.r * a.low));
  return {sine, cosine};
}
/// sin(r + n pi/2).
template <class T>
STRIDE_INLINE T turned(const SinCos<T>& k, Unsigned<T> n) {
  return with_sign_flipped_if((n & 1) != 0 ? k.cos : k.sin, (n >> 1) & 1);
}

/// exp(x) = (1 + fraction) 2^n.
template <class T>
struct Exponential {
  T fraction;
  Signed<T> n;
};
STRIDE_INLINE double exp_tail(double r) {  // (e^r - 1 - r) / r^2
  return series(r, 1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040, 1.0 / 40320, 1.0 / 362880,
                1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800);
}
STRIDE_INLINE float exp_tail(float r) {
  return series(r, 1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040);
}
/// x is within the range of exponents; the exponential is that of x + low.
STRIDE_INLINE Exponential<double> exponential(double x, double low = 0) {
  const Nearest<double> n = nearest(x * 0x1.71547652b82fep+0);
  const double high = x - n.value * 0x1.62e42feep-1, rest = low - n.value * 0x1.a39ef35793c76p-33;
  const double r = high + rest, lost = (high - r) + rest;
  return {r + (r * r * exp_tail(r) + lost), n.integer};
}
STRIDE_INLINE Exponential<float> exponential(float x, float low = 0) {
  const Nearest<float> n = nearest(x * 0x1.71547652b82fep+0f);
  const float high = x - n.value * 0x1.62p-1f, rest = low - n.value * 0x1.c85fdf473de6bp-10f;
  const float r = high + rest, lost = (high - r) + rest;
  return {r + (r * r * exp_tail(r) + lost), n.integer};
}
STRIDE_INLINE double scaled(const Exponential<double>& x) {
  // In two factors, so that results above and below the normal range overflow and round as they should.
  const std::int64_t half = x.n >> 1;
  return (1 + x.fraction) * power_of_two<double>(half) * power_of_two<double>(x.n - half);
}
STRIDE_INLINE float scaled(const Exponential<float>& x) {
  // n = 128 must still overflow rightly, and n = -126 gives the bits of 0: subnormal numbers would cost a
  // hundred cycles each.
  return 2.0f * (1.0f + x.fraction) * power_of_two<float>(x.n - 1);
}

/// x = (1 + f) 2^n with 1 + f in [sqrt(1/2), sqrt 2); x > 0 and finite.
template <class T>
struct Split {
  T f, n;
};
template <class T>
STRIDE_INLINE Split<T> split(T x) {
  using F = Format<T>;
  const bool tiny = x < std::numeric_limits<T>::min();
  const T y = x * (tiny ? power_of_two<T>(F::mantissa + 2) : T(1));
  constexpr Unsigned<T> root = cast<Unsigned<T>>(T(0.70710678118654752440));
  const Unsigned<T> above = bits(y) - root;
  const Signed<T> n = static_cast<Signed<T>>(above) >> F::mantissa;
  const T m = cast<T>(bits(y) - (static_cast<Unsigned<T>>(n) << F::mantissa));
  return {m - T(1), static_cast<T>(n) - (tiny ? T(F::mantissa + 2) : T(0))};
}

STRIDE_INLINE double log_tail(double z) {  // (atanh s / s - 1) / z * 2, z = s^2
  return series(z, 2.0 / 3, 2.0 / 5, 2.0 / 7, 2.0 / 9, 2.0 / 11, 2.0 / 13, 2.0 / 15, 2.0 / 17, 2.0 / 19,
                2.0 / 21);
}
STRIDE_INLINE float log_tail(float z) {
  return series(z, 2.0 / 3, 2.0 / 5, 2.0 / 7, 2.0 / 9);
}
/// log(1 + f) = f - (f^2/2 - s (f^2/2 + R)) with s = f/(2+f) and log(1 + f) = 2 atanh s = 2s + s R.
template <class T>
STRIDE_INLINE T log_of(const Split<T>& x, double ln2_high, double ln2_low) {
  const T s = x.f / (T(2) + x.f), z = s * s, half = T(0.5) * x.f * x.f;
  const T rest = half - (s * (half + z * log_tail(z)) + x.n * T(ln2_low));
  return x.n * T(ln2_high) - (rest - x.f);
}
template <class T>
STRIDE_INLINE T log_with_limits(T x, T value) {
  constexpr T inf = std::numeric_limits<T>::infinity(), nan = std::numeric_limits<T>::quiet_NaN();
  const T at_most_inf = x < inf ? value : x;  // infinity and NaN are their own logarithm
  const T at_zero = x == T(0) ? -inf : at_most_inf;
  return x < T(0) ? nan : at_zero;
}

}  // namespace detail

namespace detail {

/// A number as the unevaluated sum of two (Dekker, "A floating-point technique for extending the available
/// precision", 1971).
struct Two {
  double high, low;
};
inline Two sum_ordered(double a, double b) {  // |a| >= |b|
  const double s = a + b;
  return {s, b - (s - a)};
}
inline Two product(double a, double b) {
  const double ca = 0x1.000002p27 * a, cb = 0x1.000002p27 * b;
  const double ah = ca - (ca - a), al = a - ah, bh = cb - (cb - b), bl = b - bh;
  const double p = a * b;
  return {p, ((ah * bh - p) + ah * bl + al * bh) + al * bl};
}
inline Two product(Two a, Two b) {
  const Two p = product(a.high, b.high);
  return sum_ordered(p.high, p.low + (a.high * b.low + a.low * b.high));
}

/// log x to about 2^-65 relative; x > 0 and finite.
inline Two log_two(double x) {
  const Split<double> m = split(x);
  const Two d = sum_ordered(2, m.f);
  const double s0 = m.f / d.high;
  const Two back = product(s0, d.high);
  const Two s = sum_ordered(s0, (((m.f - back.high) - back.low) - s0 * d.low) / d.high);
  const Two z = product(s, s);
  const double q = z.high * series(z.high, 1.0 / 5, 1.0 / 7, 1.0 / 9, 1.0 / 11, 1.0 / 13, 1.0 / 15, 1.0 / 17,
                                   1.0 / 19, 1.0 / 21);
  const Two third = sum_ordered(0x1.5555555555555p-2, q);
  const Two cubic = product(s, product(z, {third.high, third.low + 0x1.5555555555555p-56}));
  const Two half = sum_ordered(s.high, cubic.high);
  const double low = 2 * (half.low + (s.low + cubic.low)) + m.n * 0x1.a39ef35793c76p-33;
  const double whole = m.n * 0x1.62e42feep-1, part = 2 * half.high;
  if (m.n == 0) return sum_ordered(part, low);
  const Two sum = sum_ordered(whole, part);
  return sum_ordered(sum.high, sum.low + low);
}

/// x^y for finite x > 0.
inline double power(double x, double y) {
  const double capped = clamp(y, 1e20);  // decides between 0, 1 and infinity just as well, and stays finite
  const Two l = log_two(x);
  const Two p = product(capped, l.high);
  const Two t = sum_ordered(p.high, p.low + capped * l.low);
  return scaled(exponential(clamp(t.high, 750), abs(t.high) < 750 ? t.low : 0.0));
}

}  // namespace detail

}  // namespace stride::math
