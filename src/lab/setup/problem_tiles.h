// The pictures by which a problem is chosen.
#pragma once

#include "lab/session/session.h"
#include "text/text.h"
#include "ui/target.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

inline constexpr int picture_size = 40;

/// One picture with its name. True when it was chosen.
template <class Paint>
bool problem_tile(const char* name, Paint paint, bool selected, float width, const char* help) {
  using namespace ui;
  const Theme& t = theme();
  const float size = width - u(8);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 whole{width, size + u(28)};
  const Target it = target(Role::option, name, whole, help);
  if (ImGui::IsRectVisible(it.at, it.end())) paint({at.x + u(4), at.y + u(4)}, size);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const bool hovered = it.hovered;
  if (selected || hovered)
    draw->AddRect({at.x + u(2), at.y + u(2)}, {at.x + width - u(2), at.y + size + u(6)},
                  selected ? t.accent : t.text, u(4), 0, u(2));
  push_type(Type::small);
  const std::string shown = elide(tr(name), width);
  draw->AddText({at.x + u(4), at.y + size + u(8)}, selected ? t.accent : t.text, shown.c_str());
  pop_type();
  set_state(it, {.checked = selected});
  return it.pressed;
}

/// The groups of curves and of models, `columns` beside each other, each `width` wide; none where the program has none.
void curve_tiles(Session& session, int columns, float width);
void model_tiles(Session& session, int columns, float width);
/// What a curve or a model is called; null where a surface is descended.
const char* name_of_model(const Scenario& scenario);

}  // namespace stride::lab
