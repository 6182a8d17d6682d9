#include "lab/studies/take_values.h"

#include <algorithm>
#include <cmath>

#include "core/math/digits.h"
#include "lab/plots/plot.h"
#include "lab/session/ground.h"
#include "text/text.h"
#include "ui/target.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

Settings study_settings(const char* key, std::initializer_list<std::pair<const char*, double>> values) {
  const int row = find_study(key);
  const Study& study = studies()[static_cast<size_t>(row)];
  Settings settings = default_settings(row, study.params);
  for (const auto& [name, v] : values)
    settings.values[static_cast<size_t>(find_param(study.params, name))] = {v};
  return settings;
}

void take_values(Session& session, int r, std::span<const Taken> values) {
  StudyProblem problem = jobs::problem_without_minima(request_of(session.scenario, r));
  Run& run = session.scenario.runs[static_cast<size_t>(r)];
  for (const Taken& t : values) {
    set_axis_value(problem, t.axis, t.value);
    if (t.axis.kind == MapAxis::Kind::sigma && noise_in(session.scenario))
      noise_in(session.scenario)->sigma = problem.noise.sigma;
    if (t.axis.kind == MapAxis::Kind::batch && network_of(session.scenario))
      network_of(session.scenario)->batch_size = problem.batch_size;
    if (t.axis.kind != MapAxis::Kind::start_x && t.axis.kind != MapAxis::Kind::start_y) continue;
    if (run.start)
      run.start = problem.start;
    else
      put_start(session.scenario, problem.start);
  }
  run.optimizer = problem.optimizer;
  run.schedule = problem.schedule;
}

void take_rate(Session& session, int r, double lr, int digits) {
  const std::vector<MapAxis> axes = map_axes(jobs::problem_without_minima(request_of(session.scenario, r)));
  const int rate = find_map_axis(axes, "lr");
  const Taken taken{axes[static_cast<size_t>(rate)], to_digits(lr, digits)};
  take_values(session, r, {&taken, 1});
}

double rate_of(const StudyProblem& problem) {
  const std::vector<MapAxis> axes = map_axes(problem);
  return axis_value(problem, axes[static_cast<size_t>(find_map_axis(axes, "lr"))]);
}

}  // namespace stride::lab
