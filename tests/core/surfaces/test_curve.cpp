// Curves: the table's minima, and descents of one weight by every optimizer.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "core/many_runs.h"
#include "core/math/math.h"
#include "core/studies/study.h"
#include "core/surfaces/curve.h"
#include "support/spec_json.h"

using namespace stride;
using test::constant;

namespace {

Objective objective_of_text(const char* text) {
  ExpressionError error;
  Objective o{0, std::make_shared<const Expression>(parse_expression(text, error, line_variables))};
  REQUIRE(error.column == 0);
  o.weights = 1;
  return o;
}

Objective objective_of_row(int row) {
  Objective o = objective_of_text(curves()[row].formula);
  o.curve = row;
  return o;
}

Settings settings_of(int optimizer) {
  return default_settings(optimizer, optimizers()[optimizer].params);
}

}  // namespace

TEST_CASE("curves: the table's formulas at a point, by hand") {
  const struct {
    const char* key;
    double x, f, slope;
  } known[] = {{"parabola", 1.5, 2.25, 3},
               {"two_valleys", 2, 8.4, 23.7},
               {"many_valleys", math::pi / 3, 2 + math::pi * math::pi / 180, math::pi / 30},
               {"cliff", 1, 2.4, 15.6},
               {"kink", -0.25, 0.25, -1},
               {"plateau", 2, 0.8, 0.16}};
  CHECK(std::size(known) == curves().size());
  for (const auto& k : known) {
    CAPTURE(k.key);
    REQUIRE(find_curve(k.key) >= 0);
    const Derivatives d = objective_of_row(find_curve(k.key)).at(k.x, 0);
    CHECK(d.f == doctest::Approx(k.f).epsilon(1e-12));
    CHECK(d.dx == doctest::Approx(k.slope).epsilon(1e-12));
    CHECK(d.dy == 0);
    CHECK(d.dyy == d.dxx);
  }
  CHECK(find_curve("parabel") == -1);
}

TEST_CASE("curves: the minima of the table are all that a search finds") {
  for (int row = 0; row < static_cast<int>(curves().size()); ++row) {
    const Curve& c = curves()[row];
    CAPTURE(c.key);
    const Domain domain{c.xmin, c.xmax, 0, 0};
    const Objective named = objective_of_row(row), own = objective_of_text(c.formula);
    const std::vector<Minimum> found = find_minima(own, domain);
    CHECK(found.size() == c.minima.size());
    for (const Minimum& m : c.minima) {
      CHECK(named.at(m.x, 0).f == doctest::Approx(m.f).epsilon(1e-12));
      bool there = false;
      for (const Minimum& f : found) there = there || std::fabs(f.x - m.x) < 1e-6 * (c.xmax - c.xmin);
      CHECK(there);
    }
    for (const Minimum& m : found) CHECK(m.y == 0);
    CHECK(known_minima(named, domain).size() == c.minima.size());
  }
}

TEST_CASE("curves: plain descent of the parabola is a geometric sequence, and its outcome is named") {
  Settings sgd = settings_of(find_optimizer("SGD"));
  const Objective parabola = objective_of_row(find_curve("parabola"));
  for (const double lr : {0.1, 0.5, 0.9}) {
    sgd.values[0] = {lr};
    const Trajectory t = trajectory(parabola, {1.5, 0}, {}, 200, sgd, constant());
    double x = 1.5;
    for (int i = 0; i < 20; ++i, x -= lr * (2 * x)) CHECK(t.x[i] == x);
    CHECK(outcome(parabola, t).kind == Outcome::Kind::converged);
  }
  sgd.values[0] = {1.1};
  CHECK(trajectory(parabola, {1.5, 0}, {}, 200, sgd, constant()).diverged_at > 0);
  const Objective valleys = objective_of_row(find_curve("two_valleys"));
  sgd.values[0] = {0.02};
  CHECK(outcome(valleys, trajectory(valleys, {-1.7, 0}, {}, 500, sgd, constant())).kind ==
        Outcome::Kind::local_minimum);
  const Objective hill = objective_of_text("-(x^2)");
  CHECK(outcome(hill, trajectory(hill, {0, 0}, {}, 50, sgd, constant())).words() == "stuck on a summit");
}

TEST_CASE("curves: y stands still and says nothing, under every optimizer, noise and eps of 0") {
  const Objective curve = objective_of_row(find_curve("plateau"));
  for (int row = 0; row < static_cast<int>(point_optimizers().size()); ++row) {
    Settings settings = settings_of(row);
    CAPTURE(std::string(optimizers()[row].key));
    settings.values[0] = {std::min(settings.number(0), 0.1)};
    for (const char* key : {"eps", "weight_decay"})
      if (const int i = find_param(optimizers()[row].params, key); i >= 0)
        if (settings.values[i].size() == 1) settings.values[i] = {key[0] == 'e' ? 0.0 : 0.1};
    const Trajectory t = trajectory(curve, {-1, 0}, {0.1, 3}, 50, settings, constant());
    REQUIRE(t.diverged_at == -1);
    for (const double y : t.y) CHECK(y == 0);
    for (const double g : t.grad_y) CHECK(g == 0);
    // Whatever y is, x goes the same way.
    CHECK(trajectory(curve, {-1, 5}, {0.1, 3}, 50, settings, constant()).x == t.x);

    ManyRuns many;
    many.objective = curve;
    many.optimizer = settings;
    many.schedule = constant();
    many.steps = 8;
    many.x = {-1.0f};
    many.y = {0};
    many.lr = {static_cast<float>(settings.number(0))};
    const ManyEnds ends = run_many(many);
    CHECK(ends.y[0] == 0);
    CHECK(ends.x[0] ==
          doctest::Approx(trajectory(curve, {-1, 0}, {}, 8, settings, constant()).x.back()).epsilon(1e-3));
  }
}
