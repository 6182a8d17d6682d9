#include "ui/plot_area.h"

#include <algorithm>
#include <cmath>

#include "ui/shared.h"
#include "ui/theme.h"

namespace stride::ui {

namespace {

float width_of(const std::string& words) {
  return measure(words).x;
}

std::vector<Tick> upright_ticks(const Scale& s, float height) {
  const double apart = u(s.kind == Scale::Kind::linear ? 28.f : 22.f) / std::max(height, 1.f);
  std::vector<Tick> found = ticks(s, apart);
  return found.size() > 1 ? found : ticks(s, apart / 2);  // one number alone tells nothing
}

}  // namespace

ImU32 faded(ImU32 colour, float alpha) {
  const auto a = static_cast<ImU32>(static_cast<float>(colour >> IM_COL32_A_SHIFT & 255) * alpha);
  return (colour & ~IM_COL32_A_MASK) | a << IM_COL32_A_SHIFT;
}

float hairline_width() {
  return std::max(1.f, std::floor(u(1)));
}

void progress_bar(double progress, double seconds, ImVec2 at, float width, float height) {
  if (progress >= 1 || seconds <= 0.5) return;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(at, {at.x + width, at.y + height}, theme().field_hover);
  draw->AddRectFilled(at, {at.x + width * static_cast<float>(progress), at.y + height}, theme().accent);
  note(Role::progressbar, "progress", at, {width, height},
       {.value = readable(std::floor(progress * 100)) + " %", .max = 1, .now = progress});
}

PlotArea fit_plot_area(ImVec2 at, ImVec2 size, const Scale& x, const Scale& y, float right) {
  push_type(Type::small);
  const float top = ImGui::GetFontSize() + u(4), bottom = ImGui::GetFontSize() + u(8);
  const float height = std::max(std::round(size.y - top - bottom), 8.f);
  float widest = u(24);
  for (const Tick& t : upright_ticks(y, height)) widest = std::max(widest, width_of(t.label));
  pop_type();
  const float left = std::min(std::ceil(widest + u(8)), size.x * 0.4f);
  return {{std::round(at.x + left), std::round(at.y + top)},
          {std::max(std::round(size.x - left - right), 8.f), height},
          x,
          y};
}

void draw_ruler(const PlotArea& area, float y, const char* name) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const Theme& t = theme();
  const float name_at = area.end().x - width_of(name), w = hairline_width();
  if (*name) draw->AddText({std::round(name_at), y + u(6)}, t.muted, name);
  float taken = area.at.x - u(24);
  for (const Tick& tick : ticks(area.x, u(28) / std::max(area.size.x, 1.f))) {
    const float x = area.x_of(tick.value), half = width_of(tick.label) / 2;
    draw->AddRectFilled({std::round(x - w / 2), y}, {std::round(x - w / 2) + w, y + u(4)}, t.line);
    const bool covers_name = *name && x + half > name_at - u(8);
    if (x - half < taken + u(6) || covers_name || x + half > area.end().x + u(12)) continue;
    taken = x + half;
    draw->AddText({std::round(x - half), y + u(6)}, t.muted, tick.label.c_str());
  }
}

void draw_scales(const PlotArea& area, const char* x_name, const char* y_name, bool grid) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const Theme& t = theme();
  const float w = hairline_width();
  push_type(Type::small);
  const float line = ImGui::GetFontSize();
  const float left = area.at.x - u(8);
  for (const Tick& tick : upright_ticks(area.y, area.size.y)) {
    const float y = std::round(area.y_of(tick.value) - w / 2);
    draw->AddRectFilled({grid ? area.at.x : area.at.x - u(4), y}, {grid ? area.end().x : area.at.x, y + w},
                        t.line);
    const float label_y = std::clamp(y - line / 2, area.at.y - u(2), area.end().y - line);
    draw->AddText({std::round(left - width_of(tick.label)), std::round(label_y)}, t.muted,
                  tick.label.c_str());
  }
  draw_break(area.y, area.at, area.size.y);
  draw->AddText({area.at.x, std::round(area.at.y - line - u(2))}, t.muted, y_name);
  draw_ruler(area, area.end().y, x_name);
  pop_type();
}

void draw_break(const Scale& scale, ImVec2 at, float height) {
  if (!scale.zero) return;
  const float y = at.y + height * (1 - static_cast<float>(zero_band) * 0.7f), w = u(4), h = u(2);
  for (const float up : {-h, h})
    ImGui::GetWindowDrawList()->AddLine({at.x - w, y + up + h}, {at.x + w, y + up - h}, theme().muted,
                                        u(1.25f));
}

void draw_hatch(ImVec2 from, ImVec2 to, float strength) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const Theme& t = theme();
  draw->AddRectFilled(from, to, t.field);
  draw->PushClipRect(from, to, true);
  const float height = to.y - from.y;
  for (float x = from.x - height - std::fmod(from.x - height, u(6)); x < to.x; x += u(6))
    draw->AddLine({x, to.y}, {x + height, from.y}, faded(t.error, strength), u(1 + strength / 2));
  draw->PopClipRect();
}

}  // namespace stride::ui
