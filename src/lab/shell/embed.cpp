#include "lab/shell/embed.h"

#include <algorithm>
#include <span>

#include "imgui.h"
#include "lab/session/lab.h"
#include "scenario/reading.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

namespace {

struct Word {
  std::string_view name;
  unsigned bit;
};

const Word part_words[] = {
    {"bar", part_bar},                  // what is descended, undo, share, files, theme, help
    {"surface", part_surface},          // the surface with the runs' names
    {"rate", part_rate},                // the learning rate, and its curve over the steps
    {"loss", part_loss},                // the loss over the steps
    {"controls", part_controls},        // runs, optimizer, schedule and their parameters
    {"instruments", part_instruments},  // range test, map, comparison, rule
    {"problem", part_problem},          // expression, start, domain, steps, noise
    {"transport", part_transport},      // play and scrub
    {"lessons", part_lessons},          // their list and the open lesson
};

const Word lock_words[] = {
    {"surface", lock_surface}, {"start", lock_start},       {"steps", lock_steps},
    {"noise", lock_noise},     {"runs", lock_runs},         {"optimizer", lock_optimizer},
    {"lr", lock_lr},           {"schedule", lock_schedule},
};

Error unknown(std::string_view place, std::span<const Word> words, std::string_view got) {
  std::string names = "all";
  for (const Word& w : words) names += ", " + std::string(w.name);
  return std::string(place) + ": expected some of " + names + ", got " + shown(std::string(got));
}

Error read_words(std::string_view place, std::span<const Word> words, unsigned all, std::string_view text,
                 unsigned& out) {
  constexpr std::string_view between = " ,\t\r\n";
  unsigned bits = 0;
  for (;;) {
    text.remove_prefix(std::min(text.find_first_not_of(between), text.size()));
    if (text.empty()) break;
    const std::string_view word = text.substr(0, text.find_first_of(between));
    unsigned bit = word == "all" ? all : 0;
    for (const Word& w : words)
      if (w.name == word) bit = w.bit;
    if (!bit) return unknown(place, words, word);
    bits |= bit;
    text.remove_prefix(word.size());
  }
  out = bits;
  return {};
}

void hold_run(Run& run, const Run& was, unsigned locks) {
  if (locks & lock_start) run.start = was.start;
  if (locks & lock_schedule) run.schedule = was.schedule;
  const std::vector<double> rate = run.optimizer.values[0];
  if (locks & lock_optimizer) {
    run.optimizer = was.optimizer;
    run.optimizer.values[0] = rate;
  }
  // Another optimizer has a rate of another size; the old one would mean nothing to it.
  if ((locks & lock_lr) && run.optimizer.row == was.optimizer.row)
    run.optimizer.values[0] = was.optimizer.values[0];
}

}  // namespace

Error read_parts(std::string_view words, unsigned& out) {
  unsigned parts = 0;
  if (Error e = read_words("panels", part_words, all_parts, words, parts); !e.empty()) return e;
  out = parts ? parts : all_parts;
  return {};
}

Error read_locks(std::string_view words, unsigned& out) {
  return read_words("locked", lock_words, all_locks, words, out);
}

bool shows(const Lab& lab, unsigned any_of) {
  return (lab.embed.parts & any_of) != 0;
}

bool is_locked(const Lab& lab, unsigned any_of) {
  return (lab.embed.locks & any_of) != 0;
}

void hold_locked(Lab& lab) {
  const unsigned locks = lab.embed.locks;
  if (!locks || same_numbers(lab.scenario, lab.committed)) return;
  Scenario& s = lab.scenario;
  const Scenario& was = lab.committed;
  if (locks & lock_surface) {
    s.surface.surface = was.surface.surface;
    s.surface.expression = was.surface.expression;
    s.surface.domain = was.surface.domain;
  }
  if (locks & lock_start) s.surface.start = was.surface.start;
  if (locks & lock_noise) s.surface.noise = was.surface.noise;
  if (locks & lock_steps) s.steps = was.steps;
  const bool as_many = s.runs.size() == was.runs.size();
  if (!as_many && (locks & lock_runs)) {
    s.runs = was.runs;
    lab.selected = std::min(lab.selected, static_cast<int>(s.runs.size()) - 1);
  }
  for (size_t r = 0; as_many && r < s.runs.size(); ++r) {
    hold_run(s.runs[r], was.runs[r], locks);
    if (locks & lock_runs) s.runs[r].name = was.runs[r].name;
  }
}

LockScope begin_locked(const Lab& lab, unsigned any_of) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const LockScope scope{is_locked(lab, any_of), at.x, at.y};
  if (scope.locked) ImGui::BeginDisabled();
  return scope;
}

void end_locked(const LockScope& scope) {
  if (!scope.locked) return;
  ImGui::EndDisabled();
  const ImU32 veil = (theme().panel & ~IM_COL32_A_MASK) | (140u << IM_COL32_A_SHIFT);
  ImGui::GetWindowDrawList()->AddRectFilled({scope.x, scope.y},
                                            {scope.x + fill_width(), ImGui::GetCursorScreenPos().y}, veil);
}

}  // namespace stride::lab
