// From a request to the problem that a study works on. Minima of the learner's own expression have to be
// searched for, as are those of a table's surface that its row doesn't name; they depend on the surface and
// the domain alone, and are kept so that dragging a rate
// doesn't search again.
#include <cassert>
#include <deque>
#include <mutex>

#include "jobs/jobs.h"

namespace stride::jobs {

namespace {

struct Found {
  std::string surface;  ///< the expression, or the table's key
  Domain domain;
  std::vector<Minimum> minima;
};

class Memory {
 public:
  bool recall(const std::string& surface, const Domain& domain, std::vector<Minimum>& out) {
    const std::lock_guard lock(mutex_);
    for (const Found& f : found_)
      if (f.surface == surface && f.domain == domain) {
        out = f.minima;
        return true;
      }
    return false;
  }

  void keep(Found found) {
    constexpr size_t most = 8;
    const std::lock_guard lock(mutex_);
    found_.push_front(std::move(found));
    if (found_.size() > most) found_.pop_back();
  }

 private:
  std::mutex mutex_;
  std::deque<Found> found_;
};

std::vector<Minimum> minima_of(const SurfaceProblem& surface, const StudyProblem& problem) {
  static Memory memory;
  const std::string name = surface.expression.empty() ? surfaces()[surface.surface].key : surface.expression;
  std::vector<Minimum> minima;
  if (memory.recall(name, problem.domain, minima)) return minima;
  minima = known_minima(problem.objective, problem.domain);
  memory.keep({name, problem.domain, minima});
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
