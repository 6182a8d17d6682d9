// What is being edited: the scenario, the states that undo and redo lead to, the run that is chosen, and what
// the page around the lab has locked.
#pragma once

#include <deque>

#include "scenario/scenario.h"

namespace stride::lab {

struct Session {
  Scenario scenario;
  Scenario committed;  ///< the last state that undo returns to
  std::deque<Scenario> undo, redo;
  int selected = 0;    ///< the run being edited
  unsigned locks = 0;  ///< of Lock: what a learner may not change
};

}  // namespace stride::lab
