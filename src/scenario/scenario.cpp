#include "scenario/scenario.h"

namespace stride {

namespace {

/// A rate at which plain descent works well; none where the optimizer's own default must do.
std::optional<double> good_rate(const SurfaceProblem& p) {
  return p.expression.empty() ? std::optional(surfaces()[p.surface].lr) : std::nullopt;
}
std::optional<double> good_rate(const CurveProblem& p) {
  return p.expression.empty() ? std::optional(curves()[p.curve].lr) : std::nullopt;
}
std::optional<double> good_rate(const FitProblem& p) {
  return usual_rate(p);
}
std::optional<double> good_rate(const NetworkProblem&) {
  return 0.1;
}

/// What `of` makes of a descent's problem.
template <class Of>
auto of_descent(const Scenario& scenario, Of of) {
  using Value = decltype(of(SurfaceProblem{}));
  return std::visit(
      [&](const auto& problem) -> Value {
        if constexpr (std::is_same_v<decltype(problem), const NetworkProblem&>) {
          assert(false);
          return {};
        } else {
          return of(problem);
        }
      },
      scenario.problem);
}

template <class P>
bool is_random_in(const P& p) {
  return p.noise.sigma > 0;
}
bool is_random_in(const FitProblem& p) {
  return p.batch_size > 0 && p.batches.empty();
}
bool is_random_in(const NetworkProblem& p) {
  return p.init == Init::xavier || p.init == Init::kaiming || (p.batch_size > 0 && p.batches.empty());
}

template <class P>
void next_seed_in(P& p) {
  ++p.noise.seed;
}
void next_seed_in(FitProblem& p) {
  ++p.seed;
}
void next_seed_in(NetworkProblem& p) {
  ++p.seed;
  ++p.init_seed;
}

}  // namespace

bool is_random(const Scenario& scenario) {
  return std::visit([](const auto& problem) { return is_random_in(problem); }, scenario.problem);
}

void next_seed(Scenario& scenario) {
  std::visit([](auto& problem) { next_seed_in(problem); }, scenario.problem);
}

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
  return of_descent(scenario, [](const auto& problem) { return objective_of(problem); });
}

Domain domain_of(const Scenario& scenario) {
  return of_descent(scenario, [](const auto& problem) { return domain_of(problem); });
}

Noise noise_of(const Scenario& scenario) {
  return of_descent(scenario, [](const auto& problem) { return noise_of(problem); });
}

Point start_of(const Scenario& scenario, const Run& run) {
  if (run.start) return *run.start;
  return of_descent(scenario, [](const auto& problem) { return start_of(problem); });
}

Trajectory trajectory_of(const Scenario& scenario, const Run& run) {
  Trajectory path = trajectory(objective_of(scenario), start_of(scenario, run), noise_of(scenario),
                               scenario.steps, run.optimizer, run.schedule);
  if (run.ema > 0) keep_ema(path, run.ema);
  return path;
}

std::string name_of(const Run& run) {
  return run.name.empty() ? optimizers()[run.optimizer.row].key : run.name;
}

bool same_numbers(const Scenario& a, const Scenario& b) {
  if (a.steps != b.steps || a.runs.size() != b.runs.size()) return false;
  for (size_t i = 0; i < a.runs.size(); ++i) {
    const Run &p = a.runs[i], &q = b.runs[i];
    if (p.optimizer != q.optimizer || p.schedule != q.schedule || p.start != q.start || p.ema != q.ema)
      return false;
  }
  return same_numbers(a.problem, b.problem);
}

}  // namespace stride
