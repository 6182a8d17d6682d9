// The help: what the keys and the hand on a picture do.
#include <algorithm>

#include "lab/session/locks.h"
#include "lab/shell/bars.h"
#include "lab/shell/keys.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

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
  for (const Key& key : keys()) widest = std::max(widest, ImGui::CalcTextSize(tr(key.keys)).x);
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
void files(Shell& shell, const Session& session, const Host& host) {
  if (!is_phone_bar(ImGui::GetIO().DisplaySize.x)) return;
  const float width = (fill_width() - u(8)) / 2;
  const std::string open = std::string(icon::open) + "  " + tr("Open"),
                    save = std::string(icon::save) + "  " + tr("Save");
  set_width(width);
  if (button("open a scenario", open.c_str(), ButtonLook::plain, !is_locked(session, all_locks)))
    shell.command = Command::open_file;
  ImGui::SameLine(0, u(8));
  if (button("save the scenario", save.c_str())) shell.command = Command::save_file;
  set_width(2 * width + u(8));
  const std::string share = std::string(icon::share) + "  " + tr("Share"),
                    look = std::string(icon::contrast) + "  " + tr("Change the theme");
  if (host.has_links &&
      button("share", share.c_str(), ButtonLook::plain, true, "Copy a link that opens exactly this.")) {
    shell.command = Command::copy_link;
    shell.help_open = false;  // what has become of it is said below
  }
  if (button("change the theme", look.c_str())) shell.command = Command::theme;
  set_width(0);
  preference_lines(shell, host);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + u(8));
}

}  // namespace

void help_overlay(Shell& shell, const Session& session, const Host& host) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  if (shell.help_open && !ImGui::IsPopupOpen("help")) ImGui::OpenPopup("help");
  ImGui::SetNextWindowPos({screen.x / 2, screen.y / 2}, ImGuiCond_Always, {0.5f, 0.5f});
  const bool two = screen.x > u(680);
  ImGui::SetNextWindowSize(
      {std::min(screen.x - u(24), two ? u(660) : u(360)), std::min(screen.y - u(24), two ? u(480) : u(760))});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(u(20), u(16)));
  if (ImGui::BeginPopupModal(
          "help", &shell.help_open,
          ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove)) {
    begin_group("help", Role::dialog);
    text(tr("Keys and gestures"), TextLook::title);
    ImGui::SetCursorPos({ImGui::GetWindowWidth() - u(44), u(10)});
    if (button("close", icon::remove, ButtonLook::icon) || ImGui::IsKeyPressed(ImGuiKey_Escape))
      shell.help_open = false;
    ImGui::SetCursorPosY(u(52));
    files(shell, session, host);
    Columns c = begin_columns(two ? 2 : 1);
    const float indent = keys_width();
    int lines = 0;
    for (const Key& key : keys()) {
      if (!key.does) continue;
      if (two && ++lines == 12) next_column(c);
      row(key.keys, key.does, indent);
    }
    for (const auto& g : gestures) row(g[0], g[1], indent);
    end_columns(c);
    if (!shell.help_open) ImGui::CloseCurrentPopup();
    end_group();
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar();
}

}  // namespace stride::lab
