// A plot over the steps: heading, axes, a curve a run.
#include <cmath>

#include "figures/drawing.h"

namespace stride::figures {

namespace {

constexpr double heading_size = 13;

/// Rows worth drawing on so many pixels, as spots on the page; what is not finite lies on the upper edge.
std::vector<Spot> curve_of(const Box& axes, const Plot& plot, const std::vector<double>& values) {
  std::vector<Spot> out;
  for (const int i : decimate(values, 0, static_cast<int>(values.size()), static_cast<int>(axes.w)))
    out.push_back({axes.x + axes.w * i / plot.steps,
                   axes.bottom() - axes.h * fraction(plot.scale, values[static_cast<std::size_t>(i)])});
  return out;
}

void draw_cross(Page& page, Spot at, unsigned colour) {
  const double d = 4 * page.unit;
  for (const auto& [ink, width] : {std::pair{page.inks.panel, 5.0}, {colour, 2.0}})
    for (const double s : {-d, d}) page.line({{at.x - d, at.y - s}, {at.x + d, at.y + s}}, ink, width);
}

/// The box inside the axes.
Box axes_of(const Page& page, const Box& area, double labels) {
  const double left = labels + 10 * page.unit, top = 24 * page.unit, below = 40 * page.unit,
               right = 12 * page.unit;
  return {area.x + left, area.y + top, area.w - left - right, area.h - top - below};
}

std::vector<Tick> ticks_of(const Page& page, const Box& area, const Plot& plot) {
  const double room = std::max(area.h - 64 * page.unit, 1.0);
  return ticks(plot.scale, std::min(0.5, 24 * page.unit / room));
}

void draw_axes(Page& page, const Box& axes, const Plot& plot, const std::vector<Tick>& ticks) {
  const Inks& inks = page.inks;
  const double size = label_size, half = 0.36 * size * page.unit;
  page.box(axes, inks.panel);
  for (const Tick& t : ticks) {
    const double y = axes.bottom() - axes.h * fraction(plot.scale, t.value);
    page.line({{axes.x, y}, {axes.right(), y}}, inks.line, 1);
    page.words({axes.x - 6 * page.unit, y + half}, t.label, size, inks.muted, 1);
  }
  const int most = std::max(2, static_cast<int>(axes.w / (70 * page.unit)));
  for (const Tick& t : linear_ticks(0, plot.steps, most, true)) {
    const double x = axes.x + axes.w * t.value / plot.steps;
    page.line({{x, axes.bottom()}, {x, axes.bottom() + 4 * page.unit}}, inks.muted, 1);
    page.words({x, axes.bottom() + 17 * page.unit}, t.label, size, inks.muted, 0.5);
  }
  page.words({axes.x + axes.w / 2, axes.bottom() + 33 * page.unit}, "step", size, inks.muted, 0.5);
  page.line({{axes.x, axes.y}, {axes.x, axes.bottom()}, {axes.right(), axes.bottom()}}, inks.muted, 1);
}

}  // namespace

double labels_of(const Page& page, const Box& area, const Plot& plot) {
  double out = 0;
  for (const Tick& t : ticks_of(page, area, plot))
    out = std::max(out, width_of(t.label, label_size * page.unit));
  return out;
}

void draw_plot(Page& page, const Box& area, const Plot& plot, double labels,
               std::span<const Course> courses) {
  const std::vector<Tick> marks = ticks_of(page, area, plot);
  const Box axes = axes_of(page, area, labels);
  if (!(axes.w > 20 && axes.h > 20)) return;
  page.words({axes.x, area.y + 15 * page.unit}, plot.heading, heading_size, page.inks.text, 0, true);
  draw_axes(page, axes, plot, marks);
  // The first run lies over the others, as in the lab.
  for (std::size_t r = courses.size(); r-- > 0;)
    page.line(curve_of(axes, plot, courses[r].*plot.values), courses[r].colour, r == 0 ? 2.2 : 1.6);
  for (std::size_t r = courses.size(); plot.crosses && r-- > 0;) {
    const Course& c = courses[r];
    if (c.diverged_at < 0) continue;
    draw_cross(page, curve_of(axes, plot, c.*plot.values).back(), c.colour);
  }
}

Scale rate_scale(std::span<const Course> courses) {
  std::vector<double> values;
  double least = no_limit, most = 0;
  for (const Course& c : courses)
    for (const double lr : c.lr) {
      values.push_back(lr);
      if (lr > 0) least = std::min(least, lr);
      if (std::isfinite(lr)) most = std::max(most, lr);
    }
  constexpr double decades = 100;  // a line would press what lies below a hundredth onto the axis
  const bool steady = values.size() < 20 || !(most > 0);
  double at_least = 0;
  for (const double lr : values) at_least += lr > 0 && lr < most / decades;
  if (!steady && at_least > 0.25 * static_cast<double>(values.size())) return fit_log(values, no_limit);
  return {Scale::Kind::linear, 0, most > 0 ? 1.08 * most : 1, 1};
}

Scale loss_scale(std::span<const Course> courses) {
  std::vector<double> values;
  double needed = -no_limit;
  for (const Course& c : courses) {
    const bool diverged = c.diverged_at >= 0;
    for (const double loss : c.loss) {
      values.push_back(loss);
      if (!diverged && std::isfinite(loss)) needed = std::max(needed, loss);
    }
    if (diverged && !c.loss.empty() && std::isfinite(c.loss[0])) needed = std::max(needed, c.loss[0]);
  }
  // What diverged may widen the axis by three decades, no more.
  return fit_log(values, needed > 0 ? needed * 1e3 : 1);
}

}  // namespace stride::figures
