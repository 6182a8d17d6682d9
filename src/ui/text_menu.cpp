// The menu of a field: cut, copy, paste, select all, by the right button or a finger that rests. A window of
// ImGui's would take the keyboard from the field, which would then take what was typed so far; so this is
// painted, and does what its keys do.
#include <algorithm>
#include <utility>

#include "text/text.h"
#include "ui/shared.h"
#include "ui/theme.h"

namespace stride::ui {

namespace {

struct Row {
  const char* name;
  ImGuiKey key;
};
constexpr Row rows[] = {
    {"Cut", ImGuiKey_X}, {"Copy", ImGuiKey_C}, {"Paste", ImGuiKey_V}, {"Select all", ImGuiKey_A}};
constexpr float row_height = 36;

struct Menu {
  ImGuiID field = 0;  // that it belongs to; 0: closed
  ImVec2 at = {}, size = {};
  bool drawn = false;  // in the last frame: the field was there
} menu;

int row_at(ImVec2 p) {
  if (p.x < menu.at.x || p.y < menu.at.y || p.x >= menu.at.x + menu.size.x) return -1;
  const int row = static_cast<int>((p.y - menu.at.y) / u(row_height));
  return row < static_cast<int>(std::size(rows)) ? row : -1;
}

void place(ImVec2 at) {
  float width = 0;
  for (const Row& row : rows) width = std::max(width, measure(tr(row.name)).x);
  menu.size = {width + u(32), u(row_height) * float(std::size(rows))};
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  menu.at = {std::clamp(at.x, 0.f, std::max(screen.x - menu.size.x, 0.f)),
             std::clamp(at.y, 0.f, std::max(screen.y - menu.size.y, 0.f))};
}

void choose(ImGuiKey key) {
  menu.field = 0;
  if (key == ImGuiKey_V)
    ask_clipboard();
  else
    edit_with(key);
}

}  // namespace

std::function<void()> ask_clipboard = [] { edit_with(ImGuiKey_V); };

void edit_with(ImGuiKey key) {
  ImGuiIO& io = ImGui::GetIO();
  const ImGuiKey command = io.ConfigMacOSXBehaviors ? ImGuiMod_Super : ImGuiMod_Ctrl;
  for (const ImGuiKey other : {ImGuiMod_Ctrl, ImGuiMod_Shift, ImGuiMod_Alt, ImGuiMod_Super})
    io.AddKeyEvent(other, other == command);
  io.AddKeyEvent(key, true);
  io.AddKeyEvent(key, false);
  io.AddKeyEvent(command, false);
}

void use_text_menu() {
  ImGuiIO& io = ImGui::GetIO();
  if (!std::exchange(menu.drawn, false)) menu.field = 0;
  if (!menu.field || !io.MouseClicked[0]) return;
  const int row = row_at(io.MousePos);
  menu.field = 0;
  if (row < 0) return;
  // Nothing under the menu may take the click, the field least of all: it would be left.
  io.MouseClicked[0] = io.MouseDown[0] = false;
  choose(rows[row].key);
}

bool text_menu(ImGuiID field, ImVec2 at, ImVec2 size) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool enabled = !(GImGui->CurrentItemFlags & ImGuiItemFlags_Disabled);
  const bool asked = enabled && io.MouseClicked[1] &&
                     ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem) &&
                     ImGui::IsMouseHoveringRect(at, {at.x + size.x, at.y + size.y});
  if (asked) {
    menu.field = field;
    place(io.MousePos);
  }
  if (menu.field != field) return false;
  menu.drawn = true;
  const Theme& t = theme();
  ImDrawList* draw = ImGui::GetForegroundDrawList();
  const ImVec2 end = {menu.at.x + menu.size.x, menu.at.y + menu.size.y};
  draw->AddRectFilled(menu.at, end, t.panel, u(6));
  draw->AddRect(menu.at, end, t.line, u(6), 0, u(1));
  const int under = row_at(io.MousePos);
  for (int i = 0; i < static_cast<int>(std::size(rows)); ++i) {
    const ImVec2 from = {menu.at.x, menu.at.y + u(row_height) * float(i)}, row = {menu.size.x, u(row_height)};
    if (i == under) draw->AddRectFilled(from, {from.x + row.x, from.y + row.y}, t.field_hover, u(6));
    draw->AddText({from.x + u(16), from.y + (row.y - ImGui::GetFontSize()) / 2}, t.text, tr(rows[i].name));
    const Control& c = recorded(record(Role::menuitem, rows[i].name, from, row));
    if (request_of(c)) choose(rows[i].key);
  }
  return asked;
}

}  // namespace stride::ui
