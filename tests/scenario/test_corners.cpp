// Corners of the rules where frameworks and their versions differ: today's PyTorch, and the packages of
// schedule-free and Prodigy.
#include <doctest/doctest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "scenario/scenario.h"
#include "support/files.h"
#include "support/sentences.h"

using namespace stride;
using nlohmann::json;

namespace {

Scenario of_json(const json& document) {
  Scenario s;
  REQUIRE(read_scenario(document.dump(), s) == "");
  return s;
}

Trajectory descent_of(const Scenario& s) {
  return trajectory_of(s, s.runs[0]);
}

Trajectory from_two_and_one(const json& optimizer, const json& schedule = {{"type", "constant"}}) {
  return descent_of(of_json({{"stride", 1},
                             {"steps", 30},
                             {"problem", {{"surface", "quad_k10"}, {"start", {2, 1}}}},
                             {"runs", {{{"optimizer", optimizer}, {"schedule", schedule}}}}}));
}

std::string refusal(const json& optimizer, const json& schedule = {{"type", "constant"}}) {
  Scenario s;
  return sentence(read_scenario(
      json{{"stride", 1}, {"runs", {{{"optimizer", optimizer}, {"schedule", schedule}}}}}.dump(), s));
}

bool near(double a, double b, double tolerance) {
  return std::fabs(a - b) <= tolerance * (1 + std::fabs(b));
}

}  // namespace

TEST_CASE("corners: PyTorch's paths, row by row") {
  int compared = 0;
  const json data = json::parse(test::text_of("reference/corners_open.json"));
  for (const json& c : data["cases"]) {
    CAPTURE(c["id"].get<std::string>());
    const Trajectory path = descent_of(of_json(c["scenario"]));
    REQUIRE(c["columns"] == "step,x,y,loss,lr");
    REQUIRE(static_cast<std::size_t>(path.size()) == c["rows"].size());
    for (const json& row : c["rows"]) {
      const auto t = row[0].get<std::size_t>();
      CAPTURE(t);
      CHECK(near(path.x[t], row[1].get<double>(), 1e-8));
      CHECK(near(path.y[t], row[2].get<double>(), 1e-8));
      CHECK(near(path.loss[t], row[3].get<double>(), 1e-8));
      CHECK(near(path.lr[t], row[4].get<double>(), 1e-12));
      ++compared;
    }
  }
  CHECK(compared > 150);
}

TEST_CASE("corners: the packages of schedule-free and Prodigy") {
  CHECK(from_two_and_one({{"type", "ScheduleFreeAdamW"}, {"lr", 0.05}}).x[2] ==
        doctest::Approx(1.9228501).epsilon(1e-8));
  const Trajectory prodigy = from_two_and_one({{"type", "Prodigy"}, {"betas", {0, 0.999}}});
  CHECK(prodigy.x[2] == doctest::Approx(1.9996146555).epsilon(1e-10));
  // A step at rate 0 is not counted: what follows it is the path without it.
  const json corrected = {{"type", "Prodigy"}, {"use_bias_correction", true}};
  const Trajectory whole = from_two_and_one(corrected);
  const Trajectory waiting = from_two_and_one(
      corrected, {{"type", "Points"}, {"interpolation", "step"}, {"points", {{0, 1}, {3, 0}, {5, 1}}}});
  for (std::size_t t = 0; t <= 3; ++t) CHECK(waiting.x[t] == whole.x[t]);
  for (std::size_t t = 3; t <= 28; ++t) CHECK(waiting.x[t + 2] == whole.x[t]);
}

TEST_CASE("corners: what PyTorch takes is taken, what it has no meaning for is refused") {
  CHECK(refusal(json::object(), {{"type", "CyclicLR"}, {"base_lr", 0}}) == "");
  CHECK(refusal(json::object(), {{"type", "ReduceLROnPlateau"}, {"eps", 0}}) == "");
  CHECK(refusal({{"type", "NAdam"}, {"decoupled_weight_decay", true}}) == "");
  CHECK(refusal({{"type", "RAdam"}, {"decoupled_weight_decay", true}}) == "");
  CHECK(refusal(json::object(), {{"type", "ConstantLR"}, {"total_iters", 0}}) ==
        "runs[0].schedule.total_iters: expected a whole number from 1 to 1000000, got 0");
  const json milestones = {{"type", "MultiStepLR"}, {"milestones", {30, 10, 20, 10}}};
  CHECK(refusal(json::object(), milestones) == "");
  const Scenario s = of_json({{"stride", 1}, {"runs", {{{"schedule", milestones}}}}});
  CHECK(s.runs[0].schedule.values[0] == std::vector<double>{10, 10, 20, 30});
}

TEST_CASE("corners: decoupled weight decay is AdamW's") {
  for (const char* type : {"NAdam", "RAdam"}) {
    CAPTURE(type);
    const json with = {{"type", type}, {"lr", 0.05}, {"weight_decay", 0.2}, {"decoupled_weight_decay", true}};
    const json without = {{"type", type}, {"lr", 0.05}};
    // The first step's averages hold the gradient alone: all that differs is the factor.
    CHECK(from_two_and_one(with).x[1] ==
          doctest::Approx(from_two_and_one(without).x[1] - 2 * 0.05 * 0.2).epsilon(1e-13));
  }
}
