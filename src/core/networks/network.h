// A small multilayer perceptron with one logit and mean binary cross-entropy, or several and softmax
// cross-entropy; and its training run as a pure function.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "core/networks/batches.h"
#include "core/networks/dataset.h"
#include "core/trajectory.h"

namespace stride {

enum class Activation { tanh, relu, sigmoid };
/// Of the weights before step 0, see initial_weights; `weights`: given one by one.
enum class Init { xavier, kaiming, zeros, weights };
/// Their names, in their order.
inline constexpr const char* activation_keys[] = {"tanh", "relu", "sigmoid"};
inline constexpr const char* init_keys[] = {"xavier", "kaiming", "zeros", "weights"};
inline const char* key_of(Activation a) {
  return activation_keys[static_cast<int>(a)];
}
inline const char* key_of(Init i) {
  return init_keys[static_cast<int>(i)];
}

struct NetworkProblem {
  /// Inputs .. outputs, each >= 1. The ends fit the data, see default_layers.
  std::vector<int> layers = {2, 8, 8, 1};
  Activation activation = Activation::tanh;
  DataSettings data;
  Init init = Init::xavier;
  unsigned init_seed = 1;
  std::vector<double> weights;  ///< Init::weights: flat, layer by layer, W row-major [out][in], then b
  int batch_size = 0;           ///< 0, or more than there are training samples: full batch
  unsigned seed = 1;            ///< shuffles each epoch
  std::vector<std::vector<int>> batches;  ///< not empty: explicit batches, used round and round
  bool operator==(const NetworkProblem&) const = default;
};

/// Two hidden layers of eight between the data's inputs and one logit (two classes) or one a class.
std::vector<int> default_layers(const DataSettings& data);
/// Whether the last layer has an output that the data can be held against: one for two classes, or one a
/// class.
bool outputs_fit(int outputs, int classes);

/// How many weights and biases a network of these layers has.
int weight_count(const std::vector<int>& layers);

/// The weights before step 0, flat as NetworkProblem::weights. Biases are 0.
/// xavier: W uniform in +-sqrt(6 / (in + out)) (Glorot & Bengio 2010, eq. 16).
/// kaiming: W uniform in +-sqrt(6 / in), that is gain sqrt 2 and fan-in (He et al. 2015, eq. 10):
/// torch.nn.init.kaiming_uniform_ with nonlinearity='relu', not nn.Linear's own default (a=sqrt(5)).
std::vector<double> initial_weights(const NetworkProblem& problem);

/// The batches of the training part.
Batches batches_of(const NetworkProblem& problem);

/// The network's outputs at the points x [point][input]: [point][output]. A single logit > 0 means label 1,
/// of several the largest is the label.
std::vector<double> logits(const NetworkProblem& problem, std::span<const double> weights,
                           std::span<const double> x);

/// The same in single precision, for what is drawn.
std::vector<float> logits(const NetworkProblem& problem, std::span<const float> weights,
                          std::span<const float> x);

/// Mean cross-entropy over the samples `batch` of `data` (empty: those that are trained on) and, where
/// `gradient` is not empty, its derivative by each weight, by backpropagation (Rumelhart, Hinton & Williams
/// 1986); relu'(0) = 0.
double network_loss(const NetworkProblem& problem, const DataSet& data, std::span<const double> weights,
                    std::span<const int> batch, std::span<double> gradient);

/// Double: what is printed and compared, 1e-8 of PyTorch's. Single: several times as fast, for what is shown
/// while a hand moves.
enum class Precision { double_, single };

/// The loss of the training part at each of several weights, one after the other: [row][weight].
std::vector<double> network_losses(const NetworkProblem& problem, const DataSet& data,
                                   std::span<const double> weights, Precision precision);

/// The Hessian of the loss over the training part times `direction`, exact: backpropagation of a dual number
/// (Pearlmutter 1994).
std::vector<double> hessian_times(const NetworkProblem& problem, const DataSet& data,
                                  std::span<const double> weights, std::span<const double> direction);

/// What a training's weights are worth, a row a step.
struct Scores {
  std::vector<double> loss, accuracy;                        ///< of the training part; accuracy 0 .. 1
  std::vector<double> validation_loss, validation_accuracy;  ///< of the part held out; empty: there is none
};

/// The steps of one training; the series' loss is that of the whole training part.
struct Training : Series {
  std::vector<double> batch_loss;  ///< of step t's batch (in the last row: of the batch that would come next)
  std::vector<double> accuracy;    ///< share of the training part with the right label, 0 .. 1
  std::vector<double> validation_loss, validation_accuracy;  ///< of the part held out; empty: there is none
  /// Euclidean lengths of each layer's weights (without biases), of their gradient and of step t's change
  /// (NaN in the last row): [row][layer].
  std::vector<double> weight_size, gradient_size, update_size;
  std::vector<double> weights;  ///< after the last step
  Scores
      average;  ///< of the average of the weights, where TrainingRun::keep_average asked for it; else empty
  /// The last step's effective rate of each weight (see Lanes), where TrainingRun::keep_rates asked for it.
  std::vector<double> rates;
};

/// Trains for `steps` steps. `data` must have a sample, `batches` valid indices, `weights` the right count.
Training train(const NetworkProblem& problem, int steps, const Settings& optimizer, const Settings& schedule,
               Precision precision = Precision::double_);

/// The same in slices, for whoever must give the processor back in between. A value: a copy goes on from
/// where it was made.
class TrainingRun {
 public:
  TrainingRun(const NetworkProblem& problem, int steps, const Settings& optimizer, const Settings& schedule,
              Precision precision = Precision::double_);
  ~TrainingRun();
  TrainingRun(const TrainingRun&);
  TrainingRun(TrainingRun&&) noexcept;
  TrainingRun& operator=(TrainingRun) noexcept;
  /// Adds up to `rows` rows; false once the run is complete.
  bool advance(int rows);
  /// The result holds `average`: of the exponential moving average of the weights as keep_ema makes it, 0 < decay < 1, or
  /// where decay is 0 of the optimizer's own average, which it has. Before the first row.
  void keep_average(double decay);
  /// From the next step on the result holds `rates`.
  void keep_rates();
  /// Of batches: takes loss, accuracy and validation of all samples at every so many steps only, and at the last; the
  /// rows between repeat the last ones known. For what is shown while it trains: they cost more than the batches. A
  /// schedule that listens hears what is known.
  void measure_every(int steps);
  /// What there is so far; `weights` are those of the last row.
  const Training& result() const;

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace stride
