// The pieces that exported programs are made of. Python text throughout; `xp` stands for the framework's
// array functions until a target puts its own name there.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "scenario/scenario.h"

namespace stride::exporting {

/// Below it, where epsilon stands in a formula makes no visible difference.
inline constexpr double small_eps = 1e-6;

/// A number as Python's float: "1.0", "0.1", "1e-08".
std::string float_text(double value);
/// A parameter's value: number, int, True, 'text', (0.9, 0.999), [30, 60]; None where it is left out.
std::string value_text(const Param& param, const std::vector<double>& values);
/// `text` with every "{key}" replaced by the value of that parameter, and "{lr}" by `lr` where it is not
/// empty.
std::string filled(std::string_view text, const Settings& settings, std::span<const Param> params,
                   std::string_view lr = "");
/// `text` with every `from` replaced.
std::string replaced(std::string text, std::string_view from, std::string_view to);
/// "[1, 2, 3]", broken into lines of at most 100 characters.
std::string list_text(const std::vector<std::string>& items, int indent);
/// Words from outside on one line, as a comment may hold them.
std::string comment_text(std::string_view words);
/// The value of the parameter `key`; the row must have it.
double number_of(const Settings& settings, std::span<const Param> params, std::string_view key);

/// f(x, y) as a Python expression and the functions that it calls.
struct Formula {
  std::string text;
  std::vector<std::string> functions;  ///< of sin cos tan exp log sqrt tanh sign floor minimum maximum
  std::string title;
};
Formula formula_of(const SurfaceProblem& problem);
/// The same of x alone.
Formula formula_of(const CurveProblem& problem);
/// Whose functions a text calls: those that Formula::functions may name and abs; math's; numpy's; those of
/// `xp`, on tensors like one that is named p.
enum class PythonStyle { arrays, floats, numpy, tensors };
/// An expression as Python text, its variables by these names.
std::string python_of(const Expression& e, std::span<const std::string_view> names, PythonStyle style);
/// A factor of the rate at step t of `steps`. Not plain: Python's own numbers would raise at some step, as at
/// 1/t, or the factor is none; then it is numpy's text, to be called where it may divide by 0.
struct StepFormula {
  std::string text;
  bool plain = true;
};
StepFormula step_formula(const std::string& text, int steps);

std::string_view optimizer_key(const Run& run);
std::string_view schedule_key(const Settings& schedule);
/// The name that a run goes by in the program's comments: "Adam, StepLR".
std::string title_of(const Run& run);

/// "(-1.2, 1.0), ": where the run starts, as the first of a tuple; empty for networks, which start at weights.
std::string start_text(const Scenario& scenario, const Run& run);
/// What a descent's program prints: "run,step,x,y,loss,lr".
std::string descent_columns(const Scenario& scenario);
/// `def random_bits`, and what noise and batches need of it; empty where neither is random.
std::string random_text(const Scenario& scenario);
/// The samples that are trained on, the weights before step 0 and `def batch(t)` of a network problem, as Python
/// lists.
std::string network_text(const NetworkProblem& problem);
/// The samples, scaled, and `def batch(t)` of a fit.
std::string fit_text(const FitProblem& problem);

/// `def rate_N(t)` of run N's schedule and the functions it is made of; `def momentum_N(t)` (None: the
/// optimizer's own) and `def hear_N(t, loss)` where there are such.
struct RateCode {
  std::string text;
  bool moves_momentum = false, listens = false;
};
RateCode rate_code(const Run& run, int index, int steps);
/// What the rate functions of these runs call.
std::string rate_helpers(const std::vector<Run>& runs, int steps);
/// Whether some formula in it is not plain (StepFormula).
bool needs_numpy(const Settings& schedule, int steps);
/// One closed form as the factor of the rate, for LambdaLR: "0.1**(t//30)"; only where sets_rate is false and
/// there is no nesting.
std::string factor_body(const Settings& schedule, int steps);
/// T_max, total_steps and step_size_down given where they are left out.
Settings resolved(const Settings& schedule, int steps);
/// Whether the schedule moves the momentum at some step.
bool moves_momentum(const Settings& schedule);
/// Whether it may set the momentum to exactly 0, where PyTorch's velocity waits and others' does not.
bool may_stop_momentum(const Settings& schedule);
/// Whether it only multiplies the rate of the step before, so that chains of such are products anywhere.
bool is_plain_factor(const Settings& schedule);
bool listens(const Settings& schedule);

/// `class Rule` and the update rules of these runs, for optimizers that a framework lacks.
std::string rules_text(const Scenario& scenario, const std::vector<int>& runs);
/// The call that makes the rule of run `index`: "Lion(betas=(0.9, 0.99), weight_decay=0.0)".
std::string rule_call(const Run& run, int index);
/// The method `step` of a rule of one's own.
std::string python_rule(const Settings& optimizer);
bool has_rule(const Settings& optimizer);

/// The parameter that cycle_momentum moves: its name ("momentum" or "betas") and its usual first value; ""
/// where there is none.
struct Momentum {
  std::string key;
  double usual = none;
};
Momentum momentum_of(const Settings& optimizer);
/// Whether the rate (or momentum) of the run ever changes.
bool is_constant(const Run& run);
/// The rates of every run, and for run N "rate_N, momentum_N, hear_N" with None where there is no such
/// function.
std::string rates_text(const Scenario& scenario);
std::string rate_names(const Run& run, int index);

/// `class Own`, a rule as an optimizer of torch; Muon as one, and `def muon(params, ...)`.
extern const std::string_view own_torch_optimizer, torch_muon;

/// `def loss(p)` of a formula in JAX; `variables` as they are taken out of p: "x, y".
std::string jax_formula(const Formula& f, const std::string& variables);
/// `def loss(p, x, y)` of a fit in JAX; of_sigmoid: the losses of w*x + b against y where it is a sigmoid.
std::string jax_fit_loss(const FitProblem& problem, std::string_view of_sigmoid);
/// How a program holds the parameters p: the call that makes them from `start`, their value, the line of a step.
struct JaxParameters {
  std::string_view made, value, moved;
};
std::string jax_descent_loop(const Scenario& scenario, const JaxParameters& parameters);

/// Of torch: whether a run's rule asks for the loss at places of its own, what such rules need, the call that makes
/// one, and its step in the loop; `loss`: of a batch, at q.
bool asks_for_loss(const Run& run);
std::string asking_rules(const Scenario& scenario);
std::string asking_call(const Run& run);
std::string asking_step(std::string_view loss, bool noisy);

/// What a target makes of the parts of a program.
struct Target {
  std::string head;                             ///< imports and STEPS
  std::string runs;                             ///< rules, rates and the list of the runs
  std::string (*model)(const NetworkProblem&);  ///< the network, its loss and what is right
  std::string_view network_loop;
  std::string_view
      network_mean;  ///< lines of the loop: `means`, the loss and accuracy of the average of the weights
  std::string (*fit_loss)(const FitProblem&);
  std::string (*formula)(const Formula&, const std::string& variables);
  const char* line_variables;  ///< of a formula of one weight
  std::string (*descent_loop)(const Scenario&);
};
std::string program_text(const Scenario& scenario, const Target& target);

std::string pytorch(const Scenario& scenario);
std::string keras(const Scenario& scenario);
std::string optax(const Scenario& scenario);

}  // namespace stride::exporting
