// What the page around a lab has locked: a learner may not change it.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "lab/session/session.h"

namespace stride::lab {

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

/// Words of `locked` with spaces or commas between them, or "all"; without a word nothing is locked. A wrong
/// word leaves `out` and returns the sentence that names those there are.
Error read_locks(std::string_view words, unsigned& out);

bool is_locked(const Session& session, unsigned any_of);

/// A word and the bit that it stands for.
struct FlagWord {
  std::string_view name;
  unsigned bit;
};
/// The bits of the words in `text`; `place` begins the sentence about a wrong one.
Error read_flags(std::string_view place, std::span<const FlagWord> words, unsigned all, std::string_view text,
                 unsigned& out);

/// Puts what is locked back to what it was when last committed, whoever has changed it.
void hold_locked(Session& session);

}  // namespace stride::lab
