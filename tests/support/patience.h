// What a test may ask of the machine: how long a reader may take, and how much it may compute.
#pragma once

namespace stride::testing {

/// Whether the address sanitizer is at work, which makes a training some twenty times as long.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif
#else
inline constexpr bool sanitized = false;
#endif

/// In seconds of processor time; more under sanitizers, and for programs that are still being compiled while they run.
#if defined(__EMSCRIPTEN__) || !defined(NDEBUG)
inline constexpr double most_seconds = 2;
#else
inline constexpr double most_seconds = sanitized ? 2 : 0.1;
#endif

}  // namespace stride::testing
