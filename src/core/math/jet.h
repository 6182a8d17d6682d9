// Forward-mode automatic differentiation in two variables: a jet carries a value with its exact derivatives
// through any formula. Jet1: the gradient; Jet2: the Hessian too. (Griewank and Walther, "Evaluating
// Derivatives", 2008, chapters 3 and 13.)
//
// `D` says which variables a jet can depend on (1: x, 2: y, 3: both): what is known to be zero is never
// computed.
#pragma once

#include "core/math/math.h"

namespace stride::math {

template <class T, unsigned D = 3>
struct Jet1 {
  T v{}, x{}, y{};
  Jet1() = default;
  STRIDE_INLINE explicit Jet1(double value) : v(T(value)) {}
  STRIDE_INLINE Jet1(T value, T dx, T dy) : v(value), x(dx), y(dy) {}
};

template <class T, unsigned D = 3>
struct Jet2 {
  T v{}, x{}, y{}, xx{}, xy{}, yy{};
  Jet2() = default;
  explicit Jet2(double value) : v(T(value)) {}
  Jet2(T value, T dx, T dy, T dxx = 0, T dxy = 0, T dyy = 0)
      : v(value), x(dx), y(dy), xx(dxx), xy(dxy), yy(dyy) {}
};

/// The independent variables at a point.
template <class T>
STRIDE_INLINE Jet1<T, 1> jet1_x(T x) {
  return {x, T(1), T(0)};
}
template <class T>
STRIDE_INLINE Jet1<T, 2> jet1_y(T y) {
  return {y, T(0), T(1)};
}
template <class T>
STRIDE_INLINE Jet2<T, 1> jet2_x(T x) {
  return {x, T(1), T(0)};
}
template <class T>
STRIDE_INLINE Jet2<T, 2> jet2_y(T y) {
  return {y, T(0), T(1)};
}

namespace detail {

/// fa a + fb b, leaving out what does not depend on the variable.
template <bool A, bool B, class T>
STRIDE_INLINE T blend(T fa, T a, T fb, T b) {
  if constexpr (A && B)
    return fa * a + fb * b;
  else if constexpr (A)
    return fa * a;
  else if constexpr (B)
    return fb * b;
  else
    return T(0);
}
template <bool A, bool B, class T>
STRIDE_INLINE T plus(T a, T b) {
  if constexpr (A && B)
    return a + b;
  else if constexpr (A)
    return a;
  else
    return b;
}
template <bool A, bool B, class T>
STRIDE_INLINE T minus(T a, T b) {
  if constexpr (A && B)
    return a - b;
  else if constexpr (A)
    return a;
  else if constexpr (B)
    return -b;
  else
    return T(0);
}
/// The second derivative of f(a): f1 a_ij + f2 a_i a_j.
template <bool On, class T>
STRIDE_INLINE T second(T f1, T aij, T f2, T ai, T aj) {
  if constexpr (On)
    return f1 * aij + f2 * (ai * aj);
  else
    return T(0);
}

/// f(a), given f and its derivatives at a.v.
template <class T, unsigned D>
STRIDE_INLINE Jet1<T, D> chain(const Jet1<T, D>& a, T f, T f1) {
  constexpr bool X = D & 1, Y = (D & 2) != 0;
  return {f, blend<X, false>(f1, a.x, f1, a.x), blend<Y, false>(f1, a.y, f1, a.y)};
}
template <class T, unsigned D>
STRIDE_INLINE Jet1<T, D> chain(const Jet1<T, D>& a, T f, T f1, T) {
  return chain(a, f, f1);
}
template <class T, unsigned D>
STRIDE_INLINE Jet2<T, D> chain(const Jet2<T, D>& a, T f, T f1, T f2) {
  constexpr bool X = D & 1, Y = (D & 2) != 0;
  return {f,
          blend<X, false>(f1, a.x, f1, a.x),
          blend<Y, false>(f1, a.y, f1, a.y),
          second<X>(f1, a.xx, f2, a.x, a.x),
          second < X && Y > (f1, a.xy, f2, a.x, a.y),
          second<Y>(f1, a.yy, f2, a.y, a.y)};
}

}  // namespace detail

// ---- Jet1 arithmetic

template <class T, unsigned A, unsigned B>
STRIDE_INLINE Jet1<T, A | B> operator+(const Jet1<T, A>& a, const Jet1<T, B>& b) {
  return {a.v + b.v, detail::plus<(A & 1) != 0, (B & 1) != 0>(a.x, b.x),
          detail::plus<(A & 2) != 0, (B & 2) != 0>(a.y, b.y)};
}
template <class T, unsigned A, unsigned B>
STRIDE_INLINE Jet1<T, A | B> operator-(const Jet1<T, A>& a, const Jet1<T, B>& b) {
  return {a.v - b.v, detail::minus<(A & 1) != 0, (B & 1) != 0>(a.x, b.x),
          detail::minus<(A & 2) != 0, (B & 2) != 0>(a.y, b.y)};
}
template <class T, unsigned A, unsigned B>
STRIDE_INLINE Jet1<T, A | B> operator*(const Jet1<T, A>& a, const Jet1<T, B>& b) {
  return {a.v * b.v, detail::blend<(A & 1) != 0, (B & 1) != 0>(b.v, a.x, a.v, b.x),
          detail::blend<(A & 2) != 0, (B & 2) != 0>(b.v, a.y, a.v, b.y)};
}
template <class T, unsigned D>
STRIDE_INLINE Jet1<T, D> operator-(const Jet1<T, D>& a) {
  return {-a.v, -a.x, -a.y};
}
template <class T, unsigned D>
STRIDE_INLINE Jet1<T, D> operator+(const Jet1<T, D>& a, double b) {
  return {a.v + T(b), a.x, a.y};
}
template <class T, unsigned D>
STRIDE_INLINE Jet1<T, D> operator*(const Jet1<T, D>& a, double b) {
  return {a.v * T(b), a.x * T(b), a.y * T(b)};
}
template <class T, unsigned D>
STRIDE_INLINE Jet1<T, D> operator/(const Jet1<T, D>& a, double b) {
  return {a.v / T(b), a.x / T(b), a.y / T(b)};
}

// ---- Jet2 arithmetic

template <class T, unsigned A, unsigned B>
STRIDE_INLINE Jet2<T, A | B> operator+(const Jet2<T, A>& a, const Jet2<T, B>& b) {
  return {a.v + b.v, a.x + b.x, a.y + b.y, a.xx + b.xx, a.xy + b.xy, a.yy + b.yy};
}
template <class T, unsigned A, unsigned B>
STRIDE_INLINE Jet2<T, A | B> operator-(const Jet2<T, A>& a, const Jet2<T, B>& b) {
  return {a.v - b.v, a.x - b.x, a.y - b.y, a.xx - b.xx, a.xy - b.xy, a.yy - b.yy};
}
template <class T, unsigned A, unsigned B>
STRIDE_INLINE Jet2<T, A | B> operator*(const Jet2<T, A>& a, const Jet2<T, B>& b) {
  constexpr bool ax = A & 1, ay = (A & 2) != 0, bx = B & 1, by = (B & 2) != 0;
  using detail::blend;
  return {a.v * b.v,
          blend<ax, bx>(b.v, a.x, a.v, b.x),
          blend<ay, by>(b.v, a.y, a.v, b.y),
          detail::plus < ax || bx,
          ax && bx > (blend<ax, bx>(b.v, a.xx, a.v, b.xx), 2 * (a.x * b.x)),
          blend < ax && ay,
          bx && by > (b.v, a.xy, a.v, b.xy) + blend < ax && by,
          ay && bx > (a.x, b.y, a.y, b.x),
          detail::plus < ay || by,
          ay && by > (blend<ay, by>(b.v, a.yy, a.v, b.yy), 2 * (a.y * b.y))};
}
template <class T, unsigned D>
STRIDE_INLINE Jet2<T, D> operator-(const Jet2<T, D>& a) {
  return {-a.v, -a.x, -a.y, -a.xx, -a.xy, -a.yy};
}
template <class T, unsigned D>
STRIDE_INLINE Jet2<T, D> operator+(const Jet2<T, D>& a, double b) {
  return {a.v + T(b), a.x, a.y, a.xx, a.xy, a.yy};
}
template <class T, unsigned D>
STRIDE_INLINE Jet2<T, D> operator*(const Jet2<T, D>& a, double b) {
  const T c = T(b);
  return {a.v * c, a.x * c, a.y * c, a.xx * c, a.xy * c, a.yy * c};
}
template <class T, unsigned D>
STRIDE_INLINE Jet2<T, D> operator/(const Jet2<T, D>& a, double b) {
  const T c = T(b);
  return {a.v / c, a.x / c, a.y / c, a.xx / c, a.xy / c, a.yy / c};
}

// ---- what both have in common

template <class J>
struct JetTraits {
  static constexpr bool is_jet = false;
};
template <class T, unsigned D>
struct JetTraits<Jet1<T, D>> {
  static constexpr bool is_jet = true;
  using Number = T;
};
template <class T, unsigned D>
struct JetTraits<Jet2<T, D>> {
  static constexpr bool is_jet = true;
  using Number = T;
};
template <class J>
concept Jet = JetTraits<J>::is_jet;
template <Jet J>
using NumberOf = typename JetTraits<J>::Number;

STRIDE_INLINE double square(double a) {
  return a * a;
}
STRIDE_INLINE float square(float a) {
  return a * a;
}

template <Jet J>
STRIDE_INLINE J operator+(double a, const J& b) {
  return b + a;
}
template <Jet J>
STRIDE_INLINE J operator*(double a, const J& b) {
  return b * a;
}
template <Jet J>
STRIDE_INLINE J operator-(const J& a, double b) {
  return a + -b;
}
template <Jet J>
STRIDE_INLINE J operator-(double a, const J& b) {
  return -b + a;
}
template <Jet J>
STRIDE_INLINE J square(const J& a) {
  using T = NumberOf<J>;
  return detail::chain(a, a.v * a.v, T(2) * a.v, T(2));
}
template <Jet J>
STRIDE_INLINE J reciprocal(const J& a) {
  using T = NumberOf<J>;
  const T v = T(1) / a.v, v2 = v * v;
  return detail::chain(a, v, -v2, T(2) * v2 * v);
}
template <Jet J>
STRIDE_INLINE J operator/(double a, const J& b) {
  return a * reciprocal(b);
}
template <class T, unsigned A, unsigned B>
STRIDE_INLINE Jet1<T, A | B> operator/(const Jet1<T, A>& a, const Jet1<T, B>& b) {
  Jet1<T, A | B> q = a * reciprocal(b);
  q.v = a.v / b.v;
  return q;
}
template <class T, unsigned A, unsigned B>
STRIDE_INLINE Jet2<T, A | B> operator/(const Jet2<T, A>& a, const Jet2<T, B>& b) {
  Jet2<T, A | B> q = a * reciprocal(b);
  q.v = a.v / b.v;
  return q;
}

template <Jet J>
STRIDE_INLINE J sin(const J& a) {
  const NumberOf<J> s = sin(a.v), c = cos(a.v);
  return detail::chain(a, s, c, -s);
}
template <Jet J>
STRIDE_INLINE J cos(const J& a) {
  const NumberOf<J> s = sin(a.v), c = cos(a.v);
  return detail::chain(a, c, -s, -c);
}
template <Jet J>
STRIDE_INLINE J tan(const J& a) {
  using T = NumberOf<J>;
  const T t = tan(a.v), d = T(1) + t * t;
  return detail::chain(a, t, d, T(2) * t * d);
}
template <Jet J>
STRIDE_INLINE J exp(const J& a) {
  const NumberOf<J> v = exp(a.v);
  return detail::chain(a, v, v, v);
}
template <Jet J>
STRIDE_INLINE J log(const J& a) {
  using T = NumberOf<J>;
  const T v = log(a.v), d = T(1) / a.v;
  // Below zero 1/v would be finite; the derivative of nothing is nothing.
  const T defined = a.v < T(0) ? v : d;
  return detail::chain(a, v, defined, -defined * defined);
}
template <Jet J>
STRIDE_INLINE J tanh(const J& a) {
  using T = NumberOf<J>;
  const T t = tanh(a.v), d = T(1) - t * t;
  return detail::chain(a, t, d, T(-2) * t * d);
}
/// At 0, where the root has no derivative, it takes 0: a valid subgradient of sqrt(u^2 + v^2).
template <Jet J>
STRIDE_INLINE J sqrt(const J& a) {
  using T = NumberOf<J>;
  const T v = sqrt(a.v);
  const T d = v == T(0) ? T(0) : T(0.5) / v;
  const T d2 = v == T(0) ? T(0) : T(-0.5) * d / a.v;
  return detail::chain(a, v, d, d2);
}
/// At 0 the derivative is 0.
template <Jet J>
STRIDE_INLINE J abs(const J& a) {
  using T = NumberOf<J>;
  const T up = a.v > T(0) ? T(1) : T(0), sign = a.v < T(0) ? T(-1) : up;
  return detail::chain(a, abs(a.v), sign, T(0));
}
template <Jet J>
STRIDE_INLINE J sign(const J& a) {
  using T = NumberOf<J>;
  return detail::chain(a, sign(a.v), T(0), T(0));
}
template <Jet J>
STRIDE_INLINE J floor(const J& a) {
  using T = NumberOf<J>;
  return detail::chain(a, floor(a.v), T(0), T(0));
}
/// Where both are equal, the second; NaN where either is.
template <Jet J>
STRIDE_INLINE J min(const J& a, const J& b) {
  return ((a.v < b.v) | (a.v != a.v)) ? a : b;
}
template <Jet J>
STRIDE_INLINE J max(const J& a, const J& b) {
  return ((a.v > b.v) | (a.v != a.v)) ? a : b;
}
/// a^p for a constant exponent. Where a is 0 and a derivative has no bound, it takes 0, as a root does.
template <Jet J>
STRIDE_INLINE J pow(const J& a, double p) {
  using T = NumberOf<J>;
  if (p == 0) return J(1.0);
  if (p == 1) return a;
  if (p == 2) return square(a);
  const T v = pow(a.v, T(p)), d = T(p) * pow(a.v, T(p - 1)), d2 = T(p * (p - 1)) * pow(a.v, T(p - 2));
  const bool kink = a.v == T(0) && p > 0;
  return detail::chain(a, v, kink && p < 1 ? T(0) : d, kink && p < 2 ? T(0) : d2);
}
/// a^b with a variable exponent: exp(b log a), for a > 0.
template <Jet J>
STRIDE_INLINE J pow(const J& a, const J& b) {
  J result = exp(b * log(a));
  result.v = pow(a.v, b.v);
  return result;
}

}  // namespace stride::math
