#include "lab/setup/lock_scope.h"

#include "imgui.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

LockScope begin_locked(const Session& session, unsigned any_of) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const LockScope scope{is_locked(session, any_of), at.x, at.y};
  if (scope.locked) ImGui::BeginDisabled();
  return scope;
}

void end_locked(const LockScope& scope) {
  if (!scope.locked) return;
  ImGui::EndDisabled();
  const ImU32 veil = (theme().panel & ~IM_COL32_A_MASK) | (140u << IM_COL32_A_SHIFT);
  ImGui::GetWindowDrawList()->AddRectFilled({scope.x, scope.y},
                                            {scope.x + fill_width(), ImGui::GetCursorScreenPos().y}, veil);
}

}  // namespace stride::lab
