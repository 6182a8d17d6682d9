// Trainings of networks: their first rows at once, the others from jobs as they come; what they come to is the run's
// result like that of a descent.
#pragma once

#include <vector>

#include "jobs/jobs.h"
#include "lab/session/results.h"
#include "lab/session/services.h"

namespace stride::lab {

/// A run's training under way.
struct LiveTraining {
  long of = 0;       ///< RunResult::began
  jobs::Id id = -1;  ///< of the job; -1: none
  size_t stage = 0, stages = 0;
  int read = 0;  ///< tiles
  std::shared_ptr<jobs::TrainingRows> rows;
  double begun_at = 0;  ///< seconds
};

/// Its trainings from other seeds, one after the other.
struct LiveWalkers {
  long of = 0;
  jobs::Id id = -1;
  int read = 0;
  jobs::TrainingRows rows;
};

struct Trainings {
  std::vector<LiveTraining> runs;
  std::vector<LiveWalkers> walkers;
  bool asked = false;      ///< for data that is not here
  bool under_way = false;  ///< rows are still to come
  double progress = 1;     ///< of the run that has least
  double seconds = 0;      ///< for how long already
};

/// The first rows of a run's training, or, where nobody goes on with it, all. One row without a loss while the data is
/// missing. `before`: what the same run came to with another schedule, or null; what that has not changed stays.
RunResult begin_training(const Scenario& scenario, const Run& run, int steps, bool whole,
                         const RunResult* before);
/// How many trainings stand for many walkers: most_walkers, or as many as take some twenty seconds, but enough for quartiles.
int walkers_of_training(const Scenario& scenario);
/// Submits, collects and cancels; once a frame.
void keep_training(Trainings& trainings, Session& session, Results& results, const Services& services);
/// Leaves every training where it is.
void stop_training(Trainings& trainings, jobs::Engine* engine);

}  // namespace stride::lab
