// Controls that may not be changed: drawn, but disabled under a veil.
#pragma once

#include "lab/session/locks.h"

namespace stride::lab {

/// What is drawn between these is shown disabled where it is locked. Returns what end_locked takes.
struct LockScope {
  bool locked = false;
  float x = 0, y = 0;
};
LockScope begin_locked(const Session& session, unsigned any_of);
void end_locked(const LockScope& scope);

}  // namespace stride::lab
