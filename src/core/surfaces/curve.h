// Curves: losses of one weight, f(x), as formulas that are read like a learner's own; and the table of them.
#pragma once

#include "core/surfaces/surface.h"

namespace stride {

/// One row of the table of curves.
struct Curve {
  const char* key;      ///< "parabola"
  const char* name;     ///< "Parabola"
  const char* formula;  ///< of x alone; what is computed
  const char* help;     ///< one sentence: what it teaches
  double xmin, xmax;    ///< the shown part
  double start;
  double lr;                    ///< a rate at which plain descent from `start` works well
  std::vector<Minimum> minima;  ///< y is 0
};

std::span<const Curve> curves();
/// The index of the curve `key`, or -1.
int find_curve(std::string_view key);

}  // namespace stride
