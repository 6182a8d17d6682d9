// The curves of recorded trainings in the plots of simulated ones.
#pragma once

#include <vector>

#include "lab/plots/plot.h"

namespace stride::lab {

/// The recorded rates, or losses, that the axes show: what their scale must have room for.
std::vector<double> recorded_values(const Recordings& recordings, bool rates, const Axes& axes);
/// Faint as they were logged, solid as they go on the whole, dashed those of validation.
void draw_recordings(const Recordings& recordings, bool rates, const Plot& plot);

}  // namespace stride::lab
