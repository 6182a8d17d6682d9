// The formulas of the loss surfaces, each once, for any pair of number types: jets of double for the shown
// trajectory, jets of float for the lanes of the studies. The table in surface.cpp says what each is for.
#pragma once

#include <type_traits>

#include "core/math/jet.h"

/// STRIDE_INLINE, where a lambda takes it.
#define STRIDE_FORMULA __attribute__((always_inline))

namespace stride::formula {

using math::abs, math::cos, math::exp, math::sin, math::sqrt, math::square, math::tanh;

// ---- quadratics and polynomials

template <int K>
struct Quadratic {
  STRIDE_INLINE auto operator()(auto x, auto y) const { return (square(x) + double(K) * square(y)) * 0.5; }
};

inline constexpr auto rosenbrock = [](auto x, auto y) STRIDE_FORMULA {
  return square(1.0 - x) + 100.0 * square(y - square(x));
};

inline constexpr auto beale = [](auto x, auto y) STRIDE_FORMULA {
  const auto y2 = square(y);
  return square(1.5 - x + x * y) + square(2.25 - x + x * y2) + square(2.625 - x + x * (y2 * y));
};

inline constexpr auto himmelblau = [](auto x, auto y) STRIDE_FORMULA {
  return square(square(x) + y - 11.0) + square(x + square(y) - 7.0);
};

inline constexpr auto styblinski_tang = [](auto x, auto y) STRIDE_FORMULA {
  const auto one = [](auto u) STRIDE_FORMULA { return square(square(u)) - 16.0 * square(u) + 5.0 * u; };
  return (one(x) + one(y)) * 0.5;
};

inline constexpr auto three_hump_camel = [](auto x, auto y) STRIDE_FORMULA {
  const auto x2 = square(x);
  return 2.0 * x2 - 1.05 * square(x2) + x2 * square(x2) / 6.0 + x * y + square(y);
};

inline constexpr auto six_hump_camel = [](auto x, auto y) STRIDE_FORMULA {
  const auto x2 = square(x);
  const auto y2 = square(y);
  return (4.0 - 2.1 * x2 + square(x2) / 3.0) * x2 + x * y + (4.0 * y2 - 4.0) * y2;
};

inline constexpr auto booth = [](auto x, auto y) STRIDE_FORMULA {
  return square(x + 2.0 * y - 7.0) + square(2.0 * x + y - 5.0);
};

inline constexpr auto matyas = [](auto x, auto y)
                                   STRIDE_FORMULA { return 0.26 * (square(x) + square(y)) - 0.48 * (x * y); };

inline constexpr auto goldstein_price = [](auto x, auto y) STRIDE_FORMULA {
  const auto x2 = square(x);
  const auto y2 = square(y);
  const auto xy = x * y;
  const auto first = 19.0 - 14.0 * x + 3.0 * x2 - 14.0 * y + 6.0 * xy + 3.0 * y2;
  const auto second = 18.0 - 32.0 * x + 12.0 * x2 + 48.0 * y - 36.0 * xy + 27.0 * y2;
  return (1.0 + square(x + y + 1.0) * first) * (30.0 + square(2.0 * x - 3.0 * y) * second);
};

inline constexpr auto saddle = [](auto x, auto y) STRIDE_FORMULA { return square(x) - square(y); };

inline constexpr auto monkey_saddle = [](auto x, auto y)
                                          STRIDE_FORMULA { return x * square(x) - 3.0 * (x * square(y)); };

// ---- waves

inline constexpr auto rastrigin = [](auto x, auto y) STRIDE_FORMULA {
  constexpr double turn = 2 * math::pi;
  return 20.0 + square(x) - 10.0 * cos(turn * x) + square(y) - 10.0 * cos(turn * y);
};

inline constexpr auto ackley = [](auto x, auto y) STRIDE_FORMULA {
  constexpr double turn = 2 * math::pi;
  const auto bowl = -20.0 * exp(-0.2 * sqrt((square(x) + square(y)) * 0.5));
  return bowl - exp((cos(turn * x) + cos(turn * y)) * 0.5) + (math::e + 20.0);
};

inline constexpr auto griewank = [](auto x, auto y) STRIDE_FORMULA {
  return 1.0 + (square(x) + square(y)) / 4000.0 - cos(x) * cos(y / 1.4142135623730951);
};

inline constexpr auto levy13 = [](auto x, auto y) STRIDE_FORMULA {
  constexpr double pi = math::pi;
  return square(sin(3 * pi * x)) + square(x - 1.0) * (1.0 + square(sin(3 * pi * y))) +
         square(y - 1.0) * (1.0 + square(sin(2 * pi * y)));
};

inline constexpr auto eggholder = [](auto x, auto y) STRIDE_FORMULA {
  const auto up = y + 47.0;
  return -up * sin(sqrt(abs(x * 0.5 + up))) - x * sin(sqrt(abs(x - up)));
};

inline constexpr auto mccormick = [](auto x, auto y) STRIDE_FORMULA {
  return sin(x + y) + square(x - y) - 1.5 * x + 2.5 * y + 1.0;
};

inline constexpr auto easom = [](auto x, auto y) STRIDE_FORMULA {
  return -cos(x) * cos(y) * exp(-square(x - math::pi) - square(y - math::pi));
};

// ---- Stride's own, for lessons

/// A round hollow (depth > 0) or summit (depth < 0) of radius r at (cx, cy).
STRIDE_INLINE auto hollow(auto x, auto y, double cx, double cy, double r, double depth) {
  return -depth * exp((square(x - cx) + square(y - cy)) * (-1 / (r * r)));
}

/// The same, in double precision called, not spread out eight times over each kind of derivative.
template <class X, class Y>
[[gnu::noinline]] auto hollow_called(X x, Y y, double cx, double cy, double r, double depth) {
  return hollow(x, y, cx, cy, r, depth);
}
STRIDE_INLINE auto landmark(auto x, auto y, double cx, double cy, double r, double depth) {
  if constexpr (std::is_same_v<decltype(x.v), float>)
    return hollow(x, y, cx, cy, r, depth);
  else
    return hollow_called(x, y, cx, cy, r, depth);
}

inline constexpr auto mountains = [](auto x, auto y) STRIDE_FORMULA {
  const auto bowl = 0.06 * (square(x) + square(y));
  const auto valleys = landmark(x, y, 1.7, -1.4, 1.1, 2.6) + landmark(x, y, -1.9, -1.5, 0.95, 1.9) +
                       landmark(x, y, -1.3, 1.9, 1.05, 1.5) + landmark(x, y, 2.1, 1.8, 0.8, 1.1);
  const auto summits = landmark(x, y, 0.2, 0.4, 0.85, -1.7) + landmark(x, y, -0.1, -2.1, 0.6, -0.8) +
                       landmark(x, y, -3.0, 0.3, 0.7, -0.9) + landmark(x, y, 0.4, 2.9, 0.7, -0.7);
  return bowl + valleys + summits;
};

inline constexpr auto two_wells = [](auto x, auto y) STRIDE_FORMULA {
  return square(square(x) - 1.0) + 0.3 * x + square(y);
};

inline constexpr auto ravine = [](auto x, auto y) STRIDE_FORMULA {
  return 0.1 * square(x) + 4.0 * square(y - 0.5 * sin(x));
};

inline constexpr auto plateau = [](auto x, auto y) STRIDE_FORMULA {
  const auto u = (square(x) + 2.0 * square(y)) * 0.25;
  return u / (1.0 + u);
};

/// Walls that end in straight slopes make a high rate bounce at a constant height, proportional to the rate,
/// instead of diverging; the floor's slope is constant too, until its end. After Wen et al., "Understanding
/// Warmup-Stable-Decay Learning Rates: A River Valley Loss Landscape Perspective", arXiv 2410.05192.
inline constexpr auto river_valley = [](auto x, auto y) STRIDE_FORMULA {
  const auto across = y - 0.6 * sin(0.5 * x);
  const auto along = x - 4.0;
  return sqrt(1.0 + 16.0 * square(across)) - 1.0 + 0.3 * (sqrt(1.0 + square(along)) - 1.0);
};

}  // namespace stride::formula
