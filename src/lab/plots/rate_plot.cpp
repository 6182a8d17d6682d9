// The learning rate over the steps: every run's schedule, with what helps to judge it: the limit of
// stability, the momentum, and the rate that each coordinate really gets.
#include <algorithm>
#include <cmath>
#include <limits>

#include "lab/plots/limit_curve.h"
#include "lab/plots/plot.h"
#include "lab/plots/rate_handles.h"
#include "lab/plots/recorded_curves.h"
#include "lab/session/edits.h"
#include "lab/session/locks.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

constexpr float chip_height = 24;

struct Range {
  double least = std::numeric_limits<double>::infinity(), most = 0;
  void add(double v) {
    if (!(v > 0) || v > 1e300) return;
    least = std::min(least, v);
    most = std::max(most, v);
  }
  bool empty() const { return most <= 0; }
};

Range range_of(Plots& plots, const RunResult& run, const std::vector<double>& values, const Axes& axes) {
  Range range;
  for (int i : rows_to_draw(plots, run, values, axes)) range.add(values[static_cast<size_t>(i)]);
  return range;
}

/// How much larger than another run's the largest rate may be, so that both can be read on an even axis.
constexpr double readable_beside = 25;

/// From zero, or logarithmic where one run's rates would lie flat on the floor beside another's.
Scale rate_scale(const PlotDesk& desk, const Axes& axes, const std::vector<int>& order,
                 const LimitCurve& limit) {
  Range peaks, all;
  for (int r : order) {
    const RunResult& run = desk.results[static_cast<size_t>(r)];
    const Trajectory& path = run.path;
    const auto count = [&](const std::vector<double>& values, bool whole) {
      const Range shown = range_of(desk.plots, run, values, axes);
      if (shown.empty()) return;
      peaks.add(shown.most);
      if (whole) peaks.add(shown.least);
      all.add(shown.least);
      all.add(shown.most);
    };
    Range planned;
    if (r == desk.session.selected)
      for (size_t i = 1; i < desk.plots.editor.planned.size(); i += 2)
        planned.add(desk.plots.editor.planned[i]);
    // Of a run that only stands at its start the plan is all there is: its first rate is none beside it.
    if (planned.empty() || path.size() > 1) count(path.lr, false);
    if (!planned.empty()) {
      peaks.add(planned.most);
      all.add(planned.least);
      all.add(planned.most);
    }
    if (desk.plots.show_effective && r == desk.session.selected && !run.training)
      count(path.rate_x, true), count(path.rate_y, true);
  }
  Range recorded;
  for (const double v : recorded_values(desk.recordings, true, axes)) recorded.add(v);
  if (!recorded.empty()) {
    peaks.add(recorded.most);
    all.add(recorded.least);
    all.add(recorded.most);
  }
  if (all.empty()) return {};
  const double lowest_limit = limit.lowest();
  if (lowest_limit > all.most && lowest_limit < all.most * 2.5) all.most = lowest_limit * 1.02;
  Scale s;
  if (peaks.most > readable_beside * peaks.least) {
    s.kind = Scale::Kind::log;
    s.lo = std::max({all.least, peaks.least * 1e-4, all.most * 1e-12}) * 0.7;
    s.hi = all.most * 1.4;
  } else {
    s.hi = all.most * 1.08;
  }
  return s;
}

/// What Adam and its kin make of the rate for each coordinate of the selected run.
void draw_effective(const PlotDesk& desk, const Plot& plot) {
  const Axes& a = plot.axes;
  const RunResult& run = desk.results[static_cast<size_t>(desk.session.selected)];
  const Trajectory& path = run.path;
  const ImU32 colour = faded(theme().text, 0.8f);
  push_type(Type::small);
  float taken = -1e9f;
  const bool fit = desk.results.objective().fit != nullptr;
  const std::pair<const char*, const std::vector<double>*> both[] = {{fit ? "w" : "x", &path.rate_x},
                                                                     {fit ? "b" : "y", &path.rate_y}};
  for (const auto& [name, values] : both) {
    draw_curve(desk.plots, plot, run, *values, {colour, u(1.25f), 0, true});
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

void draw_momentum(const PlotDesk& desk, const Plot& plot, const std::vector<int>& order) {
  Plot unit = plot;
  unit.axes.y = {};  // 0 .. 1
  draw_unit_axis(unit);
  for (int r : order) {
    const RunResult& run = desk.results[static_cast<size_t>(r)];
    draw_curve(desk.plots, unit, run, run.path.momentum, {theme().runs[r], u(1.25f), u(3)});
  }
}

enum class Sample { line, hatched, dashed, pencil };

/// A switch that is at the same time the legend of what it shows.
void chip(const char* name, bool& on, Sample sample, ImU32 colour, const char* help) {
  const Theme& t = theme();
  push_type(Type::small);
  const ImVec2 words = ImGui::CalcTextSize(tr(name));
  const float w = words.x + u(32), h = target_height(chip_height);
  const Target it = target(Role::toggle, name, {w, h}, help);
  const ImVec2 at = it.at;
  if (it.pressed) on = !on;
  const bool hovered = it.hovered;
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
  set_state(it, {.value = tr(on ? "on" : "off"), .checked = on});
}

float chip_width(const char* name) {
  push_type(Type::small);
  const float width = ImGui::CalcTextSize(tr(name)).x + u(32);
  pop_type();
  return width;
}

/// Switches drawing by hand; in the row of the legend, or beside the heading where that row is full.
void draw_chip(const PlotDesk& desk, const Plot& plot) {
  float others = 0;
  for (const char* name : {"effective rates", "stability limit", "momentum|curve"})
    others += chip_width(name) + u(4);
  const bool room = others + chip_width("draw") <= plot.size.x;
  push_type(Type::heading);
  const float heading = ImGui::CalcTextSize(tr("Learning rate")).x;
  pop_type();
  ImGui::SetCursorScreenPos(
      room ? ImVec2{plot.at.x + others, plot.at.y + plot.size.y + u(4)}
           : ImVec2{plot.at.x + heading + u(8), plot.at.y - target_height(chip_height) - u(3)});
  const bool was = is_drawing(desk);
  bool on = was;
  chip("draw", on, Sample::pencil, theme().accent,
       "Draw the curve with the pointer. Another schedule becomes a drawn curve first, whose points can be "
       "moved.");
  if (on != was) set_drawing(desk, on);
}

void legend(const PlotDesk& desk, const Plot& plot) {
  const Theme& t = theme();
  if (!is_locked(desk.session, lock_schedule)) draw_chip(desk, plot);
  ImGui::SetCursorScreenPos({plot.at.x, plot.at.y + plot.size.y + u(4)});
  chip("effective rates", desk.plots.show_effective, Sample::line, t.text,
       "The rate that each coordinate of the selected run really gets: lr times what the optimizer's state "
       "makes of it.");
  ImGui::SameLine(0, u(4));
  if (!is_locked(desk.session, lock_limit)) {
    chip("stability limit", desk.plots.show_stability, Sample::hatched, t.error,
         "Above this rate plain descent overshoots further with every step: 2/λ, λ being the largest "
         "curvature "
         "where the walker stands.");
    ImGui::SameLine(0, u(4));
  }
  chip("momentum|curve", desk.plots.show_momentum, Sample::dashed, t.runs[desk.session.selected & 7],
       "The momentum, on the right axis, where a schedule moves it.");
}

/// The rate at a step; at the last one, from which no step is taken, that of the step that led there.
std::string rate_words(const Trajectory& path, int step) {
  const int rows = static_cast<int>(path.lr.size());
  return value_at(path.lr, step == rows - 1 ? std::max(rows - 2, 0) : step);
}

/// The line for run `r` in the box under the pointer.
std::string words_at(const PlotDesk& desk, int r, int step) {
  const Trajectory& path = desk.results[static_cast<size_t>(r)].path;
  std::string words = rate_words(path, step);
  const size_t t = static_cast<size_t>(step);
  if (desk.plots.show_momentum && t < path.momentum.size() && !std::isnan(path.momentum[t]))
    words += " · β " + readable(path.momentum[t]);
  if (desk.plots.show_effective && r == desk.session.selected && t < path.rate_x.size() &&
      !std::isnan(path.rate_x[t]))
    words += " · x " + readable(path.rate_x[t]) + ", y " + readable(path.rate_y[t]);
  return words;
}

/// The rate that the rule's symbol under the pointer speaks of.
void mark_lit(const PlotDesk& desk, const Plot& plot) {
  const Axes& a = plot.axes;
  const RunResult& result = desk.results[static_cast<size_t>(desk.session.selected)];
  const int step = row_at(result, spoken_step(desk));
  const std::vector<double>& lr = result.path.lr;
  if (desk.pointing.lit != RuleLine::Role::rate || static_cast<size_t>(step) >= lr.size() || step < a.first ||
      step > a.last)
    return;
  plot.draw->AddCircle({a.x_of(step), a.y_of(lr[static_cast<size_t>(step)])}, u(9), theme().accent, 0, u(3));
}

}  // namespace

void rate_plot(const PlotDesk& desk, float height, bool with_legend) {
  const std::vector<int> order = drawing_order(desk);
  const size_t selected = static_cast<size_t>(desk.session.selected);
  const int step = spoken_step(desk);
  std::string readout = tr("step {0}", {readable_whole(step)});
  if (selected < desk.results.size()) readout += " · " + rate_words(desk.results[selected].path, step);
  const float below = with_legend ? target_height(chip_height) + u(4) : 0;
  LimitCurve limit;
  const auto measure = [&](Plot& p) {
    limit = limit_of(desk, p.axes);
    p.axes.y = rate_scale(desk, p.axes, order, limit);
  };
  find_handles(desk);
  Plot plot = begin_plot(desk, "learning-rate plot", "Learning rate", readout,
                         height - ImGui::GetStyle().ItemSpacing.y, below, [&](Plot& p) {
                           measure(p);
                           if (take_handles(desk, p)) measure(p);
                           if (desk.plots.editor.holds()) p.axes.y = desk.plots.editor.scale;
                         });
  if (desk.plots.editor.under_pointer) plot.pointed = -1, desk.pointing.next_hover = {};
  draw_axes(plot);
  if (!limit.column.empty()) draw_limit(plot, limit);
  if (shows_momentum(desk)) draw_momentum(desk, plot, order);
  draw_recordings(desk.recordings, true, plot);
  std::vector<Curve> curves;
  std::vector<std::string> values;
  for (int r : order) {
    const RunResult& run = desk.results[static_cast<size_t>(r)];
    draw_curve(desk.plots, plot, run, run.path.lr,
               {theme().runs[r], u(r == desk.session.selected ? 2.25f : 1.5f), 0, true, true, true});
    curves.push_back({r, run.path.lr, true});
    values.push_back(words_at(desk, r, spoken_step(desk, &plot)));
  }
  const bool selected_visible = std::find(order.begin(), order.end(), desk.session.selected) != order.end();
  if (desk.plots.show_effective && selected_visible && !desk.results[selected].training)
    draw_effective(desk, plot);
  if (!limit.column.empty()) label_limit(plot, limit, curves, desk.plots.editor);
  draw_handles(desk, plot);
  mark_lit(desk, plot);
  draw_pointing(desk, plot, curves, values);
  if (with_legend) legend(desk, plot);
  end_plot(
      desk, plot, [&](const RunResult& run) { return curve_words(desk.plots, run, run.path.lr, true); },
      limit_words(limit));
}

}  // namespace stride::lab
