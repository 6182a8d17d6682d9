// Drives the rules of rules.h over Lanes: one loop over lanes a coordinate that the compiler vectorises.
#pragma once

#include <cassert>
#include <type_traits>
#include <utility>

#include "core/math/wide.h"
#include "core/optimizers/rules.h"

namespace stride::rules {

template <class Rule, bool watch, class T>
struct Sweep {
  template <class... Slot>
  STRIDE_INLINE static void run(const typename Rule::template Step<T>* step, int count, T* __restrict p,
                                const T* __restrict g, const T* __restrict lr, T* __restrict effective,
                                Slot* __restrict... slot) {
    const typename Rule::template Step<T> k = *step;
    for (int i = 0; i < count; ++i) {
      const T rate = Rule::move(k, lr[i], g[i], p[i], slot[i]...);
      if constexpr (watch) effective[i] = rate;
    }
  }
};

/// One pass over `count` coordinates or lanes. `watch` fills `effective`. Never inlined: its callers share
/// it.
template <class Rule, bool watch, class T, class... Slot>
[[gnu::noinline]] void sweep(const typename Rule::template Step<T>& step, int count, T* p, const T* g,
                             const T* lr, T* effective, Slot*... slot) {
  math::wide<Sweep<Rule, watch, T>>(&step, count, p, g, lr, effective, slot...);
}

/// The same in double precision, which steps two coordinates of a surface or the few of a small network: its
/// code is to be small, not unrolled.
template <class Rule, class... Slot>
[[gnu::cold, gnu::noinline]] void sweep_double(const typename Rule::template Step<double>& step, int count,
                                               double* __restrict p, const double* __restrict g,
                                               const double* __restrict lr, double* __restrict effective,
                                               Slot* __restrict... slot) {
  for (int i = 0; i < count; ++i) effective[i] = Rule::move(step, lr[i], g[i], p[i], slot[i]...);
}

template <class Rule, bool watch, class T, std::size_t... I>
void sweep_at(const typename Rule::template Step<T>& k, const Lanes<T>& b, int offset, int count, const T* lr,
              T* effective, std::index_sequence<I...>) {
  const std::ptrdiff_t slot = static_cast<std::ptrdiff_t>(b.n) * b.lanes;
  T* const state = b.state + offset;
  if constexpr (std::is_same_v<T, double>)
    sweep_double<Rule>(k, count, b.p + offset, b.g + offset, lr, effective,
                       state + static_cast<std::ptrdiff_t>(I) * slot...);
  else
    sweep<Rule, watch>(k, count, b.p + offset, b.g + offset, lr, effective,
                       state + static_cast<std::ptrdiff_t>(I) * slot...);
}

/// All coordinates of one lane: they share a rate, which is spread out so that the same loop serves.
template <class Rule, class T>
void step_one_lane(const typename Rule::template Step<T>& k, const Lanes<T>& b) {
  constexpr int chunk = 64;
  T rates[chunk], unseen[chunk];
  for (int i = 0; i < chunk && i < b.n; ++i) rates[i] = b.lr[0];
  for (int at = 0; at < b.n; at += chunk) {
    const int count = b.n - at < chunk ? b.n - at : chunk;
    sweep_at<Rule, true>(k, b, at, count, rates, b.effective ? b.effective + at : unseen,
                         std::make_index_sequence<Rule::slots>());
  }
}

/// A rule as an Optimizer's functions.
template <class Rule>
struct Plain {
  template <class T, std::size_t... I>
  static void start(const Hyper& h, const Lanes<T>& b, std::index_sequence<I...>) {
    const int count = b.n * b.lanes;
    if constexpr (requires(T & s) { Rule::start(h, T(), ((void)I, s)...); })
      for (int i = 0; i < count; ++i)
        Rule::start(h, b.p[i], b.state[static_cast<std::ptrdiff_t>(I) * count + i]...);
  }
  template <class T>
  static void init(const Hyper& h, Clock& clock, Lanes<T>& b) {
    clock = {};
    start(h, b, std::make_index_sequence<Rule::slots>());
  }
  template <class T>
  static void step(const Hyper& h, Clock& clock, Lanes<T>& b) {
    ++clock.t;
    const auto k = Rule::template begin<T>(h, clock);
    if (b.lanes == 1) return step_one_lane<Rule>(k, b);
    constexpr auto all = std::make_index_sequence<Rule::slots>();
    for (int i = 0; i < b.n; ++i) {
      const int at = i * b.lanes;
      // Only studies step many lanes that nobody watches; doubles are spared that loop.
      if constexpr (std::is_same_v<T, float>)
        if (!b.effective) {
          sweep_at<Rule, false>(k, b, at, b.lanes, b.lr, static_cast<T*>(nullptr), all);
          continue;
        }
      assert(b.effective);
      sweep_at<Rule, true>(k, b, at, b.lanes, b.lr, b.effective + at, all);
    }
  }
};

/// One of two rules, by the toggle at `place` of Hyper.
template <class Off, class On, int place>
struct Either {
  template <class T>
  static void init(const Hyper& h, Clock& clock, Lanes<T>& b) {
    Plain<Off>::init(h, clock, b);
  }
  template <class T>
  static void step(const Hyper& h, Clock& clock, Lanes<T>& b) {
    if (h.values[place] != 0)
      Plain<On>::step(h, clock, b);
    else
      Plain<Off>::step(h, clock, b);
  }
};

}  // namespace stride::rules
