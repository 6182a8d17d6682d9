// Studies: thousands of descents that answer one question (which rate, which valley, where does it diverge). Pure functions from a request
// to numbers, cut into tiles so that workers can share the work; the same bits whoever computes a tile.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/table.h"
#include "core/trajectory.h"

namespace stride {

/// What is studied: one run of a surface problem.
struct StudyProblem {
  Objective objective;
  Domain domain;
  Point start;
  Noise noise;
  int steps = 200;
  Spec optimizer, schedule;
  std::vector<Minimum> minima;  ///< known, or found by find_minima; what basins are named after
};

/// One row of the table of studies: sweep, compare, range-test, basins, map.
struct Study {
  const char* key;
  const char* name;
  const char* help;
  const char* source;
  std::vector<Param> params;  ///< lr_min, lr_max, count, size, tolerance, ...
  std::vector<const char*> columns;  ///< of a result row
  /// How many tiles the work has; each costs a few milliseconds at the most.
  int (*tiles)(const StudyProblem&, const Spec&);
  /// Rows of one tile, row-major, columns.size() floats each. Never NaN; a diverged value is +infinity in loss columns.
  std::vector<float> (*tile)(const StudyProblem&, const Spec&, int tile);
};

std::span<const Study> studies();
int find_study(std::string_view key);

/// All tiles, one after the other.
std::vector<float> run_study(const StudyProblem& problem, const Spec& study);

/// Local minima of a surface inside a domain, found by descents from a grid and polished by Newton's method; at most 32, lowest first.
std::vector<Minimum> find_minima(const Objective& objective, const Domain& domain);

/// What became of a descent, as a column of sweep, basins and map: 0, 1, 2, ... the minimum; or
inline constexpr float fate_nowhere = -1;   ///< stopped, or still moving, at no minimum
inline constexpr float fate_diverged = -2;

/// The rate that a sweep's rows recommend: lowest final loss among those not diverged; index of the row, or -1.
int best_row(std::span<const float> sweep_rows);

/// What a range test recommends (Smith 2015, arXiv 1506.01186); NaN where there is none.
struct RangeAdvice {
  double steepest;      ///< where the smoothed loss falls fastest per decade of rate
  double valley;        ///< middle of the longest descent of the smoothed loss
  double minimum_tenth; ///< a tenth of the rate where the smoothed loss is lowest
};
RangeAdvice advise(std::span<const float> range_test_rows);

}  // namespace stride
