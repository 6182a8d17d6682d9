// What the tests of the renderer share: meshes of surfaces, cameras all around, paths through given points.
#pragma once

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "render/camera.h"
#include "render/ribbon.h"
#include "render/scene.h"

namespace stride::render {

inline constexpr double inf = std::numeric_limits<double>::infinity();
inline constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();
inline const Rect areas[] = {{0, 0, 907, 800}, {12, 48, 390, 400}, {0, 0, 1600, 1000}, {5, 7, 360, 1200}};

inline Objective named(const char* key) {
  Objective o;
  o.surface = find_surface(key);
  REQUIRE(o.surface >= 0);
  return o;
}

inline const Surface& row(const Objective& o) {
  return surfaces()[static_cast<std::size_t>(o.surface)];
}

inline Mesh mesh_of(const char* key) {
  const Objective o = named(key);
  return make_mesh(o, row(o).domain, row(o).minima);
}

inline Objective expression(const char* text) {
  ExpressionError error;
  Objective o;
  o.expression = std::make_shared<const Expression>(parse_expression(text, error));
  REQUIRE(error.column == 0);
  return o;
}

inline std::vector<View> views() {
  std::vector<View> out;
  for (double yaw : {-0.6, 0.9, 2.5, -2.2})
    for (double pitch : {0.4, 0.7, 1.3})
      for (double zoom : {1.0, 3.0}) {
        View v;
        v.yaw = yaw;
        v.pitch = pitch;
        v.zoom = zoom;
        v.pan_x = zoom > 1 ? 0.3 : 0;
        v.pan_y = zoom > 1 ? -0.2 : 0;
        out.push_back(v);
      }
  View flat;
  flat.flat = true;
  out.push_back(flat);
  flat.zoom = 4;
  flat.pan_x = 0.4;
  out.push_back(flat);
  return out;
}

inline Trajectory path_through(std::vector<Point> points) {
  Trajectory t;
  for (const Point& p : points) {
    t.x.push_back(p.x);
    t.y.push_back(p.y);
    t.loss.push_back(0);
    t.lr.push_back(0.1);
    t.grad_x.push_back(p.x);
    t.grad_y.push_back(p.y);
  }
  return t;
}

inline bool finite(const LinePoint& p) {
  return std::isfinite(p.x) && std::isfinite(p.y) && std::isfinite(p.z) && std::isfinite(p.row) &&
         p.fade >= 0 && p.fade <= 1;
}

}  // namespace stride::render
