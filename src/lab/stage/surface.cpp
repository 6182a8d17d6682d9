// The place of the surface: the mouse on it, and the type over it. The picture itself is drawn by render/
// beneath.
#include <algorithm>
#include <cmath>

#include "lab/session/edits.h"
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

float distance(render::ScreenPoint p, ImVec2 m) {
  return p.in_front ? std::hypot(p.x - m.x, p.y - m.y) : 1e9f;
}

Point start_shown(const Session& session) {
  return start_of(session.scenario, selected_run(session));
}

render::ScreenPoint project(const Session& session, const Stage& stage, double x, double y) {
  return stage.view.project(session.scenario.view, stage.area, x, y);
}

/// The step nearest to the pointer, if a bead is within reach: pointing at it shows that step everywhere.
void find_step(const Session& session, const std::vector<RunResult>& results, const Stage& stage,
               Hover& found, ImVec2 mouse) {
  float best = u(ImGui::GetIO().MouseSource == ImGuiMouseSource_TouchScreen ? 20 : 10);
  const Domain d = domain_of(session.scenario);
  const double mx = (d.xmax - d.xmin) * 0.1, my = (d.ymax - d.ymin) * 0.1;
  for (int r = 0; r < static_cast<int>(results.size()); ++r) {
    if (is_hidden(session.scenario, r)) continue;
    const Trajectory& path = results[static_cast<size_t>(r)].path;
    for (int t = 0; t < path.size(); ++t) {
      const double x = path.x[static_cast<size_t>(t)], y = path.y[static_cast<size_t>(t)];
      if (!(x > d.xmin - mx && x < d.xmax + mx && y > d.ymin - my && y < d.ymax + my)) continue;
      const float away = distance(project(session, stage, x, y), mouse);
      if (away < best) best = away, found = {r, t};
    }
  }
}

/// A finger that rests points, as a mouse does that is over something.
bool finger_rests() {
  const ImGuiIO& io = ImGui::GetIO();
  return io.MouseSource == ImGuiMouseSource_TouchScreen && io.MouseDownDuration[0] > 0.4f &&
         !ImGui::IsMouseDragging(0, u(8));
}

/// Four decimals are all that an eye tells apart, and keep links short.
void round_view(View& v) {
  for (double* x : {&v.yaw, &v.pitch, &v.zoom, &v.pan_x, &v.pan_y}) *x = std::round(*x * 1e4) / 1e4;
}

void take_mouse(const Target& area, Session& session, const Results& results, Stage& stage,
                Pointing& pointing) {
  const ImGuiIO& io = ImGui::GetIO();
  View& view = session.scenario.view;
  const View was = view;
  const render::Rect& a = stage.area;
  const Point start = start_shown(session);
  const bool near_start = distance(project(session, stage, start.x, start.y), io.MousePos) < u(14);
  const bool hovered = area.hovered;
  if (area.taken) stage.dragging_start = near_start && io.MouseClicked[0] && !io.KeyShift;
  if (area.held) {
    if (stage.dragging_start) {
      if (const auto p = stage.view.pick(view, a, io.MousePos.x, io.MousePos.y)) move_start(session, *p);
    } else if (ImGui::IsMouseDragging(0, u(2)) || ImGui::IsMouseDragging(1, 0) ||
               ImGui::IsMouseDragging(2, 0)) {
      const bool pan = view.flat || io.KeyShift || io.MouseDown[1] || io.MouseDown[2];
      if (pan)
        stage.view.move(view, a, io.MousePos.x - io.MouseDelta.x, io.MousePos.y - io.MouseDelta.y,
                        io.MousePos.x, io.MousePos.y);
      else
        stage.view.turn(view, io.MouseDelta.x, io.MouseDelta.y, u(1));
    }
  } else {
    stage.dragging_start = false;
  }
  if (hovered && io.MouseWheel != 0)
    stage.view.zoom_at(view, a, io.MousePos.x, io.MousePos.y, std::exp(0.12 * io.MouseWheel));
  if (!(view == was)) round_view(view);
  if (hovered && ImGui::IsMouseDoubleClicked(0))
    if (const auto p = stage.view.pick(view, a, io.MousePos.x, io.MousePos.y)) move_start(session, *p);
  if (hovered && (!area.held || finger_rests()))
    find_step(session, results.runs(), stage, pointing.next_hover, io.MousePos);
  if (near_start && hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
}

}  // namespace

const char* const view_keys_help = "Arrows turn the surface, with Shift they move it, + and - zoom.";

void take_view_keys(const Target& area, View& view, Stage& stage) {
  if (!area.focused) return;
  const ImGuiIO& io = ImGui::GetIO();
  const render::Rect& a = stage.area;
  const View was = view;
  const float x = a.x + a.w / 2, y = a.y + a.h / 2, far = u(16), dx = far * float(arrow_x(area)),
              dy = far * float(arrow_y(area));
  if (dx != 0 || dy != 0) {
    if (view.flat || io.KeyShift)
      stage.view.move(view, a, x, y, x + dx, y + dy);
    else
      stage.view.turn(view, dx, dy, u(1));
  }
  for (const ImWchar c : io.InputQueueCharacters)
    if (c == '+' || c == '-') stage.view.zoom_at(view, a, x, y, c == '+' ? 1.12 : 1 / 1.12);
  if (!(view == was)) round_view(view);
}

namespace {

/// For those who do not see it: the minima, and where the runs are.
std::string surface_words(const Session& session, const Results& results, int step) {
  std::string words, where;
  for (const Minimum& m : named_minima(results.objective()))
    where += (where.empty() ? "(" : ", (") + readable(m.x) + ", " + readable(m.y) + ")";
  if (!where.empty()) words = tr("minima at {0}", {where});
  for (size_t r = 0; r < results.size(); ++r) {
    if (is_hidden(session.scenario, static_cast<int>(r))) continue;
    const Trajectory& p = results[r].path;
    const auto i = static_cast<size_t>(row_at(results[r], step));
    words += (words.empty() ? "" : "; ") +
             tr("{0} at ({1}, {2}), loss {3}",
                {name_of(session.scenario.runs[r]), readable(p.x[i]), readable(p.y[i]), readable(p.loss[i])});
  }
  return words;
}

/// Whether what stands at the foot of the surface in words lies there already, or its buttons will.
bool is_taken(const render::Rect& area, ImVec2 at, ImVec2 size) {
  const float gap = u(4);
  constexpr int count = 4;
  const ImVec2 first = button_place(area, 0, count), last = button_place(area, count - 1, count);
  if (at.x + size.x + gap > first.x && at.y < last.y + u(32) + gap && at.y + size.y + gap > first.y)
    return true;
  return std::any_of(controls().begin(), controls().end(), [&](const Control& c) {
    return c.role == Role::status && c.group == "surface" && at.x < c.at.x + c.size.x + gap &&
           at.x + size.x + gap > c.at.x && at.y < c.at.y + c.size.y + gap && at.y + size.y + gap > c.at.y;
  });
}

}  // namespace

void start_ring(Session& session, const Stage& stage) {
  const Point p = start_shown(session);
  const render::ScreenPoint s = project(session, stage, p.x, p.y);
  if (!s.in_front) return;
  const Theme& t = theme();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddCircle({s.x, s.y}, u(9), t.panel, 0, u(4));
  draw->AddCircle({s.x, s.y}, u(9), t.runs[session.selected], 0, u(2));
  const float size = target_height(28);
  const Target ring = target_within(Role::slider, "start", {s.x - size / 2, s.y - size / 2}, {size, size},
                                    "Drag it, or double-click on the surface, to start somewhere else.",
                                    !is_locked(session, lock_start), two_numbers);
  const Domain d = domain_of(session.scenario);
  const double step = (d.xmax - d.xmin) / 100;
  if (const double* wanted = number_asked(ring)) move_start(session, {wanted[0], wanted[1]});
  if (const double* steps = steps_asked(ring))
    move_start(session, {p.x + steps[0] * step, p.y + steps[1] * step});
  const Point now = start_shown(session);
  set_state(ring,
            {.value = "(" + readable(now.x) + ", " + readable(now.y) + ")", .min = d.xmin, .max = d.xmax});
}

void walker_cloud(const Session& session, const Results& results, const Stage& stage, int step) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  for (int r = 0; r < static_cast<int>(results.size()); ++r) {
    const ManyWalkers* many = is_hidden(session.scenario, r) ? nullptr : results.many(static_cast<size_t>(r));
    if (!many) continue;
    // While an answer plays none is ahead of its run.
    const int last = results[static_cast<size_t>(r)].path.diverged_at < 0
                         ? results[static_cast<size_t>(r)].path.size() - 1
                         : step;
    for (const Trajectory& path : many->paths) {
      const size_t t = static_cast<size_t>(std::clamp(std::min(step, last), 0, path.size() - 1));
      const render::ScreenPoint at = project(session, stage, path.x[t], path.y[t]);
      if (!at.in_front) continue;
      draw->AddCircleFilled({at.x, at.y}, u(3.5f), theme().panel);
      draw->AddCircleFilled({at.x, at.y}, u(2.5f), theme().runs[r]);
    }
  }
}

void surface_labels(const Session& session, const Stage& stage) {
  const Theme& t = theme();
  push_type(Type::small);
  for (const render::Label& l : stage.view.labels(session.scenario.view, stage.area, u(1))) {
    if (!l.at.in_front) continue;
    const ImVec2 size = ImGui::CalcTextSize(l.text.c_str());
    ImVec2 at{std::round(l.at.x - l.align_x * size.x), std::round(l.at.y - l.align_y * size.y)};
    const render::Rect& a = stage.area;
    const ImVec2 last{a.x + a.w - size.x - u(2), a.y + a.h - size.y - u(2)};
    // One that the edge would cut moves in; one that lies beyond it stays away.
    if (at.x > last.x + size.x || at.y > last.y + size.y || at.x + size.x < a.x || at.y + size.y < a.y)
      continue;
    at = {std::clamp(at.x, a.x + u(2), std::max(last.x, a.x + u(2))),
          std::clamp(at.y, a.y + u(2), std::max(last.y, a.y + u(2)))};
    if (is_taken(a, at, size)) continue;
    // Where it lies on the picture, whose colours may be its own.
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled({at.x - u(2), at.y}, {at.x + size.x + u(2), at.y + size.y}, t.ground, u(3));
    draw->AddText(at, t.muted, l.text.c_str());
  }
  pop_type();
}

void step_label(const Session& session, const Results& results, const Stage& stage, const Pointing& pointing,
                int step) {
  if (pointing.hover.run < 0 || pointing.hover.step < 0 ||
      pointing.hover.run >= static_cast<int>(results.size()) ||
      !ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem))
    return;
  const RunResult& result = results[static_cast<size_t>(pointing.hover.run)];
  const Trajectory& p = result.path;
  const size_t i = static_cast<size_t>(row_at(result, step));
  const std::string words =
      tr("step {0}\n({1}, {2})\nloss {3}\nrate {4}",
         {readable_whole(i), readable(p.x[i]), readable(p.y[i]), readable(p.loss[i]), readable(p.lr[i])});
  const render::ScreenPoint s = project(session, stage, p.x[i], p.y[i]);
  push_type(Type::small);
  const ImVec2 size = ImGui::CalcTextSize(words.c_str());
  const render::Rect& a = stage.area;
  const ImVec2 at{std::clamp(s.x + u(14), a.x + u(4), a.x + a.w - size.x - u(20)),
                  std::clamp(s.y - size.y - u(22), a.y + u(4), a.y + a.h - size.y - u(20))};
  const Theme& t = theme();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(at, {at.x + size.x + u(16), at.y + size.y + u(12)}, t.panel, u(6));
  draw->AddRect(at, {at.x + size.x + u(16), at.y + size.y + u(12)}, t.runs[pointing.hover.run], u(6), 0,
                u(1));
  draw->AddText({at.x + u(8), at.y + u(6)}, t.text, words.c_str());
  pop_type();
}

namespace {
int button_rows(const render::Rect& a, int count) {
  return a.h >= icon_pitch(36) * static_cast<float>(count) + u(8) ? count : (count + 1) / 2;
}
}  // namespace

float buttons_width(const render::Rect& a, int count) {
  return u(32) + (button_rows(a, count) < count ? icon_pitch(36) : 0);
}

ImVec2 button_place(const render::Rect& a, int n, int count) {
  const int rows = button_rows(a, count);
  const int column = n / rows, row = n % rows;
  const float pitch = icon_pitch(36);
  return {a.x + a.w - u(12) - buttons_width(a, count) + pitch * static_cast<float>(column),
          a.y + u(12) + pitch * static_cast<float>(row)};
}

void view_buttons(View& view, const Stage& stage, bool* show_basins) {
  const render::Rect& a = stage.area;
  const int count = show_basins ? 4 : 3;  // the last one is the blindfold's
  int n = 0;
  const auto next = [&] { ImGui::SetCursorScreenPos(button_place(a, n++, count)); };
  const ImVec2 first = button_place(a, 0, count), last = button_place(a, button_rows(a, count) - 1, count);
  ImGui::GetWindowDrawList()->AddRectFilled(first, {first.x + buttons_width(a, count), last.y + u(32)},
                                            faded(theme().panel, 0.85f), u(6));
  next();
  if (button({"map", tr(view.flat ? "relief" : "map")}, icon::map, ButtonLook::icon, true,
             "Flat map or relief (M)"))
    view.flat = !view.flat;
  next();
  if (button("reset the view", icon::reset, ButtonLook::icon, true, "The whole surface, as at first (R)"))
    reset_camera(view);
  next();
  if (show_basins) {
    if (button("basins", icon::basins, ButtonLook::icon, true,
               "Where every start ends up: which minimum, how soon (B)"))
      *show_basins = !*show_basins;
    next();
  }
}

void surface_pointer(Session& session, const Results& results, Stage& stage, Pointing& pointing, int step) {
  const render::Rect& a = stage.area;
  ImGui::SetCursorScreenPos({a.x, a.y});
  const Target area = target(Role::img, "loss surface", {a.w, a.h}, view_keys_help, true,
                             any_button | overlapped | quiet | by_request);
  take_mouse(area, session, results, stage, pointing);
  take_view_keys(area, session.scenario.view, stage);
  if (step >= 0) set_state(area, {.value = surface_words(session, results, step)});
}

}  // namespace stride::lab
