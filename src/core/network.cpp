#include "core/network.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "core/math.h"
#include "core/random.h"

namespace stride {
namespace {

// Samples are worked on in tiles, unit by unit: [unit][sample of the tile], so that every inner loop runs
// over contiguous samples and the compiler vectorises it, and one tile's activations stay in the first-level
// cache. Sums over samples keep `lanes` partial sums: the order is written down here and not left to the
// compiler, so all targets agree to the bit.
constexpr int tile = 64;
constexpr int lanes = 8;

// out[s] = b + sum over i of w[i * stride] * in[i][s]
void combine(double b, const double* w, int stride, const double* in, int count, double* out) {
  for (int s = 0; s < tile; s += lanes) {
    double sum[lanes];
    for (int k = 0; k < lanes; ++k) sum[k] = b;
    for (int i = 0; i < count; ++i)
      for (int k = 0; k < lanes; ++k) sum[k] += w[i * stride] * in[i * tile + s + k];
    for (int k = 0; k < lanes; ++k) out[s + k] = sum[k];
  }
}

double total(const double* part) {
  return ((part[0] + part[4]) + (part[2] + part[6])) + ((part[1] + part[5]) + (part[3] + part[7]));
}

double sum_of(const double* a) {
  double part[lanes] = {};
  for (int s = 0; s < tile; s += lanes)
    for (int k = 0; k < lanes; ++k) part[k] += a[s + k];
  return total(part);
}

double dot(const double* a, const double* b) {
  double part[lanes] = {};
  for (int s = 0; s < tile; s += lanes)
    for (int k = 0; k < lanes; ++k) part[k] += a[s + k] * b[s + k];
  return total(part);
}

void activate(Activation activation, double* a, int count) {
  if (activation == Activation::tanh)
    for (int s = 0; s < count; ++s) a[s] = math::tanh(a[s]);
  else if (activation == Activation::relu)
    for (int s = 0; s < count; ++s) a[s] = a[s] > 0 ? a[s] : 0;
  else
    for (int s = 0; s < count; ++s) a[s] = 1 / (1 + math::exp(-a[s]));
}

// delta *= the activation's derivative, written in terms of its value a.
void multiply_slope(Activation activation, const double* a, double* delta, int count) {
  if (activation == Activation::tanh)
    for (int s = 0; s < count; ++s) delta[s] *= 1 - a[s] * a[s];
  else if (activation == Activation::relu)
    for (int s = 0; s < count; ++s) delta[s] = a[s] > 0 ? delta[s] : 0;
  else
    for (int s = 0; s < count; ++s) delta[s] *= a[s] * (1 - a[s]);
}

// The cross-entropy of logit z and label y, max(z, 0) - z y + log(1 + exp(-|z|)), and its slope: sigmoid(z)
// less y. The logarithm adds back what 1 + e rounds away, so that small losses keep their digits.
void cross_entropy(const double* z, const double* y, double* loss, double* slope) {
  for (int s = 0; s < tile; ++s) {
    const double e = math::exp(-std::fabs(z[s])), u = 1 + e;
    const double positive = z[s] > 0 ? z[s] : 0;
    loss[s] = positive - z[s] * y[s] + (math::log(u) + (e - (u - 1)) / u);
    slope[s] = (z[s] > 0 ? 1 : e) / u - y[s];
  }
}

struct Score {
  double loss = 0, accuracy = 0;
};

// A network's scratch memory: made once a run, nothing is allocated in a step.
class Workspace {
 public:
  Workspace(const std::vector<int>& layers, Activation activation)
      : layers_(layers), activation_(activation) {
    for (int units : layers_) {
      offsets_.push_back(static_cast<int>(values_.size()));
      values_.resize(values_.size() + static_cast<std::size_t>(units * tile));
    }
    const int widest = *std::max_element(layers_.begin(), layers_.end());
    delta_.resize(static_cast<std::size_t>(widest * tile));
    below_.resize(delta_.size());
  }

  // Mean loss and share of right labels over `batch` (null: the first `count` samples). Overwrites
  // `gradient` where it is not null.
  Score pass(const DataSet& data, const double* weights, const int* batch, int count, double* gradient);

  void logits(const double* weights, const double* x, int count, double* out);

 private:
  double* row(std::size_t layer) { return values_.data() + offsets_[layer]; }
  void load(const double* x, const int* batch, int first, int count);
  void forward(const double* weights);
  void backward(const double* weights, double* gradient);

  std::vector<int> layers_;
  Activation activation_;
  std::vector<int> offsets_;
  std::vector<double> values_;  // activations of every layer, inputs first
  std::vector<double> delta_,
      below_;  // derivative of the loss by the inputs of a layer's and the next lower units
  double label_[tile] = {}, loss_[tile] = {};
};

void Workspace::load(const double* x, const int* batch, int first, int count) {
  double* in = row(0);
  for (int s = 0; s < tile; ++s) {
    // What fills up the last tile counts nowhere, but must be a number.
    const int i = s < count ? (batch ? batch[first + s] : first + s) : -1;
    for (int c = 0; c < layers_[0]; ++c) in[c * tile + s] = i < 0 ? 0 : x[i * layers_[0] + c];
  }
}

void Workspace::forward(const double* weights) {
  for (std::size_t l = 1; l < layers_.size(); ++l) {
    const int in = layers_[l - 1], out = layers_[l];
    const double* bias = weights + in * out;
    for (int o = 0; o < out; ++o) combine(bias[o], weights + o * in, 1, row(l - 1), in, row(l) + o * tile);
    if (l + 1 < layers_.size()) activate(activation_, row(l), out * tile);
    weights = bias + out;
  }
}

// delta_ holds the slope of the loss by the logit. Weights and gradient are walked from their ends.
void Workspace::backward(const double* weights, double* gradient) {
  const int n = weight_count(layers_);
  weights += n;
  gradient += n;
  for (std::size_t l = layers_.size() - 1; l > 0; --l) {
    const int in = layers_[l - 1], out = layers_[l];
    const double* below = row(l - 1);
    weights -= (in + 1) * out;
    gradient -= (in + 1) * out;
    for (int o = 0; o < out; ++o) {
      const double* delta = delta_.data() + o * tile;
      for (int i = 0; i < in; ++i) gradient[o * in + i] += dot(delta, below + i * tile);
      gradient[in * out + o] += sum_of(delta);
    }
    if (l == 1) break;
    for (int i = 0; i < in; ++i) combine(0, weights + i, in, delta_.data(), out, below_.data() + i * tile);
    multiply_slope(activation_, below, below_.data(), in * tile);
    delta_.swap(below_);
  }
}

Score Workspace::pass(const DataSet& data, const double* weights, const int* batch, int count,
                      double* gradient) {
  if (gradient) std::fill_n(gradient, weight_count(layers_), 0.0);
  double loss = 0;
  int right = 0;
  for (int first = 0; first < count; first += tile) {
    const int used = std::min(tile, count - first);
    load(data.x.data(), batch, first, used);
    forward(weights);
    const double* z = row(layers_.size() - 1);
    for (int s = 0; s < tile; ++s) {
      label_[s] = s < used ? data.label[static_cast<std::size_t>(batch ? batch[first + s] : first + s)] : 0;
      right += s < used && (z[s] > 0) == (label_[s] > 0.5);
    }
    cross_entropy(z, label_, loss_, delta_.data());
    for (int s = used; s < tile; ++s) loss_[s] = delta_[static_cast<std::size_t>(s)] = 0;
    loss += sum_of(loss_);
    if (!gradient) continue;
    for (int s = 0; s < used; ++s) delta_[static_cast<std::size_t>(s)] /= count;
    backward(weights, gradient);
  }
  return {loss / count, static_cast<double>(right) / count};
}

void Workspace::logits(const double* weights, const double* x, int count, double* out) {
  for (int first = 0; first < count; first += tile) {
    const int used = std::min(tile, count - first);
    load(x, nullptr, first, used);
    forward(weights);
    std::copy_n(row(layers_.size() - 1), used, out + first);
  }
}

// Keeps the draws of the initial weights apart from those of the shuffles, whose seed is often the same.
constexpr unsigned weight_stream = 3u << 20;
constexpr unsigned shuffle_stream = 4u << 20;

bool full_batch(const NetworkProblem& problem, int samples) {
  return problem.batches.empty() && (problem.batch_size <= 0 || problem.batch_size >= samples);
}

// The batches of a run, one step after the other; an epoch is shuffled once.
class Batches {
 public:
  Batches(const NetworkProblem& problem, int samples)
      : explicit_(problem.batches), seed_(problem.seed), samples_(samples), size_(problem.batch_size) {}

  std::span<const int> at(int t) {
    if (!explicit_.empty()) return explicit_[static_cast<std::size_t>(t) % explicit_.size()];
    const int per_epoch = (samples_ + size_ - 1) / size_, epoch = t / per_epoch;
    if (epoch != epoch_) order_ = epoch_order(samples_, seed_, epoch_ = epoch);
    const int first = t % per_epoch * size_;
    return std::span<const int>(order_).subspan(static_cast<std::size_t>(first),
                                                static_cast<std::size_t>(std::min(size_, samples_ - first)));
  }

 private:
  std::vector<std::vector<int>> explicit_;
  unsigned seed_;
  int samples_, size_, epoch_ = -1;
  std::vector<int> order_;
};

bool has_diverged(double loss, const std::vector<double>& weights) {
  if (!std::isfinite(loss)) return true;
  return !std::all_of(weights.begin(), weights.end(),
                      [](double w) { return std::fabs(w) <= divergence_bound; });
}

}  // namespace

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

std::vector<int> epoch_order(int samples, unsigned seed, int epoch) {
  std::vector<int> order(static_cast<std::size_t>(samples));
  std::iota(order.begin(), order.end(), 0);
  for (int i = samples - 1; i > 0; --i) {
    const double u = uniform(seed, shuffle_stream + static_cast<unsigned>(epoch), static_cast<unsigned>(i));
    const int j = std::min(i, static_cast<int>(u * (i + 1)));
    std::swap(order[static_cast<std::size_t>(i)], order[static_cast<std::size_t>(j)]);
  }
  return order;
}

std::vector<int> batch_at(const NetworkProblem& problem, int samples, int t) {
  if (full_batch(problem, samples)) {
    std::vector<int> all(static_cast<std::size_t>(samples));
    std::iota(all.begin(), all.end(), 0);
    return all;
  }
  Batches batches(problem, samples);
  const std::span<const int> batch = batches.at(t);
  return {batch.begin(), batch.end()};
}

std::vector<double> logits(const NetworkProblem& problem, std::span<const double> weights,
                           std::span<const double> x) {
  std::vector<double> out(x.size() / 2);
  Workspace(problem.layers, problem.activation)
      .logits(weights.data(), x.data(), static_cast<int>(out.size()), out.data());
  return out;
}

double network_loss(const NetworkProblem& problem, const DataSet& data, std::span<const double> weights,
                    std::span<const int> batch, std::span<double> gradient) {
  const int count = batch.empty() ? data.size() : static_cast<int>(batch.size());
  Workspace work(problem.layers, problem.activation);
  return work
      .pass(data, weights.data(), batch.empty() ? nullptr : batch.data(), count,
            gradient.empty() ? nullptr : gradient.data())
      .loss;
}

struct TrainingRun::State {
  State(const NetworkProblem& problem, int steps_, const Settings& optimizer_, const Settings& schedule)
      : data(make_dataset(problem.data)),
        steps(steps_),
        full(full_batch(problem, data.size())),
        batches(problem, data.size()),
        work(problem.layers, problem.activation),
        optimizer(optimizers()[static_cast<std::size_t>(optimizer_.row)]),
        hyper(hyper_of(optimizer_)),
        rates(schedule, hyper.values[0], steps_) {
    out.weights = initial_weights(problem);
    const std::size_t n = static_cast<std::size_t>(weight_count(problem.layers));
    assert(data.size() > 0 && out.weights.size() == n);
    gradient.resize(n);
    state.resize(n * static_cast<std::size_t>(optimizer.state_slots));
    shared.resize(static_cast<std::size_t>(optimizer.shared_slots));
    rate = rates.rate();
    apply_rate();
    Lanes<double> run = storage();
    optimizer.init_double(hyper, clock, run);
  }

  Lanes<double> storage() {
    return {static_cast<int>(gradient.size()),
            1,
            out.weights.data(),
            gradient.data(),
            state.data(),
            shared.data(),
            &rate.lr,
            nullptr};
  }

  void apply_rate() {
    if (optimizer.momentum_slot >= 0 && !std::isnan(rate.momentum))
      hyper.values[optimizer.momentum_slot] = rate.momentum;
  }

  bool advance();
  void evaluate(int t);

  DataSet data;
  int steps;
  bool full;
  Batches batches;
  Workspace work;
  const Optimizer& optimizer;
  Hyper hyper;
  Clock clock;
  ScheduleRun rates;
  Rate rate;
  std::vector<double> gradient, state, shared;
  Training out;
};

// Row t: losses at the present weights, and the gradient of the batch.
void TrainingRun::State::evaluate(int t) {
  const double* w = out.weights.data();
  const Score whole = work.pass(data, w, nullptr, data.size(), full ? gradient.data() : nullptr);
  double batch_loss = whole.loss;
  if (!full) {
    const std::span<const int> batch = batches.at(t);
    batch_loss = work.pass(data, w, batch.data(), static_cast<int>(batch.size()), gradient.data()).loss;
  }
  out.loss.push_back(whole.loss);
  out.batch_loss.push_back(batch_loss);
  out.accuracy.push_back(whole.accuracy);
  out.lr.push_back(rate.lr);
  out.momentum.push_back(rate.momentum);
}

// One row, and the step before it; false where there is no more.
bool TrainingRun::State::advance() {
  if (out.diverged_at >= 0 || out.size() > steps) return false;
  const int t = out.size();
  if (t > 0) {
    Lanes<double> run = storage();
    optimizer.step_double(hyper, clock, run);
    rates.advance(out.loss.back());
    rate = rates.rate();
    apply_rate();
  }
  evaluate(t);
  if (has_diverged(out.loss.back(), out.weights)) out.diverged_at = t;
  return true;
}

TrainingRun::TrainingRun(const NetworkProblem& problem, int steps, const Settings& optimizer,
                         const Settings& schedule)
    : state_(std::make_unique<State>(problem, steps, optimizer, schedule)) {}
TrainingRun::~TrainingRun() = default;
TrainingRun::TrainingRun(TrainingRun&&) noexcept = default;
TrainingRun& TrainingRun::operator=(TrainingRun&&) noexcept = default;

bool TrainingRun::advance(int rows) {
  for (int i = 0; i < rows; ++i)
    if (!state_->advance()) return false;
  return state_->out.diverged_at < 0 && state_->out.size() <= state_->steps;
}

const Training& TrainingRun::result() const {
  return state_->out;
}

Training train(const NetworkProblem& problem, int steps, const Settings& optimizer,
               const Settings& schedule) {
  TrainingRun run(problem, steps, optimizer, schedule);
  while (run.advance(steps + 1)) {
  }
  return run.result();
}

}  // namespace stride
