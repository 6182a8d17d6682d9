// The parts of the lab that a page or a lesson may show or leave out, and what it may lock, by the words for them.
#pragma once

#include <span>
#include <string_view>

#include "scenario/fault.h"

namespace stride {

/// A panel that may be shown or left out.
enum Panel : unsigned {
  panel_bar = 1,
  panel_surface = 2,
  panel_rate = 4,
  panel_loss = 8,
  panel_controls = 16,
  panel_instruments = 32,
  panel_problem = 64,
  panel_transport = 128,
  panel_lessons = 256,
  panel_data = 512,
  panel_boundary = 1024,
  all_panels = 2047,
};

/// What a learner may not change.
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
  lock_strip = 256,  ///< the rates strip, which tells the best one, is not there
  lock_limit = 512,  ///< nor is the limit of stability
};

/// A word and the bit that it stands for.
struct FlagWord {
  std::string_view name;
  unsigned bit;
};
std::span<const FlagWord> panel_words();
std::span<const FlagWord> lock_words();

/// Words of `panels` with spaces or commas between them, or "all"; without a word every panel is shown. A wrong
/// word leaves `out` and returns the sentence that names those there are.
Error read_panels(std::string_view words, unsigned& out);
/// The same of `locked`; without a word nothing is locked.
Error read_locks(std::string_view words, unsigned& out);

}  // namespace stride
