// A prediction that is drawn: the loss that a learner expects, on the loss plot before the run may be seen,
// and beside the run afterwards.
#pragma once

#include "lab/lessons/lesson_state.h"
#include "lab/plots/plot.h"

namespace stride::lab {

/// The axis to draw on: it tells no more than the loss at the start does.
Scale sketch_scale(const LessonState& lesson, const Results& results);
/// The whole plot is paper for a run of `steps`. Call before the plot takes the pointer.
void take_sketch(LessonState& lesson, int steps, Plot& plot);
void draw_sketch(const LessonState& lesson, const Results& results, const Plot& plot);

}  // namespace stride::lab
