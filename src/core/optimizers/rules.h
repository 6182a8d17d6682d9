// The update rules of one coordinate, each written once for any number type. A rule has `slots` numbers of
// state, a `Step<T>` of scalars that every coordinate shares, `begin`, which makes them for the step
// `clock.t` (1 for the first), and `move`, which moves one coordinate and returns its effective rate. Hyper's
// order is that of the row's params.
#pragma once

#include "core/math/math.h"
#include "core/optimizers/optimizer.h"

namespace stride::rules {

/// base^t by one product a step; anew where a schedule moved the base (PyTorch raises the present beta to the
/// power t).
inline double clock_power(Clock& clock, int at, double base) {
  const bool same = clock.t > 1 && clock.s[at] == base;
  clock.s[at + 1] = same ? clock.s[at + 1] * base : math::power_by_squaring(base, clock.t);
  clock.s[at] = base;
  return clock.s[at + 1];
}

template <class T>
inline T sign(T x) {
  return (x > T(0) ? T(1) : T(0)) - (x < T(0) ? T(1) : T(0));
}

/// Gradient descent with heavy-ball momentum (Polyak 1964), or Nesterov's as Sutskever et al. 2013 write it,
/// as PyTorch: while the momentum is 0 the velocity is neither used nor changed, and the first gradient
/// enters it undamped. lr, momentum, dampening, weight_decay, nesterov.
struct Sgd {
  static constexpr int slots = 1;
  template <class T>
  struct Step {
    T decay, keep, take, from_b, from_g;
  };
  template <class T>
  static Step<T> begin(const Hyper& h, Clock& clock) {
    const double* v = h.values;
    if (v[1] == 0) return {T(v[3]), T(1), T(0), T(0), T(1)};
    double& begun = clock.s[0];
    const bool first = begun == 0, nesterov = v[4] != 0;
    begun = 1;
    return {T(v[3]), first ? T(0) : T(v[1]), first ? T(1) : T(1 - v[2]), nesterov ? T(v[1]) : T(1),
            nesterov ? T(1) : T(0)};
  }
  template <class T>
  static T move(const Step<T>& k, T lr, T gradient, T& p, T& b) {
    const T g = gradient + k.decay * p;
    b = k.keep * b + k.take * g;
    p -= lr * (k.from_b * b + k.from_g * g);
    return lr;
  }
};

/// Duchi, Hazan, Singer 2011. lr, lr_decay, weight_decay, initial_accumulator_value, eps.
struct Adagrad {
  static constexpr int slots = 1;
  template <class T>
  struct Step {
    T fade, decay, eps;
  };
  template <class T>
  static void start(const Hyper& h, T, T& sum) {
    sum = T(h.values[3]);
  }
  template <class T>
  static Step<T> begin(const Hyper& h, Clock& clock) {
    const double* v = h.values;
    return {T(1 / (1 + (clock.t - 1) * v[1])), T(v[2]), T(v[4])};
  }
  template <class T>
  static T move(const Step<T>& k, T lr, T gradient, T& p, T& sum) {
    const T g = gradient + k.decay * p;
    sum += g * g;
    const T rate = lr * k.fade / (math::sqrt(sum) + k.eps);
    p -= rate * g;
    return rate;
  }
};

/// Zeiler 2012, arXiv 1212.5701, algorithm 1. lr, rho, eps, weight_decay.
struct Adadelta {
  static constexpr int slots = 2;
  template <class T>
  struct Step {
    T rho, rest, eps, decay;
  };
  template <class T>
  static Step<T> begin(const Hyper& h, Clock&) {
    const double* v = h.values;
    return {T(v[1]), T(1 - v[1]), T(v[2]), T(v[3])};
  }
  template <class T>
  static T move(const Step<T>& k, T lr, T gradient, T& p, T& v, T& u) {
    const T g = gradient + k.decay * p;
    v = k.rho * v + k.rest * (g * g);
    const T ratio = math::sqrt(u + k.eps) / math::sqrt(v + k.eps);
    const T d = ratio * g;
    u = k.rho * u + k.rest * (d * d);
    p -= lr * d;
    return lr * ratio;
  }
};

/// Tieleman and Hinton 2012; centered: Graves 2013, arXiv 1308.0850, eq. 38-45. While the momentum is 0 the
/// velocity is neither used nor changed, as in PyTorch. lr, alpha, eps, weight_decay, momentum, centered.
template <bool centered>
struct RmsProp {
  static constexpr int slots = 3;
  template <class T>
  struct Step {
    T alpha, rest, eps, decay, keep, from_b, from_g;
  };
  template <class T>
  static Step<T> begin(const Hyper& h, Clock&) {
    const double* v = h.values;
    const bool on = v[4] != 0;
    return {T(v[1]), T(1 - v[1]), T(v[2]), T(v[3]), T(on ? v[4] : 1), T(on ? 1 : 0), T(on ? 0 : 1)};
  }
  template <class T>
  static T move(const Step<T>& k, T lr, T gradient, T& p, T& v, T& b, T& mean) {
    const T g = gradient + k.decay * p;
    v = k.alpha * v + k.rest * (g * g);
    T spread = v;
    if constexpr (centered) {
      mean = k.alpha * mean + k.rest * g;
      const T variance = v - mean * mean;
      spread = variance > T(0) ? variance : T(0);  // rounding may take it below zero, where PyTorch gets NaN
    }
    const T inverse = T(1) / (math::sqrt(spread) + k.eps);
    const T d = g * inverse;
    b = k.keep * b + k.from_b * d;
    p -= lr * (k.from_b * b + k.from_g * d);
    return lr * inverse;
  }
};

/// Kingma and Ba 2014, arXiv 1412.6980, algorithm 1; amsgrad: Reddi et al. 2018, arXiv 1904.09237, algorithm
/// 2 (maximum of the uncorrected average, as PyTorch); decoupled: Loshchilov and Hutter 2017, arXiv
/// 1711.05101, algorithm 2. lr, betas, eps, weight_decay, amsgrad.
template <bool decoupled, bool amsgrad>
struct Adam {
  static constexpr int slots = amsgrad ? 3 : 2;
  template <class T>
  struct Step {
    T b1, rest1, b2, rest2, eps, decay, correct1, correct2;
  };
  template <class T>
  static Step<T> begin(const Hyper& h, Clock& clock) {
    const double* v = h.values;
    const double left1 = 1 - clock_power(clock, 0, v[1]), left2 = 1 - clock_power(clock, 2, v[2]);
    return {T(v[1]), T(1 - v[1]), T(v[2]),      T(1 - v[2]),
            T(v[3]), T(v[4]),     T(1 / left1), T(1 / math::sqrt(left2))};
  }
  template <class T, class... Largest>
  static T move(const Step<T>& k, T lr, T gradient, T& p, T& m, T& v, Largest&... largest) {
    if constexpr (decoupled) p *= T(1) - lr * k.decay;
    const T g = decoupled ? gradient : gradient + k.decay * p;
    m = k.b1 * m + k.rest1 * g;
    v = k.b2 * v + k.rest2 * (g * g);
    T square = v;
    if constexpr (amsgrad) {
      ((largest = v > largest ? v : largest), ...);
      ((square = largest), ...);
    }
    const T rate = lr * k.correct1 / (math::sqrt(square) * k.correct2 + k.eps);
    p -= rate * m;
    return rate;
  }
};

/// Adam with the infinity norm: arXiv 1412.6980, algorithm 2. lr, betas, eps, weight_decay.
struct Adamax {
  static constexpr int slots = 2;
  template <class T>
  struct Step {
    T b1, rest1, b2, eps, decay, correct;
  };
  template <class T>
  static Step<T> begin(const Hyper& h, Clock& clock) {
    const double* v = h.values;
    return {T(v[1]), T(1 - v[1]), T(v[2]), T(v[3]), T(v[4]), T(1 / (1 - clock_power(clock, 0, v[1])))};
  }
  template <class T>
  static T move(const Step<T>& k, T lr, T gradient, T& p, T& m, T& u) {
    const T g = gradient + k.decay * p;
    m = k.b1 * m + k.rest1 * g;
    const T old = k.b2 * u, now = math::abs(g) + k.eps;
    u = old > now ? old : now;
    const T rate = lr * k.correct / u;
    p -= rate * m;
    return rate;
  }
};

/// Dozat 2016, "Incorporating Nesterov momentum into Adam", algorithm 2 with the decaying momentum of its
/// section 3. lr, betas, eps, weight_decay, momentum_decay, decoupled_weight_decay.
struct NAdam {
  static constexpr int slots = 2;
  template <class T>
  struct Step {
    T b1, rest1, b2, rest2, eps, coupled, decoupled, correct2, from_g, from_m;
  };
  template <class T>
  static Step<T> begin(const Hyper& h, Clock& clock) {
    const double* v = h.values;
    double& q = clock.s[2];        // 0.96^momentum_decay
    double& now = clock.s[3];      // q^t
    double& product = clock.s[4];  // mu_1 ... mu_t
    if (clock.t == 1) {
      q = now = math::pow(0.96, v[5]);
      product = 1;
    } else {
      now *= q;
    }
    const double mu = v[1] * (1 - 0.5 * now), next = v[1] * (1 - 0.5 * (now * q));
    product *= mu;
    const double left2 = 1 - clock_power(clock, 0, v[2]);
    return {T(v[1]),
            T(1 - v[1]),
            T(v[2]),
            T(1 - v[2]),
            T(v[3]),
            T(v[6] != 0 ? 0 : v[4]),
            T(v[6] != 0 ? v[4] : 0),
            T(1 / math::sqrt(left2)),
            T((1 - mu) / (1 - product)),
            T(next / (1 - product * next))};
  }
  template <class T>
  static T move(const Step<T>& k, T lr, T gradient, T& p, T& m, T& v) {
    const T g = gradient + k.coupled * p;
    p *= T(1) - lr * k.decoupled;
    m = k.b1 * m + k.rest1 * g;
    v = k.b2 * v + k.rest2 * (g * g);
    const T rate = lr / (math::sqrt(v) * k.correct2 + k.eps);
    p -= rate * (k.from_g * g + k.from_m * m);
    return rate;
  }
};

/// Liu et al. 2019, arXiv 1908.03265, algorithm 2. lr, betas, eps, weight_decay, decoupled_weight_decay.
struct RAdam {
  static constexpr int slots = 2;
  template <class T>
  struct Step {
    T b1, rest1, b2, rest2, eps, coupled, decoupled, plain, scaled;
    bool rectified;
  };
  template <class T>
  static Step<T> begin(const Hyper& h, Clock& clock) {
    const double* v = h.values;
    const double correct1 = 1 / (1 - clock_power(clock, 0, v[1]));
    const double power2 = clock_power(clock, 2, v[2]), left2 = 1 - power2;
    const double limit = 2 / (1 - v[2]) - 1, r = limit - 2 * clock.t * power2 / left2;
    const bool rectified = r > 5;  // only then is the variance of the rate tractable (section 4)
    double scaled = 0;
    if (rectified)
      scaled = correct1 * math::sqrt((r - 4) * (r - 2) * limit / ((limit - 4) * (limit - 2) * r)) *
               math::sqrt(left2);
    return {T(v[1]),
            T(1 - v[1]),
            T(v[2]),
            T(1 - v[2]),
            T(v[3]),
            T(v[5] != 0 ? 0 : v[4]),
            T(v[5] != 0 ? v[4] : 0),
            T(correct1),
            T(scaled),
            rectified};
  }
  template <class T>
  static T move(const Step<T>& k, T lr, T gradient, T& p, T& m, T& v) {
    const T g = gradient + k.coupled * p;
    p *= T(1) - lr * k.decoupled;
    m = k.b1 * m + k.rest1 * g;
    v = k.b2 * v + k.rest2 * (g * g);
    const T adapted = k.scaled / (math::sqrt(v) + k.eps);
    const T rate = lr * (k.rectified ? adapted : k.plain);
    p -= rate * m;
    return rate;
  }
};

/// Riedmiller and Braun 1993, without weight backtracking, as PyTorch. The rate only sets the first step; the
/// effective rate is the length of the step. lr, etas, step_sizes.
struct Rprop {
  static constexpr int slots = 2;
  template <class T>
  struct Step {
    T shrink, grow, least, most;
    bool first;
  };
  template <class T>
  static Step<T> begin(const Hyper& h, Clock& clock) {
    const double* v = h.values;
    return {T(v[1]), T(v[2]), T(v[3]), T(v[4]), clock.t == 1};
  }
  template <class T>
  static T move(const Step<T>& k, T lr, T gradient, T& p, T& before, T& length) {
    const T turn = gradient * before;
    const T factor = turn > T(0) ? k.grow : turn < T(0) ? k.shrink : T(1);
    const T wished = (k.first ? lr : length) * factor;
    const T above = wished > k.least ? wished : k.least;
    length = above < k.most ? above : k.most;
    before = turn < T(0) ? T(0) : gradient;
    p -= length * sign(before);
    return length;
  }
};

/// Chen et al. 2023, arXiv 2302.06675, algorithm 2. Every step has the length of the rate, which is the
/// effective rate too. lr, betas, weight_decay.
struct Lion {
  static constexpr int slots = 1;
  template <class T>
  struct Step {
    T b1, rest1, b2, rest2, decay;
  };
  template <class T>
  static Step<T> begin(const Hyper& h, Clock&) {
    const double* v = h.values;
    return {T(v[1]), T(1 - v[1]), T(v[2]), T(1 - v[2]), T(v[3])};
  }
  template <class T>
  static T move(const Step<T>& k, T lr, T g, T& p, T& m) {
    const T direction = sign(k.b1 * m + k.rest1 * g);
    p -= lr * (direction + k.decay * p);
    m = k.b2 * m + k.rest2 * g;
    return lr;
  }
};

/// The step of averaged descent (Polyak and Juditsky 1992); its rate is the shared eta. lr, lambd, alpha, t0,
/// weight_decay.
struct Asgd {
  static constexpr int slots = 1;
  template <class T>
  struct Step {
    T decay, lambd, mu;
  };
  template <class T>
  static Step<T> begin(const Hyper& h, Clock& clock) {
    const double* v = h.values;
    const double since = clock.t - 1 - v[3];
    return {T(v[4]), T(v[1]), T(clock.t == 1 || since < 1 ? 1 : 1 / since)};
  }
  template <class T>
  static T move(const Step<T>& k, T eta, T gradient, T& p, T& average) {
    const T g = gradient + k.decay * p;
    p = p * (T(1) - k.lambd * eta) - eta * g;
    average = k.mu == T(1) ? p : average + k.mu * (p - average);
    return eta;
  }
};

}  // namespace stride::rules
