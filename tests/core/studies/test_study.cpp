// Sweep, comparison and range test: every row against a plain loop over trajectory(), best rates against
// theory.
#include "core/studies/study_columns.h"
#include "support/study_runs.h"

using namespace stride;
using namespace stride::test;
using nlohmann::json;

namespace {

struct NamedRule {
  const char* name;
  Settings optimizer;
};

const std::vector<NamedRule>& rules() {
  static const std::vector<NamedRule> all = {
      {"SGD", optimizer_settings("SGD", {{"lr", 0.01}})},
      {"momentum", optimizer_settings("SGD", {{"lr", 0.003}, {"momentum", 0.8}})},
      {"Adam", optimizer_settings("Adam", {{"lr", 0.05}})},
      {"RMSprop", optimizer_settings("RMSprop", {{"lr", 0.02}})}};
  return all;
}

std::vector<Settings> some_schedules() {
  return {constant(), schedule_settings({{"type", "CosineAnnealingLR"}, {"T_max", 80}}),
          schedule_settings({{"type", "OneCycleLR"}, {"max_lr", 0.05}}),
          schedule_settings({{"type", "CyclicLR"}, {"base_lr", 0.01}, {"max_lr", 0.04}, {"step_size_up", 9}}),
          schedule_settings({{"type", "ReduceLROnPlateau"}, {"patience", 2}})};
}

/// Every row of a sweep against the run that it stands for; returns how many could be compared.
int compare_sweep(const StudyProblem& p, const Settings& sweep) {
  const std::vector<float> rows = run_study(p, sweep);
  double lowest = p.minima.empty() ? 0 : p.minima[0].f;
  for (const Minimum& m : p.minima) lowest = std::min(lowest, m.f);
  int compared = 0;
  for (std::size_t i = 0; i < rows.size(); i += 5) {
    const double lr = static_cast<double>(rows[i]);
    CAPTURE(lr);
    const StudyProblem own = at_rate(p, lr);
    const Trajectory path = path_of(own);
    if (is_sensitive(own, path)) continue;
    ++compared;
    check_loss(rows[i + 1], path);
    const double low = *std::min_element(path.loss.begin(), path.loss.end());
    CHECK(std::fabs(static_cast<double>(rows[i + 2]) - low) <= 2e-3 * (1e-2 + std::fabs(low)));
    CHECK(rows[i + 3] == basin_of(p, path));
    // Reached no sooner than a little more, and no later than a little less.
    const double steps = rows[i + 4] < 0 ? no_limit : static_cast<double>(rows[i + 4]);
    CHECK(steps >= steps_until(path, lowest + 1.1e-3) - 1);
    CHECK(steps <= steps_until(path, lowest + 0.9e-3) + 1);
  }
  return compared;
}

/// The best rate of a fine sweep.
double best_rate(const StudyProblem& p, double lr_min, double lr_max, int count) {
  const std::vector<float> rows =
      run_study(p, study_settings("sweep", {{"lr_min", lr_min}, {"lr_max", lr_max}, {"count", count}}));
  const int best = best_row(rows);
  REQUIRE(best >= 0);
  return static_cast<double>(rows[static_cast<std::size_t>(best) * 5]);
}

}  // namespace

TEST_CASE("sweep: every rate against its run") {
  const Settings sweep = study_settings("sweep", {{"lr_min", 1e-4}, {"lr_max", 1}, {"count", 40}});
  int compared = 0, all = 0;
  for (const char* surface : {"quad_k10", "himmelblau", "rosenbrock", "two_wells", "styblinski_tang"})
    for (const NamedRule& rule : rules())
      for (const Settings& schedule : some_schedules())
        for (const double sigma : {0.0, 0.3}) {
          CAPTURE(surface);
          CAPTURE(rule.name);
          CAPTURE(schedules()[schedule.row].key);
          StudyProblem p = problem_on(surface, rule.optimizer, schedule);
          p.noise = {sigma, 11};
          compared += compare_sweep(p, sweep);
          all += 40;
        }
  MESSAGE("rates compared: " << compared << " of " << all);
  CHECK(compared > all * 8 / 10);
}

TEST_CASE("sweep: both ends of the range, evenly on the log axis") {
  const StudyProblem p = problem_on("quad_k1", optimizer_settings("SGD", json::object()));
  const std::vector<float> rows =
      run_study(p, study_settings("sweep", {{"lr_min", 1e-3}, {"lr_max", 10}, {"count", 5}}));
  const double expected[] = {1e-3, 1e-2, 1e-1, 1, 10};
  REQUIRE(rows.size() == 25);
  for (std::size_t i = 0; i < 5; ++i) CHECK(rows[5 * i] == doctest::Approx(expected[i]));
  CHECK(rows[5 * 3 + 1] == 0);  // a rate of 1 arrives in one step
  CHECK(rows[5 * 3 + 4] == 1);
}

TEST_CASE("sweep: the best rate of plain descent on a quadratic is 2 / (l1 + ln)") {
  for (const double k : {10.0, 100.0}) {
    CAPTURE(k);
    const char* const surface = k == 10 ? "quad_k10" : "quad_k100";
    StudyProblem p = problem_on(surface, optimizer_settings("SGD", json::object()), constant(), 150);
    p.start = {1, 1};
    const double theory = 2 / (1 + k);
    CHECK(best_rate(p, theory / 3, theory * 3, 2000) == doctest::Approx(theory).epsilon(0.015));
    const std::vector<float> rows =
        run_study(p, study_settings("sweep", {{"lr_min", 2.02 / k}, {"lr_max", 4 / k}, {"count", 20}}));
    for (std::size_t i = 1; i < rows.size(); i += 5)
      CHECK(rows[i] > 1);  // above 2 / l1: worse than its start
  }
}

TEST_CASE("sweep: the best rate of heavy ball on a quadratic is Polyak's") {
  const double root = std::sqrt(100.0);
  const double beta = std::pow((root - 1) / (root + 1), 2), theory = 4 / std::pow(root + 1, 2);
  StudyProblem p = problem_on("quad_k100", optimizer_settings("SGD", {{"momentum", beta}}), constant(), 150);
  p.start = {1, 1};
  const double best = best_rate(p, theory / 4, theory * 4, 2000);
  CHECK(best == doctest::Approx(theory).epsilon(0.03));
  // And the momentum: at Polyak's pair the loss is lower than with either moved by a tenth of its distance.
  const auto end = [&](double lr, double momentum) {
    p.optimizer = optimizer_settings("SGD", {{"lr", lr}, {"momentum", momentum}});
    return path_of(p).loss.back();
  };
  CHECK(end(best, beta) < end(best, beta - 0.05));
  CHECK(end(best, beta) < end(best, beta + 0.05));
}

TEST_CASE("best row: the lowest that has not diverged, the middle of a level stretch") {
  constexpr float inf = std::numeric_limits<float>::infinity();
  const auto best = [](std::vector<float> losses) {
    std::vector<float> rows;
    for (const float loss : losses) rows.insert(rows.end(), {1, loss, loss, 0, -1});
    return best_row(rows);
  };
  CHECK(best({3, 2, 1, 2, inf}) == 2);
  CHECK(best({inf, inf}) == -1);
  CHECK(best({}) == -1);
  CHECK(best({0, 1, 0, 0, 0, 0, 0, inf}) == 4);
  CHECK(best({-1, -2, -2.0000002f, -2, 5}) == 2);
}

TEST_CASE("compare: its own best rate, and quartiles over starts") {
  for (const NamedRule& rule : rules()) {
    CAPTURE(rule.name);
    StudyProblem p = problem_on("quad_k10", rule.optimizer, constant(), 60);
    const std::vector<float> row = run_study(p, study_settings("compare", {{"starts", 33}}));
    REQUIRE(row.size() == 7);
    check_loss(row[1], path_of(at_rate(p, static_cast<double>(row[0]))));
    const std::vector<float> sweep =
        run_study(p, study_settings("sweep", {{"lr_min", 1e-5}, {"lr_max", 10}, {"count", 64}}));
    for (std::size_t i = 1; i < sweep.size(); i += 5) CHECK(row[1] <= sweep[i]);
    CHECK(row[4] <= row[3]);
    CHECK(row[3] <= row[5]);
    CHECK(row[6] == 0);
    // From the one start itself, all quartiles are the run's own loss.
    const std::vector<float> still = run_study(p, study_settings("compare", {{"spread", 0}}));
    for (const std::size_t column : {3, 4, 5}) CHECK(still[column] == still[1]);
  }
}

TEST_CASE("compare: starts spread over their share of the domain; what diverges counts") {
  // x^2 to the right, a cliff into nothing to the left of the start.
  StudyProblem p = problem_on("quad_k1", optimizer_settings("SGD", json::object()), constant(), 50);
  p.objective = expression("x^2 + 0*log(x - 1.5)");
  p.minima.clear();
  p.start = {2, 0};
  const std::vector<float> row = run_study(p, study_settings("compare", {{"starts", 400}, {"spread", 0.2}}));
  // The best rate goes to the edge from 2; with it all starts to the left of that fall, half of 1 .. 3.
  CHECK(row[6] == doctest::Approx(0.5).epsilon(0.05));
  CHECK(row[1] == doctest::Approx(2.25).epsilon(0.01));
  CHECK(std::isinf(row[5]));
  p.noise = {0.5, 3};
  const std::vector<float> noisy = run_study(p, study_settings("compare", {{"spread", 0}}));
  CHECK(noisy[4] < noisy[5]);  // each start has noise of its own
}

TEST_CASE("range test: the run whose rate rises, until it diverges") {
  for (const NamedRule& rule : rules()) {
    CAPTURE(rule.name);
    const StudyProblem p = problem_on("quad_k10", rule.optimizer);
    const std::vector<float> rows =
        run_study(p, study_settings("range-test", {{"lr_min", 1e-4}, {"lr_max", 10}, {"steps", 120}}));
    Settings start = rule.optimizer;
    start.values[0] = {1e-4};
    const Settings rising =
        schedule_settings({{"type", "ExponentialLR"}, {"gamma", std::pow(1e5, 1 / 119.0)}});
    const Trajectory path = trajectory(p.objective, p.start, p.noise, 119, start, rising);
    double average = 0, weight = 0, first = path.loss[0], low = first;
    const std::size_t count = rows.size() / 3;
    REQUIRE(count > 10);
    for (std::size_t t = 0; t < count; ++t) {
      CHECK(rows[3 * t] == doctest::Approx(path.lr[t]).epsilon(1e-5));
      CHECK(rows[3 * t + 1] == doctest::Approx(path.loss[t]).epsilon(1e-5));
      average = 0.9 * average + path.loss[t];
      weight = 0.9 * weight + 1;
      CHECK(rows[3 * t + 2] == doctest::Approx(average / weight).epsilon(1e-5));
      low = std::min(low, average / weight);
      const bool last = average / weight > 4 * low && average / weight > first;
      CHECK(last == (t + 1 == count && count < 120));
    }
    if (count == 120) CHECK(rows[3 * 119] == doctest::Approx(10));
    if (std::string(rule.name) == "SGD") {  // plain descent diverges above 2 / l1, and no advice lies beyond
      CHECK(count < 120);
      const RangeAdvice advice = advise(rows);
      CHECK(rows[3 * (count - 1)] > 0.2);
      for (const double lr : {advice.steepest, advice.valley, advice.minimum_tenth}) {
        CHECK(lr > 1e-4);
        CHECK(lr < 0.2);
      }
    }
  }
}

TEST_CASE("range test: what it recommends, by its definitions") {
  const auto advice = [](const std::vector<double>& smoothed) {
    std::vector<float> rows;
    double lr = 1e-3;
    for (const double v : smoothed) {
      rows.insert(rows.end(), {static_cast<float>(lr), 0, static_cast<float>(v)});
      lr *= 10;
    }
    return advise(rows);
  };
  const RangeAdvice a = advice({10, 9, 4, 3, 2, 8, 50});
  CHECK(a.steepest == doctest::Approx(1e-2));    // 9 to 4
  CHECK(a.valley == doctest::Approx(1e-1));      // 10 9 4 3 2: its middle
  CHECK(a.minimum_tenth == doctest::Approx(1));  // a tenth of 10
  const RangeAdvice bump = advice({10, 11, 8, 9, 7, 6, 20});
  CHECK(bump.valley == doctest::Approx(1e-0));    // 11 8 7 6 or 11 9 7 6: rows 1 to 5, middle 3
  const RangeAdvice flat = advice({5, 5, 5, 5});  // no rate is better than another
  for (const double lr : {flat.steepest, flat.valley, flat.minimum_tenth}) CHECK(std::isnan(lr));
  const RangeAdvice rising = advice({1, 2, 3});
  CHECK(std::isnan(rising.steepest));
  CHECK(std::isnan(rising.valley));
  CHECK(rising.minimum_tenth == doctest::Approx(1e-4));
  CHECK(std::isnan(advice({}).minimum_tenth));
  const double inf = no_limit;
  CHECK(advice({3, 2, inf}).valley == doctest::Approx(1e-3));
}

TEST_CASE("study rows: the names stand in the order of the table's columns") {
  const auto columns_of = [](const char* study) {
    const Study& row = studies()[static_cast<std::size_t>(find_study(study))];
    return std::vector<std::string>(row.columns.begin(), row.columns.end());
  };
  using Names = std::vector<std::string>;
  CHECK(columns_of("sweep") == Names{"lr", "final_loss", "min_loss", "outcome", "steps_to_tolerance"});
  CHECK(columns_of("range-test") == Names{"lr", "loss", "smoothed"});
  CHECK(columns_of("basins") == Names{"fate", "steps"});
  CHECK(columns_of("map") == Names{"final_loss", "fate"});
  const std::vector<float> rows = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  CHECK(row_count<SweepRow>(rows) == 2);
  const auto sweep = study_row<SweepRow>(rows, 1);
  CHECK(sweep.lr == 6);
  CHECK(sweep.final_loss == 7);
  CHECK(sweep.min_loss == 8);
  CHECK(sweep.basin == 9);
  CHECK(sweep.steps_to_tolerance == 10);
  CHECK(study_row<RangeTestRow>(rows, 2).smoothed == 9);
  CHECK(study_row<BasinsRow>(rows, 1).basin == 3);
  CHECK(study_row<MapRow>(rows, 1).final_loss == 3);
}
