#include "core/schedules/schedule_forms.h"

#include <algorithm>

#include "core/math/math.h"

namespace stride::schedule_forms {

namespace {

Rate still(double lr) {
  return {lr, none};
}

/// An integer parameter, at least `least`; `otherwise` where it is left out.
int whole(const Settings& settings, int param, int least, int otherwise) {
  return std::max(least, settings.values[param].empty() ? otherwise : settings.integer(param));
}

/// From `start` at p = 0 to `end` at p = 1.
double cosine_between(double start, double end, double p) {
  return end + (start - end) / 2 * (1 + math::cos(math::pi * p));
}
double line_between(double start, double end, double p) {
  return start + (end - start) * p;
}

double power(double base, int exponent) {
  return math::pow(base, static_cast<double>(exponent));
}

}  // namespace

Rate constant(const Settings&, double base, int, int) {
  return still(base);
}

// factor, total_iters
Rate constant_lr(const Settings& s, double base, int t, int) {
  return still(t < s.integer(1) ? base * s.number(0) : base);
}

// start_factor, end_factor, total_iters
Rate linear_lr(const Settings& s, double base, int t, int) {
  const int total = whole(s, 2, 1, 1);
  const double p = static_cast<double>(std::min(t, total)) / total;
  return still(base * line_between(s.number(0), s.number(1), p));
}

// total_iters, power
Rate polynomial_lr(const Settings& s, double base, int t, int) {
  const int total = whole(s, 0, 1, 1);
  const double left = 1 - static_cast<double>(std::min(t, total)) / total;
  return still(base * math::pow(left, s.number(1)));
}

// step_size, gamma
Rate step_lr(const Settings& s, double base, int t, int) {
  return still(base * power(s.number(1), t / whole(s, 0, 1, 1)));
}

// milestones, gamma
Rate multi_step_lr(const Settings& s, double base, int t, int) {
  const std::vector<double>& m = s.values[0];
  const auto passed = std::upper_bound(m.begin(), m.end(), static_cast<double>(t)) - m.begin();
  return still(base * power(s.number(1), static_cast<int>(passed)));
}

// gamma (MultiplicativeLR: factor)
Rate exponential_lr(const Settings& s, double base, int t, int) {
  return still(base * power(s.number(0), t));
}

// T_max, eta_min. Past T_max it rises again, as PyTorch's does.
Rate cosine_annealing_lr(const Settings& s, double base, int t, int steps) {
  const int period = whole(s, 0, 1, steps);
  return still(cosine_between(base, s.number(1), static_cast<double>(t) / period));
}

// T_0, T_mult, eta_min
Rate cosine_warm_restarts(const Settings& s, double base, int t, int) {
  long long length = whole(s, 0, 1, 1), since = t;
  const long long factor = whole(s, 1, 1, 1);
  if (factor == 1) since %= length;
  while (since >= length) {
    since -= length;
    length *= factor;
  }
  return still(cosine_between(base, s.number(2), static_cast<double>(since) / static_cast<double>(length)));
}

// base_lr, max_lr, step_size_up, step_size_down, mode, gamma, cycle_momentum, base_momentum, max_momentum
Rate cyclic_lr(const Settings& s, double, int t, int) {
  enum Mode { triangular, triangular2, exp_range, annealing };
  const int up = whole(s, 2, 1, 1), down = whole(s, 3, 1, up), mode = s.integer(4);
  const int cycle = up + down, n = t / cycle, u = t % cycle;
  double height = u <= up ? static_cast<double>(u) / up : static_cast<double>(cycle - u) / down;
  if (mode == triangular2) height *= power(0.5, n);
  if (mode == exp_range) height *= power(s.number(5), t);
  if (mode == annealing) height = cosine_between(1, 0, static_cast<double>(u) / cycle);
  const double lr = s.number(0) + (s.number(1) - s.number(0)) * height;
  return {lr, s.toggle(6) ? s.number(8) - (s.number(8) - s.number(7)) * height : none};
}

// max_lr, total_steps, pct_start, anneal_strategy, div_factor, final_div_factor, three_phase, cycle_momentum,
// base_momentum, max_momentum. Phases end at real-numbered steps, and the earlier phase owns its end. After
// the last step it holds.
Rate one_cycle_lr(const Settings& s, double, int t, int steps) {
  const int total = whole(s, 1, 1, steps), now = std::min(t, total - 1);
  constexpr double largest = std::numeric_limits<double>::max();  // what lies above would make no number
  const double top = s.number(0), initial = std::min(top / s.number(4), largest);
  const double final = std::min(initial / s.number(5), largest);
  const double first = s.number(2) * total - 1, last = total - 1, base = s.number(8), most = s.number(9);
  struct Phase {
    double end, lr0, lr1, momentum0, momentum1;
  };
  const Phase three[] = {{first, initial, top, most, base},
                         {2 * first, top, initial, base, most},
                         {last, initial, final, most, most}};
  const Phase two[] = {{first, initial, top, most, base}, {last, top, final, base, most}};
  const Phase* phase = s.toggle(6) ? three : two;
  const Phase* end = phase + (s.toggle(6) ? 2 : 1);
  double start = 0;
  for (; phase != end && now > phase->end; ++phase) start = phase->end;
  const double p = phase->end > start ? std::clamp((now - start) / (phase->end - start), 0.0, 1.0) : 1;
  const auto between = s.integer(3) == 0 ? cosine_between : line_between;
  return {between(phase->lr0, phase->lr1, p),
          s.toggle(7) ? between(phase->momentum0, phase->momentum1, p) : none};
}

// lambda, k, every, warmup, d_model. noam: Vaswani et al. 2017, arXiv 1706.03762, eq. 3.
Rate lambda_lr(const Settings& s, double base, int t, int) {
  enum Lambda { inverse_time, inverse_time_staircase, inverse_sqrt_warmup, noam };
  const double k = s.number(1), step = t + 1.0, warmup = whole(s, 3, 1, 1);
  switch (s.integer(0)) {
    case inverse_time:
      return still(base / (1 + k * t));
    case inverse_time_staircase: {
      const int stair = t / whole(s, 2, 1, 1);
      return still(base / (1 + k * stair));
    }
    case inverse_sqrt_warmup:
      return still(base * std::min(step / warmup, math::sqrt(warmup / step)));
    default: {
      const double falling = 1 / math::sqrt(step), rising = step / (warmup * math::sqrt(warmup));
      return still(base * std::min(falling, rising) / math::sqrt(static_cast<double>(whole(s, 4, 1, 1))));
    }
  }
}

// warmup, stable, decay, min_factor, shape. Hu et al. 2024, arXiv 2404.06395, eq. 1; the first step has rate
// base/warmup, and the first step of the decay still the whole rate.
Rate wsd(const Settings& s, double base, int t, int) {
  enum Shape { linear, cosine, sqrt };
  const int warmup = s.integer(0), stable = s.integer(1), decay = whole(s, 2, 1, 1);
  if (t < warmup) return still(base * (t + 1) / warmup);
  const double u = static_cast<double>(std::clamp(t - warmup - stable, 0, decay)) / decay;
  const int shape = s.integer(4);
  const double fall = shape == linear ? 1 - u : shape == cosine ? cosine_between(1, 0, u) : 1 - math::sqrt(u);
  return still(base * (s.number(3) + (1 - s.number(3)) * fall));
}

// points, interpolation. Before the first point its factor, after the last point its factor.
Rate points(const Settings& s, double base, int t, int) {
  enum Interpolation { linear, step, cosine };
  const std::vector<double>& p = s.values[0];
  const std::size_t count = p.size() / 2;
  if (count == 0) return still(base);
  std::size_t low = 0, high = count;  // the number of points at or before t
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (p[2 * middle] <= t)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == 0) return still(base * p[1]);
  const double* a = &p[2 * (low - 1)];
  const int kind = s.integer(1);
  if (low == count || kind == step) return still(base * a[1]);
  const double u = (t - a[0]) / (a[2] - a[0]);
  return still(base * (kind == linear ? line_between(a[1], a[3], u) : cosine_between(a[1], a[3], u)));
}

}  // namespace stride::schedule_forms
