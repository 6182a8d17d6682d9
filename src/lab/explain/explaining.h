// A step explained: the rule with its numbers, the run in words, what the optimizer costs.
#pragma once

#include "core/optimizers/explain.h"
#include "lab/explain/cost.h"
#include "lab/session/results.h"
#include "lab/stage/stage.h"

namespace stride::lab {

/// What the explanations keep between frames.
struct Explaining {
  bool show_state = false;  ///< the optimizer's state on the surface
  Cost cost;                ///< of the selected run's optimizer
  Replay replay;            ///< the optimizer's state along a run
  long replay_of = 0;       ///< the id of that result
};

/// The update rule of the selected run with the numbers of `step`; what is under the pointer lights up.
void arithmetic_panel(Session& session, const Results& results, Explaining& explaining, Pointing& pointing,
                      int step, float height);
/// Over the surface: what is lit, and the state.
void arithmetic_marks(const Session& session, const Results& results, const Stage& stage,
                      Explaining& explaining, Pointing& pointing, int step);
/// At the foot of the surface: what just happened to the selected run, in words.
void narration(const Session& session, const Results& results, const Stage& stage, int step);

}  // namespace stride::lab
