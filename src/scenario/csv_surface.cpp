// Numbers and rows of a table, and that of a surface's runs: all that a program without curves and models writes.
#include <array>
#include <cmath>
#include <cstdio>

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

std::string write_surface_csv(const Scenario& s) {
  std::string out = "run,step,x,y,loss,lr,grad_x,grad_y\n";
  for (size_t r = 0; r < s.runs.size(); ++r) {
    const Trajectory t = trajectory_of(s, s.runs[r]);
    for (size_t i = 0; i < t.x.size(); ++i)
      append_row(out, r, i, std::array{t.x[i], t.y[i], t.loss[i], t.lr[i], t.grad_x[i], t.grad_y[i]});
  }
  return out;
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
