#include "core/block.h"

#include <algorithm>
#include <cassert>
#include <optional>

#include "core/random.h"

namespace stride {

namespace {

constexpr float endless = std::numeric_limits<float>::infinity();
constexpr float largest = std::numeric_limits<float>::max();
constexpr int never = std::numeric_limits<int>::max();

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
  double write(std::span<float> out) {
    if (!shared_) {
      for (std::size_t l = 0; l < out.size(); ++l) out[l] = static_cast<float>(runs_[l].rate().lr);
      return runs_[0].rate().momentum;
    }
    const Rate zero = runs_[0].rate(), one = runs_[1].rate();
    const double a = unit_ ? zero.lr / *unit_ : one.lr - zero.lr, b = unit_ ? 0 : zero.lr;
    if (a == last_a_ && b == last_b_) return one.momentum;
    last_a_ = a;
    last_b_ = b;
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
  double last_a_ = none, last_b_ = none;  ///< what `out` holds
  std::optional<double> unit_;            ///< the max_lr that the lane's rate takes the place of
};

/// Lowest losses and steps to the tolerance of the lanes that have not diverged; returns how many of them are
/// within bounds.
template <bool counting>
int watch(const float* __restrict x, const float* __restrict y, const float* __restrict f,
          const int* __restrict diverged_at, int lanes, int t, float tolerance, float* __restrict min_loss,
          int* __restrict steps_to) {
  constexpr float bound = static_cast<float>(divergence_bound);
  int alive = 0;
  for (int l = 0; l < lanes; ++l) {
    const float now = f[l], lowest = min_loss[l];
    const int end = diverged_at[l];
    // Within the bound exactly where x, y and the loss are within theirs: one comparison, not three.
    const float ax = std::fabs(x[l]), ay = std::fabs(y[l]),
                size = (ax > ay ? ax : ay) + (ay - ay) + (now - now);
    const float distance = end < 0 ? size : 2 * bound;
    const float value =
        now + (distance <= bound ? 0.0f : endless);  // never the lowest where it does not count
    min_loss[l] = value < lowest ? value : lowest;
    alive += distance <= bound ? 1 : 0;
    if constexpr (counting) {
      const int reached = value <= tolerance ? t : never;
      const int before = steps_to[l];
      steps_to[l] = reached < before ? reached : before;
    }
  }
  return alive;
}

/// Where the lanes' boxes stand, and since when.
struct Boxes {
  std::vector<float> x, y;
  void follow(const Block& block, int t, float reach, int* since) {
    if (t == 0) {
      x.assign(block.p.begin(), block.p.begin() + block.lanes);
      y.assign(block.p.begin() + block.lanes, block.p.end());
    }
    put(block.p.data(), block.p.data() + block.lanes, block.lanes, t, reach, x.data(), y.data(), since);
  }
  static void put(const float* __restrict px, const float* __restrict py, int lanes, int t, float reach,
                  float* __restrict x, float* __restrict y, int* __restrict since) {
    for (int l = 0; l < lanes; ++l) {
      const float now_x = px[l], now_y = py[l], old_x = x[l], old_y = y[l];
      const float dx = std::fabs(now_x - old_x), dy = std::fabs(now_y - old_y);
      const float far = dx > dy ? dx : dy;
      const int old = since[l];
      x[l] = far <= reach ? old_x : now_x;
      y[l] = far <= reach ? old_y : now_y;
      since[l] = far <= reach ? old : t;
    }
  }
};

/// Keeps the present row of lane l, `at` of all lanes. Never NaN: what is not a number is infinite.
void keep(const Block& block, std::size_t l, std::size_t at, BlockResult& out) {
  const auto number = [](float v) { return v == v ? v : endless; };
  out.x[at] = number(block.p[l]);
  out.y[at] = number(block.p[l + block.size()]);
  out.loss[at] = std::fabs(block.f[l]) <= largest ? block.f[l] : endless;
}

/// Keeps the lanes that diverged at t.
void keep_diverged(const Block& block, int t, std::size_t first, BlockResult& out) {
  const auto inside = [](float v) { return std::fabs(v) <= static_cast<float>(divergence_bound); };
  for (std::size_t l = 0; l < block.size(); ++l) {
    if (out.diverged_at[first + l] >= 0) continue;
    if (inside(block.p[l]) && inside(block.p[l + block.size()]) && std::fabs(block.f[l]) <= largest) continue;
    out.diverged_at[first + l] = t;
    keep(block, l, first + l, out);
  }
}

/// The noise of the shown trajectory, alike in all lanes.
void add_common_noise(const Noise& noise, int t, Block& block) {
  for (unsigned i = 0; i < 2; ++i) {
    const auto drawn = static_cast<float>(noise.sigma * gaussian(noise.seed, static_cast<unsigned>(t), i));
    float* g = block.g.data() + static_cast<std::ptrdiff_t>(i) * block.lanes;
    for (int l = 0; l < block.lanes; ++l) g[l] += drawn;
  }
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
  auto* look = request.tolerance > -no_limit ? watch<true> : watch<false>;
  Boxes boxes;
  int alive = lanes;
  for (int t = 0;; ++t) {
    block.slope(request.objective);
    if (request.settle > 0) boxes.follow(block, t, request.settle, out.settled_at.data() + first);
    const int still = look(block.p.data(), block.p.data() + lanes, block.f.data(),
                           out.diverged_at.data() + first, lanes, t, static_cast<float>(request.tolerance),
                           out.min_loss.data() + first, out.steps_to_tolerance.data() + first);
    if (still != alive) keep_diverged(block, t, static_cast<std::size_t>(first), out);
    alive = still;
    if (t == request.steps || alive == 0) break;
    if (request.noise.sigma > 0) {
      if (request.common_noise)
        add_common_noise(request.noise, t, block);
      else
        add_noise(request.noise, static_cast<unsigned>(first), t, block);
    }
    const double momentum = rates.write(block.lr);
    if (block.optimizer.momentum_slot >= 0 && momentum == momentum)
      block.hyper.values[block.optimizer.momentum_slot] = momentum;
    if (t == 0) block.init();
    block.step();
    rates.advance(block.f);
  }
  for (std::size_t l = 0, at = static_cast<std::size_t>(first); l < block.size(); ++l, ++at) {
    if (out.diverged_at[at] < 0) keep(block, l, at, out);
    if (out.steps_to_tolerance[at] == never) out.steps_to_tolerance[at] = -1;
  }
}

}  // namespace

BlockResult run_block(const BlockRequest& request) {
  const std::size_t count = request.x.size();
  assert(request.y.size() == count && request.lr.size() == count);
  BlockResult out;
  out.x.resize(count);
  out.y.resize(count);
  out.loss.resize(count);
  out.min_loss.assign(count, endless);
  out.diverged_at.assign(count, -1);
  out.steps_to_tolerance.assign(count, never);
  if (request.settle > 0) out.settled_at.assign(count, 0);
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
