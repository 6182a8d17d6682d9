// A prediction that is drawn: the loss that a learner expects, on the loss plot before the run may be seen,
// and beside the run afterwards.
#pragma once

#include "lab/plots/plot.h"

namespace stride::lab {

/// The axis to draw on: it tells no more than the loss at the start does.
Scale sketch_scale(const Lab& lab);
/// The whole plot is paper. Call before the plot takes the pointer.
void take_sketch(Lab& lab, Plot& plot);
void draw_sketch(const Lab& lab, const Plot& plot);

}  // namespace stride::lab
