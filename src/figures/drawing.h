// The parts of a figure: shapes put on the page, a plot over the steps, the map.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "figures/figure.h"
#include "text/plot_scale.h"

namespace stride::figures {

inline constexpr double label_size = 12;  ///< of the words along axes, in units of a page

/// What one run has come to.
struct Course {
  std::string name, words;
  unsigned colour = 0;
  std::vector<double> lr, loss;
  std::vector<Spot> path;  ///< the weights; of a curve the weight and the loss; empty for a network
  int diverged_at = -1;    ///< as Trajectory::diverged_at
};

/// The page being drawn on. `unit` is what a pixel of ordinary density is on this page: larger pages have larger words.
struct Page {
  Figure& figure;
  Inks inks;
  double unit = 1;

  void line(std::vector<Spot> points, unsigned colour, double width);
  void box(const Box& b, unsigned colour);
  void disc(Spot at, double radius, unsigned colour, unsigned rim);
  void words(Spot at, std::string text, double size, unsigned colour, double align = 0, bool bold = false);
};

/// One curve a run over the steps 0 .. `steps`, with heading and axes, in `area`.
struct Plot {
  const char* heading;
  std::vector<double> Course::*values;
  Scale scale;
  int steps;
  bool crosses;  ///< where a run diverged
};
/// How wide the labels of its axis are; plots above one another are given the wider of theirs.
double labels_of(const Page& page, const Box& area, const Plot& plot);
void draw_plot(Page& page, const Box& area, const Plot& plot, double labels, std::span<const Course> courses);
Scale rate_scale(std::span<const Course> courses);
Scale loss_scale(std::span<const Course> courses);

/// "Rosenbrock", "f(x, y) = x^2 + y^2".
std::string heading_of(const Scenario& scenario);
/// The loss from above with axes, minima and paths; of a curve the loss over its one weight. Not of a network.
void draw_map(Page& page, const Box& area, const Scenario& scenario, std::span<const Course> courses);

/// The pieces of a line that lie within the box.
std::vector<std::vector<Spot>> clipped(std::span<const Spot> line, const Box& box);

}  // namespace stride::figures
