// A small multilayer perceptron with one logit, mean binary cross-entropy, and its training run as a pure function.
#pragma once

#include <vector>

#include "core/dataset.h"
#include "core/trajectory.h"

namespace stride {

struct NetworkProblem {
  std::vector<int> layers = {2, 8, 8, 1};
  int activation = 0;  ///< 0 tanh, 1 relu, 2 sigmoid
  DataSpec data;
  int init = 0;  ///< 0 xavier, 1 kaiming, 2 zeros, 3 weights
  unsigned init_seed = 1;
  std::vector<double> weights;  ///< where init is 3: flat, layer by layer, W row-major [out][in], then b
  int batch_size = 0;           ///< 0: full batch
  unsigned seed = 1;            ///< shuffles each epoch
  std::vector<std::vector<int>> batches;  ///< not empty: explicit batches, used round and round
  bool operator==(const NetworkProblem&) const = default;
};

inline constexpr const char* activation_keys[] = {"tanh", "relu", "sigmoid"};
inline constexpr const char* init_keys[] = {"xavier", "kaiming", "zeros", "weights"};

int weight_count(const std::vector<int>& layers);

struct Training {
  std::vector<double> loss, batch_loss, accuracy, lr;  ///< row t: before step t
  std::vector<double> weights;                         ///< after the last step
  int diverged_at = -1;
};

Training train(const NetworkProblem& problem, int steps, const Spec& optimizer, const Spec& schedule);

}  // namespace stride
