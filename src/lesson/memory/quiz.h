// The closing quiz: loss curves of runs whose settings are drawn at random, and what each shows of its rate.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scenario/scenario.h"

namespace stride {

/// What a loss curve tells of the rate.
enum class CurveKind { too_low, too_high, decayed, cyclic };
inline constexpr int curve_kinds = 4;
/// What it is called, English.
const char* words_of(CurveKind kind);

/// What a run's own numbers show; nothing where they would leave a reader in doubt.
std::optional<CurveKind> kind_shown(const Trajectory& path);

/// So often the settings of a curve are drawn at most; far more than it takes.
inline constexpr int curve_tries = 100;
/// A noisy run of this kind, the same for the same seed: settings are drawn until the run shows it. After so many tries in
/// vain it is one that is known to.
Scenario draw_curve(CurveKind kind, unsigned seed, int tries = curve_tries);
/// Why the run is of this kind, with its numbers and those of the run that it is compared with.
std::string why_so(CurveKind kind, const Scenario& scenario);

inline constexpr int quiz_length = 5;
/// The kinds of a quiz's questions: each of the four at least once.
std::vector<CurveKind> draw_quiz(unsigned seed);

}  // namespace stride
