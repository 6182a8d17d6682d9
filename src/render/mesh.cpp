#include "render/mesh.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

namespace stride::render {
namespace {

Samples sample(const Objective& objective, const Domain& d, int n) {
  const auto count = static_cast<std::size_t>(n);
  Samples s{std::vector<float>(count * count), std::vector<float>(count * count),
            std::vector<float>(count * count)};
  std::vector<float> x(count), y(count);
  for (int i = 0; i < n; ++i)
    x[static_cast<std::size_t>(i)] = static_cast<float>(d.xmin + (d.xmax - d.xmin) * i / (n - 1));
  for (int j = 0; j < n; ++j) {
    std::fill(y.begin(), y.end(), static_cast<float>(d.ymin + (d.ymax - d.ymin) * j / (n - 1)));
    const std::size_t row = static_cast<std::size_t>(j) * count;
    objective.gradient_lanes(x.data(), y.data(), &s.f[row], &s.gx[row], &s.gy[row], n);
  }
  return s;
}

/// On the n * n grid from one of `few` places a side, whose lines fall on each other: straight between them.
void spread(std::vector<float>& v, int few, int n) {
  const int apart = (n - 1) / (few - 1);
  std::vector<float> all;
  for (int j = 0; j < n; ++j)
    for (int i = 0; i < n; ++i) {
      const int column = std::min(i / apart, few - 2), row = std::min(j / apart, few - 2);
      const float a = static_cast<float>(i - column * apart) / static_cast<float>(apart),
                  b = static_cast<float>(j - row * apart) / static_cast<float>(apart);
      const float* p = &v[static_cast<std::size_t>(row * few + column)];
      all.push_back((1 - b) * ((1 - a) * p[0] + a * p[1]) + b * ((1 - a) * p[few] + a * p[few + 1]));
    }
  v = std::move(all);
}

bool inside(const Domain& d, const Minimum& m) {
  return m.x >= d.xmin && m.x <= d.xmax && m.y >= d.ymin && m.y <= d.ymax;
}

bool wants_logarithm(const Objective& objective) {
  return !objective.expression && surfaces()[static_cast<std::size_t>(objective.surface)].log_colour;
}

// A slope is unbounded next to a kink or a cut; a normal needs no more than this.
float bounded(double slope) {
  return std::isfinite(slope) ? static_cast<float>(std::clamp(slope, -60.0, 60.0)) : 0.0f;
}

}  // namespace

glm::dvec2 Mesh::world(double x, double y) const {
  return {(2 * (x - domain.xmin) / (domain.xmax - domain.xmin) - 1) * half_x,
          (2 * (y - domain.ymin) / (domain.ymax - domain.ymin) - 1) * half_y};
}

Point Mesh::domain_point(glm::dvec2 w) const {
  return {domain.xmin + (w.x / half_x + 1) / 2 * (domain.xmax - domain.xmin),
          domain.ymin + (w.y / half_y + 1) / 2 * (domain.ymax - domain.ymin)};
}

double Mesh::height(double wx, double wy) const {
  if (vertices.empty()) return 0;
  const double u = std::clamp((wx / half_x + 1) / 2, 0.0, 1.0) * (n - 1);
  const double v = std::clamp((wy / half_y + 1) / 2, 0.0, 1.0) * (n - 1);
  const int i = std::min(static_cast<int>(u), n - 2), j = std::min(static_cast<int>(v), n - 2);
  const double a = u - i, b = v - j;
  const MeshVertex* p = &vertices[static_cast<std::size_t>(j) * n + static_cast<std::size_t>(i)];
  return (1 - b) * ((1 - a) * p[0].height + a * p[1].height) +
         b * ((1 - a) * p[n].height + a * p[n + 1].height);
}

int vertices_apart(const Objective& objective) {
  constexpr long most = 8'000'000;  // operations: a tenth of a second, where they are powers
  const long length = objective.expression ? static_cast<long>(objective.expression->program.size()) : 1;
  int apart = 1;
  while (length * ((Mesh::n - 1) / apart + 1) * ((Mesh::n - 1) / apart + 1) > most) apart *= 2;
  return apart;
}

Mesh make_mesh(const Objective& objective, const Domain& domain, const std::vector<Minimum>& minima) {
  double lowest = std::numeric_limits<double>::quiet_NaN();
  for (const Minimum& m : minima)
    if (inside(domain, m) && !(lowest <= m.f)) lowest = m.f;
  const int apart = vertices_apart(objective), few = (Mesh::n - 1) / apart + 1;
  Samples s = sample(objective, domain, few);
  for (std::vector<float>* v : {&s.f, &s.gx, &s.gy})
    if (apart > 1) spread(*v, few, Mesh::n);
  return mesh_of(s, domain, lowest, wants_logarithm(objective));
}

Mesh mesh_of(const Samples& s, const Domain& domain, double lowest, bool logarithm) {
  Mesh mesh;
  mesh.domain = domain;
  const double w = domain.xmax - domain.xmin, h = domain.ymax - domain.ymin;
  mesh.half_x = w >= h ? 1 : std::max(w / h, least_side);
  mesh.half_y = h >= w ? 1 : std::max(h / w, least_side);
  mesh.scale = figures::fit_loss_scale(s.f, lowest, logarithm);

  const double per_x = w / (2 * mesh.half_x), per_y = h / (2 * mesh.half_y);
  mesh.vertices.resize(s.f.size());
  for (std::size_t i = 0; i < s.f.size(); ++i) {
    const double f = s.f[i];
    if (std::isnan(f)) {
      if (mesh.missing.empty()) mesh.missing.resize(s.f.size());
      mesh.missing[i] = 1;
      mesh.vertices[i] = {};
      continue;
    }
    const double slope = top_height * mesh.scale.height.slope(f);
    mesh.vertices[i] = {static_cast<float>(top_height * mesh.scale.height.at(f)),
                        bounded(slope * s.gx[i] * per_x), bounded(slope * s.gy[i] * per_y),
                        static_cast<float>(mesh.scale.colour.at(f)),
                        static_cast<float>(mesh.scale.contour(f))};
  }
  return mesh;
}

std::vector<unsigned> mesh_indices(const Mesh& mesh, unsigned apart) {
  constexpr unsigned n = Mesh::n;
  std::vector<unsigned> out;
  out.reserve(std::size_t{6} * (n - 1) * (n - 1) / (apart * apart));
  const auto gone = [&](unsigned i) { return !mesh.missing.empty() && mesh.missing[i]; };
  for (unsigned j = 0; j + 1 < n; j += apart)
    for (unsigned i = 0; i + 1 < n; i += apart) {
      const unsigned a = j * n + i, b = a + apart, c = a + apart * n, d = c + apart;
      if (gone(a) || gone(b) || gone(c) || gone(d)) continue;
      // Split along the diagonal whose ends differ less: ridges and valleys stay whole.
      const auto z = [&](unsigned k) { return mesh.vertices[k].height; };
      if (std::fabs(z(a) - z(d)) <= std::fabs(z(b) - z(c)))
        out.insert(out.end(), {a, b, d, a, d, c});
      else
        out.insert(out.end(), {a, b, c, b, d, c});
    }
  return out;
}

std::vector<WallVertex> wall_vertices(const Mesh& mesh, double foot) {
  constexpr int n = Mesh::n;
  std::vector<WallVertex> out;
  out.reserve(std::size_t{4} * 6 * (n - 1));
  const auto vertex = [&](int i, int j, bool low) {
    const MeshVertex& v = mesh.vertices[static_cast<std::size_t>(j) * n + static_cast<std::size_t>(i)];
    return WallVertex{static_cast<float>((2.0 * i / (n - 1) - 1) * mesh.half_x),
                      static_cast<float>((2.0 * j / (n - 1) - 1) * mesh.half_y),
                      low ? static_cast<float>(foot) : v.height, v.colour, low ? 1.0f : 0.0f};
  };
  const auto quad = [&](int i0, int j0, int i1, int j1) {
    const auto gone = [&](int i, int j) {
      return !mesh.missing.empty() && mesh.missing[static_cast<std::size_t>(j * n + i)];
    };
    if (gone(i0, j0) || gone(i1, j1)) return;
    const WallVertex a = vertex(i0, j0, true), b = vertex(i1, j1, true), c = vertex(i1, j1, false),
                     d = vertex(i0, j0, false);
    out.insert(out.end(), {a, b, c, a, c, d});
  };
  for (int k = 0; k + 1 < n; ++k) {
    quad(k, 0, k + 1, 0);
    quad(n - 1, k, n - 1, k + 1);
    quad(n - 1 - k, n - 1, n - 2 - k, n - 1);
    quad(0, n - 1 - k, 0, n - 2 - k);
  }
  return out;
}

}  // namespace stride::render
