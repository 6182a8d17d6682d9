// What the kinds of problem that the lab shows have in common: surfaces and curves.
#pragma once

#include <optional>

#include "scenario/scenario.h"

namespace stride::lab {

/// The problem where it is a curve; null where it is another.
const CurveProblem* curve_of(const Problem& problem);
inline const CurveProblem* curve_of(const Scenario& scenario) {
  return curve_of(scenario.problem);
}
inline CurveProblem* curve_of(Scenario& scenario) {
  return const_cast<CurveProblem*>(curve_of(scenario.problem));
}

/// Whether the lab has a stage for it.
bool is_shown(const Scenario& scenario);
/// Whether both descend the same function, whatever is shown of it and from where.
bool same_function(const Problem& a, const Problem& b);

// Of a scenario that is shown.
Noise& noise_in(Scenario& scenario);
void put_start(Scenario& scenario, std::optional<Point> start);
std::optional<Point> own_start(const Scenario& scenario);
/// The learner's own formula; empty where a row of a table is descended.
const std::string& formula_of(const Scenario& scenario);

}  // namespace stride::lab
