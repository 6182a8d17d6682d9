// The notice at the foot of the surface.
#include <algorithm>
#include <cmath>

#include "lab/shell/area.h"
#include "lab/shell/bars.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

void time_notice(Notice& notice, const Services& services) {
  if (notice.words.empty()) return;
  constexpr double stays = 4;
  if (notice.until == 0) {
    notice.until = notice.is_error ? 1e300 : services.now + stays;
    if (!notice.is_error && services.host.wake_after) services.host.wake_after(stays + 0.1);
  }
  if (services.now > notice.until) notice.words.clear();
}

void show_notice(Notice& notice, const Box& surface) {
  if (notice.words.empty()) return;
  const Theme& t = theme();
  const float w = std::min(surface.w - u(32), u(520)), wrap = w - u(24) - u(40);
  const ImVec2 words = ImGui::CalcTextSize(wrapped(notice.words, wrap).c_str());
  const float h = std::max(words.y, u(20)) + u(20);
  const Box b{surface.x + (surface.w - w) / 2, surface.y + surface.h - h - u(16), w, h};
  if (begin_area("notice", b, 0, {u(12), u(10)}, fixed)) {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled({b.x, b.y}, {b.x + w, b.y + h}, t.panel, u(6));
    draw->AddRect({b.x, b.y}, {b.x + w, b.y + h}, notice.is_error ? t.error : t.line, u(6), 0, u(1));
    begin_group(keyed("notice", tr("message")));
    ImGui::SetCursorScreenPos({b.x + u(12), std::round(b.y + (h - words.y) / 2)});
    set_width(wrap);
    text(notice.words, notice.is_error ? TextLook::error : TextLook::body, true);
    set_width(0);
    ImGui::SetCursorScreenPos({b.x + w - u(38), b.y + u(4)});
    if (button("dismiss", icon::remove, ButtonLook::icon)) notice.words.clear();
    end_group();
  }
  ImGui::EndChild();
}

}  // namespace stride::lab
