// Buttons, tabs, switches, folds and drop-downs.
#include <algorithm>

#include "text/text.h"
#include "ui/shared.h"
#include "ui/theme.h"

namespace stride::ui {

bool button(Name name, const char* label, ButtonLook look, bool enabled, const char* help) {
  label = tr(label);
  const ImVec2 words = measure(label);
  const bool square = look == ButtonLook::icon;
  const float width = square ? u(control_height) : carried().width > 0 ? carried().width : words.x + u(24);
  const Target it = target(Role::button, name, {width, u(control_height)},
                           *help    ? help
                           : square ? name.shown
                                    : "",
                           enabled);
  const Theme& t = theme();
  ImU32 colour = enabled ? t.text : t.muted;
  if (look == ButtonLook::primary && enabled) {
    ImGui::GetWindowDrawList()->AddRectFilled(it.at, it.end(), t.accent, u(6));
    colour = t.on_accent;
  } else if (look == ButtonLook::primary || look == ButtonLook::plain || look == ButtonLook::chosen ||
             (enabled && (it.hovered || it.held))) {
    frame_of(it);
  }
  put({it.at.x + (width - words.x) / 2, it.at.y + (it.size.y - words.y) / 2},
      enabled ? colour : (colour & ~IM_COL32_A_MASK) | IM_COL32(0, 0, 0, 110), label);
  Control& c = recorded(it.index);
  c.help = tr(help);
  c.clipped = words.x > width;
  c.checked = look == ButtonLook::chosen;
  // What the foot of its window covers is not there to be pressed.
  c.size.y = std::clamp(ImGui::GetWindowDrawList()->GetClipRectMax().y - c.at.y, 1.f, c.size.y);
  return enabled && it.pressed;
}

bool tab(Name name, bool selected) {
  const Theme& t = theme();
  const ImVec2 words = measure(name.shown);
  const float width = carried().width > 0 ? carried().width : words.x + u(24);
  const Target it = target(Role::tab, name, {width, u(40)});
  put({it.at.x + (width - words.x) / 2, it.at.y + (it.size.y - words.y) / 2},
      selected || it.hovered ? t.text : t.muted, name.shown);
  if (selected)
    ImGui::GetWindowDrawList()->AddRectFilled({it.at.x + u(4), it.end().y - u(2)},
                                              {it.end().x - u(4), it.end().y}, t.accent);
  set_state(it, {.checked = selected, .clipped = words.x > width});
  return it.pressed;
}

bool toggle(Name name, bool& on, const char* help) {
  const Theme& t = theme();
  const ImVec2 words = measure(name.shown);
  const float knob = u(7), track = u(30);
  const float width = std::min(fill_width(), words.x + track + u(8));
  const Target it = target(Role::toggle, name, {width, target_height(24)}, help);
  if (it.pressed) on = !on, carried().released = true;
  const float y = it.at.y + it.size.y / 2;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled({it.at.x, y - u(9)}, {it.at.x + track, y + u(9)}, on ? t.accent : t.field_hover, u(9));
  draw->AddRect({it.at.x, y - u(9)}, {it.at.x + track, y + u(9)}, on ? t.accent : t.muted, u(9));
  draw->AddCircleFilled({on ? it.at.x + track - u(9) : it.at.x + u(9), y}, knob, on ? t.on_accent : t.muted);
  put({it.at.x + track + u(8), y - words.y / 2}, t.text, name.shown);
  set_state(it,
            {.value = tr(on ? "on" : "off"), .checked = on, .clipped = words.x + track + u(8) > width + 1});
  return it.pressed;
}

bool fold(Name name, bool& open) {
  const Theme& t = theme();
  ImGui::Dummy({0, 0});
  const Target it = target(Role::button, name, {fill_width(), target_height(28)});
  if (it.pressed) open = !open;
  if (it.asked && it.asked->action == Action::open) open = true;
  ImGui::GetWindowDrawList()->AddLine(it.at, {it.end().x, it.at.y}, t.line);
  push_type(Type::heading);
  const ImVec2 words = measure(name.shown);
  const float y = it.at.y + (it.size.y - words.y) / 2 + u(1);
  put({it.at.x, y}, t.muted, open ? icon::down : icon::right);
  put({it.at.x + u(16), y}, it.hovered ? t.accent : t.text, name.shown);
  pop_type();
  set_state(it, {.value = tr(open ? "open" : "closed"), .checked = open});
  recorded(it.index).opens = true;
  return open;
}

namespace {

/// A drop-down's list.
void options_popup(Name name, int& index, const std::vector<const char*>& options, const Target& it) {
  const float screen = ImGui::GetIO().DisplaySize.y, below = screen - it.end().y, above = it.at.y;
  const bool up = below < u(240) && above > below;
  const float room = std::min((up ? above : below) - u(16), u(440));
  ImGui::SetNextWindowPos({it.at.x, up ? it.at.y - u(4) : it.end().y + u(4)}, ImGuiCond_Always,
                          {0, up ? 1.f : 0.f});
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  float wide = it.size.x;
  for (const char* option : options) wide = std::max(wide, measure(tr(option)).x + u(48));
  ImGui::SetNextWindowSizeConstraints({it.size.x, 0}, {std::min(wide, display.x - u(16)), room});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(u(4), u(4)));
  if (ImGui::BeginPopup("options", ImGuiWindowFlags_NoMove)) {
    begin_group(name, Role::listbox);
    for (int i = 0; i < static_cast<int>(options.size()); ++i) {
      const char* const option = tr(options[static_cast<size_t>(i)]);
      const ImVec2 words = measure(option);
      ImGui::PushID(i);
      const Target row =
          target(Role::option, options[static_cast<size_t>(i)],
                 {std::max(ImGui::GetContentRegionAvail().x, words.x + u(40)), target_height(30)});
      ImGui::PopID();
      if (row.hovered || row.focused) frame_of(row);
      put({row.at.x + u(10), row.at.y + (row.size.y - words.y) / 2},
          i == index ? theme().accent : theme().text, option);
      if (i == index && ImGui::IsWindowAppearing()) ImGui::SetScrollHereY(0.5f), ImGui::SetItemDefaultFocus();
      set_state(row, {.checked = i == index});
      if (row.pressed) {
        index = i;
        carried().released = true;
        ImGui::CloseCurrentPopup();
      }
    }
    end_group();
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar();
}

}  // namespace

bool choice(Name name, int& index, const std::vector<const char*>& options, const char* help) {
  ImGui::PushID(name.key);
  const float width = fill_width();
  const Target it = target(Role::combobox, name, {width, u(control_height)}, help);
  const auto shown_option = [&] {
    return index >= 0 && index < static_cast<int>(options.size()) ? tr(options[static_cast<size_t>(index)])
                                                                  : "";
  };
  const int was = index;
  if (it.asked && it.asked->action == Action::choose) {
    index = std::min(static_cast<int>(it.asked->number[0]), static_cast<int>(options.size()) - 1);
    carried().released = true;
  }
  frame_of(it);
  const std::string shown = elide(shown_option(), width - u(36));
  const ImVec2 words = measure(shown);
  put({it.at.x + u(10), it.at.y + (it.size.y - words.y) / 2}, theme().text, shown);
  put({it.end().x - u(18), it.at.y + (it.size.y - words.y) / 2}, theme().muted, icon::down);
  set_state(it,
            {.value = shown_option(), .max = static_cast<double>(options.size()) - 1, .now = double(index)});
  for (const char* option : options) recorded(it.index).options.emplace_back(tr(option));
  if (it.pressed || (it.asked && it.asked->action == Action::open))
    ImGui::OpenPopup("options"), carried().wants_frame = true;
  options_popup(name, index, options, it);
  ImGui::PopID();
  return index != was;
}

}  // namespace stride::ui
