// What the files of this room share, and no other room sees.
#pragma once

#include <string>
#include <string_view>

#include "imgui_internal.h"
#include "ui/target.h"
#include "ui/widgets.h"

namespace stride::ui {

/// What one control leaves for the next, and for the frame.
struct Carried {
  float width = 0;           ///< that the next control fills; 0: all there is
  bool released = false;     ///< a slider or number was let go
  bool wants_frame = false;  ///< something shows soon although nobody moves
  bool help_served = false;  ///< the control under the pointer has been used: no help until the mouse moves
  std::string tip;           ///< the help that is shown, see draw_tip()
  ImRect tip_of, tip_at;     ///< the control's place, and its own
  int tip_wanted = -1;       ///< the last frame in which the pointer was on the control
  bool typing = false;       ///< a number is being typed
  std::string refused;       ///< why what was typed is not the value
};
Carried& carried();

/// Adds a line to the record; its index.
size_t record(Role role, Name name, ImVec2 at, ImVec2 size);
Control& recorded(size_t index);
/// What is asked of a control in this frame, if anything.
const Request* request_of(const Control& control);
/// The keyboard's place is the item just drawn, which is scrolled into sight.
void focus_item(ImGuiID id);

/// Before anything else in a frame: a press on the menu of a field is nobody else's.
void use_text_menu();
/// After a field: its menu, opened by the right button on it. True when it has just been asked for: the field
/// should be typed into.
bool text_menu(ImGuiID field, ImVec2 at, ImVec2 size);

ImVec2 measure(std::string_view words);
void put(ImVec2 at, ImU32 colour, std::string_view words);

}  // namespace stride::ui
