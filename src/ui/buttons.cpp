// Buttons, tabs, switches, folds and drop-downs.
#include <algorithm>

#include "text/text.h"
#include "ui/item.h"
#include "ui/theme.h"

namespace stride::ui {

bool button(const char* name, const char* label, ButtonLook look, bool enabled, const char* help) {
  label = tr(label);
  const ImVec2 words = measure(label);
  const bool square = look == ButtonLook::icon;
  const float width = square ? u(control_height) : hand().width > 0 ? hand().width : words.x + u(24);
  const Item it = item(name, {width, u(control_height)}, *help ? help : square ? name : "", enabled);
  const Theme& t = theme();
  ImU32 colour = enabled ? t.text : t.muted;
  if (look == ButtonLook::primary) {
    ImGui::GetWindowDrawList()->AddRectFilled(it.at, it.end(), t.accent, u(6));
    colour = t.on_accent;
  } else if (look == ButtonLook::plain || (enabled && (it.hovered || it.held))) {
    frame_of(it);
  }
  put({it.at.x + (width - words.x) / 2, it.at.y + (it.size.y - words.y) / 2},
      enabled ? colour : (colour & ~IM_COL32_A_MASK) | IM_COL32(0, 0, 0, 110), label);
  Control c = control_of("button", name, it);
  c.enabled = enabled;
  c.help = tr(help);
  c.clipped = words.x > width;
  record(std::move(c));
  return enabled && it.pressed;
}

bool tab(const char* name, bool selected) {
  const Theme& t = theme();
  const ImVec2 words = measure(tr(name));
  const float width = hand().width > 0 ? hand().width : words.x + u(24);
  const Item it = item(name, {width, u(40)}, "");
  put({it.at.x + (width - words.x) / 2, it.at.y + (it.size.y - words.y) / 2},
      selected || it.hovered ? t.text : t.muted, tr(name));
  if (selected)
    ImGui::GetWindowDrawList()->AddRectFilled({it.at.x + u(4), it.end().y - u(2)},
                                              {it.end().x - u(4), it.end().y}, t.accent);
  Control c = control_of("tab", name, it);
  c.checked = selected;
  c.clipped = words.x > width;
  record(std::move(c));
  return it.pressed;
}

bool toggle(const char* name, bool& on, const char* help) {
  const Theme& t = theme();
  const ImVec2 words = measure(tr(name));
  const float knob = u(7), track = u(30);
  const float width = std::min(fill_width(), words.x + track + u(8));
  const Item it = item(name, {width, u(24)}, help);
  if (it.pressed) on = !on, hand().released = true;
  const float y = it.at.y + it.size.y / 2;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled({it.at.x, y - u(9)}, {it.at.x + track, y + u(9)}, on ? t.accent : t.field_hover, u(9));
  draw->AddRect({it.at.x, y - u(9)}, {it.at.x + track, y + u(9)}, on ? t.accent : t.muted, u(9));
  draw->AddCircleFilled({on ? it.at.x + track - u(9) : it.at.x + u(9), y}, knob, on ? t.on_accent : t.muted);
  put({it.at.x + track + u(8), y - words.y / 2}, t.text, tr(name));
  Control c = control_of("switch", name, it, tr(on ? "on" : "off"));
  c.checked = on;
  c.help = tr(help);
  c.clipped = words.x + track + u(8) > width + 1;
  record(std::move(c));
  return it.pressed;
}

bool fold(const char* name, bool& open) {
  const Theme& t = theme();
  ImGui::Dummy({0, 0});
  const Item it = item(name, {fill_width(), u(28)}, "");
  if (it.pressed) open = !open;
  ImGui::GetWindowDrawList()->AddLine(it.at, {it.end().x, it.at.y}, t.line);
  push_type(Type::heading);
  const ImVec2 words = measure(tr(name));
  const float y = it.at.y + (it.size.y - words.y) / 2 + u(1);
  put({it.at.x, y}, t.muted, open ? icon::down : icon::right);
  put({it.at.x + u(16), y}, it.hovered ? t.accent : t.text, tr(name));
  pop_type();
  Control c = control_of("button", name, it, tr(open ? "open" : "closed"));
  c.checked = open;
  record(std::move(c));
  return open;
}

namespace {

/// A drop-down's list. True when another choice was made.
bool options_popup(const char* name, int& index, const std::vector<const char*>& options, const Item& it) {
  const float screen = ImGui::GetIO().DisplaySize.y, below = screen - it.end().y, above = it.at.y;
  const bool up = below < u(240) && above > below;
  const float room = std::min((up ? above : below) - u(16), u(440));
  ImGui::SetNextWindowPos({it.at.x, up ? it.at.y - u(4) : it.end().y + u(4)}, ImGuiCond_Always,
                          {0, up ? 1.f : 0.f});
  ImGui::SetNextWindowSizeConstraints({it.size.x, 0}, {std::max(it.size.x, u(320)), room});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(u(4), u(4)));
  bool changed = false;
  if (ImGui::BeginPopup("options", ImGuiWindowFlags_NoMove)) {
    begin_group(name);
    for (int i = 0; i < static_cast<int>(options.size()); ++i) {
      const char* const option = tr(options[i]);
      const ImVec2 words = measure(option);
      ImGui::PushID(i);
      const Item row =
          item("option", {std::max(ImGui::GetContentRegionAvail().x, words.x + u(40)), u(30)}, "");
      ImGui::PopID();
      if (row.hovered || row.focused) frame_of(row);
      put({row.at.x + u(10), row.at.y + (row.size.y - words.y) / 2},
          i == index ? theme().accent : theme().text, option);
      if (i == index && ImGui::IsWindowAppearing()) ImGui::SetScrollHereY(0.5f), ImGui::SetItemDefaultFocus();
      Control c = control_of("option", options[i], row);
      c.checked = i == index;
      record(std::move(c));
      if (row.pressed) {
        changed = i != index;
        index = i;
        hand().released = true;
        ImGui::CloseCurrentPopup();
      }
    }
    end_group();
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar();
  return changed;
}

}  // namespace

bool choice(const char* name, int& index, const std::vector<const char*>& options, const char* help) {
  ImGui::PushID(name);
  const float width = fill_width();
  const Item it = item("box", {width, u(control_height)}, help);
  frame_of(it);
  const bool valid = index >= 0 && index < static_cast<int>(options.size());
  const std::string shown = elide(valid ? tr(options[index]) : "", width - u(36));
  const ImVec2 words = measure(shown);
  put({it.at.x + u(10), it.at.y + (it.size.y - words.y) / 2}, theme().text, shown);
  put({it.end().x - u(18), it.at.y + (it.size.y - words.y) / 2}, theme().muted, icon::down);
  Control c = control_of("combobox", name, it, valid ? tr(options[index]) : "");
  c.help = tr(help);
  record(std::move(c));
  if (it.pressed) ImGui::OpenPopup("options"), hand().wants_frame = true;
  const bool changed = options_popup(name, index, options, it);
  ImGui::PopID();
  return changed;
}

}  // namespace stride::ui
