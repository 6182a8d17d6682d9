// The rate in the learner's hand: while the runs play, it acts from the cursor on, and what the hand does becomes the
// run's schedule.
#pragma once

#include "lab/session/playback.h"
#include "lab/session/results.h"

namespace stride::lab {

/// Whether a rate that is set now acts from the cursor on: while the runs play, and until the hand lets go.
bool is_steering(const Session& session, const Playback& playback);
/// The selected run's rate at the cursor.
double rate_at_cursor(const Session& session, const Results& results);
/// From the cursor on the selected run goes at `lr`; before it, at the rates that it has gone at. The schedule
/// becomes Points in steps.
void steer(Session& session, const Results& results, double lr);

}  // namespace stride::lab
