// What the runs of the scenario come to: computed when it is asked for, and only where the numbers that it
// depends on have changed since.
#pragma once

#include <string>
#include <vector>

#include "core/trajectory.h"
#include "lab/session/session.h"

namespace stride::lab {

struct LessonState;

/// What one run has come to.
struct RunResult {
  long id = 0;  ///< another one for every computation: what is made from a result keeps this
  Trajectory path;
  Outcome outcome;
  double lambda_start = 0;  ///< largest curvature at the start
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
  /// What is descended, read once where it changes.
  const Objective& objective() const;
  /// The largest eigenvalue of the Hessian at each row of a run's path.
  const std::vector<double>& largest_curvature(size_t run) const;
  double compute_ms() const { return compute_ms_; }  ///< what the last change took

 private:
  void compute(int steps) const;

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
  mutable long curvature_of_ = 0;  ///< the id of that result
  mutable double compute_ms_ = 0;
};

/// The row of a run's path that stands for `step`: its last one where it has ended before.
int row_at(const RunResult& result, int step);
/// What the run's card says: the outcome and the last loss.
std::string card_words(const RunResult& result);

}  // namespace stride::lab
