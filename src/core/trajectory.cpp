#include "core/trajectory.h"

#include <cassert>

#include "core/fits/fit.h"
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

void resize(Trajectory& path, int rows) {
  for (std::vector<double>* column : {&path.x, &path.y, &path.loss, &path.lr, &path.grad_x, &path.grad_y,
                                      &path.momentum, &path.rate_x, &path.rate_y})
    column->resize(static_cast<std::size_t>(rows));
}

}  // namespace

Trajectory trajectory(const Objective& objective, Point start, const Noise& noise, int steps,
                      const Settings& optimizer, const Settings& schedule) {
  assert(steps >= 0 && steps <= max_steps);
  Walker walker(optimizer, start, objective.weights);
  ScheduleRun rates(schedule, walker.hyper.values[0], steps);
  const std::shared_ptr<Batches> batches = batches_of(objective);
  Trajectory path;
  resize(path, steps + 1);
  int t = 0;
  for (;; ++t) {
    const auto row = static_cast<std::size_t>(t);
    double f[3];
    objective.gradient(walker.p[0], walker.p[1], f);
    const double loss = f[0];
    if (batches) {
      if (!batches->full()) fit_gradient(*objective.fit, batches->at(t), walker.p[0], walker.p[1], f);
      path.batch_loss.push_back(f[0]);
    }
    for (int i = 0; i < objective.weights; ++i)
      walker.g[i] = noise.sigma > 0 ? f[i + 1] + noise.sigma * gaussian(noise.seed, static_cast<unsigned>(t),
                                                                        static_cast<unsigned>(i))
                                    : f[i + 1];
    const Rate rate = rates.rate();
    walker.use(rate);
    path.x[row] = walker.p[0];
    path.y[row] = walker.p[1];
    path.loss[row] = loss;
    path.lr[row] = rate.lr;
    path.grad_x[row] = walker.g[0];
    path.grad_y[row] = walker.g[1];
    path.momentum[row] = walker.optimizer.momentum_slot >= 0 ? rate.momentum : none;
    if (!(inside(walker.p[0]) && inside(walker.p[1]) && std::isfinite(loss))) path.diverged_at = t;
    if (t == steps || path.diverged_at >= 0) break;
    walker.step();
    path.rate_x[row] = walker.effective[0];
    path.rate_y[row] = walker.effective[1];
    rates.advance(loss);
  }
  resize(path, t + 1);
  path.rate_x.back() = path.rate_y.back() = none;
  return path;
}

}  // namespace stride
