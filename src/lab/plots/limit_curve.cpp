#include "lab/plots/limit_curve.h"

#include <algorithm>
#include <cmath>

#include "core/stability.h"
#include "lab/session/edits.h"
#include "lab/session/locks.h"
#include "render/mesh.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

struct Room {
  float x, y, end_x, end_y;
  bool holds(ImVec2 p, float around) const {
    return p.x > x - around && p.x < end_x + around && p.y > y - around && p.y < end_y + around;
  }
};

/// Whether no curve runs through the room, and no handle lies in it.
bool is_free(const Axes& a, const std::vector<Curve>& curves, const CurveEditor& editor, const Room& room) {
  const double per_pixel = (a.last - a.first) / a.size.x;
  for (const Curve& c : curves)
    for (float column = room.x; column <= room.end_x; column += 1) {
      const double step = std::floor(a.first + (column - a.at.x) * per_pixel);
      if (step < 0 || step >= static_cast<double>(c.values.size())) continue;
      const float at = a.y_of(c.values[static_cast<size_t>(step)]);
      if (at > room.y && at < room.end_y) return false;
    }
  for (size_t i = 0; i + 1 < editor.planned.size(); i += 2)
    if (room.holds({a.x_of(editor.planned[i]), a.y_of(editor.planned[i + 1])}, 0)) return false;
  constexpr float disc = 9;
  return std::none_of(editor.handles.begin(), editor.handles.end(), [&](const schedule_editing::Handle& h) {
    return room.holds({a.x_of(h.step), a.y_of(h.rate)}, u(disc));
  });
}

}  // namespace

double LimitCurve::lowest() const {
  return column.empty() ? no_limit : *std::min_element(column.begin(), column.end());
}

namespace {

/// Between the steps whose sharpness is known; beyond the last of them none.
LimitCurve limit_of_training(const PlotDesk& desk, const Axes& axes) {
  LimitCurve limit;
  const TrainingLimit& known = desk.plots.limit;
  if (known.of != desk.results[static_cast<size_t>(desk.session.selected)].began || known.step.empty())
    return limit;
  const int columns = std::max(static_cast<int>(axes.size.x), 1);
  for (int c = 0; c <= columns; ++c) {
    const double step = axes.first + (axes.last - axes.first) * c / columns;
    const auto after = std::upper_bound(known.step.begin(), known.step.end(), step);
    if (after == known.step.begin()) continue;
    const auto i = static_cast<size_t>(after - known.step.begin()) - 1;
    const bool last = after == known.step.end();
    if (last && step > known.step.back() + (known.step.size() > 1 ? known.step[1] - known.step[0] : 1)) break;
    const double part = last ? 0 : (step - known.step[i]) / (known.step[i + 1] - known.step[i]);
    const double here = known.limit[i], next = last ? here : known.limit[i + 1];
    limit.column.push_back(std::isfinite(here) && std::isfinite(next) ? here + (next - here) * part : here);
  }
  const StabilityRule rule = stability_rule(selected_run(desk.session).optimizer);
  limit.formula = rule.exists ? stability_formula(rule.rule) : tr("limit by the sharpness");
  return limit;
}

}  // namespace

LimitCurve limit_of(const PlotDesk& desk, const Axes& axes) {
  LimitCurve limit;
  const Session& session = desk.session;
  if (!desk.plots.show_stability || is_locked(session, lock_limit) ||
      is_hidden(session.scenario, session.selected))
    return limit;
  const Settings& optimizer = selected_run(session).optimizer;
  const size_t r = static_cast<size_t>(session.selected);
  if (desk.results[r].training) return limit_of_training(desk, axes);
  if (!stability_rule(optimizer).exists) return limit;
  const std::vector<double>& momentum = desk.results[r].path.momentum;
  const int last = static_cast<int>(momentum.size()) - 1;
  if (last < 1) return limit;  // while a lesson asks, there is but the start
  const auto at = [&](int t) {
    const size_t i = static_cast<size_t>(t);
    return stability_limit(stability_rule(optimizer, momentum[i]).rule, desk.results.largest_curvature(r, i));
  };
  const int columns = std::max(static_cast<int>(axes.size.x), 1);
  const int apart =
      render::vertices_apart(desk.results.objective());  // a long formula has its price here too
  for (int c = 0; c <= columns; ++c) {
    const double step = axes.first + (axes.last - axes.first) * c / columns;
    if (step > last + 0.5) break;
    if (c % apart != 0) {
      limit.column.push_back(limit.column.back());
      continue;
    }
    const int t = std::min(static_cast<int>(step), last);
    const double here = at(t), next = at(std::min(t + 1, last));
    limit.column.push_back(std::isfinite(here) && std::isfinite(next) ? here + (next - here) * (step - t)
                                                                      : here);
  }
  limit.formula = stability_formula(stability_rule(optimizer, momentum[0]).rule);
  return limit;
}

std::string limit_words(const LimitCurve& limit) {
  if (limit.column.empty() || !std::isfinite(limit.column.front())) return "";
  return limit.formula + " " + readable(limit.column.front());
}

void draw_limit(const Plot& plot, const LimitCurve& limit) {
  const Axes& a = plot.axes;
  const ImU32 colour = theme().error;
  const int columns = std::max(static_cast<int>(a.size.x), 1);
  std::vector<float> edge(static_cast<size_t>(columns) + 1,
                          -1);  // the limit's height over each column, if in sight
  for (size_t c = 0; c < std::min(limit.column.size(), edge.size()); ++c)
    if (limit.column[c] < a.y.hi) edge[c] = a.y_of(limit.column[c]);
  const ImU32 hatch = faded(colour, 0.3f);
  const float gap = u(7);
  for (float c = -std::floor(a.size.y / gap) * gap; c < a.size.x; c += gap) {
    int from = -1;  // a stroke that rises to the right through (c, bottom), as far as it runs above the limit
    const int begin = std::max(static_cast<int>(c), 0);
    const int end = std::min(static_cast<int>(c + a.size.y), columns);
    for (int x = begin; x <= end; ++x) {
      const float y = a.end().y - (static_cast<float>(x) - c);
      const bool above = x < end && y < edge[static_cast<size_t>(x)];
      if (above && from < 0) from = x;
      if (above || from < 0) continue;
      plot.draw->AddLine({a.at.x + static_cast<float>(from), a.end().y - (static_cast<float>(from) - c)},
                         {a.at.x + static_cast<float>(x), y}, hatch, u(1));
      from = -1;
    }
  }
  std::vector<ImVec2> line;
  const auto flush = [&] {
    stroke(plot.draw, line, {colour, u(1.25f), u(4)});
    line.clear();
  };
  for (int c = 0; c <= columns; ++c) {
    const float y = edge[static_cast<size_t>(c)];
    if (y < 0)
      flush();
    else
      line.push_back({a.at.x + static_cast<float>(c), y});
  }
  flush();
}

ImVec2 label_place(const Axes& a, const std::vector<Curve>& curves, const CurveEditor& editor, ImVec2 size,
                   float x, float line) {
  const float top = a.at.y + u(1), bottom = std::max(a.end().y - size.y, top);
  const float first = a.at.x + u(3), last = std::max(a.end().x - size.x - u(3), first), pad = u(3);
  x = std::clamp(x, first, last);
  for (int aside = 0; aside <= 40; ++aside) {
    // To the left and to the right in turns.
    const int steps = (aside + 1) / 2;
    const float here = std::round(x + u(10) * static_cast<float>(aside % 2 ? -steps : steps));
    if (here < first || here > last) continue;
    for (float away : {3.f, 8.f, 14.f, 20.f, 28.f})
      for (float y : {line - size.y - u(away), line + u(away)})
        if (y >= top && y <= bottom &&
            is_free(a, curves, editor, {here - pad, y - pad, here + size.x + pad, y + size.y + pad}))
          return {here, std::round(y)};
  }
  const float over = line - size.y - pad;
  return {std::round(x), std::round(std::clamp(over < a.at.y ? line + pad : over, top, bottom))};
}

void label_limit(const Plot& plot, const LimitCurve& limit, const std::vector<Curve>& curves,
                 const CurveEditor& editor) {
  const Axes& a = plot.axes;
  const auto in_sight =
      std::count_if(limit.column.begin(), limit.column.end(), [&](double v) { return v < a.y.hi; });
  // Where all but a speck of it lies above the plot, the number says where.
  const bool above = 33 * in_sight < static_cast<std::ptrdiff_t>(limit.column.size());
  const double lowest = above && in_sight > 0 ? limit.column.back() : limit.lowest();
  if (!std::isfinite(lowest)) return;
  push_type(Type::small);
  const std::string words = above ? limit.formula + " " + readable(lowest) + " " : limit.formula;
  const ImVec2 size = ImGui::CalcTextSize(words.c_str());
  const float mark = above ? u(8) : 0;
  double shown = lowest;
  size_t last = limit.column.size();
  for (size_t c = 0; c < limit.column.size(); ++c)  // the last place where it is in sight
    if (!above && limit.column[c] < a.y.hi) shown = limit.column[c], last = c;
  // At the right end, or where it leaves the plot, or behind the last step of a run that ended early.
  const float end_of_limit = a.at.x + static_cast<float>(last);
  const ImVec2 place =
      label_place(a, curves, editor, {size.x + mark, size.y},
                  std::min(a.end().x - size.x - mark - u(4), end_of_limit + u(6)), a.y_of(shown));
  const float x = place.x, y = place.y;
  plot.draw->AddRectFilled({x - u(3), y}, {x + size.x + mark + u(3), y + size.y},
                           faded(theme().ground, 0.85f), u(3));
  plot.draw->AddText({x, y}, theme().error, words.c_str());
  if (above) {
    const ImVec2 m{x + size.x + mark / 2, y + size.y / 2};
    plot.draw->AddTriangleFilled({m.x - u(3.5f), m.y + u(3)}, {m.x + u(3.5f), m.y + u(3)}, {m.x, m.y - u(3)},
                                 theme().error);
  }
  pop_type();
}

}  // namespace stride::lab
