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

struct ManyWalkers {
  long of = 0;                    ///< the result's id that they belong to
  std::vector<Trajectory> paths;  ///< the first is the run's own; one that diverged is shorter
  std::vector<double> mean, lower,
      upper;  ///< of their losses, row by row: the mean and the quartiles; infinite once one diverged
};

/// Mean and quartiles of the paths.
void add_up(ManyWalkers& all, int steps);
/// The run over as many seeds of the noise as the machine bears, from the scenario's own on. The scenario is noisy and a descent.
ManyWalkers walk_many(const Scenario& scenario, const Run& run);

}  // namespace stride::lab
