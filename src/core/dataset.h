// Two-dimensional points with labels 0 and 1 for the network problems, and the table of the generators.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace stride {

/// Generators of `samples` points: moons, circles, spiral, xor, blobs; or the learner's own points.
struct DataSpec {
  int row = 0;  ///< of datasets(); -1: points
  int samples = 200;
  double noise = 0.1;
  unsigned seed = 1;
  std::vector<double> points;  ///< x, y, label, x, y, label, ... where row is -1
  bool operator==(const DataSpec&) const = default;
};

struct DataSet {
  std::vector<double> x;      ///< [sample][2]
  std::vector<double> label;  ///< 0 or 1
};

struct DataGenerator {
  const char* key;
  const char* name;
  const char* help;
};

std::span<const DataGenerator> datasets();
int find_dataset(std::string_view key);
DataSet make_dataset(const DataSpec& spec);

}  // namespace stride
