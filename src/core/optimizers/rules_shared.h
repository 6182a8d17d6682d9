// Update rules that keep numbers for a whole run beside those of each coordinate: ASGD's rate, the weights of
// schedule-free averaging, Prodigy's distance.
#pragma once

#include <algorithm>

#include "core/optimizers/rule_lanes.h"

namespace stride::rules {

/// Averaged descent (Polyak and Juditsky 1992), as PyTorch: the step uses the rate of the step before, faded
/// by (1 + lambd lr t)^-alpha. shared: eta. The average is state slot 0; the path shown is that of the
/// iterate.
struct AsgdRun {
  template <class T>
  static void init(const Hyper&, Clock& clock, Lanes<T>&) {
    clock = {};
  }
  template <class T>
  static void step(const Hyper& h, Clock& clock, Lanes<T>& b) {
    if (clock.t == 0)
      for (int l = 0; l < b.lanes; ++l) b.shared[l] = b.lr[l];
    Lanes<T> own = b;
    own.lr = b.shared;
    Plain<Asgd>::step(h, clock, own);
    const T lambd = T(h.values[1]), alpha = T(h.values[2]), t = T(clock.t);
    math::wide<Fade>(b.lanes, lambd, alpha, t, b.lr, b.shared);
  }

  struct Fade {
    template <class T>
    STRIDE_INLINE static void run(int lanes, T lambd, T alpha, T t, const T* __restrict lr,
                                  T* __restrict eta) {
      for (int l = 0; l < lanes; ++l) eta[l] = lr[l] / math::pow(T(1) + lambd * lr[l] * t, alpha);
    }
  };
};

/// Defazio et al. 2024, arXiv 2405.15682, eq. 3-5 (descent) and algorithm 1 (AdamW), as in their
/// package: the start of the average of squares is corrected under the root. Lanes::p holds y, where
/// the gradient is taken: y = (1 - beta) z + beta x, with z the fast sequence (state slot 0) and x = y +
/// (1/beta - 1)(y - z) its average, which is what one deploys. The effective rate is that of z. sgd: lr,
/// momentum, weight_decay, warmup_steps, r, weight_lr_power. adam: lr, betas, eps, weight_decay, then the
/// same. shared: largest rate so far, sum of weights, and this step's rate and weight / sum.
template <bool adam>
struct ScheduleFree {
  template <class T>
  struct Step {
    T beta, b2, rest2, eps, decay, correct;
  };
  template <class T>
  static void init(const Hyper&, Clock& clock, Lanes<T>& b) {
    clock = {};
    for (int i = 0; i < b.n * b.lanes; ++i) b.state[i] = b.p[i];
  }

  /// The rate of this step and how far the average moves towards z, per lane.
  template <bool square, class T>
  STRIDE_INLINE static void weigh(T warm, T age, T power, int lanes, const T* __restrict lr,
                                  T* __restrict largest, T* __restrict sum, T* __restrict rate,
                                  T* __restrict mix) {
    for (int l = 0; l < lanes; ++l) {
      rate[l] = lr[l] * warm;
      largest[l] = rate[l] > largest[l] ? rate[l] : largest[l];
      const T weight = age * (square ? largest[l] * largest[l] : math::pow(largest[l], power));
      sum[l] += weight;
      mix[l] = sum[l] > T(0) ? weight / sum[l] : T(0);
    }
  }

  template <class T>
  STRIDE_INLINE static void move(const Step<T>& k, int lanes, T* __restrict y, const T* __restrict gradient,
                                 const T* __restrict rate, const T* __restrict mix, T* __restrict z,
                                 T* __restrict v, T* __restrict effective) {
    for (int l = 0; l < lanes; ++l) {
      T g = gradient[l], own = rate[l];
      if constexpr (adam) {
        v[l] = k.b2 * v[l] + k.rest2 * (g * g);
        const T root = math::sqrt(v[l]) * k.correct + k.eps;
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
  static void step(const Hyper& h, Clock& clock, Lanes<T>& b) {
    ++clock.t;
    const double* v = h.values;
    const double* last = v + (adam ? 4 : 2);  // weight_decay, warmup_steps, r, weight_lr_power
    Step<T> k{T(v[1]), T(0), T(0), T(0), T(last[0]), T(1)};
    const double warm = clock.t <= last[1] ? clock.t / last[1] : 1;
    if constexpr (adam) {
      const double correct = 1 / math::sqrt(1 - clock_power(clock, 0, v[2]));
      k = {T(v[1]), T(v[2]), T(1 - v[2]), T(v[3]), T(last[0]), T(correct)};
    }
    T *largest = b.shared, *sum = largest + b.lanes, *rate = sum + b.lanes, *mix = rate + b.lanes;
    math::wide<Weigh<T>>(last[3] == 2, T(warm), T(math::pow(static_cast<double>(clock.t), last[2])),
                         T(last[3]), b.lanes, b.lr, largest, sum, rate, mix);
    math::wide<MoveAll<T>>(&k, &b, rate, mix);
  }

  template <class T>
  struct Weigh {
    STRIDE_INLINE static void run(bool square, T warm, T age, T power, int lanes, const T* lr, T* largest,
                                  T* sum, T* rate, T* mix) {
      if (square)
        weigh<true>(warm, age, power, lanes, lr, largest, sum, rate, mix);
      else
        weigh<false>(warm, age, power, lanes, lr, largest, sum, rate, mix);
    }
  };
  template <class T>
  struct MoveAll {
    STRIDE_INLINE static void run(const Step<T>* k, const Lanes<T>* b, const T* rate, const T* mix) {
      const int slot = b->n * b->lanes;
      for (int at = 0; at < slot; at += b->lanes)
        move(*k, b->lanes, b->p + at, b->g + at, rate, mix, b->state + at,
             adam ? b->state + slot + at : nullptr, b->effective ? b->effective + at : nullptr);
    }
  };
};

/// Mishchenko and Defazio 2023, arXiv 2306.06101, algorithm 4 (Adam) as in the authors' code: the distance d
/// to the solution, which multiplies the rate, is estimated from the gradients. Where the first beta is 0, m
/// is the gradient, weighed by the new distance. A step at rate 0 is none. The effective rate is lr d
/// times d over the root. lr, betas, beta3, eps, weight_decay, decouple, use_bias_correction,
/// safeguard_warmup, d0, d_coef, growth_rate. shared: d, its largest estimate, numerator, denominator, and
/// this step's lr d. state: start, m, v, s.
struct Prodigy {
  template <class T>
  struct Step {
    T b1, rest1, b2, rest2, b3, eps, coupled, decoupled, correct, d0, d_coef, growth, from_rate,
        from_distance;
    bool fresh;  // no average of gradients
  };
  template <class T>
  static void init(const Hyper& h, Clock& clock, Lanes<T>& b) {
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
            T(v[8] != 0 ? 0 : 1),
            T(v[8] != 0 ? 1 : 0),
            v[1] == 0};
  }

  template <class T>
  STRIDE_INLINE static void prepare(const Step<T>& step, int lanes, const T* __restrict lr,
                                    const T* __restrict d, T* __restrict top, T* __restrict bottom,
                                    T* __restrict dlr) {
    const Step<T> k = step;
    for (int l = 0; l < lanes; ++l) {
      dlr[l] = d[l] * lr[l] * k.correct;
      top[l] = lr[l] > T(0) ? top[l] * k.b3 : top[l];
      bottom[l] = 0;
    }
  }

  /// Averages of one coordinate, and its part of the two sums. A rate of 0 leaves all as it is.
  template <class T>
  STRIDE_INLINE static void gather(const Step<T>& step, int lanes, const T* __restrict p,
                                   const T* __restrict g, const T* __restrict lr, const T* __restrict d,
                                   const T* __restrict dlr, const T* __restrict from, T* __restrict m,
                                   T* __restrict v, T* __restrict s, T* __restrict top,
                                   T* __restrict bottom) {
    const Step<T> k = step;
    for (int l = 0; l < lanes; ++l) {
      // All is read before anything is chosen: a choice between two addresses would not vectorise.
      const T here = d[l], rate = dlr[l], old_m = m[l], old_v = v[l], old_s = s[l];
      const T moving = lr[l] > T(0) ? T(1) : T(0), resting = T(1) - moving;
      const T gradient = g[l] + k.coupled * p[l], relative = here / k.d0;
      const T weight = k.from_rate * rate + k.from_distance * here;
      top[l] += relative * rate * gradient * (from[l] - p[l]);
      const T weighed = k.fresh ? gradient : here * k.rest1 * gradient;
      m[l] = moving * (k.b1 * old_m + weighed) + resting * old_m;
      v[l] = moving * (k.b2 * old_v + here * here * k.rest2 * (gradient * gradient)) + resting * old_v;
      const T new_s = moving * (k.b3 * old_s + relative * weight * gradient) + resting * old_s;
      s[l] = new_s;
      bottom[l] += math::abs(new_s);
    }
  }

  /// The new distance.
  template <class T>
  STRIDE_INLINE static void estimate(const Step<T>& step, int lanes, const T* __restrict lr,
                                     const T* __restrict top, const T* __restrict bottom, T* __restrict d,
                                     T* __restrict most, T* __restrict dlr) {
    const Step<T> k = step;
    for (int l = 0; l < lanes; ++l) {
      const T old = d[l], before = most[l], sum = bottom[l], rate = dlr[l], found_part = top[l];
      const T known = sum > T(0) ? T(1) : T(0), moving = lr[l] > T(0) ? known : T(0);
      const T found = k.d_coef * found_part / (sum > T(0) ? sum : T(1));
      const T least = old == k.d0 ? found : T(0), first = least > old ? least : old;
      const T largest = found > before ? found : before, grown = first * k.growth;
      const T next = largest < grown ? largest : grown;
      most[l] = moving > T(0) ? largest : before;
      d[l] = moving > T(0) ? next : old;
      dlr[l] = known * rate;
    }
  }

  template <class T>
  STRIDE_INLINE static void move(const Step<T>& step, int lanes, const T* __restrict m, const T* __restrict v,
                                 const T* __restrict d, const T* __restrict dlr, T* __restrict p,
                                 T* __restrict effective) {
    const Step<T> k = step;
    for (int l = 0; l < lanes; ++l) {
      const T rate = dlr[l] / (math::sqrt(v[l]) + d[l] * k.eps);
      p[l] = p[l] - k.decoupled * dlr[l] * p[l] - (k.fresh ? rate * d[l] : rate) * m[l];
      if (effective) effective[l] = rate * d[l];
    }
  }

  template <class T>
  static void step(const Hyper& h, Clock& clock, Lanes<T>& b) {
    const int lanes = b.lanes, slot = b.n * lanes;
    if (std::all_of(b.lr, b.lr + lanes, [](T lr) { return lr == T(0); })) {
      if (b.effective) std::fill(b.effective, b.effective + slot, T(0));
      return;
    }
    ++clock.t;
    const Step<T> k = begin<T>(h, clock);
    math::wide<Whole<T>>(&k, &b);
  }

  template <class T>
  struct Whole {
    STRIDE_INLINE static void run(const Step<T>* k, const Lanes<T>* b) {
      const int lanes = b->lanes, slot = b->n * lanes;
      T *d = b->shared, *most = d + lanes, *top = most + lanes, *bottom = top + lanes, *dlr = bottom + lanes;
      T *from = b->state, *m = from + slot, *v = m + slot, *s = v + slot;
      prepare(*k, lanes, b->lr, d, top, bottom, dlr);
      for (int i = 0; i < slot; i += lanes)
        gather(*k, lanes, b->p + i, b->g + i, b->lr, d, dlr, from + i, m + i, v + i, s + i, top, bottom);
      estimate(*k, lanes, b->lr, top, bottom, d, most, dlr);
      for (int i = 0; i < slot; i += lanes)
        move(*k, lanes, m + i, v + i, d, dlr, b->p + i, b->effective ? b->effective + i : nullptr);
    }
  };
};

}  // namespace stride::rules
