// Schedules that practitioners look for by name, each made of rows of the table for a rate and a number of steps.
#pragma once

#include <span>

#include "core/schedules/schedule.h"

namespace stride {

struct SchedulePreset {
  const char* name;    ///< for people
  const char* source;  ///< the paper or library that has it
  /// For the optimizer's rate and the scenario's number of steps (1 or more). Lengths are whole steps, at least one each.
  Settings (*make)(double lr, int steps);
};

std::span<const SchedulePreset> schedule_presets();

}  // namespace stride
