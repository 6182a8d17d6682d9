// Fits as documents and descents: curvature and minimum, batches, lanes, and what is refused.
#include <doctest/doctest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/many_runs.h"
#include "core/math/math.h"
#include "core/studies/study.h"
#include "scenario/scenario.h"
#include "support/files.h"
#include "support/sentences.h"

using namespace stride;

namespace {

Error read_fit(const std::string& members, Scenario& out) {
  return read_scenario("{\"stride\": 1, \"problem\": {\"type\": \"fit\"" + members + "}}", out);
}

Scenario fit_of(const std::string& members) {
  Scenario s;
  REQUIRE(read_fit(members, s) == "");
  return s;
}

const char* const fit_kinds[] = {"", ", \"scale\": \"standard\"", ", \"model\": \"sigmoid\"",
                                 ", \"model\": \"sigmoid\", \"scale\": \"standard\"",
                                 ", \"data\": {\"type\": \"points\", \"points\": [[1, 2], [2, 3], [4, 1]]}"};

}  // namespace

TEST_CASE("fits: curvature at the start is PyTorch's") {
  const nlohmann::json document = nlohmann::json::parse(test::text_of("reference/fit_open.json"));
  for (const nlohmann::json& test : document["cases"]) {
    CAPTURE(test["id"].get<std::string>());
    Scenario s;
    REQUIRE(read_scenario(test["scenario"].dump(), s) == "");
    const Point start = start_of(s, s.runs[0]);
    const Derivatives d = objective_of(s).at(start.x, start.y);
    const double ours[] = {d.dxx, d.dxy, d.dyy};
    for (int i = 0; i < 3; ++i) {
      const double expected = test["hessian_at_start"][i].get<double>();
      CHECK(std::fabs(ours[i] - expected) < 1e-12 * (1 + std::fabs(expected)));
    }
  }
}

TEST_CASE("fits: the minimum is where the slope is 0; that of the cars is the known line") {
  for (const char* kind : fit_kinds) {
    CAPTURE(std::string(kind));
    const Objective o = objective_of(fit_of(kind));
    const std::vector<Minimum> minima = known_minima(o, {});
    REQUIRE(minima.size() == 1);
    const Derivatives d = o.at(minima[0].x, minima[0].y);
    CHECK(minima[0].f == d.f);
    CHECK(std::fabs(d.dx) < 1e-6 * (1 + d.dxx));
    CHECK(std::fabs(d.dy) < 1e-6 * (1 + d.dyy));
    CHECK(curvature(d).smallest > 0);
    for (const double step : {1e-3, -1e-3}) {
      CHECK(o.at(minima[0].x + step, minima[0].y).f > d.f);
      CHECK(o.at(minima[0].x, minima[0].y + step).f > d.f);
    }
  }
  const Minimum cars = known_minima(objective_of(fit_of("")), {})[0];
  CHECK(std::fabs(cars.x - 3.9324) < 5e-5);
  CHECK(std::fabs(cars.y + 17.5791) < 5e-5);
  // Inputs all alike: the flat line through the mean. Labels parted by an input: no minimum.
  const Objective flat =
      objective_of(fit_of(", \"data\": {\"type\": \"points\", \"points\": [[2, 1], [2, 5]]}"));
  CHECK(known_minima(flat, {})[0].x == 0);
  CHECK(known_minima(flat, {})[0].y == 3);
  const Objective parted = objective_of(fit_of(
      ", \"model\": \"sigmoid\", \"data\": {\"type\": \"points\", \"points\": [[1, 0], [2, 1], [3, 1]]}"));
  CHECK(known_minima(parted, {}).empty());
}

TEST_CASE("fits: derivatives are those of the loss") {
  for (const char* kind : fit_kinds) {
    CAPTURE(std::string(kind));
    const Objective o = objective_of(fit_of(kind));
    const double w = 0.3, b = -0.2, h = 1e-4;
    const Derivatives d = o.at(w, b), right = o.at(w + h, b), left = o.at(w - h, b);
    CHECK((right.f - left.f) / (2 * h) == doctest::Approx(d.dx).epsilon(1e-6));
    CHECK((right.dx - left.dx) / (2 * h) == doctest::Approx(d.dxx).epsilon(1e-6));
    CHECK((right.dy - left.dy) / (2 * h) == doctest::Approx(d.dxy).epsilon(1e-6));
    CHECK((o.at(w, b + h).dy - o.at(w, b - h).dy) / (2 * h) == doctest::Approx(d.dyy).epsilon(1e-6));
  }
}

TEST_CASE("fits: the shown part holds start and minimum, the default rate descends") {
  for (const char* kind : fit_kinds) {
    CAPTURE(std::string(kind));
    const Scenario s = fit_of(kind);
    const Domain d = domain_of(s);
    const Minimum m = known_minima(objective_of(s), d)[0];
    for (const Point p : {start_of(s, s.runs[0]), Point{m.x, m.y}}) {
      CHECK((p.x > d.xmin && p.x < d.xmax));
      CHECK((p.y > d.ymin && p.y < d.ymax));
    }
    const Trajectory t = trajectory_of(s, s.runs[0]);
    CHECK(t.diverged_at == -1);
    for (int i = 1; i < t.size(); ++i) CHECK(t.loss[i] <= t.loss[i - 1] * (1 + 1e-15));
    CHECK(t.batch_loss == t.loss);
  }
}

TEST_CASE("fits: an epoch's batches are all of the data, shuffled as a network's") {
  const Scenario s = fit_of(", \"scale\": \"standard\", \"batch_size\": 8, \"seed\": 5");
  const Objective o = objective_of(s);
  Batches batches = o.fit->batches;
  CHECK(batches.epoch_length() == 7);
  const std::vector<int> order = epoch_order(50, 5, 1);
  for (int t = 7, at = 0; t < 14; ++t)
    for (const int i : batches.at(t)) CHECK(i == order[at++]);
  // The mean over an epoch of the batches' slopes, by their sizes, is that of all.
  double sum[3] = {}, g[3];
  for (int t = 0; t < 7; ++t) {
    const std::span<const int> batch = batches.at(t);
    fit_gradient(*o.fit, batch, 0.4, 0.1, g);
    for (int k = 0; k < 3; ++k) sum[k] += g[k] * static_cast<double>(batch.size()) / 50;
  }
  const Derivatives d = o.at(0.4, 0.1);
  const double whole[] = {d.f, d.dx, d.dy};
  for (int k = 0; k < 3; ++k) CHECK(sum[k] == doctest::Approx(whole[k]).epsilon(1e-12));
}

TEST_CASE("fits: lanes go the trajectory's way, batch by batch") {
  for (const char* batch : {"", ", \"batch_size\": 16, \"seed\": 3", ", \"batches\": [[0, 5, 9], [1, 2]]"})
    for (const char* kind : fit_kinds) {
      if (std::string(batch).size() > 30 && std::string(kind).find("points") != std::string::npos) continue;
      CAPTURE(std::string(kind) + batch);
      const Scenario s = fit_of(std::string(kind) + batch);
      const Run& run = s.runs[0];
      ManyRuns many;
      many.objective = objective_of(s);
      many.optimizer = run.optimizer;
      many.schedule = run.schedule;
      many.steps = 60;
      many.x = {0.25f, 0};
      many.y = {-0.5f, 0};
      many.lr = {static_cast<float>(run.optimizer.number(0)), static_cast<float>(run.optimizer.number(0))};
      const ManyEnds ends = run_many(many);
      const Trajectory t = trajectory(many.objective, {0.25, -0.5}, {}, 60, run.optimizer, run.schedule);
      CHECK(static_cast<double>(ends.x[0]) == doctest::Approx(t.x.back()).epsilon(1e-3));
      CHECK(static_cast<double>(ends.y[0]) == doctest::Approx(t.y.back()).epsilon(1e-3));
      CHECK(static_cast<double>(ends.loss[0]) == doctest::Approx(t.loss.back()).epsilon(1e-3));
    }
}

TEST_CASE("fits: a range test goes by the batches that it sees") {
  for (const char* batch : {"", ", \"batch_size\": 8"}) {
    const Scenario s = fit_of(std::string(", \"scale\": \"standard\"") + batch);
    StudyProblem problem;
    problem.objective = objective_of(s);
    problem.domain = domain_of(s);
    problem.start = start_of(s, s.runs[0]);
    problem.optimizer = s.runs[0].optimizer;
    problem.schedule = s.runs[0].schedule;
    const int row = find_study("range-test");
    const std::vector<float> rows = run_study(problem, default_settings(row, studies()[row].params));
    Batches batches = problem.objective.fit->batches;
    double first[3];
    fit_gradient(*problem.objective.fit, batches.at(0), 0, 0, first);
    CHECK(rows[1] == static_cast<float>(first[0]));
    CHECK((rows[1] == static_cast<float>(problem.objective.at(0, 0).f)) == batches.full());
  }
}

TEST_CASE("fits: each start of a comparison sees batches of its own") {
  const int row = find_study("compare");
  Settings settings = default_settings(row, studies()[row].params);
  settings.values[find_param(studies()[row].params, "spread")] = {0};
  settings.values[find_param(studies()[row].params, "starts")] = {8};
  for (const char* batch : {"", ", \"batch_size\": 8", ", \"batches\": [[0, 1], [2]]"}) {
    const Scenario s = fit_of(std::string(", \"scale\": \"standard\"") + batch);
    StudyProblem problem;
    problem.objective = objective_of(s);
    problem.domain = domain_of(s);
    problem.start = start_of(s, s.runs[0]);
    problem.steps = 20;
    problem.optimizer = s.runs[0].optimizer;
    problem.schedule = s.runs[0].schedule;
    const std::vector<float> rows = run_study(problem, settings);
    REQUIRE(rows.size() == studies()[row].columns.size());
    const float lower = rows[4], upper = rows[5];
    CAPTURE(std::string(batch));
    CHECK((lower < upper) == problem.objective.fit->batches.drawn());
    CHECK(run_study(problem, settings) == rows);
  }
}

TEST_CASE("fits: what is refused, in a sentence") {
  const struct {
    const char *members, *says;
  } table[] = {
      {", \"model\": \"sigmoid\", \"data\": {\"type\": \"cars\"}",
       "problem.data.type: expected iris or points, whose labels are 0 or 1, for a sigmoid, got \"cars\""},
      {", \"data\": {\"type\": \"points\", \"points\": []}",
       "problem.data.points: expected a list of 1 to 2000 points [x, y], got a list of 0 values"},
      {", \"data\": {\"type\": \"points\"}",
       "problem.data.points: expected a list of points [x, y], got nothing"},
      {", \"data\": {\"type\": \"points\", \"points\": [[1, 2, 0]]}",
       "problem.data.points[0]: expected [x, y], got a list of 3 values"},
      {", \"model\": \"sigmoid\", \"data\": {\"type\": \"points\", \"points\": [[1, 1], [2, 1]]}",
       "problem.data.points: expected points of both labels, 0 and 1, got only label 1"},
      {", \"model\": \"sigmoid\", \"data\": {\"type\": \"points\", \"points\": [[1, 0.5]]}",
       "problem.data.points[0][1]: expected the label 0 or 1, got 0.5"},
      {", \"scale\": \"standard\", \"data\": {\"type\": \"points\", \"points\": [[2, 1], [2, 5]]}",
       "problem.scale: expected none where every x is the same, for their standard deviation would divide"},
      {", \"scale\": \"standard\", \"data\": {\"type\": \"points\", \"points\": [[1, 3], [2, 3]]}",
       "problem.scale: expected none where every y is the same, for their standard deviation would divide"},
      {", \"batches\": [[0, 50]]", "problem.batches[0][1]: expected a whole number from 0 to 49, got 50"},
      {", \"batches\": [[0]], \"seed\": 2", "problem.batches: expected either seed or batches, got both"},
      {", \"noise\": {}",
       "problem.noise: unknown key, known are type, model, data, scale, start, domain, batch_size, seed, "
       "batches"},
  };
  for (const auto& t : table) {
    Scenario s;
    CHECK(read_fit(t.members, s) == t.says);
    CHECK(s == Scenario{});
  }
  std::string points = "[1, 2]";
  for (int i = 0; i < 2000; ++i) points += ", [1, 2]";
  Scenario s;
  CHECK(read_fit(", \"data\": {\"type\": \"points\", \"points\": [" + points + "]}", s) ==
        "problem.data.points: expected a list of 1 to 2000 points [x, y], got a list of 2001 values");
  for (int i = 0; i < 98000; ++i) points += ",[1,2]";
  CHECK(sentence(read_fit(", \"data\": {\"type\": \"points\", \"points\": [" + points + "]}", s))
            .find("expected a document of at most 262144 bytes, got ") == 0);
  CHECK(
      sentence(read_fit(", \"data\": {\"type\": \"points\", \"points\": [[1, NaN]]}", s)).find("expected") !=
      std::string::npos);
}

TEST_CASE("fits: a document, and the same from file and link") {
  for (const char* batch : {"", ", \"batch_size\": 8, \"seed\": 4294967295", ", \"batches\": [[0, 1], [2]]"})
    for (const char* kind : fit_kinds) {
      CAPTURE(std::string(kind) + batch);
      Scenario again;
      const Scenario s =
          fit_of(std::string(kind) + batch + ", \"start\": [1, -0.5], \"domain\": [-2, 3, -4, 5]");
      CHECK(domain_of(s) == Domain{-2, 3, -4, 5});
      CHECK(start_of(s, s.runs[0]) == Point{1, -0.5});
      CHECK(read_scenario(write_scenario(s), again) == "");
      CHECK(again == s);
      CHECK(decode_link(encode_link(s), again) == "");
      CHECK(again == s);
      std::get_if<FitProblem>(&again.problem)->domain.reset();
      CHECK(same_numbers(s, again));
      std::get_if<FitProblem>(&again.problem)->start.reset();
      CHECK_FALSE(same_numbers(s, again));
    }
}
