// The arithmetic of networks side by side, that differ in their weights alone: what a register holds of single precision
// numbers is one number of each. Sum by sum in the order of network_pass.h: each has the bits that it has by itself.
#pragma once

#include <algorithm>
#include <vector>

#include "core/networks/network_pass.h"

namespace stride::side_by_side {

using math::load_pack, math::spread, math::store_pack, network::lanes, network::tile;
using Pack = math::Pack<float>;
/// How many networks there are side by side.
inline constexpr int side = math::pack_size<float>;

STRIDE_INLINE Pack pack_at(const float* from, int place) {
  return load_pack(from + place * side);
}

/// Where the numbers of a sample come from: its own of each network, or the data, alike for all.
template <bool alike>
STRIDE_INLINE Pack value_at(const float* in, int place) {
  if constexpr (alike)
    return spread(in[place]);
  else
    return pack_at(in, place);
}

/// out[o][s] = bias[o] + the sum over i of w[o * by_output + i * by_input] * in[i][s] for the first `used` samples,
/// `outputs` rows at once.
template <int outputs, bool alike>
STRIDE_INLINE void combine_rows(const float* bias, const float* w, int by_output, int by_input,
                                const float* in, int inputs, float* out, int used) {
  constexpr int together = 2;
  for (int s = 0; s < used; s += together) {
    Pack sum[outputs][together];
    for (int o = 0; o < outputs; ++o)
      for (int k = 0; k < together; ++k) sum[o][k] = bias ? pack_at(bias, o) : Pack{};
    for (int i = 0; i < inputs; ++i) {
      Pack value[together];
      for (int k = 0; k < together; ++k) value[k] = value_at<alike>(in, i * tile + s + k);
      for (int o = 0; o < outputs; ++o) {
        const Pack factor = pack_at(w, o * by_output + i * by_input);
        for (int k = 0; k < together; ++k) sum[o][k] = sum[o][k] + factor * value[k];
      }
    }
    for (int o = 0; o < outputs; ++o)
      for (int k = 0; k < together; ++k) store_pack(sum[o][k], out + (o * tile + s + k) * side);
  }
}

template <bool alike>
void combine(const float* bias, const float* w, int by_output, int by_input, const float* in, int inputs,
             float* out, int outputs, int used) {
  int o = 0;
  const auto bias_of = [&](int output) { return bias ? bias + output * side : nullptr; };
  for (; o + 4 <= outputs; o += 4)
    combine_rows<4, alike>(bias_of(o), w + o * by_output * side, by_output, by_input, in, inputs,
                           out + o * tile * side, used);
  for (; o < outputs; ++o)
    combine_rows<1, alike>(bias_of(o), w + o * by_output * side, by_output, by_input, in, inputs,
                           out + o * tile * side, used);
}

/// In the order in which network::total() adds.
STRIDE_INLINE Pack total(const Pack* part) {
  return ((part[0] + part[4]) + (part[2] + part[6])) + ((part[1] + part[5]) + (part[3] + part[7]));
}

STRIDE_INLINE void add(float* out, const Pack& more) {
  store_pack(load_pack(out) + more, out);
}

/// out += the sum of a[s].
inline void add_sum(const float* a, float* out, int used) {
  Pack part[lanes] = {};
  for (int s = 0; s < used; s += lanes)
    for (int k = 0; k < lanes; ++k) part[k] = part[k] + pack_at(a, s + k);
  add(out, total(part));
}

/// out[o * by_output + i] += the sum of delta[o][s] * in[i][s], `outputs` x `inputs` of them at once.
template <int outputs, int inputs, bool alike>
STRIDE_INLINE void add_dots(const float* delta, const float* in, float* out, int by_output, int used) {
  Pack part[outputs * inputs][lanes];
  for (int k = 0; k < lanes; ++k) {
    Pack sum[outputs][inputs] = {};
    for (int s = k; s < used; s += lanes) {
      Pack slope[outputs];
      for (int o = 0; o < outputs; ++o) slope[o] = pack_at(delta, o * tile + s);
      for (int i = 0; i < inputs; ++i) {
        const Pack value = value_at<alike>(in, i * tile + s);
        for (int o = 0; o < outputs; ++o) sum[o][i] = sum[o][i] + slope[o] * value;
      }
    }
    for (int o = 0; o < outputs; ++o)
      for (int i = 0; i < inputs; ++i) part[o * inputs + i][k] = sum[o][i];
  }
  for (int o = 0; o < outputs; ++o)
    for (int i = 0; i < inputs; ++i) add(out + (o * by_output + i) * side, total(part[o * inputs + i]));
}

template <int outputs, bool alike>
void add_rows(const float* delta, const float* in, int inputs, float* out, int used) {
  constexpr int each = alike ? 1 : side;
  int i = 0;
  for (; i + 4 <= inputs; i += 4)
    add_dots<outputs, 4, alike>(delta, in + i * tile * each, out + i * side, inputs, used);
  for (; i < inputs; ++i)
    add_dots<outputs, 1, alike>(delta, in + i * tile * each, out + i * side, inputs, used);
}

template <bool alike>
void add_products(const float* delta, int outputs, const float* in, int inputs, float* out, int used) {
  int o = 0;
  for (; o + 2 <= outputs; o += 2)
    add_rows<2, alike>(delta + o * tile * side, in, inputs, out + o * inputs * side, used);
  for (; o < outputs; ++o)
    add_rows<1, alike>(delta + o * tile * side, in, inputs, out + o * inputs * side, used);
}

/// network::Pass for networks side by side: [unit][sample of the tile][network], of the inputs [input][sample].
class SidePass {
 public:
  SidePass(const std::vector<int>& layers, Activation activation) : layers_(layers), activation_(activation) {
    in_.resize(static_cast<std::size_t>(layers[0] * tile));
    values_.resize(layers.size());
    for (std::size_t l = 1; l < layers.size(); ++l)
      values_[l].resize(static_cast<std::size_t>(layers[l] * tile * side));
    const int widest = *std::max_element(layers.begin(), layers.end());
    delta_.resize(static_cast<std::size_t>(widest * tile * side));
    below_.resize(delta_.size());
  }

  /// The mean losses over `count` samples, see network::Pass::score.
  Pack score(const float* x, const float* label, const float* weights, const int* batch, int first, int count,
             float* gradient);

 private:
  void load(const float* x, const float* label, const int* batch, int first);
  void forward(const float* weights);
  Pack tile_loss(int count);
  void backward(const float* weights, float* gradient);

  std::vector<int> layers_;
  Activation activation_;
  std::vector<float> in_;
  std::vector<std::vector<float>> values_;  // of layers 1 and up
  std::vector<float> delta_, below_;
  float label_[tile * side] = {}, loss_[tile * side] = {};
  int samples_ = 0, used_ = 0;  // of the tile; the same filled up to whole sums
};

inline void SidePass::load(const float* x, const float* label, const int* batch, int first) {
  const int width = layers_[0];
  used_ = (samples_ + lanes - 1) / lanes * lanes;
  for (int s = 0; s < used_; ++s) {
    const bool counts = s < samples_;
    const std::ptrdiff_t sample = !counts ? 0 : batch ? batch[first + s] : first + s;
    for (int c = 0; c < width; ++c)
      in_[static_cast<std::size_t>(c * tile + s)] = counts ? x[sample * width + c] : 0;
    std::fill_n(label_ + s * side, side, counts ? label[sample] : 0);
  }
}

inline void SidePass::forward(const float* weights) {
  for (std::size_t l = 1; l < layers_.size(); ++l) {
    const int in = layers_[l - 1], out = layers_[l];
    const float* bias = weights + in * out * side;
    float* to = values_[l].data();
    if (l == 1)
      combine<true>(bias, weights, in, 1, in_.data(), in, to, out, used_);
    else
      combine<false>(bias, weights, in, 1, values_[l - 1].data(), in, to, out, used_);
    if (l + 1 < layers_.size())
      for (int o = 0; o < out; ++o)
        network::activate(activation_, to + o * tile * side, used_ * side, float(network::saturated));
    weights = bias + out * side;
  }
}

/// The tile's part of the losses, summed; delta_ becomes their slope, divided by `count`.
inline Pack SidePass::tile_loss(int count) {
  const int outputs = layers_.back(), places = used_ * side;
  float* z = values_.back().data();
  for (int at = 0; at < places; at += tile) {  // all that is done place by place
    if (outputs == 1)
      network::cross_entropy(z + at, label_ + at, loss_ + at, delta_.data() + at);
    else
      network::softmax_cross_entropy(z + at, outputs, label_ + at, loss_ + at, tile * side);
  }
  if (outputs > 1) std::copy_n(z, outputs * tile * side, delta_.data());
  std::fill(loss_ + samples_ * side, loss_ + tile * side, 0.0f);
  for (int o = 0; o < outputs; ++o) {
    float* delta = delta_.data() + o * tile * side;
    for (int p = 0; p < samples_ * side; ++p) delta[p] = delta[p] / static_cast<float>(count);
    std::fill(delta + samples_ * side, delta + places, 0.0f);
  }
  float sum[side] = {};
  add_sum(loss_, sum, used_);
  return load_pack(sum);
}

/// As network::Pass has it.
inline void SidePass::backward(const float* weights, float* gradient) {
  const int n = weight_count(layers_) * side;
  weights += n;
  gradient += n;
  for (std::size_t l = layers_.size() - 1; l > 0; --l) {
    const int in = layers_[l - 1], out = layers_[l];
    weights -= (in + 1) * out * side;
    gradient -= (in + 1) * out * side;
    if (l == 1)
      add_products<true>(delta_.data(), out, in_.data(), in, gradient, used_);
    else
      add_products<false>(delta_.data(), out, values_[l - 1].data(), in, gradient, used_);
    for (int o = 0; o < out; ++o)
      add_sum(delta_.data() + o * tile * side, gradient + (in * out + o) * side, used_);
    if (l == 1) break;
    combine<false>(nullptr, weights, 1, in, delta_.data(), out, below_.data(), in, used_);
    for (int i = 0; i < in; ++i)
      network::multiply_slope(activation_, values_[l - 1].data() + i * tile * side,
                              below_.data() + i * tile * side, used_ * side);
    delta_.swap(below_);
  }
}

inline Pack SidePass::score(const float* x, const float* label, const float* weights, const int* batch,
                            int first, int count, float* gradient) {
  if (gradient) std::fill_n(gradient, weight_count(layers_) * side, 0.0f);
  Pack loss{};
  for (int from = first; from < first + count; from += tile) {
    samples_ = std::min(tile, first + count - from);
    load(x, label, batch, from);
    forward(weights);
    loss = loss + tile_loss(count);
    if (gradient) backward(weights, gradient);
  }
  return loss / spread(static_cast<float>(count));
}

}  // namespace stride::side_by_side
