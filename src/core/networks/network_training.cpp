// A network's training run, step by step, in either precision.
#include <algorithm>
#include <cassert>
#include <cmath>
#include <memory>
#include <type_traits>

#include "core/networks/network.h"
#include "core/networks/network_pass.h"

namespace stride {

namespace {

template <class T>
bool has_diverged(double loss, const std::vector<T>& weights) {
  if (!std::isfinite(loss)) return true;
  return !std::all_of(weights.begin(), weights.end(),
                      [](T w) { return std::fabs(static_cast<double>(w)) <= divergence_bound; });
}

template <class T>
double length(const T* a, int count) {
  double sum = 0;
  for (int i = 0; i < count; ++i) sum += static_cast<double>(a[i]) * static_cast<double>(a[i]);
  return std::sqrt(sum);
}

}  // namespace

struct TrainingRun::State {
  virtual ~State() = default;
  virtual std::unique_ptr<State> copy() const = 0;
  virtual bool advance() = 0;
  Training out;
  int steps = 0;
  bool keeps_rates = false, keeps_average = false;
  double decay = 0;
  int measured_every = 1;
};

namespace {

template <class T>
class TypedState final : public TrainingRun::State {
 public:
  TypedState(const NetworkProblem& problem, int steps_, const Settings& optimizer, const Settings& schedule)
      : layers_(problem.layers),
        data_(make_dataset(problem.data)),
        x_(data_.x.begin(), data_.x.end()),
        label_(data_.label.begin(), data_.label.end()),
        batches_(batches_of(problem)),
        pass_(problem.layers, problem.activation),
        optimizer_(optimizers()[static_cast<std::size_t>(optimizer.row)]),
        hyper_(hyper_of(optimizer)),
        rates_(schedule, hyper_.values[0], steps_) {
    steps = steps_;
    const std::vector<double> first = initial_weights(problem);
    const std::size_t n = static_cast<std::size_t>(weight_count(problem.layers));
    assert(data_.training > 0 && first.size() == n);
    weights_.assign(first.begin(), first.end());
    gradient_.resize(n);
    state_.resize(n * static_cast<std::size_t>(optimizer_.state_slots));
    shared_.resize(static_cast<std::size_t>(optimizer_.shared_slots));
    take_rate();
    Lanes<T> all = storage();
    if constexpr (std::is_same_v<T, double>)
      optimizer_.init_double(hyper_, clock_, all);
    else
      optimizer_.init_float(hyper_, clock_, all);
  }

  std::unique_ptr<State> copy() const override { return std::make_unique<TypedState>(*this); }

  /// One row, and the step before it; false where there is no more.
  bool advance() override {
    if (out.diverged_at >= 0 || out.size() > steps) return false;
    const int t = out.size();
    if (t > 0) step();
    evaluate(t);
    if (has_diverged(out.loss.back(), weights_)) out.diverged_at = t;
    out.weights.assign(weights_.begin(), weights_.end());
    return true;
  }

 private:
  Lanes<T> storage() {
    Lanes<T> all{static_cast<int>(gradient_.size()),
                 1,
                 weights_.data(),
                 gradient_.data(),
                 state_.data(),
                 shared_.data(),
                 &lr_,
                 nullptr};
    all.layers = layers_;
    return all;
  }

  void take_rate() {
    rate_ = rates_.rate();
    lr_ = static_cast<T>(rate_.lr);
    if (optimizer_.momentum_slot >= 0 && !std::isnan(rate_.momentum))
      hyper_.values[optimizer_.momentum_slot] = rate_.momentum;
  }

  void step() {
    before_ = weights_;
    Lanes<T> all = storage();
    if (keeps_rates) {
      effective_.resize(weights_.size());
      all.effective = effective_.data();
    }
    if constexpr (std::is_same_v<T, double>)
      optimizer_.step_double(hyper_, clock_, all);
    else
      optimizer_.step_float(hyper_, clock_, all);
    if (keeps_rates) out.rates.assign(effective_.begin(), effective_.end());
    rates_.advance(out.loss.back());
    take_rate();
    for (std::size_t i = 0; i < before_.size(); ++i) before_[i] = weights_[i] - before_[i];
    put_sizes(before_, out.update_size, out.size() - 1);
  }

  /// Row t: losses at the present weights, and the gradient of the batch.
  void evaluate(int t) {
    const bool measured = batches_.full() || t % measured_every == 0 || t == steps;
    if (measured) whole_ = score(weights_, nullptr, 0, data_.training, batches_.full());
    double batch_loss = whole_.loss;
    if (!batches_.full()) {
      const std::span<const int> batch = batches_.at(t);
      batch_loss = score(weights_, batch.data(), 0, static_cast<int>(batch.size()), true).loss;
    }
    out.loss.push_back(whole_.loss);
    out.batch_loss.push_back(batch_loss);
    out.accuracy.push_back(whole_.accuracy);
    out.lr.push_back(rate_.lr);
    out.momentum.push_back(rate_.momentum);
    if (const int held_out = data_.size() - data_.training; held_out > 0) {
      if (measured) validation_ = score(weights_, nullptr, data_.training, held_out, false);
      out.validation_loss.push_back(validation_.loss);
      out.validation_accuracy.push_back(validation_.accuracy);
    }
    if (keeps_average) evaluate_average(t, measured);
    put_sizes(weights_, out.weight_size, t);
    put_sizes(gradient_, out.gradient_size, t);
    out.update_size.resize(out.weight_size.size(), none);
  }

  network::Score score(const std::vector<T>& weights, const int* batch, int first, int count, bool wanted) {
    return pass_.score(x_.data(), label_.data(), weights.data(), batch, first, count,
                       wanted ? gradient_.data() : nullptr);
  }

  /// Row t of the average; before the first step it is the weights.
  void evaluate_average(int t, bool measured) {
    if (t == 0) average_ = weights_;
    for (std::size_t i = 0; t > 0 && i < weights_.size(); ++i)
      average_[i] = decay > 0 ? average_[i] + static_cast<T>(1 - decay) * (weights_[i] - average_[i])
                              : static_cast<T>(optimizer_.average(hyper_, static_cast<double>(weights_[i]),
                                                                  static_cast<double>(state_[i])));
    const int held_out = data_.size() - data_.training;
    if (measured) {
      average_whole_ = score(average_, nullptr, 0, data_.training, false);
      if (held_out > 0) average_validation_ = score(average_, nullptr, data_.training, held_out, false);
    }
    out.average.loss.push_back(average_whole_.loss);
    out.average.accuracy.push_back(average_whole_.accuracy);
    if (held_out == 0) return;
    out.average.validation_loss.push_back(average_validation_.loss);
    out.average.validation_accuracy.push_back(average_validation_.accuracy);
  }

  void put_sizes(const std::vector<T>& all, std::vector<double>& sizes, int row) {
    const std::size_t count = layers_.size() - 1;
    sizes.resize(std::max(sizes.size(), (static_cast<std::size_t>(row) + 1) * count));
    const T* at = all.data();
    for (std::size_t l = 0; l < count; ++l) {
      sizes[static_cast<std::size_t>(row) * count + l] = length(at, layers_[l] * layers_[l + 1]);
      at += (layers_[l] + 1) * layers_[l + 1];
    }
  }

  std::vector<int> layers_;
  DataSet data_;
  std::vector<T> x_, label_;
  Batches batches_;
  network::Pass<T> pass_;
  network::Score whole_, validation_, average_whole_, average_validation_;
  const Optimizer& optimizer_;
  Hyper hyper_;
  Clock clock_;
  ScheduleRun rates_;
  Rate rate_{};
  T lr_ = 0;
  std::vector<T> weights_, before_, gradient_, state_, shared_, effective_, average_;
};

std::unique_ptr<TrainingRun::State> start(const NetworkProblem& problem, int steps, const Settings& optimizer,
                                          const Settings& schedule, Precision precision) {
  if (precision == Precision::single)
    return std::make_unique<TypedState<float>>(problem, steps, optimizer, schedule);
  return std::make_unique<TypedState<double>>(problem, steps, optimizer, schedule);
}

}  // namespace

TrainingRun::TrainingRun(const NetworkProblem& problem, int steps, const Settings& optimizer,
                         const Settings& schedule, Precision precision)
    : state_(start(problem, steps, optimizer, schedule, precision)) {}
TrainingRun::~TrainingRun() = default;
TrainingRun::TrainingRun(const TrainingRun& other) : state_(other.state_->copy()) {}
TrainingRun::TrainingRun(TrainingRun&&) noexcept = default;
TrainingRun& TrainingRun::operator=(TrainingRun other) noexcept {
  state_.swap(other.state_);
  return *this;
}

bool TrainingRun::advance(int rows) {
  for (int i = 0; i < rows; ++i)
    if (!state_->advance()) return false;
  return state_->out.diverged_at < 0 && state_->out.size() <= state_->steps;
}

void TrainingRun::measure_every(int steps) {
  state_->measured_every = std::max(1, steps);
}

void TrainingRun::keep_average(double decay) {
  assert(state_->out.size() == 0);
  state_->keeps_average = true;
  state_->decay = decay;
}

void TrainingRun::keep_rates() {
  state_->keeps_rates = true;
}

const Training& TrainingRun::result() const {
  return state_->out;
}

Training train(const NetworkProblem& problem, int steps, const Settings& optimizer, const Settings& schedule,
               Precision precision) {
  TrainingRun run(problem, steps, optimizer, schedule, precision);
  while (run.advance(steps + 1)) {
  }
  return run.result();
}

}  // namespace stride
