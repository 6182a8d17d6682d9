// From a request to the problem that a study works on. Minima have to be searched for; they depend on the
// surface and its domain alone, and are kept so that dragging a rate doesn't search again.
#include <cassert>
#include <deque>
#include <mutex>
#include <utility>

#include "jobs/jobs.h"

namespace stride::jobs {

namespace {

/// What the minima depend on.
struct Place {
  int surface;
  std::string expression;
  Domain domain;
  bool operator==(const Place&) const = default;
};

class Memory {
 public:
  bool recall(const Place& place, std::vector<Minimum>& out) {
    const std::lock_guard lock(mutex_);
    for (const auto& [known, minima] : found_)
      if (known == place) {
        out = minima;
        return true;
      }
    return false;
  }

  void keep(const Place& place, const std::vector<Minimum>& minima) {
    constexpr size_t most = 8;
    const std::lock_guard lock(mutex_);
    found_.emplace_front(place, minima);
    if (found_.size() > most) found_.pop_back();
  }

 private:
  std::mutex mutex_;
  std::deque<std::pair<Place, std::vector<Minimum>>> found_;  // the newest first
};

std::vector<Minimum> minima_of(const SurfaceProblem& surface, const StudyProblem& problem) {
  static Memory memory;
  const Place place{surface.expression.empty() ? surface.surface : 0, surface.expression, problem.domain};
  std::vector<Minimum> minima;
  if (memory.recall(place, minima)) return minima;
  minima = known_minima(problem.objective, problem.domain);
  memory.keep(place, minima);
  return minima;
}

}  // namespace

StudyProblem outline_of(const Request& request) {
  const Scenario& scenario = request.scenario;
  assert(!scenario.is_network && request.run >= 0 && request.run < static_cast<int>(scenario.runs.size()));
  const Run& run = scenario.runs[request.run];
  StudyProblem problem;
  problem.objective = objective_of(scenario.surface);
  problem.domain = domain_of(scenario.surface);
  problem.start = start_of(scenario, run);
  problem.noise = scenario.surface.noise;
  problem.steps = scenario.steps;
  problem.optimizer = run.optimizer;
  problem.schedule = run.schedule;
  return problem;
}

StudyProblem problem_of(const Request& request) {
  StudyProblem problem = outline_of(request);
  problem.minima = minima_of(request.scenario.surface, problem);
  return problem;
}

}  // namespace stride::jobs
