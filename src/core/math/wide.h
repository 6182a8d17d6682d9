// Loops over lanes in the widest vectors that the processor has. Where STRIDE_WIDE is set (cmake/flags.cmake) a loop is compiled three times, and what
// the processor can is asked once, at the start. A lane's arithmetic is the same in all of them (no contraction to
// fused multiply-adds), and so are its bits. Elsewhere, as in wasm, there is one width.
#pragma once

#include "core/math/math_kernels.h"

namespace stride::math {

/// How many bytes a vector has at most: 16, 32 (AVX2) or 64 (AVX-512).
inline int widest_vector() {
#ifdef STRIDE_WIDE
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw"))
    return 64;
  if (__builtin_cpu_supports("avx2")) return 32;
#endif
  return 16;
}

namespace detail {

#ifdef STRIDE_WIDE
/// What `wide` takes; tests and benchmarks set it lower.
inline int vectors = widest_vector();

template <class Loop, class... A>
[[gnu::target("avx2"), gnu::flatten, gnu::noinline]] auto by_avx2(A... a) {
  return Loop::run(a...);
}
template <class Loop, class... A>
[[gnu::target("avx512f,avx512vl,avx512dq,avx512bw"), gnu::flatten, gnu::noinline]] auto by_avx512(A... a) {
  return Loop::run(a...);
}
#endif

}  // namespace detail

/// How many bytes they have now.
inline int vector_bytes() {
#ifdef STRIDE_WIDE
  return detail::vectors;
#else
  return 16;
#endif
}
/// Vectors of so many bytes at most, for tests and benchmarks.
inline void use_vectors([[maybe_unused]] int bytes) {
#ifdef STRIDE_WIDE
  detail::vectors = bytes < widest_vector() ? bytes : widest_vector();
#endif
}

/// Loop::run in the widest vectors. What it calls has to be inline.
template <class Loop, class... A>
STRIDE_INLINE auto wide(A... a) {
#ifdef STRIDE_WIDE
  if (detail::vectors == 64) return detail::by_avx512<Loop>(a...);
  if (detail::vectors == 32) return detail::by_avx2<Loop>(a...);
#endif
  return Loop::run(a...);
}

}  // namespace stride::math
