#include "core/networks/side_by_side/trainings_side_by_side.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/networks/side_by_side/side_pass.h"

namespace stride {

using side_by_side::Pack, side_by_side::side, side_by_side::SidePass;
static_assert(TrainingsSideBySide::most == side);

struct TrainingsSideBySide::State {
  State(const NetworkProblem& problem, int steps_, std::span<const Mover> movers)
      : steps(steps_),
        layers(problem.layers),
        data(make_dataset(problem.data)),
        x(data.x.begin(), data.x.end()),
        label(data.label.begin(), data.label.end()),
        batches(batches_of(problem)),
        pass(problem.layers, problem.activation),
        optimizer(optimizers()[static_cast<std::size_t>(movers[0].optimizer.row)]),
        hyper(hyper_of(movers[0].optimizer)),
        results(movers.size()) {
    assert(movers.size() <= side);
    for (const double w : initial_weights(problem))
      weights.insert(weights.end(), side, static_cast<float>(w));
    gradient.resize(weights.size());
    state.resize(weights.size() * static_cast<std::size_t>(optimizer.state_slots));
    shared.resize(static_cast<std::size_t>(optimizer.shared_slots * side));
    for (const Mover& mover : movers) rates.emplace_back(mover.schedule, mover.optimizer.values[0][0], steps);
    take_rates();
    Lanes<float> all = storage();
    optimizer.init_float(hyper, clock, all);
  }

  Lanes<float> storage() {
    return {static_cast<int>(weights.size()) / side,
            side,
            weights.data(),
            gradient.data(),
            state.data(),
            shared.data(),
            lr,
            nullptr,
            layers};
  }

  void take_rates() {
    for (std::size_t l = 0; l < side; ++l)  // lanes that nobody asked for follow the first
      lr[l] = static_cast<float>(rates[l < rates.size() ? l : 0].rate().lr);
    const double momentum = rates[0].rate().momentum;
    if (optimizer.momentum_slot >= 0 && !std::isnan(momentum))
      hyper.values[optimizer.momentum_slot] = momentum;
  }

  bool goes_on(const Series& run) const { return run.diverged_at < 0 && run.size() <= steps; }

  void step() {
    Lanes<float> all = storage();
    optimizer.step_float(hyper, clock, all);
    for (std::size_t l = 0; l < rates.size(); ++l) rates[l].advance(results[l].loss.back());
    take_rates();
  }

  bool has_left(std::size_t lane) const {
    for (std::size_t i = lane; i < weights.size(); i += side)
      if (!(std::fabs(weights[i]) <= static_cast<float>(divergence_bound))) return true;
    return false;
  }

  bool advance() {
    if (std::none_of(results.begin(), results.end(), [&](const Series& run) { return goes_on(run); }))
      return false;
    if (row > 0) step();
    const auto score = [&](const int* batch, int count, bool wanted) {
      return pass.score(x.data(), label.data(), weights.data(), batch, 0, count,
                        wanted ? gradient.data() : nullptr);
    };
    const Pack loss = score(nullptr, data.training, batches.full());
    if (!batches.full()) {
      const std::span<const int> batch = batches.at(row);
      score(batch.data(), static_cast<int>(batch.size()), true);
    }
    for (std::size_t l = 0; l < results.size(); ++l) {
      Series& run = results[l];
      if (!goes_on(run)) continue;
      run.loss.push_back(static_cast<double>(loss[l]));
      if (!std::isfinite(run.loss.back()) || has_left(l)) run.diverged_at = row;
    }
    ++row;
    return true;
  }

  int steps, row = 0;
  std::vector<int> layers;
  DataSet data;
  std::vector<float> x, label;
  Batches batches;
  SidePass pass;
  const Optimizer& optimizer;
  Hyper hyper;
  Clock clock;
  std::vector<ScheduleRun> rates;
  std::vector<float> weights, gradient, state, shared;  // [number][network]
  float lr[side] = {};
  std::vector<Series> results;
};

bool TrainingsSideBySide::suits(const Settings& optimizer) {
  return !optimizers()[static_cast<std::size_t>(optimizer.row)].networks_only;
}

TrainingsSideBySide::TrainingsSideBySide(const NetworkProblem& problem, int steps,
                                         std::span<const Mover> movers)
    : state_(std::make_unique<State>(problem, steps, movers)) {}
TrainingsSideBySide::~TrainingsSideBySide() = default;
TrainingsSideBySide::TrainingsSideBySide(TrainingsSideBySide&&) noexcept = default;
TrainingsSideBySide& TrainingsSideBySide::operator=(TrainingsSideBySide&&) noexcept = default;

bool TrainingsSideBySide::advance(int rows) {
  for (int i = 0; i < rows; ++i)
    if (!state_->advance()) return false;
  const auto goes_on = [&](const Series& run) { return state_->goes_on(run); };
  return std::any_of(state_->results.begin(), state_->results.end(), goes_on);
}

int TrainingsSideBySide::size() const {
  return state_->row;
}

const std::vector<Series>& TrainingsSideBySide::results() const {
  return state_->results;
}

}  // namespace stride
