// What is being edited: the scenario, the states that undo and redo lead to, the run that is chosen, and what
// the page around the lab has locked.
#pragma once

#include <deque>
#include <string>

#include "lab/session/notice.h"
#include "scenario/scenario.h"

namespace stride::lab {

struct Session {
  Scenario scenario;   ///< what panels edit
  Scenario committed;  ///< the last state that undo returns to
  std::deque<Scenario> undo, redo;
  int selected = 0;           ///< the run being edited
  unsigned locks = 0;         ///< of Lock: what a learner may not change
  unsigned lesson_locks = 0;  ///< what the open lesson's page locks besides
  unsigned replaced = 0;  ///< moves where another scenario takes the whole place of this one: what is kept
                          ///< about the old one, as a zoomed axis or a draft, is let go
  unsigned steps = 0;     ///< moves with every step of the history, for whoever shows a link to the newest
  std::string elsewhere;  ///< a document that only the page's full program can show: the host goes on in it
  bool many_walkers = false;  ///< noisy runs are shown over many seeds
  Notice refusal;             ///< why the last change was not taken; the shell says it
  long revision = 0;          ///< see revision_of()
  Scenario revised;           ///< what `revision` stands for
};

/// Begins with `scenario`: nothing to undo.
void begin(Session& session, Scenario scenario);
/// Puts `next` in the place of the scenario. No undo step yet.
void replace(Session& session, Scenario next);
/// A number that moves where the scenario's numbers have changed since it was last asked for.
long revision_of(Session& session);

/// Takes an undo step if the scenario differs from the committed one; called when a control is let go. What
/// is locked goes back to what it was. What the format refuses is refused: the last good state stays.
void commit(Session& session);
/// The same for a scenario that a learner has not made: a lesson's, a document's, the host's. No lock holds.
void adopt(Session& session);
void undo(Session& session);
void redo(Session& session);
/// Leaves a sentence for the shell to say.
void refuse(Session& session, std::string words, bool is_error = false);

inline Run& selected_run(Session& session) {
  return session.scenario.runs[static_cast<size_t>(session.selected)];
}
inline const Run& selected_run(const Session& session) {
  return session.scenario.runs[static_cast<size_t>(session.selected)];
}

}  // namespace stride::lab
