// Update rules and the table of them. Each rule is written once, as a template over the number type, for one
// coordinate (or, where the paper needs sums over all of them, for one run); `double` moves the shown
// trajectory and networks, `float` the lanes of the studies.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "core/table.h"

namespace stride {

struct CustomRule;
struct LossOfStep;

/// The hyperparameters of one step as plain numbers, in the order of the row's params, pairs taking two
/// places. [0] is lr. A schedule that cycles momentum writes the place Optimizer::momentum_slot.
inline constexpr int max_hyper = 16;
struct Hyper {
  double values[max_hyper] = {};
  std::shared_ptr<const CustomRule> rule = {};  ///< of the row Custom
};

/// Scalars of a run that depend on the step count alone (products of betas, running weights), advanced once a
/// step; kept in double also for many lanes, which share them.
struct Clock {
  int t = 0;         ///< steps taken so far
  double s[8] = {};  ///< the rule's own
};

/// Storage of `lanes` runs of `n` coordinates, all arrays [coordinate][lane], lane fastest; state is
/// [slot][coordinate][lane] and shared [slot][lane] (one number a run: Prodigy's d). Zeroed by whoever
/// allocates it, then set by Optimizer::init.
template <class T>
struct Lanes {
  int n, lanes;
  T* p;        ///< parameters, moved in place
  const T* g;  ///< gradients at p
  T* state;
  T* shared;
  const T* lr;  ///< [lanes]: the learning rate of this step, per lane
  /// [n][lanes] or null: receives the effective rate of each coordinate: lr times what the optimizer's state
  /// makes of it, bias correction included, so that a step is this times the (averaged) gradient. Where a
  /// step has a length of its own it is that length (Rprop, Lion); the schedule-free rules give the rate of
  /// their fast sequence. Several lanes in double precision need it.
  T* effective;
  std::span<const int> layers = {};  ///< a network's layer sizes, whose weights `p` are; empty: no network
};

/// One line of an update rule as mathematics: `symbol` becomes `formula`, for each coordinate, or for all at
/// once where the formula says so. explain.h has the grammar. A line whose `when` is 0 is left out; one without
/// a meaning keeps count and is not shown.
struct RuleLine {
  /// What the line is on the surface.
  enum class Role { other, gradient, rate, velocity, size, step, position };
  const char* symbol = "";
  const char* formula = "";
  const char* meaning = "";  ///< a few words
  const char* when = "";
  Role role = Role::other;
};

/// The rule as it is shown, in the order in which it runs. Symbols that the formulas may use: those named
/// here, g (the gradient), θ (the position), t (1 for the first step) and η (this step's rate). A line for η′
/// gives the effective rate.
struct RuleText {
  Few<const char*, 12> hyper;  ///< names of Hyper's places after [0]
  Few<const char*, 8> state;   ///< names of the state slots; "": not shown
  Few<const char*, 6> shared;  ///< names of the numbers of a run
  Few<const char*, 8> clock;   ///< names of Clock::s
  Few<RuleLine, 24> lines;
  Few<RuleLine, 3> begin = {};  ///< what a state or a number of the run begins as; the others begin at 0
  const char* counts = "";      ///< t counts the steps for which this holds; "": all
};

/// One row of the table of optimizers.
struct Optimizer {
  const char* key;     ///< "Adam": the type in a scenario, PyTorch's class name
  const char* name;    ///< for people
  const char* help;    ///< one sentence
  const char* source;  ///< paper and equation
  Params params;       ///< params[0] is lr
  int state_slots, shared_slots;
  int momentum_slot;  ///< place in Hyper that cycle_momentum moves (momentum, or betas[0]); -1: none
  bool in_torch;      ///< torch.optim has it (PyTorch 1.13)

  void (*init_double)(const Hyper&, Clock&, Lanes<double>&) = nullptr;
  void (*step_double)(const Hyper&, Clock&, Lanes<double>&) = nullptr;  ///< advances the clock and moves p
  void (*init_float)(const Hyper&, Clock&, Lanes<float>&) = nullptr;
  void (*step_float)(const Hyper&, Clock&, Lanes<float>&) = nullptr;
  RuleText rule = {};          ///< the same rule as mathematics
  bool networks_only = false;  ///< needs Lanes::layers, and one lane
  bool elsewhere = false;      ///< a name alone: its rule is in the page's full program
  bool descents_only = false;  ///< looks at the loss itself: no network's, and one run at a time
  /// In the place of the other steps where descents_only: loss_of_step.h.
  void (*step_on)(const Hyper&, Clock&, Lanes<double>&, LossOfStep&) = nullptr;
  /// Where an average of the path is the answer: coordinate i of it after a step, from p and the state slot 0.
  double (*average)(const Hyper&, double p, double state) = nullptr;
};

/// The most that a row has of them.
inline constexpr int max_slots = 22, max_shared = 6;

std::span<const Optimizer> optimizers();
/// Those that move any parameters, of surfaces and networks, in lanes too: the first rows.
std::span<const Optimizer> point_optimizers();
/// Whether it can train a network; or descend a surface, a curve, a fit.
bool suits(const Optimizer& row, bool network);
/// The index of the optimizer `key`, or -1.
int find_optimizer(std::string_view key);
/// The Settings's values laid out for a step.
Hyper hyper_of(const Settings& settings);

}  // namespace stride
