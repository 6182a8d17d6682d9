// Many runs at once: single precision, structure of arrays, groups of lanes that the compiler vectorises.
// What every study runs on.
#pragma once

#include <span>
#include <vector>

#include "core/slices.h"
#include "core/trajectory.h"

namespace stride {

inline constexpr int lanes_at_once = 512;

/// Runs that differ in start and learning rate and share everything else. All arrays have one entry a lane.
/// A schedule that sets the rate itself takes the lane's lr for its max_lr, and its other rates keep their
/// ratio to it. Gradient noise is drawn by (seed + lane, step, component), from a stream of its own: a
/// request that is cut in two must move the seed of the second part by the lanes of the first.
struct ManyRuns {
  Objective objective;
  Settings optimizer, schedule;
  int steps = 200;
  Noise noise;
  bool common_noise = false;     ///< every lane draws what trajectory() draws of `noise`, at every step
  std::vector<Point> places;     ///< where runs may arrive
  float reach = 0;               ///< and within what distance
  bool watch_arrival = false;    ///< whether arrived_at is wanted
  double tolerance = -no_limit;  ///< counts steps until loss <= tolerance
  std::vector<float> x, y;       ///< starts
  std::vector<float> lr;     ///< the optimizer's lr of each lane (max_lr where the schedule sets the rate)
  Slices* slices = nullptr;  ///< where a frame waits: a slice's end leaves the ends without meaning
};

/// The ends of the runs; never NaN. A lane that diverged (as in trajectory()) keeps the row in which it did;
/// what is not a number there is +infinity.
struct ManyEnds {
  std::vector<float> x, y, loss, min_loss;
  std::vector<int> diverged_at;         ///< -1: never
  std::vector<int> steps_to_tolerance;  ///< -1: never
  std::vector<int> place;               ///< nearest within reach of the last point; -1: none, or diverged
  /// The row since which the lane stayed within reach of its place, or where it has none of its last point.
  /// Runs of more than 1024 steps are looked at in 1024 rows only. Empty where nobody asked.
  std::vector<int> arrived_at;
};

/// Runs every lane, `lanes_at_once` at a time. Right within single precision of trajectory(); a lane's result
/// does not depend on its neighbours.
ManyEnds run_many(const ManyRuns& request);

/// Particle-steps: the bare kernel for benchmarks, `lanes` runs around the surface's start for `steps` steps;
/// returns a checksum.
double bench_many(const Objective& objective, const Settings& optimizer, int lanes, int steps);
/// The update alone, without gradients: `steps` steps of the rule over `lanes` runs. For clocks, as above.
double bench_update(const Settings& optimizer, int lanes, int steps);

}  // namespace stride
