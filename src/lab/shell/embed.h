// What the page around an embedded lab decides: which parts are shown, and what a learner may not change. It
// changes no number.
#pragma once

#include <string>
#include <string_view>

#include "scenario/scenario.h"

namespace stride::lab {

struct Lab;

enum Part : unsigned {
  part_bar = 1,
  part_surface = 2,
  part_rate = 4,
  part_loss = 8,
  part_controls = 16,
  part_instruments = 32,
  part_problem = 64,
  part_transport = 128,
  part_lessons = 256,
  all_parts = 511,
};

enum Lock : unsigned {
  lock_surface = 1,
  lock_start = 2,
  lock_steps = 4,
  lock_noise = 8,
  lock_runs = 16,
  lock_optimizer = 32,
  lock_lr = 64,
  lock_schedule = 128,
  all_locks = 255,
};

struct Embed {
  unsigned parts = all_parts;
  unsigned locks = 0;
};

/// Words of `panels` and `locked` with spaces or commas between them, or "all"; without a word everything is
/// shown and nothing locked. A wrong word leaves `out` and returns the sentence that names those there are.
Error read_parts(std::string_view words, unsigned& out);
Error read_locks(std::string_view words, unsigned& out);

bool shows(const Lab& lab, unsigned any_of);
bool is_locked(const Lab& lab, unsigned any_of);

/// Puts what is locked back to what it was when last committed, whoever has changed it.
void hold_locked(Lab& lab);

/// What is drawn between these is shown disabled where it is locked. Returns what end_locked takes.
struct LockScope {
  bool locked = false;
  float x = 0, y = 0;
};
LockScope begin_locked(const Lab& lab, unsigned any_of);
void end_locked(const LockScope& scope);

}  // namespace stride::lab
