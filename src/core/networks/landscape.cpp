// The landscape around a training's weights, in two of its many directions.
#include <algorithm>
#include <cmath>

#include "core/math/random.h"
#include "core/networks/network_study_rows.h"
#include "core/studies/size_param.h"

namespace stride {

namespace network {

namespace {

constexpr unsigned direction_stream = 5u << 20;
constexpr int most_rows = 500;
enum class Directions { random, principal };

double dot(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

std::vector<double> random_direction(const std::vector<int>& layers, std::span<const double> centre,
                                     unsigned seed, unsigned which) {
  std::vector<double> out(centre.size());
  std::size_t at = 0;
  for (std::size_t l = 1; l < layers.size(); ++l) {
    const auto in = static_cast<std::size_t>(layers[l - 1]), units = static_cast<std::size_t>(layers[l]);
    for (std::size_t u = 0; u < units; ++u, at += in) {
      const std::span<double> own(out.data() + at, in);
      for (std::size_t i = 0; i < in; ++i) own[i] = gaussian(seed, direction_stream + which, at + i);
      const std::span<const double> unit = centre.subspan(at, in);
      const double scale = std::sqrt(dot(unit, unit) / dot(own, own));
      for (double& v : own) v *= scale;
    }
    at += units;  // biases
  }
  return out;
}

/// The eigenvector of the largest eigenvalue of a symmetric matrix, less its parts along `without`.
std::vector<double> top_vector(const std::vector<std::vector<double>>& matrix,
                               std::span<const double> without) {
  constexpr int most = 1000;
  const std::size_t n = matrix.size();
  std::vector<double> v(n), next(n);
  for (std::size_t i = 0; i < n; ++i) v[i] = gaussian(1, direction_stream, i);
  for (int k = 0; k < most; ++k) {
    for (std::size_t i = 0; i < n; ++i) next[i] = dot(matrix[i], v);
    if (!without.empty()) {
      const double part = dot(next, without);
      for (std::size_t i = 0; i < n; ++i) next[i] -= part * without[i];
    }
    const double length = std::sqrt(dot(next, next));
    if (!(length > 0)) return std::vector<double>(n);
    double moved = 0;
    for (std::size_t i = 0; i < n; ++i) {
      moved = std::max(moved, std::fabs(next[i] / length - v[i]));
      v[i] = next[i] / length;
    }
    if (moved < 1e-12) break;
  }
  return v;
}

/// Unit vectors along which the path, seen from the centre, spreads most: from the eigenvectors of the matrix
/// of all products of its rows.
void find_principal(const TrainingWay& way, Landscape& plane) {
  std::vector<std::vector<double>> from_centre = way.weights, products;
  for (std::vector<double>& row : from_centre)
    for (std::size_t i = 0; i < row.size(); ++i) row[i] -= plane.centre[i];
  for (const std::vector<double>& a : from_centre) {
    products.emplace_back();
    for (const std::vector<double>& b : from_centre) products.back().push_back(dot(a, b));
  }
  const auto along = [&](std::span<const double> shares) {
    std::vector<double> out(plane.centre.size());
    for (std::size_t r = 0; r < from_centre.size(); ++r)
      for (std::size_t i = 0; i < out.size(); ++i) out[i] += shares[r] * from_centre[r][i];
    const double length = std::sqrt(dot(out, out));
    // The path begins on the positive side.
    const double scale = length > 0 ? (dot(out, from_centre[0]) < 0 ? -1 : 1) / length : 0;
    for (double& v : out) v *= scale;
    return out;
  };
  const std::vector<double> first = top_vector(products, {});
  plane.first = along(first);
  plane.second = along(top_vector(products, first));
}

/// The place in the plane that is nearest to some weights.
Point place_in(const Landscape& plane, std::span<const double> weights) {
  std::vector<double> away(weights.begin(), weights.end());
  for (std::size_t i = 0; i < away.size(); ++i) away[i] -= plane.centre[i];
  const double aa = dot(plane.first, plane.first), ab = dot(plane.first, plane.second),
               bb = dot(plane.second, plane.second);
  const double a = dot(plane.first, away), b = dot(plane.second, away), determinant = aa * bb - ab * ab;
  if (!(determinant > 0)) return {aa > 0 ? a / aa : 0, 0};
  return {(bb * a - ab * b) / determinant, (aa * b - ab * a) / determinant};
}

void hold_path(const TrainingWay& way, Landscape& plane) {
  Domain d{0, 0, 0, 0};
  for (const std::vector<double>& weights : way.weights) {
    const Point p = place_in(plane, weights);
    d = {std::min(d.xmin, p.x), std::max(d.xmax, p.x), std::min(d.ymin, p.y), std::max(d.ymax, p.y)};
  }
  constexpr double margin = 0.2;
  const double most = std::max(d.xmax - d.xmin, d.ymax - d.ymin), least = most > 0 ? 0.25 * most : 1;
  const auto widen = [&](double low, double high, double& out_low, double& out_high) {
    const double more = std::max(margin * (high - low), 0.5 * (least - (high - low)));
    out_low = low - more;
    out_high = high + more;
  };
  widen(d.xmin, d.xmax, plane.reach.xmin, plane.reach.xmax);
  widen(d.ymin, d.ymax, plane.reach.ymin, plane.reach.ymax);
}

/// The step in whose weights the picture has its centre.
int centre_of(const NetworkRun& run, const Settings& study) {
  const double step = value_of(study, "step");
  return step == step ? static_cast<int>(step) : run.steps;
}

std::vector<double> rows_of(const NetworkRun& run, const Settings& study) {
  return landscape_rows(run, study, Precision::double_);
}

}  // namespace

double value_of(const Settings& study, const char* key) {
  return study.number(find_param(network_studies()[study.row].params, key));
}

NetworkStudy landscape_row() {
  using Kind = Param::Kind;
  return {"landscape",
          "Loss landscape",
          "The loss around a network's weights in two of its many directions, "
          "and the way through it.",
          "Li et al. 2018, arXiv 1712.09913",
          {{.key = "directions",
            .kind = Kind::choice,
            .fallback = {0},
            .help = "Two random directions, scaled unit by unit, or those "
                    "along which the path spreads most.",
            .choices = {"random", "principal"}},
           size_param(33, 513, 9, 129,
                      "Width and height of the picture; an odd number has the "
                      "centre on it."),
           {.key = "reach",
            .min = 0,
            .open_min = true,
            .slider_max = 2,
            .help = "How far it reaches from the centre; left out: 1, or as "
                    "far as the path."},
           {.key = "step",
            .kind = Kind::integer,
            .min = 0,
            .max = max_steps,
            .unit = "steps",
            .help = "Whose weights are the centre; left out: the last step's."},
           {.key = "seed",
            .kind = Kind::integer,
            .fallback = {1},
            .min = 0,
            .max = 4294967295.0,
            .help = "Draws the random directions."}},
          {"a", "b", "loss"},
          rows_of};
}

}  // namespace network

WayRun::WayRun(const NetworkRun& run)
    : steps_(run.steps),
      stride_(run.steps / network::most_rows + 1),
      training_(run.problem, run.steps, run.optimizer, run.schedule) {
  // The whole loss is wanted of the rows alone, unless the schedule listens to it.
  if (!ScheduleRun(run.schedule, 1, run.steps).listens()) training_.measure_every(stride_);
}

bool WayRun::advance(int rows) {
  const Training& now = training_.result();
  for (int i = 0; i < rows; ++i) {
    const int t = now.size();
    training_.advance(1);
    if (now.size() <= t || now.diverged_at >= 0) return false;
    if (t % stride_ != 0 && t != steps_) continue;
    way_.steps.push_back(t);
    way_.loss.push_back(now.loss.back());
    way_.weights.push_back(now.weights);
  }
  return now.size() <= steps_;
}

TrainingWay way_of(const NetworkRun& run) {
  WayRun way(run);
  while (way.advance(run.steps + 1)) {
  }
  return way.way();
}

namespace {

/// The weights at `step`: those that are kept, or trained anew.

std::vector<double> weights_at(const NetworkRun& run, const TrainingWay& way, int step) {
  const int last = std::min(step, way.steps.back());
  for (std::size_t r = 0; r < way.steps.size(); ++r)
    if (way.steps[r] == last) return way.weights[r];
  TrainingRun training(run.problem, run.steps, run.optimizer, run.schedule);
  training.advance(last + 1);
  return training.result().weights;
}

double between(double low, double high, int i, int size) {
  return size == 1 ? 0.5 * (low + high) : (low * (size - 1 - i) + high * i) / (size - 1);
}
}  // namespace

Landscape landscape_of(const NetworkRun& run, const TrainingWay& way, const Settings& study) {
  using namespace network;
  Landscape land;
  land.size = static_cast<int>(value_of(study, "size"));
  if (way.weights.empty()) return land;
  land.centre = weights_at(run, way, centre_of(run, study));
  const bool random = value_of(study, "directions") == static_cast<int>(Directions::random);
  if (random) {
    const auto seed = static_cast<unsigned>(value_of(study, "seed"));
    land.first = random_direction(run.problem.layers, land.centre, seed, 0);
    land.second = random_direction(run.problem.layers, land.centre, seed, 1);
  } else {
    find_principal(way, land);
  }
  const double reach = value_of(study, "reach");
  if (!random && reach != reach)
    hold_path(way, land);
  else if (reach == reach)
    land.reach = {-reach, reach, -reach, reach};
  for (std::size_t r = 0; r < way.weights.size(); ++r) {
    const Point p = place_in(land, way.weights[r]);
    land.path.insert(land.path.end(), {static_cast<double>(way.steps[r]), p.x, p.y, way.loss[r]});
  }
  return land;
}

std::vector<double> landscape_losses(const Landscape& land, const NetworkProblem& problem,
                                     const DataSet& data, int first, int last, Precision precision) {
  std::vector<double> weights;
  for (int point = first; point < last; ++point) {
    const double a = between(land.reach.xmin, land.reach.xmax, point % land.size, land.size);
    const double b = between(land.reach.ymax, land.reach.ymin, point / land.size, land.size);
    for (std::size_t i = 0; i < land.centre.size(); ++i)
      weights.push_back(land.centre[i] + a * land.first[i] + b * land.second[i]);
  }
  return network_losses(problem, data, weights, precision);
}

std::vector<double> landscape_rows(const NetworkRun& run, const Settings& study, Precision precision) {
  const Landscape land = landscape_of(run, way_of(run), study);
  if (land.centre.empty()) return {};
  const DataSet data = make_dataset(run.problem.data);
  std::vector<double> rows;
  for (int down = 0; down < land.size; ++down) {
    const std::vector<double> losses =
        landscape_losses(land, run.problem, data, down * land.size, (down + 1) * land.size, precision);
    for (int across = 0; across < land.size; ++across)
      rows.insert(rows.end(), {between(land.reach.xmin, land.reach.xmax, across, land.size),
                               between(land.reach.ymax, land.reach.ymin, down, land.size),
                               losses[static_cast<std::size_t>(across)]});
  }
  return rows;
}

std::vector<double> landscape_path(const NetworkRun& run, const Settings& study) {
  return landscape_of(run, way_of(run), study).path;
}

}  // namespace stride
