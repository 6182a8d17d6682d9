// A run over many seeds of its noise: what is true of the method and not of luck.
#include <algorithm>

#include "lesson/lesson_shared.h"

namespace stride {

bool is_network(const Scenario& scenario) {
  return !is_descent(scenario);
}

double cost_of(const Scenario& scenario) {
  const auto* fit = std::get_if<FitProblem>(&scenario.problem);
  constexpr double samples_a_step = 50;
  return fit ? std::max(1.0, static_cast<double>(fit->points.size()) / 2 / samples_a_step) : 1;
}

Trajectory mean_over_seeds(const Scenario& scenario, const Run& run, int seeds, const RowsOf& rows_of) {
  Scenario other = scenario;
  Trajectory mean = rows_of(scenario, run);
  for (int i = 1; i < seeds; ++i) {
    next_seed(other);
    const Trajectory path = rows_of(other, run);
    if (path.diverged_at >= 0 && (mean.diverged_at < 0 || path.diverged_at < mean.diverged_at)) return path;
    const size_t rows = std::min(mean.loss.size(), path.loss.size());
    for (size_t t = 0; t < rows; ++t) mean.loss[t] += path.loss[t];
  }
  for (double& loss : mean.loss) loss /= seeds;
  return mean;
}

}  // namespace stride
