// Figures as pixels, drawn in software: the same on every machine, without a window or a graphics card.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "figures/figure.h"

namespace stride::raster {

struct Picture {
  int width = 0, height = 0;
  std::vector<unsigned char> rgb;  ///< sRGB bytes, top row first
};

/// Shapes blended over one another with smooth edges, words in Inter, on the figure's ground.
Picture draw(const figures::Figure& figure);

/// The figure as a PNG file, with what it is transparent.
std::string png(const figures::Figure& figure);
/// width * height pixels of RGB bytes (`channels` 3) or RGBA (4), top row first, as a PNG file.
std::string png(int width, int height, std::span<const unsigned char> pixels, int channels = 3);

}  // namespace stride::raster
