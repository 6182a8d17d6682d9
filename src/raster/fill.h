// Areas and lines with smooth edges.
#pragma once

#include <span>
#include <vector>

#include "raster/raster.h"

namespace stride::raster {

using figures::Spot;

/// 0xRRGGBB and how much of it covers what is there, 0 .. 1.
struct Ink {
  unsigned colour;
  double opacity = 1;
};

/// The inside of closed rings; one within another that runs the other way is a hole. What lies outside the picture is cut off.
void fill(Picture& to, const std::vector<std::vector<Spot>>& rings, Ink ink);
/// A line with round ends and corners, `width` wide.
void stroke(Picture& to, std::span<const Spot> line, double width, Ink ink);
void disc(Picture& to, Spot at, double radius, Ink ink);

/// Words from `at` on their base line, `size` pixels to the em.
void words(Picture& to, Spot at, const figures::Shape& shape);

}  // namespace stride::raster
