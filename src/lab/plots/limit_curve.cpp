#include "lab/plots/limit_curve.h"

#include <algorithm>
#include <cmath>

#include "core/stability.h"
#include "lab/session/edits.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

/// Whether no curve runs through the height [y, end_y] between the columns x and end_x.
bool is_free(const Axes& a, const std::vector<Curve>& curves, float x, float end_x, float y, float end_y) {
  const double per_pixel = (a.last - a.first) / a.size.x;
  for (const Curve& c : curves)
    for (float column = x; column <= end_x; column += 1) {
      const double step = std::floor(a.first + (column - a.at.x) * per_pixel);
      if (step < 0 || step >= static_cast<double>(c.values.size())) continue;
      const float at = a.y_of(c.values[static_cast<size_t>(step)]);
      if (at > y && at < end_y) return false;
    }
  return true;
}

/// Where a label of this height stands: over the line or under it, the nearest place that leaves every rate
/// to be seen.
float label_height(const Axes& a, const std::vector<Curve>& curves, float x, float end_x, float line,
                   float height) {
  const float top = a.at.y + u(1), bottom = std::max(a.end().y - height, top);
  for (float away : {3.f, 8.f, 14.f, 20.f, 28.f})
    for (float y : {line - height - u(away), line + u(away)})
      if (y >= top && y <= bottom && is_free(a, curves, x, end_x, y - u(3), y + height + u(3)))
        return std::round(y);
  const float over = line - height - u(3);
  return std::round(std::clamp(over < a.at.y ? line + u(3) : over, top, bottom));
}

}  // namespace

double LimitCurve::lowest() const {
  return column.empty() ? no_limit : *std::min_element(column.begin(), column.end());
}

LimitCurve limit_of(const PlotDesk& desk, const Axes& axes) {
  LimitCurve limit;
  const Session& session = desk.session;
  if (!desk.plots.show_stability || is_hidden(session.scenario, session.selected)) return limit;
  const Settings& optimizer = selected_run(session).optimizer;
  if (!stability_rule(optimizer).exists) return limit;
  const size_t r = static_cast<size_t>(session.selected);
  const std::vector<double>& lambda = desk.results.largest_curvature(r);
  const std::vector<double>& momentum = desk.results[r].path.momentum;
  const int last = static_cast<int>(std::min(lambda.size(), momentum.size())) - 1;
  const auto at = [&](int t) {
    const size_t i = static_cast<size_t>(t);
    return stability_limit(stability_rule(optimizer, momentum[i]).rule, lambda[i]);
  };
  const int columns = std::max(static_cast<int>(axes.size.x), 1);
  for (int c = 0; c <= columns && last >= 0; ++c) {
    const double step = axes.first + (axes.last - axes.first) * c / columns;
    if (step > last + 0.5) break;
    const int t = std::min(static_cast<int>(step), last);
    const double here = at(t), next = at(std::min(t + 1, last));
    limit.column.push_back(std::isfinite(here) && std::isfinite(next) ? here + (next - here) * (step - t)
                                                                      : here);
  }
  if (last >= 0) limit.formula = stability_formula(stability_rule(optimizer, momentum[0]).rule);
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

void label_limit(const Plot& plot, const LimitCurve& limit, const std::vector<Curve>& curves) {
  const Axes& a = plot.axes;
  const double lowest = limit.lowest();
  if (!std::isfinite(lowest)) return;
  push_type(Type::small);
  const bool above = lowest >= a.y.hi;
  const std::string words = above ? limit.formula + " " + readable(lowest) + " " : limit.formula;
  const ImVec2 size = ImGui::CalcTextSize(words.c_str());
  const float mark = above ? u(8) : 0;
  double shown = lowest;
  size_t last = limit.column.size();
  for (size_t c = 0; c < limit.column.size(); ++c)  // the last place where it is in sight
    if (limit.column[c] < a.y.hi) shown = limit.column[c], last = c;
  // At the right end, or where it leaves the plot, or behind the last step of a run that ended early.
  const float end_of_limit = a.at.x + static_cast<float>(last);
  const float x = std::round(std::min(a.end().x - size.x - mark - u(4), end_of_limit + u(6)));
  const float end = x + size.x + mark + u(3);
  const float y = label_height(a, curves, x - u(3), end, a.y_of(shown), size.y);
  plot.draw->AddRectFilled({x - u(3), y}, {end, y + size.y}, faded(theme().ground, 0.85f), u(3));
  plot.draw->AddText({x, y}, theme().error, words.c_str());
  if (above) {
    const ImVec2 m{x + size.x + mark / 2, y + size.y / 2};
    plot.draw->AddTriangleFilled({m.x - u(3.5f), m.y + u(3)}, {m.x + u(3.5f), m.y + u(3)}, {m.x, m.y - u(3)},
                                 theme().error);
  }
  pop_type();
}

}  // namespace stride::lab
