// Random numbers as pure functions of (seed, a, b): nothing to carry along, so that a step's noise is the
// same however it is reached. Mixing after Steele, Lea and Flood, "Fast splittable pseudorandom number
// generators", 2014 (SplitMix64).
#pragma once

#include <cstdint>

#include "core/math/math.h"

namespace stride {

/// A bijection of 64 bits in which every output bit depends on every input bit.
inline std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

/// 64 random bits, a pure function of its arguments.
inline std::uint64_t random_bits(std::uint64_t seed, std::uint64_t a, std::uint64_t b = 0) {
  constexpr std::uint64_t golden = 0x9e3779b97f4a7c15u;
  return mix(mix(mix(seed + golden) ^ (a + golden)) ^ (b * 2 + golden));
}

/// Uniform in [0, 1), 53 bits.
inline double uniform(std::uint64_t seed, std::uint64_t a, std::uint64_t b = 0) {
  return static_cast<double>(random_bits(seed, a, b) >> 11) * 0x1p-53;
}

/// Standard normal (Box and Muller, "A note on the generation of random normal deviates", 1958).
inline double gaussian(std::uint64_t seed, std::uint64_t a, std::uint64_t b = 0) {
  const std::uint64_t bits = random_bits(seed, a, b);
  const double above_zero = static_cast<double>((bits >> 11) + 1) * 0x1p-53;
  const double turn = static_cast<double>(mix(bits + 0x9e3779b97f4a7c15u) >> 11) * 0x1p-53;
  return math::sqrt(-2 * math::log(above_zero)) * math::cos(2 * math::pi * turn);
}

/// Standard normal in single precision from 32 + 32 bits: branch-free, for loops over lanes.
inline float gaussian_float(std::uint64_t seed, std::uint64_t a, std::uint64_t b = 0) {
  const std::uint64_t bits = random_bits(seed, a, b);
  const float above_zero = (static_cast<float>(static_cast<std::int32_t>(bits >> 41)) + 1.0f) * 0x1p-23f;
  const float turn = static_cast<float>(static_cast<std::int32_t>(bits & 0xffffff)) * 0x1p-24f;
  return math::sqrt(-2.0f * math::log(above_zero)) * math::cos(6.2831853f * turn);
}

}  // namespace stride
