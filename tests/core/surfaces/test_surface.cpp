// Every row of the table of surfaces: against PyTorch's values and derivatives, against differences, in
// float, at its minima.
#include <doctest/doctest.h>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "core/math/jet.h"
#include "core/math/random.h"
#include "core/surfaces/surface.h"
#include "support/spec_json.h"

using namespace stride;

namespace {

constexpr double endless = std::numeric_limits<double>::infinity();

void gradient_of(const Surface& s, double x, double y, double out[3]) {
  const Derivatives d = s.at(x, y);
  out[0] = d.f;
  out[1] = d.dx;
  out[2] = d.dy;
}

/// The i-th of a fixed set of points spread over the domain.
Point sample(const Surface& s, unsigned i) {
  const Domain& d = s.domain;
  return {d.xmin + (d.xmax - d.xmin) * uniform(11, i, 0), d.ymin + (d.ymax - d.ymin) * uniform(11, i, 1)};
}

/// Central differences with steps h, h/2 and h/4, extrapolated twice (Richardson): error of the order h^6.
template <class F>
double derivative(F f, double h) {
  const auto central = [&](double step) { return (f(step) - f(-step)) / (2 * step); };
  const double a = central(h), b = central(h / 2), c = central(h / 4);
  const double ab = (4 * b - a) / 3, bc = (4 * c - b) / 3;
  return (16 * bc - ab) / 15;
}

double largest(std::initializer_list<double> values) {
  double most = 1;
  for (const double v : values) most = std::fmax(most, std::fabs(v));
  return most;
}

double value_at(const Surface& s, double x, double y) {
  return s.at(x, y).f;
}

}  // namespace

TEST_CASE("surface: every name of the format is there once, complete") {
  const char* names[] = {"quad_k1",        "quad_k10",  "quad_k100", "rosenbrock",      "beale",
                         "himmelblau",     "rastrigin", "ackley",    "styblinski_tang", "three_hump_camel",
                         "six_hump_camel", "booth",     "matyas",    "goldstein_price", "saddle",
                         "monkey_saddle",  "griewank",  "levy13",    "eggholder",       "mccormick",
                         "easom",          "mountains", "two_wells", "ravine",          "plateau",
                         "river_valley"};
  for (const char* name : names) {
    CAPTURE(name);
    CHECK(find_surface(name) >= 0);
  }
  CHECK(surfaces().size() == std::size(names));
  CHECK(find_surface("nonsense") == -1);
  std::set<std::string> keys;
  for (const Surface& s : surfaces()) {
    CAPTURE(s.key);
    CHECK(keys.insert(s.key).second);
    CHECK(std::string(s.help).back() == '.');
    CHECK(std::string(s.formula).size() > 3);
    CHECK((s.domain.xmin < s.start.x && s.start.x < s.domain.xmax));
    CHECK((s.domain.ymin < s.start.y && s.start.y < s.domain.ymax));
  }
}

TEST_CASE("surface: values and derivatives are PyTorch's") {
  const nlohmann::json data = test::reference("functions_open.json");
  int rows = 0;
  for (const auto& c : data["cases"]) {
    const std::string name = c["function"];
    CAPTURE(name);
    const int index = find_surface(name);
    REQUIRE(index >= 0);
    for (const auto& r : c["rows"]) {
      const Derivatives d = surfaces()[index].at(r[0], r[1]);
      CAPTURE(r.dump());
      const double f = r[2], dx = r[3], dy = r[4], xx = r[5], xy = r[6], yy = r[7];
      CHECK(std::fabs(d.f - f) <= 1e-12 * largest({f}));
      CHECK(std::fabs(d.dx - dx) <= 1e-12 * largest({dx, dy}));
      CHECK(std::fabs(d.dy - dy) <= 1e-12 * largest({dx, dy}));
      for (const double error : {d.dxx - xx, d.dxy - xy, d.dyy - yy})
        CHECK(std::fabs(error) <= 1e-10 * largest({xx, xy, yy}));
      ++rows;
    }
  }
  CHECK(rows >= 800);
}

TEST_CASE("surface: derivatives agree with differences") {
  for (const Surface& s : surfaces()) {
    CAPTURE(s.key);
    const double h = 2e-3 * std::fmin(1, (s.domain.xmax - s.domain.xmin) / 4);
    for (unsigned i = 0; i < 60; ++i) {
      const Point p = sample(s, i);
      const Derivatives d = s.at(p.x, p.y);
      CAPTURE(p.x);
      CAPTURE(p.y);
      const double scale = largest({d.f, d.dx, d.dy, d.dxx, d.dxy, d.dyy});
      CHECK(std::fabs(derivative([&](double t) { return value_at(s, p.x + t, p.y); }, h) - d.dx) <
            1e-8 * scale);
      CHECK(std::fabs(derivative([&](double t) { return value_at(s, p.x, p.y + t); }, h) - d.dy) <
            1e-8 * scale);
      CHECK(std::fabs(derivative([&](double t) { return s.at(p.x + t, p.y).dx; }, h) - d.dxx) < 1e-7 * scale);
      CHECK(std::fabs(derivative([&](double t) { return s.at(p.x, p.y + t).dx; }, h) - d.dxy) < 1e-7 * scale);
      CHECK(std::fabs(derivative([&](double t) { return s.at(p.x, p.y + t).dy; }, h) - d.dyy) < 1e-7 * scale);
    }
  }
}

TEST_CASE("surface: blocks are right within single precision, whatever their length") {
  constexpr int most = 131;
  float x[most], y[most], f[most + 1], gx[most + 1], gy[most + 1];
  for (const Surface& s : surfaces()) {
    CAPTURE(s.key);
    for (const int count : {1, 3, 4, 17, most}) {
      for (int i = 0; i < count; ++i) {
        const Point p = sample(s, static_cast<unsigned>(i));
        x[i] = static_cast<float>(p.x);
        y[i] = static_cast<float>(p.y);
      }
      f[count] = gx[count] = gy[count] = -77;
      s.gradient_lanes(x, y, f, gx, gy, count);
      for (int i = 0; i < count; ++i) {
        const Derivatives d = s.at(static_cast<double>(x[i]), static_cast<double>(y[i]));
        const double reach = largest({static_cast<double>(x[i]), static_cast<double>(y[i])});
        // What rounding of the arguments alone may cost, and the terms that cancel at their largest.
        const double scale =
            largest({d.f, d.dx * reach, d.dy * reach, d.dxx * reach, d.dxy * reach, d.dyy * reach});
        CHECK(std::fabs(static_cast<double>(f[i]) - d.f) < 2e-5 * scale);
        CHECK(std::fabs(static_cast<double>(gx[i]) - d.dx) < 2e-5 * scale);
        CHECK(std::fabs(static_cast<double>(gy[i]) - d.dy) < 2e-5 * scale);
      }
      CHECK((f[count] == -77 && gx[count] == -77 && gy[count] == -77));
    }
  }
}

TEST_CASE("surface: listed minima are minima, the global ones the lowest") {
  for (const Surface& s : surfaces()) {
    CAPTURE(s.key);
    double lowest = endless;
    for (const Minimum& m : s.minima) lowest = std::fmin(lowest, m.f);
    for (const Minimum& m : s.minima) {
      CAPTURE(m.x);
      CAPTURE(m.y);
      const Derivatives d = s.at(m.x, m.y);
      const Curvature c = curvature(d);
      CHECK(std::fabs(d.f - m.f) <= 1e-12 * largest({m.f}));
      CHECK(std::fabs(d.dx) <= 1e-13 * largest({c.largest * largest({m.x})}));
      CHECK(std::fabs(d.dy) <= 1e-13 * largest({c.largest * largest({m.y})}));
      CHECK(c.smallest > 0);
      CHECK(m.global == (m.f <= lowest + 1e-12));
      CHECK((s.domain.xmin < m.x && m.x < s.domain.xmax && s.domain.ymin < m.y && m.y < s.domain.ymax));
    }
    // Nowhere on a grid is there less than the global minimum (the eggholder's lowest value lies on its
    // border).
    if (s.minima.empty() || s.key == std::string("eggholder")) continue;
    for (unsigned i = 0; i < 4000; ++i) CHECK(value_at(s, sample(s, i).x, sample(s, i).y) >= lowest - 1e-9);
  }
}

TEST_CASE("surface: plain descent at the row's own rate goes down and stays") {
  for (const Surface& s : surfaces()) {
    if (s.minima.empty()) continue;
    CAPTURE(s.key);
    double x = s.start.x, y = s.start.y, g[3];
    gradient_of(s, x, y, g);
    const double first = g[0];
    for (int t = 0; t < 500; ++t) {
      gradient_of(s, x, y, g);
      x -= s.lr * g[1];
      y -= s.lr * g[2];
    }
    CHECK(g[0] < first);
    CHECK((s.domain.xmin < x && x < s.domain.xmax && s.domain.ymin < y && y < s.domain.ymax));
  }
}

namespace {
/// Where descent with heavy-ball momentum arrives.
Derivatives after(const char* key, double lr, double momentum, int steps) {
  const Surface& s = surfaces()[find_surface(key)];
  double x = s.start.x, y = s.start.y, mx = 0, my = 0, g[3];
  for (int t = 0; t < steps; ++t) {
    gradient_of(s, x, y, g);
    mx = momentum * mx + g[1];
    my = momentum * my + g[2];
    x -= lr * mx;
    y -= lr * my;
  }
  return s.at(x, y);
}
}  // namespace

TEST_CASE("surface: the lessons show what they are for") {
  SUBCASE("two wells: a small rate is trapped, a larger one or momentum gets over") {
    CHECK(after("two_wells", 0.05, 0, 500).f > 0.29);
    CHECK(after("two_wells", 0.15, 0, 500).f < -0.3);
    CHECK(after("two_wells", 0.02, 0.9, 500).f < -0.3);
  }
  SUBCASE("mountains: momentum rolls through the shallow valley into the deepest") {
    CHECK(after("mountains", 0.1, 0, 500).f == doctest::Approx(-0.6557577937742));
    CHECK(after("mountains", 0.1, 0.9, 500).f == doctest::Approx(-2.3156483523854));
  }
  SUBCASE("river valley: a higher rate is farther along and higher up, and decay gains the difference") {
    CHECK(after("river_valley", 0.05, 0, 100).f > 1.7);
    CHECK(after("river_valley", 0.3, 0, 200).f > 1.2);
    CHECK(after("river_valley", 0.1, 0, 1000).f < 1e-9);
  }
  SUBCASE("plateau: little happens for long, then everything") {
    CHECK(after("plateau", 1.5, 0, 30).f > 0.9);
    CHECK(after("plateau", 1.5, 0, 100).f < 1e-9);
  }
  SUBCASE("ravine: the step across changes sign, the one along does not") {
    const Surface& s = surfaces()[find_surface("ravine")];
    double x = s.start.x, y = s.start.y, g[3];
    int turns = 0;
    double last = 0;
    for (int t = 0; t < 30; ++t) {
      gradient_of(s, x, y, g);
      turns += g[2] * last < 0;
      last = g[2];
      x -= 0.2 * g[1];
      y -= 0.2 * g[2];
    }
    CHECK(turns > 10);
  }
}

TEST_CASE("surface: ackley's tip has gradient 0, not NaN") {
  double g[3];
  const Surface& s = surfaces()[find_surface("ackley")];
  gradient_of(s, 0, 0, g);
  CHECK(std::fabs(g[0]) < 1e-14);
  CHECK(g[1] == 0);
  CHECK(g[2] == 0);
  const float zero = 0;
  float f, gx, gy;
  s.gradient_lanes(&zero, &zero, &f, &gx, &gy, 1);
  CHECK(gx == 0);
  CHECK(gy == 0);
}

TEST_CASE("surface: far outside every value is a number or infinite, at no cost to anyone") {
  for (const Surface& s : surfaces())
    for (const double far : {1e4, -1e6, 1e30, 1e200, endless}) {
      CAPTURE(s.key);
      const Derivatives d = s.at(far, -far);
      double g[3];
      gradient_of(s, far, -far, g);
      CHECK((g[0] == d.f || (std::isnan(g[0]) && std::isnan(d.f))));
      if (std::fabs(far) <= 1e6) CHECK(std::isfinite(d.f));
    }
}

TEST_CASE("surface: curvature is the eigenvalues of the Hessian") {
  const Curvature c = curvature({0, 0, 0, 2, 1, 2});
  CHECK(c.largest == doctest::Approx(3));
  CHECK(c.smallest == doctest::Approx(1));
  CHECK(curvature({0, 0, 0, 1, 0, 100}).largest == 100);
}
