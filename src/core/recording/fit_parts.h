// The parts of fit_schedule: families of schedules, each of which proposes parameters that would explain the samples.
#pragma once

#include <functional>
#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

#include "core/schedules/schedule.h"

namespace stride::fit {

/// How far a model may be from a sample r: the larger of `absolute` and `relative` |r|.
struct Tolerance {
  double absolute = 0, relative = 0;
  double grain = 1e-15;  ///< of what share of the highest rate the samples' digits tell nothing
  bool printed =
      false;  ///< few digits were logged: rates that differ by less than `absolute` may be the same
  bool holds(double model, double r) const;
};

/// A recorded rate on a schedule's clock. Not empty; steps increase from 0 or later; rates are finite and not negative.
struct Samples {
  std::vector<int> t;
  std::vector<double> r;
  Tolerance tolerance;
  std::vector<int> probe;  ///< some of the indices, to look at first

  int size() const { return static_cast<int>(t.size()); }
  int last() const { return t.back(); }
  double top() const;
  bool same(double a, double b) const { return tolerance.holds(a, b); }
};
/// With `probe` chosen.
Samples make_samples(std::vector<int> t, std::vector<double> r, Tolerance tolerance);

struct Candidate {
  double base;
  Settings schedule;
};
using Candidates = std::vector<Candidate>;

/// A row of the table with these parameters, the others at their defaults.
Settings make(const char* type, std::initializer_list<std::pair<const char*, std::vector<double>>> params);
/// The rate of a schedule without memory at step t.
double rate_at(const Settings& schedule, double base, int t, int steps);
/// Whether the rate is the samples', and every parameter in its range.
bool explains(const Candidate& candidate, const Samples& samples);

/// Whole numbers above `low` and up to `high`, the roundest first, at most `most`.
std::vector<int> round_numbers(double low, double high, int most);

/// Least squares: the coefficients of `columns` that come nearest to `r`, and the sum of squares that remains. Columns
/// that depend on those before them get 0.
struct Solution {
  std::vector<double> coefficients;
  double remains;
};
Solution solve(const std::vector<std::vector<double>>& columns, const std::vector<double>& r);

/// The columns that a shape with one parameter of its own (a period, a place) has at the steps t.
using Shape = std::function<std::vector<std::vector<double>>(double parameter, const std::vector<int>& t)>;
/// The parameter between low and high with which the shape comes nearest to the samples: a look at `count` places, the best
/// then refined.
double best_parameter(const Samples& samples, const Shape& shape, double low, double high, int count);
/// The coefficients there, over the probed samples.
Solution solve_at(const Samples& samples, const Shape& shape, double parameter);

// fit_levels.cpp: rates that stand still between jumps
Candidates levels(const Samples& s);
// fit_curves.cpp: one smooth fall or rise
Candidates curves(const Samples& s);
// fit_cycles.cpp: rises and falls
Candidates cycles(const Samples& s);
// fit_warmup.cpp: one cycle, warm-up with a plateau; a line up to the highest rate and then any other
Candidates warmups(const Samples& s);
Candidates sequences(const Samples& s);
// fit_points.cpp
/// The drawn curve with the fewest points through all samples within the tolerance, at most `most` of them; none where
/// more are needed.
Candidates drawn(const Samples& s, int most);

/// Half a cosine from 1 at p = 0 to 0 at p = 1.
double half_cosine(double p);
/// What the least squares found for a lowest rate: rounding may take it below zero.
double lowest(double value, double highest);
/// The whole steps at which something that the samples a and c enclose may have happened.
std::vector<int> steps_between(const Samples& s, int a, int c);
/// The first sample from which on the rate stands still to the end.
int rest_of(const Samples& s);

}  // namespace stride::fit
