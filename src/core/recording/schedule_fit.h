// Which schedule a recorded rate followed: one of the table's with its parameters where the rate is that schedule's to
// within rounding, otherwise a drawn curve through it.
#pragma once

#include <optional>

#include "core/recording/recording.h"
#include "core/schedules/schedule.h"

namespace stride {

struct ScheduleFit {
  double lr = 0;  ///< the optimizer's
  Settings schedule;
  int steps = 0;        ///< the schedule's last
  double first = 0;     ///< the recorded step at which the schedule's clock stands at 0
  double every = 1;     ///< recorded steps for each of the schedule's
  bool by_row = false;  ///< the schedule counts rows: recorded steps are no whole numbers, or too many
  bool exact = false;   ///< recognised: the same at every recorded step, as far as its digits tell
  double error = 0;     ///< the largest difference at a recorded step, as a share of the highest rate
};

/// None where no positive rate was recorded. Schedules that cannot be told apart by their rate come out as the simplest of
/// them: a ReduceLROnPlateau as milestones, noam as inverse_sqrt_warmup, a MultiplicativeLR as ExponentialLR; momentum is
/// left alone.
std::optional<ScheduleFit> fit_schedule(const RecordedCurve& lr);

/// The schedule's row of a recorded step.
double schedule_time(const ScheduleFit& fit, double step, int row);

}  // namespace stride
