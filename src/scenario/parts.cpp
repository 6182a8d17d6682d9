#include "scenario/parts.h"

#include <algorithm>
#include <string>

#include "scenario/documents/reading.h"

namespace stride {

namespace {

constexpr FlagWord panels[] = {
    {"bar", panel_bar},                  // what is descended, undo, share, files, theme, help
    {"surface", panel_surface},          // the surface with the runs' names
    {"rate", panel_rate},                // the learning rate, and its curve over the steps
    {"loss", panel_loss},                // the loss over the steps
    {"controls", panel_controls},        // runs, optimizer, schedule and their parameters
    {"instruments", panel_instruments},  // range test, map, comparison, rule
    {"problem", panel_problem},          // expression, start, domain, steps, noise
    {"transport", panel_transport},      // play and scrub
    {"lessons", panel_lessons},          // their list and the open lesson
    {"data", panel_data},                // of a fit: the data with the model; alone, or beside the surface
    {"boundary", panel_boundary},        // of a network: what it says of its data; so does `surface`
};

constexpr FlagWord locks[] = {
    {"surface", lock_surface}, {"start", lock_start},       {"steps", lock_steps},
    {"noise", lock_noise},     {"runs", lock_runs},         {"optimizer", lock_optimizer},
    {"lr", lock_lr},           {"schedule", lock_schedule}, {"strip", lock_strip},
    {"limit", lock_limit},
};

Error unknown(std::string_view place, std::span<const FlagWord> words, std::string_view got) {
  std::string names = "all";
  for (const FlagWord& w : words) names += ", " + std::string(w.name);
  return expected({nullptr, place}, "some of " + names, std::string(got));
}

/// The bits of the words in `text`; `place` begins the sentence about a wrong one.
Error read_flags(std::string_view place, std::span<const FlagWord> words, unsigned all, std::string_view text,
                 unsigned& out) {
  constexpr std::string_view between = " ,\t\r\n";
  unsigned bits = 0;
  for (;;) {
    text.remove_prefix(std::min(text.find_first_not_of(between), text.size()));
    if (text.empty()) break;
    const std::string_view word = text.substr(0, text.find_first_of(between));
    unsigned bit = word == "all" ? all : 0;
    for (const FlagWord& w : words)
      if (w.name == word) bit = w.bit;
    if (!bit) return unknown(place, words, word);
    bits |= bit;
    text.remove_prefix(word.size());
  }
  out = bits;
  return {};
}

}  // namespace

std::span<const FlagWord> panel_words() {
  return panels;
}

std::span<const FlagWord> lock_words() {
  return locks;
}

Error read_panels(std::string_view words, unsigned& out) {
  unsigned bits = 0;
  if (Error e = read_flags("panels", panels, all_panels, words, bits)) return e;
  out = bits ? bits : all_panels;
  return {};
}

Error read_locks(std::string_view words, unsigned& out) {
  return read_flags("locked", locks, all_locks, words, out);
}

}  // namespace stride
