// A scenario's figure: what its runs come to, and where on the page each part lies.
#include <cmath>
#include <utility>

#include "core/colours.h"
#include "core/trajectory.h"
#include "figures/drawing.h"
#include "scenario/csv.h"
#include "scenario/documents/reading.h"
#include "text/numbers.h"
#include "text/text.h"

namespace stride::figures {

namespace {

constexpr Inks dark_inks{0x0f1419, 0x161c24, 0x26303b, 0xe6edf3, 0x8b98a5};
constexpr Inks light_inks{0xffffff, 0xf6f8fa, 0xd8dee4, 0x1f2328, 0x59636e};

std::string loss_words(double loss) {
  return "loss " + readable(loss, 3);
}

Course course_of(const Scenario& s, const Run& run) {
  Course out;
  out.name = name_of(run);
  Series series;
  if (has_map(s)) {
    const Objective objective = objective_of(s);
    Trajectory path = trajectory_of(s, run);
    const std::vector<double>& up = objective.weights == 1 ? path.loss : path.y;
    for (std::size_t t = 0; t < path.x.size(); ++t) out.path.push_back({path.x[t], up[t]});
    out.words = outcome(objective, path).words();
    series = std::move(path);
  } else {
    series = series_of(s, run);
  }
  if (series.diverged_at < 0)
    out.words += (out.words.empty() ? "" : ", ") + loss_words(series.loss.back());
  else if (out.words.empty())
    out.words = "diverged at step " + std::to_string(series.diverged_at);
  out.lr = std::move(series.lr);
  out.loss = std::move(series.loss);
  out.diverged_at = series.diverged_at;
  return out;
}

/// The runs that are not hidden.
std::vector<Course> courses_of(const Scenario& s, const Inks& inks) {
  std::vector<Course> out;
  for (std::size_t r = 0; r < s.runs.size(); ++r) {
    if (s.view.hidden >> r & 1) continue;
    out.push_back(course_of(s, s.runs[r]));
    const auto& colours = inks.ground == dark_inks.ground ? run_colours : run_colours_on_light;
    out.back().colour = r < colours.size() ? colours[r] : inks.text;
  }
  return out;
}

/// Names and outcomes in rows; the height that they take.
double draw_legend(Page& page, const Box& area, std::span<const Course> courses) {
  constexpr double size = 13;
  const double u = page.unit, row = 22 * u, gap = 28 * u;
  double x = area.x, y = area.y;
  for (const Course& c : courses) {
    const double name = width_of(c.name, 1.06 * size * u), words = width_of(c.words, size * u);
    const double wide = 20 * u + name + 8 * u + words;
    if (x > area.x && x + wide > area.right()) x = area.x, y += row;
    page.line({{x, y + 9 * u}, {x + 14 * u, y + 9 * u}}, c.colour, 3);
    page.words({x + 20 * u, y + 14 * u}, c.name, size, page.inks.text, 0, true);
    page.words({x + 28 * u + name, y + 14 * u}, c.words, size, page.inks.muted);
    x += wide + gap;
  }
  return courses.empty() ? 0 : y + row + 6 * u - area.y;
}

void draw_plots(Page& page, const Box& area, unsigned parts, int steps, std::span<const Course> courses) {
  const Plot plots[] = {{"Learning rate", &Course::lr, rate_scale(courses), steps, false},
                        {"Loss", &Course::loss, loss_scale(courses), steps, true}};
  const bool both = (parts & part_rate) && (parts & part_loss), beside = both && area.w > 2.2 * area.h;
  Box box = area;
  if (both) (beside ? box.w : box.h) = (beside ? area.w : area.h) / 2;
  double labels[] = {labels_of(page, box, plots[0]), labels_of(page, box, plots[1])};
  if (both && !beside) labels[0] = labels[1] = std::max(labels[0], labels[1]);
  if (parts & part_rate) draw_plot(page, box, plots[0], labels[0], courses);
  if (both) beside ? box.x += box.w : box.y += box.h;
  if (parts & part_loss) draw_plot(page, box, plots[1], labels[1], courses);
}

std::string title_of(const Scenario& s, std::span<const Course> courses) {
  std::string out = heading_of(s);
  for (std::size_t i = 0; i < courses.size(); ++i)
    out +=
        (i == 0 ? ": " : "; ") + courses[i].name + (courses[i].words.empty() ? "" : ", " + courses[i].words);
  return out;
}

}  // namespace

bool has_map(const Scenario& s) {
  return !std::holds_alternative<NetworkProblem>(s.problem);
}

Error read_parts(std::string_view words, unsigned& out) {
  constexpr std::pair<std::string_view, unsigned> known[] = {
      {"map", part_map}, {"rate", part_rate}, {"loss", part_loss}};
  unsigned parts = 0;
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find(',', at), words.size());
    const std::string_view word = words.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    unsigned part = 0;
    for (const auto& [name, bit] : known) part |= name == word ? bit : 0;
    if (part == 0) return expected({}, "map, rate, loss or some of them", std::string(word));
    parts |= part;
  }
  if (parts == 0) return expected_not({}, "map, rate, loss or some of them", "nothing");
  out = parts;
  return {};
}

Figure scenario_figure(const Scenario& s, const FigureRequest& request) {
  const WithPoint exported;
  Figure out;
  out.width = request.width;
  out.height = request.height;
  const Inks inks = s.view.theme == "dark" ? dark_inks : light_inks;
  out.ground = inks.ground;
  out.transparent = request.transparent;
  Page page{out, inks, std::clamp(std::min(out.width / 1000.0, out.height / 640.0), 0.6, 12.0)};
  std::vector<Course> courses = courses_of(s, inks);
  if (request.parts == part_rate)  // says nothing of what the runs come to
    for (Course& c : courses) c.words.clear();
  out.title = title_of(s, courses);
  const double margin = 18 * page.unit;
  Box room{margin, margin, out.width - 2 * margin, out.height - 2 * margin};
  const double legend = draw_legend(page, room, courses);
  room = {room.x, room.y + legend, room.w, room.h - legend};
  const unsigned parts = has_map(s) ? request.parts : request.parts & ~part_map;
  const bool map = parts & part_map, plots = parts & ~part_map;
  Box left = room, right = room;
  if (map && plots && room.w > 1.1 * room.h) {
    left.w = std::round(0.56 * room.w);
    right = {room.x + left.w, room.y, room.w - left.w, room.h};
  } else if (map && plots) {
    left.h = std::round(0.56 * room.h);
    right = {room.x, room.y + left.h, room.w, room.h - left.h};
  }
  if (map) draw_map(page, left, s, courses);
  if (plots) draw_plots(page, right, parts, s.steps, courses);
  return out;
}

}  // namespace stride::figures
