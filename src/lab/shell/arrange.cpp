#include "lab/shell/arrange.h"

#include <algorithm>
#include <cmath>

#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

/// What the pages show, in the order of Page.
constexpr unsigned page_panels[page_total] = {panel_controls, panel_rate | panel_loss, panel_instruments,
                                              panel_problem, panel_lessons};

}  // namespace

bool shows_lesson(const Shell& shell, const LessonState& lesson) {
  return (lesson.open || lesson.leaf != Leaf::pages) && shows(shell, panel_lessons);
}

bool has_page(const Shell& shell, const LessonState& lesson, Page page) {
  return page == Page::lesson ? shows_lesson(shell, lesson)
                              : shows(shell, page_panels[static_cast<size_t>(page)]);
}

namespace {

int count_pages(const Shell& shell, const LessonState& lesson) {
  int count = 0;
  for (int i = 0; i < page_total; ++i) count += has_page(shell, lesson, static_cast<Page>(i));
  return count;
}

/// Below it a narrow window has room for surface or sheet alone: a page at 400 %.
constexpr float lowest = 340;

/// A phone, upright or lying, that shows all of a run.
bool has_sheet(const Shell& shell, const LessonState& lesson, bool wide, float css_w, float css_h) {
  const bool phone = wide ? css_h < 480 : css_w < 560 && (css_h >= 560 || css_h < lowest);
  return phone && shows(shell, stage_panels) && shows(shell, panel_rate) && shows(shell, panel_controls) &&
         count_pages(shell, lesson) > 1;
}

/// Wide enough for the curves and, beside them, a tool; and what a large screen gives both, in design pixels.
constexpr float two_columns = 840, roomy_columns = 1120;

/// Beside the surface, in a window `w` wide; `two`: as suits a large screen.
float column_width(const Shell& shell, float w, float drawer, bool two) {
  if (shell.column > 0) return std::clamp(u(shell.column), u(narrowest_column), widest_column(w, drawer));
  if (two && w * 0.52f >= u(two_columns)) return std::min(w * 0.52f, u(roomy_columns));
  return std::min(std::clamp(w * 0.37f, u(420), u(560)), w * 0.5f);
}

/// What the room `b` of curve, rate and sheet is shared out to.
void place_sheet(Layout& l, const Box& b, bool open) {
  const float tabs = u(44);
  l.column = {};
  l.tabs = {b.x, open ? b.y : b.y + b.h - tabs, b.w, tabs};
  (open ? l.column : l.thumb) = {b.x, open ? b.y + tabs : b.y, b.w, b.h - tabs};
}

}  // namespace

float widest_column(float w, float drawer) {
  return std::max(std::min(w * 0.6f, w - drawer - u(320)), u(narrowest_column));
}

Layout arrange(const Shell& shell, const LessonState& lesson, float w, float h, float ratio) {
  const bool with_lesson = shows_lesson(shell, lesson);
  const float css_w = w / ratio, css_h = h / ratio;
  const float bar = shows(shell, panel_bar) ? u(48) : 0,
              transport = shows(shell, panel_transport) ? u(56) : 0;
  Layout l{};
  l.wide = css_w >= 900 || (css_w >= 560 && css_w > css_h * 1.3f);
  l.two = !l.wide && css_w >= 700;
  l.sheet = has_sheet(shell, lesson, l.wide, css_w, css_h);
  l.bar = {0, 0, w, bar};
  const float inner = h - bar - transport;
  const bool with_surface = shows(shell, stage_panels), drawn_out = with_lesson && l.wide && css_w >= 1100;
  const bool with_column = shows(shell, column_panels) || (with_lesson && !drawn_out);
  if (l.wide) {
    const float drawer = drawn_out ? u(320) : 0;
    const bool may = with_surface && shows(shell, panel_rate | panel_loss) && shows(shell, panel_instruments);
    float column = std::round(column_width(shell, w, drawer, may && shell.roomy && !drawn_out));
    if (!with_surface) column = w - drawer;
    if (!with_column) column = 0;
    l.lesson = {0, bar, drawer, inner};
    l.surface = {drawer, bar, w - column - drawer, inner};
    l.column = {w - column, bar, column, inner};
    l.transport = {0, h - transport, w, transport};
    if (l.sheet) {  // as high as the window; playback lies below the surface alone
      l.transport.w = l.surface.w;
      place_sheet(l, {l.column.x, bar, column, h - bar}, shell.sheet_open);
    } else if (may && column >= u(two_columns)) {
      l.two = true;
      l.column.w = std::round(column / 2);
      l.second = {l.column.x + l.column.w, bar, column - l.column.w, inner};
    }
    return l;
  }
  if (l.sheet && css_h < lowest) {
    l.tabs = {0, shell.sheet_open ? bar : h - u(44), w, u(44)};
    if (shell.sheet_open)
      l.column = {0, bar + u(44), w, h - bar - u(44)};
    else
      l.surface = {0, bar, w, inner - u(44)}, l.transport = {0, h - u(44) - transport, w, transport};
    return l;
  }
  if (l.sheet && !shell.sheet_open) {
    // The sheet's tabs lie at the foot, under playback; above it curve and rate.
    const float tabs = u(44), rate = target_height(24) + target_height(20) + u(66),
                rest = inner - tabs - rate;
    const float plots = std::round(rest > u(500) ? rest * 0.44f : std::clamp(rest * 0.4f, u(140), u(180)));
    l.surface = {0, bar, w, rest - plots};
    l.thumb = {0, bar + rest - plots, w, plots + rate};
    l.transport = {0, bar + rest + rate, w, transport};
    l.tabs = {0, h - tabs, w, tabs};
    return l;
  }
  float surface = std::round(l.two ? inner * 0.5f : std::clamp(inner * 0.48f, u(170), inner * 0.6f));
  if (!with_column) surface = inner;
  if (!with_surface) surface = 0;
  l.surface = {0, bar, w, surface};
  l.transport = {0, bar + surface, w, transport};
  float top = bar + surface + transport;
  if (l.two) {
    const bool left = with_lesson || shows(shell, panel_controls | panel_problem) ||
                      (shows(shell, panel_rate) && !shows(shell, panel_instruments));
    const bool right = shows(shell, panel_rate | panel_loss | panel_instruments);
    const float split = !right ? w : left ? std::round(w / 2) : 0;
    l.column = {0, top, split, h - top};
    l.second = {split, top, w - split, h - top};
    return l;
  }
  if (l.sheet) {
    place_sheet(l, {0, top, w, h - top}, true);
    return l;
  }
  const float tabs = count_pages(shell, lesson) > 1 ? u(40) : 0;
  l.tabs = {0, top, w, tabs};
  top += tabs;
  l.column = {0, top, w, h - top};
  return l;
}

}  // namespace stride::lab
