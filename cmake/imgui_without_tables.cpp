// Stride draws no tables and no columns of Dear ImGui's. What its other files call of imgui_tables.cpp stands here and does nothing, so that
// programs need not carry it; and how a text is drawn.
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "imgui.h"
#include "imgui_internal.h"
#include "imgui_render_text.h"

void (*stride_render_text)(ImFont&, ImDrawList&, float, const ImVec2&, ImU32, const ImVec4&, const char*,
                           const char*, float, bool) =
    [](ImFont& font, ImDrawList& list, float size, const ImVec2& at, ImU32 colour, const ImVec4& clip,
       const char* begin, const char* end, float wrap,
       bool fine) { font.RenderText(&list, size, at, colour, clip, begin, end, wrap, fine); };

#ifdef __EMSCRIPTEN__
/// In the place of sscanf, which is large: reads the number after "#version", and no settings file, of which there are none.
extern "C" int stride_reads_version(const char* text, const char* format, ...) {
  constexpr char version[] = "#version ";
  constexpr size_t length = sizeof version - 1;
  if (std::strncmp(format, version, length) != 0 || std::strncmp(text, version, length) != 0) return 0;
  std::va_list places;
  va_start(places, format);
  *va_arg(places, int*) = std::atoi(text + length);
  va_end(places);
  return 1;
}
#endif

namespace ImGui {

void EndTable() {}
void EndColumns() {}
void TableEndRow(ImGuiTable*) {}
void TableEndCell(ImGuiTable*) {}
void PushColumnsBackground() {}
void PopColumnsBackground() {}
void TablePushColumnChannel(int) {}
void TablePopColumnChannel() {}
void TablePushBackgroundChannel() {}
void TablePopBackgroundChannel() {}
void TableGcCompactSettings() {}
void TableGcCompactTransientBuffers(ImGuiTable*) {}
void TableGcCompactTransientBuffers(ImGuiTableTempData*) {}
void TableSettingsAddSettingsHandler() {}

}  // namespace ImGui
