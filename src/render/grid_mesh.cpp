// A surface that is known on a grid alone, as a loss landscape is: between its
// points by cubic splines through neighbours (Catmull & Rom 1974), with their
// slopes.
#include <algorithm>
#include <array>
#include <cmath>

#include "render/mesh.h"
#include "render/scene.h"
#include "render/view_state.h"

namespace stride::render {

namespace {

struct Weights {
  std::array<int, 4> at;           ///< the neighbours
  std::array<double, 4> w, slope;  ///< what each counts for the value, and for
                                   ///< its slope by one grid step
};

Weights weights_at(double place, int size) {
  const int i = std::clamp(static_cast<int>(place), 0, std::max(size - 2, 0));
  const double t = place - i, t2 = t * t, t3 = t2 * t;
  Weights out{
      {},
      {(-t3 + 2 * t2 - t) / 2, (3 * t3 - 5 * t2 + 2) / 2, (-3 * t3 + 4 * t2 + t) / 2, (t3 - t2) / 2},
      {(-3 * t2 + 4 * t - 1) / 2, (9 * t2 - 10 * t) / 2, (-9 * t2 + 8 * t + 1) / 2, (3 * t2 - 2 * t) / 2}};
  for (int k = 0; k < 4; ++k) out.at[static_cast<size_t>(k)] = std::clamp(i - 1 + k, 0, size - 1);
  return out;
}

/// What has no finite loss is as high as the highest that has.
std::vector<float> bounded(const std::vector<float>& losses) {
  float most = 0;
  for (const float v : losses)
    if (std::isfinite(v)) most = std::max(most, v);
  std::vector<float> out = losses;
  for (float& v : out)
    if (!std::isfinite(v)) v = most;
  return out;
}

Samples sample(const HeightGrid& grid) {
  constexpr int n = Mesh::n;
  Samples s;
  const std::vector<float> losses = bounded(grid.losses);
  const Domain& d = grid.domain;
  const double per_x = (grid.size - 1) / (d.xmax - d.xmin), per_y = (grid.size - 1) / (d.ymax - d.ymin);
  for (int j = 0; j < n; ++j) {
    const Weights up = weights_at((grid.size - 1.0) * j / (n - 1), grid.size);
    for (int i = 0; i < n; ++i) {
      const Weights across = weights_at((grid.size - 1.0) * i / (n - 1), grid.size);
      double f = 0, gx = 0, gy = 0;
      for (size_t r = 0; r < 4; ++r)
        for (size_t c = 0; c < 4; ++c) {
          const int row = grid.size - 1 - up.at[r];  // the first row is the highest
          const auto v = static_cast<double>(losses[static_cast<size_t>(row * grid.size + across.at[c])]);
          f += up.w[r] * across.w[c] * v;
          gx += up.w[r] * across.slope[c] * v;
          gy += up.slope[r] * across.w[c] * v;
        }
      s.f.push_back(static_cast<float>(f));
      s.gx.push_back(static_cast<float>(gx * per_x));
      s.gy.push_back(static_cast<float>(gy * per_y));
    }
  }
  return s;
}

}  // namespace

void SurfaceView::set_grid(const HeightGrid& grid, long id) {
  constexpr int of_grid = -2;
  Scene& s = state_->scene;
  const auto name = [&] { s.mesh.x_name = grid.x_name, s.mesh.y_name = grid.y_name; };
  if (s.surface == of_grid && s.grid == id) return name();
  s.surface = of_grid;
  s.grid = id;
  s.expression.clear();
  s.fit = nullptr;
  s.minima.clear();
  s.mesh = mesh_of(sample(grid), grid.domain, std::nan(""), true);
  name();
  state_->mesh_changed();
}

}  // namespace stride::render
