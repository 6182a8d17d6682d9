#include "core/colours.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>

#include "core/math/math.h"
#include "core/studies/study.h"
#include "core/studies/study_columns.h"

namespace stride {
namespace {

// Every sixteenth of the 256 published values (CC0), dark to bright.
constexpr int points = 17;
constexpr unsigned published[points] = {0x440154, 0x48186a, 0x472d7b, 0x424086, 0x3b528b, 0x33638d,
                                        0x2c728e, 0x26828e, 0x21918c, 0x1fa088, 0x28ae80, 0x3fbc73,
                                        0x5ec962, 0x84d44b, 0xaddc30, 0xd8e219, 0xfde725};

double component(int point, int channel) {
  const unsigned rgb = published[std::clamp(point, 0, points - 1)];
  return static_cast<double>((rgb >> (8 * (2 - channel))) & 255u) / 255.0;
}

}  // namespace

std::array<float, 3> viridis(double t) {
  if (!(t > 0)) t = 0;
  t = std::min(t, 1.0) * (points - 1);
  const int i = std::min(static_cast<int>(t), points - 2);
  const double u = t - i;
  std::array<float, 3> out{};
  for (int c = 0; c < 3; ++c) {
    const double a = component(i - 1, c), b = component(i, c), d = component(i + 1, c),
                 e = component(i + 2, c);
    const double v = b + 0.5 * u * (d - a + u * (2 * a - 5 * b + 4 * d - e + u * (3 * (b - d) + e - a)));
    out[static_cast<std::size_t>(c)] = static_cast<float>(std::clamp(v, 0.0, 1.0));
  }
  return out;
}

std::array<unsigned char, 256 * 4> colour_texels() {
  std::array<unsigned char, 256 * 4> texels{};
  for (std::size_t i = 0; i < 256; ++i) {
    const auto rgb = viridis(1.0 - static_cast<double>(i) / 255.0);
    for (std::size_t c = 0; c < 3; ++c)
      texels[4 * i + c] = static_cast<unsigned char>(std::lround(rgb[c] * 255));
    texels[4 * i + 3] = 255;
  }
  return texels;
}

namespace {

/// Hue in turns, saturation 0.55, value 0.85.
Rgb hue(float turn) {
  const auto channel = [turn](float shift) {
    const float at = turn + shift, ramp = std::fabs(6 * (at - std::floor(at)) - 3) - 1;
    return 0.85f * (1 - 0.55f * (1 - std::clamp(ramp, 0.f, 1.f)));
  };
  return {channel(0), channel(2.f / 3), channel(1.f / 3)};
}

float lightness(float arrived, int steps) {
  return 1.1f - 0.75f * math::log(1 + std::max(arrived, 0.f)) / math::log(1 + static_cast<float>(steps));
}

}  // namespace

Rgb basin_colour(float basin) {
  static constexpr Rgb first[] = {{0.34f, 0.71f, 0.91f}, {0.90f, 0.62f, 0.00f}, {0.00f, 0.62f, 0.45f},
                                  {0.80f, 0.47f, 0.65f}, {0.94f, 0.89f, 0.26f}, {0.00f, 0.45f, 0.70f}};
  if (basin == basin_diverged) return {0.84f, 0.37f, 0.f};
  if (!(basin >= 0)) return {0.45f, 0.47f, 0.5f};
  const std::size_t minimum = static_cast<std::size_t>(basin);
  if (minimum < std::size(first)) return first[minimum];
  const float turn = 0.618034f * basin;
  return hue(turn - std::floor(turn));
}

std::string basins_picture(std::span<const float> rows, int size, int steps) {
  std::string rgb;
  for (std::size_t i = 0; i < row_count<BasinsRow>(rows); ++i) {
    const auto row = study_row<BasinsRow>(rows, i);
    const int pixel = static_cast<int>(i), x = pixel % size, y = pixel / size;
    Rgb c = basin_colour(row.basin);
    if (row.basin == basin_diverged && (x + y) * 64 / size % 2 == 0) c = {0.12f, 0.10f, 0.12f};
    const float light = row.basin >= 0 ? lightness(row.steps, steps) : 1.f;
    for (const float v : c) {
      const auto byte = static_cast<unsigned char>(std::clamp(v * light, 0.f, 1.f) * 255);
      rgb += static_cast<char>(byte);
    }
  }
  return rgb;
}

std::string ppm(int width, int height, std::string_view rgb) {
  return "P6\n" + std::to_string(width) + " " + std::to_string(height) + "\n255\n" + std::string(rgb);
}

}  // namespace stride
