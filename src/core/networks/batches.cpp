#include "core/networks/batches.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/math/random.h"

namespace stride {

namespace {

// Keeps the draws of the shuffles apart from those of the initial weights, whose seed is often the same.
constexpr unsigned shuffle_stream = 4u << 20;

}  // namespace

std::vector<int> epoch_order(int samples, unsigned seed, int epoch) {
  std::vector<int> order(static_cast<std::size_t>(samples));
  std::iota(order.begin(), order.end(), 0);
  for (int i = samples - 1; i > 0; --i) {
    const double u = uniform(seed, shuffle_stream + static_cast<unsigned>(epoch), static_cast<unsigned>(i));
    const int j = std::min(i, static_cast<int>(u * (i + 1)));
    std::swap(order[static_cast<std::size_t>(i)], order[static_cast<std::size_t>(j)]);
  }
  return order;
}

Batches::Batches(std::vector<std::vector<int>> explicit_batches, int size, unsigned seed, int samples)
    : explicit_(std::move(explicit_batches)),
      size_(size <= 0 || size > samples ? samples : size),
      seed_(seed),
      samples_(samples),
      full_(explicit_.empty() && size_ == samples) {
  if (!full_) return;
  order_.resize(static_cast<std::size_t>(samples));
  std::iota(order_.begin(), order_.end(), 0);
}

int Batches::epoch_length() const {
  return explicit_.empty() ? (samples_ + size_ - 1) / size_ : static_cast<int>(explicit_.size());
}

std::span<const int> Batches::at(int t) {
  if (full_) return order_;
  if (!explicit_.empty()) return explicit_[static_cast<std::size_t>(t) % explicit_.size()];
  const int epoch = t / epoch_length();
  if (epoch != epoch_) order_ = epoch_order(samples_, seed_, epoch_ = epoch);
  const int first = t % epoch_length() * size_;
  return std::span<const int>(order_).subspan(static_cast<std::size_t>(first),
                                              static_cast<std::size_t>(std::min(size_, samples_ - first)));
}

}  // namespace stride
