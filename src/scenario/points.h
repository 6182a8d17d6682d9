// The learner's own points, from a file or the clipboard: CSV with `x,y` in a line for a fit, or `x1,x2,label` for a
// network. Untrusted, as every document.
#pragma once

#include <string_view>

#include "scenario/scenario.h"

namespace stride {

inline constexpr size_t max_points_bytes = size_t(8) << 20;

/// Gives the scenario these points as its data. Two columns make it a fit, three a network; one that is that
/// already keeps its model, scale, layers and runs, as far as they go with the data (runs that nobody has changed
/// become those that suit it). A line with names may stand first; comma, semicolon or tab lies between the cells,
/// and beside the latter two a number may be written 0,5. On error the scenario is untouched, and the fault names
/// line and column.
Error read_points(std::string_view csv, Scenario& scenario);

}  // namespace stride
