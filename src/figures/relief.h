// A loss seen from above in bands: levels at the nodes of a grid, and the outlines of where they are reached.
#pragma once

#include <string>
#include <vector>

#include "core/surfaces/surface.h"

namespace stride::figures {

struct Pixel {
  int x, y;
  bool operator==(const Pixel&) const = default;
};

/// 0 .. 1, lowest to highest loss, at every node of a picture of width x height. A frame of nodes lies on the picture's
/// edge and below everything: so every outline is closed.
struct Relief {
  int width, height, cell;  ///< cell divides both
  std::vector<double> level;

  int columns() const { return width / cell + 3; }
  int rows() const { return height / cell + 3; }
  double at(int i, int j) const { return level[static_cast<std::size_t>(j * columns() + i)]; }
};
Relief make_relief(const Objective& objective, const Domain& domain, int width, int height, int cell);

/// The bands of a picture, and the colour of one as on the surface, 0xRRGGBB; low loss is bright.
inline constexpr int band_count = 14;
unsigned band_colour(int band);

/// Closed lines around where the relief is at least `level`, 0 < level < 1, higher ground to their left.
using Rings = std::vector<std::vector<Pixel>>;
Rings outline(const Relief& relief, double level);
/// Them as SVG path data.
std::string path_of(const Rings& rings);

/// Where a point lies on a picture of the domain; what is far outside, or nowhere, comes to lie four widths away.
Pixel place(const Domain& domain, int width, int height, double x, double y);
bool is_far(Pixel p, int width);

/// A closed or open line as SVG path data: relative steps, straight stretches as one.
void append_line(std::string& out, const std::vector<Pixel>& line);

}  // namespace stride::figures
