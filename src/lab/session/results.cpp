#include "lab/session/results.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "lab/lessons/lesson_state.h"
#include "lab/session/ground.h"
#include "lab/session/training.h"
#include "text/numbers.h"
#include "text/text.h"

namespace stride::lab {

namespace {

/// Whether the runs move alike, whatever they are called.
bool same_run(const Run& a, const Run& b) {
  return a.start == b.start && a.optimizer == b.optimizer && a.schedule == b.schedule && a.ema == b.ema;
}

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

/// Few of a long formula, of which a row takes some tenths of a millisecond.
int rows_at_once(const Objective& f) {
  return f.expression ? std::clamp(2048 / static_cast<int>(f.expression->program.size()), 1, 32) : 32;
}

long next_id() {
  static long newest = 0;
  return ++newest;
}

void tell(RunResult& r, const Objective& objective, double ema, Trajectory path) {
  r.id = next_id();
  if (r.began == 0) r.began = r.id;
  r.path = std::move(path);
  if (ema > 0) keep_ema(r.path, ema);
  if (!r.path.avg_x.empty()) r.average = average_of(objective, r.path);
  r.outcome = outcome(objective, r.path);
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
  const Clock::time_point begin = Clock::now();
  const Scenario& s = session_.scenario;
  const bool same_problem =
      revision_ && s.problem == scenario_.problem && s.steps == scenario_.steps && steps == horizon_;
  const Objective& f = objective();
  std::vector<RunResult> runs(s.runs.size());
  for (size_t r = 0; r < s.runs.size(); ++r) {
    const bool keep = same_problem && r < scenario_.runs.size() && same_run(s.runs[r], scenario_.runs[r]);
    const Run& run = s.runs[r];
    if (keep) {
      runs[r] = std::move(runs_[r]);
    } else if (network_of(s)) {
      const bool same_optimizer =
          same_problem && r < scenario_.runs.size() && run.optimizer == scenario_.runs[r].optimizer;
      const RunResult* before = same_optimizer ? &runs_[r] : nullptr;
      runs[r] = begin_training(s, run, steps, trains_at_once, before);
      runs[r].id = runs[r].began = next_id();
    } else {
      runs[r].under_way =
          std::make_unique<Descent>(f, start_of(s, run), noise_of(s), steps, run.optimizer, run.schedule);
    }
  }
  runs_ = std::move(runs);
  advance();
  scenario_ = s;
  horizon_ = steps;
  compute_ms_ = milliseconds_since(begin);
}

bool Results::are_under_way() const {
  const std::vector<RunResult>& all = runs();
  return std::any_of(all.begin(), all.end(), [](const RunResult& r) { return r.under_way != nullptr; });
}

void Results::go_on() const {
  if (are_under_way()) advance();
}

/// Each run gets its first rows, then one after the other as many as there is time for: what has changed is drawn anew.
void Results::advance() const {
  const Clock::time_point begin = Clock::now();
  bool began = false;
  for (size_t i = 0; i < runs_.size(); ++i) {
    RunResult& r = runs_[i];
    if (!r.under_way) continue;
    // The frame in which a run is made anew may have its surface to make as well.
    const bool is_new = r.path.size() == 0;
    const double patience = is_new ? 0.3 * patience_ms : patience_ms;
    if (began && !is_new && milliseconds_since(begin) >= patience) continue;
    began = true;
    bool more = true;
    do more = r.under_way->advance(rows_at_once(objective_));
    while (more && milliseconds_since(begin) < patience);
    const double ema = session_.scenario.runs[i].ema;
    tell(r, objective_, ema, more ? r.under_way->rows() : r.under_way->take());
    if (!more) r.under_way.reset();
    r.lambda_start = curvature(objective_.at(r.path.x[0], r.path.y[0])).largest;
  }
}

const Objective& Results::objective() const {
  const Problem& p = session_.scenario.problem;
  if (network_of(p)) return objective_;
  if (!has_objective_ || !same_function(p, problem_)) {
    objective_ = objective_of(session_.scenario);
    problem_ = p;
    has_objective_ = true;
  }
  return objective_;
}

double Results::largest_curvature(size_t run, size_t row) const {
  const RunResult& r = runs()[run];
  if (curvature_of_ != r.began) curvature_.clear();
  curvature_of_ = r.began;
  curvature_.resize(r.path.x.size(), none);
  // Only what is asked for: a long formula has its price at each of a hundred thousand rows.
  double& known = curvature_.at(row);
  if (std::isnan(known)) known = curvature(objective_.at(r.path.x[row], r.path.y[row])).largest;
  return known;
}

const ManyWalkers* Results::many(size_t run) const {
  const Scenario& s = session_.scenario;
  if (!session_.many_walkers || !is_random(s)) return nullptr;
  const RunResult& r = runs()[run];
  if (r.under_way || r.path.size() < 2) return nullptr;
  if (r.training) return walkers_known(run) > 1 ? &many_[run] : nullptr;
  many_.resize(runs_.size());
  if (many_[run].of != r.began) {
    many_[run] = walk_many(s, s.runs[run]);
    many_[run].of = r.began;
  }
  return &many_[run];
}

int Results::walkers_known(size_t run) const {
  const bool known = run < many_.size() && many_[run].of == runs()[run].began;
  return known ? static_cast<int>(many_[run].paths.size()) : 0;
}

void Results::add_walker(size_t run, const jobs::TrainingRows& rows) {
  if (walkers_known(run) == 0) {
    many_.resize(std::max(many_.size(), run + 1));
    many_[run] = {};
    many_[run].of = runs()[run].began;
  }
  Trajectory path;
  path.loss = rows.loss;
  path.diverged_at = rows.diverged_at;
  many_[run].paths.push_back(std::move(path));
  many_[run].accuracy.push_back(rows.validation_accuracy.empty() ? rows.accuracy : rows.validation_accuracy);
  add_up(many_[run], session_.scenario.steps);
}

void Results::change(size_t run, const std::function<void(RunResult&)>& how) {
  how(runs_[run]);
  runs_[run].id = next_id();
}

int row_at(const RunResult& result, int step) {
  return std::clamp(step, 0, result.path.size() - 1);
}

std::string card_words(const RunResult& result) {
  const std::string loss = tr("loss {0}", {readable(result.path.loss.back())});
  if (result.under_way) return tr("step {0}", {readable_whole(result.path.size() - 1)}) + " …";
  const bool diverged = result.outcome.kind == Outcome::Kind::diverged;
  if (result.path.size() == 1 && !diverged) return loss;
  return diverged ? outcome_words(result.outcome) : outcome_words(result.outcome) + ", " + loss;
}

}  // namespace stride::lab
