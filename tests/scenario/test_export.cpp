#include <doctest/doctest.h>

#include "core/math/code.h"
#include "scenario/export/export.h"
#include "scenario/export/export_shared.h"
#include "support/random_scenario.h"
#include "support/sentences.h"

using namespace stride;

// What the programs print is compared in export_test.py; here: what needs no Python.

TEST_CASE("export: any scenario of the tables has a program in every framework") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    const Scenario s = testing::random_scenario(seed);
    for (const char* target : {"pytorch", "keras", "optax"}) {
      std::string program;
      CAPTURE(seed);
      CAPTURE(target);
      REQUIRE(export_program(s, target, program) == "");
      CHECK(program.find("xp.") == std::string::npos);
      CHECK(program.find("{lr}") == std::string::npos);
      CHECK(program.find("STEPS = " + std::to_string(s.steps)) != std::string::npos);
    }
  }
}

TEST_CASE("export: every optimizer can be written: torch has it or there is a rule") {
  for (int i = 0; i < static_cast<int>(point_optimizers().size()); ++i) {
    CAPTURE(optimizers()[i].key);
    CHECK((optimizers()[i].in_torch || exporting::has_rule(default_run(i).optimizer)));
  }
}

TEST_CASE("export: no placeholder of a schedule is left") {
  for (int i = 0; i < static_cast<int>(schedules().size()); ++i) {
    Run run = default_run(0);
    run.schedule = default_settings(i, schedules()[i].params);
    const std::string text = exporting::rate_code(run, 0, 100).text;
    CAPTURE(text);
    CHECK(text.find("def rate_0(t):") != std::string::npos);
    for (const Param& p : schedules()[i].params)
      CHECK(text.find("{" + std::string(p.key) + "}") == std::string::npos);
  }
}

TEST_CASE("export: an optimizer of matrices is written for torch, and refused elsewhere in a sentence") {
  Scenario s;
  REQUIRE(read_scenario("{\"stride\": 1, \"problem\": {\"type\": \"network\"}, \"runs\": [{\"optimizer\": "
                        "{\"type\": \"Muon\"}}]}",
                        s) == "");
  std::string program;
  for (const char* target : {"keras", "optax"})
    CHECK(export_program(s, target, program) ==
          "runs[0].optimizer: expected an optimizer of single parameters; --to pytorch takes those of "
          "matrices, "
          "got \"Muon\"");
  CHECK(program.empty());
  CHECK(export_program(s, "pytorch", program) == "");
  CHECK(program.find("lambda params: muon(params, lr=0.001)") != std::string::npos);
}

TEST_CASE("export: an unknown target is refused") {
  std::string program = "kept";
  CHECK(export_program(default_scenario(), "torch", program) ==
        "--to: expected pytorch, keras or optax, got \"torch\"");
  CHECK(program == "kept");
}

TEST_CASE("export: formulas keep their order of operations") {
  using math::Code;
  const Code x{"x"}, y{"y"};
  CHECK((x - (y - 1.0)).text == "x - (y - 1)");
  CHECK((x + (y + 1.0)).text == "x + (y + 1)");
  CHECK((x * (y * x)).text == "x*(y*x)");
  CHECK((x / (y / x)).text == "x/(y/x)");
  CHECK((-(x * y)).text == "-x*y");
  CHECK(power(-x, math::code_of(2)).text == "(-x)**2");
  CHECK(power(x, power(y, x)).text == "x**y**x");
  CHECK(power(power(x, y), x).text == "(x**y)**x");
  CHECK((2.0 * (-x)).text == "2*(-x)");
  CHECK(((-2.0) * x - (-3.0)).text == "-2*x + 3");
  CHECK(math::digits_of(0.1) == "0.1");
  CHECK(math::digits_of(1.0 / 3) == "0.3333333333333333");
  CHECK(exporting::float_text(1e-8) == "1e-08");
  CHECK(exporting::float_text(1) == "1.0");
}

TEST_CASE("export: where PyTorch's sequences and chains differ, the programs and the help say so") {
  const auto program_of = [](const char* schedule) {
    Scenario s;
    REQUIRE(read_scenario(std::string("{\"stride\": 1, \"runs\": [{\"schedule\": ") + schedule + "}]}", s) ==
            "");
    std::string program;
    REQUIRE(export_program(s, "pytorch", program) == "");
    return program;
  };
  const char* chain = "PyTorch's chain differs";
  for (const char* part : {R"({"type": "CosineAnnealingLR", "eta_min": 0.001})", R"({"type": "LambdaLR"})",
                           R"({"type": "CyclicLR", "base_lr": 0.01, "max_lr": 0.1})"}) {
    CAPTURE(part);
    const std::string both = std::string("[{\"type\": \"ExponentialLR\"}, ") + part + "]}";
    CHECK(program_of(("{\"type\": \"ChainedScheduler\", \"schedulers\": " + both).c_str()).find(chain) !=
          std::string::npos);
  }
  const char* sequence = "PyTorch's CyclicLR and OneCycleLR also change the rate";
  for (const char* part :
       {R"({"type": "OneCycleLR"})", R"({"type": "CyclicLR", "base_lr": 0.01, "max_lr": 0.1})"}) {
    CAPTURE(part);
    const std::string both =
        std::string("\"milestones\": [10], \"schedulers\": [{\"type\": \"ConstantLR\"}, ") + part;
    CHECK(program_of(("{\"type\": \"SequentialLR\", " + both + "]}").c_str()).find(sequence) !=
          std::string::npos);
  }
  const auto help = [](const char* key) {
    return std::string(schedules()[static_cast<std::size_t>(find_schedule(key))].params[0].help);
  };
  CHECK(help("ChainedScheduler").find(chain) != std::string::npos);
  CHECK(help("SequentialLR").find("PyTorch's cycles change the rate of the others too") != std::string::npos);
}
