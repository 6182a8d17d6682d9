// Trainings as jobs: cut into tiles that follow on each other, the same numbers as train() whoever computes them.
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <cstring>
#include <thread>

#include "core/networks/network_study.h"
#include "jobs/jobs.h"
#include "jobs/landscape.h"
#include "jobs/training.h"
#include "support/sentences.h"

using namespace stride;
using namespace stride::jobs;

namespace {

Scenario on_network(const std::string& members, int steps = 300) {
  Scenario s;
  REQUIRE(read_scenario(R"({"stride": 1, "problem": {"type": "network")" + members + R"(}, "steps": )" +
                            std::to_string(steps) + "}",
                        s) == "");
  return s;
}

Request exact(const Scenario& s) {
  return {s, 0, default_settings(0, training_params()), Request::Kind::training};
}

/// All of a request's rows, from an engine.
TrainingRows rows_from(Engine& engine, const Request& request) {
  const Id id = engine.submit(request, 5);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  for (;;) {
    const Progress* p = engine.poll(id, 1000);
    REQUIRE(p != nullptr);
    if (p->finished()) {
      TrainingRows rows =
          no_rows(*std::get_if<NetworkProblem>(&request.scenario.problem), request.scenario.steps);
      for (const std::vector<float>& tile : p->rows) append_tile(tile, rows);
      return rows;
    }
    REQUIRE(std::chrono::steady_clock::now() < end);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

bool same(const std::vector<double>& a, const std::vector<double>& b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i)
    if (a[i] != b[i] && !(std::isnan(a[i]) && std::isnan(b[i]))) return false;
  return true;
}

constexpr const char* networks[] = {
    "", R"(, "batch_size": 16, "data": {"type": "spiral", "validation": 0.25})",
    R"(, "data": {"type": "iris"})",
    R"(, "data": {"type": "digits", "samples": 300}, "layers": [64, 12, 10], "batch_size": 32)"};

/// With so many threads where there are such.
std::unique_ptr<Engine> engine_of([[maybe_unused]] int threads) {
#ifndef __EMSCRIPTEN__
  if (threads > 0) return make_threads(threads);
#endif
  return make_inline();
}

}  // namespace

TEST_CASE("a training from jobs has the bits of train(), with no thread and with several") {
  for (const char* members : networks) {
    CAPTURE(members);
    const Scenario s = on_network(members);
    const auto& network = *std::get_if<NetworkProblem>(&s.problem);
    const Training whole = train(network, s.steps, s.runs[0].optimizer, s.runs[0].schedule);
    for (const int threads : {0, 1, 3}) {
      const std::unique_ptr<Engine> engine = engine_of(threads);
      const TrainingRows rows = rows_from(*engine, exact(s));
      CHECK(same(rows.loss, whole.loss));
      CHECK(same(rows.batch_loss, whole.batch_loss));
      CHECK(same(rows.accuracy, whole.accuracy));
      CHECK(same(rows.lr, whole.lr));
      CHECK(same(rows.validation_loss, whole.validation_loss));
      CHECK(same(rows.weight_size, whole.weight_size));
      CHECK(same(rows.gradient_size, whole.gradient_size));
      CHECK(same(rows.update_size, whole.update_size));
      int kept = -1;
      const std::span<const float> last = rows.weights_at(s.steps, kept);
      CHECK(kept == s.steps);
      REQUIRE(last.size() == whole.weights.size());
      for (size_t i = 0; i < last.size(); ++i) CHECK(last[i] == static_cast<float>(whole.weights[i]));
    }
  }
}

TEST_CASE("the average of the weights comes with a training's rows, and is kept with the first of them") {
  for (const char* members : networks) {
    CAPTURE(members);
    Scenario s = on_network(members);
    s.runs[0].ema = 0.9;
    const std::unique_ptr<Engine> engine = engine_of(1);
    const TrainingRows rows = rows_from(*engine, exact(s));
    TrainingRun whole(*std::get_if<NetworkProblem>(&s.problem), s.steps, s.runs[0].optimizer,
                      s.runs[0].schedule);
    whole.keep_average(0.9);
    whole.advance(s.steps + 1);
    const Scores& average = whole.result().average;
    REQUIRE(average.loss.size() == rows.loss.size());
    CHECK(same(rows.average.loss, average.loss));
    CHECK(same(rows.average.accuracy, average.accuracy));
    CHECK(same(rows.average.validation_loss, average.validation_loss));
    CHECK(same(rows.average.validation_accuracy, average.validation_accuracy));
    const int row = find_schedule("StepLR");
    s.runs[0].schedule = default_settings(row, schedules()[static_cast<size_t>(row)].params);
    const TrainingRows first = rows_before(rows, s.runs[0], s.steps);
    CHECK(first.size() > 1);
    CHECK(first.average.loss.size() == first.loss.size());
  }
}

TEST_CASE("a tile out of its turn, or asked for again, is the same") {
  const Scenario s = on_network(networks[1], 2000);
  const Request request = exact(s);
  const int tiles = tiles_of(request);
  REQUIRE(tiles > 3);
  const Tiles in_turn = make_tiles(request), mixed = make_tiles(request);
  std::vector<std::vector<float>> all;
  for (int i = 0; i < 4; ++i) all.push_back(in_turn(i));
  for (const int i : {2, 0, 3, 1, 1}) {
    const std::vector<float> tile = mixed(i);
    REQUIRE(tile.size() == all[size_t(i)].size());
    CHECK(std::memcmp(tile.data(), all[size_t(i)].data(), tile.size() * sizeof(float)) == 0);
  }
}

TEST_CASE("a training that diverges ends, and says where") {
  Scenario s = on_network("", 400);
  s.runs[0].optimizer.values[0] = {1e9};
  const std::unique_ptr<Engine> engine = engine_of(2);
  const TrainingRows rows = rows_from(*engine, exact(s));
  REQUIRE(rows.diverged_at >= 0);
  CHECK(rows.size() == rows.diverged_at + 1);
}

TEST_CASE("a request for a training survives being bytes; of another problem it is refused") {
  for (const char* members : networks) {
    Request request = exact(on_network(members)), again;
    request.study.values = {{4}, {1}, {9}};
    CHECK(decode_request(encode_request(request), again) == "");
    CHECK(again == request);
  }
  Request descent{default_scenario(), 0, default_settings(0, training_params()), Request::Kind::training},
      out;
  CHECK(sentence(decode_request(encode_request(descent), out)) ==
        "problem.type: expected a network, got a surface");
}

TEST_CASE("a training that takes long is asked for coarse at first") {
  const Scenario small = on_network(""), large = on_network(networks[3], 5000);
  CHECK(training_stages(*std::get_if<NetworkProblem>(&small.problem), small.steps).size() == 1);
  const auto stages = training_stages(*std::get_if<NetworkProblem>(&large.problem), large.steps);
  REQUIRE(stages.size() == 2);
  CHECK(stages[0].integer(0) > 1);
  CHECK(stages[0].toggle(1));
  CHECK(stages[1] == exact(large).study);
}

TEST_CASE("the first rows come at once, and are those of the whole") {
  const Scenario s = on_network("", 1000);
  const TrainingRows some = first_rows(s, s.runs[0], s.steps, false),
                     all = first_rows(s, s.runs[0], s.steps, true);
  CHECK(some.size() > 1);
  CHECK(some.size() < all.size());
  CHECK(all.ended);
  CHECK(all.size() == s.steps + 1);
  CHECK(same(some.loss, {all.loss.begin(), all.loss.begin() + some.size()}));
}

TEST_CASE("within the frame long trainings of a map or a sweep go on in slices, to the same rows") {
  const Scenario s = on_network("", 1500);
  for (const char* key : {"map", "sweep"}) {
    CAPTURE(key);
    const int row = find_study(key);
    const auto& params = studies()[size_t(row)].params;
    Request request{s, 0, default_settings(row, params)};
    const int size = find_param(params, std::string_view(key) == "map" ? "size" : "count");
    request.study.values[size_t(size)] = {2};
    const std::unique_ptr<Engine> engine = make_inline();
    const Id id = engine->submit(request, 3);
    const int tiles = engine->poll(id, 0)->tiles;
    CHECK(tiles == (std::string_view(key) == "map" ? 4 : 1));
    int slices = 0;
    for (; !engine->poll(id, 1e-6)->finished(); ++slices) REQUIRE(slices < 10000);
    CHECK(slices > 4 * tiles);
    std::vector<float> all;
    for (const std::vector<float>& tile : engine->poll(id, 0)->rows)
      all.insert(all.end(), tile.begin(), tile.end());
    const Run& run = s.runs[0];
    CHECK(all ==
          training_study({*std::get_if<NetworkProblem>(&s.problem), s.steps, run.optimizer, run.schedule},
                         request.study));
  }
}

TEST_CASE("within the frame a landscape's training and its points go on in slices, to the same picture") {
  const Request request{on_network(R"(, "data": {"type": "iris"})", 700), 0,
                        network_study(landscape_key, {{"size", 20}}), Request::Kind::landscape};
  const std::unique_ptr<Engine> engine = make_inline();
  const Id id = engine->submit(request, 3);
  int slices = 0;
  for (; !engine->poll(id, 1e-6)->finished(); ++slices) REQUIRE(slices < 100000);
  const Progress& done = *engine->poll(id, 0);
  CHECK(slices > 2 * done.tiles);
  const Tiles tile = make_tiles(request);
  for (int i = 0; i < done.tiles; ++i) CHECK(done.rows[size_t(i)] == tile(i));
}

TEST_CASE("studies of descents are asked of trainings too, with the rows of training_study()") {
  const Scenario s = on_network(networks[1], 40);
  for (const char* key : {"sweep", "range-test", "compare", "map"}) {
    CAPTURE(key);
    const int row = find_study(key);
    const auto& params = studies()[size_t(row)].params;
    Request request{s, 0, default_settings(row, params)}, again;
    if (const int count = find_param(params, "count"); count >= 0) request.study.values[size_t(count)] = {12};
    if (const int starts = find_param(params, "starts"); starts >= 0)
      request.study.values[size_t(starts)] = {3};
    if (const int size = find_param(params, "size"); size >= 0) request.study.values[size_t(size)] = {5};
    CHECK(decode_request(encode_request(request), again) == "");
    CHECK(again == request);
    const Run& run = s.runs[0];
    const std::vector<float> wanted = training_study(
        {*std::get_if<NetworkProblem>(&s.problem), s.steps, run.optimizer, run.schedule}, request.study);
    const std::unique_ptr<Engine> engine = engine_of(2);
    const Id id = engine->submit(request, 3);
    while (!engine->poll(id, 100)->finished()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::vector<float> all;
    for (const std::vector<float>& tile : engine->poll(id, 0)->rows)
      all.insert(all.end(), tile.begin(), tile.end());
    CHECK(all == wanted);
    const int tiles = tiles_of(request);
    CHECK(tiles > 1);  // so that progress shows
    const Tiles tile = make_tiles(request);
    for (const int i : {tiles - 1, 0, tiles - 1}) {  // out of turn
      const std::vector<float>& known = engine->poll(id, 0)->rows[size_t(i)];
      const std::vector<float> anew = tile(i);
      CHECK((anew == known || (known.empty() && anew.size() == 1)));
    }
  }
  Request basins{s, 0,
                 default_settings(find_study("basins"), studies()[size_t(find_study("basins"))].params)},
      out;
  CHECK(sentence(decode_request(encode_request(basins), out)) ==
        "problem.type: expected a surface, a curve or a fit, got a network");
}
