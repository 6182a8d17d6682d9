// The cursor's way over the finished trajectories.
#pragma once

namespace stride::lab {

struct Playback {
  bool playing = false;
  double speed = 1;     ///< times 30 steps a second
  double position = 0;  ///< of the cursor, in steps and parts of one
};

}  // namespace stride::lab
