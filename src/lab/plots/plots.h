// What the plots keep between frames: the curves that are switched on, and the hand on the rate's.
#pragma once

#include <memory>

namespace stride::lab {

struct CurveHand;

struct Plots {
  bool show_effective = false, show_stability = true, show_momentum = true;
  std::shared_ptr<CurveHand> hand;  ///< on the learning-rate curve; made by its plot
};

}  // namespace stride::lab
