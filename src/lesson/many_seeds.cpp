// A run over many seeds of its noise: what is true of the method and not of luck.
#include "lesson/lesson_shared.h"

namespace stride {

Trajectory mean_over_seeds(const Scenario& scenario, const Run& run, int seeds) {
  Scenario other = scenario;
  Trajectory mean = trajectory_of(scenario, run);
  for (int i = 1; i < seeds; ++i) {
    ++surface_of(other).noise.seed;
    const Trajectory path = trajectory_of(other, run);
    if (path.diverged_at >= 0 && (mean.diverged_at < 0 || path.diverged_at < mean.diverged_at)) return path;
    const size_t rows = std::min(mean.loss.size(), path.loss.size());
    for (size_t t = 0; t < rows; ++t) mean.loss[t] += path.loss[t];
  }
  for (double& loss : mean.loss) loss /= seeds;
  return mean;
}

}  // namespace stride
