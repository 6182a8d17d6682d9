// One run as a pure function: every step of a descent at once, in double precision, the same bits on every
// machine.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/optimizers/optimizer.h"
#include "core/schedules/schedule.h"
#include "core/surfaces/surface.h"

namespace stride {

/// Gaussian noise on each gradient component; drawn by (seed, step, component), so that a path replays.
struct Noise {
  double sigma = 0;
  unsigned seed = 1;
  bool operator==(const Noise&) const = default;
};

/// What every run comes to, whatever it descends or trains: a row a step. All arrays have the same length,
/// steps + 1 or, where the run diverged, diverged_at + 1.
struct Series {
  std::vector<double> loss;      ///< before the step
  std::vector<double> lr;        ///< of the step
  std::vector<double> momentum;  ///< NaN unless the schedule moves it
  /// The first t with a parameter or loss not finite or |parameter| > divergence_bound; -1: never. That row is
  /// kept (its numbers may be infinite: whoever draws it must clamp).
  int diverged_at = -1;
  int size() const { return static_cast<int>(loss.size()); }
};

/// The steps of one descent; row t holds theta_t, and the loss, rate and gradient there.
struct Trajectory : Series {
  std::vector<double> x, y, grad_x, grad_y;  ///< grad: what the optimizer was given, noise included
  std::vector<double> batch_loss;            ///< a fit's: of step t's batch; else empty
  /// Of a rule that looks at the loss itself: at how many places it asked in the step from t to t+1; else empty.
  std::vector<int> asked;
  std::vector<double> rate_x, rate_y;  ///< effective rate of the step from t to t+1; NaN in the last row
  std::vector<double> avg_x,
      avg_y;  ///< the average of the path where the rule or `ema` keeps one; else empty
};

inline constexpr double divergence_bound = 1e6;
inline constexpr int max_steps = 100000;
inline constexpr int max_runs = 8;

/// The whole descent. Row `steps` is the last.
Trajectory trajectory(const Objective& objective, Point start, const Noise& noise, int steps,
                      const Settings& optimizer, const Settings& schedule);

/// The same descent made in parts, for whoever has to draw meanwhile: its rows are those of trajectory().
class Descent {
 public:
  Descent(const Objective& objective, Point start, const Noise& noise, int steps, const Settings& optimizer,
          const Settings& schedule);
  ~Descent();
  /// Makes at most so many further rows; whether there are more to come.
  bool advance(int rows);
  /// The rows that there are: at least one once it has advanced.
  Trajectory rows() const;
  /// All of them, once there are no more to come; nothing else may be asked for then.
  Trajectory take();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Keeps in avg_x, avg_y the exponential moving average of the path, in place of the rule's own: the first row, from
/// then on decay times the average plus 1 - decay times the row, as torch.optim.swa_utils.AveragedModel with
/// get_ema_multi_avg_fn(decay) does when it is updated after every step. 0 < decay < 1.
void keep_ema(Trajectory& path, double decay);

/// The average of a path as one of its own: its points, and the loss there. The path has one.
Trajectory average_of(const Objective& objective, const Trajectory& path);

/// How a run ended, in the words the learner sees. With r = a thousandth of the domain's longer side (for an
/// expression: of the path's extent) and d = the Newton step H^-1 grad f at the last point:
/// - diverged: Trajectory::diverged_at.
/// - Settled is a run whose last 2 % of rows, and at least 4, lie within r of its last point, and which
///   either lies within r of a known minimum or has |d| <= r. It converged where that is a global minimum or
///   none is known, is in a local minimum where the loss that d promises is above the global one, at a saddle
///   (or summit) where H has a negative eigenvalue. `step` is the first from which it stays within r.
/// - climbing: the loss of its last rows lies above all that was before the last quarter.
/// - oscillating: in the last quarter the excess loss (over the lowest known) fell by less than half, or stayed
///   above ten times what it had been before, while at least 30 % of the steps raised it by more than rounding;
///   or it fell by less than half while 60 % of the steps turned back against the step before.
/// - Under noise the mean loss of the last quarter decides: converging, where its excess is less than half of what it
///   was in the two quarters before; slow, where it is more than 0.9 of the start's and varies by less than
///   half of that (of the start's loss, where no minimum is known); else shaking.
/// - converging: in the last quarter the gradient halved, or the excess loss fell by 5 %.
/// - slow: everything else, also a run that stands still away from any minimum.
struct Outcome {
  enum class Kind { converged, converging, slow, oscillating, local_minimum, saddle, diverged };
  Kind kind;
  int step = -1;              ///< diverged: at which step; converged, local_minimum, saddle: since when
  std::string_view pattern;   ///< a literal, "diverged at step {0}"
  std::string words() const;  ///< "diverged at step 31"
  bool operator==(const Outcome&) const = default;
};
Outcome outcome(const Objective& objective, const Trajectory& path);
/// The same of a training, by its losses alone: diverged; or in the last quarter the loss fell by 5 %: converging; it went
/// up and down by a third of itself, upwards in 30 % of the steps: oscillating; slow.
Outcome outcome(const Series& training);

}  // namespace stride
