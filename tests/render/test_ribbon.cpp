// Paths on the surface as ribbons, beads, marks and arrows.
#include <algorithm>
#include <cmath>
#include <vector>

#include "support/render_scenes.h"

using namespace stride;
using namespace stride::render;

namespace {

Ribbon ribbon_of(const Mesh& mesh, const PathLook& look, int budget) {
  Ribbon ribbon;
  make_ribbon(mesh, look, budget, ribbon);
  return ribbon;
}

}  // namespace

TEST_CASE("a ribbon used again is the one that is made anew") {
  const Mesh mesh = mesh_of("himmelblau");
  const Trajectory path = path_through({{-1, 1}, {2, 2}, {3, -2}}), other = path_through({{-1, 1}, {2, 1}});
  const Trajectory nothing;
  const PathLook looks[] = {{&path, {1, 0, 0, 1}, 2},  {&path, {1, 0, 0, 1}, 0},
                            {&other, {1, 0, 0, 1}, 1}, {&nothing, {1, 0, 0, 1}, -1},
                            {&path, {0, 1, 0, 1}, -1}, {&path, {0, 1, 0, 1}, 1}};
  Ribbon kept;
  const auto places = [](const std::vector<LinePoint>& line) {
    std::vector<float> all;
    for (const LinePoint& p : line) all.insert(all.end(), {p.x, p.y, p.z, p.row, p.fade});
    return all;
  };
  for (const PathLook& look : looks)
    for (const int budget : {1000, 10}) {
      make_ribbon(mesh, look, budget, kept);
      const Ribbon fresh = ribbon_of(mesh, look, budget);
      CHECK(places(kept.line) == places(fresh.line));
      CHECK(places(kept.steps) == places(fresh.steps));
      CHECK(places(kept.next) == places(fresh.next));
      CHECK(places({kept.walker}) == places({fresh.walker}));
      CHECK(kept.has_step == fresh.has_step);
      CHECK(kept.cursor == fresh.cursor);
      CHECK(kept.downhill == fresh.downhill);
      CHECK(kept.colour.g == fresh.colour.g);
    }
}

TEST_CASE("a long step lies on the surface all the way") {
  const Mesh mesh = mesh_of("quad_k10");
  const Trajectory path = path_through({{-4, 3}, {4, -3}, {-3, 2}});
  const Ribbon r = ribbon_of(mesh, {&path, {1, 0, 0, 1}, 1}, 100000);
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
      const Ribbon r = ribbon_of(mesh, {&path, {1, 0, 0, 1}, cursor}, 10000);
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
  const Ribbon r = ribbon_of(mesh, {&across, {1, 0, 0, 1}, 1}, 10000);
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
  const Ribbon r = ribbon_of(mesh, {&path, {1, 0, 0, 1}, 0}, 1000);
  const glm::dvec2 a = mesh.world(-3, 1), b = mesh.world(-3 + 0.003, 1 - 0.1);
  const double cross = r.downhill.x * (b.y - a.y) - r.downhill.y * (b.x - a.x);
  CHECK(std::fabs(cross) < 1e-9);
  CHECK(r.downhill.y < 0);
  path.grad_x[0] = path.grad_y[0] = 0;
  CHECK(ribbon_of(mesh, {&path, {1, 0, 0, 1}, 0}, 1000).downhill == glm::dvec2(0, 0));
}

TEST_CASE("thinning keeps ends and breaks, and stays within its distance; beads keep theirs") {
  const Mesh mesh = mesh_of("quad_k10");
  std::vector<Point> points;
  for (int i = 0; i <= 2000; ++i)
    points.push_back({4 * std::cos(i * 0.05) * std::exp(-i * 0.002), 8 * std::sin(i * 0.05)});
  const Trajectory path = path_through(points);
  const Ribbon r = ribbon_of(mesh, {&path, {1, 0, 0, 1}, -1}, 30000);
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
    scene.ribbons = {ribbon_of(scene.mesh, {&path, {1, 0, 0, 1}, cursor}, 1000)};
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
