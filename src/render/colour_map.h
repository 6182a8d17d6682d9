// The colour of a loss: viridis, perceptually uniform and told apart by colour-blind eyes, turned round so
// that low loss is bright.
#pragma once

#include <array>

namespace stride::render {

/// viridis (van der Walt and Smith, 2015) at t in 0 .. 1, dark to bright; sRGB components in 0 .. 1. Clamps;
/// NaN counts as 0.
std::array<float, 3> viridis(double t);

/// 256 RGBA texels of the scale from its lowest loss (bright) to its highest (dark), for a texture.
std::array<unsigned char, 256 * 4> colour_texels();

}  // namespace stride::render
