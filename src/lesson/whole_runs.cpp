// A scenario's runs computed whole, of a network its trainings: what tests and the command line judge. The lab has its own.
#include "core/networks/network.h"
#include "lesson/lesson_shared.h"

namespace stride {

namespace {

const std::vector<double>& measured(const Training& training, LessonMeasure measure) {
  switch (measure) {
    case LessonMeasure::loss:
      return training.loss;
    case LessonMeasure::validation_loss:
      return training.validation_loss;
    case LessonMeasure::accuracy:
      return training.accuracy;
    case LessonMeasure::validation_accuracy:
      return training.validation_accuracy;
  }
  return training.loss;
}

}  // namespace

Trajectory rows_of(const Scenario& scenario, const Run& run, LessonMeasure measure) {
  const auto* network = std::get_if<NetworkProblem>(&scenario.problem);
  if (!network) return trajectory_of(scenario, run);
  const Training training = train(*network, scenario.steps, run.optimizer, run.schedule);
  Trajectory path;
  static_cast<Series&>(path) = training;
  path.loss = measured(training, measure);
  return path;
}

LessonReport judge(const LessonGoal& goal, const Scenario& scenario) {
  std::vector<Trajectory> paths;
  std::vector<Outcome> outcomes;
  for (const Run& run : scenario.runs) {
    paths.push_back(rows_of(scenario, run, goal.measure));
    outcomes.push_back(is_network(scenario) ? outcome(static_cast<const Series&>(paths.back()))
                                            : outcome(objective_of(scenario), paths.back()));
  }
  return judge(goal, scenario, paths, outcomes);
}

}  // namespace stride
