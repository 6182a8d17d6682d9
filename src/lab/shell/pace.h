// How fast frames follow each other while a hand moves. Where the machine is too slow for it, the surface is
// drawn coarsely until the hand rests. Only the picture: no number depends on it.
#pragma once

#include <array>

namespace stride::lab {

struct Services;

struct Pace {
  int coarseness = 0;            ///< of this frame: 0 is the whole picture, see render::SurfaceView
  int needed = 0;                ///< what the last slow movement came to
  double needed_until = 0;       ///< seconds; the next movement begins with it until then
  double moved_at = -1e9;        ///< seconds
  double last = -1;              ///< the frame before, where the hand moved then too
  double wakes_at = 0;           ///< when a frame comes that has been asked for
  std::array<double, 5> took{};  ///< seconds, of the last frames
  int count = 0;
};

/// Once a frame, after ImGui has been told of the hand. Asks for a frame to draw the whole picture in, once
/// the hand rests with the button down.
void keep_pace(Pace& pace, const Services& services);

}  // namespace stride::lab
