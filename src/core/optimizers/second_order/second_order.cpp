// Rules that look at the loss themselves: Newton's method, by its curvature, and L-BFGS, by the gradients that it
// has met. Equations are numbered as in Nocedal and Wright, "Numerical Optimization", 2nd edition (2006).
#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/fits/fit.h"
#include "core/loss_of_step.h"
#include "core/optimizers/optimizer_rows.h"

namespace stride {

Derivatives LossOfStep::at(double x, double y) {
  ++asked;
  Derivatives d = batch.empty() ? objective.at(x, y) : fit_at(*objective.fit, x, y, batch);
  d.f += noise[0] * (x - origin.x) + noise[1] * (y - origin.y);
  d.dx += noise[0];
  d.dy += noise[1];
  return d;
}

bool looks_at_loss(const Optimizer& row) {
  return row.descents_only;
}

namespace rows {

namespace {

/// Armijo's condition (3.4) and the curvature condition (3.7b), as torch.optim.LBFGS sets them.
constexpr double enough = 1e-4, flat_enough = 0.9;
constexpr int most_trials = 25;

struct Vec {
  double x = 0, y = 0;
};
double dot(Vec a, Vec b) {
  return a.x * b.x + a.y * b.y;
}
Vec times(double k, Vec a) {
  return {k * a.x, k * a.y};
}
Vec plus(Vec a, Vec b) {
  return {a.x + b.x, a.y + b.y};
}
double largest(Vec a) {
  return std::max(std::fabs(a.x), std::fabs(a.y));
}

/// A descent's place and direction; `n` coordinates move.
struct Line {
  LossOfStep& loss;
  Vec from, along;
  int n;

  /// Loss and slope after a step of length t.
  struct At {
    double t, f, slope;
  };
  At at(double t) const {
    const Derivatives d = loss.at(from.x + t * along.x, n > 1 ? from.y + t * along.y : from.y);
    return {t, d.f, dot({d.dx, n > 1 ? d.dy : 0}, along)};
  }
};

/// Where the cubic through two points with their slopes is least (3.59), within bounds.
double cubic_minimum(Line::At a, Line::At b, double least, double most) {
  if (a.t > b.t) std::swap(a, b);
  const double d1 = a.slope + b.slope - 3 * (a.f - b.f) / (a.t - b.t);
  const double square = d1 * d1 - a.slope * b.slope;
  if (!(square >= 0)) return (least + most) / 2;
  const double d2 = std::sqrt(square);
  const double t = b.t - (b.t - a.t) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2));
  return std::min(std::max(t, least), most);
}

/// The length of a step that meets the strong Wolfe conditions (algorithms 3.5 and 3.6), with the safeguards of
/// torch.optim.LBFGS; the best that was met where the trials run out.
class WolfeSearch {
 public:
  WolfeSearch(const Line& line, double f, double slope) : line_(line), start_{0, f, slope} {}

  double length(double first) {
    const bool found = bracket(first);
    low_ = !found && !(ends_[0].f <= ends_[1].f);
    if (!found) zoom();
    return ends_[low_].t;
  }

 private:
  using At = Line::At;
  bool too_high(const At& a) const { return a.f > start_.f + enough * a.t * start_.slope; }
  bool is_flat(const At& a) const { return std::fabs(a.slope) <= -flat_enough * start_.slope; }

  /// Longer and longer steps, until one is good (true: the first end) or a good one lies between the ends.
  bool bracket(double first) {
    At last = start_, now = line_.at(first);
    for (; trials_ < most_trials; ++trials_) {
      if (too_high(now) || (trials_ > 1 && now.f >= last.f)) break;
      if (is_flat(now)) {
        ends_[0] = now;
        return true;
      }
      if (now.slope >= 0) break;
      const double next = cubic_minimum(last, now, now.t + 0.01 * (now.t - last.t), now.t * 10);
      last = now;
      now = line_.at(next);
    }
    ends_[0] = trials_ == most_trials ? start_ : last;
    ends_[1] = now;
    return false;
  }

  /// A trial between the ends, away from them where the one before was close to one too.
  double trial(bool& slow) const {
    const double left = std::min(ends_[0].t, ends_[1].t), right = std::max(ends_[0].t, ends_[1].t);
    const double edge = 0.1 * (right - left), t = cubic_minimum(ends_[0], ends_[1], left, right);
    const bool close = std::min(right - t, t - left) < edge;
    if (!close || !(slow || t >= right || t <= left)) {
      slow = close;
      return t;
    }
    slow = false;
    return std::fabs(t - right) < std::fabs(t - left) ? right - edge : left + edge;
  }

  /// Narrows the bracket.
  void zoom() {
    bool slow = false;
    const double size = largest(line_.along);
    while (trials_ < most_trials && !(std::fabs(ends_[1].t - ends_[0].t) * size < 1e-9)) {
      const At now = line_.at(trial(slow));
      ++trials_;
      if (too_high(now) || now.f >= ends_[low_].f) {
        ends_[!low_] = now;
        low_ = !(ends_[0].f <= ends_[1].f);
        continue;
      }
      const bool done = is_flat(now);
      if (!done && now.slope * (ends_[!low_].t - ends_[low_].t) >= 0) ends_[!low_] = ends_[low_];
      ends_[low_] = now;
      if (done) return;
    }
  }

  const Line& line_;
  At start_, ends_[2] = {};  ///< the ends of the bracket
  bool low_ = false;         ///< which of them is the lower
  int trials_ = 0;
};

/// The first of lr, lr/2, lr/4 ... after which the loss is lower by enough (algorithm 3.1); 0 where none is.
double backtracked(const Line& line, double f, double slope, double lr) {
  for (int i = 0; i < most_trials; ++i, lr /= 2)
    if (line.at(lr).f <= f + enough * lr * slope) return lr;
  return 0;
}

Vec place_of(const Lanes<double>& run) {
  return {run.p[0], run.p[1]};
}

void move(Lanes<double>& run, double length, Vec along) {
  run.p[0] += length * along.x;
  if (run.n > 1) run.p[1] += length * along.y;
  if (run.effective) run.effective[0] = run.effective[1] = length;
}

/// Newton's direction: the gradient, divided along each of the curvature's axes by the curvature there, which is
/// turned positive where that is wanted, and damped. Along an axis without any it is 0.
Vec newton_direction(const Derivatives& d, double damping, bool turned, int n) {
  const auto divided = [&](double slope, double curvature) {
    const double by = (turned ? std::fabs(curvature) : curvature) + damping;
    return by == 0 ? 0 : -slope / by;
  };
  if (n == 1) return {divided(d.dx, d.dxx), 0};
  const Curvature both = curvature(d);
  // An axis of the larger curvature: the longer of the two columns of H - smallest.
  Vec axis{d.dxx - both.smallest, d.dxy};
  const Vec other{d.dxy, d.dyy - both.smallest};
  if (dot(other, other) > dot(axis, axis)) axis = other;
  const double size = std::sqrt(dot(axis, axis));
  axis = size > 0 ? times(1 / size, axis) : Vec{1, 0};
  const Vec across{-axis.y, axis.x}, g{d.dx, d.dy};
  return plus(times(divided(dot(g, axis), both.largest), axis),
              times(divided(dot(g, across), both.smallest), across));
}

/// lr, damping, saddle_free, line_search_fn.
void newton_step(const Hyper& h, Clock& clock, Lanes<double>& run, LossOfStep& loss) {
  ++clock.t;
  const Vec from = place_of(run);
  const Derivatives here = loss.at(from.x, from.y);
  const Line line{loss, from, newton_direction(here, h.values[1], h.values[2] != 0, run.n), run.n};
  const double slope = dot({here.dx, run.n > 1 ? here.dy : 0}, line.along);
  const bool searches = h.values[3] != 0 && slope < 0;
  move(run, searches ? backtracked(line, here.f, slope, run.lr[0]) : run.lr[0], line.along);
}

/// Places in the state of L-BFGS: two slots, then two for each pair of a step and what it changed in the gradient.
constexpr int last_step = 0, last_gradient = 1, pairs = 2;
constexpr int most_pairs = 10;

struct Memory {
  double* state;
  Vec slot(int i) const { return {state[2 * i], state[2 * i + 1]}; }
  void put(int i, Vec v) {
    state[2 * i] = v.x;
    state[2 * i + 1] = v.y;
  }
  Vec step(int i) const { return slot(pairs + 2 * i); }
  Vec change(int i) const { return slot(pairs + 2 * i + 1); }
};

/// The two loops (algorithm 7.4) over the pairs, oldest first; `scale` stands for the inverse curvature at first.
Vec lbfgs_direction(const Memory& memory, int count, double scale, Vec g) {
  double share[most_pairs] = {};
  const auto weight = [&](int i) { return 1 / dot(memory.change(i), memory.step(i)); };
  Vec d = times(-1, g);
  for (int i = count - 1; i >= 0; --i) {
    share[i] = dot(memory.step(i), d) * weight(i);
    d = plus(d, times(-share[i], memory.change(i)));
  }
  d = times(scale, d);
  for (int i = 0; i < count; ++i)
    d = plus(d, times(share[i] - dot(memory.change(i), d) * weight(i), memory.step(i)));
  return d;
}

/// Takes up the last step and what it changed, where the curvature along it is positive.
void remember(Memory& memory, double& count, double& scale, int most, Vec g) {
  const Vec step = memory.slot(last_step), change = plus(g, times(-1, memory.slot(last_gradient)));
  const double product = dot(change, step);
  if (!(product > 1e-10)) return;
  int kept = static_cast<int>(count);
  if (kept == most) {
    --kept;
    std::copy(memory.state + 2 * (pairs + 2), memory.state + 2 * (pairs + 2 * most),
              memory.state + 2 * pairs);
  }
  memory.put(pairs + 2 * kept, step);
  memory.put(pairs + 2 * kept + 1, change);
  count = kept + 1;
  scale = product / dot(change, change);
}

/// lr, history_size, tolerance_grad, tolerance_change, line_search_fn. Clock: pairs kept, scale.
void lbfgs_step(const Hyper& h, Clock& clock, Lanes<double>& run, LossOfStep& loss) {
  Memory memory{run.state};
  double &count = clock.s[0], &scale = clock.s[1];
  const Vec from = place_of(run);
  const Derivatives here = loss.at(from.x, from.y);
  const Vec g{here.dx, run.n > 1 ? here.dy : 0};
  if (largest(g) <= h.values[2]) return move(run, 0, {});
  const bool first = clock.t++ == 0;
  if (first)
    scale = 1;
  else
    remember(memory, count, scale, static_cast<int>(h.values[1]), g);
  const Line line{loss, from,
                  first ? times(-1, g) : lbfgs_direction(memory, static_cast<int>(count), scale, g), run.n};
  const double slope = dot(g, line.along), lr = run.lr[0];
  double length = first ? std::min(1.0, 1 / (std::fabs(g.x) + std::fabs(g.y))) * lr : lr;
  memory.put(last_gradient, g);
  if (slope > -h.values[3]) {
    memory.put(last_step, times(length, line.along));
    return move(run, 0, {});
  }
  if (h.values[4] != 0) length = WolfeSearch(line, here.f, slope).length(length);
  memory.put(last_step, times(length, line.along));
  move(run, length, line.along);
}

constexpr Optimizer asking(Optimizer row, void (*step)(const Hyper&, Clock&, Lanes<double>&, LossOfStep&)) {
  row.descents_only = true;
  row.step_on = step;
  return row;
}

constexpr Param tolerance(const char* key, double fallback, const char* help) {
  Param p = eps(fallback, help);
  p.key = key;
  return p;
}

}  // namespace

std::span<const Optimizer> second_order() {
  static constexpr Optimizer rows[] = {
      asking(
          {.key = "Newton",
           .name = "Newton's method",
           .help = "Divides the gradient by the curvature: on a bowl one step is enough.",
           .source =
               "Nocedal and Wright 2006, chapters 3 and 6; saddle_free: Dauphin et al. 2014, arXiv 1406.2572",
           .params =
               {rate(1),
                {.key = "damping",
                 .fallback = {0},
                 .min = 0,
                 .slider_max = 10,
                 .help = "Added to the curvature: more makes shorter steps, nearer to plain descent's."},
                toggle("saddle_free", true,
                       "Turns negative curvature positive, so that saddles repel; without it they attract."),
                {.key = "line_search_fn",
                 .kind = Kind::choice,
                 .fallback = {1},
                 .help = "Halves the step until the loss is lower by enough.",
                 .choices = {"fixed", "backtracking"}}},
           .state_slots = 0,
           .shared_slots = 0,
           .momentum_slot = -1,
           .in_torch = false},
          newton_step),
      asking(
          {.key = "LBFGS",
           .name = "L-BFGS",
           .help = "Learns the curvature from the gradients of the last steps, and searches along each "
                   "direction.",
           .source = "Liu and Nocedal 1989; Nocedal and Wright 2006, algorithms 3.5, 3.6 and 7.4; "
                     "torch.optim.LBFGS",
           .params = {rate(1),
                      {.key = "history_size",
                       .kind = Kind::integer,
                       .fallback = {most_pairs},
                       .min = 1,
                       .max = most_pairs,
                       .slider_min = 1,
                       .slider_max = most_pairs,
                       .unit = "steps",
                       .help = "How many steps it remembers."},
                      tolerance("tolerance_grad", 1e-7, "It rests where no part of the gradient is larger."),
                      tolerance("tolerance_change", 1e-9, "It rests where the direction descends by less."),
                      {.key = "line_search_fn",
                       .kind = Kind::choice,
                       .fallback = {1},
                       .help = "How long a step is: the rate, or as the loss along the direction says.",
                       .choices = {"fixed", "strong_wolfe"}}},
           .state_slots = pairs + 2 * most_pairs,
           .shared_slots = 0,
           .momentum_slot = -1,
           .in_torch = true},
          lbfgs_step),
  };
  return rows;
}

}  // namespace rows

}  // namespace stride
