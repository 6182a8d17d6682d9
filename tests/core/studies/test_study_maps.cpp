// Basins, maps and tiles: every pixel against its run, basins against known minima and gradient flow.
#include <numeric>
#include <random>
#include <set>

#include "support/study_runs.h"

using namespace stride;
using namespace stride::test;
using nlohmann::json;

namespace {

StudyProblem with_start(StudyProblem p, Point start) {
  p.start = start;
  return p;
}

/// The row since which the path stayed within `reach` of where it came to.
int arrival(const StudyProblem& p, const Trajectory& t, float basin, double reach) {
  if (t.diverged_at >= 0) return t.diverged_at;
  const Point goal = basin >= 0 ? Point{p.minima[static_cast<std::size_t>(basin)].x,
                                        p.minima[static_cast<std::size_t>(basin)].y}
                                : Point{t.x.back(), t.y.back()};
  int since = t.size() - 1;
  while (since > 0 && std::hypot(t.x[since - 1] - goal.x, t.y[since - 1] - goal.y) <= reach) --since;
  return since;
}

/// The minimum that -grad f leads to, by Runge and Kutta's fourth-order method.
float flow_basin(const StudyProblem& p, Point at) {
  const auto slope = [&](double x, double y) {
    double f[3];
    p.objective.gradient(x, y, f);
    return Point{-f[1], -f[2]};
  };
  constexpr double h = 1e-3;
  for (int i = 0; i < 4000; ++i) {
    const Point a = slope(at.x, at.y), b = slope(at.x + h / 2 * a.x, at.y + h / 2 * a.y);
    const Point c = slope(at.x + h / 2 * b.x, at.y + h / 2 * b.y), d = slope(at.x + h * c.x, at.y + h * c.y);
    at = {at.x + h / 6 * (a.x + 2 * b.x + 2 * c.x + d.x), at.y + h / 6 * (a.y + 2 * b.y + 2 * c.y + d.y)};
  }
  for (std::size_t i = 0; i < p.minima.size(); ++i)
    if (std::hypot(p.minima[i].x - at.x, p.minima[i].y - at.y) < 0.05) return static_cast<float>(i);
  return basin_none;
}

/// Whether all of a pixel's neighbours share its basin.
bool is_interior(const std::vector<float>& rows, int size, int pixel) {
  for (int dy = -1; dy <= 1; ++dy)
    for (int dx = -1; dx <= 1; ++dx) {
      const int x = pixel % size + dx, y = pixel / size + dy;
      if (x < 0 || y < 0 || x >= size || y >= size) continue;
      if (rows[2 * static_cast<std::size_t>(y * size + x)] != rows[2 * static_cast<std::size_t>(pixel)])
        return false;
    }
  return true;
}

StudyProblem at_pixel(StudyProblem p, const MapView& view, Point value) {
  set_axis_value(p, view.x, value.x);
  set_axis_value(p, view.y, value.y);
  return p;
}

Settings map_settings(const StudyProblem& p, const char* x, const char* y, int size) {
  const std::vector<MapAxis> axes = map_axes(p);
  const int column = find_map_axis(axes, x), row = find_map_axis(axes, y);
  CAPTURE(x);
  CAPTURE(y);
  REQUIRE(column >= 0);
  REQUIRE(row >= 0);
  return study_settings("map", {{"x_axis", column}, {"y_axis", row}, {"size", size}});
}

/// Every pixel against its run; exact: the same bits. Returns the share that could be compared.
double compare_map(const StudyProblem& p, const Settings& settings, bool exact) {
  const MapView view = map_view(p, settings);
  const std::vector<float> rows = run_study(p, settings);
  const int pixels = view.size * view.size;
  REQUIRE(rows.size() == 2 * static_cast<std::size_t>(pixels));
  int compared = 0;
  for (int i = 0; i < pixels; ++i) {
    const Point at = map_point(view, i % view.size, i / view.size);
    CAPTURE(at.x);
    CAPTURE(at.y);
    const StudyProblem own = at_pixel(p, view, at);
    const Trajectory path = path_of(own);
    const float loss = rows[2 * static_cast<std::size_t>(i)],
                basin = rows[2 * static_cast<std::size_t>(i) + 1];
    if (exact) {
      CHECK(basin == basin_of(own, path));
      if (path.diverged_at < 0) CHECK(loss == static_cast<float>(path.loss.back()));
    }
    if (!exact && is_sensitive(own, path)) continue;
    ++compared;
    check_loss(loss, path);
    CHECK(basin == basin_of(own, path));
  }
  return static_cast<double>(compared) / pixels;
}

}  // namespace

TEST_CASE("basins: every start against its run") {
  struct Case {
    const char* surface;
    Settings optimizer;
  };
  const Case cases[] = {
      {"himmelblau", optimizer_settings("SGD", {{"lr", 0.01}})},
      {"himmelblau", optimizer_settings("Adam", {{"lr", 0.1}})},
      {"himmelblau", optimizer_settings("SGD", {{"lr", 0.022}})},  // diverges from the corners
      {"two_wells", optimizer_settings("SGD", {{"lr", 0.01}, {"momentum", 0.9}})},
      {"mountains", optimizer_settings("SGD", {{"lr", 0.1}})},
      {"saddle", optimizer_settings("SGD", {{"lr", 0.05}})}};
  for (const Case& c : cases)
    for (const double sigma : {0.0, 0.5}) {
      CAPTURE(c.surface);
      StudyProblem p = problem_on(c.surface, c.optimizer, constant(), 150);
      p.noise = {sigma, 5};
      constexpr int size = 20;
      const std::vector<float> rows = run_study(p, study_settings("basins", {{"size", size}}));
      int basins = 0, arrivals = 0;
      for (int i = 0; i < size * size; ++i) {
        const Point start = basins_start(p.domain, size, i % size, i / size);
        const Trajectory path = path_of(with_start(p, start));
        const float basin = rows[2 * static_cast<std::size_t>(i)];
        basins += basin == basin_of(p, path);
        const int steps = static_cast<int>(rows[2 * static_cast<std::size_t>(i) + 1]);
        arrivals += std::abs(steps - arrival(p, path, basin, basin_radius * side_of(p.domain))) <= 1;
      }
      CHECK(basins >= size * size * 97 / 100);
      CHECK(arrivals >= size * size * 94 / 100);
    }
}

TEST_CASE("basins: pixels lie row by row from the top left") {
  const Domain d{-2, 2, -1, 3};
  CHECK(basins_start(d, 4, 0, 0) == Point{-1.5, 2.5});
  CHECK(basins_start(d, 4, 3, 0) == Point{1.5, 2.5});
  CHECK(basins_start(d, 4, 0, 3) == Point{-1.5, -0.5});
}

TEST_CASE("basins of Himmelblau: minima lie in their own basins, small rates follow the gradient's flow") {
  const StudyProblem p =
      problem_on("himmelblau", optimizer_settings("SGD", {{"lr", 0.001}}), constant(), 4000);
  constexpr int size = 40;
  const std::vector<float> rows = run_study(p, study_settings("basins", {{"size", size}}));
  for (std::size_t m = 0; m < p.minima.size(); ++m) {
    const int column = static_cast<int>((p.minima[m].x - p.domain.xmin) / side_of(p.domain) * size);
    const int row = static_cast<int>((p.domain.ymax - p.minima[m].y) / side_of(p.domain) * size);
    CHECK(rows[2 * static_cast<std::size_t>(row * size + column)] == static_cast<float>(m));
  }
  int interior = 0;
  for (int i = 0; i < size * size; ++i) {
    if (!is_interior(rows, size, i)) continue;
    ++interior;
    CHECK(rows[2 * static_cast<std::size_t>(i)] ==
          flow_basin(p, basins_start(p.domain, size, i % size, i / size)));
  }
  CHECK(interior > size * size * 8 / 10);
}

TEST_CASE("basins of long runs: arrival within the rows that are looked at") {
  const StudyProblem p = problem_on("quad_k1", optimizer_settings("SGD", {{"lr", 0.001}}), constant(), 10000);
  const std::vector<float> rows = run_study(p, study_settings("basins", {{"size", 6}}));
  for (int i = 0; i < 36; ++i) {
    const Point start = basins_start(p.domain, 6, i % 6, i / 6);
    const double steps = std::log(0.1 / std::hypot(start.x, start.y)) / std::log(0.999);
    CHECK(rows[2 * static_cast<std::size_t>(i)] == 0);
    CHECK(std::fabs(static_cast<double>(rows[2 * static_cast<std::size_t>(i) + 1]) - steps) <= 12);
  }
}

TEST_CASE("the learner's expression gives what the table's row gives") {
  const StudyProblem table =
      problem_on("himmelblau", optimizer_settings("Adam", {{"lr", 0.1}}), constant(), 150);
  StudyProblem own = table;
  own.objective = expression("(x^2 + y - 11)^2 + (x + y^2 - 7)^2");
  own.minima = find_minima(own.objective, own.domain);
  REQUIRE(own.minima.size() == 4);
  const Settings settings = study_settings("basins", {{"size", 24}});
  const std::vector<float> a = run_study(table, settings), b = run_study(own, settings);
  int same = 0;
  for (std::size_t i = 0; i < a.size(); i += 2) {
    if (a[i] < 0 || b[i] < 0) {
      same += a[i] == b[i];
      continue;
    }
    const Minimum &m = table.minima[static_cast<std::size_t>(a[i])],
                  &n = own.minima[static_cast<std::size_t>(b[i])];
    same += std::hypot(m.x - n.x, m.y - n.y) < 1e-6;
  }
  CHECK(same >= 24 * 24 * 98 / 100);
  const Settings sweep = study_settings("sweep", {{"lr_max", 0.5}, {"count", 60}});
  const std::vector<float> c = run_study(table, sweep), d = run_study(own, sweep);
  int close = 0;
  for (std::size_t i = 1; i < c.size(); i += 5)
    close +=
        std::fabs(c[i] - d[i]) <= 1e-3f * (1e-2f + std::fabs(c[i])) || (std::isinf(c[i]) && std::isinf(d[i]));
  CHECK(close >= 55);
}

TEST_CASE("map: every pixel against its run") {
  const Settings heavy = optimizer_settings("SGD", {{"lr", 0.01}, {"momentum", 0.5}});
  const Settings adam = optimizer_settings("Adam", {{"lr", 0.05}});
  const Settings step = schedule_settings({{"type", "StepLR"}, {"step_size", 10}, {"gamma", 0.5}});
  const Settings cyclic =
      schedule_settings({{"type", "CyclicLR"}, {"base_lr", 0.01}, {"max_lr", 0.04}, {"step_size_up", 9}});
  const Settings chain = schedule_settings(
      {{"type", "SequentialLR"},
       {"schedulers", {{{"type", "ConstantLR"}}, {{"type", "ExponentialLR"}, {"gamma", 0.9}}}},
       {"milestones", {20}}});
  struct Case {
    const char *surface, *x, *y;
    Settings optimizer, schedule;
    bool exact;
  };
  const Case cases[] = {{"quad_k10", "lr", "start.y", heavy, constant(), false},
                        {"himmelblau", "start.x", "start.y", adam, step, false},
                        {"quad_k10", "lr", "optimizer.momentum", heavy, step, false},
                        {"quad_k10", "optimizer.momentum", "lr", heavy, cyclic, false},
                        {"two_wells", "schedule.gamma", "start.x", adam, step, false},
                        {"quad_k10", "schedule.step_size", "lr", heavy, step, false},
                        {"quad_k10", "schedule.schedulers[1].gamma", "lr", adam, chain, false},
                        {"himmelblau", "optimizer.betas[0]", "optimizer.betas[1]", adam, constant(), true},
                        {"rosenbrock", "optimizer.weight_decay", "schedule.gamma", heavy, step, true},
                        {"quad_k10", "lr", "lr", heavy, constant(), false}};
  for (const Case& c : cases) {
    CAPTURE(c.surface);
    CAPTURE(c.x);
    const StudyProblem p = problem_on(c.surface, c.optimizer, c.schedule, 60);
    CHECK(compare_map(p, map_settings(p, c.x, c.y, 11), c.exact) > (c.exact ? 0.99 : 0.7));
  }
}

TEST_CASE("map: deep zooms are the runs themselves, beyond single precision") {
  const StudyProblem p =
      problem_on("rosenbrock", optimizer_settings("SGD", {{"momentum", 0.9}}), constant(), 80);
  Settings settings = map_settings(p, "lr", "start.y", 9);
  const auto set = [&](const char* key, double v) {
    settings.values[find_param(studies()[settings.row].params, key)] = {v};
  };
  set("x_min", 0.0016);
  set("x_max", 0.0016 * (1 + 1e-9));
  set("y_min", 1);
  set("y_max", 1 + 1e-9);
  CHECK(compare_map(p, settings, true) == 1);
  const MapView view = map_view(p, settings);
  CHECK(map_point(view, 0, 0).x < map_point(view, 1, 0).x);
  CHECK(map_point(view, 0, 0).y > map_point(view, 0, 1).y);  // row 0 is the top
}

TEST_CASE("map axes: every number of every optimizer and schedule, kept within its range") {
  std::vector<std::pair<Settings, Settings>> runs;
  for (int o = 0; o < static_cast<int>(point_optimizers().size()); ++o)
    runs.emplace_back(default_settings(o, optimizers()[o].params), constant());
  for (int s = 0; s < static_cast<int>(schedules().size()); ++s)
    runs.emplace_back(optimizer_settings("SGD", json::object()), default_settings(s, schedules()[s].params));
  for (const auto& run : runs) {
    const Settings &optimizer = run.first, &schedule = run.second;
    CAPTURE(optimizers()[optimizer.row].key);
    CAPTURE(schedules()[schedule.row].key);
    StudyProblem p = problem_on("booth", optimizer, schedule);
    p.noise.sigma = 0.5;
    std::set<std::string> keys;
    for (const MapAxis& axis : map_axes(p)) {
      CAPTURE(axis.key);
      CHECK(keys.insert(axis.key).second);
      CHECK(axis.low < axis.high);
      StudyProblem other = p;
      for (const double v : {axis.low, axis.high, -1e9, 1e9}) {
        set_axis_value(other, axis, v);
        const double now = axis_value(other, axis);
        CHECK((axis.open_min ? now > axis.min : now >= axis.min));
        CHECK((axis.open_max ? now < axis.max : now <= axis.max));
        if (axis.whole) CHECK(now == std::floor(now));
      }
      const double middle = axis.whole ? std::floor((axis.low + axis.high) / 2) : (axis.low + axis.high) / 2;
      set_axis_value(other, axis, middle);
      CHECK(axis_value(other, axis) == doctest::Approx(middle));
    }
    CHECK(keys.count("lr") == 1);
    CHECK(keys.count("noise.sigma") == 1);
  }
}

TEST_CASE("tiles in any order are the whole study, twice the same bits") {
  std::mt19937 dice(3);
  for (int row = 0; row < static_cast<int>(studies().size()); ++row) {
    const Study& study = studies()[row];
    CAPTURE(study.key);
    StudyProblem p = problem_on("ackley", optimizer_settings("Adam", {{"lr", 0.05}}), constant(), 700);
    p.noise = {0.2, 9};
    Settings settings = default_settings(row, study.params);
    if (const int size = find_param(study.params, "size"); size >= 0) settings.values[size] = {37};
    if (const int count = find_param(study.params, "count"); count >= 0) settings.values[count] = {701};
    const std::vector<float> whole = run_study(p, settings);
    const int tiles = study.tiles(p, settings), columns = static_cast<int>(study.columns.size());
    if (find_param(study.params, "size") >= 0 || find_param(study.params, "count") >= 0) CHECK(tiles > 2);
    std::vector<int> order(static_cast<std::size_t>(tiles));
    std::iota(order.begin(), order.end(), 0);
    std::shuffle(order.begin(), order.end(), dice);
    std::vector<float> parts(whole.size(), -77);
    for (const int tile : order) {
      const std::vector<float> rows = study.tile(p, settings, tile);
      const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(tile) * study.tile_rows(p, settings) * columns;
      REQUIRE(at + static_cast<std::ptrdiff_t>(rows.size()) <= static_cast<std::ptrdiff_t>(parts.size()));
      std::copy(rows.begin(), rows.end(), parts.begin() + at);
    }
    CHECK(same_bits(parts, whole));
    CHECK(same_bits(run_study(p, settings), whole));
  }
}

TEST_CASE("tiles: the longest run on the longest formula shares its tile with few others") {
  std::string text = "x";
  while (text.size() + 4 <= Expression::max_length) text += "+x^y";
  StudyProblem p = problem_on("booth", optimizer_settings("Adam", {{"lr", 0.05}}), constant(), 100000);
  const StudyProblem plain = p;
  p.objective = expression(text.c_str());
  for (const Study& study : studies()) {
    if (find_param(study.params, "size") < 0 && find_param(study.params, "count") < 0) continue;
    const int row = find_study(study.key);
    CAPTURE(study.key);
    CHECK(study.tile_rows(p, default_settings(row, study.params)) <= 2);
    CHECK(study.tile_rows(plain, default_settings(row, study.params)) >= 32);
  }
}

TEST_CASE("no study returns NaN, whatever the surface") {
  for (const char* text : {"log(x)", "1/x", "exp(exp(x*x))", "sqrt(x*y)", "tan(x)/y", "0/0", "5", "x^y"})
    for (int row = 0; row < static_cast<int>(studies().size()); ++row)
      for (const char* type : {"SGD", "Adam", "Prodigy", "Rprop"}) {
        CAPTURE(text);
        CAPTURE(studies()[row].key);
        CAPTURE(type);
        StudyProblem p = problem_on("booth", optimizer_settings(type, {{"lr", 1}}), constant(), 30);
        p.objective = expression(text);
        p.minima = find_minima(p.objective, p.domain);
        Settings settings = default_settings(row, studies()[row].params);
        if (const int size = find_param(studies()[row].params, "size"); size >= 0)
          settings.values[size] = {9};
        const std::vector<float> rows = run_study(p, settings);
        CHECK(!rows.empty());
        CHECK(rows.size() % studies()[row].columns.size() == 0);
        CHECK(std::none_of(rows.begin(), rows.end(), [](float v) { return std::isnan(v); }));
      }
}
