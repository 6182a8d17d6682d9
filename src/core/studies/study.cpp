#include "core/studies/study.h"

#include <algorithm>
#include <cassert>

#include "core/fits/fit.h"
#include "core/studies/study_shared.h"

namespace stride {

namespace study {

namespace {

/// Whether an operation takes as long as all the arithmetic of a simple surface.
bool is_slow(const Expression::Op& op) {
  using Code = Expression::Op::Code;
  return op.code >= Code::sin && op.code <= Code::tanh && op.code != Code::abs;
}

/// What one step of the surface costs, in units of the cheapest. Of a formula of the learner's own each operation costs, of those in the
/// table, which are compiled, only the elementary functions.
double surface_cost(const Objective& objective) {
  if (objective.expression) return 1 + 0.25 * static_cast<double>(objective.expression->program.size());
  if (objective.fit) return fit_cost(*objective.fit);
  ExpressionError error;
  const Expression formula = parse_expression(surfaces()[objective.surface].formula, error);
  return 1 + static_cast<double>(std::count_if(formula.program.begin(), formula.program.end(), is_slow));
}

}  // namespace

double param(const Settings& study, const char* key) {
  const int i = find_param(studies()[study.row].params, key);
  assert(i >= 0);
  return study.number(i);
}

int whole_param(const Settings& study, const char* key) {
  return static_cast<int>(param(study, key));
}

double longer_side(const Domain& domain) {
  return std::max(domain.xmax - domain.xmin, domain.ymax - domain.ymin);
}

double lowest_known(const StudyProblem& problem) {
  double lowest = no_limit;
  for (const Minimum& m : problem.minima) lowest = std::min(lowest, m.f);
  return lowest < no_limit ? lowest : 0;
}

double rate_of(const StudyProblem& problem) {
  const Schedule& schedule = schedules()[problem.schedule.row];
  if (!schedule.sets_rate) return problem.optimizer.number(0);
  return problem.schedule.number(find_param(schedule.params, "max_lr"));
}

ManyRuns lanes_of(const StudyProblem& problem, double radius) {
  ManyRuns request;
  request.objective = problem.objective;
  request.optimizer = problem.optimizer;
  request.schedule = problem.schedule;
  request.steps = problem.steps;
  request.noise = problem.noise;
  request.common_noise = true;
  request.slices = problem.slices;
  request.reach = static_cast<float>(radius * longer_side(problem.domain));
  for (const Minimum& m : problem.minima) request.places.push_back({m.x, m.y});
  return request;
}

void add_lane(ManyRuns& request, double x, double y, double lr) {
  request.x.push_back(static_cast<float>(x));
  request.y.push_back(static_cast<float>(y));
  request.lr.push_back(static_cast<float>(lr));
}

int runs_per_tile(const StudyProblem& problem, int least, bool in_double) {
  // Steps of one lane on a cheap surface: 3 ms on the web, and where a few lanes together pay off a second.
  constexpr double budget = 1e6, slow = 4e7, double_cost = 12;
  const Optimizer& optimizer = optimizers()[problem.optimizer.row];
  const double step = (surface_cost(problem.objective) + optimizer.shared_slots) *
                      (in_double || optimizer.step_on ? double_cost : 1) * std::max(1, problem.steps);
  const double few = std::clamp(slow / step, 1.0, static_cast<double>(least));
  return static_cast<int>(std::clamp(budget / step, few, 65536.0));
}

double log_spaced(double min, double max, int i, int count) {
  if (count <= 1 || i <= 0) return min;
  if (i >= count - 1) return max;
  return min * math::exp(math::log(max / min) * i / (count - 1));
}

}  // namespace study

std::span<const Study> studies() {
  static const std::vector<Study> all = {study::sweep_row(), study::compare_row(), study::range_test_row(),
                                         study::basins_row(), study::map_row()};
  return all;
}

int find_study(std::string_view key) {
  const std::span<const Study> all = studies();
  for (int i = 0; i < static_cast<int>(all.size()); ++i)
    if (key == all[i].key) return i;
  return -1;
}

std::vector<float> run_study(const StudyProblem& problem, const Settings& settings) {
  const Study& row = studies()[settings.row];
  std::vector<float> all;
  const int tiles = row.tiles(problem, settings);
  for (int i = 0; i < tiles; ++i) {
    const std::vector<float> rows = row.tile(problem, settings, i);
    all.insert(all.end(), rows.begin(), rows.end());
  }
  return all;
}

}  // namespace stride
