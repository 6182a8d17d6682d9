// The rule shown is the rule run: the table's formulas, evaluated, give the step that the optimizer takes,
// the state that it keeps and the effective rate that it reports.
#include <cmath>
#include <set>

#include "core/optimizers/explain.h"
#include "support/spec_json.h"
#include "support/variants.h"

using namespace stride;
using namespace stride::test;

namespace {

bool close(double a, double b, double scale) {
  return a == b || std::fabs(a - b) <= 1e-12 * (std::fabs(b) + scale);
}

const Term* last_of(const std::vector<Term>& terms, std::string_view symbol) {
  const Term* found = nullptr;
  for (const Term& t : terms)
    if (t.symbol == symbol && !t.given) found = &t;
  return found;
}

void check_step(const Trajectory& path, const Settings& settings, const Settings& schedule, int step,
                Replay& replay) {
  const Optimizer& o = optimizers()[static_cast<std::size_t>(settings.row)];
  const auto t = static_cast<std::size_t>(step);
  CAPTURE(o.key);
  CAPTURE(step);
  const std::vector<Term> terms = explain(path, settings, schedule, step, &replay);
  const bool own = o.params.back().kind == Param::Kind::rule;  // in the learner's words
  const Term* moved = last_of(terms, own ? "p" : "θ");
  REQUIRE(moved);
  const double before[2] = {path.x[t], path.y[t]}, after[2] = {path.x[t + 1], path.y[t + 1]};
  const double rate[2] = {path.rate_x[t], path.rate_y[t]};
  const Replay::State next = state_before(path, settings, step + 1, &replay);
  for (int i = 0; i < 2; ++i) {
    CHECK(close(moved->value[i], after[i], std::fabs(before[i])));
    if (own) continue;
    REQUIRE(last_of(terms, "Δ"));
    CHECK(close(last_of(terms, "η′")->value[i], rate[i], 0));
    for (std::size_t s = 0; s < o.rule.state.size(); ++s)
      if (const Term* shown = last_of(terms, o.rule.state[s]))
        CHECK_MESSAGE(close(shown->value[i], next.state[2 * s + static_cast<std::size_t>(i)],
                            std::fabs(before[i]) + 1e-3),
                      o.rule.state[s] << " " << shown->value[i] << " "
                                      << next.state[2 * s + static_cast<std::size_t>(i)]);
  }
  for (const Term& term : terms) {
    CHECK(std::isfinite(term.value[0]));
    CHECK_MESSAGE(term.numbers[0].find("nan") == std::string::npos, term.numbers[0]);
    CHECK(!term.meaning.empty());
  }
}

}  // namespace

TEST_CASE("the rule shown gives the step taken: every optimizer, with and without its options") {
  Objective o;
  o.surface = find_surface("quad_k10");
  const char* rates[] = {"constant", "StepLR", "OneCycleLR"};
  for (int row = 0; row < static_cast<int>(point_optimizers().size()); ++row)
    for (const Settings& settings : variants(row))
      for (const char* key : rates) {
        const int s = find_schedule(key);
        Settings schedule = default_settings(s, schedules()[static_cast<std::size_t>(s)].params);
        const Trajectory path = trajectory(o, {4, 1.5}, {0.1, 3}, 60, settings, schedule);
        Replay replay;
        for (int step : {0, 1, 2, 5, 6, 8, 31, 59})
          if (step + 1 < path.size()) check_step(path, settings, schedule, step, replay);
      }
}

TEST_CASE("every line of every rule is used by some option, and every formula can be read") {
  Objective o;
  o.surface = find_surface("quad_k10");
  for (int row = 0; row < static_cast<int>(point_optimizers().size()); ++row) {
    std::set<std::string> used;
    const Optimizer& optimizer = optimizers()[static_cast<std::size_t>(row)];
    CHECK((optimizer.rule.lines.size() >= 3 || optimizer.params.back().kind == Param::Kind::rule));
    for (const Settings& settings : variants(row)) {
      const Trajectory path = trajectory(o, {4, 1.5}, {}, 40, settings, constant());
      for (int step : {0, 1, 6, 30})
        for (const Term& term : explain(path, settings, constant(), step))
          used.insert(term.symbol + " " + term.formula);
    }
    for (const RuleLine& line : optimizer.rule.lines) {
      if (!*line.meaning) continue;  // not shown
      const bool degenerate = std::string_view(line.when).find("B = 0") != std::string_view::npos ||
                              std::string_view(line.when).find("S = 0") != std::string_view::npos;
      CHECK_MESSAGE((degenerate || used.count(std::string(line.symbol) + " " + line.formula)),
                    optimizer.key << ": " << line.symbol << " = " << line.formula << " when " << line.when);
    }
  }
}

TEST_CASE("what a state begins as, as the rule says it, is what the optimizer makes of it") {
  for (int row = 0; row < static_cast<int>(point_optimizers().size()); ++row)
    for (const Settings& settings : variants(row)) {
      const Optimizer& o = optimizers()[static_cast<std::size_t>(row)];
      CAPTURE(o.key);
      const Hyper hyper = hyper_of(settings);
      double p[1] = {0.7}, g[1] = {}, state[max_slots] = {}, shared[max_shared] = {}, lr[1] = {0.1};
      Clock clock;
      Lanes<double> one{1, 1, p, g, state, shared, lr, nullptr};
      o.init_double(hyper, clock, one);
      Symbols symbols = {{"θ", {{p[0], p[0]}}}};
      for (std::size_t i = 0; i < o.rule.hyper.size(); ++i)
        symbols[o.rule.hyper[i]] = {{hyper.values[i + 1], hyper.values[i + 1]}};
      std::map<std::string, double> begins;
      for (const RuleLine& line : o.rule.begin)
        begins[line.symbol] = evaluate_formula(line.formula, symbols, 0);
      for (std::size_t i = 0; i < o.rule.state.size(); ++i) CHECK(state[i] == begins[o.rule.state[i]]);
      for (std::size_t i = 0; i < o.rule.shared.size(); ++i) CHECK(shared[i] == begins[o.rule.shared[i]]);
      for (std::size_t i = 0; i < o.rule.clock.size(); ++i) CHECK(clock.s[i] == begins[o.rule.clock[i]]);
    }
}

TEST_CASE("formulas: values, numbers in place, and what cannot be read") {
  const Symbols s = {{"a", {{2, 3}}}, {"β₁", {{0.9, 0.9}}}, {"g", {{-4, 5}}}, {"m\u0302", {{1, 1}}}};
  CHECK(evaluate_formula("β₁ a + (1 − β₁) g", s, 0) == doctest::Approx(1.4));
  CHECK(evaluate_formula("β₁ a + (1 − β₁) g", s, 1) == doctest::Approx(3.2));
  CHECK(evaluate_formula("√(a² + |g|·3 + 0)", s, 0) == doctest::Approx(4));
  CHECK(evaluate_formula("a/2 g", s, 0) == -4);
  CHECK(evaluate_formula("Σ(|g|)", s, 0) == 9);
  CHECK(evaluate_formula("2 [g > 0] + sign(g)", s, 0) == -1);
  CHECK(evaluate_formula("max(a, min(g, 4))^a", s, 1) == 64);
  CHECK(evaluate_formula("a > 1, g < 0", s, 0) == 1);
  CHECK(evaluate_formula("a > 1, g < 0", s, 1) == 0);
  CHECK(evaluate_formula("m\u0302 a", s, 0) == 2);
  CHECK(with_numbers("β₁ a + (1 − β₁) g", s, 0) == "0.9 · 2 + (1 − 0.9) · (−4)");
  for (const char* bad :
       {"", "a +", "(a", "unknown", "a b)", "max(a)", "Σ a", "[a > 1", "|a", "+", "√", "a ^"}) {
    std::string error;
    CHECK(std::isnan(evaluate_formula(bad, s, 0, &error)));
    CHECK_MESSAGE(!error.empty(), bad);
  }
}

TEST_CASE("a replay gives the same state from its snapshots as from the start; the last row has no step") {
  Objective o;
  o.surface = find_surface("rosenbrock");
  const int row = find_optimizer("Adam");
  const Settings settings = default_settings(row, optimizers()[static_cast<std::size_t>(row)].params);
  const Trajectory path = trajectory(o, {-1.2, 1}, {}, 2000, settings, constant());
  Replay replay;
  for (int step : {1999, 3, 700, 256, 0, 1024}) {
    const Replay::State a = state_before(path, settings, step, &replay),
                        b = state_before(path, settings, step);
    for (int i = 0; i < 8; ++i) CHECK(a.state[i] == b.state[i]);
    CHECK(a.clock.t == step);
  }
  CHECK(explain(path, settings, constant(), 2000).empty());
  CHECK(explain(path, settings, constant(), -1).empty());
  const std::vector<Term> terms = explain(o, {-1.2, 1}, {}, settings, constant(), 2000, 12);
  CHECK(last_of(terms, "θ")->value[0] == doctest::Approx(path.x[13]).epsilon(1e-14));
}
