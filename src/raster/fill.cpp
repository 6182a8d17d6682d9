// Areas by their exact share of each pixel, row by row; lines and discs by the distance of each pixel's middle.
#include "raster/fill.h"

#include <algorithm>
#include <cmath>

namespace stride::raster {

namespace {

void blend(Picture& to, int x, int y, Ink ink, double share) {
  share *= ink.opacity;
  if (!(share > 0)) return;
  unsigned char* pixel = &to.rgb[3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(to.width) +
                                      static_cast<std::size_t>(x))];
  for (int k = 0; k < 3; ++k) {
    const auto part = static_cast<double>(ink.colour >> (16 - 8 * k) & 255);
    pixel[k] = static_cast<unsigned char>(std::lround(pixel[k] + (part - pixel[k]) * std::min(share, 1.0)));
  }
}

struct Edge {
  Spot top, bottom;
  double sign;  ///< 1 where the ring runs downwards
};

std::vector<Edge> edges_of(const std::vector<std::vector<Spot>>& rings) {
  std::vector<Edge> out;
  for (const std::vector<Spot>& ring : rings)
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const Spot a = ring[i], b = ring[(i + 1) % ring.size()];
      if (a.y < b.y) out.push_back({a, b, 1});
      if (a.y > b.y) out.push_back({b, a, -1});
    }
  std::sort(out.begin(), out.end(), [](const Edge& a, const Edge& b) { return a.top.y < b.top.y; });
  return out;
}

/// Adds to row[i] what the cover of pixel i gains over that of pixel i - 1 from a piece of an edge within the row, `height` of it
/// and from x0 to x1, x0 <= x1.
void add_piece(std::vector<double>& row, double x0, double x1, double height) {
  const int first = static_cast<int>(x0), last = static_cast<int>(x1);
  if (first == last) {
    const double right = 1 - (0.5 * (x0 + x1) - first);
    row[static_cast<std::size_t>(first)] += height * right;
    row[static_cast<std::size_t>(first) + 1] += height * (1 - right);
    return;
  }
  double covered = 0;  // of the pixel before
  for (int i = first; i <= last; ++i) {
    // The part of pixel i that lies to the right of the piece, and all that lies above it.
    const double a = std::max(x0, static_cast<double>(i)), b = std::min(x1, i + 1.0);
    const double within = height * (b - a) / (x1 - x0), passed = height * (a - x0) / (x1 - x0);
    const double here = passed + within * (i + 1 - 0.5 * (a + b));
    row[static_cast<std::size_t>(i)] += here - covered;
    covered = here;
  }
  row[static_cast<std::size_t>(last) + 1] += height - covered;
}

void add_edge(std::vector<double>& row, const Edge& e, int y, int width) {
  const double from = std::max(e.top.y, static_cast<double>(y)), to = std::min(e.bottom.y, y + 1.0);
  if (!(to > from)) return;
  const auto at = [&](double height) {
    const double x = e.top.x + (e.bottom.x - e.top.x) * (height - e.top.y) / (e.bottom.y - e.top.y);
    return std::clamp(x, 0.0, static_cast<double>(width));
  };
  const double a = at(from), b = at(to);
  add_piece(row, std::min(a, b), std::max(a, b), e.sign * (to - from));
}

/// How much of the pixels is covered by a shape drawn in pieces: the most that any piece covers.
class Mask {
 public:
  Mask(const Picture& to, double left, double top, double right, double bottom)
      : x_(std::clamp(static_cast<int>(std::floor(left)), 0, to.width)),
        y_(std::clamp(static_cast<int>(std::floor(top)), 0, to.height)),
        width_(std::clamp(static_cast<int>(std::ceil(right)), x_, to.width) - x_),
        height_(std::clamp(static_cast<int>(std::ceil(bottom)), y_, to.height) - y_),
        share_(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_)) {}

  /// The pixels within `radius` of the segment from a to b, their edge half a pixel to either side.
  void add(Spot a, Spot b, double radius) {
    const double dx = b.x - a.x, dy = b.y - a.y, square = dx * dx + dy * dy, reach = radius + 1;
    const int top = clip(std::min(a.y, b.y) - reach, y_, height_),
              bottom = clip(std::max(a.y, b.y) + reach, y_, height_);
    for (int j = top; j < bottom; ++j) {
      const double y = y_ + j + 0.5;
      // The stretch of the segment that is near this row.
      double near = 0, far = 1;
      if (dy != 0) {
        const double p = (y - reach - a.y) / dy, q = (y + reach - a.y) / dy;
        near = std::clamp(std::min(p, q), 0.0, 1.0);
        far = std::clamp(std::max(p, q), 0.0, 1.0);
      }
      const double x0 = a.x + near * dx, x1 = a.x + far * dx;
      const int left = clip(std::min(x0, x1) - reach, x_, width_),
                right = clip(std::max(x0, x1) + reach, x_, width_);
      for (int i = left; i < right; ++i) {
        const double px = x_ + i + 0.5 - a.x, py = y - a.y;
        const double t = square > 0 ? std::clamp((px * dx + py * dy) / square, 0.0, 1.0) : 0;
        const double distance = std::sqrt((px - t * dx) * (px - t * dx) + (py - t * dy) * (py - t * dy));
        // A line thinner than a pixel is fainter, not broken.
        const double share = std::clamp(radius + 0.5 - distance, 0.0, std::min(1.0, 2 * radius));
        unsigned char& most = share_[static_cast<std::size_t>(j) * static_cast<std::size_t>(width_) +
                                     static_cast<std::size_t>(i)];
        most = std::max(most, static_cast<unsigned char>(std::lround(255 * share)));
      }
    }
  }

  void blend_into(Picture& to, Ink ink) const {
    for (int j = 0; j < height_; ++j)
      for (int i = 0; i < width_; ++i)
        blend(to, x_ + i, y_ + j, ink,
              share_[static_cast<std::size_t>(j) * static_cast<std::size_t>(width_) +
                     static_cast<std::size_t>(i)] /
                  255.0);
  }

 private:
  static int clip(double at, int origin, int size) {
    return static_cast<int>(std::clamp(std::floor(at) - origin, 0.0, static_cast<double>(size)));
  }
  int x_, y_, width_, height_;
  std::vector<unsigned char> share_;
};

}  // namespace

void fill(Picture& to, const std::vector<std::vector<Spot>>& rings, Ink ink) {
  const std::vector<Edge> edges = edges_of(rings);
  if (edges.empty()) return;
  std::vector<Edge> active;
  std::vector<double> row;
  std::size_t next = 0;
  for (int y = std::max(0, static_cast<int>(std::floor(edges[0].top.y))); y < to.height; ++y) {
    for (; next < edges.size() && edges[next].top.y < y + 1; ++next) active.push_back(edges[next]);
    std::erase_if(active, [&](const Edge& e) { return e.bottom.y <= y; });
    if (active.empty() && next == edges.size()) return;
    row.assign(static_cast<std::size_t>(to.width) + 2, 0);
    for (const Edge& e : active) add_edge(row, e, y, to.width);
    double share = 0;
    for (int x = 0; x < to.width; ++x) {
      share += row[static_cast<std::size_t>(x)];
      if (std::fabs(share) > 1e-6) blend(to, x, y, ink, std::fabs(share));
    }
  }
}

void stroke(Picture& to, std::span<const Spot> line, double width, Ink ink) {
  if (line.size() < 2) return;
  const auto [left, right] =
      std::minmax_element(line.begin(), line.end(), [](Spot a, Spot b) { return a.x < b.x; });
  const auto [top, bottom] =
      std::minmax_element(line.begin(), line.end(), [](Spot a, Spot b) { return a.y < b.y; });
  const double reach = 0.5 * width + 1;
  Mask mask(to, left->x - reach, top->y - reach, right->x + reach, bottom->y + reach);
  for (std::size_t i = 1; i < line.size(); ++i) mask.add(line[i - 1], line[i], 0.5 * width);
  mask.blend_into(to, ink);
}

void disc(Picture& to, Spot at, double radius, Ink ink) {
  const double reach = radius + 1;
  Mask mask(to, at.x - reach, at.y - reach, at.x + reach, at.y + reach);
  mask.add(at, at, radius);
  mask.blend_into(to, ink);
}

}  // namespace stride::raster
