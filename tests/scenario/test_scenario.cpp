#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "scenario/catalogue.h"
#include "scenario/documents/suggest.h"
#include "support/files.h"
#include "support/random_scenario.h"
#include "support/sentences.h"

using namespace stride;
using stride::testing::random_scenario;

namespace {

const std::string faults = "faults/";

std::string error_of(std::string_view text) {
  Scenario s;
  return sentence(read_scenario(text, s));
}

Scenario read(std::string_view text) {
  Scenario s;
  REQUIRE(read_scenario(text, s) == "");
  return s;
}

int depth_of(const nlohmann::json& value) {
  int deepest = 0;
  if (value.is_structured())
    for (const auto& child : value) deepest = std::max(deepest, depth_of(child));
  return value.is_structured() ? deepest + 1 : 0;
}

/// Puts `value` where the parameter takes numbers.
bool take_value(std::vector<double>& values, const Param& p, double value) {
  using Kind = Param::Kind;
  if (p.kind == Kind::toggle || p.kind == Kind::choice || p.kind == Kind::schedules || p.kind == Kind::rule)
    return false;
  if (p.kind == Kind::integers)
    values = {5, value};
  else if (values.empty())
    values = {value};
  else
    values.back() = value;
  return true;
}

}  // namespace

TEST_CASE("scenario: any scenario of the tables survives its document") {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    CAPTURE(seed);
    const Scenario s = random_scenario(seed);
    for (int indent : {-1, 2}) {
      const std::string text = write_scenario(s, indent);
      CAPTURE(text);
      Scenario again;
      REQUIRE(read_scenario(text, again) == "");
      REQUIRE(again == s);
      REQUIRE(write_scenario(again, indent) == text);
      REQUIRE(depth_of(nlohmann::json::parse(text)) <= max_nesting);
    }
    CHECK(validate(s) == "");
  }
}

TEST_CASE("scenario: every number comes back bit for bit") {
  Scenario s = default_scenario();
  for (double x :
       {-0.0, 0.1, 1.0 / 3, 5e-324, 2.2250738585072014e-308, 999999.99999999988, 1e-7, 123456789.0 / 1024}) {
    surface_of(s).start = Point{x, -x};
    const Scenario again = read(write_scenario(s));
    CHECK(std::signbit(surface_of(again).start->x) == std::signbit(x));
    CHECK(surface_of(again).start->x == x);
  }
}

TEST_CASE("scenario: what is not named takes its default") {
  CHECK(read(R"({"stride": 1})") == default_scenario());
  CHECK(write_scenario(default_scenario(), -1) == R"({"stride":1})");
  const Scenario s =
      read(R"({"stride": 1, "problem": {"surface": "beale"}, "runs": [{"optimizer": {"type": "Adam"}}]})");
  CHECK(s.runs[0].optimizer == default_run(find_optimizer("Adam")).optimizer);
  CHECK(s.runs[0].schedule == default_run(0).schedule);
  CHECK(surface_of(s).surface == find_surface("beale"));
  CHECK(s.steps == 200);
  CHECK(read(R"({"stride": 1, "problem": {"surface": "beale"}})").runs[0].optimizer.number(0) ==
        surfaces()[find_surface("beale")].lr);
}

TEST_CASE("scenario: the document of the contract reads as it says") {
  const Scenario s = read(R"({"stride": 1,
    "problem": {"type": "surface", "expression": "x^2 + 10*y^2", "domain": [-2, 2, -1, 3], "start": [-1.2, 1],
                "noise": {"sigma": 0.5, "seed": 7}},
    "steps": 300,
    "runs": [{"name": "A", "start": [0, 0.5],
              "optimizer": {"type": "Adam", "lr": 0.1, "betas": [0.8, 0.99], "eps": 1e-8, "weight_decay": 0, "amsgrad": true},
              "schedule": {"type": "StepLR", "step_size": 30, "gamma": 0.1}}, {}],
    "view": {"yaw": 1, "pan": [1, 2], "hidden": [1], "theme": "dark"}})");
  CHECK(surface_of(s).expression == "x^2 + 10*y^2");
  CHECK(*surface_of(s).domain == Domain{-2, 2, -1, 3});
  CHECK(surface_of(s).noise == Noise{0.5, 7});
  CHECK(s.steps == 300);
  REQUIRE(s.runs.size() == 2);
  CHECK(start_of(s, s.runs[0]) == Point{0, 0.5});
  CHECK(start_of(s, s.runs[1]) == Point{-1.2, 1});
  CHECK(name_of(s.runs[0]) == "A");
  CHECK(name_of(s.runs[1]) == "SGD");
  CHECK(s.runs[0].optimizer.values == std::vector<std::vector<double>>{{0.1}, {0.8, 0.99}, {1e-8}, {0}, {1}});
  CHECK(s.view.hidden == 2);
  CHECK(s.view.pan_y == 2);
  CHECK(objective_of(s).at(1, 2).f == 41);
  CHECK(read(R"({"stride": 1.0, "steps": 1e2})").steps == 100);
}

TEST_CASE("scenario: each kind of fault has its sentence and changes nothing") {
  std::istringstream sentences(test::text_of(faults + "sentences.txt"));
  int count = 0;
  for (std::string line; std::getline(sentences, line); ++count) {
    const size_t colon = line.find(": ");
    CAPTURE(line);
    Scenario s = random_scenario(1);
    const Scenario before = s;
    CHECK(read_scenario(test::text_of(faults + line.substr(0, colon)), s) == line.substr(colon + 2));
    CHECK(s == before);
  }
  CHECK(count >= 60);
}

TEST_CASE("scenario: documents may be 262144 bytes long, no more") {
  std::string text = R"({"stride": 1})";
  text.resize(max_document, ' ');
  CHECK(error_of(text) == "");
  CHECK(error_of(text + " ") == "expected a document of at most 262144 bytes, got 262145");
}

TEST_CASE("scenario: nesting of 16 levels reads, 17 do not") {
  std::string schedule = R"({"type": "StepLR"})";
  for (int depth = 0; depth < 6; ++depth)
    schedule = R"({"type": "ChainedScheduler", "schedulers": [)" + schedule + "]}";
  CHECK(error_of(R"({"stride": 1, "runs": [{"schedule": )" + schedule + "}]}") == "");
  CHECK(error_of(R"({"stride": 1, "view": )" + std::string(15, '[') + std::string(15, ']') + "}") ==
        "view: expected an object, got a list of 1 value");
}

TEST_CASE("scenario: bounds of every parameter hold, in every optimizer and schedule") {
  const auto check = [](const char* place, const char* type, std::span<const Param> params) {
    for (const Param& p : params) {
      if (p.kind != Param::Kind::number && p.kind != Param::Kind::integer) continue;
      const auto attempt = [&](const std::string& value) {
        return error_of(R"({"stride": 1, "runs": [{")" + std::string(place) + R"(": {"type": ")" + type +
                        "\", \"" + p.key + "\": " + value + "}}]}");
      };
      CAPTURE(type);
      CAPTURE(p.key);
      const std::string start = "runs[0]." + std::string(place) + "." + p.key + ": expected a ";
      const auto digits = [](double x) { return nlohmann::json(x).dump(); };
      if (std::isfinite(p.min)) CHECK((attempt(digits(p.min)) == "") == !p.open_min);
      if (std::isfinite(p.max)) CHECK((attempt(digits(p.max)) == "") == !p.open_max);
      if (std::isfinite(p.min)) CHECK(attempt(digits(p.min - 1)).rfind(start, 0) == 0);
      if (std::isfinite(p.max)) CHECK(attempt(digits(p.max + 1)).rfind(start, 0) == 0);
      for (const char* wrong : {"true", "\"1\"", "[1]", "{}"}) CHECK(attempt(wrong).rfind(start, 0) == 0);
      CHECK((attempt("null") == "") == p.fallback.empty());
      if (p.kind == Param::Kind::integer) CHECK(attempt(digits(p.min + 0.5)).rfind(start, 0) == 0);
    }
  };
  for (const Optimizer& o : point_optimizers()) check("optimizer", o.key, o.params);
  for (const Schedule& s : schedules()) check("schedule", s.key, s.params);
}

TEST_CASE("scenario: the view changes no number, everything else does") {
  const Scenario a = random_scenario(5);
  Scenario b = a;
  b.view.yaw += 1;
  b.runs[0].name = "other";
  CHECK(same_numbers(a, b));
  b.steps += 1;
  CHECK_FALSE(same_numbers(a, b));
  b = a;
  b.runs[0].optimizer.values[0][0] *= 2;
  CHECK_FALSE(same_numbers(a, b));
}

TEST_CASE("scenario: what is wrong with a value is what its document would be refused for") {
  int refused = 0;
  const auto agree = [&](const Scenario& s) {
    Scenario read;
    const std::string said = sentence(validate(s));
    CHECK(said == sentence(read_scenario(write_scenario(s), read)));
    refused += !said.empty();
  };
  for (double value : {-1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 3.0, 2e6, 3e9}) {
    for (size_t row = 0; row < optimizers().size(); ++row) {
      if (optimizers()[row].networks_only) continue;
      Scenario s = default_scenario();
      s.runs[0] = default_run(static_cast<int>(row));
      const auto& params = optimizers()[row].params;
      for (size_t i = 0; i < params.size(); ++i) {
        Scenario t = s;
        std::vector<double>& values = t.runs[0].optimizer.values[i];
        if (!take_value(values, params[i], value)) continue;
        agree(t);
      }
    }
    for (size_t row = 0; row < schedules().size(); ++row) {
      const auto& params = schedules()[row].params;
      for (size_t i = 0; i < params.size(); ++i) {
        Scenario t = default_scenario();
        t.runs[0].schedule = default_settings(static_cast<int>(row), params);
        if (take_value(t.runs[0].schedule.values[i], params[i], value)) agree(t);
      }
    }
  }
  const auto with = [&](auto change) {
    Scenario s = default_scenario();
    change(s);
    CHECK(validate(s));
    agree(s);
  };
  with([](Scenario& s) { s.steps = 0; });
  with([](Scenario& s) { s.steps = max_steps + 1; });
  with([](Scenario& s) { s.runs[0].name = std::string(101, 'n'); });
  with([](Scenario& s) { s.runs[0].name = "two\nlines"; });
  with([](Scenario& s) { s.runs[0].start = Point{2e6, 0}; });
  with([](Scenario& s) { s.runs[0] = default_run(find_optimizer("Muon")); });
  with([](Scenario& s) { s.runs.resize(max_runs + 1, s.runs[0]); });
  with([](Scenario& s) { surface_of(s).expression = "x +"; });
  with([](Scenario& s) { surface_of(s).domain = Domain{1, 0, 0, 1}; });
  with([](Scenario& s) { surface_of(s).start = Point{0, -2e6}; });
  with([](Scenario& s) { surface_of(s).noise.sigma = -1; });
  with([](Scenario& s) { s.view.zoom = 0; });
  with([](Scenario& s) { s.view.theme = "pink"; });
  const auto with_curve = [&](auto change) {
    with([&](Scenario& s) {
      CurveProblem curve;
      change(curve);
      s.problem = curve;
    });
  };
  with_curve([](CurveProblem& c) { c.expression = "y"; });
  with_curve([](CurveProblem& c) { c.domain = Range{1, 1}; });
  with_curve([](CurveProblem& c) { c.start = 2e6; });
  const auto with_network = [&](auto change) {
    with([&](Scenario& s) {
      NetworkProblem network = std::get<NetworkProblem>(default_problem(1));
      change(network);
      s.problem = network;
    });
  };
  with_network([](NetworkProblem& n) { n.layers = {3, 1}; });
  with_network([](NetworkProblem& n) { n.layers = {2, 65, 1}; });
  with_network([](NetworkProblem& n) { n.layers = {2, 3}; });
  with_network([](NetworkProblem& n) { n.data.samples = 1; });
  with_network([](NetworkProblem& n) { n.data.noise = -1; });
  with_network([](NetworkProblem& n) { n.data.validation = 1; });
  with_network([](NetworkProblem& n) { n.init = Init::weights, n.weights = {1}; });
  with_network([](NetworkProblem& n) { n.batch_size = -1; });
  with_network([](NetworkProblem& n) { n.batches = {{100000}}; });
  const auto with_fit = [&](auto change) {
    with([&](Scenario& s) {
      FitProblem fit;
      change(fit);
      s.problem = fit;
    });
  };
  with_fit([](FitProblem& f) { f.model = FitModel::sigmoid; });
  with_fit([](FitProblem& f) { f.data = FitData::points; });
  with_fit([](FitProblem& f) { f.data = FitData::points, f.points = {1, 2e6}; });
  with_fit([](FitProblem& f) { f.data = FitData::points, f.scale = FitScale::standard, f.points = {1, 2}; });
  with_fit([](FitProblem& f) { f.start = Point{0, 2e6}; });
  with_fit([](FitProblem& f) { f.domain = Domain{0, 0, 0, 1}; });
  with_fit([](FitProblem& f) { f.batch_size = 2001; });
  with_fit([](FitProblem& f) { f.batches = {{50}}; });
  Scenario s = default_scenario();
  const int nesterov = find_param(optimizers()[s.runs[0].optimizer.row].params, "nesterov");
  s.runs[0].optimizer.values[nesterov] = {1};
  CHECK(validate(s) == "runs[0].optimizer.nesterov: expected a momentum > 0 beside nesterov");
  agree(s);
  CHECK(refused > 500);
}

TEST_CASE("scenario: numbers that are not finite never reach a document") {
  Scenario s = default_scenario();
  s.view.yaw = NAN;
  s.runs[0].optimizer.values[0] = {INFINITY};
  const std::string text = write_scenario(s);
  CHECK(text.find("inf") == std::string::npos);
  CHECK(text.find("nan") == std::string::npos);
}

TEST_CASE("scenario: the nearest name is the one that was meant") {
  const std::vector<std::string_view> known = {"momentum", "dampening", "lr", "weight_decay", "nesterov"};
  CHECK(nearest("momentun", known) == "momentum");
  CHECK(nearest("weightdecay", known) == "weight_decay");
  CHECK(nearest("Nesterov", known) == "nesterov");
  CHECK(nearest("rl", known) == "lr");
  CHECK(nearest("zzz", known) == "");
  CHECK(nearest("", known) == "");
  CHECK(nearest(std::string(100000, 'a'), known) == "");
}

TEST_CASE("scenario: the catalogue holds every row with its parameters") {
  const auto document = nlohmann::json::parse(catalogue());
  CHECK(document["surfaces"].size() == surfaces().size());
  CHECK(document["datasets"].size() == datasets().size());
  REQUIRE(document["optimizers"].size() == optimizers().size());
  for (size_t i = 0; i < optimizers().size(); ++i) {
    const auto& params = document["optimizers"][i]["params"];
    REQUIRE(params.size() == optimizers()[i].params.size());
    for (size_t k = 0; k < params.size(); ++k) {
      CHECK(params[k]["key"] == optimizers()[i].params[k].key);
      CHECK_FALSE(params[k]["help"].get<std::string>().empty());
      const Param& p = optimizers()[i].params[k];
      CHECK(params[k]["default"].is_null() == (p.fallback.empty() && p.kind != Param::Kind::rule));
    }
  }
  CHECK(document["schedules"].size() == schedules().size());
}

TEST_CASE("scenario: a domain has a smallest width, and no end that is not finite") {
  CHECK(check_domain({0, 1e-9, 999990, 1e6}) == "");
  CHECK(check_domain({0, 0.9e-9, 0, 1}) ==
        "problem.domain[1]: expected xmax > xmin, 0, by at least 1e-09, got 9e-10");
  CHECK(check_domain({0, 1, 999991, 1e6}) ==
        "problem.domain[3]: expected ymax > ymin, 999991, by at least 10, got 1000000");
  CHECK(check_domain({0, 1, INFINITY, 1}) ==
        "problem.domain[2]: expected a number from -1000000 to 1000000, got inf");
  CHECK(check_domain({0, NAN, 0, 1}) ==
        "problem.domain[1]: expected a number from -1000000 to 1000000, got nan");
  for (const Surface& surface : surfaces()) CHECK(check_domain(surface.domain) == "");
}
