// What the map of two parameters is about: which numbers of the run, over which ranges, in pictures of which sizes.
#pragma once

#include "lab/studies/studies.h"

namespace stride::lab {

/// What the map is about in this frame.
struct Map {
  StudyProblem problem;
  std::vector<MapAxis> axes;
  int x = 0, y = 0;
  const MapAxis& x_axis() const { return axes[static_cast<size_t>(x)]; }
  const MapAxis& y_axis() const { return axes[static_cast<size_t>(y)]; }
};

/// The selected run's numbers, and the two sides, which keep theirs while the run has them.
Map map_of(const Session& session, const Results& results, MapTool& tool);
/// Keeps the picture at what both sides show.
void ask_map(const Session& session, MapTool& tool, const StudyDesk& desk, const Map& m);

}  // namespace stride::lab
