// Runs a rule of the learner's own over Lanes, and its row of the table of optimizers.
#pragma once

#include "core/optimizers/custom/custom_rule.h"
#include "core/optimizers/optimizer.h"

namespace stride {

/// Where a formula, folded, goes on with steps that lanes make in one pass: which of them, or -1, at each place of its program.
std::vector<signed char> fusions_of(const Expression& formula);
/// One step of every coordinate; advances the clock, which keeps the names that depend on t alone. What a rule of one's own makes
/// of the rate is not known: `effective` becomes NaN.
void step_custom(const CustomRule& rule, Clock& clock, Lanes<double>& all);
/// The same in single precision, an operation on many lanes at once.
void step_custom(const CustomRule& rule, Clock& clock, Lanes<float>& all);

}  // namespace stride
