// What an optimizer costs beside plain descent, in memory and in time, measured on the machine at hand.
#pragma once

#include <span>

#include "core/optimizers/explain.h"

namespace stride::lab {

struct Cost {
  int row = -1;            ///< of the optimizer that was measured
  std::string rule;        ///< the learner's own that was
  double nanoseconds = 0;  ///< of one update of one parameter, its gradient given
  double plain = 0;        ///< the same of plain descent
};

/// A line on an optimizer, `terms` being a step of it. Measures where that is another one than before and
/// nothing is held: some ten milliseconds.
void cost_line(Cost& cost, const Settings& settings, std::span<const Term> terms);
/// The same of a rule that looks at the loss itself: how often, in the steps of its path.
void asking_line(const Settings& settings, const Trajectory& path);

}  // namespace stride::lab
