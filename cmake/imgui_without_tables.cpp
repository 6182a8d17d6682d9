// Stride draws no tables and no columns of Dear ImGui's. What its other files call of imgui_tables.cpp stands here and does nothing, so that
// programs need not carry it.
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "imgui.h"
#include "imgui_internal.h"

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
