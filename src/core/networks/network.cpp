#include "core/networks/network.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/math/random.h"
#include "core/networks/network_pass.h"

namespace stride {

namespace {

// Keeps the draws of the initial weights apart from those of the shuffles, whose seed is often the same.
constexpr unsigned weight_stream = 3u << 20;

const int* indices(std::span<const int> batch) {
  return batch.empty() ? nullptr : batch.data();
}

}  // namespace

std::vector<int> default_layers(const DataSettings& data) {
  const int classes = classes_of(data);
  return {inputs_of(data), 8, 8, classes == 2 ? 1 : classes};
}

bool outputs_fit(int outputs, int classes) {
  return outputs == classes || (outputs == 1 && classes == 2);
}

int weight_count(const std::vector<int>& layers) {
  int n = 0;
  for (std::size_t l = 1; l < layers.size(); ++l) n += (layers[l - 1] + 1) * layers[l];
  return n;
}

std::vector<double> initial_weights(const NetworkProblem& problem) {
  if (problem.init == Init::weights) return problem.weights;
  std::vector<double> weights(static_cast<std::size_t>(weight_count(problem.layers)));
  if (problem.init == Init::zeros) return weights;
  double* w = weights.data();
  for (std::size_t l = 1; l < problem.layers.size(); ++l) {
    const int in = problem.layers[l - 1], out = problem.layers[l];
    const double bound = std::sqrt(6.0 / (problem.init == Init::xavier ? in + out : in));
    for (int i = 0; i < in * out; ++i) {
      const double u =
          uniform(problem.init_seed, weight_stream + static_cast<unsigned>(l), static_cast<unsigned>(i));
      w[i] = bound * (2 * u - 1);
    }
    w += (in + 1) * out;
  }
  return weights;
}

Batches batches_of(const NetworkProblem& problem) {
  return {problem.batches, problem.batch_size, problem.seed, training_samples_of(problem.data)};
}

namespace {

template <class T>
std::vector<T> outputs_at(const NetworkProblem& problem, std::span<const T> weights, std::span<const T> x) {
  const int count = static_cast<int>(x.size()) / problem.layers.front();
  std::vector<T> out(static_cast<std::size_t>(count * problem.layers.back()));
  network::Pass<T>(problem.layers, problem.activation).outputs(weights.data(), x.data(), count, out.data());
  return out;
}

}  // namespace

std::vector<double> logits(const NetworkProblem& problem, std::span<const double> weights,
                           std::span<const double> x) {
  return outputs_at(problem, weights, x);
}

std::vector<float> logits(const NetworkProblem& problem, std::span<const float> weights,
                          std::span<const float> x) {
  return outputs_at(problem, weights, x);
}

double network_loss(const NetworkProblem& problem, const DataSet& data, std::span<const double> weights,
                    std::span<const int> batch, std::span<double> gradient) {
  const int count = batch.empty() ? data.training : static_cast<int>(batch.size());
  network::Pass<double> pass(problem.layers, problem.activation);
  return pass
      .score(data.x.data(), data.label.data(), weights.data(), indices(batch), 0, count,
             gradient.empty() ? nullptr : gradient.data())
      .loss;
}

namespace {

template <class T>
std::vector<double> losses_in(const NetworkProblem& problem, const DataSet& data,
                              std::span<const double> weights) {
  const std::vector<T> x(data.x.begin(), data.x.end()), label(data.label.begin(), data.label.end()),
      all(weights.begin(), weights.end());
  const auto count = static_cast<std::size_t>(weight_count(problem.layers));
  network::Pass<T> pass(problem.layers, problem.activation);
  std::vector<double> out;
  for (std::size_t at = 0; at + count <= all.size(); at += count)
    out.push_back(
        pass.score(x.data(), label.data(), all.data() + at, nullptr, 0, data.training, nullptr).loss);
  return out;
}

}  // namespace

std::vector<double> network_losses(const NetworkProblem& problem, const DataSet& data,
                                   std::span<const double> weights, Precision precision) {
  return precision == Precision::single ? losses_in<float>(problem, data, weights)
                                        : losses_in<double>(problem, data, weights);
}

std::vector<double> hessian_times(const NetworkProblem& problem, const DataSet& data,
                                  std::span<const double> weights, std::span<const double> direction) {
  using Dual = math::Jet1<double, 1>;
  assert(weights.size() == direction.size());
  std::vector<Dual> w, gradient(weights.size());
  for (std::size_t i = 0; i < weights.size(); ++i) w.push_back({weights[i], direction[i], 0});
  const std::vector<Dual> x(data.x.begin(), data.x.end()), label(data.label.begin(), data.label.end());
  network::Pass<Dual>(problem.layers, problem.activation)
      .score(x.data(), label.data(), w.data(), nullptr, 0, data.training, gradient.data());
  std::vector<double> out;
  for (const Dual& g : gradient) out.push_back(g.x);
  return out;
}

}  // namespace stride
