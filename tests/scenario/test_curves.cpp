// Curves as documents: what is read, written, run and refused.
#include <doctest/doctest.h>

#include "scenario/csv.h"
#include "scenario/scenario.h"
#include "support/sentences.h"

using namespace stride;

namespace {

Error read_curve(const std::string& members, Scenario& out, const std::string& rest = "") {
  return read_scenario("{\"stride\": 1, \"problem\": {\"type\": \"curve\"" + members + "}" + rest + "}", out);
}

}  // namespace

TEST_CASE("curves: a document, and the same from file and link") {
  Scenario s, again;
  REQUIRE(read_curve(", \"expression\": \"x^4 - x^2\", \"domain\": [-2, 2], \"start\": 1.5, \"noise\": "
                     "{\"sigma\": 0.5, \"seed\": 7}",
                     s, ", \"runs\": [{\"start\": -1}, {\"optimizer\": {\"type\": \"Adam\"}}]") == "");
  const auto& p = *std::get_if<CurveProblem>(&s.problem);
  CHECK(p.expression == "x^4 - x^2");
  CHECK(*p.domain == Range{-2, 2});
  CHECK(*p.start == 1.5);
  CHECK(p.noise == Noise{0.5, 7});
  CHECK(start_of(s, s.runs[0]) == Point{-1, 0});
  CHECK(start_of(s, s.runs[1]) == Point{1.5, 0});
  CHECK(read_scenario(write_scenario(s), again) == "");
  CHECK(again == s);
  CHECK(decode_link(encode_link(s), again) == "");
  CHECK(again == s);
  Scenario shown = s;
  std::get_if<CurveProblem>(&shown.problem)->domain = Range{-1, 1};
  CHECK(same_numbers(s, shown));
  std::get_if<CurveProblem>(&shown.problem)->start = 1;
  CHECK_FALSE(same_numbers(s, shown));
}

TEST_CASE("curves: the default is the parabola at a rate that suits it, and every row of the table is read") {
  Scenario s;
  REQUIRE(read_curve("", s) == "");
  CHECK(s.problem == Problem(CurveProblem{}));
  CHECK(s.runs[0].optimizer.number(0) == curves()[0].lr);
  CHECK(write_csv(s).starts_with("run,step,x,loss,lr,grad_x\n0,0,1.5,2.25,0.10000000000000001,3\n0,1,1.2,"));
  for (const Curve& c : curves()) {
    CAPTURE(c.key);
    REQUIRE(read_curve(", \"curve\": \"" + std::string(c.key) + "\"", s) == "");
    CHECK(domain_of(s) == Domain{c.xmin, c.xmax, 0, 0});
    CHECK(start_of(s, s.runs[0]) == Point{c.start, 0});
    const Trajectory t = trajectory_of(s, s.runs[0]);
    CHECK(t.diverged_at == -1);
    CHECK(t.loss.back() < t.loss.front());
  }
}

TEST_CASE("curves: what is refused, in a sentence") {
  const struct {
    const char *members, *says;
  } table[] = {
      {", \"expression\": \"x^2 + y\"",
       "problem.expression: column 7: expected x, pi, e or a function, got 'y' (the variable is x)"},
      {", \"expression\": 3", "problem.expression: expected an expression of x in quotes, got 3"},
      {", \"curve\": \"kinck\"",
       "problem.curve: expected the name of a curve, got \"kinck\", did you mean \"kink\"?"},
      {", \"curve\": \"kink\", \"expression\": \"x\"",
       "problem.expression: expected either a curve or an expression, got both"},
      {", \"domain\": [1, 1]", "problem.domain[1]: expected xmax > xmin, 1, got 1"},
      {", \"domain\": [-2, 2, 0, 1]", "problem.domain: expected [xmin, xmax], got a list of 4 values"},
      {", \"start\": [1, 2]",
       "problem.start: expected a number from -1000000 to 1000000, got a list of 2 values"},
      {", \"surface\": \"beale\"",
       "problem.surface: unknown key, known are type, curve, expression, domain, start, noise"},
  };
  for (const auto& t : table) {
    Scenario s;
    CHECK(read_curve(t.members, s) == t.says);
    CHECK(s == Scenario{});
  }
  Scenario s;
  CHECK(read_curve("", s, ", \"runs\": [{\"start\": [1, 2]}]") ==
        "runs[0].start: expected a number from -1000000 to 1000000, got a list of 2 values");
}
