// The keys, and the sheet that lists them.
#include <algorithm>

#include "imgui_internal.h"
#include "lab/session/lab.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

namespace {

void scale_rate(Lab& lab, double factor) {
  Run& run = lab.session.scenario.runs[static_cast<size_t>(lab.session.selected)];
  const Param& p = optimizers()[static_cast<size_t>(run.optimizer.row)].params[0];
  run.optimizer.values[0] = {std::clamp(run.optimizer.number(0) * factor, p.slider_min, p.slider_max)};
}

void by(Lab& lab, int steps) {
  lab.playback.playing = false;
  set_cursor(lab, cursor_step(lab) + steps);
}

struct Key {
  ImGuiKeyChord chord;
  const char* keys;  ///< as the sheet shows it
  const char* does;  ///< null: the line above names this one too
  void (*run)(Lab&);
  bool repeats = false;
};

const Key table[] = {
    {ImGuiKey_Space, "Space", "play or pause", toggle_play},
    {ImGuiKey_RightArrow, "← →", "a step back or forward", [](Lab& l) { by(l, 1); }, true},
    {ImGuiKey_LeftArrow, "", nullptr, [](Lab& l) { by(l, -1); }, true},
    {ImGuiMod_Shift | ImGuiKey_RightArrow, "Shift ← →", "ten steps", [](Lab& l) { by(l, 10); }, true},
    {ImGuiMod_Shift | ImGuiKey_LeftArrow, "", nullptr, [](Lab& l) { by(l, -10); }, true},
    {ImGuiKey_Home, "Home End", "to the start, to the end", [](Lab& l) { by(l, -max_steps); }},
    {ImGuiKey_End, "", nullptr, [](Lab& l) { by(l, max_steps); }},
    {ImGuiKey_RightBracket, "[ ]", "learning rate down or up", [](Lab& l) { scale_rate(l, 1.1); }, true},
    {ImGuiKey_LeftBracket, "", nullptr, [](Lab& l) { scale_rate(l, 1 / 1.1); }, true},
    {ImGuiKey_M, "M", "flat map or relief",
     [](Lab& l) { l.session.scenario.view.flat = !l.session.scenario.view.flat; }},
    {ImGuiKey_B, "B", "where every start ends up",
     [](Lab& l) { l.studies.show_basins = !l.studies.show_basins && l.services.engine; }},
    {ImGuiKey_F, "F", "blindfold: fog over the surface",
     [](Lab& l) {
       if (!is_asking(l) && may_blindfold(l)) toggle_blindfold(l);
     }},
    {ImGuiKey_R, "R", "reset the view",
     [](Lab& l) {
       View& v = l.session.scenario.view;
       v = {.flat = v.flat, .cursor = v.cursor, .theme = v.theme, .hidden = v.hidden};
     }},
    {ImGuiKey_N, "N", "add a run", add_run},
    {ImGuiKey_D, "D", "duplicate the run", [](Lab& l) { duplicate_run(l, l.session.selected); }},
    {ImGuiKey_Delete, "Delete", "remove the run", [](Lab& l) { remove_run(l, l.session.selected); }},
    {ImGuiKey_H, "H", "hide or show the run",
     [](Lab& l) { set_hidden(l, l.session.selected, !is_hidden(l, l.session.selected)); }},
    {ImGuiKey_T, "T", "light or dark", toggle_theme},
    {ImGuiMod_Ctrl | ImGuiKey_Z, "Ctrl Z", "undo", undo},
    {ImGuiMod_Ctrl | ImGuiKey_Y, "Ctrl Y", "redo", redo},
    {ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_Z, "", nullptr, redo},
    {ImGuiKey_L, "L", "copy the link", copy_link},
    {ImGuiMod_Ctrl | ImGuiKey_O, "Ctrl O", "open a scenario", choose_document},
    {ImGuiMod_Ctrl | ImGuiKey_S, "Ctrl S", "save the scenario", save_document},
    {ImGuiMod_Shift | ImGuiKey_Slash, "?", "this sheet",
     [](Lab& l) { l.shell.help_open = !l.shell.help_open; }},
};

const char* const gestures[][2] = {
    {"drag", "turn the surface; the map: move it"},
    {"Shift drag", "move the surface"},
    {"wheel, pinch", "zoom the surface, or the steps of a curve"},
    {"drag the ring", "start somewhere else"},
    {"double click", "start there; on a curve: all steps"},
};

/// What the longest keys take.
float keys_width() {
  float widest = u(92);
  for (const Key& key : table) widest = std::max(widest, ImGui::CalcTextSize(tr(key.keys)).x);
  for (const auto& g : gestures) widest = std::max(widest, ImGui::CalcTextSize(tr(g[0])).x);
  return widest + u(12);
}

void row(const char* keys, const char* does, float indent) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::GetWindowDrawList()->AddText(at, theme().muted, tr(keys));
  ImGui::SetCursorScreenPos({at.x + indent, at.y});
  const float width = fill_width();
  set_width(width - indent);
  text(tr(does), TextLook::body, true);
  set_width(width);
}

/// What the bar of a phone has no room for.
void files(Lab& lab) {
  if (ImGui::GetIO().DisplaySize.x >= u(560)) return;
  const float width = (fill_width() - u(8)) / 2;
  const std::string open = std::string(icon::open) + "  " + tr("Open"),
                    save = std::string(icon::save) + "  " + tr("Save");
  set_width(width);
  if (button("open a scenario", open.c_str(), ButtonLook::plain, !is_locked(lab.session, all_locks)))
    choose_document(lab);
  ImGui::SameLine(0, u(8));
  if (button("save the scenario", save.c_str())) save_document(lab);
  set_width(0);
  language_choice(lab);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + u(8));
}

}  // namespace

void shortcuts(Lab& lab) {
  const ImGuiIO& io = ImGui::GetIO();
  ImGuiContext& g = *ImGui::GetCurrentContext();
  if (io.WantTextInput) return;
  if (g.OpenPopupStack.Size > 0 && !lab.shell.help_open) return;
  for (const Key& key : table) {
    const ImGuiKey plain = static_cast<ImGuiKey>(key.chord & ~ImGuiMod_Mask_);
    const bool navigates = plain == ImGuiKey_Space || plain == ImGuiKey_LeftArrow ||
                           plain == ImGuiKey_RightArrow || plain == ImGuiKey_Home || plain == ImGuiKey_End;
    if (navigates && g.NavCursorVisible && g.NavId)
      continue;  // a control has the keyboard: Space and arrows are its own
    if (navigates) ImGui::SetKeyOwner(plain, ImGui::GetID("shortcuts"));
    if ((io.KeyMods & ImGuiMod_Mask_) != (key.chord & ImGuiMod_Mask_)) continue;
    if (ImGui::IsKeyPressed(plain, key.repeats ? ImGuiInputFlags_Repeat : 0,
                            navigates ? ImGui::GetID("shortcuts") : ImGuiKeyOwner_Any))
      key.run(lab);
  }
}

void help_overlay(Lab& lab) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  if (lab.shell.help_open && !ImGui::IsPopupOpen("help")) ImGui::OpenPopup("help");
  ImGui::SetNextWindowPos({screen.x / 2, screen.y / 2}, ImGuiCond_Always, {0.5f, 0.5f});
  const bool two = screen.x > u(680);
  ImGui::SetNextWindowSize(
      {std::min(screen.x - u(24), two ? u(660) : u(360)), std::min(screen.y - u(24), two ? u(480) : u(760))});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(u(20), u(16)));
  if (ImGui::BeginPopupModal(
          "help", &lab.shell.help_open,
          ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove)) {
    begin_group("help");
    push_type(Type::title);
    ImGui::TextUnformatted(tr("Keys and gestures"));
    pop_type();
    ImGui::SetCursorPos({ImGui::GetWindowWidth() - u(44), u(10)});
    if (button("close", icon::remove, ButtonLook::icon) || ImGui::IsKeyPressed(ImGuiKey_Escape))
      lab.shell.help_open = false;
    ImGui::SetCursorPosY(u(52));
    files(lab);
    Columns c = begin_columns(two ? 2 : 1);
    const float indent = keys_width();
    int lines = 0;
    for (const Key& key : table) {
      if (!key.does) continue;
      if (two && ++lines == 12) next_column(c);
      row(key.keys, key.does, indent);
    }
    for (const auto& g : gestures) row(g[0], g[1], indent);
    end_columns(c);
    if (!lab.shell.help_open) ImGui::CloseCurrentPopup();
    end_group();
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar();
}

}  // namespace stride::lab
