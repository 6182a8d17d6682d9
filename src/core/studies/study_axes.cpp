// The numbers of a run that a map can vary, and which of them a pixel means.
#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/run_alone.h"
#include "core/studies/study_shared.h"

namespace stride {

namespace {

using Kind = MapAxis::Kind;

MapAxis rate_axis(const StudyProblem& problem) {
  const Param& p = optimizers()[problem.optimizer.row].params[0];
  return {Kind::rate, "lr", "lr", p.slider_min, p.slider_max, p.min, p.max, p.open_min, p.open_max, true};
}

MapAxis plain_axis(Kind kind, const char* key, const char* label, double low, double high, double min) {
  return {kind, key, label, low, high, min, divergence_bound};
}

MapAxis batch_axis(int samples) {
  const double most = samples;
  MapAxis axis{Kind::batch, "batch_size", "batch size", 1, most, 1, most};
  axis.log = axis.whole = true;
  return axis;
}

MapAxis param_axis(Kind kind, const Param& p, const std::string& prefix, const std::vector<int>& nest,
                   int param, int place) {
  std::string label = p.key;
  if (p.kind == Param::Kind::pair) label += '[' + std::to_string(place) + ']';
  MapAxis axis{kind, prefix + label, label, p.slider_min, p.slider_max, p.min, p.max, p.open_min, p.open_max};
  axis.log = p.log && p.slider_min > 0;
  axis.whole = p.kind == Param::Kind::integer;
  axis.nest = nest;
  axis.param = param;
  axis.place = place;
  return axis;
}

/// Every number of `settings`, also those left out, and of the schedules within it.
void add_params(Kind kind, const Settings& settings, std::span<const Param> params, const std::string& prefix,
                const std::vector<int>& nest, std::vector<MapAxis>& out) {
  for (int i = 0; i < static_cast<int>(params.size()); ++i) {
    const Param& p = params[static_cast<std::size_t>(i)];
    const bool number = p.kind == Param::Kind::number || p.kind == Param::Kind::integer;
    if ((!number && p.kind != Param::Kind::pair) || (kind == Kind::optimizer && i == 0)) continue;
    for (int place = 0; place < (number ? 1 : 2); ++place)
      out.push_back(param_axis(kind, p, prefix, nest, i, place));
  }
  if (kind != Kind::schedule) return;
  for (int i = 0; i < static_cast<int>(settings.nested.size()); ++i) {
    const Settings& inner = settings.nested[static_cast<std::size_t>(i)];
    std::vector<int> deeper = nest;
    deeper.push_back(i);
    add_params(kind, inner, schedules()[inner.row].params, prefix + "schedulers[" + std::to_string(i) + "].",
               deeper, out);
  }
}

template <class S>
auto& settings_of(S& problem, const MapAxis& axis) {
  auto* settings = axis.kind == Kind::optimizer ? &problem.optimizer : &problem.schedule;
  for (const int i : axis.nest) settings = &settings->nested[static_cast<std::size_t>(i)];
  return *settings;
}

double allowed(const MapAxis& axis, double value) {
  if (axis.whole) value = std::floor(value + 0.5);
  const double reach = axis.max - axis.min < no_limit ? axis.max - axis.min : 1;
  if (axis.open_min && value <= axis.min) return axis.min + 1e-12 * reach;
  if (axis.open_max && value >= axis.max) return axis.max - 1e-12 * reach;
  return std::clamp(value, axis.min, axis.max);
}

/// Between min and max, even in the logarithm where the axis is and both are positive.
double between(const MapAxis& axis, double min, double max, double share) {
  if (axis.log && min > 0 && max > 0) return min * math::exp(math::log(max / min) * share);
  return min + (max - min) * share;
}

}  // namespace

std::vector<MapAxis> map_axes(const StudyProblem& problem) {
  const Domain& d = problem.domain;
  std::vector<MapAxis> axes = {rate_axis(problem)};
  if (problem.samples > 1) axes.push_back(batch_axis(problem.samples));
  if (problem.objective.weights > 0)
    axes.push_back(plain_axis(Kind::start_x, "start.x", "start x", d.xmin, d.xmax, -divergence_bound));
  if (problem.objective.weights > 1)
    axes.push_back(plain_axis(Kind::start_y, "start.y", "start y", d.ymin, d.ymax, -divergence_bound));
  if (problem.noise.sigma > 0)
    axes.push_back(plain_axis(Kind::sigma, "noise.sigma", "noise", 0, 2 * problem.noise.sigma, 0));
  add_params(Kind::optimizer, problem.optimizer, optimizers()[problem.optimizer.row].params, "optimizer.", {},
             axes);
  add_params(Kind::schedule, problem.schedule, schedules()[problem.schedule.row].params, "schedule.", {},
             axes);
  return axes;
}

int find_map_axis(std::span<const MapAxis> axes, std::string_view key) {
  for (int i = 0; i < static_cast<int>(axes.size()); ++i)
    if (key == axes[static_cast<std::size_t>(i)].key) return i;
  return -1;
}

double axis_value(const StudyProblem& problem, const MapAxis& axis) {
  switch (axis.kind) {
    case Kind::rate:
      return study::rate_of(problem);
    case Kind::start_x:
      return problem.start.x;
    case Kind::start_y:
      return problem.start.y;
    case Kind::sigma:
      return problem.noise.sigma;
    case Kind::batch:
      return problem.batch_size;
    case Kind::optimizer:
    case Kind::schedule:
      break;
  }
  const std::vector<double>& values = settings_of(problem, axis).values[axis.param];
  return values.empty() ? none : values[static_cast<std::size_t>(axis.place)];
}

void set_axis_value(StudyProblem& problem, const MapAxis& axis, double value) {
  value = allowed(axis, value);
  switch (axis.kind) {
    case Kind::rate:
      return set_rate(problem.optimizer, problem.schedule, value);
    case Kind::start_x:
      problem.start.x = value;
      return;
    case Kind::start_y:
      problem.start.y = value;
      return;
    case Kind::sigma:
      problem.noise.sigma = value;
      return;
    case Kind::batch:
      problem.batch_size = static_cast<int>(value);
      return;
    case Kind::optimizer:
    case Kind::schedule:
      break;
  }
  std::vector<double>& values = settings_of(problem, axis).values[axis.param];
  if (values.empty()) values.resize(1);  // what was left out gets a value
  values[static_cast<std::size_t>(axis.place)] = value;
}

MapView map_view(const StudyProblem& problem, const Settings& map) {
  using study::param;
  const std::vector<MapAxis> axes = map_axes(problem);
  const auto axis = [&](const char* key) {
    return axes[std::min(static_cast<std::size_t>(study::whole_param(map, key)), axes.size() - 1)];
  };
  const auto bound = [&](const char* key, double fallback) {
    const double given = param(map, key);
    return given == given ? given : fallback;
  };
  const MapAxis x = axis("x_axis"), y = axis("y_axis");
  return {x,
          y,
          bound("x_min", x.low),
          bound("x_max", x.high),
          bound("y_min", y.low),
          bound("y_max", y.high),
          study::whole_param(map, "size")};
}

Point map_point(const MapView& view, int column, int row) {
  return {allowed(view.x, between(view.x, view.x_min, view.x_max, (column + 0.5) / view.size)),
          allowed(view.y, between(view.y, view.y_max, view.y_min, (row + 0.5) / view.size))};
}

}  // namespace stride
