// The learning rate over the steps: every run's schedule, with what helps to judge it: the limit of
// stability, the momentum, and the rate that each coordinate really gets.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/stability.h"
#include "imgui_internal.h"
#include "lab/plots/plot.h"
#include "lab/plots/rate_handles.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

namespace {

constexpr float chip_height = 24;

/// The limit of stability of the selected run over each pixel column (infinite: none there), and its formula.
/// Empty where it doesn't apply.
struct Limit {
  std::vector<double> column;
  std::string formula;
  double lowest() const {
    return column.empty() ? no_limit : *std::min_element(column.begin(), column.end());
  }
};

Limit limit_of(const Lab& lab, const Axes& axes) {
  Limit limit;
  const size_t r = static_cast<size_t>(lab.session.selected);
  if (!lab.plots.show_stability || r >= lab.results.size() || is_hidden(lab, lab.session.selected))
    return limit;
  const Settings& optimizer = lab.session.scenario.runs[r].optimizer;
  if (!stability_rule(optimizer).exists) return limit;
  const RunResult& result = lab.results[r];
  const int last = static_cast<int>(std::min(result.lambda.size(), result.path.momentum.size())) - 1;
  const auto at = [&](int t) {
    const size_t i = static_cast<size_t>(t);
    return stability_limit(stability_rule(optimizer, result.path.momentum[i]).rule, result.lambda[i]);
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
  if (last >= 0) limit.formula = stability_formula(stability_rule(optimizer, result.path.momentum[0]).rule);
  return limit;
}

/// As the strip under the slider says it, for the first step in sight.
std::string limit_words(const Limit& limit) {
  if (limit.column.empty() || !std::isfinite(limit.column.front())) return "";
  return limit.formula + " " + readable(limit.column.front());
}

struct Range {
  double least = std::numeric_limits<double>::infinity(), most = 0;
  void add(double v) {
    if (!(v > 0) || v > 1e300) return;
    least = std::min(least, v);
    most = std::max(most, v);
  }
  bool empty() const { return most <= 0; }
};

Range range_of(RunResult& run, const std::vector<double>& values, const Axes& axes) {
  Range range;
  for (int i : rows_to_draw(run, values, axes)) range.add(values[static_cast<size_t>(i)]);
  return range;
}

/// From zero, or logarithmic where one run's rates would lie flat on the floor beside another's.
Scale rate_scale(Lab& lab, const Axes& axes, const std::vector<int>& order, const Limit& limit) {
  Range peaks, all;
  for (int r : order) {
    RunResult& run = lab.results[static_cast<size_t>(r)];
    const Trajectory& path = run.path;
    const auto count = [&](const std::vector<double>& values, bool whole) {
      const Range shown = range_of(run, values, axes);
      if (shown.empty()) return;
      peaks.add(shown.most);
      if (whole) peaks.add(shown.least);
      all.add(shown.least);
      all.add(shown.most);
    };
    count(path.lr, false);
    if (r == lab.session.selected)
      for (size_t i = 1; i < hand_of(lab).planned.size(); i += 2) {
        peaks.add(hand_of(lab).planned[i]);
        all.add(hand_of(lab).planned[i]);
      }
    if (lab.plots.show_effective && r == lab.session.selected)
      count(path.rate_x, true), count(path.rate_y, true);
  }
  if (all.empty()) return {};
  const double lowest_limit = limit.lowest();
  if (lowest_limit > all.most && lowest_limit < all.most * 2.5) all.most = lowest_limit * 1.02;
  Scale s;
  if (peaks.most > 1e3 * peaks.least) {
    s.kind = Scale::Kind::log;
    s.lo = std::max({all.least, peaks.least * 1e-3, all.most * 1e-12}) * 0.7;
    s.hi = all.most * 1.4;
  } else {
    s.hi = all.most * 1.08;
  }
  return s;
}

/// Hatches what lies above the limit, and draws it dashed with its formula.
void draw_limit(const Plot& plot, const Limit& limit) {
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

/// The formula at the limit's right end, on a piece of ground; at the upper edge with the number where it is
/// higher.
void label_limit(const Plot& plot, const Limit& limit, const std::vector<Curve>& curves) {
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

/// What Adam and its kin make of the rate for each coordinate of the selected run.
void draw_effective(Lab& lab, const Plot& plot) {
  const Axes& a = plot.axes;
  RunResult& run = lab.results[static_cast<size_t>(lab.session.selected)];
  const Trajectory& path = run.path;
  const ImU32 colour = faded(theme().text, 0.8f);
  push_type(Type::small);
  float taken = -1e9f;
  const std::pair<const char*, const std::vector<double>*> both[] = {{"x", &path.rate_x},
                                                                     {"y", &path.rate_y}};
  for (const auto& [name, values] : both) {
    draw_curve(plot, run, *values, {colour, u(1.25f), 0, true});
    const Rows rows = shown_rows(a, values->size());
    int end = std::min(rows.end - 1, static_cast<int>(a.last));
    while (end > rows.begin && std::isnan((*values)[static_cast<size_t>(end)])) --end;
    if (end < rows.begin) continue;
    float y = a.y_of((*values)[static_cast<size_t>(end)]) - ImGui::GetFontSize();
    if (std::fabs(y - taken) < ImGui::GetFontSize()) y = taken + ImGui::GetFontSize() * 1.1f;
    taken = y;
    place_text(plot.draw, {a.x_of(end) - u(10), y}, a.at, a.end(), theme().text, name);
  }
  pop_type();
}

void draw_momentum(Lab& lab, const Plot& plot, const std::vector<int>& order) {
  Plot unit = plot;
  unit.axes.y = {};  // 0 .. 1
  draw_unit_axis(unit);
  for (int r : order) {
    RunResult& run = lab.results[static_cast<size_t>(r)];
    draw_curve(unit, run, run.path.momentum, {theme().runs[r], u(1.25f), u(3)});
  }
}

enum class Sample { line, hatched, dashed, pencil };

/// A switch that is at the same time the legend of what it shows.
void chip(const char* name, bool& on, Sample sample, ImU32 colour, const char* help) {
  const Theme& t = theme();
  push_type(Type::small);
  const ImVec2 words = ImGui::CalcTextSize(tr(name));
  const float w = words.x + u(32), h = u(chip_height);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (ImGui::InvisibleButton(name, {w, h}, ImGuiButtonFlags_EnableNav)) on = !on;
  const bool hovered = ImGui::IsItemHovered();
  const bool focused = GImGui->NavId == ImGui::GetItemID() && GImGui->NavCursorVisible;
  pop_type();
  tooltip(help);
  push_type(Type::small);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  if (on || hovered) draw->AddRectFilled(at, {at.x + w, at.y + h}, hovered ? t.field_hover : t.field, u(12));
  const float y = std::round(at.y + h / 2), x = at.x + u(8), end = x + u(14);
  const ImU32 ink = on ? colour : faded(t.muted, 0.6f);
  const ImVec2 line[] = {{x, y}, {end, y}};
  if (sample == Sample::pencil)
    draw->AddText({x, std::round(at.y + (h - words.y) / 2)}, ink, icon::rename);
  else
    stroke(draw, line, {ink, u(1.5f), sample == Sample::line ? 0 : u(3)});
  for (float s = 0; sample == Sample::hatched && s < u(12); s += u(4))
    draw->AddLine({x + s, y - u(2)}, {x + s + u(4), y - u(6)}, ink, u(1));
  draw->AddText({end + u(4), std::round(at.y + (h - words.y) / 2)}, on ? t.text : t.muted, tr(name));
  pop_type();
  Control c;
  c.role = "switch";
  c.name = tr(name);
  c.value = tr(on ? "on" : "off");
  c.checked = on;
  c.focused = focused;
  c.at = at;
  c.size = {w, h};
  c.help = tr(help);
  record(std::move(c));
}

float chip_width(const char* name) {
  push_type(Type::small);
  const float width = ImGui::CalcTextSize(tr(name)).x + u(32);
  pop_type();
  return width;
}

/// Switches drawing by hand; in the row of the legend, or beside the heading where that row is full.
void draw_chip(Lab& lab, const Plot& plot) {
  float others = 0;
  for (const char* name : {"effective rates", "stability limit", "momentum|curve"})
    others += chip_width(name) + u(4);
  const bool room = others + chip_width("draw") <= plot.size.x;
  push_type(Type::heading);
  const float heading = ImGui::CalcTextSize(tr("Learning rate")).x;
  pop_type();
  ImGui::SetCursorScreenPos(room ? ImVec2{plot.at.x + others, plot.at.y + plot.size.y + u(4)}
                                 : ImVec2{plot.at.x + heading + u(8), plot.at.y - u(chip_height) - u(3)});
  const bool was = is_drawing(lab);
  bool on = was;
  chip("draw", on, Sample::pencil, theme().accent,
       "Draw the curve with the pointer. Another schedule becomes a drawn curve first, whose points can be "
       "moved.");
  if (on != was) set_drawing(lab, on);
}

void legend(Lab& lab, const Plot& plot) {
  const Theme& t = theme();
  if (!is_locked(lab.session, lock_schedule)) draw_chip(lab, plot);
  ImGui::SetCursorScreenPos({plot.at.x, plot.at.y + plot.size.y + u(4)});
  chip("effective rates", lab.plots.show_effective, Sample::line, t.text,
       "The rate that each coordinate of the selected run really gets: lr times what the optimizer's state "
       "makes of it.");
  ImGui::SameLine(0, u(4));
  chip("stability limit", lab.plots.show_stability, Sample::hatched, t.error,
       "Above this rate plain descent overshoots further with every step: 2/λ, λ being the largest curvature "
       "where the walker stands.");
  ImGui::SameLine(0, u(4));
  chip("momentum|curve", lab.plots.show_momentum, Sample::dashed, t.runs[lab.session.selected & 7],
       "The momentum, on the right axis, where a schedule moves it.");
}

/// The line for run `r` in the box under the pointer.
std::string words_at(const Lab& lab, int r, int step) {
  const Trajectory& path = lab.results[static_cast<size_t>(r)].path;
  std::string words = value_at(path.lr, step);
  const size_t t = static_cast<size_t>(step);
  if (lab.plots.show_momentum && t < path.momentum.size() && !std::isnan(path.momentum[t]))
    words += " · β " + readable(path.momentum[t]);
  if (lab.plots.show_effective && r == lab.session.selected && t < path.rate_x.size() &&
      !std::isnan(path.rate_x[t]))
    words += " · x " + readable(path.rate_x[t]) + ", y " + readable(path.rate_y[t]);
  return words;
}

/// The rate that the rule's symbol under the pointer speaks of.
void mark_lit(const Lab& lab, const Plot& plot) {
  const Axes& a = plot.axes;
  const int step = shown_row(lab, lab.session.selected);
  const std::vector<double>& lr = lab.results[static_cast<size_t>(lab.session.selected)].path.lr;
  if (lab.pointing.lit != RuleLine::Role::rate || static_cast<size_t>(step) >= lr.size() || step < a.first ||
      step > a.last)
    return;
  plot.draw->AddCircle({a.x_of(step), a.y_of(lr[static_cast<size_t>(step)])}, u(9), theme().accent, 0, u(3));
}

}  // namespace

void rate_plot(Lab& lab, float height) {
  const std::vector<int> order = drawing_order(lab);
  const size_t selected = static_cast<size_t>(lab.session.selected);
  const int step = spoken_step(lab);
  std::string readout = tr("step {0}", {std::to_string(step)});
  if (selected < lab.results.size()) readout += " · " + value_at(lab.results[selected].path.lr, step);
  const float below = u(chip_height) + u(4);
  Limit limit;
  const auto measure = [&](Plot& p) {
    limit = limit_of(lab, p.axes);
    p.axes.y = rate_scale(lab, p.axes, order, limit);
  };
  find_handles(lab);
  Plot plot = begin_plot(lab, "learning-rate plot", "Learning rate", readout,
                         height - ImGui::GetStyle().ItemSpacing.y, below, [&](Plot& p) {
                           measure(p);
                           if (take_handles(lab, p)) measure(p);
                           if (hand_of(lab).holds()) p.axes.y = hand_of(lab).scale;
                         });
  if (hand_of(lab).under_pointer) plot.pointed = -1, lab.pointing.next_hover = {};
  draw_axes(plot);
  if (!limit.column.empty()) draw_limit(plot, limit);
  if (shows_momentum(lab)) draw_momentum(lab, plot, order);
  std::vector<Curve> curves;
  std::vector<std::string> values;
  for (int r : order) {
    RunResult& run = lab.results[static_cast<size_t>(r)];
    draw_curve(plot, run, run.path.lr,
               {theme().runs[r], u(r == lab.session.selected ? 2.25f : 1.5f), 0, true});
    curves.push_back({r, run.path.lr});
    values.push_back(words_at(lab, r, spoken_step(lab, &plot)));
  }
  const bool selected_visible = std::find(order.begin(), order.end(), lab.session.selected) != order.end();
  if (lab.plots.show_effective && selected_visible) draw_effective(lab, plot);
  if (!limit.column.empty()) label_limit(plot, limit, curves);
  draw_handles(lab, plot);
  mark_lit(lab, plot);
  draw_pointing(lab, plot, curves, values);
  legend(lab, plot);
  end_plot(
      lab, plot, [](RunResult& run) { return describe(run, run.path.lr); }, limit_words(limit));
}

}  // namespace stride::lab
