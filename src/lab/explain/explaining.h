// What the explanations of a step keep between frames.
#pragma once

#include "lab/explain/cost.h"

namespace stride::lab {

struct Explaining {
  bool show_state = false;  ///< the optimizer's state on the surface
  Cost cost;                ///< of the selected run's optimizer
};

}  // namespace stride::lab
