#include "platform/touch.h"

#include <cfloat>
#include <cmath>

#include "imgui_internal.h"
#include "ui/widgets.h"

namespace stride::platform {

namespace {

constexpr float slop = 8;  // CSS pixels that a resting finger may wander
constexpr float notch =
    0.12f;  // of the wheel, in the logarithm of the fingers' distance: the surface then follows them

/// The panel under a position that can scroll up and down, or none.
ImGuiWindow* scrollable_under(ImVec2 at) {
  ImGuiWindow *window = nullptr, *below = nullptr;
  ImGui::FindHoveredWindowEx(at, true, &window, &below);
  while (window && window->ScrollMax.y <= 0)
    window = window->Flags & ImGuiWindowFlags_ChildWindow ? window->ParentWindow : nullptr;
  return window;
}

bool on_grip(ImVec2 at) {
  for (const ui::Control& c : ui::controls())
    if (c.grip && at.x >= c.at.x && at.y >= c.at.y && at.x < c.at.x + c.size.x && at.y < c.at.y + c.size.y)
      return true;
  return false;
}

bool on_curves(ImVec2 at) {
  for (const ui::Control& c : ui::controls())
    if (c.curves && at.x >= c.at.x && at.y >= c.at.y && at.x < c.at.x + c.size.x && at.y < c.at.y + c.size.y)
      return true;
  return false;
}

ImVec2 middle(ImVec2 a, ImVec2 b) {
  return {(a.x + b.x) / 2, (a.y + b.y) / 2};
}

float apart(ImVec2 a, ImVec2 b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

void mouse_at(ImVec2 at) {
  ImGui::GetIO().AddMouseSourceEvent(ImGuiMouseSource_TouchScreen);
  ImGui::GetIO().AddMousePosEvent(at.x, at.y);
}

}  // namespace

Touch::Finger* Touch::find(int id) {
  for (Finger& f : fingers)
    if (f.id == id) return &f;
  return nullptr;
}

void Touch::press(ImVec2 at) {
  mouse_at(at);
  ImGui::GetIO().AddMouseButtonEvent(0, true);
  state = State::pressing;
}

void Touch::down(int id, ImVec2 at) {
  Finger* free = find(-1);
  if (!free || find(id)) return;
  *free = {id, at, at};
  if (state == State::idle) {
    const ImGuiWindow* window = on_grip(at) ? nullptr : scrollable_under(at);
    panel = window ? window->ID : 0;
    if (panel)
      state = State::undecided;
    else
      press(at);
  } else if (state == State::undecided) {
    state = State::scrolling;  // there is nothing to zoom in a panel
  } else if (state == State::pressing) {
    begin_pinch();
  }
}

void Touch::begin_pinch() {
  ImGui::GetIO().AddMouseButtonEvent(0, false);
  distance = apart(fingers[0].at, fingers[1].at);
  mouse_at(middle(fingers[0].at, fingers[1].at));
  ImGui::GetIO().AddMouseButtonEvent(1, true);
  state = State::pinching;
}

void Touch::pinch() {
  const float now = apart(fingers[0].at, fingers[1].at);
  mouse_at(middle(fingers[0].at, fingers[1].at));
  if (distance > 0 && now > 0) ImGui::GetIO().AddMouseWheelEvent(0, std::log(now / distance) / notch);
  distance = now;
}

void Touch::move(int id, ImVec2 at) {
  Finger* f = find(id);
  if (!f) return;
  const ImVec2 last = f->at;
  f->at = at;
  if (state == State::undecided && apart(at, f->start) > slop * scale) {
    if (std::fabs(at.y - f->start.y) > std::fabs(at.x - f->start.x))
      state = State::scrolling;
    else
      press(f->start);
  }
  if (state == State::pressing) mouse_at(at);
  if (state == State::scrolling && f == &fingers[0]) scroll_by += last.y - at.y;
  if (state == State::pinching) pinch();
}

void Touch::up(int id) {
  Finger* f = find(id);
  if (!f) return;
  ImGuiIO& io = ImGui::GetIO();
  if (state == State::undecided) press(f->start);  // a tap
  if (state == State::pressing) io.AddMouseButtonEvent(0, false);
  if (state == State::pinching) io.AddMouseButtonEvent(1, false);
  f->id = -1;
  // The finger that stays after two does nothing more; the picture would jump to it.
  const bool last_finger = fingers[0].id < 0 && fingers[1].id < 0;
  state = last_finger ? State::idle : State::scrolling;
  if (!last_finger) panel = 0;
  if (last_finger) io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);  // nothing stays hovered
}

void Touch::cancel() {
  for (Finger& f : fingers)
    if (f.id >= 0) {
      if (state == State::undecided) state = State::scrolling;  // not a tap
      up(f.id);
    }
}

void Touch::rest() {
  ImGuiIO& io = ImGui::GetIO();
  if (state != State::undecided && state != State::pressing) return;
  if (state == State::pressing) io.AddMouseButtonEvent(0, false);
  for (const Finger& f : fingers)
    if (f.id >= 0) mouse_at(f.at);
  io.AddMouseButtonEvent(1, true);
  io.AddMouseButtonEvent(1, false);
  state = State::scrolling;
  panel = 0;
}

void Touch::point() {
  for (const Finger& f : fingers)
    if (f.id >= 0 && state == State::undecided && on_curves(f.at)) press(f.at);
}

void Touch::scroll() {
  if (ImGuiWindow* window = scroll_by != 0 && panel ? ImGui::FindWindowByID(panel) : nullptr)
    ImGui::SetScrollY(window, window->Scroll.y + scroll_by);
  scroll_by = 0;
}

}  // namespace stride::platform
