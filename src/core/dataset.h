// Two-dimensional points with labels 0 and 1 for the network problems, and the table of the generators.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace stride {

/// Generators of `samples` points: moons, circles, spiral, xor, blobs; or the learner's own points.
struct DataSettings {
  int row = 0;         ///< of datasets(); -1: points
  int samples = 200;   ///< 0 .. ; ignored where row is -1
  double noise = 0.1;  ///< standard deviation of the Gaussian added to each coordinate
  unsigned seed = 1;
  std::vector<double> points;  ///< x, y, label, x, y, label, ... where row is -1
  bool operator==(const DataSettings&) const = default;
};

struct DataSet {
  std::vector<double> x;      ///< [sample][2]
  std::vector<double> label;  ///< 0 or 1
  int size() const { return static_cast<int>(label.size()); }
};

/// One row of the table of generators.
struct DataGenerator {
  const char* key;
  const char* name;
  const char* help;
  /// The point without noise: sample `index` of the `count` of its class.
  void (*point)(unsigned seed, int label, int index, int count, double out[2]);
};

std::span<const DataGenerator> datasets();
/// The index of the generator `key`, or -1.
int find_dataset(std::string_view key);

/// The points of `settings`, the same on every machine. Generated classes alternate (sample i has label
/// i mod 2), so that any prefix is balanced; an odd count has one more of label 0.
DataSet make_dataset(const DataSettings& settings);

}  // namespace stride
