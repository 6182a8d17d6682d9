// A run told in words: what just happened at a step, from the data of the run.
#pragma once

#include <string>

#include "core/trajectory.h"
#include "scenario/scenario.h"

namespace stride::lab {

/// A sentence or two about how the run came to row `step`: how the step compares with the valley in its
/// direction, what the loss did, and what else matters most there (the schedule, noise, a saddle, ...). Every
/// claim is computed from the path and the surface. `path` and `outcome` are those of `run`.
std::string narrate(const Objective& objective, const Domain& domain, const Trajectory& path,
                    const Outcome& outcome, const Run& run, int step);

}  // namespace stride::lab
