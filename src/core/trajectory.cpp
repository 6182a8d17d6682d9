#include "core/trajectory.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <utility>

#include "core/fits/fit.h"
#include "core/loss_of_step.h"
#include "core/math/random.h"

namespace stride {

namespace {

/// One run of two coordinates under way; everything it needs lies in it.
struct Walker {
  Walker(const Settings& optimizer_settings, Point start, int coordinates)
      : n(coordinates),
        optimizer(optimizers()[optimizer_settings.row]),
        hyper(hyper_of(optimizer_settings)),
        p{start.x, start.y} {
    assert(optimizer.state_slots <= max_slots && optimizer.shared_slots <= max_shared);
  }

  void use(const Rate& rate) {
    lr = rate.lr;
    if (optimizer.momentum_slot >= 0 && rate.momentum == rate.momentum)
      hyper.values[optimizer.momentum_slot] = rate.momentum;
  }

  void step() {
    Lanes<double> run{n, 1, p, g, state, shared, &lr, effective};
    if (clock.t == 0) optimizer.init_double(hyper, clock, run);
    optimizer.step_double(hyper, clock, run);
  }

  /// The step of a rule that looks at the loss itself; at how many places it asked.
  int step_on(LossOfStep loss) {
    Lanes<double> run{n, 1, p, g, state, shared, &lr, effective};
    optimizer.step_on(hyper, clock, run, loss);
    return loss.asked;
  }

  /// Of the path so far: before the first step it is the start.
  double average(int i) const { return clock.t == 0 ? p[i] : optimizer.average(hyper, p[i], state[i]); }

  int n;  ///< coordinates that move
  const Optimizer& optimizer;
  Hyper hyper;
  Clock clock;
  double p[2], g[2] = {}, effective[2] = {}, lr = 0;
  double state[2 * max_slots] = {}, shared[max_shared] = {};
};

bool inside(double v) {
  return std::fabs(v) <= divergence_bound;  // false for NaN
}

constexpr std::vector<double> Trajectory::*columns[] = {
    &Trajectory::x,      &Trajectory::y,      &Trajectory::loss,     &Trajectory::lr,
    &Trajectory::grad_x, &Trajectory::grad_y, &Trajectory::momentum, &Trajectory::rate_x,
    &Trajectory::rate_y, &Trajectory::avg_x,  &Trajectory::avg_y};

void resize(Trajectory& path, int rows, bool averages) {
  for (std::size_t i = 0; i < std::size(columns) - (averages ? 0 : 2); ++i)
    (path.*columns[i]).resize(static_cast<std::size_t>(rows));
}

}  // namespace

struct Descent::State {
  State(const Objective& f, Point start, const Noise& n, int number, const Settings& optimizer,
        const Settings& schedule)
      : objective(f),
        noise(n),
        steps(number),
        walker(optimizer, start, f.weights),
        rates(schedule, walker.hyper.values[0], number),
        batches(batches_of(f)) {
    assert(steps >= 0 && steps <= max_steps);
  }
  bool averages() const { return walker.optimizer.average != nullptr; }
  void make_row();
  /// From row t to the next.
  void step(int t);
  /// What noise adds to coordinate i of the gradient of step t.
  double noise_at(int t, int i) const;

  Objective objective;
  Noise noise;
  int steps;
  Walker walker;
  ScheduleRun rates;
  std::shared_ptr<Batches> batches;
  Trajectory path;  ///< with room for the rows that are being made
  int made = 0;     ///< rows
  bool ended = false;
};

void Descent::State::step(int t) {
  if (!looks_at_loss(walker.optimizer)) return walker.step();
  LossOfStep loss{objective, {}, {}, {walker.p[0], walker.p[1]}};
  if (batches && !batches->full()) loss.batch = batches->at(t);
  for (int i = 0; i < objective.weights && noise.sigma > 0; ++i) loss.noise[i] = noise_at(t, i);
  path.asked.push_back(walker.step_on(loss));
}

double Descent::State::noise_at(int t, int i) const {
  return noise.sigma * gaussian(noise.seed, static_cast<unsigned>(t), static_cast<unsigned>(i));
}

void Descent::State::make_row() {
  const int t = made++;
  const auto row = static_cast<std::size_t>(t);
  if (t > 0) {
    step(t - 1);
    path.rate_x[row - 1] = walker.effective[0];
    path.rate_y[row - 1] = walker.effective[1];
    rates.advance(path.loss[row - 1]);
  }
  double f[3];
  objective.gradient(walker.p[0], walker.p[1], f);
  const double loss = f[0];
  if (batches) {
    if (!batches->full()) fit_gradient(*objective.fit, batches->at(t), walker.p[0], walker.p[1], f);
    path.batch_loss.push_back(f[0]);
  }
  for (int i = 0; i < objective.weights; ++i)
    walker.g[i] = noise.sigma > 0 ? f[i + 1] + noise_at(t, i) : f[i + 1];
  const Rate rate = rates.rate();
  walker.use(rate);
  path.x[row] = walker.p[0];
  path.y[row] = walker.p[1];
  path.loss[row] = loss;
  path.lr[row] = rate.lr;
  path.grad_x[row] = walker.g[0];
  path.grad_y[row] = walker.g[1];
  path.momentum[row] = walker.optimizer.momentum_slot >= 0 ? rate.momentum : none;
  if (averages()) {
    path.avg_x[row] = walker.average(0);
    path.avg_y[row] = objective.weights > 1 ? walker.average(1) : walker.p[1];
  }
  if (!(inside(walker.p[0]) && inside(walker.p[1]) && std::isfinite(loss))) path.diverged_at = t;
  path.rate_x[row] = path.rate_y[row] = none;
  ended = t == steps || path.diverged_at >= 0;
}

Descent::Descent(const Objective& objective, Point start, const Noise& noise, int steps,
                 const Settings& optimizer, const Settings& schedule)
    : state_(std::make_unique<State>(objective, start, noise, steps, optimizer, schedule)) {}

Descent::~Descent() = default;

bool Descent::advance(int rows) {
  State& s = *state_;
  rows = std::min(rows, s.steps + 1 - s.made);
  if (!s.ended) resize(s.path, s.made + rows, s.averages());
  for (; rows > 0 && !s.ended; --rows) s.make_row();
  return !s.ended;
}

Trajectory Descent::rows() const {
  const Trajectory& all = state_->path;
  Trajectory part;
  part.batch_loss = all.batch_loss;
  for (const auto column : columns)
    (part.*column)
        .assign((all.*column).begin(),
                (all.*column).begin() + std::min<long>(state_->made, std::ssize(all.*column)));
  return part;
}

Trajectory Descent::take() {
  assert(state_->ended);
  resize(state_->path, state_->made, state_->averages());
  return std::move(state_->path);
}

Trajectory trajectory(const Objective& objective, Point start, const Noise& noise, int steps,
                      const Settings& optimizer, const Settings& schedule) {
  Descent descent(objective, start, noise, steps, optimizer, schedule);
  descent.advance(steps + 1);
  return descent.take();
}

void keep_ema(Trajectory& path, double decay) {
  const auto follow = [decay](const std::vector<double>& from, std::vector<double>& to) {
    to = from;
    for (std::size_t t = 1; t < to.size(); ++t) to[t] = to[t - 1] + (1 - decay) * (from[t] - to[t - 1]);
  };
  follow(path.x, path.avg_x);
  follow(path.y, path.avg_y);
}

Trajectory average_of(const Objective& objective, const Trajectory& path) {
  Trajectory average;
  average.x = path.avg_x;
  average.y = path.avg_y;
  average.lr = path.lr;
  for (std::size_t t = 0; t < average.x.size(); ++t)
    average.loss.push_back(objective.at(average.x[t], average.y[t]).f);
  return average;
}

}  // namespace stride
