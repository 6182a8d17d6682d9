// From a request to the problem that a study works on. Minima have to be searched for; they depend on the
// surface and its domain alone, and are kept so that dragging a rate doesn't search again.
#include <cassert>
#include <deque>
#include <limits>
#include <mutex>
#include <utility>

#include "jobs/jobs.h"
#include "jobs/landscape.h"
#include "jobs/training.h"

namespace stride::jobs {

namespace {

/// What the minima depend on.
struct MinimaKey {
  int weights, row;
  std::string expression;
  Domain domain;
  bool operator==(const MinimaKey&) const = default;
};

class MinimaCache {
 public:
  bool recall(const MinimaKey& key, std::vector<Minimum>& out) {
    const std::lock_guard lock(mutex_);
    for (const auto& [known, minima] : found_)
      if (known == key) {
        out = minima;
        return true;
      }
    return false;
  }

  void keep(const MinimaKey& key, const std::vector<Minimum>& minima) {
    constexpr size_t most = 8;
    const std::lock_guard lock(mutex_);
    found_.emplace_front(key, minima);
    if (found_.size() > most) found_.pop_back();
  }

 private:
  std::mutex mutex_;
  std::deque<std::pair<MinimaKey, std::vector<Minimum>>> found_;  // the newest first
};

}  // namespace

std::vector<Minimum> minima_of(const StudyProblem& problem) {
  static MinimaCache cache;
  const Objective& o = problem.objective;
  if (o.fit) return known_minima(o, problem.domain);
  const MinimaKey key{o.weights, o.expression ? o.curve : o.surface, o.expression ? o.expression->text : "",
                      problem.domain};
  std::vector<Minimum> minima;
  if (cache.recall(key, minima)) return minima;
  minima = known_minima(problem.objective, problem.domain, problem.slices);
  if (!problem.slices || problem.slices->finished()) cache.keep(key, minima);
  return minima;
}

StudyProblem problem_without_minima(const Scenario& scenario, int r, Objective objective) {
  assert(r >= 0 && r < static_cast<int>(scenario.runs.size()));
  if (!is_descent(scenario)) return outline_of(scenario, r);
  const Run& run = scenario.runs[r];
  StudyProblem problem;
  problem.objective = std::move(objective);
  problem.domain = domain_of(scenario);
  problem.start = start_of(scenario, run);
  problem.noise = noise_of(scenario);
  problem.steps = scenario.steps;
  problem.optimizer = run.optimizer;
  problem.schedule = run.schedule;
  return problem;
}

StudyProblem problem_without_minima(const Request& request) {
  const bool descent = is_descent(request.scenario);
  return problem_without_minima(request.scenario, request.run,
                                descent ? objective_of(request.scenario) : Objective());
}

StudyProblem problem_of(const Request& request) {
  StudyProblem problem = problem_without_minima(request);
  problem.minima = minima_of(problem);
  return problem;
}

bool in_turn(const Request& request) {
  const Request::Kind kind = request.kind;
  if (kind == Request::Kind::training || kind == Request::Kind::sharpness) return true;
  return kind == Request::Kind::study && !is_descent(request.scenario) && !rates_apart(request);
}

std::vector<float> nothing() {
  return {std::numeric_limits<float>::quiet_NaN()};  // what no study has in its rows
}

int tiles_of(const Request& request) {
  switch (request.kind) {
    case Request::Kind::training:
      return training_tiles(request);
    case Request::Kind::landscape:
      return landscape_tiles(request);
    case Request::Kind::sharpness:
      return sharpness_tiles(request);
    default:
      if (!is_descent(request.scenario)) return rate_tiles(request);
      return studies()[request.study.row].tiles(problem_without_minima(request), request.study);
  }
}

Tiles make_tiles(const Request& request) {
  switch (request.kind) {
    case Request::Kind::training:
      return make_training(request);
    case Request::Kind::landscape:
      return make_landscape(request);
    case Request::Kind::sharpness:
      return make_sharpness(request);
    default:
      if (!is_descent(request.scenario)) return make_rates(request);
      return [problem = problem_of(request), study = request.study](int tile) {
        return studies()[study.row].tile(problem, study, tile);
      };
  }
}

}  // namespace stride::jobs
