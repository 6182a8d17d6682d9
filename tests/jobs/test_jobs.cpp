// Jobs: requests survive being bytes, every engine gives the bits of run_study, and dragging queues up
// nothing.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <random>
#include <string>
#include <thread>

#include "jobs/jobs.h"
#include "support/patience.h"
#include "support/sentences.h"
#include "support/study_runs.h"

using namespace stride;
using namespace stride::jobs;

namespace {

std::mt19937 dice(7);  // NOLINT: the same tests every time

double between(double a, double b) {
  return std::uniform_real_distribution<double>(a, b)(dice);
}

int below(int n) {
  return std::uniform_int_distribution<int>(0, n - 1)(dice);
}

/// Some value that the parameter's kind and range allow.
std::vector<double> random_value(const Param& p) {
  using Kind = Param::Kind;
  const double low = std::max(p.min, p.slider_min), high = std::max(low, std::min(p.max, p.slider_max));
  const auto number = [&] { return between(low + (high - low) * 0.01, low + (high - low) * 0.99); };
  switch (p.kind) {
    case Kind::number:
      return {number()};
    case Kind::integer:
      return {std::ceil(number())};
    case Kind::toggle:
      return {double(below(2))};
    case Kind::choice:
      return {double(below(static_cast<int>(p.choices.size())))};
    case Kind::pair:
      return {number(), number()};
    case Kind::integers:
      return {std::ceil(low), std::ceil(low) + 3, std::ceil(low) + 70};
    case Kind::points:
      return {0, between(0, 1), 10.5, between(0, 1)};
    case Kind::schedules:
    case Kind::rule:
      break;
  }
  return p.fallback;
}

void shake(Settings& settings, std::span<const Param> params) {
  for (size_t i = 0; i < params.size(); ++i)
    if (below(3) > 0) settings.values[i] = random_value(params[i]);
}

template <class Row>
Settings random_settings(std::span<const Row> rows) {
  const int row = below(static_cast<int>(rows.size()));
  return default_settings(row, rows[row].params);
}

Scenario random_scenario() {
  const char* const expressions[] = {"x^2 + 10*y^2", "sin(x) * cos(y) + x^2/9", "(x^2 - 1)^2 + y^2"};
  Scenario s = default_scenario();
  if (below(3) == 0)
    surface_of(s).expression = expressions[below(3)];
  else
    surface_of(s).surface = below(static_cast<int>(surfaces().size()));
  if (below(2)) surface_of(s).domain = Domain{between(-4, -1), between(1, 4), between(-4, -1), between(1, 4)};
  if (below(2)) surface_of(s).start = Point{between(-1, 1), between(-1, 1)};
  if (below(2)) surface_of(s).noise = {between(0, 1), static_cast<unsigned>(dice())};
  s.steps = 1 + below(300);
  s.runs.assign(1 + below(3), default_run(0));
  for (Run& run : s.runs) {
    const Scenario before = s;
    const Run plain = run;
    run.optimizer = random_settings(point_optimizers());
    shake(run.optimizer, optimizers()[run.optimizer.row].params);
    run.schedule = random_settings(schedules());
    shake(run.schedule, schedules()[run.schedule.row].params);
    if (below(2)) run.start = Point{between(-1, 1), between(-1, 1)};
    if (validate(s)) run = plain;  // the rules between parameters
  }
  return s;
}

Request random_request() {
  Request r;
  r.scenario = random_scenario();
  r.run = below(static_cast<int>(r.scenario.runs.size()));
  r.study = random_settings(studies());
  shake(r.study, studies()[r.study.row].params);
  return r;
}

/// A request of each study over Himmelblau, small enough for a test.
Request request_of(int row, int steps = 60) {
  Request r;
  surface_of(r.scenario).surface = find_surface("himmelblau");
  r.scenario.steps = steps;
  r.scenario.runs = {default_run(find_optimizer("Adam"))};
  r.study = default_settings(row, studies()[row].params);
  if (const int size = find_param(studies()[row].params, "size"); size >= 0) r.study.values[size] = {96};
  return r;
}

/// One that takes a while and is like no other.
Request long_request(int number) {
  Request r = request_of(find_study("basins"), 300);
  r.scenario.runs[0].optimizer.values[0] = {0.001 + number * 1e-6};
  r.study.values[find_param(studies()[r.study.row].params, "size")] = {192};
  return r;
}

std::vector<float> joined(const Progress& progress) {
  std::vector<float> all;
  for (const auto& rows : progress.rows) all.insert(all.end(), rows.begin(), rows.end());
  return all;
}

std::vector<float> wait_for(Engine& engine, Id id, double budget_ms) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (std::chrono::steady_clock::now() < end) {
    const Progress* progress = engine.poll(id, budget_ms);
    if (!progress) FAIL("superseded");
    if (progress->finished()) return joined(*progress);
    if (engine.workers() > 0) std::this_thread::yield();
  }
  FAIL("not finished within a minute");
  return {};
}

bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

struct Kind {
  std::string name;
  std::unique_ptr<Engine> engine;
  double budget_ms;
};

std::vector<Kind> engines() {
  std::vector<Kind> kinds;
  kinds.push_back({"inline, a tile a frame", make_inline(), 1e-6});
  kinds.push_back({"inline, 4 ms a frame", make_inline(), 4});
#ifndef __EMSCRIPTEN__
  for (int n : {1, 2, 4}) kinds.push_back({std::to_string(n) + " threads", make_threads(n), 0});
#endif
  return kinds;
}

}  // namespace

TEST_CASE("jobs: a request survives being bytes") {
  for (int i = 0; i < 500; ++i) {
    const Request request = random_request();
    const std::string bytes = encode_request(request);
    Request back;
    const Error error = decode_request(bytes, back);
    CAPTURE(bytes);
    REQUIRE(error == "");
    CHECK(back == request);
    CHECK(encode_request(back) == bytes);
  }
}

TEST_CASE("jobs: the view is no part of a request") {
  Request request = request_of(0);
  const std::string bytes = encode_request(request);
  request.scenario.view.cursor = 17;
  request.scenario.view.theme = "light";
  CHECK(encode_request(request) == bytes);
}

TEST_CASE("jobs: each fit has its own minimum, one after the other in the same part of the plane") {
  for (const char* scale : {"none", "standard"}) {
    Request request;
    const std::string domain = "\"domain\": [-5, 5, -20, 5]";
    REQUIRE(read_scenario("{\"stride\": 1, \"problem\": {\"type\": \"fit\", \"scale\": \"" +
                              std::string(scale) + "\", " + domain + "}}",
                          request.scenario) == "");
    const StudyProblem problem = problem_of(request);
    REQUIRE(problem.minima.size() == 1);
    CHECK(problem.minima[0].f == problem.objective.fit->minima[0].f);
  }
}

TEST_CASE("jobs: bytes that are no request are named and change nothing") {
  const std::string scenario = "\n{\"stride\":1}";
  const std::pair<std::string, std::string> cases[] = {
      {"", "expected a line with the study, then a scenario"},
      {"{}", "expected a line with the study, then a scenario"},
      {"{}" + scenario, "study: expected an object, got nothing"},
      {"[]" + scenario, "expected an object, got a list of 0 values"},
      {R"({"study":{}})" + scenario, "study.type: expected the name of a study, got nothing"},
      {R"({"study":{"type":"swep"}})" + scenario,
       "study.type: expected the name of a study, got \"swep\", did you mean \"sweep\"?"},
      {R"({"study":{"type":"sweep","lr_mim":1}})" + scenario,
       "study.lr_mim: unknown key, did you mean \"lr_min\"?"},
      {R"({"study":{"type":"sweep","lr_min":-1}})" + scenario, "study.lr_min: expected a number > 0, got -1"},
      {R"({"run":1,"study":{"type":"sweep"}})" + scenario, "run: expected a whole number from 0 to 0, got 1"},
      {R"({"run":-1,"study":{"type":"sweep"}})" + scenario,
       "run: expected a whole number from 0 to 7, got -1"},
      {"{\"study\":{\"type\":\"sweep\"}}\n{}", "stride: expected the format version 1, got nothing"},
      {"{\"study\":{\"type\":\"basins\"}}\n{\"stride\":1,\"problem\":{\"type\":\"network\"}}",
       "problem.type: expected a surface, a curve or a fit, got a network"},
  };
  for (const auto& c : cases) {
    const std::string &bytes = c.first, &sentence = c.second;
    Request request = request_of(0);
    const Request before = request;
    CAPTURE(bytes);
    CHECK(decode_request(bytes, request) == sentence);
    CHECK(request == before);
  }
}

TEST_CASE("jobs: the problem is that of the run") {
  Request request = request_of(0);
  request.scenario.runs.push_back(default_run(find_optimizer("SGD")));
  request.scenario.runs[1].start = Point{0.25, -1};
  request.run = 1;
  const StudyProblem problem = problem_of(request);
  CHECK(problem.start == Point{0.25, -1});
  CHECK(problem.optimizer.row == find_optimizer("SGD"));
  CHECK(problem.steps == 60);
  CHECK(problem.minima.size() == 4);
  CHECK(problem_of(request_of(0)).start == surfaces()[find_surface("himmelblau")].start);

  surface_of(request.scenario).expression = "(x^2 - 1)^2 + y^2";
  for (int again = 0; again < 2; ++again) CHECK(problem_of(request).minima.size() == 2);
  surface_of(request.scenario).domain = Domain{0.5, 2, -1, 1};
  CHECK(problem_of(request).minima.size() == 1);
  CHECK(problem_without_minima(request).minima.empty());
}

TEST_CASE("jobs: no study's tiles depend on the minima") {
  for (int i = 0; i < 100; ++i) {
    const Request request = random_request();
    const Study& study = studies()[request.study.row];
    CAPTURE(encode_request(request));
    const int tiles = study.tiles(problem_without_minima(request), request.study);
    CHECK(tiles >= 1);
    CHECK(study.tiles(problem_of(request), request.study) == tiles);
  }
}

TEST_CASE("jobs: every engine gives the bits of run_study") {
  for (int row = 0; row < static_cast<int>(studies().size()); ++row) {
    const Request request = request_of(row);
    const std::vector<float> expected = run_study(problem_of(request), request.study);
    REQUIRE(!expected.empty());
    CHECK(expected.size() % studies()[row].columns.size() == 0);
    for (Kind& kind : engines()) {
      CAPTURE(kind.name);
      CAPTURE(studies()[row].key);
      const Id id = kind.engine->submit(request, 3);
      CHECK(same_bits(wait_for(*kind.engine, id, kind.budget_ms), expected));
      CHECK_FALSE(kind.engine->busy());
      CHECK(kind.engine->poll(id, 0)->finished());
    }
  }
}

TEST_CASE("jobs: slots take turns, the newest first") {
  const auto engine = make_inline();
  const Id a = engine->submit(long_request(1), 1);
  const Id b = engine->submit(long_request(2), 2);
  REQUIRE(engine->poll(a, 0)->tiles > 3);
  const auto done = [&](Id id) { return engine->poll(id, 0)->done; };
  while (done(b) == 0) engine->poll(a, 1e-6);  // a tile may take several slices
  CHECK(done(a) == 0);
  while (done(a) == 0) engine->poll(b, 1e-6);
  CHECK(done(b) == 1);
}

TEST_CASE("jobs: where a frame waits, a long tile is gone through in slices, to the same bits") {
  constexpr int long_run = testing::sanitized ? max_steps / 5 : max_steps;
  struct {
    const char *study, *optimizer;
    std::vector<std::pair<const char*, double>> values;
  } const cases[] = {
      {"sweep", "Adam", {{"count", 70}}},
      {"sweep", "LBFGS", {{"count", 3}}},
      {"compare", "SGD", {{"starts", 3}}},
      {"range-test", "SGD", {{"lr_max", 1e-3}, {"steps", long_run}}},
      {"basins", "Adam", {{"size", 16}}},
      {"map", "Adam", {{"x_axis", 0}, {"y_axis", 2}, {"size", 16}}},
      {"map", "Adam", {{"x_axis", 3}, {"y_axis", 4}, {"size", 16}}},  // in double
  };
  for (const auto& c : cases) {
    CAPTURE(c.study);
    CAPTURE(c.optimizer);
    Request request = request_of(find_study(c.study), long_run);
    request.scenario.runs = {default_run(find_optimizer(c.optimizer))};
    request.study = test::study_settings(c.study, c.values);
    const Tiles slices = make_slices(request);
    int begun = 1;
    std::vector<float> rows;
    for (; (rows = slices(0)).empty(); ++begun) continue;
    CHECK(begun > 1);
    CHECK(same_bits(rows, make_tiles(request)(0)));
  }
}

TEST_CASE("jobs: the same request again is the same job") {
  for (Kind& kind : engines()) {
    CAPTURE(kind.name);
    const Id id = kind.engine->submit(long_request(1), 0);
    Request same = long_request(1);
    same.scenario.view.cursor = 3;
    CHECK(kind.engine->submit(same, 0) == id);
    CHECK(kind.engine->submit(same, 1) != id);
    surface_of(same.scenario).domain = Domain{-1, 1, -1, 1};
    CHECK(kind.engine->submit(same, 0) != id);
  }
}

TEST_CASE("jobs: what finished stays until the next has finished") {
  for (Kind& kind : engines()) {
    CAPTURE(kind.name);
    Engine& engine = *kind.engine;
    const Id first = engine.submit(request_of(0), 0);
    const std::vector<float> rows = wait_for(engine, first, kind.budget_ms);
    const Id dropped = engine.submit(long_request(1), 0);
    const Id second = engine.submit(long_request(2), 0);
    CHECK(engine.poll(dropped, 0) == nullptr);
    REQUIRE(engine.poll(first, 0));
    CHECK(same_bits(joined(*engine.poll(first, 0)), rows));
    wait_for(engine, second, kind.budget_ms);
    const Id third = engine.submit(long_request(3), 0);
    CHECK(engine.poll(first, 0) == nullptr);
    CHECK(engine.poll(second, 0) != nullptr);
    engine.cancel(second);
    CHECK(engine.poll(second, 0) == nullptr);
    engine.cancel(third);
    CHECK(engine.poll(third, 0) == nullptr);
    CHECK_FALSE(engine.busy());
  }
}

TEST_CASE("jobs: dragging queues up nothing") {
  for (Kind& kind : engines()) {
    CAPTURE(kind.name);
    Engine& engine = *kind.engine;
    Id last = 0;
    for (int i = 0; i < 1000; ++i) last = engine.submit(long_request(i), 0);
    const std::vector<float> rows = wait_for(engine, last, kind.budget_ms);
    const Request request = long_request(999);
    CHECK(same_bits(rows, run_study(problem_of(request), request.study)));
    CHECK_FALSE(engine.busy());
    // Each submit may find one tile in each worker, or none where the workers are slower than the hand.
    const Progress& progress = *engine.poll(last, 0);
    const long superseded = engine.tiles_begun() - progress.tiles;
    CHECK(superseded <= (engine.workers() == 0 ? 0 : 1000 * engine.workers()));
    if (engine.workers() > 0) CHECK(superseded * 5 < 1000L * progress.tiles);
  }
}

#ifndef __EMSCRIPTEN__
TEST_CASE("jobs: threads wake whoever waits, once a result") {
  for (int n : {1, 3}) {
    std::atomic<int> woken = 0;
    const auto engine = make_threads(n);
    engine->wake = [&] { ++woken; };
    const Id id = engine->submit(long_request(1), 0);
    wait_for(*engine, id, 0);
    const int tiles = engine->poll(id, 0)->tiles;
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (woken < tiles && std::chrono::steady_clock::now() < end) std::this_thread::yield();
    CHECK(woken == tiles);
    CHECK_FALSE(engine->wants_frame());
  }
}

TEST_CASE("jobs: threads end with their engine, whatever is under way") {
  for (int i = 0; i < 20; ++i) {
    const auto engine = make_threads(1 + i % 4);
    for (int slot = 0; slot < 5; ++slot) engine->submit(long_request(i), slot);
    if (i % 2) engine->cancel(engine->submit(long_request(i), 2));
    CHECK(engine->busy());
  }
}
#endif
