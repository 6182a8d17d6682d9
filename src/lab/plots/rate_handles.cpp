#include "lab/plots/rate_handles.h"

#include <algorithm>
#include <cmath>

#include "imgui_internal.h"
#include "schedule_editing/schedule_curve.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

namespace {

using Moves = Handle::Moves;

Run& selected_run(Lab& lab) {
  return lab.session.scenario.runs[static_cast<size_t>(lab.session.selected)];
}

const Trajectory* selected_path(const Lab& lab) {
  const size_t r = static_cast<size_t>(lab.session.selected);
  return r < lab.results.size() && r < lab.session.scenario.runs.size() &&
                 !is_hidden(lab, lab.session.selected)
             ? &lab.results[r].path
             : nullptr;
}

bool hears(const Run& run) {
  return ScheduleRun(run.schedule, 1, 1).listens();
}

/// Where the schedule listens to the loss, its curve is known as far as the run has come.
Course course_of(const Lab& lab, const Run& run) {
  const Trajectory* path = selected_path(lab);
  if (!path || !hears(run)) return {lab.session.scenario.steps, {}};
  return {std::max(path->size() - 1, 1), path->loss};
}

float apart(ImVec2 a, ImVec2 b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

float reach() {
  return u(ImGui::GetIO().MouseSource == ImGuiMouseSource_TouchScreen ? 20 : 12);
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

Handle* handle_named(CurveHand& hand, const std::string& name) {
  for (Handle& h : hand.handles)
    if (h.name == name) return &h;
  return nullptr;
}

/// The order in which discs take the pointer: the nearest first, else as they come.
std::vector<size_t> taking_order(const CurveHand& hand, const Axes& a) {
  std::vector<size_t> order;
  for (size_t i = 0; i < hand.handles.size(); ++i)
    if (in_sight(a, hand.handles[i])) order.push_back(i);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const auto nearest = std::min_element(order.begin(), order.end(), [&](size_t i, size_t k) {
    return apart(hand.spots[i], mouse) < apart(hand.spots[k], mouse);
  });
  if (nearest != order.end() && apart(hand.spots[*nearest], mouse) <= 2 * reach())
    std::rotate(order.begin(), nearest, nearest + 1);
  return order;
}

void grab(CurveHand& hand, const Axes& a, const Handle& h) {
  hand.held_name = h.name;
  hand.held = h;
  hand.pressed_at = ImGui::GetIO().MousePos;
  const ImVec2 at = place_of(a, h);
  hand.held_at = {at.x - a.at.x, at.y - a.at.y};
  hand.away = false;
  hand.scale = a.y;
}

/// The run with the held handle where the pointer is.
bool drag(Lab& lab, CurveHand& hand, const Axes& a) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  hand.away |= apart(mouse, hand.pressed_at) > u(2);
  if (!hand.away) return false;
  // What the panel above shows may grow and push the plot down; the hand has moved no further for it.
  const float x = a.at.x + hand.held_at.x + mouse.x - hand.pressed_at.x;
  const float y = a.at.y + hand.held_at.y + mouse.y - hand.pressed_at.y;
  Handle h = hand.held;
  if (const Handle* now = handle_named(hand, hand.held_name)) h = *now;
  if (h.moves == Moves::rate) h.step = hand.held.step;
  Run& run = selected_run(lab);
  Run next = moved(run, h, step_at(a, x), rate_at_height(a, y), course_of(lab, run));
  if (next == run) return false;
  run = std::move(next);
  return true;
}

/// Arrow keys change a focused handle's value a little, Shift more; Delete takes a point away.
bool keys(Lab& lab, const Handle& h, ImGuiID id) {
  constexpr ImGuiKey arrows[] = {ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_DownArrow,
                                 ImGuiKey_UpArrow};
  int pressed[4];
  for (int i = 0; i < 4; ++i) {
    ImGui::SetKeyOwner(arrows[i], id);
    pressed[i] = ImGui::IsKeyPressed(arrows[i], ImGuiInputFlags_Repeat, id);
  }
  const int by = ImGui::GetIO().KeyShift ? 10 : 1;
  const int along = (pressed[1] - pressed[0]) * by, up = (pressed[3] - pressed[2]) * by;
  Run& run = selected_run(lab);
  Run next = run;
  // A handle that moves one way listens to both pairs of keys.
  if (h.moves == Moves::both)
    next = nudged(run, h, along, along ? 0 : up, course_of(lab, run));
  else if (along + up)
    next = nudged(run, h, along + up, along + up, course_of(lab, run));
  if (h.moves == Moves::both && h.nest.empty() && ImGui::IsKeyPressed(ImGuiKey_Delete))
    next = without_point(run, h.index);
  if (next == run) return false;
  run = std::move(next);
  return true;
}

void record_handle(Lab& lab, const Handle& h, ImVec2 at, ImVec2 size, bool focused) {
  Control c;
  c.role = "slider";
  c.name = tr("handle {0}", {h.name});
  c.value = words_of(h);
  c.min = h.min, c.max = h.max, c.now = h.value;
  c.focused = focused;
  c.at = at, c.size = size;
  c.grip = true;
  c.help = tr(h.param < 0 ? "The optimizer's learning rate." : param_of(selected_run(lab), h).help);
  record(std::move(c));
}

/// One disc as an item: grabbed, dragged, nudged or taken away. True if the run has changed.
bool take_one(Lab& lab, CurveHand& hand, const Axes& a, size_t i) {
  const Handle h = hand.handles[i];
  const ImVec2 size{2 * reach(), 2 * reach()};
  const ImVec2 at{hand.spots[i].x - size.x / 2, hand.spots[i].y - size.y / 2};
  ImGui::SetCursorScreenPos(at);
  ImGui::InvisibleButton(("handle " + h.name).c_str(), size, ImGuiButtonFlags_EnableNav);
  const ImGuiID id = ImGui::GetItemID();
  const bool focused = GImGui->NavId == id && GImGui->NavCursorVisible, held = hand.held_name == h.name;
  if (ImGui::IsItemHovered() || focused || held) hand.hot = static_cast<int>(i);
  hand.under_pointer |= ImGui::IsItemHovered() || held;
  if (ImGui::IsItemHovered() || held)
    ImGui::SetMouseCursor(h.moves == Moves::step   ? ImGuiMouseCursor_ResizeEW
                          : h.moves == Moves::rate ? ImGuiMouseCursor_ResizeNS
                                                   : ImGuiMouseCursor_ResizeAll);
  bool changed = false;
  const bool point = h.moves == Moves::both && h.nest.empty();
  if (point && ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(0)) {
    Run next = without_point(selected_run(lab), h.index);
    changed = next != selected_run(lab);
    selected_run(lab) = std::move(next);
    hand.held_name.clear();
  } else if (ImGui::IsItemActivated() && ImGui::IsMouseDown(0)) {
    grab(hand, a, h);
  }
  if (focused && !held) changed |= keys(lab, h, id);
  record_handle(lab, h, at, size, focused);
  return changed;
}

/// A press on a drawn curve between its points puts one there, which the hand then holds.
bool take_new_point(Lab& lab, CurveHand& hand, const Axes& a) {
  const ImGuiID id = ImGui::GetID("new point");
  const bool mine = GImGui->ActiveId == id;
  if (!mine && !(ImGui::IsMouseClicked(0) && over_curve(lab, a))) return false;
  const ImVec2 m = ImGui::GetIO().MousePos;
  ImGui::SetCursorScreenPos({m.x - u(4), m.y - u(4)});
  ImGui::InvisibleButton("new point", {u(8), u(8)});
  if (!ImGui::IsItemActivated()) return false;
  Run& run = selected_run(lab);
  const Course course = course_of(lab, run);
  int index = -1;
  run = with_point(run, static_cast<int>(std::lround(step_at(a, m.x))), course, index);
  if (index < 0) {
    notify(lab, tr("Thirty-two points are the most that a drawn curve has here."), false);
    return false;
  }
  for (const Handle& h : schedule_handles(run, course))
    if (h.moves == Moves::both && h.index == index) grab(hand, a, h);
  return true;
}

/// Drawing: the whole plot is paper.
bool take_stroke(Lab& lab, CurveHand& hand, const Axes& a) {
  ImGui::SetCursorScreenPos(a.at);
  ImGui::InvisibleButton("paper", a.size);
  if (ImGui::IsItemHovered()) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  Control paper;
  paper.role = "img";
  paper.name = tr("paper");
  paper.at = a.at, paper.size = a.size;
  paper.grip = true;
  paper.help = tr("Drag to draw the learning rate.");
  record(std::move(paper));
  Run& run = selected_run(lab);
  const Course course = course_of(lab, run);
  if (ImGui::IsItemActivated() && ImGui::IsMouseDown(0)) {
    hand.stroke = begin_stroke(run, course);
    hand.stroking = true;
    hand.scale = a.y;
  }
  if (!hand.stroking) return false;
  const bool done = !ImGui::IsItemActive();
  const ImVec2 m = ImGui::GetIO().MousePos;
  if (!done) draw_to(hand.stroke, step_at(a, m.x), rate_at_height(a, std::max(m.y, a.at.y)), course);
  run = drawn(hand.stroke, course, done);
  hand.stroking = !done;
  return true;
}

bool take_discs(Lab& lab, CurveHand& hand, const Axes& a) {
  lay_out(hand, a);
  bool changed = false;
  for (size_t i : taking_order(hand, a)) changed |= take_one(lab, hand, a, i);
  changed |= take_new_point(lab, hand, a);
  if (hand.held_name.empty()) return changed;
  if (!ImGui::IsMouseDown(0) || !ImGui::IsAnyItemActive())
    hand.held_name.clear();
  else
    changed |= drag(lab, hand, a);
  return changed;
}

}  // namespace

/// The rate of the plan under the pointer's step.
double curve_under(Lab& lab, const Axes& a) {
  const Run& run = selected_run(lab);
  const Course course = course_of(lab, run);
  const int step =
      std::clamp(static_cast<int>(std::lround(step_at(a, ImGui::GetIO().MousePos.x))), 0, course.steps);
  return rate_at(run, course, step);
}

bool over_curve(Lab& lab, const Axes& a) {
  const ImVec2 m = ImGui::GetIO().MousePos;
  if (!is_drawn(selected_run(lab)) || is_locked(lab.session, lock_schedule) || m.x < a.at.x ||
      m.x > a.end().x)
    return false;
  return std::fabs(m.y - a.y_of(curve_under(lab, a))) <= u(8);
}

std::string words_of(const Handle& h) {
  if (h.moves == Moves::both)
    return tr("step {0}, factor {1}", {readable(h.step - h.origin), readable(h.value)});
  return readable(h.value);
}

CurveHand& hand_of(Lab& lab) {
  if (!lab.plots.hand) lab.plots.hand = std::make_shared<CurveHand>();
  return *lab.plots.hand;
}

bool is_drawing(Lab& lab) {
  return hand_of(lab).drawing && is_drawn(selected_run(lab)) && !is_locked(lab.session, lock_schedule);
}

void set_drawing(Lab& lab, bool on) {
  Run& run = selected_run(lab);
  if (on && !is_drawn(run)) run = as_drawn(run, course_of(lab, run));
  hand_of(lab).drawing = on;
  update(lab);
}

void find_handles(Lab& lab) {
  CurveHand& hand = hand_of(lab);
  const Trajectory* path = selected_path(lab);
  if (!path) {
    hand.handles.clear();
    hand.spots.clear();
    hand.planned.clear();
    hand.steps = -1;
    hand.held_name.clear();
    return;
  }
  const Run& run = selected_run(lab);
  const Course course = course_of(lab, run);
  const double last = path->loss.empty() ? 0 : path->loss.back();
  const bool same_end = hand.losses == path->loss.data() && (hand.last_loss == last || std::isnan(last));
  const unsigned locks = lab.session.locks;
  if (hand.steps == course.steps && hand.run == run && hand.locks == locks && same_end) return;
  hand.handles = schedule_handles(run, course);
  std::erase_if(hand.handles, [&](const Handle& h) {
    return is_locked(lab.session, h.param < 0 ? lock_lr : lock_schedule);
  });
  if (!hand.held_name.empty()) {
    // What the hand holds stays where it was taken, also while the curve doesn't answer to it.
    Handle* h = handle_named(hand, hand.held_name);
    if (!h) h = &hand.handles.emplace_back(hand.held);
    if (h->moves == Moves::rate) {
      h->step = std::min(hand.held.step, static_cast<double>(course.steps));
      h->rate = rate_at(run, course, static_cast<int>(h->step));
    }
  }
  hand.planned.clear();
  if (course.losses.empty() && path->size() <= course.steps) {
    const std::vector<int> at = sampled_steps(course.steps);
    const std::vector<double> rates = rates_at(run, course, at);
    for (size_t i = 0; i < at.size(); ++i)
      if (at[i] + 1 >= path->size() && std::isfinite(rates[i]))
        hand.planned.insert(hand.planned.end(), {static_cast<double>(at[i]), rates[i]});
  }
  hand.run = run;
  hand.locks = locks;
  hand.steps = course.steps;
  hand.losses = path->loss.data();
  hand.last_loss = last;
}

bool take_handles(Lab& lab, Plot& plot) {
  CurveHand& hand = hand_of(lab);
  hand.hot = -1;
  hand.under_pointer = false;
  if (hand.holds()) plot.axes.y = hand.scale;
  if (hand.steps < 0 || !long_enough(plot.axes)) {
    hand.held_name.clear();
    hand.stroking = false;
    return false;
  }
  bool changed;
  if (is_drawing(lab)) {
    hand.held_name.clear();
    changed = take_stroke(lab, hand, plot.axes);
  } else {
    hand.stroking = false;
    changed = take_discs(lab, hand, plot.axes);
  }
  if (!changed) return false;
  lab.playback.playing = false;
  update(lab);
  find_handles(lab);
  if (hand.holds()) plot.axes.y = hand.scale;
  return true;
}

}  // namespace stride::lab
