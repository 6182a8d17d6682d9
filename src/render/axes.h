// The frame at the foot of the surface: tick numbers along its sides, and where they are set.
#pragma once

#include <string>
#include <vector>

#include "render/camera.h"
#include "render/ribbon.h"

namespace stride::render {

inline constexpr double frame_z = -0.05;  ///< the plane of the frame, a little under the lowest loss

struct Tick {
  double value;
  std::string text;
};
/// Round numbers between lo and hi, about `count` of them, with as many decimals as their distance needs and
/// a true minus sign.
std::vector<Tick> ticks(double lo, double hi, int count);

/// Ticks on both sides of the domain, the same on the surface's fine grid and on the frame.
std::vector<Tick> ticks_x(const Mesh& mesh);
std::vector<Tick> ticks_y(const Mesh& mesh);

/// The frame's lines as polylines with breaks.
std::vector<LinePoint> frame_lines(const Mesh& mesh, bool flat);
/// The edge of the surface itself.
std::vector<LinePoint> edge_line(const Mesh& mesh);

std::vector<Label> axis_labels(const Camera& camera, const Mesh& mesh, double pixel_ratio);

}  // namespace stride::render
