// The renderer's mathematics: scales, mesh, camera, picking, ribbons. Nothing here needs a graphics context.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "render/axes.h"
#include "render/camera.h"
#include "render/poster.h"
#include "render/ribbon.h"
#include "render/scene.h"
#include "render/surface_view.h"

using namespace stride;
using namespace stride::render;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();
const Rect areas[] = {{0, 0, 907, 800}, {12, 48, 390, 400}, {0, 0, 1600, 1000}, {5, 7, 360, 1200}};

Objective named(const char* key) {
  Objective o;
  o.surface = find_surface(key);
  REQUIRE(o.surface >= 0);
  return o;
}

const Surface& row(const Objective& o) {
  return surfaces()[static_cast<std::size_t>(o.surface)];
}

Mesh mesh_of(const char* key) {
  const Objective o = named(key);
  return make_mesh(o, row(o).domain, row(o).minima);
}

Objective expression(const char* text) {
  ExpressionError error;
  Objective o;
  o.expression = std::make_shared<const Expression>(parse_expression(text, error));
  REQUIRE(error.column == 0);
  return o;
}

std::vector<View> views() {
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

Trajectory path_through(std::vector<Point> points) {
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

bool finite(const LinePoint& p) {
  return std::isfinite(p.x) && std::isfinite(p.y) && std::isfinite(p.z) && std::isfinite(p.row) &&
         p.fade >= 0 && p.fade <= 1;
}

}  // namespace

TEST_CASE("every surface's scale rises, stays within 0 .. 1 and has the slope that it claims") {
  for (const Surface& s : surfaces()) {
    CAPTURE(s.key);
    const Mesh mesh = mesh_of(s.key);
    for (const Curve& c : {mesh.scale.height, mesh.scale.colour}) {
      CHECK(c.at(c.low) == 0);
      CHECK(c.at(c.high) == doctest::Approx(1));
      CHECK(c.at(inf) == doctest::Approx(1));
      CHECK(c.at(-inf) == 0);
      CHECK(c.at(nan_value) == 0);
      double before = -1;
      for (int i = 0; i <= 50; ++i) {
        const double v = c.low + (c.high - c.low) * i / 50.0;
        CHECK(c.at(v) > before);
        before = c.at(v);
        if (i == 0 || i == 50) continue;
        const double h = 1e-6 * (c.high - c.low);
        CHECK(c.slope(v) == doctest::Approx((c.at(v + h) - c.at(v - h)) / (2 * h)).epsilon(1e-3));
      }
    }
    for (const Minimum& m : s.minima) CHECK(mesh.scale.low <= m.f);
  }
}

TEST_CASE(
    "contours of a logarithmic scale stand at 1, 2 and 5 of each decade, of a linear one at equal steps") {
  Scale s;
  s.low = 0;
  s.high = 1000;
  s.logarithmic = true;
  const double levels[] = {1, 2, 5, 10, 20, 50, 100};
  for (int i = 0; i < 7; ++i) CHECK(s.contour(levels[i]) == doctest::Approx(i));
  CHECK(std::isfinite(s.contour(0)));
  s.logarithmic = false;
  s.contour_step = 50;
  CHECK(s.contour(150) == doctest::Approx(3));
}

TEST_CASE("half of a logarithmic surface lies in the lower part of the height, so that its shape is seen") {
  const Mesh mesh = mesh_of("rosenbrock");
  CHECK(mesh.scale.logarithmic);
  std::vector<float> heights;
  for (const MeshVertex& v : mesh.vertices) heights.push_back(v.height);
  std::nth_element(heights.begin(), heights.begin() + static_cast<long>(heights.size() / 2), heights.end());
  CHECK(heights[heights.size() / 2] / top_height == doctest::Approx(0.35).epsilon(0.05));
}

TEST_CASE("the mesh has the surface's heights and slopes at its vertices") {
  for (const char* key : {"rosenbrock", "himmelblau", "quad_k10", "ackley", "easom"}) {
    CAPTURE(key);
    const Objective o = named(key);
    const Mesh mesh = mesh_of(key);
    const Domain& d = mesh.domain;
    for (int j = 3; j < Mesh::n; j += 37)
      for (int i = 5; i < Mesh::n; i += 41) {
        const double x = d.xmin + (d.xmax - d.xmin) * i / (Mesh::n - 1),
                     y = d.ymin + (d.ymax - d.ymin) * j / (Mesh::n - 1);
        const glm::dvec2 w = mesh.world(x, y);
        double g[3];
        o.gradient(x, y, g);
        const double expected = top_height * mesh.scale.height.at(g[0]);
        CHECK(mesh.height(w.x, w.y) == doctest::Approx(expected).epsilon(2e-3));
        const MeshVertex& v = mesh.vertices[static_cast<std::size_t>(j * Mesh::n + i)];
        const double h = 1e-5;
        const Point e = mesh.domain_point({w.x + h, w.y}), b = mesh.domain_point({w.x - h, w.y});
        double ge[3], gb[3];
        o.gradient(e.x, e.y, ge);
        o.gradient(b.x, b.y, gb);
        const double slope =
            top_height * (mesh.scale.height.at(ge[0]) - mesh.scale.height.at(gb[0])) / (2 * h);
        CHECK(std::fabs(v.slope_x - slope) < 0.01 * (1 + std::fabs(slope)));
      }
  }
}

TEST_CASE("no vertex is without a number, whatever the expression") {
  for (const char* text : {"log(x) + y^2", "1/(x*y)", "sqrt(x - 5)", "exp(exp(x*x*4))", "3",
                           "tan(9*x)*exp(9*y)", "-1/(x^2+y^2)"}) {
    CAPTURE(text);
    const Mesh mesh = make_mesh(expression(text), {-2, 2, -2, 2}, {});
    for (const MeshVertex& v : mesh.vertices) {
      const float numbers[] = {v.height, v.slope_x, v.slope_y, v.colour, v.contour};
      for (float f : numbers) REQUIRE(std::isfinite(f));
      REQUIRE(v.height >= 0);
      REQUIRE(v.height <= static_cast<float>(top_height) * 1.0001f);
    }
    for (unsigned i : mesh_indices(mesh)) REQUIRE(i < mesh.vertices.size());
    for (const WallVertex& w : wall_vertices(mesh, frame_z)) REQUIRE(std::isfinite(w.z));
  }
}

TEST_CASE("where f is no number the surface has a hole") {
  const Mesh half = make_mesh(expression("log(x)"), {-1, 1, -1, 1}, {});
  const Mesh whole = make_mesh(expression("x"), {-1, 1, -1, 1}, {});
  CHECK(whole.missing.empty());
  const double share =
      static_cast<double>(mesh_indices(half).size()) / static_cast<double>(mesh_indices(whole).size());
  CHECK(share == doctest::Approx(0.5).epsilon(0.02));
}

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

TEST_CASE("a long step lies on the surface all the way") {
  const Mesh mesh = mesh_of("quad_k10");
  const Trajectory path = path_through({{-4, 3}, {4, -3}, {-3, 2}});
  const Ribbon r = make_ribbon(mesh, {&path, {1, 0, 0, 1}, 1}, 100000);
  CHECK(r.line.size() > 200);
  for (std::size_t i = 0; i < r.line.size(); ++i) {
    const LinePoint& p = r.line[i];
    CHECK(std::fabs(p.z - mesh.height(p.x, p.y)) < 1e-4);
    if (i > 0) CHECK(p.row > r.line[i - 1].row);
    if (i > 0) CHECK(std::hypot(p.x - r.line[i - 1].x, p.y - r.line[i - 1].y) < 0.02);
  }
  CHECK(r.line.back().row == 2);
  CHECK(r.steps.size() == 3);
  CHECK(r.walker.row == 1);
  CHECK(r.has_step);
}

TEST_CASE("paths that leave are cut at the margin and faded, whatever their last row holds") {
  const Mesh mesh = mesh_of("quad_k10");
  const std::vector<std::vector<Point>> cases = {
      {{-4, 3}, {4, -40}, {-4, 400}, {1e6, 1e300}, {inf, -inf}},
      {{0, 0}, {inf, 0}},
      {{0, 0}, {nan_value, nan_value}},
      {{nan_value, 0}},
      {{100, 100}, {200, 200}},
      {{100, 0}, {-100, 0}},
      {{6, 0}, {7, 0}, {0, 0}},
  };
  for (std::size_t k = 0; k < cases.size(); ++k) {
    CAPTURE(k);
    const Trajectory path = path_through(cases[k]);
    for (int cursor = -1; cursor < path.size(); ++cursor) {
      const Ribbon r = make_ribbon(mesh, {&path, {1, 0, 0, 1}, cursor}, 10000);
      for (const auto* line : {&r.line, &r.steps, &r.next})
        for (const LinePoint& p : *line) {
          REQUIRE(finite(p));
          CHECK(std::fabs(p.x) <= mesh.half_x * (1 + 2 * margin) * 1.0001);
          CHECK(std::fabs(p.y) <= mesh.half_y * (1 + 2 * margin) * 1.0001);
        }
      REQUIRE(finite(r.walker));
      // Consecutive points far apart must be a break, not a stroke across the picture.
      for (std::size_t i = 1; i < r.line.size(); ++i) {
        const LinePoint &a = r.line[i - 1], &b = r.line[i];
        if (std::hypot(a.x - b.x, a.y - b.y) > 0.03) CHECK(a.fade + b.fade == 0);
      }
    }
  }
  const Trajectory across = path_through({{100, 0}, {-100, 0}});
  const Ribbon r = make_ribbon(mesh, {&across, {1, 0, 0, 1}, 1}, 10000);
  REQUIRE(r.line.size() > 100);
  CHECK(r.line.front().fade == 0);
  CHECK(r.line[r.line.size() / 2].fade == 1);
  CHECK(r.line.back().fade == 0);
}

TEST_CASE("the arrow downhill points where the step goes") {
  const Mesh mesh = mesh_of("quad_k100");
  Trajectory path = path_through({{-3, 1}, {-2.9, 0.9}});
  path.grad_x[0] = -3;
  path.grad_y[0] = 100;
  const Ribbon r = make_ribbon(mesh, {&path, {1, 0, 0, 1}, 0}, 1000);
  const glm::dvec2 a = mesh.world(-3, 1), b = mesh.world(-3 + 0.003, 1 - 0.1);
  const double cross = r.downhill.x * (b.y - a.y) - r.downhill.y * (b.x - a.x);
  CHECK(std::fabs(cross) < 1e-9);
  CHECK(r.downhill.y < 0);
  path.grad_x[0] = path.grad_y[0] = 0;
  CHECK(make_ribbon(mesh, {&path, {1, 0, 0, 1}, 0}, 1000).downhill == glm::dvec2(0, 0));
}

TEST_CASE("thinning keeps ends and breaks, and stays within its distance; beads keep theirs") {
  const Mesh mesh = mesh_of("quad_k10");
  std::vector<Point> points;
  for (int i = 0; i <= 2000; ++i)
    points.push_back({4 * std::cos(i * 0.05) * std::exp(-i * 0.002), 8 * std::sin(i * 0.05)});
  const Trajectory path = path_through(points);
  const Ribbon r = make_ribbon(mesh, {&path, {1, 0, 0, 1}, -1}, 30000);
  const Camera camera = make_camera(View{}, areas[0], mesh);
  const auto few = thin(r.line, camera, 4);
  CHECK(few.size() < r.line.size());
  CHECK(few.back().row == r.line.back().row);
  const auto breaks = [](const std::vector<LinePoint>& line) {
    return std::count_if(line.begin(), line.end(), [](const LinePoint& p) { return p.fade == 0; });
  };
  CHECK(breaks(few) == breaks(r.line));
  CHECK(breaks(few) > 0);
  for (std::size_t i = 1; i + 1 < few.size(); ++i) {
    if (few[i - 1].fade == 0 || few[i].fade == 0) continue;
    const ScreenPoint a = camera.project({few[i - 1].x, few[i - 1].y, few[i - 1].z});
    const ScreenPoint b = camera.project({few[i].x, few[i].y, few[i].z});
    CHECK(std::hypot(a.x - b.x, a.y - b.y) > 3.9);
  }
  const auto beads = spaced(r.steps, 0.05);
  REQUIRE(beads.size() > 10);
  CHECK(beads.front().row == r.steps.front().row);
  for (std::size_t i = 1; i < beads.size(); ++i)
    CHECK(std::hypot(beads[i].x - beads[i - 1].x, beads[i].y - beads[i - 1].y, beads[i].z - beads[i - 1].z) >
          0.0499);
}

TEST_CASE("markers and arrows are finite for every kind of path") {
  Scene scene;
  scene.mesh = mesh_of("himmelblau");
  scene.minima = {{3, 2, 0, true}, {0, 0, 1, false}, {99, 99, 0, true}};
  const Trajectory path = path_through({{-1, 1}, {2, 2}, {50, -50}, {inf, inf}});
  const Palette palette{{0, 0, 0, 1}, {0, 0, 0, 1}, {1, 1, 1, 1}, {1, 1, 1, 1}, {0, 0, 1, 1}, true};
  for (int cursor = 0; cursor < 4; ++cursor) {
    scene.ribbons = {make_ribbon(scene.mesh, {&path, {1, 0, 0, 1}, cursor}, 1000)};
    for (const View& v : views()) {
      const Camera camera = make_camera(v, areas[0], scene.mesh);
      auto marks = scene_marks(scene, camera, 1, palette);
      for (const Mark& m : walker_marks(scene.ribbons[0], 1, palette)) marks.push_back(m);
      for (const Arrow& a : walker_arrows(scene.mesh, scene.ribbons[0], camera, 1, palette))
        marks.push_back(arrow_head(a));
      CHECK(marks.size() >= 6);
      for (const Mark& m : marks)
        REQUIRE(std::isfinite(m.x + m.y + m.z + m.radius + m.angle + m.fill.a + m.edge.a));
    }
  }
}

TEST_CASE("ticks are round, inside, and written with a true minus") {
  const auto t = ticks(-1.5, 2, 8);
  REQUIRE(t.size() == 8);
  CHECK(t.front().text ==
        "\xe2\x88\x92"
        "1.5");
  CHECK(t[3].text == "0.0");
  CHECK(t.back().text == "2.0");
  for (const auto& range :
       std::vector<std::vector<double>>{{-1e-6, 2e-6}, {0, 1e7}, {-512, 512}, {3, 3.0001}}) {
    const auto some = ticks(range[0], range[1], 6);
    CHECK(some.size() >= 3);
    CHECK(some.size() <= 13);
    for (std::size_t i = 1; i < some.size(); ++i) CHECK(some[i].text != some[i - 1].text);
  }
}

TEST_CASE("labels keep apart and within the area") {
  for (const char* key : {"rosenbrock", "eggholder", "ravine"}) {
    const Objective o = named(key);
    SurfaceView sv;
    sv.set_surface(o, row(o).domain, {});
    for (const Rect& area : areas)
      for (const View& v : views()) {
        if (v.zoom != 1) continue;
        const auto labels = sv.labels(v, area, 1);
        CHECK(labels.size() >= 6);
        for (const Label& l : labels) {
          CHECK(l.at.x >= area.x);
          CHECK(l.at.x <= area.x + area.w);
          CHECK(l.at.y >= area.y);
          CHECK(l.at.y <= area.y + area.h);
        }
      }
  }
}

TEST_CASE("a thumbnail has colours, brightest where the loss is least") {
  const Objective o = named("quad_k1");
  const auto picture = thumbnail(o, row(o).domain, 64);
  REQUIRE(picture.size() == 64 * 64 * 3);
  const auto green = [&](int x, int y) {
    return static_cast<int>(picture[static_cast<std::size_t>(3 * (y * 64 + x) + 1)]);
  };
  CHECK(green(32, 32) > 180);
  CHECK(green(1, 1) < 60);
}

namespace {

int count_of(const std::string& text, const std::string& what) {
  int count = 0;
  for (size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++count;
  return count;
}

Scenario linked(const std::string& link) {
  Scenario s;
  REQUIRE_MESSAGE(decode_link(link, s).empty(), link);
  return s;
}

}  // namespace

TEST_CASE("poster: of every surface, bands of colour and a path from the start") {
  for (const Surface& surface : surfaces()) {
    CAPTURE(surface.key);
    const Scenario s = linked("?surface=" + std::string(surface.key));
    const std::string svg = poster(s);
    CHECK(svg.starts_with("<svg "));
    CHECK(svg.ends_with("</svg>\n"));
    CHECK(svg.size() < 60000);
    CHECK(svg.find("nan") == svg.npos);
    CHECK(svg.find("inf") == svg.npos);
    CHECK(count_of(svg, "class='band'") >= 5);
    CHECK(count_of(svg, "class='way'") == 2);
    const Point start = start_of(s, s.runs[0]);
    const Domain d = domain_of(s.surface);
    const auto x = std::lround((start.x - d.xmin) / (d.xmax - d.xmin) * 960);
    const auto y = std::lround((d.ymax - start.y) / (d.ymax - d.ymin) * 600);
    CHECK(svg.find("<circle cx='" + std::to_string(x) + "' cy='" + std::to_string(y) + "'") != svg.npos);
  }
}

TEST_CASE("poster: contours of a plane are straight, and close along the edge") {
  const std::string svg = poster(linked("?expression=x&start=0,0&lr=0.1"));
  // Rising to the right: each band begins on a vertical line and takes everything beyond it.
  CHECK(count_of(svg, "class='band'") == 13);
  const size_t first = svg.find("' d='M", svg.find("class='band'")) + 5;
  const std::string path = svg.substr(first, svg.find('z', first) - first);
  CHECK(path.find("600") != path.npos);
  CHECK(count_of(path, "M") == 1);
  CHECK(path.size() < 40);
}

TEST_CASE("poster: what diverges, several runs, words of one's own") {
  const std::string svg = poster(linked("?surface=quad_k10&lr=5"));
  CHECK(svg.find("inf") == svg.npos);
  CHECK(svg.size() < 20000);
  Scenario s = linked("?surface=himmelblau");
  s.runs.push_back(s.runs[0]);
  s.runs[1].name = "<b>&";
  CHECK(count_of(poster(s), "class='way'") == 4);
  CHECK(poster(s).find("&lt;b>&amp;") != std::string::npos);
  s.view.hidden = 2;
  CHECK(count_of(poster(s), "class='way'") == 2);
}
