#include "core/block.h"

#include <algorithm>
#include <cassert>
#include <optional>

#include "core/random.h"

namespace stride {

namespace {

constexpr float endless = std::numeric_limits<float>::infinity();
constexpr float largest = std::numeric_limits<float>::max();

/// One block under way: everything the kernels touch, [coordinate][lane].
struct Block {
  Block(const Spec& spec, int lanes_)
      : optimizer(optimizers()[spec.row]),
        hyper(hyper_of(spec)),
        lanes(lanes_),
        p(2 * size()),
        g(2 * size()),
        f(size()),
        lr(size()),
        state(2 * size() * static_cast<std::size_t>(optimizer.state_slots)),
        shared(size() * static_cast<std::size_t>(optimizer.shared_slots)) {}

  std::size_t size() const { return static_cast<std::size_t>(lanes); }
  void init() {
    std::fill(state.begin(), state.end(), 0.0f);
    std::fill(shared.begin(), shared.end(), 0.0f);
    Batch<float> b = batch();
    optimizer.init_float(hyper, clock, b);
  }
  void slope(const Objective& o) {
    o.block(p.data(), p.data() + lanes, f.data(), g.data(), g.data() + lanes, lanes);
  }
  void step() {
    Batch<float> b = batch();
    optimizer.step_float(hyper, clock, b);
  }
  Batch<float> batch() {
    return {2, lanes, p.data(), g.data(), state.data(), shared.data(), lr.data(), nullptr};
  }

  const Optimizer& optimizer;
  Hyper hyper;
  Clock clock;
  int lanes;
  std::vector<float> p, g, f, lr, state, shared;
};

/// Whether rate = a base + b at every step, with a and b the same for all bases.
bool is_affine(const Spec& schedule) {
  static const int chain = find_schedule("ChainedScheduler");  // a product of such factors is not
  if (schedule.row == chain) return false;
  return std::all_of(schedule.nested.begin(), schedule.nested.end(), is_affine);
}

/// The rates of the lanes of a block: from two runs of the schedule with base 0 and 1 where that is exact,
/// from one run a lane where lanes hear losses of their own or factors are multiplied.
class LaneRates {
 public:
  LaneRates(const BlockRequest& request, int first, int lanes) : lr_(request.lr.data() + first) {
    const Schedule& schedule = schedules()[request.schedule.row];
    const ScheduleRun one(request.schedule, 1, request.steps);
    if (!one.listens() && is_affine(request.schedule)) {
      runs_ = {ScheduleRun(request.schedule, 0, request.steps), one};
      shared_ = true;
      if (schedule.sets_rate) unit_ = request.schedule.number(find_param(schedule.params, "max_lr"));
      return;
    }
    for (int l = 0; l < lanes; ++l)
      runs_.emplace_back(request.schedule, static_cast<double>(lr_[l]), request.steps);
  }

  /// Writes the lanes' rates; returns the momentum, NaN where it is not moved.
  double write(std::span<float> out) const {
    if (!shared_) {
      for (std::size_t l = 0; l < out.size(); ++l) out[l] = static_cast<float>(runs_[l].rate().lr);
      return runs_[0].rate().momentum;
    }
    const Rate zero = runs_[0].rate(), one = runs_[1].rate();
    const double a = unit_ ? zero.lr / *unit_ : one.lr - zero.lr, b = unit_ ? 0 : zero.lr;
    for (std::size_t l = 0; l < out.size(); ++l)
      out[l] = static_cast<float>(a * static_cast<double>(lr_[l]) + b);
    return one.momentum;
  }

  void advance(std::span<const float> loss) {
    for (std::size_t l = 0; l < runs_.size(); ++l)
      runs_[l].advance(shared_ ? 0 : static_cast<double>(loss[l]));
  }

 private:
  const float* lr_;
  std::vector<ScheduleRun> runs_;
  bool shared_ = false;
  std::optional<double> unit_;  ///< the max_lr that the lane's rate takes the place of
};

/// Remembers the lanes that are still on their way; returns how many will go on.
int watch(const float* __restrict x, const float* __restrict y, const float* __restrict f, int lanes, int t,
          float tolerance, float* __restrict out_x, float* __restrict out_y, float* __restrict out_loss,
          float* __restrict out_min, int* __restrict diverged_at, int* __restrict steps_to) {
  constexpr float bound = static_cast<float>(divergence_bound);
  int alive = 0;
  for (int l = 0; l < lanes; ++l) {
    // All is read before anything is chosen: a choice between two addresses would not vectorise.
    const float now_x = x[l], now_y = y[l], now = f[l];
    const float old_x = out_x[l], old_y = out_y[l], old = out_loss[l], old_min = out_min[l];
    const int old_end = diverged_at[l], old_steps = steps_to[l];
    const int live = old_end < 0, finite = std::fabs(now) <= largest;
    const int good = int(std::fabs(now_x) <= bound) & int(std::fabs(now_y) <= bound) & finite;
    out_x[l] = (live & int(now_x == now_x)) ? now_x : old_x;
    out_y[l] = (live & int(now_y == now_y)) ? now_y : old_y;
    out_loss[l] = live ? (finite ? now : endless) : old;
    out_min[l] = (live & int(now < old_min)) ? now : old_min;
    steps_to[l] = (live & int(old_steps < 0) & int(now <= tolerance)) ? t : old_steps;
    diverged_at[l] = (live & (good ^ 1)) ? t : old_end;
    alive += live & good;
  }
  return alive;
}

void add_noise(const Noise& noise, unsigned first_lane, int t, Block& block) {
  const float sigma = static_cast<float>(noise.sigma);
  for (unsigned i = 0; i < 2; ++i) {
    float* g = block.g.data() + static_cast<std::ptrdiff_t>(i) * block.lanes;
    for (int l = 0; l < block.lanes; ++l)
      g[l] += sigma *
              gaussian_float(noise.seed + first_lane + static_cast<unsigned>(l), static_cast<unsigned>(t), i);
  }
}

void run_lanes(const BlockRequest& request, int first, int lanes, BlockResult& out) {
  Block block(request.optimizer, lanes);
  const auto start = static_cast<std::ptrdiff_t>(first);
  std::copy_n(request.x.begin() + start, lanes, block.p.begin());
  std::copy_n(request.y.begin() + start, lanes, block.p.begin() + lanes);
  LaneRates rates(request, first, lanes);
  for (int t = 0;; ++t) {
    block.slope(request.objective);
    const int alive = watch(block.p.data(), block.p.data() + lanes, block.f.data(), lanes, t,
                            static_cast<float>(request.tolerance), out.x.data() + first, out.y.data() + first,
                            out.loss.data() + first, out.min_loss.data() + first,
                            out.diverged_at.data() + first, out.steps_to_tolerance.data() + first);
    if (t == request.steps || alive == 0) return;
    if (request.noise.sigma > 0) add_noise(request.noise, static_cast<unsigned>(first), t, block);
    const double momentum = rates.write(block.lr);
    if (block.optimizer.momentum_slot >= 0 && momentum == momentum)
      block.hyper.values[block.optimizer.momentum_slot] = momentum;
    if (t == 0) block.init();
    block.step();
    rates.advance(block.f);
  }
}

}  // namespace

BlockResult run_block(const BlockRequest& request) {
  const std::size_t count = request.x.size();
  assert(request.y.size() == count && request.lr.size() == count);
  BlockResult out;
  out.x = request.x;
  out.y = request.y;
  out.loss.assign(count, endless);
  out.min_loss.assign(count, endless);
  out.diverged_at.assign(count, -1);
  out.steps_to_tolerance.assign(count, -1);
  for (std::size_t first = 0; first < count; first += block_lanes)
    run_lanes(request, static_cast<int>(first),
              static_cast<int>(std::min<std::size_t>(block_lanes, count - first)), out);
  return out;
}

double bench_block(const Objective& objective, const Spec& optimizer, int lanes, int steps) {
  const Point start = objective.expression ? Point{} : surfaces()[objective.surface].start;
  double sum = 0;
  for (int first = 0; first < lanes; first += block_lanes) {
    Block block(optimizer, std::min(block_lanes, lanes - first));
    for (int l = 0; l < block.lanes; ++l) {
      const auto lane = static_cast<unsigned>(first + l);
      block.p[static_cast<std::size_t>(l)] = static_cast<float>(start.x + 0.1 * (uniform(1, lane, 0) - 0.5));
      block.p[static_cast<std::size_t>(l + block.lanes)] =
          static_cast<float>(start.y + 0.1 * (uniform(1, lane, 1) - 0.5));
    }
    std::fill(block.lr.begin(), block.lr.end(), static_cast<float>(block.hyper.values[0]));
    block.init();
    for (int t = 0; t < steps; ++t) {
      block.slope(objective);
      block.step();
    }
    for (float v : block.p)
      if (std::fabs(v) <= largest) sum += static_cast<double>(v);
  }
  return sum;
}

}  // namespace stride
