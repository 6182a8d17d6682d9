// What the kinds of problem that the lab shows have in common: surfaces, curves, fits and networks.
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

/// The problem where it is a fit; null where it is another.
const FitProblem* fit_of(const Problem& problem);
inline const FitProblem* fit_of(const Scenario& scenario) {
  return fit_of(scenario.problem);
}
inline FitProblem* fit_of(Scenario& scenario) {
  return const_cast<FitProblem*>(fit_of(scenario.problem));
}

/// The problem where it is a network; null where it is another.
const NetworkProblem* network_of(const Problem& problem);
inline const NetworkProblem* network_of(const Scenario& scenario) {
  return network_of(scenario.problem);
}
inline NetworkProblem* network_of(Scenario& scenario) {
  return const_cast<NetworkProblem*>(network_of(scenario.problem));
}
/// Whether it is drawn as a surface over two weights.
bool has_surface(const Scenario& scenario);
/// Whether both descend the same function, whatever is shown of it and from where.
bool same_function(const Problem& a, const Problem& b);

// Of a scenario that is shown.
/// Null where batches are the noise.
Noise* noise_in(Scenario& scenario);
/// Whether its gradients depend on a seed, and that seed.
bool is_noisy(const Scenario& scenario);
unsigned& seed_in(Scenario& scenario);
void put_start(Scenario& scenario, std::optional<Point> start);
std::optional<Point> own_start(const Scenario& scenario);
/// The steps of an epoch, in which every sample is met once; where there are none, what the scenario says. 0: no epochs.
int steps_in_epoch(const Scenario& scenario);
/// The learner's own formula; empty where a row of a table is descended.
const std::string& formula_of(const Scenario& scenario);

}  // namespace stride::lab
