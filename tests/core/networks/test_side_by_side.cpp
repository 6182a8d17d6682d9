// Trainings side by side against each by itself, to the bit.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/networks/network_study.h"
#include "core/studies/study_columns.h"
#include "core/studies/study_shared.h"
#include "support/study_runs.h"

using namespace stride;
using namespace stride::test;

namespace {

struct Case {
  std::vector<int> layers;
  const char* data;
  Activation activation;
  int batch_size;
};

NetworkRun run_of(const Case& c, const Optimizer& optimizer, const char* schedule) {
  NetworkRun run;
  run.problem.layers = c.layers;
  run.problem.data.row = find_dataset(c.data);
  run.problem.data.samples = 90;
  run.problem.activation = c.activation;
  run.problem.batch_size = c.batch_size;
  run.steps = 12;
  run.optimizer = default_settings(find_optimizer(optimizer.key), optimizer.params);
  const int row = find_schedule(schedule);
  run.schedule = default_settings(row, schedules()[size_t(row)].params);
  return run;
}

}  // namespace

TEST_CASE("the networks of a sweep, side by side, have the bits of each by itself") {
  const Case cases[] = {{{2, 5, 3, 1}, "moons", Activation::tanh, 0},
                        {{2, 4, 2}, "circles", Activation::relu, 7},
                        {{4, 6, 3}, "iris", Activation::sigmoid, 20}};
  const int count = 6;  // a whole group and part of one
  for (const Case& c : cases)
    for (const Optimizer& optimizer : optimizers())
      for (const char* schedule : {"constant", "OneCycleLR", "ReduceLROnPlateau"}) {
        if (!suits(optimizer, true)) continue;
        CAPTURE(optimizer.key);
        CAPTURE(schedule);
        CAPTURE(c.data);
        const NetworkRun run = run_of(c, optimizer, schedule);
        const std::vector<float> rows = training_study(
            run, study_settings("sweep", {{"lr_min", 1e-3}, {"lr_max", 1e9}, {"count", count}}));
        REQUIRE(row_count<SweepRow>(rows) == count);
        for (int i = 0; i < count; ++i) {
          CAPTURE(i);
          const auto row = study_row<SweepRow>(rows, size_t(i));
          Settings at = run.optimizer, way = run.schedule;
          const double lr = study::log_spaced(1e-3, 1e9, i, count);
          at.values[0] = {lr};
          if (const int most = find_param(schedules()[size_t(way.row)].params, "max_lr"); most >= 0)
            way.values[size_t(most)] = {lr};
          const Training alone = train(run.problem, run.steps, at, way, Precision::single);
          CHECK(row.lr == static_cast<float>(lr));
          CHECK((row.basin == basin_diverged) == (alone.diverged_at >= 0));
          if (alone.diverged_at < 0) CHECK(row.final_loss == static_cast<float>(alone.loss.back()));
          CHECK(!(row.min_loss > *std::min_element(alone.loss.begin(), alone.loss.end())));
        }
      }
}
