// How the handles lie on the plot, and what they look like.
#include <algorithm>
#include <cmath>

#include "lab/plots/rate_handles.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

using Moves = Handle::Moves;

/// Discs stand apart: a point stays where it is, a length keeps its step and gives way up or down, the others
/// give way to the side.
void spread(const CurveEditor& editor, const Axes& a, std::vector<ImVec2>& spots) {
  const float gap = u(17);
  const auto stays = [&](size_t i) {
    return editor.handles[i].moves == Moves::both || editor.handles[i].name == editor.held_name;
  };
  for (int pass = 0; pass < 12; ++pass)
    for (size_t i = 1; i < spots.size(); ++i)
      for (size_t k = 0; k < i; ++k) {
        if (stays(i) && stays(k)) continue;
        const float off = gap - apart(spots[i], spots[k]);
        if (off <= 0) continue;
        const size_t yields = stays(i) || (!stays(k) && editor.handles[i].moves == Moves::step &&
                                           editor.handles[k].moves == Moves::rate)
                                  ? k
                                  : i;
        const size_t other = yields == i ? k : i;
        ImVec2& p = spots[yields];
        const ImVec2 q = spots[other];
        if (editor.handles[yields].moves == Moves::rate) {
          const bool left = p.x < q.x ? q.x - gap > a.at.x : q.x + gap > a.end().x;
          p.x = std::clamp(p.x + (left ? -off : off), a.at.x, a.end().x);
        } else {
          const bool up = p.y <= q.y ? q.y - gap > a.at.y : q.y + gap > a.end().y;
          p.y = std::clamp(p.y + (up ? -off : off), a.at.y, a.end().y);
        }
      }
}

void label(const Plot& plot, const Handle& h, ImVec2 at) {
  const Axes& a = plot.axes;
  push_type(Type::small);
  const std::string words = h.name + "  " + handle_words(h);
  const ImVec2 size = ImGui::CalcTextSize(words.c_str()), pad{u(6), u(3)};
  ImVec2 p{at.x - size.x / 2, at.y - u(14) - size.y - pad.y};
  if (p.y - pad.y < a.at.y) p.y = at.y + u(14) + pad.y;
  p.x = std::round(std::clamp(p.x, plot.at.x + u(4) + pad.x,
                              std::max(plot.at.x + plot.size.x - u(4) - pad.x - size.x, plot.at.x)));
  p.y = std::round(p.y);
  const ImVec2 min{p.x - pad.x, p.y - pad.y}, max{p.x + size.x + pad.x, p.y + size.y + pad.y};
  plot.draw->AddRectFilled(min, max, theme().panel, u(4));
  plot.draw->AddRect(min, max, theme().line, u(4), 0, std::max(1.f, std::floor(u(1))));
  plot.draw->AddText(p, theme().text, words.c_str());
  pop_type();
}

void draw_plan(const PlotDesk& desk, const CurveEditor& editor, const Plot& plot) {
  std::vector<ImVec2> line;
  for (size_t i = 0; i + 1 < editor.planned.size(); i += 2)
    if (editor.planned[i] >= plot.axes.first && editor.planned[i] <= plot.axes.last)
      line.push_back({plot.axes.x_of(editor.planned[i]), plot.axes.y_of(editor.planned[i + 1])});
  stroke(plot.draw, line, {faded(theme().runs[desk.session.selected & 7], 0.5f), u(1.5f), u(2)});
}

}  // namespace

bool long_enough(const Axes& a) {
  return a.size.x >= u(120) && a.size.y >= u(40);
}

ImVec2 place_of(const Axes& a, const Handle& h) {
  return {std::clamp(a.x_of(h.step), a.at.x, a.end().x), a.y_of(h.rate)};
}

void lay_out(CurveEditor& editor, const Axes& a) {
  editor.spots.clear();
  for (const Handle& h : editor.handles) editor.spots.push_back(place_of(a, h));
  spread(editor, a, editor.spots);
}

bool in_sight(const Axes& a, const Handle& h) {
  return h.step >= a.first - 1e-9 && h.step <= a.last + 1e-9;
}

void draw_handles(const PlotDesk& desk, const Plot& plot) {
  CurveEditor& editor = desk.plots.editor;
  if (editor.steps < 0) return;
  draw_plan(desk, editor, plot);
  if (is_drawing(desk) || !long_enough(plot.axes)) return;
  lay_out(editor, plot.axes);
  const Theme& t = theme();
  const ImU32 colour = t.runs[desk.session.selected & 7];
  const auto disc = [&](size_t i, float radius, bool hot) {
    const float alpha = hot || editor.handles.size() <= 12 ? 1.f : 0.45f;
    const ImVec2 at = editor.spots[i];
    // The rate that all others are factors of is a diamond.
    const bool diamond = editor.handles[i].param < 0;
    const int sides = diamond ? 4 : 24;
    plot.draw->AddNgonFilled(at, radius + u(1), faded(t.ground, alpha), sides);
    plot.draw->AddNgonFilled(at, radius, faded(colour, alpha), sides);
    plot.draw->AddNgonFilled(at, radius - u(diamond ? 3.f : 2.f), faded(hot ? colour : t.ground, alpha),
                             sides);
  };
  const bool known = editor.hot >= 0 && editor.hot < static_cast<int>(editor.handles.size());
  std::string hot = editor.held_name;
  if (hot.empty() && known) hot = editor.handles[static_cast<size_t>(editor.hot)].name;
  int top = -1;
  for (size_t i = 0; i < editor.handles.size(); ++i) {
    if (!in_sight(plot.axes, editor.handles[i])) continue;
    if (editor.handles[i].name == hot)
      top = static_cast<int>(i);
    else
      disc(i, u(editor.handles[i].param < 0 ? 7.f : 6.f), false);
  }
  if (top < 0) {
    // Where a press would put a point.
    if (plot.pointed >= 0 && over_curve(desk, plot.axes))
      plot.draw->AddCircle({ImGui::GetIO().MousePos.x, plot.axes.y_of(curve_under(desk, plot.axes))}, u(6),
                           colour, 0, u(1.5f));
    return;
  }
  disc(static_cast<size_t>(top), u(9), true);
  label(plot, editor.handles[static_cast<size_t>(top)], editor.spots[static_cast<size_t>(top)]);
}

}  // namespace stride::lab
