// Shapes put on a page.
#include "figures/drawing.h"

#include <cmath>
#include <utility>

namespace stride::figures {

void Page::line(std::vector<Spot> points, unsigned colour, double width) {
  if (points.size() < 2) return;
  figure.shapes.push_back(
      {.kind = Shape::Kind::line, .points = std::move(points), .colour = colour, .width = width * unit});
}

void Page::box(const Box& b, unsigned colour) {
  figure.shapes.push_back(
      {.kind = Shape::Kind::box, .points = {{b.x, b.y}, {b.right(), b.bottom()}}, .colour = colour});
}

void Page::disc(Spot at, double radius, unsigned colour, unsigned rim) {
  figure.shapes.push_back(
      {.kind = Shape::Kind::disc, .points = {at}, .colour = colour, .width = radius * unit, .rim = rim});
}

void Page::words(Spot at, std::string text, double size, unsigned colour, double align, bool bold) {
  figure.shapes.push_back({.kind = Shape::Kind::words,
                           .points = {at},
                           .colour = colour,
                           .width = size * unit,
                           .words = std::move(text),
                           .align = align,
                           .bold = bold});
}

namespace {

/// Liang and Barsky 1984: the part of a segment within the box, as shares of it; empty where first > last.
std::pair<double, double> part_within(Spot a, Spot b, const Box& box) {
  double first = 0, last = 1;
  const double d[] = {a.x - b.x, b.x - a.x, a.y - b.y, b.y - a.y};
  const double room[] = {a.x - box.x, box.right() - a.x, a.y - box.y, box.bottom() - a.y};
  for (int side = 0; side < 4; ++side) {
    if (d[side] == 0) {
      if (room[side] < 0) return {1, 0};
      continue;
    }
    const double share = room[side] / d[side];
    (d[side] < 0 ? first : last) = d[side] < 0 ? std::max(first, share) : std::min(last, share);
  }
  return {first, last};
}

}  // namespace

std::vector<std::vector<Spot>> clipped(std::span<const Spot> line, const Box& box) {
  std::vector<std::vector<Spot>> out;
  bool goes_on = false;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const Spot a = line[i - 1], b = line[i];
    const auto [first, last] = part_within(a, b, box);
    if (first > last) {
      goes_on = false;
      continue;
    }
    const auto at = [&](double share) { return Spot{a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share}; };
    if (!goes_on) out.push_back({at(first)});
    out.back().push_back(at(last));
    goes_on = last == 1;
  }
  return out;
}

}  // namespace stride::figures
