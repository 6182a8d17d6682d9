// The loss from above, with minima and paths.
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/colours.h"
#include "figures/drawing.h"
#include "figures/relief.h"

namespace stride::figures {

namespace {

constexpr int tenths = 10;

/// Of the grid under the bands, in tenths of a pixel.
int cell_of(const Page& page) {
  return std::max(tenths, static_cast<int>(25 * page.unit));
}

/// As large as fits, in the domain's proportion as long as neither side becomes very short; whole cells.
Box proportioned(const Domain& d, const Box& room, int cell) {
  const double tall = std::clamp((d.ymax - d.ymin) / (d.xmax - d.xmin), 0.6, 1 / 0.6);
  const double side = static_cast<double>(cell) / tenths, w = std::min(room.w, room.h / tall);
  const Box out{0, room.y, std::floor(w / side) * side, std::floor(w * tall / side) * side};
  return {std::round(room.x + (room.w - out.w) / 2), out.y, out.w, out.h};
}

void draw_bands(Page& page, const Box& map, const Objective& objective, const Domain& domain) {
  const auto whole = [](double side) { return static_cast<int>(std::lround(side * tenths)); };
  const Relief relief = make_relief(objective, domain, whole(map.w), whole(map.h), cell_of(page));
  page.box(map, band_colour(0));
  for (int band = 1; band < band_count; ++band) {
    Rings rings = outline(relief, static_cast<double>(band) / band_count);
    if (rings.empty()) continue;
    page.figure.shapes.push_back({.kind = Shape::Kind::bands,
                                  .points = {{map.x, map.y}},
                                  .colour = band_colour(band),
                                  .width = 0.7 * page.unit,
                                  .rings = std::move(rings)});
  }
}

struct Place {
  const Domain& domain;
  const Box& map;
  /// Far points, and those that are nowhere, come to lie some widths away.
  Spot operator()(double x, double y) const {
    constexpr double reach = 50;
    const auto part = [&](double p) { return std::isfinite(p) ? std::clamp(p, -reach, reach) : reach; };
    return {map.x + map.w * part((x - domain.xmin) / (domain.xmax - domain.xmin)),
            map.bottom() - map.h * part((y - domain.ymin) / (domain.ymax - domain.ymin))};
  }
  bool shows(Spot at) const {
    return at.x >= map.x && at.x <= map.right() && at.y >= map.y && at.y <= map.bottom();
  }
};

/// Those that stand apart from the one before.
std::vector<Spot> apart(const std::vector<Spot>& spots, double distance) {
  std::vector<Spot> out;
  for (const Spot at : spots)
    if (out.empty() || std::hypot(at.x - out.back().x, at.y - out.back().y) >= distance) out.push_back(at);
  return out;
}

/// `on_curve`: the way lies on the one line there is, and says something only by its steps.
void draw_path(Page& page, const Place& place, const Course& course, bool on_curve) {
  std::vector<Spot> line, steps;
  for (std::size_t i = 0; i < course.path.size(); ++i) {
    const Spot at = place(course.path[i].x, course.path[i].y);
    const bool seen = line.empty() || std::fabs(at.x - line.back().x) + std::fabs(at.y - line.back().y) > 0.7;
    if (seen || i + 1 == course.path.size()) line.push_back(at);
    if (place.shows(at)) steps.push_back(at);
  }
  const auto pieces = clipped(line, place.map);
  for (const auto& [colour, width] : {std::pair{0xffffffu, 4.5}, {course.colour, 2.5}})
    for (const std::vector<Spot>& piece : pieces) page.line(piece, colour, width);
  constexpr std::size_t countable = 60;
  if (on_curve) steps = apart(steps, 5 * page.unit);
  if (on_curve || steps.size() <= countable)
    for (const Spot at : steps) page.disc(at, 2.4, course.colour, 0xffffff);
  if (place.shows(line.front())) page.disc(line.front(), 4.5, 0xffffff, course.colour);
  if (place.shows(line.back())) page.disc(line.back(), 5.5, course.colour, 0xffffff);
}

void draw_minima(Page& page, const Place& place, const Objective& objective) {
  for (const Minimum& m : named_minima(objective))
    if (const Spot at = place(m.x, objective.weights == 1 ? m.f : m.y); place.shows(at))
      page.disc(at, m.global ? 3.5 : 2.5, 0x0f1419, 0xffffff);
}

void draw_frame(Page& page, const Box& map, const Domain& d, const char* across_name, const char* upwards) {
  const Inks& inks = page.inks;
  const double u = page.unit, half = 0.36 * label_size * u;
  const int across = std::max(2, static_cast<int>(map.w / (60 * u))),
            up = std::max(2, static_cast<int>(map.h / (40 * u)));
  for (const Tick& t : linear_ticks(d.xmin, d.xmax, across)) {
    const double x = map.x + map.w * (t.value - d.xmin) / (d.xmax - d.xmin);
    page.line({{x, map.bottom()}, {x, map.bottom() + 4 * u}}, inks.muted, 1);
    page.words({x, map.bottom() + 17 * u}, t.label, label_size, inks.muted, 0.5);
  }
  for (const Tick& t : linear_ticks(d.ymin, d.ymax, up)) {
    const double y = map.bottom() - map.h * (t.value - d.ymin) / (d.ymax - d.ymin);
    page.line({{map.x - 4 * u, y}, {map.x, y}}, inks.muted, 1);
    page.words({map.x - 7 * u, y + half}, t.label, label_size, inks.muted, 1);
  }
  page.words({map.x + map.w / 2, map.bottom() + 33 * u}, across_name, label_size, inks.muted, 0.5);
  page.words({map.x - 7 * u, map.y - 9 * u}, upwards, label_size, inks.muted, 1);
  page.line({{map.x, map.y},
             {map.right(), map.y},
             {map.right(), map.bottom()},
             {map.x, map.bottom()},
             {map.x, map.y}},
            inks.muted, 1);
}

/// The box inside the axes, as tall as there is room.
Box room_of(const Page& page, const Box& area, const Domain& d) {
  const double u = page.unit;
  double label = 0;
  for (const Tick& t : linear_ticks(d.ymin, d.ymax, 10))
    label = std::max(label, width_of(t.label, label_size * u));
  const double left = label + 14 * u, top = 24 * u, below = 40 * u, right = 16 * u;
  return {area.x + left, area.y + top, area.w - left - right, area.h - top - below};
}

/// A curve over its part of the line, with what is between its least and greatest loss there.
std::vector<Spot> sample(const Objective& objective, Domain& d, int count) {
  std::vector<Spot> out;
  double least = no_limit, most = -no_limit;
  for (int i = 0; i <= count; ++i) {
    const double x = d.xmin + (d.xmax - d.xmin) * i / count, f = objective.at(x, 0).f;
    if (!std::isfinite(f)) continue;
    out.push_back({x, f});
    least = std::min(least, f);
    most = std::max(most, f);
  }
  if (out.empty()) least = most = 0;
  const double margin = most > least ? 0.08 * (most - least) : 1;
  d.ymin = least - margin;
  d.ymax = most + margin;
  return out;
}

void draw_runs(Page& page, const Place& place, const Objective& objective, std::span<const Course> courses) {
  draw_minima(page, place, objective);
  for (std::size_t r = courses.size(); r-- > 0;)
    if (!courses[r].path.empty()) draw_path(page, place, courses[r], objective.weights == 1);
}

/// The loss over the one weight.
void draw_curve(Page& page, const Box& area, const Objective& objective, Domain d, const std::string& heading,
                std::span<const Course> courses) {
  std::vector<Spot> curve = sample(objective, d, std::max(2, static_cast<int>(area.w)));
  const Box box = room_of(page, area, d);
  if (!(box.w > 20 && box.h > 20)) return;
  page.words({box.x, area.y + 15 * page.unit}, heading, 13, page.inks.text, 0, true);
  page.box(box, page.inks.panel);
  const Place place{d, box};
  for (Spot& p : curve) p = place(p.x, p.y);
  page.line(std::move(curve), page.inks.muted, 2);
  draw_runs(page, place, objective, courses);
  draw_frame(page, box, d, "x", "f");
}

}  // namespace

std::string heading_of(const Scenario& scenario) {
  if (const auto* surface = std::get_if<SurfaceProblem>(&scenario.problem))
    return surface->expression.empty() ? surfaces()[static_cast<std::size_t>(surface->surface)].name
                                       : "f(x, y) = " + surface->expression;
  if (const auto* curve = std::get_if<CurveProblem>(&scenario.problem))
    return curve->expression.empty() ? curves()[static_cast<std::size_t>(curve->curve)].name
                                     : "f(x) = " + curve->expression;
  if (const auto* fit = std::get_if<FitProblem>(&scenario.problem))
    return fit->model == FitModel::line ? "A line, w x + b" : "A sigmoid of w x + b";
  return "A " + std::string(key_of(scenario.problem));
}

void draw_map(Page& page, const Box& area, const Scenario& scenario, std::span<const Course> courses) {
  const Objective objective = objective_of(scenario);
  const Domain domain = domain_of(scenario);
  const std::string heading = heading_of(scenario);
  if (objective.weights == 1) return draw_curve(page, area, objective, domain, heading, courses);
  const Box map = proportioned(domain, room_of(page, area, domain), cell_of(page));
  if (!(map.w > 20 && map.h > 20)) return;
  page.words({map.x, area.y + 15 * page.unit}, heading, 13, page.inks.text, 0, true);
  draw_bands(page, map, objective, domain);
  draw_runs(page, {domain, map}, objective, courses);
  draw_frame(page, map, domain, objective.fit ? "w" : "x", objective.fit ? "b" : "y");
}

}  // namespace stride::figures
