#include "render/poster.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

#include "core/colours.h"
#include "render/loss_scale.h"

namespace stride::render {
namespace {

constexpr int width = 960, height = 600, cell = 10;
constexpr int columns = width / cell + 3,
              rows = height / cell + 3;  // of nodes, with a frame around the picture
constexpr int bands = 14;
constexpr double far_away = 4 * width;  // as far as a path that leaves the picture is followed

struct Pixel {
  int x, y;
  bool operator==(const Pixel&) const = default;
};

int part(double p) {
  return static_cast<int>(std::lround(std::isfinite(p) ? std::clamp(p, -far_away, far_away) : far_away));
}

Pixel place(const Domain& d, double x, double y) {
  return {part((x - d.xmin) / (d.xmax - d.xmin) * width), part((d.ymax - y) / (d.ymax - d.ymin) * height)};
}

/// 0 .. 1, lowest to highest loss, at every node. The frame lies on the picture's edge and below everything:
/// so every contour line is closed.
struct Relief {
  std::vector<double> level = std::vector<double>(static_cast<std::size_t>(columns) * rows, -1);

  double& at(int i, int j) {
    return level[static_cast<std::size_t>(j) * columns + static_cast<std::size_t>(i)];
  }
  static double x(int i) { return std::clamp((i - 1) * cell, 0, width); }
  static double y(int j) { return std::clamp((j - 1) * cell, 0, height); }
};

Relief relief(const Scenario& s) {
  const Objective objective = objective_of(s);
  const Domain d = domain_of(s);
  std::vector<float> values;
  for (int j = 1; j < rows - 1; ++j)
    for (int i = 1; i < columns - 1; ++i) {
      const double x = d.xmin + (d.xmax - d.xmin) * Relief::x(i) / width;
      const double y = d.ymax - (d.ymax - d.ymin) * Relief::y(j) / height;
      values.push_back(static_cast<float>(objective.at(x, y).f));
    }
  const bool decades =
      !objective.expression && surfaces()[static_cast<std::size_t>(objective.surface)].log_colour;
  const LossScale scale = fit_loss_scale(values, std::nan(""), decades);
  Relief out;
  std::size_t next = 0;
  for (int j = 1; j < rows - 1; ++j)
    for (int i = 1; i < columns - 1; ++i) out.at(i, j) = scale.colour.at(values[next++]);
  return out;
}

/// A closed or open line as SVG path data: relative steps, straight stretches as one.
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

/// Marching squares: the outline of where the relief is at least `level`, higher ground to the left.
class Outline {
 public:
  Outline(Relief& relief, double level) : relief_(relief), level_(level) {
    for (int j = 0; j + 1 < rows; ++j)
      for (int i = 0; i + 1 < columns; ++i) cross(i, j);
  }

  std::string path() {
    std::string out;
    for (std::size_t start = 0; start < next_.size(); ++start) {
      std::vector<Pixel> line;
      int edge = static_cast<int>(start);
      while (next_[static_cast<std::size_t>(edge)] >= 0) {
        line.push_back(crossing(edge));
        edge = std::exchange(next_[static_cast<std::size_t>(edge)], -1);
      }
      if (line.size() < 3) continue;
      append_line(out, line);
      out += 'z';
    }
    return out;
  }

 private:
  /// An edge is named by its upper or left node and its direction.
  static int across(int i, int j) { return 2 * (j * columns + i); }
  static int down(int i, int j) { return across(i, j) + 1; }

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
    const int i = edge / 2 % columns, j = edge / 2 / columns;
    const int i2 = edge % 2 ? i : i + 1, j2 = edge % 2 ? j + 1 : j;
    const double u = relief_.at(i, j), v = relief_.at(i2, j2), t = (level_ - u) / (v - u);
    return {part(Relief::x(i) + t * (Relief::x(i2) - Relief::x(i))),
            part(Relief::y(j) + t * (Relief::y(j2) - Relief::y(j)))};
  }

  Relief& relief_;
  double level_;
  std::vector<int> next_ = std::vector<int>(2 * static_cast<std::size_t>(columns) * rows, -1);
};

std::string hex(const std::array<float, 3>& rgb) {
  char text[8];
  std::snprintf(text, sizeof text, "#%02x%02x%02x", static_cast<unsigned>(std::lround(255 * rgb[0])),
                static_cast<unsigned>(std::lround(255 * rgb[1])),
                static_cast<unsigned>(std::lround(255 * rgb[2])));
  return text;
}

std::string circle(Pixel at, int radius, const std::string& look) {
  return "<circle cx='" + std::to_string(at.x) + "' cy='" + std::to_string(at.y) + "' r='" +
         std::to_string(radius) + "' " + look + "/>";
}

/// The path of a run, steps too short to be seen left out, and its two ends.
std::string run_picture(const Scenario& s, const Run& run, std::size_t index) {
  const Domain d = domain_of(s);
  const Trajectory t = trajectory_of(s, run);
  std::vector<Pixel> line;
  for (std::size_t i = 0; i < t.x.size(); ++i) {
    const Pixel p = place(d, t.x[i], t.y[i]);
    const bool seen = line.empty() || std::abs(p.x - line.back().x) + std::abs(p.y - line.back().y) > 6;
    if (seen || i + 1 == t.x.size()) line.push_back(p);
    if (std::abs(p.x) >= far_away || std::abs(p.y) >= far_away) break;
  }
  char colour[8] = "#1f2328";
  if (index < run_colours.size()) std::snprintf(colour, sizeof colour, "#%06x", run_colours[index]);
  std::string way;
  append_line(way, line);
  const std::string fill = "fill='" + std::string(colour) + "' stroke='#fff' stroke-width='3'";
  return "<path class='way' d='" + way + "' stroke='#fff' stroke-width='9'/><path class='way' d='" + way +
         "' stroke='" + colour + "' stroke-width='5'/>" + circle(line.front(), 9, fill) +
         circle(line.back(), 13, fill);
}

std::string title(const Scenario& s) {
  std::string out = surface_of(s).expression.empty()
                        ? surfaces()[static_cast<std::size_t>(surface_of(s).surface)].name
                        : surface_of(s).expression;
  for (std::size_t i = 0; i < s.runs.size(); ++i) out += (i == 0 ? ": " : ", ") + name_of(s.runs[i]);
  std::string escaped;
  for (const char c : out)
    if (c == '&')
      escaped += "&amp;";
    else if (c == '<')
      escaped += "&lt;";
    else
      escaped += c;
  return escaped;
}

}  // namespace

std::string poster(const Scenario& s) {
  std::string out = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 960 600'><title>" + title(s) +
                    "</title><style>.way{fill:none;stroke-linejoin:round;stroke-linecap:round}"
                    ".band{stroke:#000;stroke-opacity:.25}</style>";
  out += "<path d='M0 0h960v600H0z' fill='" + hex(viridis(1 - 0.5 / bands)) + "'/>";
  Relief field = relief(s);
  for (int band = 1; band < bands; ++band) {
    const std::string path = Outline(field, static_cast<double>(band) / bands).path();
    if (!path.empty())
      out += "<path class='band' fill-rule='evenodd' fill='" + hex(viridis(1 - (band + 0.5) / bands)) +
             "' d='" + path + "'/>";
  }
  for (std::size_t r = s.runs.size(); r-- > 0;)
    if (!(s.view.hidden >> r & 1)) out += run_picture(s, s.runs[r], r);
  return out + "</svg>\n";
}

}  // namespace stride::render
