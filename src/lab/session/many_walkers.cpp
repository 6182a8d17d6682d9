#include "lab/session/many_walkers.h"

#include <algorithm>
#include <cmath>

#include "scenario/scenario.h"

namespace stride::lab {

namespace {

/// Of `count` curves, each as long as it came; a row that is missing, or no number, counts as `lost`.
template <typename ColumnOf>
Spread spread_of(size_t count, int steps, double lost, const ColumnOf& column) {
  Spread out;
  std::vector<double> values(count);
  for (size_t t = 0; t <= static_cast<size_t>(steps); ++t) {
    double sum = 0;
    for (size_t i = 0; i < count; ++i) {
      const std::vector<double>& one = column(i);
      values[i] = t < one.size() && std::isfinite(one[t]) ? one[t] : lost;
      sum += values[i];
    }
    const auto quantile = [&](size_t quarter) {
      const auto at = values.begin() + static_cast<long>(quarter * (count - 1) / 4);
      std::nth_element(values.begin(), at, values.end());
      return *at;
    };
    out.mean.push_back(sum / static_cast<double>(count));
    out.lower.push_back(quantile(1));
    out.upper.push_back(quantile(3));
  }
  return out;
}

}  // namespace

void add_up(ManyWalkers& all, int steps) {
  all.loss = spread_of(
      all.paths.size(), steps, INFINITY, [&](size_t i) -> const auto& { return all.paths[i].loss; });
  if (!all.accuracy.empty())
    all.accuracies = spread_of(
        all.accuracy.size(), steps, 0, [&](size_t i) -> const auto& { return all.accuracy[i]; });
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
