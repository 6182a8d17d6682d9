#include "figures/poster.h"

#include <cstddef>
#include <cstdlib>
#include <vector>

#include "core/colours.h"
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
  std::string out = surface_of(s).expression.empty()
                        ? surfaces()[static_cast<std::size_t>(surface_of(s).surface)].name
                        : surface_of(s).expression;
  for (std::size_t i = 0; i < s.runs.size(); ++i) out += (i == 0 ? ": " : ", ") + name_of(s.runs[i]);
  return escaped(out);
}

}  // namespace

std::string poster(const Scenario& s) {
  std::string out = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 960 600'><title>" + title(s) +
                    "</title><style>.way{fill:none;stroke-linejoin:round;stroke-linecap:round}"
                    ".band{stroke:#000;stroke-opacity:.25}</style>";
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

}  // namespace stride::figures
