// Fits: a model of two weights, w and b, held against data: a line with the mean squared error, or a sigmoid
// with the mean binary cross-entropy. The loss surface is exact and whole; a batch is a true sample of it.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/networks/batches.h"
#include "core/surfaces/surface.h"

namespace stride {

/// line: w x + b, loss mean((w x + b - y)^2). sigmoid: the logit w x + b of a label y 0 or 1.
enum class FitModel { line, sigmoid };
/// standard: x (for a line y too) less its mean, over its standard deviation (divisor n).
enum class FitScale { raw, standard };
/// cars: stopping distance by speed. iris: petal length of versicolor (0) and virginica (1), in cm.
enum class FitData { cars, iris, points };
/// Their names, in their order.
inline constexpr const char* fit_model_keys[] = {"line", "sigmoid"};
inline constexpr const char* fit_scale_keys[] = {"none", "standard"};
inline constexpr const char* fit_data_keys[] = {"cars", "iris", "points"};

/// The data that a model is given where nothing is said.
inline FitData default_fit_data(FitModel model) {
  return model == FitModel::line ? FitData::cars : FitData::iris;
}

struct FitProblem {
  FitModel model = FitModel::line;
  FitData data = FitData::cars;
  std::vector<double> points;  ///< x, y, x, y, ... where data is points
  FitScale scale = FitScale::raw;
  std::optional<Point> start;             ///< w, b; left out: 0, 0
  std::optional<Domain> domain;           ///< shown part; left out: around start and minimum
  int batch_size = 0;                     ///< 0, or more than there are samples: full batch
  unsigned seed = 1;                      ///< shuffles each epoch, as a network's
  std::vector<std::vector<int>> batches;  ///< not empty: explicit batches, used round and round
  bool operator==(const FitProblem& other) const;
};

/// The same but for the shown part.
bool same_numbers(const FitProblem& a, const FitProblem& b);

/// The samples as they are given: x and y, unscaled.
struct Samples {
  std::vector<double> x, y;
};
Samples samples_of(const FitProblem& problem);
/// Whether scaling would divide by 0: all of these numbers are the same.
bool are_constant(std::span<const double> values);
/// How many samples have the label 1.
int count_ones(const Samples& samples);

/// The problem made ready.
struct Fit {
  FitModel model;
  Samples samples;  ///< scaled
  Batches batches;
  /// The least loss: in closed form for a line (of inputs that are all alike the one with w = 0), by Newton's
  /// method for a sigmoid. None where a sigmoid tells the labels apart without an error: the loss falls for
  /// ever.
  std::vector<Minimum> minima;
};
std::shared_ptr<const Fit> make_fit(const FitProblem& problem);
std::span<const Minimum> minima_of(const Fit& fit);
/// The batches of one descent; null where it is not of a fit.
std::shared_ptr<Batches> batches_of(const Objective& objective);
/// The same fit with batches of another seed, `offset` after its own; null where no seed draws them.
std::shared_ptr<const Fit> reseeded(const Fit& fit, unsigned offset);
/// What a gradient costs beside x + y.
double fit_cost(const Fit& fit);

/// Loss over a batch, with exact derivatives; empty: the whole data.
Derivatives fit_at(const Fit& fit, double w, double b, std::span<const int> batch = {});
/// Loss and gradient over a batch; empty: the whole data. `f` null: the loss isn't wanted.
void fit_gradient(const Fit& fit, std::span<const int> batch, double w, double b, double out[3]);
void fit_gradient_lanes(const Fit& fit, std::span<const int> batch, const float* w, const float* b, float* f,
                        float* gw, float* gb, int count);

/// What is shown where nothing is said: start and minimum with a margin of their distance all around.
Domain usual_domain(const FitProblem& problem);
/// A rate of plain descent that suits it: one leading digit of the inverse of the largest curvature, which both
/// models have at the origin.
double usual_rate(const FitProblem& problem);

}  // namespace stride
