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

/// Okabe and Ito's palette for runs, 0xRRGGBB, which colour-blind people can tell apart.
inline constexpr std::array<unsigned, 7> run_colours = {0xe69f00, 0x56b4e9, 0x009e73, 0xd55e00,
                                                        0xcc79a7, 0x0072b2, 0xf0e442};

}  // namespace stride::render
