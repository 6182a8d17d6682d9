// The closed forms of the schedules: rate and momentum at step t from the settings alone. Parameters stand in
// the order of the table in schedule_table.cpp; formulas are PyTorch's (torch.optim.lr_scheduler) unless a
// paper is named.
#pragma once

#include "core/schedules/schedule.h"

namespace stride::schedule_forms {

/// What a schedule looks at: its parameters, the optimizer's rate, the step, and the scenario's steps for
/// what is left out.
using Form = Rate (*)(const Settings&, double base, int t, int steps);

Rate constant(const Settings&, double base, int t, int steps);
Rate constant_lr(const Settings&, double base, int t, int steps);
Rate linear_lr(const Settings&, double base, int t, int steps);
Rate polynomial_lr(const Settings&, double base, int t, int steps);
Rate step_lr(const Settings&, double base, int t, int steps);
Rate multi_step_lr(const Settings&, double base, int t, int steps);
Rate exponential_lr(const Settings&, double base, int t, int steps);
Rate cosine_annealing_lr(const Settings&, double base, int t, int steps);
Rate cosine_warm_restarts(const Settings&, double base, int t, int steps);
Rate cyclic_lr(const Settings&, double base, int t, int steps);
Rate one_cycle_lr(const Settings&, double base, int t, int steps);
Rate lambda_lr(const Settings&, double base, int t, int steps);
Rate wsd(const Settings&, double base, int t, int steps);
Rate points(const Settings&, double base, int t, int steps);

}  // namespace stride::schedule_forms
