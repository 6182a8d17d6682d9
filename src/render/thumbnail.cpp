// The small picture of a surface from above that a picker shows.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "core/colours.h"
#include "figures/loss_scale.h"
#include "render/surface_view.h"

namespace stride::render {
namespace {

constexpr int fine = 3;  // samples a pixel and direction

struct Field {
  int n;
  std::vector<float> f;
  float at(int i, int j) const {
    return f[static_cast<std::size_t>(std::clamp(j, 0, n - 1)) * static_cast<std::size_t>(n) +
             static_cast<std::size_t>(std::clamp(i, 0, n - 1))];
  }
};

/// Row 0 is the top: the largest y.
Field field_of(const Objective& objective, const Domain& d, int n) {
  const auto count = static_cast<std::size_t>(n);
  Field field{n, std::vector<float>(count * count)};
  std::vector<float> x(count), y(count), gx(count), gy(count);
  for (std::size_t i = 0; i < count; ++i)
    x[i] = static_cast<float>(d.xmin + (d.xmax - d.xmin) * (static_cast<double>(i) + 0.5) / n);
  for (std::size_t j = 0; j < count; ++j) {
    std::fill(y.begin(), y.end(),
              static_cast<float>(d.ymax - (d.ymax - d.ymin) * (static_cast<double>(j) + 0.5) / n));
    objective.gradient_lanes(x.data(), y.data(), &field.f[j * count], gx.data(), gy.data(), n);
  }
  return field;
}

/// Colour of one fine sample: the scale's, lit from the upper left, with a line where a strong contour
/// passes.
std::array<float, 3> colour(const Field& field, const figures::LossScale& scale, int i, int j) {
  const float f = field.at(i, j);
  if (std::isnan(f)) return {0.5f, 0.5f, 0.5f};
  auto rgb = viridis(1 - scale.colour.at(f));
  const double h = scale.height.at(f);
  const double left = scale.height.at(field.at(i - 1, j)), above = scale.height.at(field.at(i, j - 1));
  const double light = std::clamp(1.0 + 0.12 * field.n * 0.5 * ((h - left) + (h - above)), 0.72, 1.18);
  const double line = scale.contour(f) / scale.major_every;
  const double change = std::fabs(scale.contour(field.at(i + 1, j)) / scale.major_every - line) +
                        std::fabs(scale.contour(field.at(i, j + 1)) / scale.major_every - line);
  const bool on_line = change > 0 && change < 0.3 && std::fabs(line - std::nearbyint(line)) < 0.6 * change;
  for (float& c : rgb) c = std::clamp(static_cast<float>(c * light * (on_line ? 0.55 : 1)), 0.0f, 1.0f);
  return rgb;
}

}  // namespace

std::vector<unsigned char> thumbnail(const Objective& objective, const Domain& domain, int size) {
  std::vector<unsigned char> out(static_cast<std::size_t>(size) * static_cast<std::size_t>(size) * 3);
  const Field field = field_of(objective, domain, size * fine);
  const bool decades =
      !objective.expression && surfaces()[static_cast<std::size_t>(objective.surface)].log_colour;
  const figures::LossScale scale = figures::fit_loss_scale(field.f, std::nan(""), decades);
  std::size_t at = 0;
  for (int j = 0; j < size; ++j)
    for (int i = 0; i < size; ++i) {
      float sum[3] = {};
      for (int k = 0; k < fine * fine; ++k) {
        const auto c = colour(field, scale, i * fine + k % fine, j * fine + k / fine);
        for (std::size_t channel = 0; channel < 3; ++channel) sum[channel] += c[channel];
      }
      for (float s : sum) out[at++] = static_cast<unsigned char>(std::lround(255 * s / (fine * fine)));
    }
  return out;
}

}  // namespace stride::render
