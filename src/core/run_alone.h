// A lane whose rule looks at the loss itself, and so runs by itself.
#pragma once

#include "core/many_runs.h"

namespace stride {

/// The rate that a slider moves: the optimizer's, or that of a schedule that sets the rate itself, and with it the
/// schedule's other rates.
void set_rate(Settings& optimizer, Settings& schedule, double lr);
/// The place of the request nearest to (x, y) within its reach, or -1.
int place_of(const ManyRuns& request, float x, float y);
/// The run of one lane, at its own rate and with its own noise.
std::unique_ptr<Descent> descent_of(const ManyRuns& request, std::size_t lane);
/// What it has come to.
void end_alone(const ManyRuns& request, std::size_t lane, const Trajectory& path, ManyEnds& out);

}  // namespace stride
