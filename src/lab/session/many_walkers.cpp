#include "lab/session/many_walkers.h"

#include <algorithm>
#include <cmath>

#include "scenario/scenario.h"

namespace stride::lab {

void add_up(ManyWalkers& all, int steps) {
  all.mean.clear();
  all.lower.clear();
  all.upper.clear();
  std::vector<double> losses(all.paths.size());
  for (size_t t = 0; t <= static_cast<size_t>(steps); ++t) {
    double sum = 0;
    for (size_t i = 0; i < losses.size(); ++i) {
      const std::vector<double>& loss = all.paths[i].loss;
      losses[i] = t < loss.size() && std::isfinite(loss[t]) ? loss[t] : INFINITY;
      sum += losses[i];
    }
    const auto quantile = [&](size_t quarter) {
      const auto at = losses.begin() + static_cast<long>(quarter * (losses.size() - 1) / 4);
      std::nth_element(losses.begin(), at, losses.end());
      return *at;
    };
    all.mean.push_back(sum / static_cast<double>(losses.size()));
    all.lower.push_back(quantile(1));
    all.upper.push_back(quantile(3));
  }
}

ManyWalkers walk_many(const Scenario& scenario, const Run& run) {
  constexpr int rows_at_most = 128000;  // some hundredths of a second
  ManyWalkers all;
  Scenario other = scenario;
  const int count = std::clamp(rows_at_most / scenario.steps, 4, most_walkers);
  for (int i = 0; i < count; ++i, next_seed(other)) all.paths.push_back(trajectory_of(other, run));
  add_up(all, scenario.steps);
  return all;
}

}  // namespace stride::lab
