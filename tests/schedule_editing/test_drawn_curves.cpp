// Curves that are drawn: strokes, points, thinning.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "support/schedule_runs.h"

using namespace stride;
using namespace stride::schedule_editing;

TEST_CASE("drawn curves: thinning keeps every point within its tolerance, and corners exactly") {
  std::vector<double> corner;
  for (int i = 0; i <= 100; ++i) corner.insert(corner.end(), {double(i), std::fabs(i - 37.0)});
  CHECK(simplify(corner, 1e-9, 32) == std::vector<int>{0, 37, 100});
  std::vector<double> wave;
  for (int i = 0; i <= 400; ++i) wave.insert(wave.end(), {double(i), std::sin(i / 20.0)});
  for (double tolerance : {0.3, 0.1, 0.02}) {
    const std::vector<int> kept = simplify(wave, tolerance, 1000);
    CHECK(kept.size() < 150);
    double worst = 0;
    for (size_t k = 0; k + 1 < kept.size(); ++k)
      for (int i = kept[k]; i <= kept[k + 1]; ++i) {
        const double u = double(i - kept[k]) / (kept[k + 1] - kept[k]);
        const double line = wave[size_t(2 * kept[k] + 1)] * (1 - u) + wave[size_t(2 * kept[k + 1] + 1)] * u;
        worst = std::max(worst, std::fabs(line - wave[size_t(2 * i + 1)]));
      }
    CHECK(worst <= tolerance);
  }
  CHECK(simplify(wave, 0, 7).size() == 7);
  CHECK(simplify({}, 0, 7).empty());
}

TEST_CASE("drawn curves: any schedule becomes one that says nearly the same") {
  for (const Run& run : all_runs()) {
    INFO(write_scenario({{}, steps, {run}, {}}));
    const Run points = as_drawn(run, course);
    CHECK(is_drawn(points));
    CHECK(refused(points) == "");
    CHECK(points.schedule.values[0].size() <= 32);
    const std::vector<double> was = planned_rates(run, course), is = planned_rates(points, course);
    const double peak = *std::max_element(was.begin(), was.end());
    double off = 0;
    for (size_t t = 0; t < was.size(); ++t)
      off += std::fabs(was[t] - is[t]) / static_cast<double>(was.size());
    CHECK(off < 0.06 * peak);
  }
}

TEST_CASE("drawn curves: a stroke is what the curve becomes, and the rest of it stays") {
  const Run run = run_with(R"({"type": "Points", "points": [[0, 1], [100, 1], [200, 0.2]]})");
  Stroke stroke = begin_stroke(run, course);
  for (int i = 0; i <= 20; ++i) draw_to(stroke, 40 + i, 0.1 - 0.004 * i, course);
  draw_to(stroke, 80, 0.1, course);
  for (const bool finished : {false, true}) {
    const Run next = drawn(stroke, course, finished);
    CHECK(refused(next) == "");
    CHECK(next.schedule.values[0].size() <= (finished ? 64 : 160));
    const std::vector<double> was = planned_rates(run, course), is = planned_rates(next, course);
    for (int t : {0, 10, 30, 100, 120, 150, 199})
      CHECK(is[size_t(t)] == doctest::Approx(was[size_t(t)]).epsilon(0.03));
    CHECK(is[50] == doctest::Approx(0.06).epsilon(0.03));
    CHECK(is[60] == doctest::Approx(0.02).epsilon(0.1));
    CHECK(is[70] == doctest::Approx(0.06).epsilon(0.03));
  }
  const Run before = drawn(stroke, course, false), after = drawn(stroke, course, true);
  CHECK(after.schedule.values[0].size() <= before.schedule.values[0].size());
  for (int few : {1, 2, 3, 7, 41}) {
    const Course brief{few, {}};
    Stroke s = begin_stroke(run, brief);
    draw_to(s, -3, 0.01, brief);
    draw_to(s, few + 3, 0.05, brief);
    const Run next = drawn(s, brief, true);
    CHECK(refused(next) == "");
    CHECK(planned_rates(next, brief).back() == doctest::Approx(0.05));
  }
}

TEST_CASE("drawn curves: points come and go") {
  const Run run = run_with(R"({"type": "Points", "points": [[0, 1], [100, 0.5]]})");
  int index = -1;
  Run more = with_point(run, 50, course, index);
  CHECK(index == 1);
  for (int t : {0, 20, 50, 70, 100})
    CHECK(rate_at(more, course, t) == doctest::Approx(rate_at(run, course, t)));
  CHECK(without_point(more, 1) == run);
  more = with_point(run, 100, course, index);
  CHECK(index == 1);
  CHECK(more == run);
  CHECK(without_point(without_point(run, 0), 0).schedule.values[0].size() == 2);
  for (int t = 1; index >= 0; ++t) more = with_point(more, t, course, index);
  CHECK(more.schedule.values[0].size() == 2 * most_points);
}
