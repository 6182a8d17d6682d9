// What the page around a lab, or the open lesson, has locked: a learner may not change it.
#pragma once

#include "lab/session/session.h"
#include "scenario/parts.h"

namespace stride::lab {

/// Whether one of them is locked, by the page or by the open lesson.
bool is_locked(const Session& session, unsigned any_of);
/// All that is.
unsigned locks_of(const Session& session);

/// Puts what is locked back to what it was when last committed, whoever has changed it.
void hold_locked(Session& session);

}  // namespace stride::lab
