// Numbers and rows of a table, and that of a surface's runs: all that a program without curves and models writes.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/loss_of_step.h"
#include "core/trajectory.h"
#include "scenario/csv.h"

namespace stride {

void append_row(std::string& out, size_t run, size_t step, std::span<const double> values) {
  out += std::to_string(run) + ',' + std::to_string(step);
  for (double v : values) {
    out += ',';
    append_number(out, v);
  }
  out += '\n';
}

std::string write_descents(const Scenario& s, std::string head, std::string_view averages,
                           std::vector<double> (*line)(const Trajectory&, size_t)) {
  const bool any = std::any_of(s.runs.begin(), s.runs.end(), keeps_average),
             plane = std::count(averages.begin(), averages.end(), ',') == 2;
  const bool asking = std::any_of(s.runs.begin(), s.runs.end(), [](const Run& run) {
    return looks_at_loss(optimizers()[run.optimizer.row]);
  });
  if (any) head += averages;
  head += asking ? ",asked\n" : "\n";
  for (size_t r = 0; r < s.runs.size(); ++r) {
    const Trajectory t = trajectory_of(s, s.runs[r]);
    for (size_t i = 0; i < t.x.size(); ++i) {
      std::vector<double> values = line(t, i);
      if (any) values.push_back(t.avg_x.empty() ? none : t.avg_x[i]);
      if (any && plane) values.push_back(t.avg_y.empty() ? none : t.avg_y[i]);
      if (asking) values.push_back(i + 1 == t.x.size() ? none : t.asked.empty() ? 1 : t.asked[i]);
      append_row(head, r, i, values);
    }
  }
  return head;
}

std::string write_surface_csv(const Scenario& s) {
  return write_descents(s, "run,step,x,y,loss,lr,grad_x,grad_y", ",avg_x,avg_y",
                        [](const Trajectory& t, size_t i) {
                          return std::vector{t.x[i], t.y[i], t.loss[i], t.lr[i], t.grad_x[i], t.grad_y[i]};
                        });
}

void append_number(std::string& out, double value) {
  if (std::isnan(value)) {
    out += "nan";
  } else if (std::isinf(value)) {
    out += value < 0 ? "-inf" : "inf";
  } else {
    char digits[32];
    const int length = std::snprintf(digits, sizeof digits, "%.17g", value);
    out.append(digits, static_cast<size_t>(length));
  }
}

}  // namespace stride
