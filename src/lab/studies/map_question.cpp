#include "lab/studies/map_question.h"

#include <initializer_list>

#include "jobs/training.h"
#include "lab/session/ground.h"
#include "lab/studies/take_values.h"

namespace stride::lab {

namespace {

/// The side keeps its axis while the run still has it; else the first of `wanted`.
int settle(MapSide& side, const std::vector<MapAxis>& axes, std::initializer_list<const char*> wanted) {
  int i = find_map_axis(axes, side.key);
  for (const char* key : wanted)
    if (i < 0) i = find_map_axis(axes, key);
  if (i < 0) i = static_cast<int>(axes.size()) - 1;
  const MapAxis& axis = axes[static_cast<size_t>(i)];
  // The noise's range follows its value, which a click changes: it stays as it was.
  const bool same_range =
      axis.kind == MapAxis::Kind::sigma || (side.low == axis.low && side.high == axis.high);
  if (side.key != axis.key || !same_range) side = {axis.key, axis.low, axis.high, axis.low, axis.high};
  return i;
}

/// The picture doesn't depend on the present values of its own axes: a click on it asks for nothing.
jobs::Request without_axes(const jobs::Request& plain, const Map& m) {
  jobs::Request wanted = plain;
  StudyProblem p = m.problem;
  const bool sets_rate = schedules()[static_cast<size_t>(p.schedule.row)].sets_rate;
  for (const MapAxis& axis : {m.x_axis(), m.y_axis()}) {
    if (axis.kind == MapAxis::Kind::sigma || (axis.kind == MapAxis::Kind::rate && sets_rate)) continue;
    set_axis_value(p, axis, axis.kind == MapAxis::Kind::batch ? axis.high : axis.low);
  }
  Run& run = wanted.scenario.runs[0];
  run.optimizer = p.optimizer;
  run.schedule = p.schedule;
  run.start = p.start;
  put_start(wanted.scenario, {});
  if (NetworkProblem* network = network_of(wanted.scenario); network && p.samples > 0)
    network->batch_size = p.batch_size;
  return validate(wanted.scenario) ? plain : wanted;
}

std::vector<double> sizes_for(const Scenario& scenario) {
  if (network_of(scenario)) return jobs::map_sizes_of(scenario);
  return {32, 128, 256};
}

}  // namespace

Map map_of(const Session& session, const Results& results, MapTool& tool) {
  Map m{jobs::problem_without_minima(session.scenario, session.selected, results.objective()), {}, 0, 0};
  m.axes = map_axes(m.problem);
  m.x = settle(tool.x, m.axes, {"lr"});
  m.y = settle(tool.y, m.axes,
               {"optimizer.momentum", "optimizer.betas[0]", "schedule.gamma", "optimizer.alpha", "start.x",
                "batch_size"});
  return m;
}

void ask_map(const Session& session, MapTool& tool, const StudyDesk& desk, const Map& m) {
  jobs::Request plain = request_of(session.scenario, session.selected);
  if (plain != tool.plain || m.x_axis().key != tool.wanted_x || m.y_axis().key != tool.wanted_y) {
    tool.wanted = without_axes(plain, m);
    tool.plain = std::move(plain);
    tool.wanted_x = m.x_axis().key;
    tool.wanted_y = m.y_axis().key;
  }
  const auto of_size = [&](double size) {
    return study_settings("map", {{"x_axis", m.x},
                                  {"y_axis", m.y},
                                  {"x_min", tool.x.from},
                                  {"x_max", tool.x.to},
                                  {"y_min", tool.y.from},
                                  {"y_max", tool.y.to},
                                  {"size", size}});
  };
  std::vector<Settings> stages;
  for (const double size : sizes_for(tool.wanted.scenario)) stages.push_back(of_size(size));
  keep_asking(tool.study, desk, tool.wanted, stages, slot::map);
}

}  // namespace stride::lab
