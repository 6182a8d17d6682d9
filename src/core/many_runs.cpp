#include "core/many_runs.h"

#include <algorithm>
#include <cassert>
#include <optional>

#include "core/fits/fit.h"
#include "core/lane_history.h"
#include "core/lane_loops.h"
#include "core/loss_of_step.h"
#include "core/math/random.h"
#include "core/run_alone.h"

namespace stride {

namespace {

constexpr float largest = std::numeric_limits<float>::max();

/// One group of lanes under way: everything the kernels touch, [coordinate][lane].
struct LaneGroup {
  LaneGroup(const Settings& settings, int lanes_, int coordinates = 2)
      : n(coordinates),
        optimizer(optimizers()[settings.row]),
        hyper(hyper_of(settings)),
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
    Lanes<float> b = view();
    optimizer.init_float(hyper, clock, b);
  }
  void slope(const Objective& o) {
    o.gradient_lanes(p.data(), p.data() + lanes, f.data(), g.data(), g.data() + lanes, lanes);
  }
  /// The slope of a batch in the place of the whole data's; the loss stays.
  void slope(const Fit& fit, std::span<const int> batch) {
    fit_gradient_lanes(fit, batch, p.data(), p.data() + lanes, nullptr, g.data(), g.data() + lanes, lanes);
  }
  void step() {
    Lanes<float> b = view();
    optimizer.step_float(hyper, clock, b);
  }
  Lanes<float> view() {
    return {n, lanes, p.data(), g.data(), state.data(), shared.data(), lr.data(), nullptr};
  }

  int n;  ///< coordinates that move; there are always two
  const Optimizer& optimizer;
  Hyper hyper;
  Clock clock;
  int lanes;
  std::vector<float> p, g, f, lr, state, shared;
};

/// Whether rate = a base + b at every step, with a and b the same for all bases.
bool is_affine(const Settings& schedule) {
  static const int chain = find_schedule("ChainedScheduler");  // a product of such factors is not
  if (schedule.row == chain) return false;
  return std::all_of(schedule.nested.begin(), schedule.nested.end(), is_affine);
}

/// The rates of the lanes of a group: from two runs of the schedule with base 0 and 1 where that is exact,
/// from one run a lane where lanes hear losses of their own or factors are multiplied.
class LaneRates {
 public:
  LaneRates(const ManyRuns& request, int first, int lanes) : lr_(request.lr.data() + first) {
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

/// Keeps the present row of lane l, `at` of all lanes. Never NaN: what is not a number is infinite.
void keep(const LaneGroup& group, std::size_t l, std::size_t at, ManyEnds& out) {
  const auto number = [](float v) { return v == v ? v : endless; };
  out.x[at] = number(group.p[l]);
  out.y[at] = number(group.p[l + group.size()]);
  out.loss[at] = std::fabs(group.f[l]) <= largest ? group.f[l] : endless;
}

/// Keeps the lanes that diverged at t.
void keep_diverged(const LaneGroup& group, int t, std::size_t first, ManyEnds& out) {
  const auto inside = [](float v) { return std::fabs(v) <= static_cast<float>(divergence_bound); };
  for (std::size_t l = 0; l < group.size(); ++l) {
    if (out.diverged_at[first + l] >= 0) continue;
    if (inside(group.p[l]) && inside(group.p[l + group.size()]) && std::fabs(group.f[l]) <= largest) continue;
    out.diverged_at[first + l] = t;
    keep(group, l, first + l, out);
  }
}

/// The noise of the shown trajectory, alike in all lanes.
void add_common_noise(const Noise& noise, int t, LaneGroup& group) {
  for (unsigned i = 0; i < static_cast<unsigned>(group.n); ++i) {
    const auto drawn = static_cast<float>(noise.sigma * gaussian(noise.seed, static_cast<unsigned>(t), i));
    float* g = group.g.data() + static_cast<std::ptrdiff_t>(i) * group.lanes;
    for (int l = 0; l < group.lanes; ++l) g[l] += drawn;
  }
}

void add_noise(const Noise& noise, unsigned first_lane, int t, LaneGroup& group) {
  const float sigma = static_cast<float>(noise.sigma);
  for (unsigned i = 0; i < static_cast<unsigned>(group.n); ++i) {
    float* g = group.g.data() + static_cast<std::ptrdiff_t>(i) * group.lanes;
    math::wide<AddNoise>(sigma, noise.seed + first_lane, static_cast<unsigned>(t), i, group.lanes, g);
  }
}

/// Says where the lanes have arrived, and since when.
void arrive(const ManyRuns& request, int first, int lanes, int last, const History& history, ManyEnds& out) {
  std::vector<float> x, y;
  for (auto at = static_cast<std::size_t>(first); at < static_cast<std::size_t>(first + lanes); ++at) {
    const int place = out.diverged_at[at] < 0 ? place_of(request, out.x[at], out.y[at]) : -1;
    out.place[at] = place;
    x.push_back(place < 0 ? out.x[at]
                          : static_cast<float>(request.places[static_cast<std::size_t>(place)].x));
    y.push_back(place < 0 ? out.y[at]
                          : static_cast<float>(request.places[static_cast<std::size_t>(place)].y));
  }
  if (!request.watch_arrival) return;
  history.arrivals(last, x, y, request.reach, out.arrived_at.data() + first);
  for (auto at = static_cast<std::size_t>(first); at < static_cast<std::size_t>(first + lanes); ++at)
    if (out.diverged_at[at] >= 0) out.arrived_at[at] = out.diverged_at[at];
}

/// A group on its way, step by step.
class LaneWalk {
 public:
  LaneWalk(const ManyRuns& request, int first, int lanes, History& history, ManyEnds& out)
      : request_(request),
        first_(first),
        history_(history),
        out_(out),
        group_(request.optimizer, lanes, request.objective.weights),
        rates_(request, first, lanes),
        batches_(batches_of(request.objective)),
        alive_(lanes) {
    const auto start = static_cast<std::ptrdiff_t>(first);
    std::copy_n(request.x.begin() + start, lanes, group_.p.begin());
    std::copy_n(request.y.begin() + start, lanes, group_.p.begin() + lanes);
    history.begin(request.steps, group_.p.size());
  }

  /// Looks where the lanes are, and steps on; whether it has. Where none is to come the ends are written.
  bool step() {
    group_.slope(request_.objective);
    history_.keep(group_.p, t_);
    const int still = look();
    if (still != alive_) keep_diverged(group_, t_, static_cast<std::size_t>(first_), out_);
    alive_ = still;
    if (t_ == request_.steps || alive_ == 0) {
      end();
      return false;
    }
    if (batches_ && !batches_->full()) group_.slope(*request_.objective.fit, batches_->at(t_));
    if (request_.noise.sigma > 0) {
      if (request_.common_noise)
        add_common_noise(request_.noise, t_, group_);
      else
        add_noise(request_.noise, static_cast<unsigned>(first_), t_, group_);
    }
    const double momentum = rates_.write(group_.lr);
    if (group_.optimizer.momentum_slot >= 0 && momentum == momentum)
      group_.hyper.values[group_.optimizer.momentum_slot] = momentum;
    if (t_ == 0) group_.init();
    group_.step();
    rates_.advance(group_.f);
    ++t_;
    return true;
  }

 private:
  int look() { return request_.tolerance > -no_limit ? looked<true>() : looked<false>(); }
  template <bool counting>
  int looked() {
    return math::wide<Watch<counting>>(group_.p.data(), group_.p.data() + group_.lanes, group_.f.data(),
                                       out_.diverged_at.data() + first_, group_.lanes, t_,
                                       static_cast<float>(request_.tolerance), out_.min_loss.data() + first_,
                                       out_.steps_to_tolerance.data() + first_);
  }
  void end() {
    for (std::size_t l = 0, at = static_cast<std::size_t>(first_); l < group_.size(); ++l, ++at) {
      if (out_.diverged_at[at] < 0) keep(group_, l, at, out_);
      if (out_.steps_to_tolerance[at] == never) out_.steps_to_tolerance[at] = -1;
    }
    arrive(request_, first_, group_.lanes, t_, history_, out_);
  }

  const ManyRuns& request_;
  int first_;
  History& history_;
  ManyEnds& out_;
  LaneGroup group_;
  LaneRates rates_;
  std::shared_ptr<Batches> batches_;
  int alive_, t_ = 0;
};

ManyEnds no_ends(const ManyRuns& request) {
  const std::size_t count = request.x.size();
  assert(request.y.size() == count && request.lr.size() == count);
  ManyEnds out;
  out.x.resize(count);
  out.y.resize(count);
  out.loss.resize(count);
  out.min_loss.assign(count, endless);
  out.diverged_at.assign(count, -1);
  out.steps_to_tolerance.assign(count, never);
  out.place.assign(count, -1);
  if (request.watch_arrival) out.arrived_at.assign(count, 0);
  return out;
}

/// All lanes, one group after the other, or one lane after the other where the rule looks at the loss.
class ManyWalk : public Walk {
 public:
  explicit ManyWalk(const ManyRuns& request) : request_(request), history_(request), ends(no_ends(request)) {}

  bool go_on() override {
    if (next_ == request_.x.size()) return false;
    return looks_at_loss(optimizers()[static_cast<std::size_t>(request_.optimizer.row)]) ? go_alone()
                                                                                         : go_together();
  }

 private:
  bool go_together() {
    const std::size_t lanes = std::min<std::size_t>(lanes_at_once, request_.x.size() - next_);
    if (!group_) group_.emplace(request_, static_cast<int>(next_), static_cast<int>(lanes), history_, ends);
    if (group_->step()) return true;
    group_.reset();
    next_ += lanes;
    return next_ < request_.x.size();
  }
  bool go_alone() {
    constexpr int rows = 16;
    if (!alone_) alone_ = descent_of(request_, next_);
    if (alone_->advance(rows)) return true;
    end_alone(request_, next_, alone_->take(), ends);
    alone_.reset();
    return ++next_ < request_.x.size();
  }

  ManyRuns request_;
  History history_;
  std::size_t next_ = 0;  ///< lane
  std::optional<LaneWalk> group_;
  std::unique_ptr<Descent> alone_;

 public:
  ManyEnds ends;
};

}  // namespace

int place_of(const ManyRuns& request, float x, float y) {
  double nearest = static_cast<double>(request.reach) * static_cast<double>(request.reach);
  int place = -1;
  for (std::size_t i = 0; i < request.places.size(); ++i) {
    const double dx = request.places[i].x - static_cast<double>(x);
    const double dy = request.places[i].y - static_cast<double>(y);
    const double distance = dx * dx + dy * dy;
    if (!(place < 0 ? distance <= nearest : distance < nearest)) continue;
    nearest = distance;
    place = static_cast<int>(i);
  }
  return place;
}

void set_rate(Settings& optimizer, Settings& schedule, double lr) {
  const Schedule& row = schedules()[static_cast<std::size_t>(schedule.row)];
  if (!row.sets_rate) {
    optimizer.values[0] = {lr};
    return;
  }
  double& top = schedule.values[static_cast<std::size_t>(find_param(row.params, "max_lr"))][0];
  if (const int low = find_param(row.params, "base_lr"); low >= 0)
    schedule.values[static_cast<std::size_t>(low)][0] *= lr / top;
  top = lr;
}

ManyEnds run_many(const ManyRuns& request) {
  Slices whole;
  const ManyWalk* const walk = (request.slices ? *request.slices : whole).walk<ManyWalk>(request);
  return walk ? walk->ends : no_ends(request);
}

double bench_many(const Objective& objective, const Settings& optimizer, int lanes, int steps) {
  const Point start = objective.expression ? Point{} : surfaces()[objective.surface].start;
  double sum = 0;
  for (int first = 0; first < lanes; first += lanes_at_once) {
    LaneGroup group(optimizer, std::min(lanes_at_once, lanes - first), objective.weights);
    for (int l = 0; l < group.lanes; ++l) {
      const auto lane = static_cast<unsigned>(first + l);
      group.p[static_cast<std::size_t>(l)] = static_cast<float>(start.x + 0.1 * (uniform(1, lane, 0) - 0.5));
      group.p[static_cast<std::size_t>(l + group.lanes)] =
          static_cast<float>(start.y + 0.1 * (uniform(1, lane, 1) - 0.5));
    }
    std::fill(group.lr.begin(), group.lr.end(), static_cast<float>(group.hyper.values[0]));
    group.init();
    for (int t = 0; t < steps; ++t) {
      group.slope(objective);
      group.step();
    }
    for (float v : group.p)
      if (std::fabs(v) <= largest) sum += static_cast<double>(v);
  }
  return sum;
}

double bench_update(const Settings& optimizer, int lanes, int steps) {
  LaneGroup group(optimizer, lanes);
  std::fill(group.g.begin(), group.g.end(), 0.1f);
  std::fill(group.lr.begin(), group.lr.end(), static_cast<float>(group.hyper.values[0]));
  group.init();
  for (int t = 0; t < steps; ++t) group.step();
  return static_cast<double>(group.p[0]);
}

}  // namespace stride
