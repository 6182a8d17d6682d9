// Which samples a step of training sees: all of them, or shuffled or given batches.
#pragma once

#include <span>
#include <vector>

namespace stride {

/// A permutation of 0 .. samples-1: the order in which epoch `epoch` (from 0) meets the samples (Fisher &
/// Yates).
std::vector<int> epoch_order(int samples, unsigned seed, int epoch);

/// The batches of a run, one step after the other; an epoch is shuffled once. Where batch_size does not
/// divide the samples, an epoch's last batch is smaller.
class Batches {
 public:
  /// `explicit_batches` not empty: those, round and round. `size` 0, or `samples` and more: the full batch.
  Batches(std::vector<std::vector<int>> explicit_batches, int size, unsigned seed, int samples);
  /// Whether every step sees all samples, in their order.
  bool full() const { return full_; }
  /// The sample indices of step t's batch; valid until the next call.
  std::span<const int> at(int t);
  /// Whether the seed decides what a step sees.
  bool drawn() const { return !full_ && explicit_.empty(); }
  /// The same drawn by another seed.
  Batches reseeded(unsigned seed) const { return {explicit_, size_, seed, samples_}; }
  unsigned seed() const { return seed_; }
  /// Steps in an epoch.
  int epoch_length() const;

 private:
  std::vector<std::vector<int>> explicit_;
  int size_;
  unsigned seed_;
  int samples_, epoch_ = -1;
  bool full_;
  std::vector<int> order_;
};

}  // namespace stride
