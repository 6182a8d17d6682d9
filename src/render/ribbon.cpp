#include "render/ribbon.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <glm/geometric.hpp>

namespace stride::render {
namespace {

constexpr double far_away = 1e4;  // world units: enough for a direction, and products of it stay exact enough

glm::dvec2 margins(const Mesh& mesh) {
  return {mesh.half_x * (1 + 2 * margin), mesh.half_y * (1 + 2 * margin)};
}

double fade_at(const Mesh& mesh, glm::dvec2 p) {
  const double x = (std::fabs(p.x) / mesh.half_x - 1) / (2 * margin),
               y = (std::fabs(p.y) / mesh.half_y - 1) / (2 * margin);
  const double out = std::clamp(std::max(x, y), 0.0, 1.0);
  return out > 1 - 1e-6 ? 0 : 1 - out * out * (3 - 2 * out);
}

LinePoint on_surface(const Mesh& mesh, glm::dvec2 p, double row) {
  return {static_cast<float>(p.x), static_cast<float>(p.y), static_cast<float>(mesh.height(p.x, p.y)),
          static_cast<float>(row), static_cast<float>(fade_at(mesh, p))};
}

/// The part of the segment within +-m (Liang and Barsky 1984): false where there is none.
bool clip(glm::dvec2 a, glm::dvec2 b, glm::dvec2 m, double& t0, double& t1) {
  t0 = 0;
  t1 = 1;
  for (int k = 0; k < 2; ++k) {
    const double d = b[k] - a[k];
    for (double sign : {-1.0, 1.0}) {
      const double p = sign * d, q = m[k] - sign * a[k];
      if (p == 0) {
        if (q < 0) return false;
      } else if (p < 0) {
        t0 = std::max(t0, q / p);
      } else {
        t1 = std::min(t1, q / p);
      }
    }
  }
  return t0 < t1;
}

/// In world units; a coordinate that is infinite or absurd becomes a far one, so that its direction still
/// shows.
bool world_of(const Mesh& mesh, double x, double y, glm::dvec2& out) {
  if (std::isnan(x) || std::isnan(y)) return false;
  const glm::dvec2 w = mesh.world(std::clamp(x, -1e12, 1e12), std::clamp(y, -1e12, 1e12));
  const double size = std::max(std::fabs(w.x), std::fabs(w.y));
  out = size > far_away ? w * (far_away / size) : w;
  return true;
}

double shown_length(const Mesh& mesh, const Trajectory& path) {
  double sum = 0;
  const glm::dvec2 m = margins(mesh);
  glm::dvec2 before{}, now{};
  for (std::size_t t = 0; t < path.x.size() && world_of(mesh, path.x[t], path.y[t], now); ++t, before = now) {
    double t0, t1;
    if (t > 0 && clip(before, now, m, t0, t1)) sum += (t1 - t0) * glm::distance(before, now);
  }
  return sum;
}

void lay_along(const Mesh& mesh, const Trajectory& path, double piece, Ribbon& out) {
  const glm::dvec2 m = margins(mesh);
  glm::dvec2 before{}, now{};
  for (std::size_t t = 0; t < path.x.size() && world_of(mesh, path.x[t], path.y[t], now); ++t, before = now) {
    if (t > 0) drape(mesh, before, now, static_cast<double>(t - 1), static_cast<double>(t), piece, out.line);
    if (std::fabs(now.x) < m.x && std::fabs(now.y) < m.y)
      out.steps.push_back(on_surface(mesh, now, static_cast<double>(t)));
  }
}

void place_walker(const Mesh& mesh, const Trajectory& path, double piece, Ribbon& out) {
  const glm::dvec2 m = margins(mesh);
  glm::dvec2 here{}, there{};
  // A diverged run's last row may be no number: its walker waits where the path was last seen.
  int row = out.cursor;
  while (row > 0 &&
         !world_of(mesh, path.x[static_cast<std::size_t>(row)], path.y[static_cast<std::size_t>(row)], here))
    --row;
  const auto t = static_cast<std::size_t>(row);
  if (!world_of(mesh, path.x[t], path.y[t], here)) here = {0, 0};
  out.walker = on_surface(mesh, glm::clamp(here, -m, m), row);
  out.has_step = t + 1 < path.x.size() && world_of(mesh, path.x[t + 1], path.y[t + 1], there);
  if (out.has_step) drape(mesh, here, there, row, row + 1, piece, out.next);
  if (t >= path.grad_x.size() || t >= path.grad_y.size()) return;
  const double gx = path.grad_x[t], gy = path.grad_y[t];
  if (!std::isfinite(gx) || !std::isfinite(gy)) return;
  const double size = std::max(std::fabs(gx), std::fabs(gy));
  const Domain& d = mesh.domain;
  // At rest the direction is noise: no slope worth an arrow over the whole width of the domain.
  const double across = std::max(d.xmax - d.xmin, d.ymax - d.ymin);
  if (!(size * across > 1e-6 * (mesh.scale.high - mesh.scale.low))) return;
  const glm::dvec2 w{-gx / size * mesh.half_x / (d.xmax - d.xmin),
                     -gy / size * mesh.half_y / (d.ymax - d.ymin)};
  out.downhill = glm::normalize(w);
}

}  // namespace

void drape(const Mesh& mesh, glm::dvec2 a, glm::dvec2 b, double row_a, double row_b, double piece,
           std::vector<LinePoint>& out) {
  double t0, t1;
  if (!clip(a, b, margins(mesh), t0, t1)) return;
  const glm::dvec2 way = b - a;
  const int pieces = std::clamp(static_cast<int>(std::ceil((t1 - t0) * glm::length(way) / piece)), 1, 2000);
  const auto at = [&](double t) { return on_surface(mesh, a + t * way, row_a + t * (row_b - row_a)); };
  // A line that goes on where it ended shares that point; one that comes in from outside begins anew, both
  // with fade 0.
  if (out.empty() || t0 > 0 || out.back().fade == 0) {
    out.push_back(at(t0));
    if (t0 > 0) out.back().fade = 0;
  }
  for (int i = 1; i <= pieces; ++i) out.push_back(at(t0 + (t1 - t0) * i / pieces));
  if (t1 < 1) out.back().fade = 0;
}

void make_ribbon(const Mesh& mesh, const PathLook& look, int budget, Ribbon& ribbon) {
  const Trajectory* path = look.path && look.path->size() > 0 ? look.path : nullptr;
  const bool laid = path && ribbon.budget == budget && ribbon.x == path->x && ribbon.y == path->y;
  if (!laid) ribbon = {};
  ribbon.colour = look.colour;
  ribbon.arrows = look.arrows;
  ribbon.emphasised = look.emphasised;
  if (!path) return;
  const double cell = 1.5 * 2.0 / (Mesh::n - 1);
  if (!laid) {
    ribbon.x = path->x;
    ribbon.y = path->y;
    ribbon.budget = budget;
    ribbon.line.reserve(static_cast<std::size_t>(path->size()));
    lay_along(mesh, *path, std::max(cell, shown_length(mesh, *path) / std::max(budget, 1)), ribbon);
  }
  ribbon.cursor = look.cursor < 0 ? path->size() - 1 : std::min(look.cursor, path->size() - 1);
  ribbon.next.clear();
  ribbon.downhill = {0, 0};
  place_walker(mesh, *path, cell, ribbon);
}

std::vector<LinePoint> thin(const std::vector<LinePoint>& line, const Camera& camera, double pixels) {
  std::vector<LinePoint> out;
  out.reserve(line.size());
  const glm::mat4 m(camera.clip);
  const float half_w = 0.5f * camera.area.w, half_h = 0.5f * camera.area.h,
              least = static_cast<float>(pixels * pixels);
  float kept_x = 0, kept_y = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const LinePoint& p = line[i];
    const float w = m[0][3] * p.x + m[1][3] * p.y + m[2][3] * p.z + m[3][3];
    const float x = (m[0][0] * p.x + m[1][0] * p.y + m[2][0] * p.z + m[3][0]) / w * half_w;
    const float y = (m[0][1] * p.x + m[1][1] * p.y + m[2][1] * p.z + m[3][1]) / w * half_h;
    const float dx = x - kept_x, dy = y - kept_y;
    if (i > 0 && i + 1 < line.size() && p.fade > 0 && out.back().fade > 0 && dx * dx + dy * dy < least)
      continue;
    out.push_back(p);
    kept_x = x;
    kept_y = y;
  }
  return out;
}

std::vector<LinePoint> spaced(const std::vector<LinePoint>& steps, double distance) {
  std::vector<LinePoint> out;
  const auto far_enough = [&](const LinePoint& a, const LinePoint& b) {
    const double x = a.x - b.x, y = a.y - b.y, z = a.z - b.z;
    return x * x + y * y + z * z >= distance * distance;
  };
  for (const LinePoint& p : steps)
    if (out.empty() || far_enough(out.back(), p)) out.push_back(p);
  return out;
}

}  // namespace stride::render
