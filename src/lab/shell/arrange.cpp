#include "lab/shell/arrange.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "ui/widgets.h"

namespace stride::lab {

namespace {

const Page page_table[] = {{"Run", part_controls},
                           {"Curves", part_rate | part_loss},
                           {"Tools", part_instruments},
                           {"Surface", part_problem},
                           {"Lesson", part_lessons}};

}  // namespace

std::span<const Page> pages() {
  return page_table;
}

bool shows_lesson(const Lab& lab) {
  return lab.lesson.open && shows(lab, part_lessons);
}

bool has_page(const Lab& lab, int i) {
  return i == lesson_page ? shows_lesson(lab) : shows(lab, page_table[i].parts);
}

namespace {

int page_total(const Lab& lab) {
  int count = 0;
  for (int i = 0; i < static_cast<int>(std::size(page_table)); ++i) count += has_page(lab, i);
  return count;
}

}  // namespace

Layout arrange(const Lab& lab, float w, float h, float ratio) {
  const bool lesson = shows_lesson(lab);
  const float css_w = w / ratio, css_h = h / ratio;
  const float bar = shows(lab, part_bar) ? u(48) : 0, transport = shows(lab, part_transport) ? u(56) : 0;
  Layout l{};
  l.wide = css_w >= 900 || (css_w >= 560 && css_w > css_h * 1.3f);
  l.two = !l.wide && css_w >= 700;
  l.compact = css_w < 560;
  l.bar = {0, 0, w, bar};
  const float inner = h - bar - transport;
  const bool with_surface = shows(lab, part_surface), drawn_out = lesson && l.wide && css_w >= 1100;
  const bool with_column = shows(lab, column_parts) || (lesson && !drawn_out);
  if (l.wide) {
    const float drawer = drawn_out ? u(320) : 0;
    float column = std::round(std::min(std::clamp(w * 0.37f, u(420), u(560)), w * 0.5f));
    if (!with_surface) column = w - drawer;
    if (!with_column) column = 0;
    l.lesson = {0, bar, drawer, inner};
    l.surface = {drawer, bar, w - column - drawer, inner};
    l.column = {w - column, bar, column, inner};
    l.transport = {0, h - transport, w, transport};
    return l;
  }
  float surface = std::round(l.two ? inner * 0.5f : std::clamp(inner * 0.48f, u(170), inner * 0.6f));
  if (!with_column) surface = inner;
  if (!with_surface) surface = 0;
  l.surface = {0, bar, w, surface};
  l.transport = {0, bar + surface, w, transport};
  float top = bar + surface + transport;
  if (l.two) {
    const bool left = lesson || shows(lab, part_controls | part_problem) ||
                      (shows(lab, part_rate) && !shows(lab, part_instruments));
    const bool right = shows(lab, part_rate | part_loss | part_instruments);
    const float split = !right ? w : left ? std::round(w / 2) : 0;
    l.column = {0, top, split, h - top};
    l.second = {split, top, w - split, h - top};
    return l;
  }
  const float tabs = page_total(lab) > 1 ? u(40) : 0;
  l.tabs = {0, top, w, tabs};
  top += tabs;
  l.column = {0, top, w, h - top};
  return l;
}

}  // namespace stride::lab
