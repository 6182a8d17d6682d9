#include "render/colour_map.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace stride::render {
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

}  // namespace stride::render
