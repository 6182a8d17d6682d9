#include "lab/session/locks.h"

#include "lab/session/ground.h"

#include <algorithm>

namespace stride::lab {

namespace {

void hold_run(Run& run, const Run& was, unsigned locks) {
  if (locks & lock_start) run.start = was.start;
  if (locks & lock_schedule) run.schedule = was.schedule;
  const std::vector<double> rate = run.optimizer.values[0];
  if (locks & lock_optimizer) {
    run.optimizer = was.optimizer;
    run.optimizer.values[0] = rate;
  }
  // Another optimizer has a rate of another size; the old one would mean nothing to it.
  if ((locks & lock_lr) && run.optimizer.row == was.optimizer.row)
    run.optimizer.values[0] = was.optimizer.values[0];
}

}  // namespace

bool is_locked(const Session& session, unsigned any_of) {
  return (locks_of(session) & any_of) != 0;
}

unsigned locks_of(const Session& session) {
  return session.locks | session.lesson_locks;
}

namespace {

/// What may be changed of a locked function stays: start and noise.
void hold_problem(Scenario& s, const Scenario& was, unsigned locks) {
  const bool same_kind = s.problem.index() == was.problem.index();
  if ((locks & lock_surface) && !same_kind) {
    s.problem = was.problem;
  } else if (locks & lock_surface) {
    Scenario held = was;
    if (noise_in(held)) *noise_in(held) = *noise_in(s);
    put_start(held, own_start(s));
    s.problem = std::move(held.problem);
  }
  if (locks & lock_start) put_start(s, own_start(was));
  if ((locks & lock_noise) && noise_in(s)) *noise_in(s) = noise_of(was);
}

}  // namespace

void hold_locked(Session& session) {
  const unsigned locks = locks_of(session);
  if (!locks || same_numbers(session.scenario, session.committed)) return;
  Scenario& s = session.scenario;
  const Scenario& was = session.committed;
  hold_problem(s, was, locks);
  if (locks & lock_steps) s.steps = was.steps;
  const bool as_many = s.runs.size() == was.runs.size();
  if (!as_many && (locks & lock_runs)) {
    s.runs = was.runs;
    session.selected = std::min(session.selected, static_cast<int>(s.runs.size()) - 1);
  }
  for (size_t r = 0; as_many && r < s.runs.size(); ++r) {
    hold_run(s.runs[r], was.runs[r], locks);
    if (locks & lock_runs) s.runs[r].name = was.runs[r].name;
  }
}

}  // namespace stride::lab
