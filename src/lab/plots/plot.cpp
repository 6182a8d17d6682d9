#include "lab/plots/plot.h"

#include <algorithm>
#include <cmath>

#include "lab/recordings/recordings.h"
#include "lab/session/edits.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

constexpr float heading_height = 24;

float text_width(std::string_view words) {
  return ImGui::CalcTextSize(words.data(), words.data() + words.size()).x;
}

/// The last step that is worth showing: of the runs, or of a recorded training.
double last_step_of(const PlotDesk& desk) {
  return std::max({1.0, double(desk.session.scenario.steps), last_recorded(desk.recordings)});
}

StepAxis whole_axis(const PlotDesk& desk) {
  const double steps = last_step_of(desk);
  const StepAxis& axis = desk.pointing.axis;
  if (axis.of != desk.session.replaced || axis.last <= axis.first || axis.first >= steps) return {0, steps};
  return {std::max(axis.first, 0.0), std::min(axis.last, steps)};
}

/// Shows [first, last], shifted into the steps there are.
void show_steps(const PlotDesk& desk, double first, double last) {
  const double steps = last_step_of(desk);
  const double width = std::clamp(last - first, std::min(4.0, steps), steps);
  first = std::clamp(first, 0.0, steps - width);
  desk.pointing.axis = width >= steps ? StepAxis{} : StepAxis{first, first + width, desk.session.replaced};
}

/// Wheel, pan, scrub and double click on the item just made.
void take_pointer(const PlotDesk& desk, const Target& area, Plot& plot) {
  const ImGuiIO& io = ImGui::GetIO();
  const Axes& a = plot.axes;
  const bool hovered = area.hovered, held = area.held, wheel = takes_wheel(area);
  if (const int by = arrow_x(area)) {
    seek(desk.session, desk.playback, cursor_step(desk.session.scenario) + by * (io.KeyShift ? 10 : 1));
    desk.pointing.axis = {};
  }
  if (takes_key(area, ImGuiKey_Home)) seek(desk.session, desk.playback, 0);
  if (takes_key(area, ImGuiKey_End)) seek(desk.session, desk.playback, max_steps);
  if (!hovered && !held) return;
  const double width = a.last - a.first;
  const double under = std::clamp((io.MousePos.x - a.at.x) / a.size.x, 0.f, 1.f);
  const double step = a.first + under * width;
  plot.pointed = std::clamp(static_cast<int>(std::lround(step)), 0, desk.session.scenario.steps);
  desk.pointing.next_hover = {-1, plot.pointed};
  if (wheel && io.MouseWheel != 0) {
    const double zoomed = width * std::pow(0.85, static_cast<double>(io.MouseWheel));
    show_steps(desk, step - under * zoomed, step + (1 - under) * zoomed);
  }
  if (hovered && ImGui::IsMouseDoubleClicked(0)) desk.pointing.axis = {};
  if (!held) return;
  const bool left = ImGui::IsMouseDown(0);
  if (left && !io.KeyShift) {
    seek(desk.session, desk.playback, plot.pointed);
  } else if (io.MouseDelta.x != 0) {
    const double by = -io.MouseDelta.x / a.size.x * width;
    show_steps(desk, a.first + by, a.last + by);
  }
}

void vertical(const Plot& plot, double step, ImU32 colour) {
  const Axes& a = plot.axes;
  if (step < a.first || step > a.last) return;
  const float w = hairline_width(), x = std::round(a.x_of(step) - w / 2);
  plot.draw->AddRectFilled({x, a.at.y}, {x + w, a.end().y}, colour);
}

struct Line {
  int run;
  std::string name, value;
};

/// The box beside the pointer: the step, and a line for each run.
void values_box(const PlotDesk& desk, const Plot& plot, const std::vector<Line>& lines) {
  const ImVec2 mouse = ImGui::GetIO().MousePos, display = ImGui::GetIO().DisplaySize;
  const std::string heading = tr("step {0}", {readable_whole(plot.pointed)});
  const float row = u(18), pad = u(8), mark = u(16);
  float names = 0, numbers = 0;
  for (const Line& l : lines) {
    names = std::max(names, text_width(l.name));
    numbers = std::max(numbers, text_width(l.value));
  }
  const float w = std::max(mark + names + u(12) + numbers, text_width(heading)) + 2 * pad;
  const float h = row * static_cast<float>(lines.size() + 1) + 2 * pad - u(4);
  float x = mouse.x + u(14), y = mouse.y - h / 2;
  if (x + w > display.x - u(4)) x = mouse.x - u(14) - w;
  x = std::round(std::max(x, u(4)));
  y = std::round(std::clamp(y, u(4), std::max(display.y - h - u(4), u(4))));
  ImDrawList* draw = ImGui::GetForegroundDrawList();
  const Theme& t = theme();
  draw->AddRectFilled({x, y}, {x + w, y + h}, t.panel, u(6));
  draw->AddRect({x, y}, {x + w, y + h}, t.line, u(6), 0, hairline_width());
  draw->AddText({x + pad, y + pad - u(2)}, t.muted, heading.c_str());
  std::string spoken = heading;
  for (size_t i = 0; i < lines.size(); ++i) {
    const Line& l = lines[i];
    const float top = std::round(y + pad - u(2) + row * static_cast<float>(i + 1));
    run_mark(draw, {x + pad + u(4), top + row / 2 - u(1)}, u(4), l.run);
    draw->AddText({x + pad + mark, top}, l.run == desk.session.selected ? t.text : t.muted,
                  joined(l.name).c_str());
    draw->AddText({std::round(x + w - pad - text_width(l.value)), top}, t.text, l.value.c_str());
    spoken += "; " + l.name + " " + l.value;
  }
  note(Role::status, "values under the pointer", {x, y}, {w, h},
       {.value = spoken, .now = double(plot.pointed)});
}

}  // namespace

Plot begin_plot(const PlotDesk& desk, const char* name, const char* heading, const std::string& readout,
                float height, float below, const std::function<void(Plot&)>& first) {
  begin_group(name);
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float width = fill_width();
  text(tr(heading), TextLook::heading);
  push_type(Type::small);
  const float right = text_width(readout);
  pop_type();
  ImGui::SetCursorScreenPos({std::round(start.x + width - right), start.y + u(2)});
  text(readout, TextLook::muted);
  Plot p{name, {start.x, start.y + u(heading_height)}, {}, {}, -1, ImGui::GetWindowDrawList(), {}};
  p.size = {width, std::max(height - u(heading_height) - below, u(60))};
  const float axis_right = shows_momentum(desk) ? u(32) : u(14);
  p.axes.at = {std::round(p.at.x + u(48)), std::round(p.at.y + u(12))};
  p.axes.size = {std::max(std::round(p.size.x - u(48) - axis_right), 8.f),
                 std::max(std::round(p.size.y - u(36)), 8.f)};
  const StepAxis steps = whole_axis(desk);
  p.axes.first = steps.first;
  p.axes.last = steps.last;
  p.draw->AddRectFilled(p.at, {p.at.x + p.size.x, p.at.y + p.size.y}, theme().ground, u(6));
  if (first) first(p);
  ImGui::SetCursorScreenPos(p.at);
  p.area =
      target(Role::img, name, p.size,
             "Point at a step to see it everywhere; drag to move the cursor; the wheel zooms, shift-drag "
             "pans, a double click shows all steps.",
             true, any_button | quiet | by_request);
  take_pointer(desk, p.area, p);
  return p;
}

void place_text(ImDrawList* draw, ImVec2 at, ImVec2 min, ImVec2 max, ImU32 colour, const std::string& words) {
  const ImVec2 size = ImGui::CalcTextSize(words.c_str());
  at.x = std::max(std::min(at.x, max.x - size.x), min.x);
  at.y = std::max(std::min(at.y, max.y - size.y), min.y);
  draw->AddText({std::round(at.x), std::round(at.y)}, colour, words.c_str());
}

void draw_axes(const Plot& plot) {
  const Axes& a = plot.axes;
  const Theme& t = theme();
  const float w = hairline_width();
  push_type(Type::small);
  const float line = ImGui::GetFontSize();
  const ImVec2 min{plot.at.x + u(4), plot.at.y + u(2)},
      max{plot.at.x + plot.size.x - u(4), plot.at.y + plot.size.y - u(2)};
  for (const Tick& tick : ticks(a.y, u(a.y.kind == Scale::Kind::linear ? 28.f : 22.f) / a.size.y)) {
    const float y = std::round(a.y_of(tick.value) - w / 2);
    plot.draw->AddRectFilled({a.at.x, y}, {a.end().x, y + w}, t.line);
    place_text(plot.draw, {a.at.x - u(8) - text_width(tick.label), y - line / 2}, min, max, t.muted,
               tick.label);
  }
  draw_break(a.y, a.at, a.size.y);
  const float widest = text_width(readable_whole(static_cast<long long>(a.last))) + u(24);
  float taken = -1e9f;
  for (const Tick& tick :
       linear_ticks(a.first, a.last, std::clamp(static_cast<int>(a.size.x / widest), 2, 10), true)) {
    const float x = a.x_of(tick.value), half = text_width(tick.label) / 2;
    const float left = std::min(x - half, max.x - 2 * half);
    if (left < taken + u(8)) continue;
    taken = left + 2 * half;
    plot.draw->AddRectFilled({std::round(x - w / 2), a.end().y},
                             {std::round(x - w / 2) + w, a.end().y + u(4)}, t.line);
    place_text(plot.draw, {left, a.end().y + u(6)}, min, max, t.muted, tick.label);
  }
  pop_type();
}

void draw_unit_axis(const Plot& plot) {
  const Axes& a = plot.axes;
  push_type(Type::small);
  const float line = ImGui::GetFontSize();
  const ImVec2 max{plot.at.x + plot.size.x - u(4), plot.at.y + plot.size.y};
  for (const Tick& tick : linear_ticks(0, 1, 2)) {
    const float y = a.end().y - static_cast<float>(tick.value) * a.size.y;
    place_text(plot.draw, {a.end().x + u(6), y - line / 2}, plot.at, max, theme().muted, tick.label);
  }
  pop_type();
}

int spoken_step(const PlotDesk& desk, const Plot* plot) {
  if (plot && plot->pointed >= 0) return plot->pointed;
  return shown_step(desk.session.scenario, desk.pointing, desk.playback);
}

void draw_pointing(const PlotDesk& desk, const Plot& plot, std::span<const Curve> curves,
                   const std::vector<std::string>& values) {
  const Axes& a = plot.axes;
  const Theme& t = theme();
  const int step = spoken_step(desk, &plot), cursor = cursor_step(desk.session.scenario);
  std::string spoken = tr("step {0}", {readable_whole(step)});
  for (size_t i = 0; i < curves.size(); ++i)
    spoken +=
        "; " + name_of(desk.session.scenario.runs[static_cast<size_t>(curves[i].run)]) + " " + values[i];
  set_detail(plot.area, spoken, true);
  for (const Curve& c : curves)
    if (curves.size() > 1) mark_curve(plot, c.values, c.run);
  const bool hovering = plot.pointed >= 0 || (desk.pointing.hover.step >= 0 && !desk.playback.playing);
  vertical(plot, cursor, faded(t.text, step == cursor ? 0.75f : 0.35f));
  if (!hovering) return;
  if (step != cursor) vertical(plot, step, faded(t.text, 0.75f));
  const bool in_sight = step >= a.first && step <= a.last;
  float nearest = 1e9f;
  for (const Curve& c : curves) {
    if (!in_sight || step >= static_cast<int>(c.values.size())) continue;
    const bool last = c.ends_level && step > 0 && step + 1 == static_cast<int>(c.values.size());
    const ImVec2 at{a.x_of(step), a.y_of(c.values[static_cast<size_t>(last ? step - 1 : step)])};
    plot.draw->AddCircleFilled(at, u(5), t.ground);
    run_mark(plot.draw, at, u(3.5f), c.run);
    const float away = std::fabs(at.y - ImGui::GetIO().MousePos.y);
    if (plot.pointed >= 0 && away < nearest) nearest = away, desk.pointing.next_hover.run = c.run;
  }
  if (plot.pointed < 0) return;
  push_type(Type::small);
  std::vector<Line> lines;
  for (size_t i = 0; i < curves.size(); ++i)
    lines.push_back({curves[i].run,
                     elide(name_of(desk.session.scenario.runs[static_cast<size_t>(curves[i].run)]), u(150)),
                     values[i]});
  std::sort(lines.begin(), lines.end(), [](const Line& x, const Line& y) { return x.run < y.run; });
  values_box(desk, plot, lines);
  pop_type();
}

void end_plot(const PlotDesk& desk, const Plot& plot, const RunWords& words, const std::string& also) {
  std::vector<int> order = drawing_order(desk);
  std::sort(order.begin(), order.end());
  const std::vector<RunResult>& runs = desk.results.runs();
  std::string sentence;
  for (int r : order)
    sentence += (sentence.empty() ? "" : "; ") + name_of(desk.session.scenario.runs[static_cast<size_t>(r)]) +
                ": " + words(runs[static_cast<size_t>(r)]);
  if (!also.empty()) sentence += "; " + also;
  set_place(plot.area, plot.axes.at, plot.axes.size);
  set_state(plot.area, {sentence, plot.axes.first, plot.axes.last, double(spoken_step(desk, &plot))});
  end_group();
}

bool shows_momentum(const PlotDesk& desk) {
  if (!desk.plots.show_momentum) return false;
  int r = 0;
  for (const RunResult& run : desk.results.runs()) {
    const std::vector<double>& m = run.path.momentum;
    if (!is_hidden(desk.session.scenario, r++) && !m.empty() && !std::isnan(m[0])) return true;
  }
  return false;
}

std::vector<int> drawing_order(const PlotDesk& desk) {
  std::vector<int> order;
  for (int r = 0; r < static_cast<int>(desk.session.scenario.runs.size()); ++r)
    if (!is_hidden(desk.session.scenario, r)) order.push_back(r);
  std::stable_partition(order.begin(), order.end(), [&](int r) { return r != desk.session.selected; });
  return order;
}

}  // namespace stride::lab
