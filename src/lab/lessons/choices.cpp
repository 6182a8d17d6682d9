#include "lab/lessons/choices.h"

#include <utility>

#include <algorithm>

#include "lab/lessons/lesson_text.h"
#include "text/text.h"
#include "ui/target.h"
#include "ui/text_order.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

void page_title(const std::string& words) {
  text(words, TextLook::title, true);
  ImGui::Dummy({0, u(4)});
}

namespace {

void draw_cross(ImVec2 c) {
  const float d = u(4);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddLine({c.x - d, c.y - d}, {c.x + d, c.y + d}, theme().error, u(2));
  draw->AddLine({c.x - d, c.y + d}, {c.x + d, c.y - d}, theme().error, u(2));
}

}  // namespace

bool choice_button(const std::string& choice, int index, Mark mark, bool enabled) {
  const Theme& t = theme();
  const float width = ImGui::GetContentRegionAvail().x, wrap = width - u(44);
  const std::string words = wrapped(choice, wrap);
  const ImVec2 size = ImGui::CalcTextSize(words.c_str()), at = ImGui::GetCursorScreenPos();
  const float h = size.y + u(18);
  const bool right = from_right(choice);
  const Target it =
      target(Role::button, {numbered("choice", index + 1).c_str(), choice}, {width, h}, "", enabled);
  const bool hovered = enabled && (it.hovered || it.focused);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(at, {at.x + width, at.y + h}, hovered ? t.field_hover : t.field, u(6));
  if (mark != Mark::none) {
    const ImU32 ink = mark == Mark::right ? t.accent : t.error;
    draw->AddRect(at, {at.x + width, at.y + h}, ink, u(6), 0, u(2));
    const ImVec2 c{right ? at.x + u(16) : at.x + width - u(16), at.y + h / 2};
    if (mark == Mark::right)
      draw_tick(c, true);
    else
      draw_cross(c);
  }
  const float x = right ? at.x + width - u(12) - size.x : at.x + u(12);
  draw->AddText({x, at.y + u(9)}, enabled || mark != Mark::none ? t.text : t.muted, words.c_str());
  set_state(it, {.value = mark == Mark::none ? "" : tr(mark == Mark::right ? "right" : "not right"),
                 .checked = mark != Mark::none});
  // What is scrolled under the panel's head or foot is not there to be pressed.
  const float top = std::max(at.y, draw->GetClipRectMin().y),
              foot = std::min(at.y + h, draw->GetClipRectMax().y);
  if (foot > top) set_place(it, {at.x, top}, {width, std::max(foot - top, 1.f)});
  ImGui::Dummy({0, u(2)});
  return it.pressed;
}

void bring_verdict(LessonState& lesson) {
  if (std::exchange(lesson.verdict, false)) ImGui::SetScrollHereY(1);
}

}  // namespace stride::lab
