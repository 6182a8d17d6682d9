// Rules of one's own: what they read as, that they make the steps of the rules in the table, in one lane and
// in many, on surfaces and in networks.
#include <cmath>
#include <string>

#include "core/many_runs.h"
#include "core/networks/network.h"
#include "core/optimizers/custom/custom_rule.h"
#include "core/optimizers/explain.h"
#include "support/spec_json.h"
#include "support/variants.h"

using namespace stride;
using namespace stride::test;

namespace {

Settings built_in(const char* key, const nlohmann::json& hyper = nlohmann::json::object()) {
  return optimizer_settings(key, hyper);
}

Settings custom(const std::string& rule, double lr = 0.1) {
  Settings settings = built_in("Custom");
  settings.values[0] = {lr};
  settings.formula = rule;
  CustomRuleError error;
  read_custom_rule(rule, error);
  CAPTURE(rule);
  REQUIRE(!error.found());
  return settings;
}

Objective surface(const char* key) {
  Objective o;
  o.surface = find_surface(key);
  return o;
}

void same_path(const Settings& a, const Settings& b, const Objective& o, Point start, int steps,
               const Settings& schedule, const Noise& noise = {}) {
  const Trajectory one = trajectory(o, start, noise, steps, a, schedule);
  const Trajectory two = trajectory(o, start, noise, steps, b, schedule);
  REQUIRE(one.size() == two.size());
  for (std::size_t t = 0; t < one.x.size(); ++t) {
    CAPTURE(t);
    REQUIRE(std::fabs(one.x[t] - two.x[t]) <= 1e-12 * (1 + std::fabs(two.x[t])));
    REQUIRE(std::fabs(one.y[t] - two.y[t]) <= 1e-12 * (1 + std::fabs(two.y[t])));
  }
}

std::string error_of(const std::string& rule) {
  CustomRuleError error;
  const CustomRule read = read_custom_rule(rule, error);
  CHECK(read.lines.empty() == error.found());
  const auto& [column, expected, got, hint] = error.what;
  if (!error.found()) return "";
  return std::to_string(error.line) + (column > 0 ? ": column " + std::to_string(column) : "") +
         ": expected " + expected + (got.empty() ? "" : ", got " + got) + hint;
}

std::string repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("custom: the rules of books, written down, make the built-ins' paths") {
  const struct {
    const char* rule;
    Settings same;
  } cases[] = {{"m = 0.9*m + g\np = p - lr*m", built_in("SGD", {{"momentum", 0.9}})},
               {"G = G + g^2\np = p - lr*g/(sqrt(G) + 1e-10)", built_in("Adagrad")},
               {"v = 0.99*v + 0.01*g^2\np = p - lr*g/(√v + 1e-8)", built_in("RMSprop")},
               {"m = 0.9m + 0.1g\nv = 0.999v + 0.001 g²\n"
                "p = p - lr*(m/(1 - 0.9^t))/(sqrt(v/(1 - 0.999^t)) + 1e-8)",
                built_in("Adam")},
               {"p = p - lr*sign(0.9*m + 0.1*g)\nm = 0.99*m + 0.01*g", built_in("Lion")}};
  for (const auto& c : cases)
    for (const double lr : {0.003, 0.05}) {
      CAPTURE(c.rule);
      Settings same = c.same;
      same.values[0] = {lr};
      same_path(custom(c.rule, lr), same, surface("quad_k10"), {4, 1.5}, 400, constant());
      same_path(custom(c.rule, lr), same, surface("matyas"), {-3, 2}, 400, constant(), {0.05, 3});
    }
}

TEST_CASE("custom: a row's rule as text makes the row's steps, with each of its options") {
  const char* schedules_tried[] = {"constant", "StepLR"};
  for (int row = 0; row < static_cast<int>(point_optimizers().size()); ++row)
    for (const Settings& settings : variants(row)) {
      const std::string text = rule_as_text(settings);
      CHECK(text.empty() == rule_as_text(variants(row)[0]).empty());
      if (text.empty()) continue;
      CAPTURE(optimizers()[static_cast<std::size_t>(row)].key);
      CAPTURE(text);
      for (const char* key : schedules_tried) {
        const int s = find_schedule(key);
        const Settings schedule = default_settings(s, schedules()[static_cast<std::size_t>(s)].params);
        same_path(custom(text, settings.values[0][0]), settings, surface("quad_k10"), {4, 1.5}, 150,
                  schedule);
      }
    }
}

TEST_CASE("custom: which rows can be written, and how") {
  for (const char* key : {"SGD", "ASGD", "Lion", "Adam", "AdamW", "Adamax", "NAdam", "Adagrad", "Adadelta",
                          "RMSprop", "Custom"})
    CHECK_MESSAGE(rule_as_text(built_in(key)) != "", key);
  for (const char* key : {"Prodigy", "ScheduleFreeSGD", "ScheduleFreeAdamW", "Muon"})
    CHECK_MESSAGE(rule_as_text(built_in(key)) == "", key);
  CHECK(rule_as_text(built_in("SGD", {{"momentum", 0.9}})) == "b = 0.9*b + g\np = p - lr*b");
  CHECK(rule_as_text(built_in("Adam")) ==
        "m = 0.9*m + (1 - 0.9)*g\nv = 0.999*v + (1 - 0.999)*g^2\nm_hat = m/(1 - 0.9^t)\n"
        "v_hat = v/(1 - 0.999^t)\np = p - lr*m_hat/(sqrt(v_hat) + 1e-8)");
}

TEST_CASE("custom: what can't be read is told by line and column") {
  const struct {
    std::string rule, error;
  } cases[] = {
      {"", "0: column 1: expected a name to set, as p, and '='"},
      {"v = g", "-1: expected a line that sets p"},
      {"p = p - lr*", "0: column 12: expected a number, p, g, lr, t, a function or '(', got the end"},
      {"m = g\np = p - lr*mm", "1: column 12: expected p, g, lr, t, m, pi, e or a function, got 'mm'"},
      {"p - lr*g", "0: column 3: expected '=' after p"},
      {"p = p\n\nm = g", "1: column 1: expected a name to set, as p, and '='"},
      {"p = q = g", "0: column 7: expected one '=' in a line"},
      {"lr = 1\np = p - lr*g", "0: column 1: expected p or a name of your own, got 'lr', which is given"},
      {"  t = 1", "0: column 3: expected p or a name of your own, got 't', which is given"},
      {"sin = 1", "0: column 1: expected p or a name of your own, got 'sin', which has a meaning"},
      {"pi = 3", "0: column 1: expected p or a name of your own, got 'pi', which has a meaning"},
      {"2v = g", "0: column 1: expected a name to set, as p, and '='"},
      {"p = x", "0: column 5: expected p, g, lr, t, pi, e or a function, got 'x'"},
      {"p =", "0: column 4: expected a number, p, g, lr, t, a function or '(', got the end"},
      {"a=1\nb=1\nc=1\nd=1\nf=1\nh=1\ni=1\nj=1\nk=1\np=g",
       "8: column 1: expected at most 8 names of your own, got 'k' as the ninth"},
      {repeated("p = p\n", 16) + "p = p", "16: expected at most 16 lines"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.rule);
    const std::string got = error_of(c.rule);
    CHECK_MESSAGE(got.substr(0, c.error.size()) == c.error, got);
  }
  CHECK(error_of(repeated("p = p\n", 15) + "p = p") == "");
  CHECK(error_of("a=1\nb=1\nc=1\nd=1\nf=1\nh=1\ni=1\nj=1\np=g") == "");
  CHECK(error_of("g = g + 0.01p\np = p - lr g") == "");
  CHECK(error_of(std::string("p = p\0", 6)) != "");
  CHECK(error_of("p = \xff") != "");
}

TEST_CASE("custom: names begin at 0, keep what they were set to, and lines run in their order") {
  const Trajectory path =
      trajectory(surface("quad_k1"), {0, 0}, {}, 4,
                 custom("n = n + 1\nold = late\np = p + n + 10*old\nlate = t"), constant());
  CHECK(path.x[1] == 1);
  CHECK(path.x[2] == 1 + 2 + 10);
  CHECK(path.x[3] == 1 + 2 + 10 + 3 + 20);
  const Trajectory swapped = trajectory(surface("quad_k1"), {0, 0}, {}, 3,
                                        custom("a = max(a, t)\nh = a\na = b\nb = h\np = p + a"), constant());
  CHECK(swapped.x[1] == 0);  // a: what b was
  CHECK(swapped.x[2] == 1);
}

TEST_CASE("custom: many lanes do what one does, whatever the rule and the number of lanes") {
  const char* rules[] = {"v = 0.9*v + 0.1*g^2\np = p - lr*g/(sqrt(v) + 1e-8)",
                         "m = 0.9*m + (1 - 0.9^t)*g\np = p - lr*m/t",
                         "a = b\nb = a\nb = g\na = a + b\np = p - lr*(a + b)/2",
                         "p = p - lr*tanh(g) - 0.001*sinh(p)/cosh(p)",
                         "p = p - lr*(sin(g)^2 + cos(g)^2)*min(max(g, -1), 1)*exp(-abs(p))",
                         "p = p - lr*sign(g)*abs(g)^1.5*log(2 + p^2)/(1 + g^4)^(1/4)",
                         "k = floor(t/3)\np = p - lr*g*0.5^k",
                         "p = p*(1 - lr)",
                         "p = -p/2",
                         "q = p\np = q - lr*g",
                         "g = g + 0.1*p\np = p - lr*g"};
  for (const char* rule : rules)
    for (const int lanes : {1, 3, 128, 131, 600}) {
      CAPTURE(rule);
      CAPTURE(lanes);
      ManyRuns many;
      many.objective = surface("himmelblau");
      many.optimizer = custom(rule);
      many.schedule = constant();
      many.steps = 6;
      for (int l = 0; l < lanes; ++l) {
        many.x.push_back(static_cast<float>(1 + 0.001 * l));
        many.y.push_back(static_cast<float>(2 - 0.002 * l));
        many.lr.push_back(static_cast<float>(0.001 + 1e-5 * l));
      }
      const ManyEnds ends = run_many(many);
      for (std::size_t l = 0; l < many.x.size(); l += 13) {
        const Trajectory path =
            trajectory(many.objective, {static_cast<double>(many.x[l]), static_cast<double>(many.y[l])}, {},
                       6, custom(rule, static_cast<double>(many.lr[l])), constant());
        REQUIRE(ends.diverged_at[l] == path.diverged_at);
        CHECK(static_cast<double>(ends.x[l]) == doctest::Approx(path.x.back()).epsilon(2e-4));
        CHECK(static_cast<double>(ends.y[l]) == doctest::Approx(path.y.back()).epsilon(2e-4));
      }
    }
}

TEST_CASE("custom: a network's weights move as the built-in moves them") {
  const NetworkProblem problem;
  for (const Precision precision : {Precision::single, Precision::double_}) {
    const Training one = train(problem, 30, custom("m = 0.9*m + g\np = p - lr*m"), constant(), precision);
    const Training two =
        train(problem, 30, built_in("SGD", {{"momentum", 0.9}, {"lr", 0.1}}), constant(), precision);
    REQUIRE(one.weights.size() == two.weights.size());
    const double close = precision == Precision::single ? 1e-4 : 1e-12;
    for (std::size_t i = 0; i < one.weights.size(); ++i)
      CHECK(std::fabs(one.weights[i] - two.weights[i]) <= close * (1 + std::fabs(two.weights[i])));
  }
}

TEST_CASE("custom: the arithmetic of a step stands in the learner's words") {
  const Settings settings = custom("v2 = 0.5*v2 + g^2\np = p - lr*g/(sqrt(v2) + 1e-8)");
  const Trajectory path = trajectory(surface("quad_k1"), {4, 2}, {}, 3, settings, constant());
  const std::vector<Term> terms = explain(path, settings, constant(), 1);
  REQUIRE(terms.size() == 5);
  CHECK(terms[2].symbol == "lr");
  CHECK(terms[3].symbol == "v2");
  CHECK(terms[3].formula == "0.5*v2 + g^2");
  CHECK(terms[3].numbers[0] == "0.5*16 + 3.9^2");
  CHECK(terms[4].role == RuleLine::Role::position);
  CHECK(terms[4].value[0] == path.x[2]);
  CHECK(terms[4].value[1] == path.y[2]);
}

TEST_CASE("custom: rules that grow on themselves are read and run at once") {
  std::string nested = "p";
  for (int i = 0; i < 30; ++i) nested = "sinh(" + nested + ")";
  const std::string longest = "p = g" + repeated("+1", 400);
  for (const std::string& rule : {"p = " + nested, repeated(longest + "\n", 15) + longest}) {
    ManyRuns many;
    many.objective = surface("quad_k1");
    many.optimizer = custom(rule);
    many.schedule = constant();
    many.steps = 5;
    many.x = {0.001f, 1};
    many.y = {0, 1};
    many.lr = {0.1f, 0.1f};
    CHECK(run_many(many).x.size() == 2);
  }
}
