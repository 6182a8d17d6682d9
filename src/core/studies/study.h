// Studies: thousands of descents that answer one question (which rate, which valley, where does it diverge).
// Pure functions from a request to numbers, cut into tiles so that workers can share the work; the same bits
// whoever computes a tile.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/slices.h"
#include "core/table.h"
#include "core/trajectory.h"

namespace stride {

/// What is studied: one run of a surface problem; or what a map has to know of a training, which has no objective:
/// Objective::weights is 0.
struct StudyProblem {
  Objective objective;
  Domain domain;
  Point start;
  Noise noise;
  int steps = 200;
  Settings optimizer, schedule;
  std::vector<Minimum> minima;  ///< known, or found by find_minima; what basins are named after
  int samples = 0;              ///< of a training whose batches may have any size: what it trains on; else 0
  int batch_size = 0;           ///< 1 .. samples
  Slices* slices = nullptr;     ///< where a frame waits for a tile
};

/// One row of the table of studies: sweep, compare, range-test, basins, map.
struct Study {
  const char* key;
  const char* name;
  const char* help;
  const char* source;
  Params params;                ///< lr_min, lr_max, count, size, tolerance, ...
  Few<const char*, 8> columns;  ///< of a result row
  /// How many tiles the work has; each costs a few milliseconds, of long runs up to a second, unless a
  /// single run costs more.
  int (*tiles)(const StudyProblem&, const Settings&);
  /// Rows of one tile, row-major, columns.size() floats each. Never NaN; a diverged value is +infinity in
  /// loss columns. In slices they mean nothing before the last.
  std::vector<float> (*tile)(const StudyProblem&, const Settings&, int tile);
  /// How many rows every tile but the last has: tile i begins with row i * tile_rows.
  int (*tile_rows)(const StudyProblem&, const Settings&);
};

std::span<const Study> studies();
int find_study(std::string_view key);

/// All tiles, one after the other.
std::vector<float> run_study(const StudyProblem& problem, const Settings& settings);

inline constexpr int max_minima = 128;
/// Local minima of a surface inside a domain, found by descents from a grid and polished by Newton's method;
/// at most max_minima, lowest first. Sharp minima (|x|) are found too; a flat floor counts once. A formula of
/// thousands of operations is searched as far as a second or two goes. In slices: what is known counts after the last.
std::vector<Minimum> find_minima(const Objective& objective, const Domain& domain, Slices* slices = nullptr);
/// The table's minima of a surface, in the table's order, then those found in the domain beside them.
std::vector<Minimum> known_minima(const Objective& objective, const Domain& domain, Slices* slices = nullptr);

/// What became of a descent, as a column of sweep, basins and map: 0, 1, 2, ... the minimum nearest to its
/// last point, where that is within `basin_radius` of the domain's longer side (basins: its `tolerance`); or
inline constexpr float basin_none = -1;  ///< stopped, or still moving, at no minimum
inline constexpr float basin_diverged = -2;
inline constexpr double basin_radius = 0.01;

// ---- sweep: lr, final_loss, min_loss, outcome (a basin), steps_to_tolerance
// One run a rate, the rates spaced evenly on a log axis from lr_min to lr_max, both included; start,
// optimizer, schedule, steps and noise are the run's own. A schedule that sets the rate takes the sweep's
// rate as its max_lr, and its other rates keep their ratio to it. final_loss is +infinity where the run
// diverged, min_loss the lowest before that. steps_to_tolerance: the first step with a loss within
// `tolerance` of the lowest known minimum's (of 0 where none is known), or -1.

/// The rate that a sweep's rows recommend: the lowest final loss among those not diverged. Where a stretch of
/// rows ends equally low within rounding, the middle of the longest. Index of the row, or -1.
int best_row(std::span<const float> sweep_rows);

// ---- compare: best_lr, final_loss, steps_to_tolerance, median, lower_quartile, upper_quartile, diverged
// One row: the run at its own best rate (a sweep over the optimizer's slider, refined between the neighbours
// of the best), then from `starts` starts spread evenly over `spread` of the domain around its start, each
// with noise of its own. The quartiles are of the starts' final losses (linear between order statistics),
// `diverged` the share of starts that diverged.

// ---- range-test: lr, loss, smoothed
// One run in double whose rate rises exponentially, step by step, from lr_min to lr_max in `steps` steps,
// instead of its schedule (Smith 2015, arXiv 1506.01186, section 3.3). Row t: the rate of step t and the loss
// before it, of a fit that of the step's batch. smoothed: exponential moving average with weight `smoothing`
// on the past, corrected for its start (Kingma and Ba 2014, arXiv 1412.6980, section 3). The rows end where
// the run has diverged: at the first row whose smoothed loss, above the lowest known minimum, is over four
// times the lowest smoothed one and over the first, or that is not finite (+infinity).

/// What a range test recommends; NaN where there is none. Rows that are not finite don't count.
struct RangeAdvice {
  /// The rate of row t at which smoothed[t + 1] - smoothed[t] is most negative: the rates are evenly spaced
  /// on the log axis, so this is where the smoothed loss falls fastest per decade.
  double steepest;
  /// The rate of the row in the middle, on the log axis, of the longest descent: from the first to the last
  /// row of the longest strictly decreasing subsequence of the smoothed loss (of several, the first to end).
  double valley;
  /// A tenth of the rate of the row with the lowest smoothed loss.
  double minimum_tenth;
};
RangeAdvice advise(std::span<const float> range_test_rows);

// ---- basins: fate, steps
// A picture of size x size starts over the domain, row by row from the top (ymax), each from the left; starts
// lie at the pixels' centres. fate: the basin, within `tolerance` of the domain's longer side. steps: the row
// since which the run stayed within that distance of the minimum, or of its last point where it reached none
// (diverged: the row in which it did). All starts have the noise of the run.

/// The start that a pixel stands for, column from the left and row from the top.
Point basins_start(const Domain& domain, int size, int column, int row);

// ---- map: final_loss, fate
// A picture like that of basins over two parameters of the run, x to the right and y upwards, each a row of
// map_axes(). Where the pixels lie closer than 2^-16 of a value, single precision no longer tells neighbours
// apart after some steps of a descent near the boundary of trainability; such maps, and those of two
// parameters that are neither rate nor start, are computed by trajectory() in double; that in turn blurs
// from about 2^-45 on. A pixel of a double map is exactly the run that a click on it gives.

/// A number of a run that a map can vary.
struct MapAxis {
  enum class Kind { rate, start_x, start_y, sigma, optimizer, schedule, batch };
  Kind kind;
  std::string key;    ///< "lr", "start.x", "optimizer.betas[0]", "schedule.schedulers[1].gamma"
  std::string label;  ///< "lr", "start x", "betas[0]", "gamma"
  double low, high;   ///< what a map covers where nothing else is asked for
  double min, max;    ///< what the parameter allows
  bool open_min = false, open_max = false;
  bool log = false;            ///< pixels are even in its logarithm
  bool whole = false;          ///< pixels are rounded to whole numbers
  std::vector<int> nest = {};  ///< the way to a nested schedule
  int param = 0, place = 0;    ///< Settings::values[param][place]
};
/// The axes that this run offers: the rate (of a schedule that sets the rate: its max_lr, the other rates
/// keeping their ratio), the start or the size of batches, the noise where there is any, and every number of optimizer
/// and schedule.
std::vector<MapAxis> map_axes(const StudyProblem& problem);
/// The axis `key`, or -1.
int find_map_axis(std::span<const MapAxis> axes, std::string_view key);
double axis_value(const StudyProblem& problem, const MapAxis& axis);
/// Moves the value into the allowed range.
void set_axis_value(StudyProblem& problem, const MapAxis& axis, double value);

/// What a map shows: its axes and ranges, with what the Settings leaves out filled in.
struct MapView {
  MapAxis x, y;
  double x_min, x_max, y_min, y_max;
  int size;
};
MapView map_view(const StudyProblem& problem, const Settings& map);
/// The values at the centre of a pixel, column from the left and row from the top.
Point map_point(const MapView& view, int column, int row);

}  // namespace stride
