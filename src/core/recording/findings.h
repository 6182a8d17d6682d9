// What a recorded training shows, in words: each sentence from a rule with its numbers.
#pragma once

#include <string>
#include <vector>

#include "core/recording/recording.h"

namespace stride {

struct Finding {
  enum class Kind { diverged, early_leap, plateau, rate_spent, validation_rises, still_falling };
  Kind kind;
  double step;                 ///< where it begins
  std::vector<double> values;  ///< what {0}, {1}, ... of the words stand for, the step first
  const char* words;           ///< English, with these places
  int lesson;                  ///< the number of the lesson that explains it
};

/// With F the fall of the loss from its first level to its lowest, levels being medians of blocks (50 of them at most):
/// - diverged: from a step on no loss is finite, or the last level lies above the first by more than F and more than the
///   first level's size.
/// - early leap: before a tenth of the training has passed since the rate was highest (at most in the first half), the loss
///   rises over its least value so far by more than a fifth of F and six times its noise there. The rate is that where it
///   begins to rise.
/// - plateau: the last quarter of the blocks, or more, is not below the best before them by more than 2 % of F, and the
///   rate there is still 30 % of its highest or more (medians).
/// - rate spent: over the last fifth of the steps, or more, the rate is below a hundredth of its highest.
/// - validation rises: its last level lies above its least by more than a tenth of its fall, while the training loss fell.
/// - still falling: the last fifth of the blocks brought a tenth of F or more.
/// In the order of this list; each at most once. Fewer than 8 losses show nothing but a divergence.
std::vector<Finding> findings(const Recording& recording);

/// The finding's words in English with its numbers, to three digits.
std::string sentence(const Finding& finding);

}  // namespace stride
