// What the studies share: lanes from problems, basins from ends, and how much work fits a tile.
#pragma once

#include "core/many_runs.h"
#include "core/math/math.h"
#include "core/studies/study.h"
#include "core/studies/study_columns.h"

namespace stride::study {

inline constexpr float endless = std::numeric_limits<float>::infinity();

/// The value of a study's parameter; `none` where it is left out.
double param(const Settings& study, const char* key);
int whole_param(const Settings& study, const char* key);

double longer_side(const Domain& domain);
/// The lowest of the known minima's values, 0 where none is known.
double lowest_known(const StudyProblem& problem);

/// The rate that a slider moves: the optimizer's, or max_lr of a schedule that sets the rate.
double rate_of(const StudyProblem& problem);
/// Lanes of this problem, none yet: steps, noise (every lane has the run's own), rules, and the minima as
/// places within `radius` of the domain's longer side.
ManyRuns lanes_of(const StudyProblem& problem, double radius = basin_radius);
void add_lane(ManyRuns& request, double x, double y, double lr);

/// Where a lane has come to.
inline float basin_of(const ManyEnds& ends, std::size_t lane) {
  return ends.diverged_at[lane] >= 0 ? basin_diverged : static_cast<float>(ends.place[lane]);
}
static_assert(basin_none == -1);

/// Runs that fill a tile of some milliseconds, at least `least` where these take no longer than a second;
/// in_double: by trajectory().
int runs_per_tile(const StudyProblem& problem, int least, bool in_double = false);
/// Tiles of `per_tile` rows that `rows` rows need.
inline int tiles_for(int rows, int per_tile) {
  return (rows + per_tile - 1) / per_tile;
}

/// The rows or tiles of a study that has one.
inline int one_row(const StudyProblem&, const Settings&) {
  return 1;
}

/// Value i of `count` from min to max, both included, even in the logarithm.
double log_spaced(double min, double max, int i, int count);
/// Point i of a sequence that fills the unit square evenly (Roberts 2018, "The unreasonable effectiveness of
/// quasirandom sequences", R2); point 0 is its centre.
Point even_point(int i);

/// A run whose rate rises by the same factor at every step: settings of its optimizer and schedule.
struct Rising {
  Settings optimizer, schedule;
};
Rising rising(const Settings& optimizer, double lr_min, double lr_max, int steps);
/// Rows of a range test: the losses and their smoothed course, up to where this has risen far above its least.
std::vector<float> range_rows(std::span<const double> lr, std::span<const double> losses, double floor,
                              double smoothing);

struct Sweep {
  double lr_min, lr_max, tolerance;
  int count;
};
Sweep sweep_of(const Settings& settings);
/// The best rate is sought by a sweep over the slider's range, then by one between the neighbours of row `best`.
Sweep wide_sweep(const Param& slider, double tolerance);
Sweep narrow_sweep(const Sweep& wide, int best);
/// What both have come to; without a best row in the first its first row, and `narrow` counts nothing.
SweepRow best_of(std::span<const float> wide, std::span<const float> narrow);
/// The row of a comparison: the best rate, and the quartiles of the final losses at it, endless where diverged.
std::vector<float> comparison_row(const SweepRow& best, std::vector<float> losses);

// The rows of the table, by the file they stand in.
Study sweep_row();
Study compare_row();
Study range_test_row();
Study basins_row();
Study map_row();

}  // namespace stride::study
