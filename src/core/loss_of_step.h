// What a rule of second order may ask of one step of a descent: the loss at any place, with the step's noise and
// batch in it.
#pragma once

#include <span>

#include "core/optimizers/optimizer.h"
#include "core/surfaces/surface.h"

namespace stride {

struct LossOfStep {
  const Objective& objective;
  std::span<const int> batch;  ///< of a fit; empty: the whole data
  /// What noise adds to the gradient, the same at every place: the loss is tilted by it around `origin`.
  double noise[2];
  Point origin;
  int asked = 0;  ///< how many places

  /// Loss, gradient and curvature at a place.
  Derivatives at(double x, double y);
};

/// Whether a rule looks at the loss itself. False, whatever is asked, in a program without such rules.
bool looks_at_loss(const Optimizer& row);

}  // namespace stride
