// What the runs of a scenario come to, as a table.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/scenario.h"

namespace stride {

/// Every run computed, a line for each step: `run,step,x,y,loss,lr,grad_x,grad_y`, for a curve
/// `run,step,x,loss,lr,grad_x`, for a fit `run,step,w,b,loss,batch_loss,lr,grad_w,grad_b`, for a network `run,step,loss,batch_loss,accuracy,lr`.
/// Where a run keeps an average of its path, `avg_x,avg_y` (`avg_x`; `avg_w,avg_b`) follow; nan for runs without.
/// Where a rule looks at the loss itself, `asked`: at how many places for the step that follows, 1 for other rules.
std::string write_csv(const Scenario& scenario);
/// The same for a surface problem alone: who shows no networks need not carry what trains them.
std::string write_surface_csv(const Scenario& scenario);

/// What a run comes to, whatever its problem.
Series series_of(const Scenario& scenario, const Run& run);

/// The table of descents: `run,step,`, what `line` makes of a row of a path, and where a run of them keeps an average
/// the columns `averages` (",avg_x,avg_y") of it.
std::string write_descents(const Scenario& scenario, std::string head, std::string_view averages,
                           std::vector<double> (*line)(const Trajectory& path, size_t row));

/// A line of a table: `run,step,` and the values.
void append_row(std::string& out, size_t run, size_t step, std::span<const double> values);

/// A number with 17 significant digits; inf, -inf and nan alike on every platform.
void append_number(std::string& out, double value);

}  // namespace stride
