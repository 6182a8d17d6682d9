#include "lab/plots/rate_handles.h"

#include <algorithm>
#include <cmath>

#include "imgui_internal.h"
#include "lab/session/edits.h"
#include "lab/session/locks.h"
#include "schedule_editing/schedule_curve.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

using Moves = Handle::Moves;

/// What the selected run has come to; null where it is hidden.
const RunResult* selected_result(const PlotDesk& desk) {
  if (is_hidden(desk.session.scenario, desk.session.selected)) return nullptr;
  return &desk.results[static_cast<size_t>(desk.session.selected)];
}

bool hears(const Run& run) {
  return ScheduleRun(run.schedule, 1, 1).listens();
}

/// Where the schedule listens to the loss, its curve is known as far as the run has come.
Course course_of(const PlotDesk& desk, const Run& run) {
  const RunResult* result = hears(run) ? selected_result(desk) : nullptr;
  if (!result) return {desk.session.scenario.steps, {}};
  return {std::max(result->path.size() - 1, 1), result->path.loss};
}

float reach() {
  return ImGui::GetIO().MouseSource == ImGuiMouseSource_TouchScreen ? u(20) : target_height(24) / 2;
}

double step_at(const Axes& a, float x) {
  return a.first + (x - a.at.x) / a.size.x * (a.last - a.first);
}

/// Also above the plot, so that the hand can leave it upwards; the scale follows when it lets go.
double rate_at_height(const Axes& a, float y) {
  const double lo = to_ruler(a.y, a.y.lo), hi = to_ruler(a.y, a.y.hi);
  const double f = std::clamp(static_cast<double>((a.end().y - y) / a.size.y), -0.5, 3.0);
  return from_ruler(a.y, lo + f * (hi - lo));
}

Handle* handle_named(CurveEditor& editor, const std::string& name) {
  for (Handle& h : editor.handles)
    if (h.name == name) return &h;
  return nullptr;
}

/// The order in which discs take the pointer: the nearest first, else as they come.
std::vector<size_t> taking_order(const CurveEditor& editor, const Axes& a) {
  std::vector<size_t> order;
  for (size_t i = 0; i < editor.handles.size(); ++i)
    if (in_sight(a, editor.handles[i])) order.push_back(i);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const auto nearest = std::min_element(order.begin(), order.end(), [&](size_t i, size_t k) {
    return apart(editor.spots[i], mouse) < apart(editor.spots[k], mouse);
  });
  if (nearest != order.end() && apart(editor.spots[*nearest], mouse) <= 2 * reach())
    std::rotate(order.begin(), nearest, nearest + 1);
  return order;
}

void grab(CurveEditor& editor, const Axes& a, const Handle& h) {
  editor.held_name = h.name;
  editor.held = h;
  editor.pressed_at = ImGui::GetIO().MousePos;
  const ImVec2 at = place_of(a, h);
  editor.held_at = {at.x - a.at.x, at.y - a.at.y};
  editor.away = false;
  editor.scale = a.y;
}

/// The run with the held handle where the pointer is.
bool drag(const PlotDesk& desk, CurveEditor& editor, const Axes& a) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  editor.away |= apart(mouse, editor.pressed_at) > u(2);
  if (!editor.away) return false;
  // What the panel above shows may grow and push the plot down; the hand has moved no further for it.
  const float x = a.at.x + editor.held_at.x + mouse.x - editor.pressed_at.x;
  const float y = a.at.y + editor.held_at.y + mouse.y - editor.pressed_at.y;
  Handle h = editor.held;
  if (const Handle* now = handle_named(editor, editor.held_name)) h = *now;
  if (h.moves == Moves::rate) h.step = editor.held.step;
  Run& run = selected_run(desk.session);
  Run next = moved(run, h, step_at(a, x), rate_at_height(a, y), course_of(desk, run));
  if (next == run) return false;
  run = std::move(next);
  return true;
}

/// Arrow keys change a focused handle's value a little, Shift more; Delete takes a point away.
bool keys(const PlotDesk& desk, const Handle& h, ImGuiID id) {
  constexpr ImGuiKey arrows[] = {ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_DownArrow,
                                 ImGuiKey_UpArrow};
  int pressed[4];
  for (int i = 0; i < 4; ++i) {
    ImGui::SetKeyOwner(arrows[i], id);
    pressed[i] = ImGui::IsKeyPressed(arrows[i], ImGuiInputFlags_Repeat, id);
  }
  const int by = ImGui::GetIO().KeyShift ? 10 : 1;
  const int along = (pressed[1] - pressed[0]) * by, up = (pressed[3] - pressed[2]) * by;
  Run& run = selected_run(desk.session);
  Run next = run;
  // A handle that moves one way listens to both pairs of keys.
  if (h.moves == Moves::both)
    next = nudged(run, h, along, along ? 0 : up, course_of(desk, run));
  else if (along + up)
    next = nudged(run, h, along + up, along + up, course_of(desk, run));
  if (h.moves == Moves::both && h.nest.empty() && ImGui::IsKeyPressed(ImGuiKey_Delete))
    next = without_point(run, h.index);
  if (next == run) return false;
  run = std::move(next);
  return true;
}

bool set_handle(Session& session, const Handle& h, const double* wanted) {
  Run& run = selected_run(session);
  Run next = with_value(run, h, wanted[0], wanted[1]);
  if (next == run) return false;
  run = std::move(next);
  return true;
}

/// One disc as a target: grabbed, dragged, nudged or taken away. True if the run has changed.
bool take_one(const PlotDesk& desk, CurveEditor& editor, const Axes& a, size_t i) {
  const Handle h = editor.handles[i];
  const ImVec2 size{2 * reach(), 2 * reach()};
  const ImVec2 at{editor.spots[i].x - size.x / 2, editor.spots[i].y - size.y / 2};
  ImGui::SetCursorScreenPos(at);
  const char* help =
      h.param < 0 ? "The optimizer's learning rate." : param_of(selected_run(desk.session), h).help;
  const bool point = h.moves == Moves::both && h.nest.empty();
  const Target it = target(Role::slider, {h.name.c_str(), tr("handle {0}", {h.name})}, size, help, true,
                           any_way | quiet | (h.moves == Moves::both ? two_numbers : 0u));
  const bool held = editor.held_name == h.name;
  if (it.hovered || it.focused || held) editor.hot = static_cast<int>(i);
  editor.under_pointer |= it.hovered || held;
  if (it.hovered || held)
    ImGui::SetMouseCursor(h.moves == Moves::step   ? ImGuiMouseCursor_ResizeEW
                          : h.moves == Moves::rate ? ImGuiMouseCursor_ResizeNS
                                                   : ImGuiMouseCursor_ResizeAll);
  bool changed = false;
  if (point && it.hovered && ImGui::IsMouseDoubleClicked(0)) {
    Run next = without_point(selected_run(desk.session), h.index);
    changed = next != selected_run(desk.session);
    selected_run(desk.session) = std::move(next);
    editor.held_name.clear();
  } else if (it.taken && ImGui::IsMouseDown(0)) {
    grab(editor, a, h);
  }
  if (const double* wanted = number_asked(it)) changed |= set_handle(desk.session, h, wanted);
  if (it.focused && !held) changed |= keys(desk, h, it.id);
  set_state(it, {handle_words(h), h.min, h.max, h.value});
  return changed;
}

/// A press on a drawn curve between its points puts one there, which the hand then holds.
bool take_new_point(const PlotDesk& desk, CurveEditor& editor, const Axes& a) {
  const ImGuiID id = ImGui::GetID("new point");
  const bool mine = GImGui->ActiveId == id;
  if (!mine && !(ImGui::IsMouseClicked(0) && over_curve(desk, a))) return false;
  const ImVec2 m = ImGui::GetIO().MousePos;
  ImGui::SetCursorScreenPos({m.x - u(4), m.y - u(4)});
  if (!takes_press("new point", {u(8), u(8)})) return false;
  Run& run = selected_run(desk.session);
  const Course course = course_of(desk, run);
  int index = -1;
  run = with_point(run, static_cast<int>(std::lround(step_at(a, m.x))), course, index);
  if (index < 0) {
    refuse(desk.session, tr("Thirty-two points are the most that a drawn curve has here."));
    return false;
  }
  for (const Handle& h : schedule_handles(run, course))
    if (h.moves == Moves::both && h.index == index) grab(editor, a, h);
  return true;
}

/// Drawing: the whole plot is paper.
bool take_stroke(const PlotDesk& desk, CurveEditor& editor, const Axes& a) {
  ImGui::SetCursorScreenPos(a.at);
  const Target paper = target(Role::img, "paper", a.size, "Drag to draw the learning rate.", true,
                              no_keyboard | any_way | quiet);
  if (paper.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  Run& run = selected_run(desk.session);
  const Course course = course_of(desk, run);
  if (paper.taken && ImGui::IsMouseDown(0)) {
    editor.stroke = begin_stroke(run, course);
    editor.stroking = true;
    editor.scale = a.y;
  }
  if (!editor.stroking) return false;
  const bool done = !paper.held;
  const ImVec2 m = ImGui::GetIO().MousePos;
  if (!done) draw_to(editor.stroke, step_at(a, m.x), rate_at_height(a, std::max(m.y, a.at.y)), course);
  run = drawn(editor.stroke, course, done);
  editor.stroking = !done;
  return true;
}

bool take_discs(const PlotDesk& desk, CurveEditor& editor, const Axes& a) {
  lay_out(editor, a);
  bool changed = false;
  for (size_t i : taking_order(editor, a)) changed |= take_one(desk, editor, a, i);
  changed |= take_new_point(desk, editor, a);
  if (editor.held_name.empty()) return changed;
  if (!ImGui::IsMouseDown(0) || !ImGui::IsAnyItemActive())
    editor.held_name.clear();
  else
    changed |= drag(desk, editor, a);
  return changed;
}

}  // namespace

/// The rate of the plan under the pointer's step.
double curve_under(const PlotDesk& desk, const Axes& a) {
  const Run& run = selected_run(desk.session);
  const Course course = course_of(desk, run);
  const int step =
      std::clamp(static_cast<int>(std::lround(step_at(a, ImGui::GetIO().MousePos.x))), 0, course.steps);
  return rate_at(run, course, step);
}

bool over_curve(const PlotDesk& desk, const Axes& a) {
  const ImVec2 m = ImGui::GetIO().MousePos;
  if (!is_drawn(selected_run(desk.session)) || is_locked(desk.session, lock_schedule) || m.x < a.at.x ||
      m.x > a.end().x)
    return false;
  return std::fabs(m.y - a.y_of(curve_under(desk, a))) <= u(8);
}

std::string handle_words(const Handle& h) {
  if (h.moves == Moves::both)
    return tr("step {0}, factor {1}", {readable(h.step - h.origin), readable(h.value)});
  return readable(h.value);
}

bool is_drawing(const PlotDesk& desk) {
  return desk.plots.editor.drawing && is_drawn(selected_run(desk.session)) &&
         !is_locked(desk.session, lock_schedule);
}

void set_drawing(const PlotDesk& desk, bool on) {
  Run& run = selected_run(desk.session);
  if (on && !is_drawn(run)) run = as_drawn(run, course_of(desk, run));
  desk.plots.editor.drawing = on;
}

void find_handles(const PlotDesk& desk) {
  CurveEditor& editor = desk.plots.editor;
  const RunResult* result = selected_result(desk);
  if (!result) {
    editor.handles.clear();
    editor.spots.clear();
    editor.planned.clear();
    editor.steps = -1;
    editor.held_name.clear();
    return;
  }
  const Run& run = selected_run(desk.session);
  const Course course = course_of(desk, run);
  const unsigned locks = locks_of(desk.session);
  if (editor.steps == course.steps && editor.run == run && editor.locks == locks &&
      editor.result == result->id)
    return;
  const Trajectory& path = result->path;
  editor.handles = schedule_handles(run, course);
  std::erase_if(editor.handles, [&](const Handle& h) {
    return is_locked(desk.session, h.param < 0 ? lock_lr : lock_schedule);
  });
  if (!editor.held_name.empty()) {
    // What the hand holds stays where it was taken, also while the curve doesn't answer to it.
    Handle* h = handle_named(editor, editor.held_name);
    if (!h) h = &editor.handles.emplace_back(editor.held);
    if (h->moves == Moves::rate) {
      h->step = std::min(editor.held.step, static_cast<double>(course.steps));
      h->rate = rate_at(run, course, static_cast<int>(h->step));
    }
  }
  editor.planned.clear();
  if (course.losses.empty() && path.size() <= course.steps) {
    const std::vector<int> at = sampled_steps(course.steps);
    const std::vector<double> rates = rates_at(run, course, at);
    for (size_t i = 0; i < at.size(); ++i)
      if (at[i] + 1 >= path.size() && std::isfinite(rates[i]))
        editor.planned.insert(editor.planned.end(), {static_cast<double>(at[i]), rates[i]});
  }
  editor.run = run;
  editor.locks = locks;
  editor.steps = course.steps;
  editor.result = result->id;
}

bool take_handles(const PlotDesk& desk, Plot& plot) {
  CurveEditor& editor = desk.plots.editor;
  editor.hot = -1;
  editor.under_pointer = false;
  if (editor.holds()) plot.axes.y = editor.scale;
  if (editor.steps < 0 || !long_enough(plot.axes)) {
    editor.held_name.clear();
    editor.stroking = false;
    return false;
  }
  bool changed;
  if (is_drawing(desk)) {
    editor.held_name.clear();
    changed = take_stroke(desk, editor, plot.axes);
  } else {
    editor.stroking = false;
    changed = take_discs(desk, editor, plot.axes);
  }
  if (!changed) return false;
  desk.playback.playing = false;
  find_handles(desk);
  if (editor.holds()) plot.axes.y = editor.scale;
  return true;
}

}  // namespace stride::lab
