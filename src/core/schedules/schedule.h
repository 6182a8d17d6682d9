// Learning-rate schedules and the table of them. A schedule is a closed form of the step, except
// ReduceLROnPlateau, which listens to the loss; both stand behind one small machine: `rate` at step t, then
// `advance` with the loss of step t.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "core/surfaces/expression.h"
#include "core/table.h"

namespace stride {

struct Rate {
  double lr;
  double momentum;  ///< NaN unless the schedule moves momentum
};

/// One row of the table of schedules.
struct Schedule {
  const char* key;     ///< "StepLR": the type in a scenario, PyTorch's class name; "constant" for none
  const char* name;    ///< for people: "Step decay"
  const char* help;    ///< one sentence
  const char* source;  ///< PyTorch's name, or paper and equation
  Params params;
  bool in_torch;   ///< torch.optim.lr_scheduler has it (PyTorch 1.13)
  bool sets_rate;  ///< ignores the optimizer's lr (CyclicLR, OneCycleLR)
  /// The closed form; null where there is none (ReduceLROnPlateau) or where it lies in nested schedules.
  Rate (*at)(const Settings&, double base_lr, int t, int steps);
};

std::span<const Schedule> schedules();
/// The index of the schedule `key`, or -1. Row 0 is "constant".
int find_schedule(std::string_view key);

/// A schedule under way. A value: copy it to branch. In a SequentialLR schedule i runs with its own clock
/// from 0 at milestone i, with the optimizer's rate as its base (MultiplicativeLR has no closed form in
/// PyTorch: it multiplies the rate of the step before, at its milestone too); a ChainedScheduler multiplies
/// the factors rate / base of all its schedules (also of those that set the rate themselves), and the last of
/// them that moves momentum moves it. A formula's t is its schedule's own clock and its T all steps; where it
/// is no number the rate is 0.
class ScheduleRun {
 public:
  /// `base_lr`: the optimizer's lr. `steps`: the scenario's, which a left-out T_max or total_steps means.
  ScheduleRun(const Settings& schedule, double base_lr, int steps);
  Rate rate() const;          ///< of the current step t; a finite number, whatever the parameters
  void advance(double loss);  ///< to t + 1; loss: that of step t (only ReduceLROnPlateau looks)
  bool listens() const;       ///< whether the rate depends on losses at all

 private:
  /// What copies share: the schedule, and the formulas in it, read once.
  struct Plan {
    Settings settings;
    const Schedule* form;  ///< where it is one closed form, with nothing to look up at each step
    std::vector<std::pair<const Settings*, Expression>> formulas;
  };
  std::shared_ptr<const Plan> plan_;
  double base_;
  int steps_;
  int t_ = 0;
  struct Plateau {  ///< one for each ReduceLROnPlateau in the tree, depth first
    double lr, best;
    int bad, cooldown;
  };
  Rate rate_of(const Settings& settings, int t, int plateau) const;
  double factor_of(const Settings& settings, int t) const;
  void hear(const Settings& settings, int t, int plateau, double loss);
  static void hear_plateau(const Settings& settings, Plateau& plateau, double loss);

  std::vector<Plateau> plateaus_;
};

}  // namespace stride
