#include "core/optimizers/explain.h"

#include <algorithm>
#include <cassert>

#include "core/loss_of_step.h"
#include "core/optimizers/custom/custom_rule.h"

namespace stride {

namespace {

using Role = RuleLine::Role;

struct Runner {
  const Optimizer& optimizer;
  Hyper hyper;
  const Trajectory& path;

  Runner(const Trajectory& p, const Settings& settings)
      : optimizer(optimizers()[static_cast<std::size_t>(settings.row)]), hyper(hyper_of(settings)), path(p) {}

  /// As the schedule has it at row t.
  void set_momentum(std::size_t t) {
    if (optimizer.momentum_slot >= 0 && path.momentum[t] == path.momentum[t])
      hyper.values[optimizer.momentum_slot] = path.momentum[t];
  }

  void begin(Replay::State& s) {
    set_momentum(0);
    double p[2] = {path.x[0], path.y[0]}, g[2] = {path.grad_x[0], path.grad_y[0]};
    Lanes<double> run{2, 1, p, g, s.state, s.shared, &path.lr[0], nullptr};
    optimizer.init_double(hyper, s.clock, run);
  }

  void step(Replay::State& s, int row) {
    const auto t = static_cast<std::size_t>(row);
    set_momentum(t);
    double p[2] = {path.x[t], path.y[t]}, g[2] = {path.grad_x[t], path.grad_y[t]};
    Lanes<double> run{2, 1, p, g, s.state, s.shared, &path.lr[t], nullptr};
    optimizer.step_double(hyper, s.clock, run);
  }
};

Pair both(double v) {
  return {{v, v}};
}

void set(Symbols& symbols, const char* name, Pair value) {
  if (*name) symbols[name] = value;
}

/// Everything that a rule's lines may name, before the step.
Symbols symbols_of(const Runner& run, const Replay::State& s, std::size_t t) {
  Symbols out;
  const RuleText& rule = run.optimizer.rule;
  for (std::size_t i = 0; i < rule.hyper.size(); ++i) set(out, rule.hyper[i], both(run.hyper.values[i + 1]));
  for (std::size_t i = 0; i < rule.state.size(); ++i)
    set(out, rule.state[i], {{s.state[2 * i], s.state[2 * i + 1]}});
  for (std::size_t i = 0; i < rule.shared.size(); ++i) set(out, rule.shared[i], both(s.shared[i]));
  for (std::size_t i = 0; i < rule.clock.size(); ++i) set(out, rule.clock[i], both(s.clock.s[i]));
  out["t"] = both(s.clock.t + 1);
  out["θ"] = {{run.path.x[t], run.path.y[t]}};
  out["g"] = {{run.path.grad_x[t], run.path.grad_y[t]}};
  out["η"] = both(run.path.lr[t]);
  return out;
}

Term given(const char* symbol, const char* words, const char* meaning, Pair value, Role role) {
  return {symbol, meaning, words, {}, {value.v[0], value.v[1]}, role, true};
}

Term apply(const RuleLine& line, Symbols& symbols) {
  Term term{line.symbol, line.meaning, line.formula, {}, {}, line.role, false};
  Pair next;
  for (int i = 0; i < 2; ++i) {
    term.numbers[i] = with_numbers(line.formula, symbols, i);
    term.value[i] = next.v[i] = evaluate_formula(line.formula, symbols, i);
  }
  symbols[line.symbol] = next;
  return term;
}

/// A line of the learner's own rule, in the learner's own words; `variables`: of x and of y.
Term apply(const CustomRule& rule, const CustomRule::Line& line, std::vector<double> (&variables)[2]) {
  const auto target = static_cast<std::size_t>(line.target);
  const bool moves = target == CustomRule::p, slope = target == CustomRule::g;
  Term term{rule.names[target],
            moves   ? "the new position"
            : slope ? "the gradient that the rule goes on with"
                    : "a number of your own",
            line.formula.text,
            {},
            {},
            moves   ? Role::position
            : slope ? Role::gradient
                    : Role::other,
            false};
  Symbols symbols;
  for (std::size_t k = 0; k < rule.names.size(); ++k)
    symbols[rule.names[k]] = {{variables[0][k], variables[1][k]}};
  for (int i = 0; i < 2; ++i) {
    term.numbers[i] = with_numbers(term.formula, symbols, i);
    term.value[i] = variables[i][target] = evaluate_value(line.formula, variables[i].data());
  }
  return term;
}

std::vector<Term> explain_custom(const CustomRule& rule, const Trajectory& path, const Replay::State& s,
                                 std::size_t t) {
  std::vector<double> variables[2];
  const double p[2] = {path.x[t], path.y[t]}, g[2] = {path.grad_x[t], path.grad_y[t]};
  for (int i = 0; i < 2; ++i) {
    variables[i] = {p[i], g[i], path.lr[t], static_cast<double>(t + 1)};
    for (std::size_t k = 0; k < CustomRule::max_names; ++k)
      variables[i].push_back(k < rule.is_shared.size() && rule.is_shared[k]
                                 ? s.clock.s[k]
                                 : s.state[2 * k + static_cast<std::size_t>(i)]);
  }
  std::vector<Term> terms = {
      given("p", "where the walker stands", "the position", {{p[0], p[1]}}, Role::position),
      given("g", "slope of the loss at p", "the gradient", {{g[0], g[1]}}, Role::gradient),
      given("lr", "of this step", "the learning rate of this step", both(path.lr[t]), Role::rate)};
  for (const CustomRule::Line& line : rule.lines) terms.push_back(apply(rule, line, variables));
  return terms;
}

void add_rate(std::vector<Term>& terms, Symbols& symbols, const Runner& run, const Settings& schedule,
              const Settings& optimizer, std::size_t t) {
  const Schedule& row = schedules()[static_cast<std::size_t>(schedule.row)];
  const double base = optimizer.number(0), rate = run.path.lr[t];
  if (schedule.row == 0 || row.sets_rate || !(base > 0)) {
    terms.push_back(given("η", row.sets_rate ? "set by the schedule" : "as chosen",
                          "the learning rate of this step", both(rate), Role::rate));
    return;
  }
  symbols["η₀"] = both(base);
  symbols["σ"] = both(rate / base);
  terms.push_back(
      given("σ", row.name, "what the schedule makes of the rate: a factor", both(rate / base), Role::rate));
  terms.push_back(apply({"η", "η₀ σ", "the learning rate of this step", "", Role::rate}, symbols));
}

}  // namespace

Replay::State state_before(const Trajectory& path, const Settings& optimizer, int step, Replay* replay) {
  assert(step >= 0 && step < path.size());
  Runner run(path, optimizer);
  Replay own;
  Replay& kept = replay ? *replay : own;
  if (kept.at.empty()) {
    kept.at.emplace_back();
    run.begin(kept.at[0]);
  }
  const int snapshot = std::min(step / Replay::every, static_cast<int>(kept.at.size()) - 1);
  Replay::State s = kept.at[static_cast<std::size_t>(snapshot)];
  for (int t = snapshot * Replay::every; t < step; ++t) {
    run.step(s, t);
    if ((t + 1) % Replay::every == 0 && (t + 1) / Replay::every == static_cast<int>(kept.at.size()))
      kept.at.push_back(s);
  }
  return s;
}

std::vector<Term> explain(const Trajectory& path, const Settings& optimizer, const Settings& schedule,
                          int step, Replay* replay) {
  std::vector<Term> terms;
  if (step < 0 || step + 1 >= path.size()) return terms;
  const auto t = static_cast<std::size_t>(step);
  Runner run(path, optimizer);
  run.set_momentum(t);
  const bool asks = looks_at_loss(run.optimizer);
  const Replay::State before = asks ? Replay::State{} : state_before(path, optimizer, step, replay);
  if (run.hyper.rule) return explain_custom(*run.hyper.rule, path, before, t);
  Symbols symbols = symbols_of(run, before, t);
  terms.push_back(given("θ", "where the walker stands", "the position", symbols["θ"], Role::position));
  terms.push_back(given("g", "slope of the loss at θ", "the gradient", symbols["g"], Role::gradient));
  add_rate(terms, symbols, run, schedule, optimizer, t);
  if (asks) explain_asking(terms, path, t);
  for (const RuleLine& line : run.optimizer.rule.lines)
    if (*line.meaning && (!*line.when || evaluate_formula(line.when, symbols, 0) != 0))
      terms.push_back(apply(line, symbols));
  return terms;
}

std::vector<Term> explain(const Objective& objective, Point start, const Noise& noise,
                          const Settings& optimizer, const Settings& schedule, int steps, int step) {
  return explain(trajectory(objective, start, noise, steps, optimizer, schedule), optimizer, schedule, step);
}

}  // namespace stride
