// A study that goes with the scenario: asked again when what it studies changes, coarse while the hand moves,
// finer when it rests.
#pragma once

#include <vector>

#include "jobs/jobs.h"

namespace stride::lab {

/// Where studies are asked, and when.
struct StudyDesk {
  jobs::Engine* engine = nullptr;  ///< null: nowhere
  double now = 0;                  ///< seconds
  bool closed = false;             ///< they would answer the lesson's question, or show what lies in the fog
};

struct LiveStudy {
  jobs::Request asked;  ///< what `id` belongs to
  jobs::Id id = -1;
  int stage = -1;           ///< of the stages last given
  jobs::Request shown_for;  ///< what `rows` belongs to
  std::vector<float> rows;  ///< the last complete result on this surface, row-major
  double asked_at = 0;      ///< seconds, for the progress that is shown after half a second
  double progress = 1;      ///< 0 .. 1 of the result under way
  bool fresh = false;       ///< `rows` changed in this frame
};

/// Keeps the study at the newest request; its study is set from `stages`, the study's values from coarse to
/// fine: the first is asked for at every change, each next when the one before is done and no control is
/// held. `slot`: see jobs::Engine::submit.
void keep_asking(LiveStudy& study, const StudyDesk& desk, jobs::Request wanted,
                 const std::vector<Settings>& stages, int slot);
/// Lets go of a result that is no longer shown.
void stop_asking(LiveStudy& study, const StudyDesk& desk);
/// The scenario with run `r` alone, without a view: what its studies are asked with. Another run's change
/// asks for nothing.
jobs::Request request_of(const Scenario& scenario, int r);
/// Is the result shown for another question than the one under way, and has been for longer than a blink?
bool is_stale(const LiveStudy& study, double now);

}  // namespace stride::lab
