// Studies of one training: the loss around its weights, and how sharply it is curved along the way. Pure
// functions from a run to numbers, as the studies of descents.
#pragma once

#include <limits>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/networks/network.h"
#include "core/studies/study.h"

namespace stride {

/// One training, and what a study is asked of it.
struct NetworkRun {
  NetworkProblem problem;
  int steps = 200;
  Settings optimizer, schedule;
};

/// One row of the table.
struct NetworkStudy {
  const char* key;
  const char* name;
  const char* help;
  const char* source;
  std::vector<Param> params;
  std::vector<const char*> columns;
  /// The rows, one after the other, columns.size() numbers each.
  std::vector<double> (*rows)(const NetworkRun&, const Settings& study);
};

std::span<const NetworkStudy> network_studies();
/// The index of the row `key`, or -1.
int find_network_study(std::string_view key);

/// Whether a study of descents (studies()) can be asked of a training too: sweep, range-test, compare, map.
bool asks_of_training(std::string_view key);
/// What its map may vary: its rates and rules, and the size of its batches.
StudyProblem outline_of(const NetworkRun& run);
/// Its rows, in the same columns, of trainings in single precision. The range test goes by the losses of the
/// batches; in a comparison every start has initial weights and batches of its own seeds, the first the run's, and
/// `spread` says nothing.
std::vector<float> training_study(const NetworkRun& run, const Settings& settings);
/// Of a sweep or a map the rows first .. last - 1, which stand each by itself; of the others all.
inline constexpr int all_rows = std::numeric_limits<int>::max();
std::vector<float> rows_of_trainings(const NetworkRun& run, const Settings& settings, int first, int last);

/// The same in slices: one training after the other, those of a sweep some at a time side by side.
class TrainingsInTurn {
 public:
  TrainingsInTurn(const NetworkRun& run, const Settings& settings, int first = 0, int last = all_rows);
  ~TrainingsInTurn();
  TrainingsInTurn(TrainingsInTurn&&) noexcept;
  /// How many steps there are at most, over all trainings; of those side by side once.
  int steps() const;
  /// Goes on for so many of them, until there are rows.
  void advance(int steps);
  /// None until the last step.
  const std::vector<float>& rows() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// ---- landscape: a, b, loss
// The loss of the training part at the weights of step `step` + a times one direction + b times another: a
// picture row by row from the highest b, each from the lowest a, ends included. random: Gaussian directions
// in which each unit's incoming weights are as long as the unit's own, biases 0 (Li et al. 2018, arXiv
// 1712.09913, section 4); a and b reach from -reach to reach. principal: unit vectors along which the path
// spreads most, seen from the centre (section 7); where `reach` is left out the picture holds the path.

/// Where a training went: the weights at some of its steps.
struct TrainingWay {
  std::vector<int> steps;
  std::vector<double> loss;
  std::vector<std::vector<double>> weights;  ///< [row][weight]
};
TrainingWay way_of(const NetworkRun& run);
/// The same in slices.
class WayRun {
 public:
  explicit WayRun(const NetworkRun& run);
  /// Goes on for so many steps; false once the training has come to its end.
  bool advance(int rows);
  const TrainingWay& way() const { return way_; }

 private:
  int steps_, stride_;
  TrainingRun training_;
  TrainingWay way_;
};

/// A landscape made ready: its plane through the weights, and the way in it.
struct Landscape {
  std::vector<double> centre, first, second;  ///< weights, and the two directions
  Domain reach{-1, 1, -1, 1};                 ///< of a and b
  int size = 33;
  std::vector<double> path;  ///< step, a, b, loss, step, ...
};
/// Nothing in `centre` where the training diverges at once.
Landscape landscape_of(const NetworkRun& run, const TrainingWay& way, const Settings& study);
/// The losses of the picture's points first .. last - 1, row by row from the highest b, each from the lowest a.
std::vector<double> landscape_losses(const Landscape& landscape, const NetworkProblem& problem,
                                     const DataSet& data, int first, int last, Precision precision);

/// The rows of the picture; in single precision several times as fast, to be shown.
std::vector<double> landscape_rows(const NetworkRun& run, const Settings& study, Precision precision);

/// Where the training went in that picture: step, a, b, loss. What leaves the plane is left out (least
/// squares). Of more than 500 steps only every so many-th is a row.
std::vector<double> landscape_path(const NetworkRun& run, const Settings& study);

// ---- sharpness: step, lr, sharpness, limit
// The largest eigenvalue of the Hessian of the training part's loss at step t, by power iteration on exact
// products; for rules that divide by running sizes of the gradient that of the preconditioned Hessian
// (Cohen et al. 2022, arXiv 2207.14484, section 2). limit: the largest rate that the rule bears there, 2 /
// sharpness for plain descent, more with momentum (stability.h); infinite where nothing curves upwards, NaN for
// rules whose step is not linear in the gradient (Lion, Rprop, Muon, schedule-free ones, a rule of one's own).

/// The same row by row: a value, whose copy goes on from where it was made.
class SharpnessRun {
 public:
  SharpnessRun(const NetworkRun& run, const Settings& study);
  ~SharpnessRun();
  SharpnessRun(SharpnessRun&&) noexcept;
  /// How many rows there are where the run does not diverge.
  int rows() const;
  /// The next row; empty: there is none.
  std::vector<double> next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace stride
