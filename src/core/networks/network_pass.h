// The arithmetic of a small network: forward, loss and backward over tiles of samples, as a template over the
// number type. double: what is printed and compared; float: what must be fast; jets: derivatives of the
// gradient, that is Hessian times vector (Pearlmutter, "Fast exact multiplication by the Hessian", 1994).
//
// Samples are worked on in tiles, unit by unit: [unit][sample of the tile], so that every inner loop runs
// over contiguous samples and the compiler vectorises it, and one tile's activations stay in the first-level
// cache. Sums over samples keep `lanes` partial sums: the order is written down here and not left to the
// compiler, so all targets agree to the bit.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "core/math/jet.h"
#include "core/math/math.h"
#include "core/math/pack.h"
#include "core/networks/network.h"

namespace stride::network {

inline constexpr int tile = 64;
inline constexpr int lanes = 8;

/// The plain number within a jet.
inline double number_in(double v) {
  return v;
}
inline float number_in(float v) {
  return v;
}
template <class T, unsigned D>
double number_in(const math::Jet1<T, D>& v) {
  return v.v;
}

/// out[o][s] = bias[o] + the sum over i of w[o * by_output + i * by_input] * in[i][s], `outputs` rows of a
/// tile at once: what is read of `in` serves them all.
template <int outputs, class T>
STRIDE_INLINE void combine_rows(const T* bias, const T* w, int by_output, int by_input, const T* in,
                                int count, T* out) {
  constexpr int wide = math::pack_size<T>, packs = 2;
  for (int s = 0; s < tile; s += packs * wide) {
    math::Pack<T> sum[outputs][packs];
    for (int o = 0; o < outputs; ++o)
      for (int k = 0; k < packs; ++k) sum[o][k] = math::spread(bias ? bias[o] : T(0));
    for (int i = 0; i < count; ++i) {
      math::Pack<T> value[packs];
      for (int k = 0; k < packs; ++k) value[k] = math::load_pack(in + i * tile + s + k * wide);
      for (int o = 0; o < outputs; ++o) {
        const math::Pack<T> factor = math::spread(w[o * by_output + i * by_input]);
        for (int k = 0; k < packs; ++k) sum[o][k] = sum[o][k] + factor * value[k];
      }
    }
    for (int o = 0; o < outputs; ++o)
      for (int k = 0; k < packs; ++k) math::store_pack(sum[o][k], out + o * tile + s + k * wide);
  }
}

template <class T>
void combine(const T* bias, const T* w, int by_output, int by_input, const T* in, int inputs, T* out,
             int outputs) {
  int o = 0;
  for (; o + 4 <= outputs; o += 4)
    combine_rows<4>(bias ? bias + o : nullptr, w + o * by_output, by_output, by_input, in, inputs,
                    out + o * tile);
  for (; o < outputs; ++o)
    combine_rows<1>(bias ? bias + o : nullptr, w + o * by_output, by_output, by_input, in, inputs,
                    out + o * tile);
}

template <class T>
STRIDE_INLINE T total(const T* part) {
  return ((part[0] + part[4]) + (part[2] + part[6])) + ((part[1] + part[5]) + (part[3] + part[7]));
}

/// The totals of `count` sums whose lanes stand in packs.
template <int count, class T, int packs = lanes / math::pack_size<T>>
STRIDE_INLINE void totals(const math::Pack<T> (&part)[packs][count], T* out) {
  if constexpr (packs == 2 && count % 4 == 0) {
    for (int i = 0; i < count; i += 4) {
      math::Pack<T> sum[4];
      for (int k = 0; k < 4; ++k) sum[k] = part[0][i + k] + part[1][i + k];
      math::store_pack(math::sums_of_four(sum), out + i);
    }
  } else {
    for (int i = 0; i < count; ++i) {
      T each[lanes];
      for (int p = 0; p < packs; ++p) math::store_pack(part[p][i], each + p * math::pack_size<T>);
      out[i] = total(each);
    }
  }
}

/// out[o] += the sum over the tile's samples of a[o][s], `rows` of them at once.
template <int rows, class T>
STRIDE_INLINE void add_sums(const T* a, T* out) {
  constexpr int wide = math::pack_size<T>, packs = lanes / wide;
  math::Pack<T> part[packs][rows] = {};
  for (int s = 0; s < tile; s += lanes)
    for (int p = 0; p < packs; ++p)
      for (int o = 0; o < rows; ++o) part[p][o] = part[p][o] + math::load_pack(a + o * tile + s + p * wide);
  T all[rows];
  totals<rows>(part, all);
  for (int o = 0; o < rows; ++o) out[o] = out[o] + all[o];
}

/// out[o * by_output + i] += the sum over the tile's samples of delta[o][s] * in[i][s], `outputs` x `inputs` of them at
/// once; of the lanes' partial sums as many at a time as a pack has: they stay in registers.
template <int outputs, int inputs, class T>
STRIDE_INLINE void add_dots(const T* delta, const T* in, T* out, int by_output) {
  constexpr int wide = math::pack_size<T>, packs = lanes / wide;
  math::Pack<T> part[packs][outputs * inputs];
  for (int p = 0; p < packs; ++p) {
    math::Pack<T> sum[outputs][inputs] = {};
    for (int s = p * wide; s < tile; s += lanes) {
      math::Pack<T> slope[outputs];
      for (int o = 0; o < outputs; ++o) slope[o] = math::load_pack(delta + o * tile + s);
      for (int i = 0; i < inputs; ++i) {
        const math::Pack<T> value = math::load_pack(in + i * tile + s);
        for (int o = 0; o < outputs; ++o) sum[o][i] = sum[o][i] + slope[o] * value;
      }
    }
    for (int o = 0; o < outputs; ++o)
      for (int i = 0; i < inputs; ++i) part[p][o * inputs + i] = sum[o][i];
  }
  T all[outputs * inputs];
  totals<outputs * inputs>(part, all);
  for (int o = 0; o < outputs; ++o)
    for (int i = 0; i < inputs; ++i) out[o * by_output + i] = out[o * by_output + i] + all[o * inputs + i];
}

template <int outputs, class T>
STRIDE_INLINE void add_rows(const T* delta, const T* in, int inputs, T* out) {
  int i = 0;
  for (; i + 4 <= inputs; i += 4) add_dots<outputs, 4>(delta, in + i * tile, out + i, inputs);
  for (; i + 2 <= inputs; i += 2) add_dots<outputs, 2>(delta, in + i * tile, out + i, inputs);
  for (; i < inputs; ++i) add_dots<outputs, 1>(delta, in + i * tile, out + i, inputs);
}

/// Where tanh in single precision is 1.
inline constexpr double saturated = 9.02;

template <class T>
STRIDE_INLINE T squashed(T x, T) {
  return math::tanh(x);
}
/// tanh in half the time of math::tanh: x P(x^2) / Q(x^2), P and Q of degree 4 fitted to the least largest relative error,
/// 2.1e-8; within 6 units in the last place with the rounding of single precision.
STRIDE_INLINE float squashed(float x, float limit = float(saturated)) {
  const float below = limit < x ? limit : x, a = below < -limit ? -limit : below, z = a * a;
  const float p = math::detail::series(z, 0.9999999790395168, 0.13379721295532726, 0.0034940379747428643,
                                       2.058351626051983e-05, 1.3319084158610286e-08);
  const float q = math::detail::series(z, 1, 0.46713036556273235, 0.02587108765625888, 0.00032830974847283356,
                                       7.762031937047547e-07);
  return a * p / q;
}

template <class T>
void activate(Activation activation, T* a, int count, T limit) {
  switch (activation) {
    case Activation::tanh:
      for (int s = 0; s < count; ++s) a[s] = squashed(a[s], limit);
      return;
    case Activation::relu:
      for (int s = 0; s < count; ++s) a[s] = number_in(a[s]) > 0 ? a[s] : T(0);
      return;
    case Activation::sigmoid:
      for (int s = 0; s < count; ++s) a[s] = T(1) / (T(1) + math::exp(-a[s]));
  }
}

/// delta *= the activation's derivative, written in terms of its value a.
template <class T>
void multiply_slope(Activation activation, const T* __restrict a, T* __restrict delta, int count) {
  switch (activation) {
    case Activation::tanh:
      for (int s = 0; s < count; ++s) delta[s] = delta[s] * (T(1) - a[s] * a[s]);
      return;
    case Activation::relu:
      for (int s = 0; s < count; ++s) delta[s] = number_in(a[s]) > 0 ? delta[s] : T(0);
      return;
    case Activation::sigmoid:
      for (int s = 0; s < count; ++s) delta[s] = delta[s] * (a[s] * (T(1) - a[s]));
  }
}

/// The cross-entropy of logit z and label y, max(z, 0) - z y + log(1 + exp(-|z|)), and its slope: sigmoid(z)
/// less y. The logarithm adds back what 1 + e rounds away, so that small losses keep their digits.
template <class T>
void cross_entropy(const T* __restrict z, const T* __restrict y, T* __restrict loss, T* __restrict slope) {
  for (int s = 0; s < tile; ++s) {
    const bool above = number_in(z[s]) > 0;
    const T e = math::exp(above ? -z[s] : z[s]), u = T(1) + e;
    loss[s] = (above ? z[s] : T(0)) - z[s] * y[s] + (math::log(u) + (e - (u - T(1))) / u);
    slope[s] = (above ? T(1) : e) / u - y[s];
  }
}

/// The cross-entropy of `classes` logits z [class][s] and the class y: log of the sum of exp(z - z_y); z
/// becomes its slope, softmax less the label's unit vector. `stride`: numbers of a class.
template <class T>
void softmax_cross_entropy(T* __restrict z, int classes, const T* __restrict y, T* __restrict loss,
                           int stride = tile) {
  T top[tile], sum[tile], of_label[tile];
  for (int s = 0; s < tile; ++s) top[s] = z[s], sum[s] = T(0), of_label[s] = T(0);
  for (int c = 1; c < classes; ++c)
    for (int s = 0; s < tile; ++s)
      top[s] = number_in(z[c * stride + s]) > number_in(top[s]) ? z[c * stride + s] : top[s];
  for (int c = 0; c < classes; ++c)
    for (int s = 0; s < tile; ++s) {
      T& v = z[c * stride + s];
      v = v - top[s];
      of_label[s] = number_in(y[s]) == c ? v : of_label[s];
      v = math::exp(v);
      sum[s] = sum[s] + v;
    }
  for (int s = 0; s < tile; ++s) loss[s] = math::log(sum[s]) - of_label[s];
  for (int c = 0; c < classes; ++c)
    for (int s = 0; s < tile; ++s)
      z[c * stride + s] = z[c * stride + s] / sum[s] - T(number_in(y[s]) == c ? 1 : 0);
}

struct Score {
  double loss = 0, accuracy = 0;
};

/// A network with its scratch memory: made once a run, nothing is allocated in a step.
template <class T>
class Pass {
 public:
  Pass(const std::vector<int>& layers, Activation activation) : layers_(layers), activation_(activation) {
    for (int units : layers_) {
      offsets_.push_back(static_cast<int>(values_.size()));
      values_.resize(values_.size() + static_cast<std::size_t>(units * tile));
    }
    const int widest = *std::max_element(layers_.begin(), layers_.end());
    delta_.resize(static_cast<std::size_t>(widest * tile));
    below_.resize(delta_.size());
  }

  /// Mean loss and share of right labels over `count` samples: those of `batch`, or where it is null those
  /// from `first` on. x: [sample][inputs]; label: a number a sample. Overwrites `gradient` (as many numbers
  /// as weights) where it is not null.
  Score score(const T* x, const T* label, const T* weights, const int* batch, int first, int count,
              T* gradient);

  /// The outputs of `count` samples: [sample][output].
  void outputs(const T* weights, const T* x, int count, T* out);

  /// The mean loss of the last score, as the number type has it.
  const T& loss() const { return mean_; }

 private:
  T* row(std::size_t layer) { return values_.data() + offsets_[layer]; }
  T* output() { return row(layers_.size() - 1); }
  void load(const T* x, const int* batch, int first, int count);
  void forward(const T* weights);
  void backward(const T* weights, T* gradient);
  int right(int used) const;
  T tile_loss(int used, int count);

  std::vector<int> layers_;
  Activation activation_;
  std::vector<int> offsets_;
  std::vector<T> values_;  // activations of every layer, inputs first
  std::vector<T> delta_,
      below_;               // derivative of the loss by the inputs of a layer's and the next lower units
  T limit_ = T(saturated);  // where tanh is 1; no constant, of which compilers make more than one instruction
  T label_[tile] = {}, loss_[tile] = {}, mean_ = {};
};

template <class T>
void Pass<T>::load(const T* x, const int* batch, int first, int count) {
  T* in = row(0);
  const int width = layers_[0];
  if (!batch && count == tile) {
    const T* from = x + static_cast<std::ptrdiff_t>(first) * width;
    for (int c = 0; c < width; ++c)
      for (int s = 0; s < tile; ++s) in[c * tile + s] = from[s * width + c];
    return;
  }
  for (int s = 0; s < tile; ++s) {
    // What fills up the last tile counts nowhere, but must be a number.
    const T* from =
        s < count ? x + static_cast<std::ptrdiff_t>(batch ? batch[first + s] : first + s) * width : nullptr;
    for (int c = 0; c < width; ++c) in[c * tile + s] = from ? from[c] : T(0);
  }
}

template <class T>
void Pass<T>::forward(const T* weights) {
  for (std::size_t l = 1; l < layers_.size(); ++l) {
    const int in = layers_[l - 1], out = layers_[l];
    const T* bias = weights + in * out;
    combine(bias, weights, in, 1, row(l - 1), in, row(l), out);
    if (l + 1 < layers_.size()) activate(activation_, row(l), out * tile, limit_);
    weights = bias + out;
  }
}

/// delta_ holds the slope of the loss by the outputs. Weights and gradient are walked from their ends.
template <class T>
void Pass<T>::backward(const T* weights, T* gradient) {
  const int n = weight_count(layers_);
  weights += n;
  gradient += n;
  for (std::size_t l = layers_.size() - 1; l > 0; --l) {
    const int in = layers_[l - 1], out = layers_[l];
    const T* below = row(l - 1);
    weights -= (in + 1) * out;
    gradient -= (in + 1) * out;
    const T* delta = delta_.data();
    int o = 0;
    for (; o + 2 <= out; o += 2) add_rows<2>(delta + o * tile, below, in, gradient + o * in);
    for (; o < out; ++o) add_rows<1>(delta + o * tile, below, in, gradient + o * in);
    for (o = 0; o + 4 <= out; o += 4) add_sums<4>(delta + o * tile, gradient + in * out + o);
    for (; o < out; ++o) add_sums<1>(delta + o * tile, gradient + in * out + o);
    if (l == 1) break;
    combine<T>(nullptr, weights, 1, in, delta_.data(), out, below_.data(), in);
    multiply_slope(activation_, below, below_.data(), in * tile);
    delta_.swap(below_);
  }
}

/// How many of the tile's first `used` samples have the right label.
template <class T>
int Pass<T>::right(int used) const {
  const T* z = values_.data() + offsets_.back();
  const int outputs = layers_.back();
  int count = 0;
  for (int s = 0; s < used; ++s) {
    int best = outputs == 1 ? number_in(z[s]) > 0 : 0;
    for (int c = 1; c < outputs; ++c)
      if (number_in(z[c * tile + s]) > number_in(z[best * tile + s])) best = c;
    count += number_in(label_[s]) == best;
  }
  return count;
}

/// The tile's part of the loss, summed; delta_ becomes its slope, divided by `count`.
template <class T>
T Pass<T>::tile_loss(int used, int count) {
  const int outputs = layers_.back();
  if (outputs == 1) {
    cross_entropy(output(), label_, loss_, delta_.data());
  } else {
    softmax_cross_entropy(output(), outputs, label_, loss_);
    std::copy_n(output(), outputs * tile, delta_.data());
  }
  for (int s = used; s < tile; ++s) loss_[s] = T(0);
  for (int o = 0; o < outputs; ++o) {
    T* delta = delta_.data() + o * tile;
    for (int s = 0; s < tile; ++s) delta[s] = s < used ? delta[s] / T(count) : T(0);
  }
  T sum = T(0);
  add_sums<1>(loss_, &sum);
  return sum;
}

template <class T>
Score Pass<T>::score(const T* x, const T* label, const T* weights, const int* batch, int first, int count,
                     T* gradient) {
  if (gradient) std::fill_n(gradient, weight_count(layers_), T(0));
  T loss = T(0);
  int hits = 0;
  for (int from = first; from < first + count; from += tile) {
    const int used = std::min(tile, first + count - from);
    load(x, batch, from, used);
    forward(weights);
    for (int s = 0; s < tile; ++s) label_[s] = s < used ? label[batch ? batch[from + s] : from + s] : T(0);
    hits += right(used);
    loss = loss + tile_loss(used, count);
    if (gradient) backward(weights, gradient);
  }
  mean_ = loss / T(count);
  return {number_in(mean_), static_cast<double>(hits) / count};
}

template <class T>
void Pass<T>::outputs(const T* weights, const T* x, int count, T* out) {
  const int width = layers_.back();
  for (int first = 0; first < count; first += tile) {
    const int used = std::min(tile, count - first);
    load(x, nullptr, first, used);
    forward(weights);
    for (int s = 0; s < used; ++s)
      for (int o = 0; o < width; ++o) out[(first + s) * width + o] = output()[o * tile + s];
  }
}

}  // namespace stride::network
