// Several numbers worked on together: what one register of 128 bits holds of float or double, and of any other type
// one. Loops written with them don't hang on what a compiler makes of plain ones; lane by lane the bits are the same.
#pragma once

#include <cstring>

#include "core/math/math_kernels.h"

namespace stride::math {

template <class T>
struct PackOf {
  using Type = T;
};
template <>
struct PackOf<float> {
  typedef float Type __attribute__((vector_size(16)));
};
template <>
struct PackOf<double> {
  typedef double Type __attribute__((vector_size(16)));
};
template <class T>
using Pack = typename PackOf<T>::Type;
/// How many numbers a pack has.
template <class T>
inline constexpr int pack_size = sizeof(Pack<T>) / sizeof(T);

template <class T>
STRIDE_INLINE Pack<T> load_pack(const T* from) {
  if constexpr (pack_size<T> == 1) {
    return *from;
  } else {
    Pack<T> pack;
    std::memcpy(&pack, from, sizeof pack);
    return pack;
  }
}

template <class T>
STRIDE_INLINE void store_pack(const Pack<T>& pack, T* to) {
  if constexpr (pack_size<T> == 1)
    *to = pack;
  else
    std::memcpy(to, &pack, sizeof pack);
}

/// The same number everywhere.
template <class T>
STRIDE_INLINE Pack<T> spread(T number) {
  if constexpr (pack_size<T> == 1)
    return number;
  else
    return number - Pack<T>{};  // less, so that -0 stays
}

/// Of each of four packs the sum of its numbers, (a0 + a2) + (a1 + a3).
STRIDE_INLINE Pack<float> sums_of_four(const Pack<float> (&a)[4]) {
  const Pack<float> x = __builtin_shufflevector(a[0], a[1], 0, 4, 1, 5) +
                        __builtin_shufflevector(a[0], a[1], 2, 6, 3, 7),
                    y = __builtin_shufflevector(a[2], a[3], 0, 4, 1, 5) +
                        __builtin_shufflevector(a[2], a[3], 2, 6, 3, 7);
  return __builtin_shufflevector(x, y, 0, 1, 4, 5) + __builtin_shufflevector(x, y, 2, 3, 6, 7);
}

}  // namespace stride::math
