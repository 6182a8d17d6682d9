// What Dear ImGui calls to draw a text: ImFont::RenderText, unless somebody puts something else here.
#pragma once

#include "imgui.h"

extern void (*stride_render_text)(ImFont& font, ImDrawList& list, float size, const ImVec2& at, ImU32 colour,
                                  const ImVec4& clip, const char* begin, const char* end, float wrap,
                                  bool fine);
