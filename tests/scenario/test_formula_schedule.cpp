// A schedule that is a formula: in documents and links, and the sentences where it can't be read.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "core/schedules/schedule_presets.h"
#include "scenario/scenario.h"
#include "support/sentences.h"

using namespace stride;
using nlohmann::json;

namespace {

json with(const json& lambda) {
  return {{"stride", 1}, {"runs", {{{"schedule", {{"type", "LambdaLR"}, {"lambda", lambda}}}}}}};
}

std::string formula_refusal(const json& lambda) {
  Scenario s;
  return sentence(read_scenario(with(lambda).dump(), s));
}

}  // namespace

TEST_CASE("a formula goes out and in as it was written") {
  for (const char* formula : {"0.5*(1+cos(pi*t/T))", "½(1 + cos πt/T)", "1", "t"}) {
    CAPTURE(formula);
    Scenario s, again, linked;
    REQUIRE(read_scenario(with(formula).dump(), s) == "");
    CHECK(s.runs[0].schedule.formula == formula);
    CHECK(s.runs[0].schedule.values[0] == std::vector<double>{0});
    CHECK(write_scenario(s).find(std::string("\"lambda\": \"") + formula) != std::string::npos);
    REQUIRE(read_scenario(write_scenario(s), again) == "");
    CHECK(again == s);
    REQUIRE(decode_link(encode_link(s), linked) == "");
    CHECK(linked == s);
  }
  Scenario s;
  REQUIRE(decode_link("?schedule=LambdaLR&lambda=0.5*(1%2Bcos(pi*t/T))", s) == "");
  CHECK(s.runs[0].schedule.formula == "0.5*(1+cos(pi*t/T))");
  REQUIRE(read_scenario(with("noam").dump(), s) == "");
  CHECK(s.runs[0].schedule.formula == "");
}

TEST_CASE("what is neither a formula nor a choice is told by its place") {
  const std::string place = "runs[0].schedule.lambda: ";
  const std::string choices =
      "expected one of inverse_time, inverse_time_staircase, inverse_sqrt_warmup, noam or a formula of t and "
      "T, got ";
  CHECK(formula_refusal("0.5*(1+") ==
        place + "column 8: expected a number, t, T, a function or '(', got the end");
  CHECK(formula_refusal("1/(1+x)") ==
        place + "column 6: expected t, T, pi, e or a function, got 'x' (the variables are t and T)");
  CHECK(formula_refusal("inverse_tim") ==
        place + choices + "\"inverse_tim\", did you mean \"inverse_time\"?");
  CHECK(formula_refusal(5) == place + choices + "5");
  CHECK(formula_refusal(nullptr) == place + choices + "null");
}

TEST_CASE("a preset goes out and in, in documents and links, for any number of steps") {
  for (const SchedulePreset& preset : schedule_presets())
    for (const int steps : {1, 2, 7, 200, 100000}) {
      CAPTURE(preset.name);
      CAPTURE(steps);
      Scenario s = default_scenario(), again, linked;
      s.steps = steps;
      s.runs[0].schedule = preset.make(s.runs[0].optimizer.number(0), steps);
      CHECK(validate(s) == "");
      REQUIRE(read_scenario(write_scenario(s), again) == "");
      CHECK(again == s);
      REQUIRE(decode_link(encode_link(s), linked) == "");
      CHECK(linked == s);
    }
}
