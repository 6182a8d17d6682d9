// The colours of numbers: a loss, a run, a basin; and pictures of them as bytes.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace stride {

/// viridis (van der Walt and Smith, 2015) at t in 0 .. 1, dark to bright; perceptually uniform and told apart
/// by colour-blind eyes. sRGB components in 0 .. 1. Clamps; NaN counts as 0. Turned round, low loss is
/// bright.
std::array<float, 3> viridis(double t);

/// 256 RGBA texels of the scale from its lowest loss (bright) to its highest (dark), for a texture.
std::array<unsigned char, 256 * 4> colour_texels();

/// Okabe and Ito's palette for runs, 0xRRGGBB, which colour-blind people can tell apart.
inline constexpr std::array<unsigned, 7> run_colours = {0xe69f00, 0x56b4e9, 0x009e73, 0xd55e00,
                                                        0xcc79a7, 0x0072b2, 0xf0e442};

/// The same hues where the ground is light, dark enough to have 3:1 on it and as far apart.
inline constexpr std::array<unsigned, 7> run_colours_on_light = {0xaa8601, 0x2491d7, 0x17564c, 0x961300,
                                                                 0xbb268b, 0x0267c5, 0x7f6d40};

using Rgb = std::array<float, 3>;  ///< sRGB components, 0 .. 1

/// What a start's basin is drawn in, as the study `basins` numbers it: Okabe and Ito's colours for the first
/// minima, then hues a golden angle apart; what diverged orange, what went nowhere grey.
Rgb basin_colour(float basin);
/// RGB bytes of the study `basins`' rows (fate, steps), size * size of them, top row first. Hue says which
/// minimum, lightness how soon: early arrivals are bright, over the logarithm of the steps; what diverges is
/// striped.
std::string basins_picture(std::span<const float> rows, int size, int steps);

/// A picture file, netpbm's P6, of width * height RGB bytes, top row first.
std::string ppm(int width, int height, std::string_view rgb);

}  // namespace stride
