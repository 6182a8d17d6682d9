// What the pointer or the keyboard points at, for everything that shows the same step, and the steps that
// both plots show.
#pragma once

#include "core/optimizers/optimizer.h"

namespace stride::lab {

struct Hover {
  int run = -1;   ///< -1: none in particular
  int step = -1;  ///< -1: nowhere
};

/// The shared step axis of both plots.
struct StepAxis {
  double first = 0, last = 0;  ///< shown range; last <= first: all steps
  unsigned of = 0;             ///< Session::replaced when it was set: another scenario shows all its steps
};

struct Pointing {
  Hover hover, next_hover;                          ///< of the last frame; being gathered in this one
  RuleLine::Role lit = RuleLine::Role::other;       ///< the part of the rule under the pointer
  RuleLine::Role next_lit = RuleLine::Role::other;  ///< being gathered in this frame
  StepAxis axis;
};

}  // namespace stride::lab
