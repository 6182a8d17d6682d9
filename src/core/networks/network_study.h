// Studies of one training: the loss around its weights, and how sharply it is curved along the way. Pure
// functions from a run to numbers, as the studies of descents.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/networks/network.h"

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

/// Whether a study of descents (studies()) can be asked of a training too: sweep, range-test, compare.
bool asks_of_training(std::string_view key);
/// Its rows, in the same columns, of trainings in single precision. The range test goes by the losses of the
/// batches; in a comparison every start has initial weights and batches of its own seeds, the first the run's, and
/// `spread` says nothing.
std::vector<float> training_rates(const NetworkRun& run, const Settings& settings);

// ---- landscape: a, b, loss
// The loss of the training part at the weights of step `step` + a times one direction + b times another: a
// picture row by row from the highest b, each from the lowest a, ends included. random: Gaussian directions
// in which each unit's incoming weights are as long as the unit's own, biases 0 (Li et al. 2018, arXiv
// 1712.09913, section 4); a and b reach from -reach to reach. principal: unit vectors along which the path
// spreads most, seen from the centre (section 7); where `reach` is left out the picture holds the path.

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

}  // namespace stride
