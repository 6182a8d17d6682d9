// The button of the list of lessons: all that the page's first program has of them.
#include "imgui.h"
#include "lab/lessons/lessons.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

bool lessons_button() {
  const bool small = ImGui::GetWindowWidth() < u(620);
  if (!small) set_width(ImGui::CalcTextSize(tr("Lessons")).x + u(28));
  const bool pressed =
      button("lessons", small ? icon::lesson : "Lessons", small ? ButtonLook::icon : ButtonLook::plain, true,
             "Lessons, from the first step to networks");
  set_width(0);
  return pressed;
}

}  // namespace stride::lab
