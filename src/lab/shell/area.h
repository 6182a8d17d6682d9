// A part of the window with panels in it.
#pragma once

#include "imgui.h"
#include "lab/shell/arrange.h"

namespace stride::lab {

inline constexpr ImGuiWindowFlags fixed = ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse;

/// Ends with ImGui::EndChild(), whatever it returns.
bool begin_area(const char* name, const Box& b, ImU32 ground, ImVec2 padding, ImGuiWindowFlags flags = 0);
/// One line of the theme's, at least a device pixel wide.
void hairline(float x0, float y0, float x1, float y1);

/// What is drawn in a part of the window; nothing where it has no room.
template <class Draw>
void area(const char* name, const Box& b, ImU32 ground, ImVec2 padding, ImGuiWindowFlags flags,
          const Draw& draw) {
  if (b.w <= 0 || b.h <= 0) return;
  if (begin_area(name, b, ground, padding, flags)) draw();
  ImGui::EndChild();
}

}  // namespace stride::lab
