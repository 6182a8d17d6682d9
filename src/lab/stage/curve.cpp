// The stage of a curve: the loss as a line over the one weight, the walkers on it, each step an arc from where it
// stood to where it landed; the tangent at the walker, and below the line how far the step goes.
#include <algorithm>
#include <cmath>

#include "lab/session/edits.h"
#include "lab/session/ground.h"
#include "lab/session/locks.h"
#include "lab/stage/stage.h"
#include "text/text.h"
#include "ui/plot_area.h"
#include "ui/target.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

constexpr int most_arcs = 200;  // the last ones before the cursor: more would hide the line

/// The line, sampled, and where it is drawn.
struct Line {
  PlotArea area;
  std::vector<double> heights;
  float band;  ///< the y at which the step's length is drawn
};

double place_of(const Line& line, size_t sample) {
  const Scale& x = line.area.x;
  return x.lo + (x.hi - x.lo) * static_cast<double>(sample) / static_cast<double>(line.heights.size() - 1);
}

Line line_of(const Session& session, const Objective& f, const render::Rect& a) {
  const Domain d = domain_of(session.scenario);
  Line line;
  const size_t samples = static_cast<size_t>(std::max(a.w / 2, 32.0f));
  line.area.x = {Scale::Kind::linear, d.xmin, d.xmax};
  line.heights.resize(samples + 1);
  double low = no_limit, high = -no_limit;
  for (size_t i = 0; i <= samples; ++i) {
    const double value = line.heights[i] = f.at(place_of(line, i), 0).f;
    if (std::isfinite(value)) low = std::min(low, value), high = std::max(high, value);
  }
  if (!(low <= high)) low = 0, high = 1;
  const double air = std::max((high - low) * 0.08, 1e-9);
  const bool small = a.w < u(560);
  const float top = u(small ? 44 : 56), foot = u(small ? 112 : 128);
  line.area = fit_plot_area({a.x + u(8), a.y + top}, {a.w - u(16), std::max(a.h - top - foot, u(60))},
                            {Scale::Kind::linear, d.xmin, d.xmax},
                            {Scale::Kind::linear, low - air, high + air}, u(8));
  line.band = line.area.end().y + u(44);
  return line;
}

ImVec2 spot(const Line& line, double x, double loss) {
  return {line.area.x_of(x), line.area.y_of(loss)};
}

ImVec2 spot(const Line& line, const Trajectory& path, int t) {
  return spot(line, path.x[static_cast<size_t>(t)], path.loss[static_cast<size_t>(t)]);
}

bool in_sight(const Line& line, double x) {
  return x >= line.area.x.lo && x <= line.area.x.hi;
}

void draw_line(const Line& line) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  for (size_t i = 0; i < line.heights.size(); ++i)
    if (std::isfinite(line.heights[i])) draw->PathLineTo(spot(line, place_of(line, i), line.heights[i]));
  draw->PathStroke(theme().text, 0, u(2));
}

/// The steps up to row `last`, as arcs that rise with their length.
void draw_steps(const Line& line, const Trajectory& path, int last, ImU32 colour) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  for (int t = std::max(last - most_arcs, 0); t < last; ++t) {
    const ImVec2 from = spot(line, path, t), to = spot(line, path, t + 1);
    const float rise = std::min(std::fabs(to.x - from.x) * 0.5f + u(6), line.area.size.y * 0.5f);
    const ImVec2 over{(from.x + to.x) / 2, std::max(std::min(from.y, to.y) - rise, line.area.at.y - u(8))};
    draw->AddBezierQuadratic(from, over, to, faded(colour, t + 8 < last ? 0.45f : 0.9f), u(1.5f));
    draw->AddCircleFilled(from, u(3), faded(colour, 0.8f));
  }
}

/// The tangent at the walker with its slope, and the greatest rate that doesn't climb out of a bowl curved like
/// this place.
void draw_tangent(const Line& line, const Derivatives& here, double x, double rate, ImU32 colour) {
  if (!std::isfinite(here.f) || !std::isfinite(here.dx) || !in_sight(line, x)) return;
  const Theme& t = theme();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const ImVec2 at = spot(line, x, here.f);
  const PlotArea& a = line.area;
  const double per_x = (a.x.hi - a.x.lo) / static_cast<double>(a.size.x),
               per_y = (a.y.hi - a.y.lo) / static_cast<double>(a.size.y);
  const float slope = static_cast<float>(-here.dx * per_x / per_y), reach = u(72);
  const float dx = reach / std::sqrt(1 + slope * slope), dy = dx * slope;
  draw->AddLine({at.x - dx, at.y - dy}, {at.x + dx, at.y + dy}, colour, u(2));
  std::string words = tr("slope {0}", {readable(here.dx)});
  const bool bowl = here.dxx > 0 && std::isfinite(here.dxx);
  if (bowl) words += "\n2 / f″ = " + readable(2 / here.dxx);
  push_type(Type::small);
  const ImVec2 size = ImGui::CalcTextSize(words.c_str());
  const float left = std::clamp(at.x + u(14), a.at.x, a.end().x - size.x - u(12));
  const float top = std::clamp(at.y - size.y - u(28), a.at.y, a.end().y - size.y - u(8));
  draw->AddRectFilled({left, top}, {left + size.x + u(12), top + size.y + u(8)}, faded(t.panel, 0.9f), u(4));
  draw->AddText({left + u(6), top + u(4)}, bowl && rate > 2 / here.dxx ? t.error : t.text, words.c_str());
  pop_type();
  note(Role::status, "tangent", {left, top}, {size.x + u(12), size.y + u(8)}, {.value = words});
}

/// Below the line: from where the walker stands to where its step goes.
void draw_length(const Line& line, const Trajectory& path, int row, ImU32 colour) {
  const size_t t = static_cast<size_t>(row);
  if (row + 1 >= path.size()) return;
  const double from = path.x[t], to = path.x[t + 1], slope = path.grad_x[t], rate = path.lr[t];
  if (!std::isfinite(to) || !std::isfinite(slope)) return;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float x0 = line.area.x_of(from), x1 = line.area.x_of(to), y = line.band;
  const float side = x1 < x0 ? -1.0f : 1.0f, head = std::min(u(7), std::fabs(x1 - x0));
  for (const auto& [x, loss] : {std::pair(x0, path.loss[t]), std::pair(x1, path.loss[t + 1])})
    draw->AddLine({x, line.area.y_of(loss)}, {x, y + u(6)}, faded(colour, 0.35f), hairline_width());
  draw->AddLine({x0, y}, {x1, y}, colour, u(3));
  draw->AddTriangleFilled({x1, y}, {x1 - side * head, y - u(5)}, {x1 - side * head, y + u(5)}, colour);
  // Plain descent goes by rate times slope; what others make of it is in the rule.
  const bool plain = std::fabs((from - to) - rate * slope) <= 1e-6 * std::fabs(rate * slope);
  const std::string length = readable(to - from);
  const std::string words = plain ? tr("step −{0} · {1} = {2}", {readable(rate), readable(slope), length})
                                  : tr("step {0}", {length});
  push_type(Type::small);
  const ImVec2 size = ImGui::CalcTextSize(words.c_str());
  const float last = std::max(line.area.end().x - size.x, line.area.at.x);
  const ImVec2 at{std::clamp((x0 + x1 - size.x) / 2, line.area.at.x, last), y + u(6)};
  draw->AddText(at, theme().text, words.c_str());
  pop_type();
  note(Role::status, "step length", at, size, {.value = words});
}

void find_step(const Line& line, const Scenario& scenario, const Results& results, Hover& found) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  float best = u(10);
  for (int r = 0; r < static_cast<int>(results.size()); ++r) {
    if (is_hidden(scenario, r)) continue;
    const Trajectory& path = results[static_cast<size_t>(r)].path;
    for (int t = 0; t < path.size(); ++t) {
      if (!in_sight(line, path.x[static_cast<size_t>(t)])) continue;
      const ImVec2 at = spot(line, path, t);
      const float away = std::hypot(at.x - mouse.x, at.y - mouse.y);
      if (away < best) best = away, found = {r, t};
    }
  }
}

/// Where the start is drawn, and the ball that stands at the cursor's step: either may be dragged.
void take_hand(const Target& area, const Line& line, Session& session, Stage& stage, ImVec2 start,
               ImVec2 ball) {
  const ImGuiIO& io = ImGui::GetIO();
  const auto near = [&](ImVec2 p) { return std::hypot(p.x - io.MousePos.x, p.y - io.MousePos.y) < u(14); };
  const bool on_handle = area.hovered && (near(start) || near(ball));
  if (area.taken) stage.dragging_start = on_handle;
  if (!area.held) stage.dragging_start = false;
  if (stage.dragging_start || (area.hovered && ImGui::IsMouseDoubleClicked(0))) {
    const Scale& x = line.area.x;
    const double at = static_cast<double>((io.MousePos.x - line.area.at.x) / line.area.size.x);
    move_start(session, {x.lo + (x.hi - x.lo) * at, 0});
  }
  if (on_handle) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
}

void draw_start(Session& session, ImVec2 at, double x) {
  const Theme& t = theme();
  ImGui::GetWindowDrawList()->AddCircle(at, u(9), t.runs[session.selected], 0, u(2));
  const float size = target_height(24);
  const Target ring = target_within(Role::slider, "start", {at.x - size / 2, at.y - size / 2}, {size, size},
                                    "Drag it, or double-click on the line, to start somewhere else.",
                                    !is_locked(session, lock_start), 0);
  set_state(ring, {.value = readable(x), .now = x});
  if (const double* wanted = number_asked(ring)) move_start(session, {wanted[0], 0});
}

}  // namespace

void curve_stage(Session& session, const Results& results, Stage& stage, Pointing& pointing, int step) {
  const Theme& t = theme();
  const render::Rect& a = stage.area;
  const Objective& f = results.objective();
  const Line line = line_of(session, f, a);
  ImGui::SetCursorScreenPos({a.x, a.y});
  const Target area = target(Role::img, "loss curve", {a.w, a.h}, "", true, overlapped | any_way);
  const Trajectory& path = results[static_cast<size_t>(session.selected)].path;
  const int row = row_at(results[static_cast<size_t>(session.selected)], step);
  const ImVec2 ball = spot(line, path, row);
  if (area.hovered && !area.held) find_step(line, session.scenario, results, pointing.next_hover);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->PushClipRect({a.x, a.y}, {a.x + a.w, a.y + a.h}, true);
  draw_scales(line.area, "x", "f(x)", true);
  draw_line(line);
  for (int r = 0; r < static_cast<int>(results.size()); ++r) {
    if (is_hidden(session.scenario, r)) continue;
    const RunResult& run = results[static_cast<size_t>(r)];
    draw_steps(line, run.path, row_at(run, step), t.runs[r]);
    run_mark(draw, spot(line, run.path, row_at(run, step)), u(7), r);
  }
  if (!is_hidden(session.scenario, session.selected)) {
    const size_t at = static_cast<size_t>(row);
    draw_tangent(line, f.at(path.x[at], 0), path.x[at], path.lr[at], t.accent);
    draw_length(line, path, row, t.runs[session.selected]);
  }
  draw->PopClipRect();
  const ImVec2 start = spot(line, path, 0);
  draw_start(session, start, path.x[0]);
  take_hand(area, line, session, stage, start, ball);  // last: what it changes, the next frame draws
}

}  // namespace stride::lab
