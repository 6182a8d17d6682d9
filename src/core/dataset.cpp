#include "core/dataset.h"

#include "core/math.h"
#include "core/random.h"

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

const DataGenerator table[] = {
    {"moons", "Two moons", "Two interleaved half circles: a curved border that one small hidden layer finds.",
     moons},
    {"circles", "Circles", "A circle inside a circle: no straight line separates them.", circles},
    {"spiral", "Spiral", "Two arms wound around each other: hard, and unforgiving of a bad learning rate.",
     spiral},
    {"xor", "Exclusive or", "Opposite quadrants share a label: the smallest task that needs a hidden layer.",
     exclusive_or},
    {"blobs", "Blobs",
     "Two clouds around (-1, -1) and (1, 1), as wide as the noise: a straight line is enough.", blobs},
};

DataSet own_points(const std::vector<double>& points) {
  DataSet data;
  for (std::size_t i = 0; i + 2 < points.size(); i += 3) {
    data.x.push_back(points[i]);
    data.x.push_back(points[i + 1]);
    data.label.push_back(points[i + 2]);
  }
  return data;
}

}  // namespace

std::span<const DataGenerator> datasets() {
  return table;
}

int find_dataset(std::string_view key) {
  for (int i = 0; i < static_cast<int>(std::size(table)); ++i)
    if (key == table[i].key) return i;
  return -1;
}

DataSet make_dataset(const DataSettings& settings) {
  if (settings.row < 0) return own_points(settings.points);
  DataSet data;
  for (int i = 0; i < settings.samples; ++i) {
    const int label = i % 2, count = (settings.samples + 1 - label) / 2;
    double point[2];
    table[settings.row].point(settings.seed, label, i / 2, count, point);
    for (int c = 0; c < 2; ++c) {
      const double error =
          gaussian(settings.seed, noise_stream + static_cast<unsigned>(c), static_cast<unsigned>(i));
      data.x.push_back(point[c] + settings.noise * error);
    }
    data.label.push_back(label);
  }
  return data;
}

}  // namespace stride
