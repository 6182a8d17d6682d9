// The Rule panel of a rule that looks at the loss itself.
#include "core/optimizers/explain.h"

namespace stride {

void explain_asking(std::vector<Term>& terms, const Trajectory& path, std::size_t row) {
  const double to[2] = {path.x[row + 1], path.y[row + 1]};
  terms.push_back({"Δ",
                   "the step, against which the walker moves",
                   "by the curvature of the loss",
                   {},
                   {path.x[row] - to[0], path.y[row] - to[1]},
                   RuleLine::Role::step,
                   true});
  terms.push_back({"θ", "the new position", "θ − Δ", {}, {to[0], to[1]}, RuleLine::Role::position, true});
}

}  // namespace stride
