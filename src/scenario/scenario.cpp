#include "scenario/scenario.h"

namespace stride {

namespace {

/// A rate at which plain descent works well; none where the optimizer's own default must do.
std::optional<double> good_rate(const SurfaceProblem& p) {
  return p.expression.empty() ? std::optional(surfaces()[p.surface].lr) : std::nullopt;
}
std::optional<double> good_rate(const NetworkProblem&) {
  return 0.1;
}

}  // namespace

Run default_run(int optimizer_row) {
  Run run;
  run.optimizer = default_settings(optimizer_row, optimizers()[optimizer_row].params);
  run.schedule = default_settings(0, schedules()[0].params);
  return run;
}

std::vector<Run> default_runs(const Scenario& scenario) {
  Run run = default_run(find_optimizer("SGD"));
  const auto rate = std::visit([](const auto& problem) { return good_rate(problem); }, scenario.problem);
  if (rate) run.optimizer.values[0] = {*rate};
  return {run};
}

Scenario default_scenario() {
  Scenario scenario;
  scenario.runs = default_runs(scenario);
  return scenario;
}

Objective objective_of(const Scenario& scenario) {
  return objective_of(surface_of(scenario));
}

Domain domain_of(const Scenario& scenario) {
  return domain_of(surface_of(scenario));
}

Noise noise_of(const Scenario& scenario) {
  return surface_of(scenario).noise;
}

Point start_of(const Scenario& scenario, const Run& run) {
  return run.start ? *run.start : start_of(surface_of(scenario));
}

Trajectory trajectory_of(const Scenario& scenario, const Run& run) {
  return trajectory(objective_of(scenario), start_of(scenario, run), noise_of(scenario), scenario.steps,
                    run.optimizer, run.schedule);
}

std::string name_of(const Run& run) {
  return run.name.empty() ? optimizers()[run.optimizer.row].key : run.name;
}

bool same_numbers(const Scenario& a, const Scenario& b) {
  if (a.steps != b.steps || a.runs.size() != b.runs.size()) return false;
  for (size_t i = 0; i < a.runs.size(); ++i) {
    const Run &p = a.runs[i], &q = b.runs[i];
    if (p.optimizer != q.optimizer || p.schedule != q.schedule || p.start != q.start) return false;
  }
  return same_numbers(a.problem, b.problem);
}

Error check_scenario(const Scenario& scenario) {
  Scenario read;
  return read_scenario(write_scenario(scenario, -1), read);
}

}  // namespace stride
