#include "lab/shell/commands.h"

#include <algorithm>
#include <utility>

#include "imgui_internal.h"
#include "lab/session/edits.h"
#include "lab/session/ground.h"
#include "lab/session/locks.h"
#include "lab/session/steering.h"
#include "lab/shell/keys.h"
#include "lab/shell/lab.h"
#include "text/text.h"

namespace stride::lab {

namespace {

void scale_rate(Lab& lab, double factor) {
  Run& run = selected_run(lab.session);
  if (is_steering(lab.session, lab.playback))
    return steer(lab.session, lab.results, rate_at_cursor(lab.session, lab.results) * factor);
  const Param& p = optimizers()[static_cast<size_t>(run.optimizer.row)].params[0];
  run.optimizer.values[0] = {std::clamp(run.optimizer.number(0) * factor, p.slider_min, p.slider_max)};
}

void move_cursor(Lab& lab, int by) {
  seek(lab.session, lab.playback, cursor_step(lab.session.scenario) + by);
}

void play(Lab& lab) {
  if (is_asking(lab.lesson))
    return notify(lab, tr("First say what you expect: the lesson has a question."), false);
  toggle_play(lab.session, lab.playback);
}

void copy_link(Lab& lab) {
  const Host& host = lab.services.host;
  if (!host.has_links)
    return notify(lab, tr("This page has no address that a link could open: save the scenario instead."),
                  true);
  if (host.copy_text) host.copy_text(host.link_base + encode_link(lab.session.scenario));
  show_address(lab);
  notify(lab, tr("Link copied: it opens exactly this."), false);
}

void toggle_theme(Lab& lab) {
  View& view = lab.session.scenario.view;
  view.theme = is_dark(view, lab.services.host) ? "light" : "dark";
}

}  // namespace

void run(Lab& lab, Command command) {
  Session& session = lab.session;
  View& view = session.scenario.view;
  const Host& host = lab.services.host;
  switch (command) {
    case Command::play:
      return play(lab);
    case Command::back:
      return move_cursor(lab, -1);
    case Command::forward:
      return move_cursor(lab, 1);
    case Command::back_ten:
      return move_cursor(lab, -10);
    case Command::forward_ten:
      return move_cursor(lab, 10);
    case Command::first_step:
      return move_cursor(lab, -max_steps);
    case Command::last_step:
      return move_cursor(lab, max_steps);
    case Command::rate_up:
      return scale_rate(lab, 1.1);
    case Command::rate_down:
      return scale_rate(lab, 1 / 1.1);
    case Command::flat_map:
      view.flat = !view.flat;
      return;
    case Command::basins:
      lab.studies.basins.shown =
          !lab.studies.basins.shown && lab.services.engine && has_surface(session.scenario);
      return;
    case Command::blindfold:
      if (may_blindfold(lab.lesson, session)) toggle_blindfold(lesson_desk(lab));
      return;
    case Command::reset_view:
      return reset_camera(view);
    case Command::add_run:
      return add_run(session);
    case Command::duplicate_run:
      return duplicate_run(session, session.selected);
    case Command::remove_run:
      return remove_run(session, session.selected);
    case Command::hide_run:
      return set_hidden(session.scenario, session.selected, !is_hidden(session.scenario, session.selected));
    case Command::theme:
      return toggle_theme(lab);
    case Command::undo:
      return undo(session);
    case Command::redo:
      return redo(session);
    case Command::copy_link:
      return copy_link(lab);
    case Command::open_file:
      if (host.open_file && !is_locked(session, all_locks)) host.open_file();
      return;
    case Command::save_file:
      if (host.save_file) host.save_file("scenario.json", write_scenario(session.scenario));
      return;
    case Command::help:
      lab.shell.help_open = !lab.shell.help_open;
      return;
  }
}

void obey(Lab& lab) {
  if (const auto command = std::exchange(lab.shell.command, {})) run(lab, *command);
  if (lab.shell.language.empty()) return;
  // What the learner chooses is kept; what a link or a page asks for is not.
  const std::string code = std::exchange(lab.shell.language, {});
  if (lab.services.host.store) lab.services.host.store("stride-language", code);
  // Where a page speaks too, it is the one to switch: it fetches what is missing and calls set_language.
  if (const auto& page = lab.services.host.fetch_language)
    page(code);
  else
    set_language(lab, code);
}

void shortcuts(Lab& lab) {
  const ImGuiIO& io = ImGui::GetIO();
  ImGuiContext& g = *ImGui::GetCurrentContext();
  if (io.WantTextInput) return;
  if (g.OpenPopupStack.Size > 0 && !lab.shell.help_open) return;
  for (const Key& key : keys()) {
    if (key.typed) {
      for (const ImWchar c : io.InputQueueCharacters)
        if (c == static_cast<ImWchar>(key.typed)) run(lab, key.command);
      continue;
    }
    const ImGuiKey plain = static_cast<ImGuiKey>(key.chord & ~ImGuiMod_Mask_);
    const bool navigates = plain == ImGuiKey_Space || plain == ImGuiKey_LeftArrow ||
                           plain == ImGuiKey_RightArrow || plain == ImGuiKey_Home || plain == ImGuiKey_End;
    if (navigates && g.NavCursorVisible && g.NavId)
      continue;  // a control has the keyboard: Space and arrows are its own
    if (navigates) ImGui::SetKeyOwner(plain, ImGui::GetID("shortcuts"));
    if ((io.KeyMods & ImGuiMod_Mask_) != (key.chord & ImGuiMod_Mask_)) continue;
    if (ImGui::IsKeyPressed(plain, key.repeats ? ImGuiInputFlags_Repeat : 0,
                            navigates ? ImGui::GetID("shortcuts") : ImGuiKeyOwner_Any))
      run(lab, key.command);
  }
}

}  // namespace stride::lab
