// Basins and map: pictures in which every pixel is a run.
#include <algorithm>
#include <cmath>

#include "core/studies/size_param.h"
#include "core/studies/study_columns.h"
#include "core/studies/study_shared.h"

namespace stride {

namespace study {

namespace {

using Kind = MapAxis::Kind;

constexpr Param picture_size() {
  return size_param(128, 2048, 16, 512);
}

/// Whole lines of the picture where they fit, so that tiles are bands.
int pixels_per_tile(int runs, int size) {
  return runs >= size ? std::min(runs / size, size) * size : runs;
}

int pixel_count(const Settings& settings) {
  const int size = whole_param(settings, "size");
  return size * size;
}

// ---- basins

int basins_tile_rows(const StudyProblem& problem, const Settings& settings) {
  return pixels_per_tile(runs_per_tile(problem, 64), whole_param(settings, "size"));
}

int basins_tiles(const StudyProblem& problem, const Settings& settings) {
  return tiles_for(pixel_count(settings), basins_tile_rows(problem, settings));
}

std::vector<float> basins_tile(const StudyProblem& problem, const Settings& settings, int tile) {
  const int size = whole_param(settings, "size"), per_tile = basins_tile_rows(problem, settings);
  const double lr = rate_of(problem);
  ManyRuns request = lanes_of(problem, param(settings, "tolerance"));
  request.watch_arrival = true;
  const int last = std::min(pixel_count(settings), (tile + 1) * per_tile);
  for (int pixel = tile * per_tile; pixel < last; ++pixel) {
    const Point start = basins_start(problem.domain, size, pixel % size, pixel / size);
    add_lane(request, start.x, start.y, lr);
  }
  const ManyEnds ends = run_many(request);
  std::vector<float> rows;
  rows.reserve(BasinsRow::columns * ends.x.size());
  for (std::size_t l = 0; l < ends.x.size(); ++l)
    rows.insert(rows.end(), {basin_of(ends, l), static_cast<float>(ends.arrived_at[l])});
  return rows;
}

// ---- map

/// Runs of a group may differ in this.
bool is_lane(const MapAxis& axis) {
  return axis.kind == Kind::rate || axis.kind == Kind::start_x || axis.kind == Kind::start_y;
}

bool is_fine(const MapAxis& axis, double min, double max, int size) {
  const double largest = std::max(std::fabs(min), std::fabs(max));
  return is_lane(axis) && std::fabs(max - min) / size < 0x1p-16 * largest;
}

bool in_double(const MapView& view) {
  return (!is_lane(view.x) && !is_lane(view.y)) || is_fine(view.x, view.x_min, view.x_max, view.size) ||
         is_fine(view.y, view.y_min, view.y_max, view.size);
}

struct Pixel {
  float loss, basin;
};

float basin_at(const StudyProblem& problem, double x, double y) {
  double nearest = basin_radius * longer_side(problem.domain);
  float basin = basin_none;
  for (std::size_t i = 0; i < problem.minima.size(); ++i) {
    const double dx = problem.minima[i].x - x, dy = problem.minima[i].y - y;
    const double distance = math::sqrt(dx * dx + dy * dy);
    if (!(basin < 0 ? distance <= nearest : distance < nearest)) continue;
    nearest = distance;
    basin = static_cast<float>(i);
  }
  return basin;
}

/// A run of which its end is remembered.
struct EndWalk : Walk {
  explicit EndWalk(const StudyProblem& p)
      : descent(std::make_unique<Descent>(p.objective, p.start, p.noise, p.steps, p.optimizer, p.schedule)) {}
  bool go_on() override {
    constexpr int rows = 16;
    if (descent->advance(rows)) return true;
    const Trajectory run = descent->take();
    descent.reset();
    at = {run.x.back(), run.y.back()};
    loss = static_cast<float>(run.loss.back());
    diverged = run.diverged_at >= 0 || !std::isfinite(loss);
    return false;
  }
  std::unique_ptr<Descent> descent;
  Point at;
  float loss = endless;
  bool diverged = true;
};

Pixel double_pixel(StudyProblem problem, const MapView& view, int pixel) {
  const Point at = map_point(view, pixel % view.size, pixel / view.size);
  set_axis_value(problem, view.x, at.x);
  set_axis_value(problem, view.y, at.y);
  Slices whole;
  const EndWalk* const run = (problem.slices ? *problem.slices : whole).walk<EndWalk>(problem);
  if (!run || run->diverged) return {endless, basin_diverged};
  return {run->loss, basin_at(problem, run->at.x, run->at.y)};
}

/// The pixels of one group: those that share what lanes cannot differ in.
void run_pixels(const StudyProblem& problem, const MapView& view, std::span<const int> pixels, int first,
                std::vector<Pixel>& out) {
  StudyProblem shared = problem;
  const Point corner = map_point(view, pixels[0] % view.size, pixels[0] / view.size);
  if (!is_lane(view.x)) set_axis_value(shared, view.x, corner.x);
  if (!is_lane(view.y)) set_axis_value(shared, view.y, corner.y);
  ManyRuns request = lanes_of(shared);
  Point start = shared.start;
  double lr = rate_of(shared);
  const auto vary = [&](const MapAxis& axis, double value) {
    if (axis.kind == Kind::rate) lr = value;
    if (axis.kind == Kind::start_x) start.x = value;
    if (axis.kind == Kind::start_y) start.y = value;
  };
  for (const int pixel : pixels) {
    const Point at = map_point(view, pixel % view.size, pixel / view.size);
    vary(view.x, at.x);
    vary(view.y, at.y);
    add_lane(request, start.x, start.y, lr);
  }
  const ManyEnds ends = run_many(request);
  for (std::size_t l = 0; l < pixels.size(); ++l)
    out[static_cast<std::size_t>(pixels[l] - first)] = {ends.diverged_at[l] >= 0 ? endless : ends.loss[l],
                                                        basin_of(ends, l)};
}

/// Cuts pixels first .. last - 1 into groups.
void run_float_map(const StudyProblem& problem, const MapView& view, int first, int last,
                   std::vector<Pixel>& out) {
  const auto group_of = [&](int pixel) {
    return (is_lane(view.x) ? 0 : pixel % view.size) + (is_lane(view.y) ? 0 : pixel / view.size);
  };
  std::vector<int> pixels(static_cast<std::size_t>(last - first));
  for (int pixel = first; pixel < last; ++pixel) pixels[static_cast<std::size_t>(pixel - first)] = pixel;
  std::sort(pixels.begin(), pixels.end(),
            [&](int a, int b) { return group_of(a) != group_of(b) ? group_of(a) < group_of(b) : a < b; });
  for (auto from = pixels.begin(); from != pixels.end();) {
    const auto to = std::find_if(from, pixels.end(), [&](int p) { return group_of(p) != group_of(*from); });
    run_pixels(problem, view, {&*from, static_cast<std::size_t>(to - from)}, first, out);
    from = to;
  }
}

int map_tile_rows(const StudyProblem& problem, const Settings& settings) {
  const MapView view = map_view(problem, settings);
  const bool exact = in_double(view);
  return pixels_per_tile(runs_per_tile(problem, exact ? 1 : 64, exact), view.size);
}

int map_tiles(const StudyProblem& problem, const Settings& settings) {
  return tiles_for(pixel_count(settings), map_tile_rows(problem, settings));
}

std::vector<float> map_tile(const StudyProblem& problem, const Settings& settings, int tile) {
  const MapView view = map_view(problem, settings);
  const int per_tile = map_tile_rows(problem, settings), first = tile * per_tile;
  const int last = std::min(pixel_count(settings), first + per_tile);
  std::vector<Pixel> pixels(static_cast<std::size_t>(last - first));
  if (in_double(view))
    for (int p = first; p < last; ++p)
      pixels[static_cast<std::size_t>(p - first)] = double_pixel(problem, view, p);
  else
    run_float_map(problem, view, first, last, pixels);
  std::vector<float> rows;
  rows.reserve(MapRow::columns * pixels.size());
  for (const Pixel& p : pixels) rows.insert(rows.end(), {p.loss, p.basin});
  return rows;
}

constexpr Param axis_param(const char* key, double fallback, const char* help) {
  return {.key = key,
          .kind = Param::Kind::integer,
          .fallback = {fallback},
          .min = 0,
          .max = 255,
          .slider_max = 32,
          .help = help};
}

constexpr Param bound(const char* key, const char* help) {
  return {.key = key, .min = -1e12, .max = 1e12, .help = help};
}

}  // namespace

Study basins_row() {
  static constexpr Study row = {
      "basins",
      "Basins",
      "Which minimum the run from each start reaches, how soon, or whether it diverges.",
      "Nusse and Yorke 1996, \"Basins of attraction\", Science 271",
      {picture_size(),
       {.key = "tolerance",
        .fallback = {basin_radius},
        .min = 0,
        .max = 1,
        .open_min = true,
        .log = true,
        .slider_min = 1e-4,
        .slider_max = 0.1,
        .help = "How near to a minimum a run must end, as a share of the domain's longer side."}},
      {"fate", "steps"},
      basins_tiles,
      basins_tile,
      basins_tile_rows};
  return row;
}

Study map_row() {
  static constexpr Study row = {
      "map",
      "Map of two parameters",
      "The final loss over any two numbers of the run; zoom into the boundary of divergence.",
      "Sohl-Dickstein 2024, arXiv 2402.06184",
      {axis_param("x_axis", 0, "Which number runs to the right: 0 is the rate."),
       axis_param("y_axis", 2, "Which number runs upwards: 0 is the rate, 1 and 2 are the start."),
       bound("x_min", "Left edge; left out: the slider's."),
       bound("x_max", "Right edge; left out: the slider's."),
       bound("y_min", "Lower edge; left out: the slider's."),
       bound("y_max", "Upper edge; left out: the slider's."), picture_size()},
      {"final_loss", "fate"},
      map_tiles,
      map_tile,
      map_tile_rows};
  return row;
}

}  // namespace study

Point basins_start(const Domain& d, int size, int column, int row) {
  return {d.xmin + (d.xmax - d.xmin) * (column + 0.5) / size,
          d.ymax - (d.ymax - d.ymin) * (row + 0.5) / size};
}

}  // namespace stride
