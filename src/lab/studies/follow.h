// A study that follows the scenario: asked again when what it studies changes, coarse while the hand moves,
// finer when it rests.
#pragma once

#include <vector>

#include "jobs/jobs.h"

namespace stride::lab {

struct Lab;

struct Follow {
  jobs::Request asked;  ///< what `id` belongs to
  jobs::Id id = -1;
  int stage = -1;           ///< of the stages last given
  jobs::Request shown_for;  ///< what `rows` belongs to
  std::vector<float> rows;  ///< the last complete result on this surface, row-major
  double asked_at = 0;      ///< seconds, for the progress that is shown after half a second
  double progress = 1;      ///< 0 .. 1 of the result under way
  bool fresh = false;       ///< `rows` changed in this frame
};

/// Keeps `f` at the newest request. `stages`: the study's values from coarse to fine; the first is asked for
/// at every change, each next when the one before is done and no control is held. `slot`: see
/// jobs::Engine::submit.
void follow(Lab& lab, Follow& f, int run, const std::vector<Settings>& stages, int slot);
/// The same for a request of the caller's own making; its study is set from `stages`.
void follow_request(Lab& lab, Follow& f, jobs::Request wanted, const std::vector<Settings>& stages, int slot);
/// Lets go of a result that is no longer shown.
void unfollow(Lab& lab, Follow& f);

}  // namespace stride::lab
