// What the files of the controls share: the invisible button behind each of them, what it records, its frame.
#pragma once

#include <string>
#include <string_view>

#include "imgui_internal.h"
#include "ui/widgets.h"

namespace stride::ui {

inline constexpr float control_height = 32;

/// What one control leaves for the next, and for the frame.
struct Hand {
  float width = 0;           ///< that the next control fills; 0: all there is
  bool released = false;     ///< a slider or number was let go
  bool wants_frame = false;  ///< something shows soon although nobody moves
  bool help_served =
      false;            ///< the control under the pointer has been used: no help until the mouse moves again
  bool typing = false;  ///< a number is being typed
};
Hand& hand();

/// The state of the invisible button that stands behind every control.
struct Item {
  ImVec2 at, size;
  ImGuiID id;
  bool pressed, hovered, held, focused;
  ImVec2 end() const { return {at.x + size.x, at.y + size.y}; }
};
Item item(const char* name, ImVec2 size, const char* help, bool enabled = true);
Control control_of(const char* role, const char* name, const Item& it, std::string value = "");
void frame_of(const Item& it, bool on = false);

ImVec2 measure(std::string_view words);
void put(ImVec2 at, ImU32 colour, std::string_view words);

}  // namespace stride::ui
