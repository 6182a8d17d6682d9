#include "render/camera.h"

#include <algorithm>
#include <cmath>

#include <glm/geometric.hpp>
#include <glm/matrix.hpp>
#include <glm/vec4.hpp>

namespace stride::render {
namespace {

// Tangent of half the angle of view of the area's shorter side: about 29 degrees.
constexpr double lens = 0.26;
constexpr double fill_x = 0.9;  // of the area: the rest is for the numbers along the axes
constexpr double fill_y = 0.86;
constexpr double most_stretch = 1.4;  // how far a map may leave the domain's own proportions to fill the area

struct Framing {
  double distance, shift;  // shift: of the middle of the picture, in half heights
};

/// The extent of the turning body on the screen from distance d: largest |x|, least and largest y, in half
/// sides.
void extent(const Camera& c, double radius, double tan_x, double tan_y, double d, double out[3]) {
  out[0] = 0;
  out[1] = 1e9;
  out[2] = -1e9;
  for (int i = 0; i < 48; ++i) {
    const int around = i / 2;
    const double angle = 2 * 3.14159265358979 * around / 24;
    const glm::dvec3 p(radius * std::cos(angle), radius * std::sin(angle), (i % 2 ? 0.5 : -0.5) * top_height);
    const double away = d - glm::dot(p, c.back);
    out[0] = std::max(out[0], std::fabs(glm::dot(p, c.right)) / (tan_x * away));
    const double y = glm::dot(p, c.up) / (tan_y * away);
    out[1] = std::min(out[1], y);
    out[2] = std::max(out[2], y);
  }
}

Framing framing(const Camera& c, double radius, double tan_x, double tan_y) {
  double near = radius + 0.5, far = 60, e[3];
  for (int i = 0; i < 40; ++i) {
    const double d = 0.5 * (near + far);
    extent(c, radius, tan_x, tan_y, d, e);
    (e[0] <= fill_x && e[2] - e[1] <= 2 * fill_y ? far : near) = d;
  }
  extent(c, radius, tan_x, tan_y, far, e);
  return {far, 0.5 * (e[1] + e[2])};
}

/// Rows of a world-to-eye rotation about `target`.
glm::dmat4 turn(const Camera& c, glm::dvec3 target) {
  glm::dmat4 m(1);
  for (int k = 0; k < 3; ++k) {
    m[k][0] = c.right[k];
    m[k][1] = c.up[k];
    m[k][2] = c.back[k];
  }
  m[3] = glm::dvec4(-glm::dot(c.right, target), -glm::dot(c.up, target), -glm::dot(c.back, target), 1);
  return m;
}

double bounded(double v, double lo, double hi, double fallback) {
  return std::isfinite(v) ? std::clamp(v, lo, hi) : fallback;
}

void look_flat(Camera& c, const Mesh& mesh, double zoom, double pan_x, double pan_y) {
  c.right = {1, 0, 0};
  c.up = {0, 1, 0};
  c.back = {0, 0, 1};
  const Rect& a = c.area;
  double kx = std::max(a.w - a.right, 1.f) * 0.84 / (2 * mesh.half_x),
         ky = std::max(a.h - a.top - a.bottom, 1.f) * 0.84 / (2 * mesh.half_y);
  const double least = std::min(kx, ky);
  kx = std::min(kx, least * most_stretch);
  ky = std::min(ky, least * most_stretch);
  glm::dmat4 lens_matrix(1);
  lens_matrix[0][0] = 2 * kx * zoom / c.area.w;
  lens_matrix[1][1] = 2 * ky * zoom / c.area.h;
  lens_matrix[2][2] = -0.1;
  lens_matrix[3][0] = -a.right / a.w;
  lens_matrix[3][1] = (a.bottom - a.top) / a.h;
  c.clip = lens_matrix * turn(c, {pan_x, pan_y, 0});
  c.pixels_per_unit = least * zoom;
}

void look_around(Camera& c, const View& view, const Mesh& mesh, double zoom, double pan_x, double pan_y) {
  const double yaw = bounded(view.yaw, -1e6, 1e6, 0),
               pitch = bounded(view.pitch, least_pitch, most_pitch, 0.7);
  const double s = std::sin(yaw), k = std::cos(yaw), cp = std::cos(pitch), sp = std::sin(pitch);
  c.right = {k, s, 0};
  c.up = {-s * sp, k * sp, cp};
  c.back = {s * cp, -k * cp, sp};
  const double side = std::min(c.area.w, c.area.h);
  const double tan_x = lens * c.area.w / side, tan_y = lens * c.area.h / side;
  const Framing f = framing(c, std::hypot(mesh.half_x, mesh.half_y), tan_x, tan_y);
  // Far from the surface one turns about the middle of its body; close to it, about the place that one looks
  // at.
  const double close = 1 - 1 / std::max(zoom, 1.0);
  const double z = 0.5 * top_height + close * (mesh.height(pan_x, pan_y) - 0.5 * top_height);
  const double near = std::max(0.2, f.distance - 5), far = f.distance + 5;
  glm::dmat4 p(0);
  p[0][0] = zoom / tan_x;
  p[1][1] = zoom / tan_y;
  p[2][1] = f.shift;  // clip w is -z of the eye: this moves the picture down by shift
  p[2][2] = -(far + near) / (far - near);
  p[3][2] = -2 * far * near / (far - near);
  p[2][3] = -1;
  glm::dmat4 eye = turn(c, {pan_x, pan_y, z});
  eye[3].z -= f.distance;
  c.clip = p * eye;
  c.pixels_per_unit = zoom * side / (2 * lens * f.distance);
}

}  // namespace

ScreenPoint Camera::project(glm::dvec3 world) const {
  const glm::dvec4 p = clip * glm::dvec4(world, 1);
  if (!(p.w > 1e-6)) return {0, 0, false};
  return {static_cast<float>(area.x + area.w * (0.5 + 0.5 * p.x / p.w)),
          static_cast<float>(area.y + area.h * (0.5 - 0.5 * p.y / p.w)), true};
}

Camera make_camera(const View& view, const Rect& area, const Mesh& mesh) {
  Camera c;
  c.area = area;
  c.area.w = std::max(area.w, 1.0f);
  c.area.h = std::max(area.h, 1.0f);
  c.flat = view.flat;
  const double zoom = bounded(view.zoom, least_zoom, most_zoom, 1);
  const double pan_x = bounded(view.pan_x, -1.5, 1.5, 0), pan_y = bounded(view.pan_y, -1.5, 1.5, 0);
  if (view.flat)
    look_flat(c, mesh, zoom, pan_x, pan_y);
  else
    look_around(c, view, mesh, zoom, pan_x, pan_y);
  c.inverse = glm::inverse(c.clip);
  return c;
}

std::optional<glm::dvec3> pick_world(const Camera& c, const Mesh& mesh, float screen_x, float screen_y,
                                     double reach) {
  const double x = 2 * (screen_x - c.area.x) / c.area.w - 1, y = 1 - 2 * (screen_y - c.area.y) / c.area.h;
  const auto unproject = [&](double z) {
    const glm::dvec4 p = c.inverse * glm::dvec4(x, y, z, 1);
    return glm::dvec3(p) / p.w;
  };
  const glm::dvec3 from = unproject(-1), direction = glm::normalize(unproject(1) - from);
  if (direction.z > -1e-6) return std::nullopt;
  // Only between the heights of the surface can it be met.
  const double enter = (top_height + 1e-3 - from.z) / direction.z, leave = -from.z / direction.z;
  const auto inside = [&](glm::dvec3 p) {
    return std::fabs(p.x) <= mesh.half_x && std::fabs(p.y) <= mesh.half_y;
  };
  const auto above = [&](double t) {
    const glm::dvec3 p = from + t * direction;
    return p.z - mesh.height(p.x, p.y);
  };
  const double flat_way = (leave - enter) * std::hypot(direction.x, direction.y);
  const int steps = std::clamp(static_cast<int>(flat_way / (0.75 * 2.0 / (Mesh::n - 1))), 2, 8000);
  bool was_above = false;
  double before = enter;
  for (int i = 0; i <= steps; ++i) {
    const double t = enter + (leave - enter) * i / steps;
    const glm::dvec3 p = from + t * direction;
    const bool is_above = inside(p) && above(t) > 0;
    // Into the surface from above; from outside it is met from below, where it is drawn as glass.
    if (was_above && inside(p) && !is_above) {
      double lo = before, hi = t;
      for (int k = 0; k < 40; ++k) (above(0.5 * (lo + hi)) > 0 ? lo : hi) = 0.5 * (lo + hi);
      return from + hi * direction;
    }
    was_above = is_above;
    before = t;
  }
  const glm::dvec3 p = from + leave * direction;
  if (!(std::hypot(p.x, p.y) <= reach)) return std::nullopt;
  return p;
}

}  // namespace stride::render
