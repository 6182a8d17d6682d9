// The cursor's way over the finished trajectories.
#pragma once

#include "lab/session/pointing.h"
#include "lab/session/session.h"

namespace stride::lab {

struct Playback {
  bool playing = false;
  bool steering = false;  ///< a hand on the rate acts from the cursor on until it lets go
  double speed = 1;       ///< times 30 steps a second
  double position = 0;    ///< of the cursor, in steps and parts of one
};

/// The cursor, -1 resolved to the last step.
int cursor_step(const Scenario& scenario);
/// The step that everything speaks of: the one pointed at, else the cursor.
int shown_step(const Scenario& scenario, const Pointing& pointing, const Playback& playback);
/// Stops at `step`, clamped to 0 .. steps.
void seek(Session& session, Playback& playback, int step);
void toggle_play(Session& session, Playback& playback);
/// Moves a playing cursor on, by a tenth of a second at the most, and never back: clocks jump.
void advance(Session& session, Playback& playback, double seconds);

}  // namespace stride::lab
