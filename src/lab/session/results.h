// What the runs of the scenario come to: computed when it is asked for, and only where the numbers that it
// depends on have changed since.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/trajectory.h"
#include "jobs/training.h"
#include "lab/session/many_walkers.h"
#include "lab/session/session.h"

namespace stride::lab {

struct LessonState;

/// What one run has come to.
struct RunResult {
  long id = 0;     ///< another one for every computation: what is made from a result keeps this
  long began = 0;  ///< the id that it had at first: it may grow
  Trajectory path;
  Trajectory average;  ///< of the path, where the run keeps one; else empty
  Outcome outcome;
  double lambda_start = 0;             ///< largest curvature at the start
  std::unique_ptr<Descent> under_way;  ///< where rows are still to come
  /// Of a network; null: a descent. The path then has no places.
  std::shared_ptr<const jobs::TrainingRows> training;
};

/// A reference into it holds until the scenario is changed and the results are asked for again.
class Results {
 public:
  /// Of the session's scenario, as far as the lesson lets it be seen: see horizon().
  Results(Session& session, const LessonState& lesson) : session_(session), lesson_(lesson) {}
  Results(const Results&) = delete;
  Results& operator=(const Results&) = delete;

  /// One for each run, in their order.
  const std::vector<RunResult>& runs() const;
  const RunResult& operator[](size_t run) const { return runs()[run]; }
  size_t size() const { return runs().size(); }
  /// Lets a training's result grow.
  void change(size_t run, const std::function<void(RunResult&)>& how);
  /// What has been computed counts no more: data has come.
  void forget() { revision_ = 0; }
  bool trains_at_once = true;  ///< nobody goes on with a training that has begun
  /// What is descended, read once where it changes.
  const Objective& objective() const;
  /// The largest eigenvalue of the Hessian at a row of a run's path.
  double largest_curvature(size_t run, size_t row) const;
  /// The run over many seeds, where the learner wants to see that and there is noise; null elsewhere, and until all rows are there.
  const ManyWalkers* many(size_t run) const;
  /// How many walkers of a training are known already; and one more of them.
  int walkers_known(size_t run) const;
  void add_walker(size_t run, const jobs::TrainingRows& rows);
  /// Whether rows are still to come: what takes longer than `patience_ms` is made over several frames.
  bool are_under_way() const;
  /// Makes some of the rows that are still to come. Once a frame.
  void go_on() const;
  double patience_ms = 50;
  double compute_ms() const { return compute_ms_; }  ///< what the last change took

 private:
  void compute(int steps) const;
  void advance() const;

  Session& session_;
  const LessonState& lesson_;
  // What has been computed, and what it belongs to.
  mutable std::vector<RunResult> runs_;
  mutable long revision_ = 0;
  mutable int horizon_ = -1;
  mutable Scenario scenario_;
  mutable Objective objective_;
  mutable Problem problem_;
  mutable bool has_objective_ = false;
  mutable std::vector<double> curvature_;
  mutable long curvature_of_ = 0;  ///< where that result began
  mutable std::vector<ManyWalkers> many_;
  mutable double compute_ms_ = 0;
};

/// The row of a run's path that stands for `step`: its last one where it has ended before.
int row_at(const RunResult& result, int step);
/// What the run's card says: the outcome and the last loss.
std::string card_words(const RunResult& result);

}  // namespace stride::lab
