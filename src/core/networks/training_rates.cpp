// Which rate suits a training: the studies of rates, asked of networks.
#include <algorithm>

#include "core/networks/network_study.h"
#include "core/studies/study_shared.h"

namespace stride {

namespace {

using study::endless, study::param, study::whole_param, study::Sweep;

/// The training at another rate: of its optimizer, or of a schedule that sets it.
Training at_rate(const NetworkRun& run, double lr) {
  Settings optimizer = run.optimizer, schedule = run.schedule;
  optimizer.values[0] = {lr};
  const Schedule& row = schedules()[static_cast<std::size_t>(schedule.row)];
  if (const int i = find_param(row.params, "max_lr"); row.sets_rate && i >= 0)
    schedule.values[static_cast<std::size_t>(i)] = {lr};
  return train(run.problem, run.steps, optimizer, schedule, Precision::single);
}

float final_loss(const Training& training) {
  return training.diverged_at >= 0 ? endless : static_cast<float>(training.loss.back());
}

std::vector<float> sweep_rows(const NetworkRun& run, const Sweep& sweep, int first, int last) {
  std::vector<float> rows;
  for (int i = first; i < last; ++i) {
    const double lr = study::log_spaced(sweep.lr_min, sweep.lr_max, i, sweep.count);
    const Training training = at_rate(run, lr);
    const auto& losses = training.loss;
    const auto near =
        std::find_if(losses.begin(), losses.end(), [&](double l) { return l <= sweep.tolerance; });
    double least = losses[0];
    for (const double loss : losses) least = std::min(least, loss);
    rows.insert(rows.end(), {static_cast<float>(lr), final_loss(training), static_cast<float>(least),
                             static_cast<float>(training.diverged_at >= 0 ? basin_diverged : basin_none),
                             static_cast<float>(near == losses.end() ? -1 : near - losses.begin())});
  }
  return rows;
}

std::vector<float> range_test(const NetworkRun& run, const Settings& settings) {
  const int steps = whole_param(settings, "steps");
  const study::Rising way =
      study::rising(run.optimizer, param(settings, "lr_min"), param(settings, "lr_max"), steps);
  const Training training = train(run.problem, steps - 1, way.optimizer, way.schedule, Precision::single);
  return study::range_rows(training.lr, training.batch_loss, 0, param(settings, "smoothing"));
}

std::vector<float> compare(const NetworkRun& run, const Settings& settings) {
  const SweepRow best = study::best_of_sweeps(
      optimizers()[static_cast<std::size_t>(run.optimizer.row)].params[0], param(settings, "tolerance"),
      [&](const Sweep& sweep, int first, int last) { return sweep_rows(run, sweep, first, last); });
  NetworkRun start = run;
  std::vector<float> losses;
  for (int i = 0; i < whole_param(settings, "starts"); ++i) {
    losses.push_back(final_loss(at_rate(start, static_cast<double>(best.lr))));
    ++start.problem.init_seed;
    ++start.problem.seed;
  }
  return study::comparison_row(best, std::move(losses));
}

}  // namespace

bool asks_of_training(std::string_view key) {
  return key == "sweep" || key == "range-test" || key == "compare";
}

std::vector<float> training_rates(const NetworkRun& run, const Settings& settings) {
  const std::string_view key = studies()[static_cast<std::size_t>(settings.row)].key;
  if (key == "range-test") return range_test(run, settings);
  if (key == "compare") return compare(run, settings);
  const Sweep sweep = study::sweep_of(settings);
  return sweep_rows(run, sweep, 0, sweep.count);
}

}  // namespace stride
