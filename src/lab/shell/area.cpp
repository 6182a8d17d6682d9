#include "lab/shell/area.h"

#include <algorithm>
#include <cmath>

#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

bool begin_area(const char* name, const Box& b, ImU32 ground, ImVec2 padding, ImGuiWindowFlags flags) {
  ImGui::SetCursorScreenPos({b.x, b.y});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, padding);
  const bool visible = ImGui::BeginChild(
      name, {b.w, b.h}, ImGuiChildFlags_AlwaysUseWindowPadding | ImGuiChildFlags_NavFlattened, flags);
  ImGui::PopStyleVar();
  if (ground) ImGui::GetWindowDrawList()->AddRectFilled({b.x, b.y}, {b.x + b.w, b.y + b.h}, ground);
  return visible;
}

void hairline(float x0, float y0, float x1, float y1) {
  const float w = std::max(1.f, std::floor(u(1)));
  ImGui::GetWindowDrawList()->AddRectFilled({x0, y0}, {std::max(x1, x0 + w), std::max(y1, y0 + w)},
                                            theme().line);
}

}  // namespace stride::lab
