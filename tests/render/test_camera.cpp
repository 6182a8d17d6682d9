// The camera: everything in the picture, picking, turning and zooming.
#include <algorithm>
#include <cmath>
#include <vector>

#include "support/render_scenes.h"

using namespace stride;
using namespace stride::render;

TEST_CASE("the surface fits every area at zoom 1, however it is turned") {
  for (const char* key : {"rosenbrock", "ravine", "rastrigin"}) {
    const Mesh mesh = mesh_of(key);
    for (const Rect& area : areas)
      for (View v : views()) {
        if (v.zoom != 1) continue;
        const Camera c = make_camera(v, area, mesh);
        float left = 1e9f, right = -1e9f, top = 1e9f, bottom = -1e9f;
        for (double x : {-mesh.half_x, mesh.half_x})
          for (double y : {-mesh.half_y, mesh.half_y})
            for (double z : {0.0, top_height}) {
              const ScreenPoint p = c.project({x, y, z});
              REQUIRE(p.in_front);
              left = std::min(left, p.x);
              right = std::max(right, p.x);
              top = std::min(top, p.y);
              bottom = std::max(bottom, p.y);
            }
        CHECK(left >= area.x);
        CHECK(right <= area.x + area.w);
        CHECK(top >= area.y);
        CHECK(bottom <= area.y + area.h);
        CHECK(std::max((right - left) / area.w, (bottom - top) / area.h) > 0.6);
      }
  }
}

TEST_CASE("what is picked on the surface is drawn where it was picked") {
  for (const char* key : {"rosenbrock", "himmelblau", "rastrigin", "quad_k100", "saddle"}) {
    CAPTURE(key);
    const Objective o = named(key);
    SurfaceView sv;
    sv.set_surface(o, row(o).domain, row(o).minima);
    const Domain d = row(o).domain;
    const Mesh mesh = mesh_of(key);
    int on_surface = 0;
    for (const Rect& area : areas)
      for (const View& v : views())
        for (int i = 1; i < 12; ++i)
          for (int j = 1; j < 12; ++j) {
            const float sx = area.x + area.w * static_cast<float>(i) / 12,
                        sy = area.y + area.h * static_cast<float>(j) / 12;
            const auto p = sv.pick(v, area, sx, sy);
            if (!p) continue;
            REQUIRE(std::isfinite(p->x));
            if (p->x <= d.xmin || p->x >= d.xmax || p->y <= d.ymin || p->y >= d.ymax) continue;
            const ScreenPoint q = sv.project(v, area, p->x, p->y);
            // Under the rim of the surface the ray ends at the foot, seen through glass.
            const auto at = pick_world(make_camera(v, area, mesh), mesh, sx, sy);
            if (!at || at->z < mesh.height(at->x, at->y) - 1e-6) continue;
            ++on_surface;
            CHECK(std::fabs(q.x - sx) < 0.05);
            CHECK(std::fabs(q.y - sy) < 0.05);
          }
    CHECK(on_surface > 3000);
  }
}

TEST_CASE("the map has x to the right and y up, and picks in the whole plane") {
  const Objective o = named("rosenbrock");
  SurfaceView sv;
  sv.set_surface(o, row(o).domain, {});
  View v;
  v.flat = true;
  const Rect area{100, 50, 600, 500};
  const ScreenPoint a = sv.project(v, area, 0, 1), b = sv.project(v, area, 1, 1),
                    c = sv.project(v, area, 0, 2);
  CHECK(a.x == doctest::Approx(400));
  CHECK(a.y == doctest::Approx(300));
  CHECK(b.x > a.x);
  CHECK(b.y == doctest::Approx(a.y));
  CHECK(c.y < a.y);
  const auto outside = sv.pick(v, area, 101, 51);
  REQUIRE(outside);
  CHECK(outside->x < -2);
  CHECK(outside->y > 3);
}

TEST_CASE("above the horizon nothing is picked") {
  const Objective o = named("quad_k1");
  SurfaceView sv;
  sv.set_surface(o, row(o).domain, {});
  View v;
  v.pitch = least_pitch;
  CHECK_FALSE(sv.pick(v, {0, 0, 600, 1200}, 300, 2));
  CHECK(sv.pick(v, {0, 0, 600, 1200}, 300, 1100));
}

TEST_CASE("what the hand holds stays under it: wheel and drag") {
  const Objective o = named("himmelblau");
  SurfaceView sv;
  sv.set_surface(o, row(o).domain, {});
  const Rect area{0, 0, 907, 800};
  for (bool flat : {false, true}) {
    View v;
    v.flat = flat;
    const auto p = sv.pick(v, area, 520, 410);
    REQUIRE(p);
    sv.zoom_at(v, area, 520, 410, 3);
    CHECK(v.zoom == doctest::Approx(3));
    ScreenPoint q = sv.project(v, area, p->x, p->y);
    CHECK(std::hypot(q.x - 520, q.y - 410) < 0.5);
    sv.move(v, area, 520, 410, 450, 470);
    q = sv.project(v, area, p->x, p->y);
    CHECK(std::hypot(q.x - 450, q.y - 470) < 0.5);
    sv.zoom_at(v, area, 450, 470, 1e9);
    CHECK(v.zoom == most_zoom);
  }
  View v;
  sv.turn(v, 100, 1e6f, 1);
  CHECK(v.yaw < -0.6);
  CHECK(v.pitch == most_pitch);
}

TEST_CASE("views that are no numbers still give a picture") {
  const Mesh mesh = mesh_of("quad_k1");
  View v;
  v.yaw = nan_value;
  v.pitch = inf;
  v.zoom = nan_value;
  v.pan_x = -inf;
  for (bool flat : {false, true}) {
    v.flat = flat;
    CHECK(std::isfinite(make_camera(v, areas[0], mesh).project({0, 0, 0}).x));
  }
}
