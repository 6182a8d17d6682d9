// Update rules that keep numbers for a whole run beside those of each coordinate: ASGD's rate, the weights of
// schedule-free averaging, Prodigy's distance.
#pragma once

#include "core/rule_batch.h"

namespace stride::rules {

/// Averaged descent (Polyak and Juditsky 1992), as PyTorch: the step uses the rate of the step before, faded
/// by (1 + lambd lr t)^-alpha. shared: eta. The average is state slot 0; the path shown is that of the
/// iterate.
struct AsgdRun {
  template <class T>
  static void init(const Hyper&, Clock& clock, Batch<T>&) {
    clock = {};
  }
  template <class T>
  static void step(const Hyper& h, Clock& clock, Batch<T>& b) {
    if (clock.t == 0)
      for (int l = 0; l < b.lanes; ++l) b.shared[l] = b.lr[l];
    Batch<T> own = b;
    own.lr = b.shared;
    Plain<Asgd>::step(h, clock, own);
    const T lambd = T(h.values[1]), alpha = T(h.values[2]), t = T(clock.t);
    for (int l = 0; l < b.lanes; ++l) b.shared[l] = b.lr[l] / math::pow(T(1) + lambd * b.lr[l] * t, alpha);
  }
};

/// Defazio et al. 2024, arXiv 2405.15682, eq. 3-5 (descent) and algorithm 1 (AdamW). Batch::p holds y, where
/// the gradient is taken: y = (1 - beta) z + beta x, with z the fast sequence (state slot 0) and x = y +
/// (1/beta - 1)(y - z) its average, which is what one deploys. The effective rate is that of z. sgd:   lr,
/// momentum, weight_decay, warmup_steps, r, weight_lr_power. adam: lr, betas, eps, weight_decay, then the
/// same. shared: largest rate so far, sum of weights, and this step's rate and weight / sum.
template <bool adam>
struct ScheduleFree {
  template <class T>
  struct Step {
    T beta, b2, rest2, eps, decay;
  };
  template <class T>
  static void init(const Hyper&, Clock& clock, Batch<T>& b) {
    clock = {};
    for (int i = 0; i < b.n * b.lanes; ++i) b.state[i] = b.p[i];
  }

  /// The rate of this step and how far the average moves towards z, per lane.
  template <class T>
  static void weigh(double warm, double age, double power, Batch<T>& b) {
    T *largest = b.shared, *sum = largest + b.lanes, *rate = sum + b.lanes, *mix = rate + b.lanes;
    for (int l = 0; l < b.lanes; ++l) {
      rate[l] = b.lr[l] * T(warm);
      largest[l] = rate[l] > largest[l] ? rate[l] : largest[l];
      const T weight = T(age) * (power == 2 ? largest[l] * largest[l] : math::pow(largest[l], T(power)));
      sum[l] += weight;
      mix[l] = sum[l] > T(0) ? weight / sum[l] : T(0);
    }
  }

  template <class T>
  static void move(const Step<T>& k, int lanes, T* __restrict y, const T* __restrict gradient,
                   const T* __restrict rate, const T* __restrict mix, T* __restrict z, T* __restrict v,
                   T* __restrict effective) {
    for (int l = 0; l < lanes; ++l) {
      T g = gradient[l], own = rate[l];
      if constexpr (adam) {
        v[l] = k.b2 * v[l] + k.rest2 * (g * g);
        const T root = math::sqrt(v[l]) + k.eps;
        g = g / root;
        own = own / root;
      }
      g += k.decay * y[l];
      y[l] = y[l] + mix[l] * (z[l] - y[l]) + rate[l] * (k.beta * (T(1) - mix[l]) - T(1)) * g;
      z[l] -= rate[l] * g;
      if (effective) effective[l] = own;
    }
  }

  template <class T>
  static void step(const Hyper& h, Clock& clock, Batch<T>& b) {
    ++clock.t;
    const double* v = h.values;
    const double* last = v + (adam ? 4 : 2);  // weight_decay, warmup_steps, r, weight_lr_power
    Step<T> k{T(v[1]), T(0), T(0), T(0), T(last[0])};
    double warm = clock.t <= last[1] ? clock.t / last[1] : 1;
    if constexpr (adam) {
      k = {T(v[1]), T(v[2]), T(1 - v[2]), T(v[3]), T(last[0])};
      warm *= math::sqrt(1 - clock_power(clock, 0, v[2]));
    }
    weigh(warm, math::pow(static_cast<double>(clock.t), last[2]), last[3], b);
    const T *rate = b.shared + 2 * b.lanes, *mix = rate + b.lanes;
    const int slot = b.n * b.lanes;
    for (int i = 0; i < b.n; ++i) {
      const int at = i * b.lanes;
      move(k, b.lanes, b.p + at, b.g + at, rate, mix, b.state + at, adam ? b.state + slot + at : nullptr,
           b.effective ? b.effective + at : nullptr);
    }
  }
};

/// Mishchenko and Defazio 2023, arXiv 2306.06101, algorithm 4 (Adam) as in the authors' code: the distance d
/// to the solution, which multiplies the rate, is estimated from the gradients. The effective rate is lr d
/// times d over the root. lr, betas, beta3, eps, weight_decay, decouple, use_bias_correction,
/// safeguard_warmup, d0, d_coef, growth_rate. shared: d, its largest estimate, numerator, denominator, and
/// this step's lr d. state: start, m, v, s.
struct Prodigy {
  template <class T>
  struct Step {
    T b1, rest1, b2, rest2, b3, eps, coupled, decoupled, correct, d0, d_coef, growth;
    bool safeguard;
  };
  template <class T>
  static void init(const Hyper& h, Clock& clock, Batch<T>& b) {
    clock = {};
    for (int i = 0; i < b.n * b.lanes; ++i) b.state[i] = b.p[i];
    for (int i = 0; i < 2 * b.lanes; ++i) b.shared[i] = T(h.values[9]);
  }

  template <class T>
  static Step<T> begin(const Hyper& h, Clock& clock) {
    const double* v = h.values;
    const double b3 = v[3] == v[3] ? v[3] : math::sqrt(v[2]);
    const double growth = v[11] == v[11] ? v[11] : no_limit;
    double correct = 1;
    if (v[7] != 0) correct = math::sqrt(1 - clock_power(clock, 2, v[2])) / (1 - clock_power(clock, 0, v[1]));
    return {T(v[1]),
            T(1 - v[1]),
            T(v[2]),
            T(1 - v[2]),
            T(b3),
            T(v[4]),
            T(v[6] != 0 ? 0 : v[5]),
            T(v[6] != 0 ? v[5] : 0),
            T(correct),
            T(v[9]),
            T(v[10]),
            T(growth),
            v[8] != 0};
  }

  /// Averages of one coordinate, and its part of the two sums. A rate of 0 leaves all as it is.
  template <class T>
  static void gather(const Step<T>& k, const Batch<T>& b, int i) {
    const int lanes = b.lanes, slot = b.n * lanes, at = i * lanes;
    const T *p = b.p + at, *g = b.g + at, *d = b.shared;
    T *from = b.state + at, *m = from + slot, *v = m + slot, *s = v + slot;
    T *top = b.shared + 2 * lanes, *bottom = top + lanes, *dlr = bottom + lanes;
    for (int l = 0; l < lanes; ++l) {
      const bool moving = b.lr[l] > T(0);
      const T gradient = g[l] + k.coupled * p[l], relative = d[l] / k.d0;
      top[l] += relative * dlr[l] * gradient * (from[l] - p[l]);
      const T new_m = k.b1 * m[l] + d[l] * k.rest1 * gradient;
      const T new_v = k.b2 * v[l] + d[l] * d[l] * k.rest2 * (gradient * gradient);
      const T new_s = k.b3 * s[l] + relative * (k.safeguard ? d[l] : dlr[l]) * gradient;
      m[l] = moving ? new_m : m[l];
      v[l] = moving ? new_v : v[l];
      s[l] = moving ? new_s : s[l];
      bottom[l] += math::abs(s[l]);
    }
  }

  template <class T>
  static void estimate(const Step<T>& k, const Batch<T>& b) {
    T *d = b.shared, *most = d + b.lanes, *top = most + b.lanes, *bottom = top + b.lanes,
      *dlr = bottom + b.lanes;
    for (int l = 0; l < b.lanes; ++l) {
      const bool known = bottom[l] > T(0), moving = known & (b.lr[l] > T(0));
      const T found = k.d_coef * top[l] / (known ? bottom[l] : T(1));
      const T first = ((d[l] == k.d0) & (found > d[l])) ? found : d[l];
      const T largest = found > most[l] ? found : most[l], grown = first * k.growth;
      most[l] = moving ? largest : most[l];
      d[l] = moving ? (largest < grown ? largest : grown) : d[l];
      dlr[l] = known ? dlr[l] : T(0);
    }
  }

  template <class T>
  static void move(const Step<T>& k, const Batch<T>& b, int i) {
    const int lanes = b.lanes, slot = b.n * lanes, at = i * lanes;
    const T *m = b.state + slot + at, *v = m + slot, *d = b.shared, *dlr = d + 4 * lanes;
    T *p = b.p + at, *effective = b.effective ? b.effective + at : nullptr;
    for (int l = 0; l < lanes; ++l) {
      const T rate = dlr[l] / (math::sqrt(v[l]) + d[l] * k.eps);
      p[l] = p[l] - k.decoupled * dlr[l] * p[l] - rate * m[l];
      if (effective) effective[l] = rate * d[l];
    }
  }

  template <class T>
  static void step(const Hyper& h, Clock& clock, Batch<T>& b) {
    ++clock.t;
    const Step<T> k = begin<T>(h, clock);
    T *d = b.shared, *top = d + 2 * b.lanes, *bottom = top + b.lanes, *dlr = bottom + b.lanes;
    for (int l = 0; l < b.lanes; ++l) {
      dlr[l] = d[l] * b.lr[l] * k.correct;
      top[l] = b.lr[l] > T(0) ? top[l] * k.b3 : top[l];
      bottom[l] = 0;
    }
    for (int i = 0; i < b.n; ++i) gather(k, b, i);
    estimate(k, b);
    for (int i = 0; i < b.n; ++i) move(k, b, i);
  }
};

}  // namespace stride::rules
