// Of a large network not the weights of every step are kept: those between are trained again, in the background, when
// the cursor rests there.
#pragma once

#include <span>
#include <vector>

#include "jobs/jobs.h"
#include "lab/session/results.h"

namespace stride::lab {

struct BetweenKept {
  long of = -1;   ///< RunResult::began
  int kept = -1;  ///< the kept row that its rows follow on
  jobs::Id id = -1;
  int read = 0;  ///< tiles
  jobs::TrainingRows rows;
};

/// Asks for the weights of `row`, collects them, lets go of what is no longer wanted. Those weights, or nothing where they
/// are kept anyway or have not come yet.
std::span<const float> weights_between(BetweenKept& between, const Session& session, const RunResult& run,
                                       int row, jobs::Engine* engine);

}  // namespace stride::lab
