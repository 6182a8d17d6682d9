#include "figures/poster.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <vector>

#include "core/colours.h"
#include "core/math/math.h"
#include "core/networks/network.h"
#include "figures/drawing.h"
#include "figures/relief.h"
#include "figures/svg.h"

namespace stride::figures {
namespace {

constexpr int width = 960, height = 600;

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
    const Pixel p = place(d, width, height, t.x[i], t.y[i]);
    const bool seen = line.empty() || std::abs(p.x - line.back().x) + std::abs(p.y - line.back().y) > 6;
    if (seen || i + 1 == t.x.size()) line.push_back(p);
    if (is_far(p, width)) break;
  }
  const std::string colour = hex(index < run_colours.size() ? run_colours[index] : 0x1f2328);
  std::string way;
  append_line(way, line);
  const std::string fill = "fill='" + colour + "' stroke='#fff' stroke-width='3'";
  return "<path class='way' d='" + way + "' stroke='#fff' stroke-width='9'/><path class='way' d='" + way +
         "' stroke='" + colour + "' stroke-width='5'/>" + circle(line.front(), 9, fill) +
         circle(line.back(), 13, fill);
}

std::string title(const Scenario& s) {
  std::string out = heading_of(s);
  for (std::size_t i = 0; i < s.runs.size(); ++i) out += (i == 0 ? ": " : ", ") + name_of(s.runs[i]);
  return escaped(out);
}

/// What the first run's network says over the plane, after its training: a level for each node.
Relief regions_of(const NetworkProblem& problem, const std::vector<double>& weights, const Domain& d) {
  constexpr int cell = 10;
  Relief relief{width, height, cell, {}};
  std::vector<double> x;
  for (int j = 0; j < relief.rows(); ++j)
    for (int i = 0; i < relief.columns(); ++i) {
      const double across = std::clamp(i - 1, 0, width / cell) * double(cell) / width,
                   down = std::clamp(j - 1, 0, height / cell) * double(cell) / height;
      x.insert(x.end(), {d.xmin + (d.xmax - d.xmin) * across, d.ymax - (d.ymax - d.ymin) * down});
    }
  for (const double z : logits(problem, weights, x)) relief.level.push_back(1 / (1 + math::exp(-z)));
  for (int j = 0; j < relief.rows(); ++j)
    for (int i = 0; i < relief.columns(); ++i)
      if (i == 0 || j == 0 || i + 1 == relief.columns() || j + 1 == relief.rows())
        relief.level[static_cast<std::size_t>(j * relief.columns() + i)] = -1;  // the frame
  return relief;
}

/// Around the points, in the picture's proportion.
Domain around(const DataSet& data) {
  Domain d{-1, 1, -1, 1};
  for (std::size_t i = 0; i + 1 < data.x.size(); i += 2) {
    d.xmin = std::min(d.xmin, data.x[i] - 0.3), d.xmax = std::max(d.xmax, data.x[i] + 0.3);
    d.ymin = std::min(d.ymin, data.x[i + 1] - 0.3), d.ymax = std::max(d.ymax, data.x[i + 1] + 0.3);
  }
  const double needed = (d.ymax - d.ymin) * width / height, more = std::max(0.0, needed - (d.xmax - d.xmin));
  return {d.xmin - more / 2, d.xmax + more / 2, d.ymin, d.ymax};
}

/// Decision regions with the data.
std::string network_picture(const Scenario& s, const NetworkProblem& problem) {
  const Training run = train(problem, s.steps, s.runs[0].optimizer, s.runs[0].schedule);
  const DataSet data = make_dataset(problem.data);
  const Domain d = around(data);
  const Relief relief = regions_of(problem, run.weights, d);
  std::string out;
  constexpr int shades = 8;
  for (int k = 1; k < shades; ++k)
    if (const std::string path = path_of(outline(relief, double(k) / shades)); !path.empty())
      out += "<path fill-rule='evenodd' fill='#f2b8a0' fill-opacity='.3' d='" + path + "'/>";
  if (const std::string border = path_of(outline(relief, 0.5)); !border.empty())
    out += "<path fill='none' stroke='#1f2328' stroke-width='3' d='" + border + "'/>";
  for (std::size_t i = 0; i < data.label.size(); ++i)
    out += circle(place(d, width, height, data.x[2 * i], data.x[2 * i + 1]), 8,
                  std::string("fill='") + (data.label[i] != 0 ? "#d55e00" : "#0072b2") +
                      "' stroke='#fff' stroke-width='2'");
  return out;
}

bool shows_regions(const NetworkProblem& n) {
  return n.layers.front() == 2 && n.layers.back() == 1;
}

std::string opening(const Scenario& s) {
  return "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 960 600'><title>" + title(s) +
         "</title><style>.way{fill:none;stroke-linejoin:round;stroke-linecap:round}"
         ".band{stroke:#000;stroke-opacity:.25}</style>";
}

}  // namespace

std::string poster(const Scenario& s) {
  const auto* network = std::get_if<NetworkProblem>(&s.problem);
  if (network && shows_regions(*network))
    return opening(s) + "<path d='M0 0h960v600H0z' fill='#cfe3f3'/>" + network_picture(s, *network) +
           "</svg>\n";
  if (network || std::holds_alternative<CurveProblem>(s.problem))
    return write_svg(scenario_figure(s, {width, height, network ? part_loss : part_map}));
  std::string out = opening(s);
  out += "<path d='M0 0h960v600H0z' fill='" + hex(band_colour(0)) + "'/>";
  const Relief relief = make_relief(objective_of(s), domain_of(s), width, height, 10);
  for (int band = 1; band < band_count; ++band) {
    const std::string path = path_of(outline(relief, static_cast<double>(band) / band_count));
    if (!path.empty())
      out +=
          "<path class='band' fill-rule='evenodd' fill='" + hex(band_colour(band)) + "' d='" + path + "'/>";
  }
  for (std::size_t r = s.runs.size(); r-- > 0;)
    if (!(s.view.hidden >> r & 1)) out += run_picture(s, s.runs[r], r);
  return out + "</svg>\n";
}

std::string poster_of_start(Scenario scenario) {
  scenario.steps = 1;
  return is_surface(scenario) ? poster(scenario) : std::string();
}

}  // namespace stride::figures
