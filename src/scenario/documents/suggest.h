// Near misses: the known name that a misspelt one most likely meant, for every error that names an unknown
// key.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace stride {

/// The known name nearest to `word` (edits and swaps, letter case counts little), or empty where none is
/// near: within `most` edits, where that is given.
std::string_view nearest(std::string_view word, std::span<const std::string_view> known, int most = 99);

/// `, did you mean "momentum"?`
std::string did_you_mean(std::string_view name);

/// What follows an unknown name: `, did you mean "momentum"?`, or, where none is near, `, expected one of a,
/// b, c`.
std::string suggestion(std::string_view word, std::span<const std::string_view> known);

}  // namespace stride
