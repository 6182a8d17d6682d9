#include "lab/session/results.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "lab/lessons/lesson_state.h"
#include "lab/session/ground.h"
#include "text/numbers.h"
#include "text/text.h"

namespace stride::lab {

namespace {

/// Whether the runs move alike, whatever they are called.
bool same_run(const Run& a, const Run& b) {
  return a.start == b.start && a.optimizer == b.optimizer && a.schedule == b.schedule;
}

RunResult compute_run(const Scenario& s, const Objective& objective, const Run& run, int steps) {
  static long newest = 0;
  RunResult r;
  r.id = ++newest;
  r.path = trajectory(objective, start_of(s, run), noise_of(s), steps, run.optimizer, run.schedule);
  r.outcome = outcome(objective, r.path);
  r.lambda_start = curvature(objective.at(r.path.x[0], r.path.y[0])).largest;
  return r;
}

}  // namespace

const std::vector<RunResult>& Results::runs() const {
  const long revision = revision_of(session_);
  const int steps = horizon(session_.scenario, lesson_);
  if (revision != revision_ || steps != horizon_) {
    compute(steps);
    revision_ = revision;
  }
  return runs_;
}

void Results::compute(int steps) const {
  const auto begin = std::chrono::steady_clock::now();
  const Scenario& s = session_.scenario;
  const bool same_problem =
      revision_ && s.problem == scenario_.problem && s.steps == scenario_.steps && steps == horizon_;
  const Objective& f = objective();
  std::vector<RunResult> runs(s.runs.size());
  for (size_t r = 0; r < s.runs.size(); ++r) {
    const bool keep = same_problem && r < scenario_.runs.size() && same_run(s.runs[r], scenario_.runs[r]);
    runs[r] = keep ? std::move(runs_[r]) : compute_run(s, f, s.runs[r], steps);
  }
  runs_ = std::move(runs);
  scenario_ = s;
  horizon_ = steps;
  using Milliseconds = std::chrono::duration<double, std::milli>;
  compute_ms_ = Milliseconds(std::chrono::steady_clock::now() - begin).count();
}

const Objective& Results::objective() const {
  const Problem& p = session_.scenario.problem;
  if (!has_objective_ || !same_function(p, problem_)) {
    objective_ = objective_of(session_.scenario);
    problem_ = p;
    has_objective_ = true;
  }
  return objective_;
}

const std::vector<double>& Results::largest_curvature(size_t run) const {
  const RunResult& r = runs()[run];
  if (curvature_of_ != r.id) {
    curvature_of_ = r.id;
    curvature_.clear();
    for (size_t i = 0; i < r.path.x.size(); ++i)
      curvature_.push_back(curvature(objective_.at(r.path.x[i], r.path.y[i])).largest);
  }
  return curvature_;
}

int row_at(const RunResult& result, int step) {
  return std::clamp(step, 0, result.path.size() - 1);
}

std::string card_words(const RunResult& result) {
  const std::string loss = tr("loss {0}", {readable(result.path.loss.back())});
  const bool diverged = result.outcome.kind == Outcome::Kind::diverged;
  if (result.path.size() == 1 && !diverged) return loss;
  return diverged ? outcome_words(result.outcome) : outcome_words(result.outcome) + ", " + loss;
}

}  // namespace stride::lab
