// What networks are trained on: points with labels, from generators, from real data or the learner's own; and
// the table of them.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace stride {

/// A row of the table with its settings, or the learner's own points.
struct DataSettings {
  int row = 0;         ///< of datasets(); own_points: points
  int samples = 200;   ///< how many, where the row says that this can be chosen
  double noise = 0.1;  ///< standard deviation of the Gaussian added to each coordinate, where there is any
  unsigned seed = 1;
  std::vector<double> points;  ///< x, y, label, x, y, label, ... where row is own_points
  double validation = 0;       ///< share of the samples, the last ones, that is held out of training
  bool operator==(const DataSettings&) const = default;
};
inline constexpr int own_points = -1;

struct DataSet {
  int inputs = 2, classes = 2;
  std::vector<double> x;      ///< [sample][input]
  std::vector<double> label;  ///< 0 .. classes - 1
  int training = 0;           ///< how many samples, the first ones, are trained on; the others validate
  int size() const { return static_cast<int>(label.size()); }
};

/// One row of the table.
struct DataKind {
  const char* key;
  const char* name;
  const char* help;
  int inputs, classes;
  bool generated;       ///< drawn from seed and noise, as many samples as wanted
  int samples;          ///< how many there are by default; real data: at most
  bool samples_chosen;  ///< whether `samples` counts
  /// Fills x and label.
  void (*fill)(const DataSettings&, DataSet&);
};

std::span<const DataKind> datasets();
/// The index of the row `key`, or -1.
int find_dataset(std::string_view key);

/// Inputs and classes of the data, without making it.
int inputs_of(const DataSettings& settings);
int classes_of(const DataSettings& settings);
/// How many samples there are, and how many of them are trained on: all but the last floor(samples *
/// validation).
int samples_of(const DataSettings& settings);
int training_samples_of(const DataSettings& settings);

/// The samples, the same on every machine. Generated classes alternate (sample i has label i mod 2), so that
/// any prefix is balanced; an odd count has one more of label 0. Iris: each input less its mean, over its
/// standard deviation (divisor n). Digits: pixels over 16; none where the program has not been given them.
DataSet make_dataset(const DataSettings& settings);

}  // namespace stride
