// Fits, and networks of several outputs, real data, validation and Muon, against PyTorch, through the documents
// that `stride run` takes.
#include <doctest/doctest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "scenario/csv.h"
#include "scenario/scenario.h"
#include "support/files.h"
#include "support/sentences.h"

using namespace stride;

static void check_against_pytorch(const char* reference) {
  const nlohmann::json document = nlohmann::json::parse(test::text_of(reference));
  for (const nlohmann::json& test : document["cases"]) {
    CAPTURE(test["id"].get<std::string>());
    Scenario s;
    REQUIRE(read_scenario(test["scenario"].dump(), s) == "");
    std::istringstream csv(write_csv(s));
    std::string line;
    std::getline(csv, line);
    CHECK(line == "run," + test["columns"].get<std::string>());
    int compared = 0;
    double worst = 0;
    for (const nlohmann::json& row : test["rows"]) {
      REQUIRE(std::getline(csv, line));
      std::istringstream cells(line);
      std::string cell;
      std::getline(cells, cell, ',');  // the run
      for (const nlohmann::json& value : row) {
        REQUIRE(std::getline(cells, cell, ','));
        const double expected = value.get<double>();
        worst = std::max(worst, std::fabs(std::stod(cell) - expected) / (1 + std::fabs(expected)));
        ++compared;
      }
    }
    CHECK(compared > 100);
    CHECK(worst < 1e-12);
  }
}

TEST_CASE("networks agree with PyTorch, column by column") {
  check_against_pytorch("reference/networks_open.json");
}

TEST_CASE("fits agree with PyTorch, column by column") {
  check_against_pytorch("reference/fit_open.json");
}

TEST_CASE("what does not fit a network's data is said with what would") {
  const auto fault = [](const std::string& problem) {
    Scenario s;
    return read_scenario("{\"stride\": 1, \"problem\": {\"type\": \"network\", " + problem + "}}", s);
  };
  CHECK(fault("\"layers\": [2, 3, 3], \"data\": {\"type\": \"iris\"}") ==
        "problem.layers[0]: expected 4, the inputs of the data, got 2");
  CHECK(fault("\"layers\": [64, 3], \"data\": {\"type\": \"digits\"}") ==
        "problem.layers[1]: expected 10, one output for each class of the data, got 3");
  CHECK(fault("\"layers\": [2, 3]") == "problem.layers[1]: expected 1, a logit, or 2, one a class, got 3");
  CHECK(fault("\"layers\": [2, 4, 2]") == "");
  CHECK(fault("\"data\": {\"type\": \"digits\", \"samples\": 1798}") ==
        "problem.data.samples: expected a whole number from 2 to 1797, got 1798");
  CHECK(fault("\"data\": {\"validation\": 0.95}") != "");
  CHECK(fault("\"data\": {\"validation\": 0.2, \"samples\": 10}, \"batches\": [[8]]") != "");
  Scenario s;
  CHECK(read_scenario("{\"stride\": 1, \"runs\": [{\"optimizer\": {\"type\": \"Muon\"}}]}", s) ==
        "runs[0].optimizer: expected an optimizer of single parameters, got \"Muon\", which moves the "
        "matrices of networks");
}
