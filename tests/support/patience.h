// How long a reader may take, in seconds of processor time.
#pragma once

namespace stride::testing {

#if defined(__SANITIZE_ADDRESS__) || defined(__EMSCRIPTEN__) || !defined(NDEBUG)
inline constexpr double most_seconds = 2;  // sanitizers, and programs that are still being compiled
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr double most_seconds = 2;
#else
inline constexpr double most_seconds = 0.1;
#endif
#else
inline constexpr double most_seconds = 0.1;
#endif

}  // namespace stride::testing
