// Many walkers in the place of one: a noisy run over seeds, its mean and the middle half of it. What one walker does is
// luck; what they do is the method.
#pragma once

#include <vector>

#include "core/trajectory.h"

namespace stride {
struct Run;
struct Scenario;
}  // namespace stride

namespace stride::lab {

inline constexpr int most_walkers = 64;

/// Of many curves, row by row: the mean and the quartiles.
struct Spread {
  std::vector<double> mean, lower, upper;
};

struct ManyWalkers {
  long of = 0;                                ///< the result's id that they belong to
  std::vector<Trajectory> paths;              ///< the first is the run's own; one that diverged is shorter
  std::vector<std::vector<double>> accuracy;  ///< of each, of a network: on what is held out, where a part is
  Spread loss;                                ///< infinite once one diverged
  Spread accuracies;                          ///< of a network; nothing is right once one diverged
};

/// Mean and quartiles of what the walkers have come to.
void add_up(ManyWalkers& all, int steps);
/// The run over as many seeds of the noise as the machine bears, from the scenario's own on. The scenario is noisy and a descent.
ManyWalkers walk_many(const Scenario& scenario, const Run& run);

}  // namespace stride::lab
