#include "core/networks/dataset.h"

#include <algorithm>
#include <cmath>

#include "core/math/math.h"
#include "core/math/random.h"
#include "core/networks/real_data.h"

namespace stride {
namespace {

constexpr double pi = 3.14159265358979323846;

// Keeps the draws of a shape apart from those of the noise, which share the seed.
constexpr unsigned shape_stream = 1u << 20;
constexpr unsigned noise_stream = 2u << 20;

double shape_draw(unsigned seed, int label, int index, int coordinate) {
  return uniform(seed, shape_stream + static_cast<unsigned>(2 * coordinate + label),
                 static_cast<unsigned>(index));
}

// The interval 0 .. 1 cut evenly, both ends included.
double fraction(int index, int count) {
  return count > 1 ? index / (count - 1.0) : 0;
}

// make_moons of scikit-learn: the upper half of the unit circle, and the lower half moved by (1, 0.5).
void moons(unsigned, int label, int index, int count, double out[2]) {
  const double angle = pi * fraction(index, count);
  const double c = math::cos(angle), s = math::sin(angle);
  out[0] = label ? 1 - c : c;
  out[1] = label ? 0.5 - s : s;
}

// make_circles of scikit-learn with factor 0.5: the unit circle around one of half its radius.
void circles(unsigned, int label, int index, int count, double out[2]) {
  const double angle = 2 * pi * index / count, radius = label ? 0.5 : 1;
  out[0] = radius * math::cos(angle);
  out[1] = radius * math::sin(angle);
}

// Two arms r = u, angle = 3.5 pi u, half a turn apart: the two-spirals task (Lang & Witbrock 1988), less
// wound.
void spiral(unsigned, int label, int index, int count, double out[2]) {
  const double u = (index + 1.0) / count, angle = 3.5 * pi * u + pi * label;
  out[0] = u * math::sin(angle);
  out[1] = u * math::cos(angle);
}

// Uniform in the square -1 .. 1, label 1 where the signs of x and y differ. A gap of 0.1 keeps the classes
// apart.
void exclusive_or(unsigned seed, int label, int index, int, double out[2]) {
  const double gap = 0.05;
  const double u = gap + (1 - gap) * shape_draw(seed, label, index, 0);
  const double v = gap + (1 - gap) * shape_draw(seed, label, index, 1);
  const bool left = (index & 1) != 0;
  out[0] = left ? -u : u;
  out[1] = left != (label != 0) ? -v : v;
}

// make_blobs of scikit-learn: two centres; the noise is the whole spread.
void blobs(unsigned, int label, int, int, double out[2]) {
  out[0] = out[1] = label ? 1 : -1;
}

/// The point without noise: sample `index` of the `count` of its class.
using Shape = void (*)(unsigned seed, int label, int index, int count, double out[2]);

template <Shape shape>
void generate(const DataSettings& settings, DataSet& out) {
  for (int i = 0; i < settings.samples; ++i) {
    const int label = i % 2, count = (settings.samples + 1 - label) / 2;
    double point[2];
    shape(settings.seed, label, i / 2, count, point);
    for (int c = 0; c < 2; ++c) {
      const double error =
          gaussian(settings.seed, noise_stream + static_cast<unsigned>(c), static_cast<unsigned>(i));
      out.x.push_back(point[c] + settings.noise * error);
    }
    out.label.push_back(label);
  }
}

constexpr int iris_inputs = 4, iris_columns = 5, irises = 150;

void iris(const DataSettings&, DataSet& out) {
  const std::span<const unsigned char> table = iris_table();
  out.x.resize(static_cast<std::size_t>(irises * iris_inputs));
  for (int c = 0; c < iris_inputs; ++c) {
    const auto at = [&](int i) { return table[static_cast<std::size_t>(i * iris_columns + c)] / 10.0; };
    double mean = 0, square = 0;
    for (int i = 0; i < irises; ++i) mean += at(i) / irises;
    for (int i = 0; i < irises; ++i) square += (at(i) - mean) * (at(i) - mean) / irises;
    const double deviation = std::sqrt(square);
    for (int i = 0; i < irises; ++i)
      out.x[static_cast<std::size_t>(i * iris_inputs + c)] = (at(i) - mean) / deviation;
  }
  for (int i = 0; i < irises; ++i)
    out.label.push_back(table[static_cast<std::size_t>(i * iris_columns + iris_inputs)]);
}

void digits(const DataSettings& settings, DataSet& out) {
  const std::span<const unsigned char> table = digits_table();
  if (table.empty()) return;
  const auto at = [&](int plane, int i) { return table[static_cast<std::size_t>(plane * digits_count + i)]; };
  for (int i = 0; i < settings.samples; ++i) {
    for (int p = 0; p < digits_pixels; ++p) out.x.push_back(at(p, i) / 16.0);
    out.label.push_back(at(digits_pixels, i));
  }
}

constexpr int usual_samples = 200;

constexpr DataKind generated(const char* key, const char* name, const char* help,
                             void (*fill)(const DataSettings&, DataSet&)) {
  return {key, name, help, 2, 2, true, usual_samples, true, fill};
}

const DataKind table[] = {
    generated("moons", "Two moons",
              "Two interleaved half circles: a curved border that one small hidden layer finds.",
              generate<moons>),
    generated("circles", "Circles", "A circle inside a circle: no straight line separates them.",
              generate<circles>),
    generated("spiral", "Spiral",
              "Two arms wound around each other: hard, and unforgiving of a bad learning rate.",
              generate<spiral>),
    generated("xor", "Exclusive or",
              "Opposite quadrants share a label: the smallest task that needs a hidden layer.",
              generate<exclusive_or>),
    generated("blobs", "Blobs",
              "Two clouds around (-1, -1) and (1, 1), as wide as the noise: a straight line is enough.",
              generate<blobs>),
    {"iris", "Irises",
     "150 flowers of three species by the size of their leaves (Fisher 1936): two species overlap.",
     iris_inputs, 3, false, irises, false, iris},
    {"digits", "Handwritten digits",
     "1,797 real digits of 8 × 8 pixels (Alpaydin and Kaynak): ten classes, a small network learns them.",
     digits_pixels, 10, false, digits_count, true, digits},
};

const DataKind* kind_of(const DataSettings& settings) {
  return settings.row == own_points ? nullptr : &table[settings.row];
}

}  // namespace

std::span<const DataKind> datasets() {
  return table;
}

int find_dataset(std::string_view key) {
  for (int i = 0; i < static_cast<int>(std::size(table)); ++i)
    if (key == table[i].key) return i;
  return -1;
}

int inputs_of(const DataSettings& settings) {
  const DataKind* kind = kind_of(settings);
  return kind ? kind->inputs : 2;
}

int classes_of(const DataSettings& settings) {
  const DataKind* kind = kind_of(settings);
  return kind ? kind->classes : 2;
}

int samples_of(const DataSettings& settings) {
  const DataKind* kind = kind_of(settings);
  if (!kind) return static_cast<int>(settings.points.size() / 3);
  return kind->samples_chosen ? settings.samples : kind->samples;
}

int training_samples_of(const DataSettings& settings) {
  const int samples = samples_of(settings);
  return samples - static_cast<int>(std::floor(samples * settings.validation));
}

DataSet make_dataset(const DataSettings& settings) {
  DataSet data;
  data.inputs = inputs_of(settings);
  data.classes = classes_of(settings);
  if (const DataKind* kind = kind_of(settings)) {
    kind->fill(settings, data);
  } else {
    for (std::size_t i = 0; i + 2 < settings.points.size(); i += 3) {
      data.x.insert(data.x.end(), {settings.points[i], settings.points[i + 1]});
      data.label.push_back(settings.points[i + 2]);
    }
  }
  data.training = std::min(training_samples_of(settings), data.size());
  return data;
}

}  // namespace stride
