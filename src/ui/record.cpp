// The record of what a frame has drawn: what tests and assistive technology read.
#include <nlohmann/json.hpp>

#include "imgui_internal.h"
#include "ui/widgets.h"

namespace stride::ui {

namespace {
std::vector<Control> drawn;
std::vector<std::string> groups;
}  // namespace

void begin_controls() {
  drawn.clear();
  groups.clear();
}

const std::vector<Control>& controls() {
  return drawn;
}

void record(Control control) {
  if (control.group.empty() && !groups.empty()) control.group = groups.back();
  if (GImGui->CurrentItemFlags & ImGuiItemFlags_Disabled) control.enabled = false;
  if (const ImGuiWindow* window = ImGui::GetCurrentWindowRead())
    control.visible = window->ClipRect.Contains(
        ImVec2(control.at.x + control.size.x / 2, control.at.y + control.size.y / 2));
  drawn.push_back(std::move(control));
}

void begin_group(std::string_view group) {
  groups.emplace_back(group);
  ImGui::PushID(groups.back().c_str());
}

void end_group() {
  ImGui::PopID();
  groups.pop_back();
}

std::string controls_json() {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const Control& c : drawn)
    all.push_back({{"role", c.role},
                   {"name", c.name},
                   {"group", c.group},
                   {"value", c.value},
                   {"min", c.min},
                   {"max", c.max},
                   {"now", c.now},
                   {"x", c.at.x},
                   {"y", c.at.y},
                   {"w", c.size.x},
                   {"h", c.size.y},
                   {"enabled", c.enabled},
                   {"checked", c.checked},
                   {"focused", c.focused},
                   {"clipped", c.clipped},
                   {"visible", c.visible},
                   {"help", c.help}});
  return all.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace stride::ui
