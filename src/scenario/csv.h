// What the runs of a scenario come to, as a table.
#pragma once

#include <span>
#include <string>

#include "scenario/scenario.h"

namespace stride {

/// Every run computed, a line for each step: `run,step,x,y,loss,lr,grad_x,grad_y`, for a curve
/// `run,step,x,loss,lr,grad_x`, for a fit `run,step,w,b,loss,batch_loss,lr,grad_w,grad_b`, for a network `run,step,loss,batch_loss,accuracy,lr`.
std::string write_csv(const Scenario& scenario);
/// The same for a surface problem alone: who shows no networks need not carry what trains them.
std::string write_surface_csv(const Scenario& scenario);

/// What a run comes to, whatever its problem.
Series series_of(const Scenario& scenario, const Run& run);

/// A line of a table: `run,step,` and the values.
void append_row(std::string& out, size_t run, size_t step, std::span<const double> values);

/// A number with 17 significant digits; inf, -inf and nan alike on every platform.
void append_number(std::string& out, double value);

}  // namespace stride
