// The loops over a group of lanes that is under way, beside those of its rule and its surface.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

#include "core/math/random.h"
#include "core/math/wide.h"
#include "core/trajectory.h"

namespace stride {

inline constexpr float endless = std::numeric_limits<float>::infinity();
inline constexpr int never = std::numeric_limits<int>::max();

/// Lowest losses and steps to the tolerance of the lanes that have not diverged; returns how many of them are
/// within bounds.
template <bool counting>
struct Watch {
  STRIDE_INLINE static int run(const float* __restrict x, const float* __restrict y,
                               const float* __restrict f, const int* __restrict diverged_at, int lanes, int t,
                               float tolerance, float* __restrict min_loss, int* __restrict steps_to) {
    using math::detail::cast;
    constexpr float bound = static_cast<float>(divergence_bound);
    int alive = 0;
    for (int l = 0; l < lanes; ++l) {
      const float now = f[l], lowest = min_loss[l];
      // Within the bound exactly where x, y and the loss are within theirs: one comparison, not three.
      const float ax = std::fabs(x[l]), ay = std::fabs(y[l]);
      const float size = (ax > ay ? ax : ay) + (ay - ay) + (now - now);
      // Masks, because GCC makes branches of two choices by one condition, and then a scalar loop of the whole.
      const int good = -int(size <= bound) & (diverged_at[l] >> 31);
      const float value = cast<float>((cast<int>(now) & good) | (cast<int>(endless) & ~good));
      min_loss[l] = value < lowest ? value : lowest;
      alive -= good;
      if constexpr (counting) {
        const int reached = value <= tolerance ? t : never;
        const int before = steps_to[l];
        steps_to[l] = reached < before ? reached : before;
      }
    }
    return alive;
  }
};

/// Normal noise of lanes whose seeds are a row.
struct AddNoise {
  STRIDE_INLINE static void run(float sigma, std::uint64_t seed, unsigned t, unsigned i, int lanes,
                                float* g) {
    for (int l = 0; l < lanes; ++l) g[l] += sigma * gaussian_float(seed + static_cast<unsigned>(l), t, i);
  }
};

}  // namespace stride
