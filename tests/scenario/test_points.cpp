// The learner's own points from CSV: what is read, what becomes of the scenario, and faults by line and column.
#include "scenario/points.h"

#include <doctest/doctest.h>

#include <string>

#include "support/sentences.h"

using namespace stride;

namespace {

Scenario scenario_of(const std::string& problem) {
  Scenario s;
  REQUIRE(read_scenario("{\"stride\": 1, \"problem\": {" + problem + "}}", s) == "");
  return s;
}

const std::string fit_type = "\"type\": \"fit\"", network_type = "\"type\": \"network\"";

Scenario taken(const std::string& csv, const std::string& problem = "") {
  Scenario s = scenario_of(problem);
  CAPTURE(csv);
  CHECK(read_points(csv, s) == "");
  return s;
}

std::vector<double> values_of(const Scenario& s) {
  if (const auto* p = std::get_if<FitProblem>(&s.problem)) return p->points;
  const auto* n = std::get_if<NetworkProblem>(&s.problem);
  return n ? n->data.points : std::vector<double>();
}

std::string fault(const std::string& csv, const std::string& problem = "") {
  Scenario s = scenario_of(problem);
  const Scenario before = s;
  const Error e = read_points(csv, s);
  CHECK(s == before);
  return sentence(e);
}

std::string many(int rows, const std::string& line) {
  std::string out;
  for (int i = 0; i < rows; ++i) out += line;
  return out;
}

}  // namespace

TEST_CASE("points: two columns are a fit, three a network, whatever lies around the numbers") {
  const std::vector<double> pairs = {1, 2.5, -3, 400};
  for (const char* csv : {"1,2.5\n-3,4e2\n", "x,y\n1,2.5\n-3,400", "\xEF\xBB\xBFx,y\r\n1,2.5\r\n-3,400\r\n",
                          "x;y\n1;2,5\n-3;400\n", "speed\tdist\n1\t2,5\n\n-3\t400\n",
                          "# mine\n\"x\", \"y\"\n \"1\" , 2.5\r-3,400", "1;2.5\n-3;400\n"}) {
    const Scenario s = taken(csv);
    REQUIRE(std::holds_alternative<FitProblem>(s.problem));
    CHECK(values_of(s) == pairs);
    CHECK(validate(s) == "");
  }
  const Scenario s = taken("x1,x2,label\n0.5,1,0\n2,-3,1\n");
  REQUIRE(std::holds_alternative<NetworkProblem>(s.problem));
  CHECK(values_of(s) == std::vector<double>{0.5, 1, 0, 2, -3, 1});
  CHECK(taken(many(max_samples, "1,2\n")).problem.index() == 3);
}

TEST_CASE("points: what goes with them stays, what was of other data goes") {
  const std::string csv = "1,0\n2,1\n3,0\n4,1\n";
  Scenario s = taken(
      csv,
      fit_type +
          R"(, "model": "sigmoid", "scale": "standard", "start": [1, 2], "domain": [0, 9, 0, 9], "batches": [[77]])");
  auto* own = std::get_if<FitProblem>(&s.problem);
  REQUIRE(own);
  CHECK(own->model == FitModel::sigmoid);
  CHECK(own->scale == FitScale::standard);
  CHECK(own->start.has_value());
  CHECK_FALSE(own->domain.has_value());
  CHECK(own->batches.empty());
  CHECK(s.runs == default_runs(s));  // nobody had changed them

  s = scenario_of(fit_type);
  s.runs[0].optimizer.values[0] = {0.5};
  CHECK(read_points(csv, s) == "");
  CHECK(s.runs[0].optimizer.number(0) == 0.5);

  const std::string labelled = "0,1,0\n1,0,1\n";
  s = taken(labelled, network_type + R"(, "layers": [2, 5, 1], "activation": "relu")");
  CHECK(std::get_if<NetworkProblem>(&s.problem)->layers == std::vector<int>{2, 5, 1});
  CHECK(std::get_if<NetworkProblem>(&s.problem)->activation == Activation::relu);
  s = taken(
      labelled,
      network_type +
          R"(, "data": {"type": "iris"}, "layers": [4, 1, 3], "init": {"type": "weights", "weights": [1,2,3,4,5,6,7,8,9,10,11]})");
  CHECK(std::get_if<NetworkProblem>(&s.problem)->layers == std::vector<int>{2, 8, 8, 1});
  CHECK(validate(s) == "");
  s = taken(csv, network_type);
  CHECK(std::holds_alternative<FitProblem>(s.problem));
}

TEST_CASE("points: faults by line and column") {
  const std::string sigmoid = fit_type + R"(, "model": "sigmoid")",
                    standard = fit_type + R"(, "scale": "standard")";
  const std::string lines = "2 cells, x and y, or 3, x1, x2 and label";
  const struct {
    std::string csv, problem, says;
  } all[] = {
      {"", "", "expected lines of " + lines + ", got an empty file"},
      {" \n# nothing\n", "", "expected lines of " + lines + ", got an empty file"},
      {"x,y\n", "", "expected a line with numbers after the names, got nothing"},
      {"1\n", "", "line 1, column 1: expected " + lines + ", got 1"},
      {"1 2\n", "", "line 1, column 1: expected " + lines + ", got 1"},
      {"1,2,3,4\n", "", "line 1, column 7: expected " + lines + ", got 4"},
      {"x,y\n1,2\n3\n", "", "line 3, column 1: expected 2 cells as in the lines before, got 1"},
      {"1,2\n3,4,5\n", "", "line 2, column 5: expected 2 cells as in the lines before, got 3"},
      {"1,2\n3,four\n", "", "line 2, column 3: expected a number, y, got \"four\""},
      {"\xEF\xBB\xBF"
       "1,2\r\n,4\r\n",
       "", "line 2, column 1: expected a number, x, got nothing"},
      {"1,NaN\n", "", "line 1, column 3: expected a number from -1000000 to 1000000, got NaN"},
      {"x,y\n1,inf\n", "", "line 2, column 3: expected a number from -1000000 to 1000000, got inf"},
      {"1,2\n1e7,1\n", "", "line 2, column 1: expected a number from -1000000 to 1000000, got 1e7"},
      {"1,0x10\n", "", "line 1, column 3: expected a number, y, got \"0x10\""},
      {"1,2,1\n1,two,0\n", "", "line 2, column 3: expected a number, x2, got \"two\""},
      {"1,2,0\n1,2,3\n", "", "line 2, column 5: expected the label 0 or 1, got 3"},
      {"1,2,0\n1,2,yes\n", "", "line 2, column 5: expected the label 0 or 1, got \"yes\""},
      {"1,0\n1,0.5\n", sigmoid, "line 2, column 3: expected the label 0 or 1, got 0.5"},
      {"1,1\n2,1\n", sigmoid, "expected points of both labels, 0 and 1, got only label 1"},
      {"1,1,0\n2,1,0\n", "", "expected points of both labels, 0 and 1, got only label 0"},
      {"3,1\n3,2\n", standard,
       "problem.scale: expected none where every x is the same, for their standard deviation would divide"},
      {"1,2\n\"3,4\n", "", "line 2, column 1: expected a closing quote, got the end of the file"},
      {many(100000, "1,2\n"), "", "expected at most 2000 points, got 100000"},
  };
  for (const auto& row : all) {
    CAPTURE(row.csv.substr(0, 60));
    CHECK(fault(row.csv, row.problem) == row.says);
  }
}
