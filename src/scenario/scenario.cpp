#include "scenario/scenario.h"

namespace stride {

namespace {

constexpr Domain expression_domain{-3, 3, -3, 3};
constexpr Point expression_start{-2, 1.5};
constexpr double network_lr = 0.1;

}  // namespace

Run default_run(int optimizer_row) {
  Run run;
  run.optimizer = default_settings(optimizer_row, optimizers()[optimizer_row].params);
  run.schedule = default_settings(0, schedules()[0].params);
  return run;
}

std::vector<Run> default_runs(const Scenario& scenario) {
  Run run = default_run(find_optimizer("SGD"));
  if (scenario.is_network)
    run.optimizer.values[0] = {network_lr};
  else if (scenario.surface.expression.empty())
    run.optimizer.values[0] = {surfaces()[scenario.surface.surface].lr};
  return {run};
}

Scenario default_scenario() {
  Scenario scenario;
  scenario.surface.surface = find_surface("rosenbrock");
  scenario.runs = default_runs(scenario);
  return scenario;
}

Objective objective_of(const SurfaceProblem& problem) {
  Objective objective{problem.surface, nullptr};
  if (problem.expression.empty()) return objective;
  ExpressionError error;
  Expression parsed = parse_expression(problem.expression, error);
  if (error.column == 0) objective.expression = std::make_shared<const Expression>(std::move(parsed));
  return objective;
}

Domain domain_of(const SurfaceProblem& problem) {
  if (problem.domain) return *problem.domain;
  return problem.expression.empty() ? surfaces()[problem.surface].domain : expression_domain;
}

Point start_of(const Scenario& scenario, const Run& run) {
  const SurfaceProblem& problem = scenario.surface;
  if (run.start) return *run.start;
  if (problem.start) return *problem.start;
  return problem.expression.empty() ? surfaces()[problem.surface].start : expression_start;
}

std::string name_of(const Run& run) {
  return run.name.empty() ? optimizers()[run.optimizer.row].key : run.name;
}

bool same_numbers(const Scenario& a, const Scenario& b) {
  if (a.is_network != b.is_network || a.steps != b.steps || a.runs.size() != b.runs.size()) return false;
  for (size_t i = 0; i < a.runs.size(); ++i) {
    const Run &p = a.runs[i], &q = b.runs[i];
    if (p.optimizer != q.optimizer || p.schedule != q.schedule || p.start != q.start) return false;
  }
  if (a.is_network) return a.network == b.network;
  SurfaceProblem p = a.surface, q = b.surface;
  p.domain = q.domain;
  if (!p.expression.empty() && !q.expression.empty()) p.surface = q.surface;
  return p == q;
}

Error check_scenario(const Scenario& scenario) {
  Scenario read;
  return read_scenario(write_scenario(scenario, -1), read);
}

}  // namespace stride
