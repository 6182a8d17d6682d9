// Bands of a loss by marching squares.
#include "figures/relief.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "core/colours.h"
#include "figures/loss_scale.h"

namespace stride::figures {
namespace {

double far_away(int width) {
  return 4.0 * width;  // as far as a path that leaves the picture is followed
}

double x_of(const Relief& r, int i) {
  return std::clamp((i - 1) * r.cell, 0, r.width);
}
double y_of(const Relief& r, int j) {
  return std::clamp((j - 1) * r.cell, 0, r.height);
}

/// Marching squares: the outline of where the relief is at least `level`, higher ground to the left.
class Outline {
 public:
  Outline(const Relief& relief, double level)
      : relief_(relief), columns_(relief.columns()), level_(level), next_(2 * relief.level.size(), -1) {
    for (int j = 0; j + 1 < relief.rows(); ++j)
      for (int i = 0; i + 1 < columns_; ++i) cross(i, j);
  }

  Rings rings() {
    Rings out;
    for (std::size_t start = 0; start < next_.size(); ++start) {
      std::vector<Pixel> line;
      int edge = static_cast<int>(start);
      while (next_[static_cast<std::size_t>(edge)] >= 0) {
        line.push_back(crossing(edge));
        edge = std::exchange(next_[static_cast<std::size_t>(edge)], -1);
      }
      if (line.size() >= 3) out.push_back(std::move(line));
    }
    return out;
  }

 private:
  /// An edge is named by its upper or left node and its direction.
  int across(int i, int j) const { return 2 * (j * columns_ + i); }
  int down(int i, int j) const { return across(i, j) + 1; }

  void cross(int i, int j) {
    // From edge to edge (top, right, bottom, left), twice at most, for the corners above: top left 1, top
    // right 2, bottom right 4, bottom left 8. Two across from each other are kept apart.
    constexpr signed char none = -1;
    constexpr signed char ways[16][4] = {
        {none, 0, none, 0}, {3, 0, none, 0}, {0, 1, none, 0}, {3, 1, none, 0},
        {1, 2, none, 0},    {3, 0, 1, 2},    {0, 2, none, 0}, {3, 2, none, 0},
        {2, 3, none, 0},    {2, 0, none, 0}, {0, 1, 2, 3},    {2, 1, none, 0},
        {1, 3, none, 0},    {1, 0, none, 0}, {0, 3, none, 0}, {none, 0, none, 0}};
    const int edges[] = {across(i, j), down(i + 1, j), across(i, j + 1), down(i, j)};
    const auto& way = ways[above(i, j) + 2 * above(i + 1, j) + 4 * above(i + 1, j + 1) + 8 * above(i, j + 1)];
    for (int k = 0; k < 4 && way[k] != none; k += 2)
      next_[static_cast<std::size_t>(edges[way[k]])] = edges[way[k + 1]];
  }

  bool above(int i, int j) { return relief_.at(i, j) >= level_; }

  Pixel crossing(int edge) {
    const int i = edge / 2 % columns_, j = edge / 2 / columns_;
    const int i2 = edge % 2 ? i : i + 1, j2 = edge % 2 ? j + 1 : j;
    const double u = relief_.at(i, j), v = relief_.at(i2, j2), t = (level_ - u) / (v - u);
    const double x = x_of(relief_, i), y = y_of(relief_, j);
    return {static_cast<int>(std::lround(x + t * (x_of(relief_, i2) - x))),
            static_cast<int>(std::lround(y + t * (y_of(relief_, j2) - y)))};
  }

  const Relief& relief_;
  int columns_;
  double level_;
  std::vector<int> next_;
};

}  // namespace

Pixel place(const Domain& d, int width, int height, double x, double y) {
  const double reach = far_away(width);
  const auto part = [&](double p) {
    return static_cast<int>(std::lround(std::isfinite(p) ? std::clamp(p, -reach, reach) : reach));
  };
  return {part((x - d.xmin) / (d.xmax - d.xmin) * width), part((d.ymax - y) / (d.ymax - d.ymin) * height)};
}

bool is_far(Pixel p, int width) {
  return std::abs(p.x) >= far_away(width) || std::abs(p.y) >= far_away(width);
}

Relief make_relief(const Objective& objective, const Domain& d, int width, int height, int cell) {
  Relief out{width, height, cell, {}};
  const int columns = out.columns(), rows = out.rows();
  std::vector<float> values;
  for (int j = 1; j < rows - 1; ++j)
    for (int i = 1; i < columns - 1; ++i) {
      const double x = d.xmin + (d.xmax - d.xmin) * x_of(out, i) / width;
      const double y = d.ymax - (d.ymax - d.ymin) * y_of(out, j) / height;
      values.push_back(static_cast<float>(objective.at(x, y).f));
    }
  const bool decades =
      !objective.expression && surfaces()[static_cast<std::size_t>(objective.surface)].log_colour;
  const LossScale scale = fit_loss_scale(values, std::nan(""), decades);
  out.level.assign(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows), -1);
  std::size_t next = 0;
  for (int j = 1; j < rows - 1; ++j)
    for (int i = 1; i < columns - 1; ++i)
      out.level[static_cast<std::size_t>(j * columns + i)] = scale.colour.at(values[next++]);
  return out;
}

Rings outline(const Relief& relief, double level) {
  return Outline(relief, level).rings();
}

std::string path_of(const Rings& rings) {
  std::string out;
  for (const std::vector<Pixel>& ring : rings) {
    append_line(out, ring);
    out += 'z';
  }
  return out;
}

void append_line(std::string& out, const std::vector<Pixel>& line) {
  std::vector<Pixel> corners;
  for (const Pixel p : line) {
    if (!corners.empty() && corners.back() == p) continue;
    if (corners.size() > 1) {
      const Pixel a = corners.end()[-2], b = corners.end()[-1];
      const bool ahead = (b.x - a.x) * (p.x - b.x) + (b.y - a.y) * (p.y - b.y) > 0;
      if (ahead && (b.x - a.x) * (p.y - b.y) == (b.y - a.y) * (p.x - b.x)) corners.pop_back();
    }
    corners.push_back(p);
  }
  Pixel at{0, 0};
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Pixel p = corners[i];
    out += i == 0 ? "M" : i == 1 ? "l" : p.x < at.x ? "" : " ";
    out += std::to_string(p.x - at.x);
    if (p.y >= at.y) out += ' ';
    out += std::to_string(p.y - at.y);
    at = p;
  }
}

unsigned band_colour(int band) {
  const auto rgb = viridis(1 - (band + 0.5) / band_count);
  unsigned out = 0;
  for (const float part : rgb) out = out << 8 | static_cast<unsigned>(std::lround(255 * part));
  return out;
}

}  // namespace stride::figures
