// The scale of heights, and the mesh of a surface.
#include <algorithm>
#include <cmath>
#include <vector>

#include "render/axes.h"
#include "support/render_scenes.h"

using namespace stride;
using namespace stride::render;

TEST_CASE("every surface's scale rises, stays within 0 .. 1 and has the slope that it claims") {
  for (const Surface& s : surfaces()) {
    CAPTURE(s.key);
    const Mesh mesh = mesh_of(s.key);
    for (const figures::Ramp& c : {mesh.scale.height, mesh.scale.colour}) {
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
  figures::LossScale s;
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

TEST_CASE("with corners farther apart the same surface has fewer triangles over the same square") {
  const Mesh mesh = make_mesh(expression("x^2 + y"), {-1, 1, -1, 1}, {});
  const std::size_t all = mesh_indices(mesh).size();
  for (unsigned apart : {2u, 4u}) {
    const std::vector<unsigned> few = mesh_indices(mesh, apart);
    CHECK(few.size() == all / (apart * apart));
    for (unsigned i : few) REQUIRE((i % Mesh::n) % apart + (i / Mesh::n) % apart == 0);
    for (unsigned corner : {0u, Mesh::n - 1u, Mesh::n * (Mesh::n - 1u), Mesh::n * Mesh::n - 1u})
      CHECK(std::find(few.begin(), few.end(), corner) != few.end());
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

TEST_CASE("a formula as long as may be is asked at fewer places, and looks the same") {
  std::string sum = "x";
  while (sum.size() + 4 <= Expression::max_length) sum = "x*y+" + sum;
  const std::string texts[] = {"x^2 + y^2", "sin(3*x)*cos(2*y) + x", sum};
  for (const std::string& text : texts) {
    ExpressionError error;
    Objective o;
    o.expression = std::make_shared<const Expression>(parse_expression(text, error));
    REQUIRE(error.column == 0);
    const int apart = vertices_apart(o), places = (Mesh::n - 1) / apart + 1;
    CHECK((apart > 1) == (text == sum));
    CHECK(static_cast<long>(o.expression->program.size()) * places * places <= 8'000'000);
    const Mesh mesh = make_mesh(o, {-2, 2, -2, 2}, {});
    for (int j = 0; j < Mesh::n; j += 3)
      for (int i = 0; i < Mesh::n; i += 5) {
        const MeshVertex& v = mesh.vertices[static_cast<std::size_t>(j * Mesh::n + i)];
        const Derivatives d = o.at(-2 + 4.0 * i / (Mesh::n - 1), -2 + 4.0 * j / (Mesh::n - 1));
        CHECK(v.height == doctest::Approx(top_height * mesh.scale.height.at(d.f)).epsilon(1e-3));
      }
  }
}
