// Lengths told in epochs, where the scenario says how many steps one has.
#include "lab/session/ground.h"
#include "support/lab_driver.h"
#include "support/sentences.h"

using namespace stride;
using namespace stride::lab;

TEST_CASE("a schedule's lengths are told and set in epochs, the plots have their scale") {
  Scenario s;
  REQUIRE(sentence(read_scenario(R"({"stride": 1, "steps": 100, "steps_per_epoch": 10, "runs": [
    {"schedule": {"type": "StepLR", "step_size": 30}}]})",
                                 s)) == "");
  CHECK(write_scenario(s).find("\"steps_per_epoch\": 10") != std::string::npos);
  Driver d(1280, 800, 1, s);
  CHECK(d.get("slider", "step_size").now == 3);
  CHECK(d.get("status", "epochs").now == 10);
  d.drag_slider("step_size", 0.8f);
  const Settings& schedule = d.lab.session.scenario.runs[0].schedule;
  CHECK(schedule.number(0) > 60);
  CHECK(d.get("slider", "step_size").now == doctest::Approx(schedule.number(0) / 10));
  d.lab.session.scenario.steps_per_epoch = 0;
  d.frames(2);
  CHECK(d.get("slider", "step_size").now == schedule.number(0));
  CHECK(d.find("status", "epochs") == nullptr);
}

TEST_CASE("batches say themselves how many steps an epoch has") {
  Scenario s;
  REQUIRE(sentence(read_scenario(
              R"({"stride": 1, "steps_per_epoch": 3, "problem": {"type": "fit", "batch_size": 10}})", s)) ==
          "");
  CHECK(steps_in_epoch(s) == 5);  // 50 cars
}
