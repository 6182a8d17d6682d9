#include "ui/item.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "text/text.h"
#include "ui/theme.h"

namespace stride::ui {

Hand& hand() {
  static Hand h;
  return h;
}

Item item(const char* name, ImVec2 size, const char* help, bool enabled) {
  Item it{ImGui::GetCursorScreenPos(),
          {std::max(size.x, 1.f), std::max(size.y, 1.f)},
          0,
          false,
          false,
          false,
          false};
  ImGui::BeginDisabled(!enabled);
  ImGui::PushStyleVar(ImGuiStyleVar_DisabledAlpha, 1.f);
  it.pressed = ImGui::InvisibleButton(name, it.size, ImGuiButtonFlags_EnableNav);
  ImGui::PopStyleVar();
  ImGui::EndDisabled();
  it.id = ImGui::GetItemID();
  it.hovered = ImGui::IsItemHovered();
  it.held = ImGui::IsItemActive();
  it.focused = GImGui->NavId == it.id && GImGui->NavCursorVisible;
  tooltip(help);
  return it;
}

Control control_of(const char* role, const char* name, const Item& it, std::string value) {
  Control c;
  c.role = role;
  c.name = tr(name);
  c.value = std::move(value);
  c.at = it.at;
  c.size = it.size;
  c.focused = it.focused;
  return c;
}

void frame_of(const Item& it, bool on) {
  const Theme& t = theme();
  const ImU32 fill = it.held || on ? t.field_hover : it.hovered ? t.field_hover : t.field;
  ImGui::GetWindowDrawList()->AddRectFilled(it.at, it.end(), fill, u(6));
}

ImVec2 measure(std::string_view words) {
  return ImGui::CalcTextSize(words.data(), words.data() + words.size());
}

void put(ImVec2 at, ImU32 colour, std::string_view words) {
  ImGui::GetWindowDrawList()->AddText(ImVec2(std::round(at.x), std::round(at.y)), colour, words.data(),
                                      words.data() + words.size());
}

void tooltip(const char* help) {
  if (!*help || !ImGui::IsItemHovered()) return;
  const ImGuiIO& io = ImGui::GetIO();
  if (io.MouseClicked[0] || io.InputQueueCharacters.Size > 0 || hand().typing)
    hand().help_served = true;
  else if (io.MouseDelta.x != 0 || io.MouseDelta.y != 0)
    hand().help_served = false;
  if (hand().help_served || ImGui::IsAnyItemActive()) return;
  if (!ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip)) {
    hand().wants_frame = true;  // the delay is still running
    return;
  }
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(u(10), u(8)));
  if (ImGui::BeginTooltip()) {
    push_type(Type::small);
    ImGui::TextUnformatted(wrapped(tr(help), u(260)).c_str());
    pop_type();
    Control c;
    c.role = "tooltip";
    c.name = tr(help);
    c.at = ImGui::GetWindowPos();
    c.size = ImGui::GetWindowSize();
    record(std::move(c));
    ImGui::EndTooltip();
  }
  ImGui::PopStyleVar();
}

bool controls_want_frame() {
  return std::exchange(hand().wants_frame, false);
}

bool released() {
  return std::exchange(hand().released, false);
}

float fill_width() {
  return hand().width > 0 ? hand().width : ImGui::GetContentRegionAvail().x;
}

void set_width(float device_pixels) {
  hand().width = device_pixels;
}

}  // namespace stride::ui
