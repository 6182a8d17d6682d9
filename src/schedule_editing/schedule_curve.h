// What handles know of a run's schedule: the rates that it plans, and where a parameter is kept. Shared by
// the files that find, move and draw.
#pragma once

#include <span>
#include <vector>

#include "schedule_editing/schedule_handles.h"

namespace stride::schedule_editing {

/// The rates at the steps `at`, which increase.
std::vector<double> rates_at(const Run& run, const Course& course, std::span<const int> at);
double rate_at(const Run& run, const Course& course, int step);
/// All steps of a short course, a few hundred of a long one; both ends among them.
std::vector<int> sampled_steps(int steps);

Settings& schedule_in(Run& run, std::span<const int> nest);
const Settings& schedule_in(const Run& run, std::span<const int> nest);
const Param& param_of(const Run& run, const Handle& handle);
/// Writes the parameter (points: the factor).
void set_value(Run& run, const Handle& handle, double value);
/// A schedule that listens to the loss: it has neither a closed form nor schedules within.
bool listens(const Settings& schedule);
/// Schedules that listen: the first step at which one more would make a difference, with `value` in the
/// handle's place; beyond the course where there is none.
int heard_step(const Run& run, const Handle& handle, double value, const Course& course);

/// `value` on the handle's range, 0 .. 1, and back.
double to_unit(const Handle& handle, double value);
double from_unit(const Handle& handle, double unit);

}  // namespace stride::schedule_editing
