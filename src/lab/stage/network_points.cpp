// A network's own points in the hand: clicked, dragged, erased, of the class that a button chooses.
#include <algorithm>
#include <cmath>

#include "lab/session/ground.h"
#include "lab/session/locks.h"
#include "lab/stage/network_picture.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

constexpr size_t numbers = 3;  // of a point: x1, x2, label

int point_near(const std::vector<double>& points, const PlotArea& a, ImVec2 mouse) {
  float best = u(12);
  int found = -1;
  for (size_t i = 0; i + 2 < points.size(); i += numbers) {
    const float away = std::hypot(a.x_of(points[i]) - mouse.x, a.y_of(points[i + 1]) - mouse.y);
    if (away < best) best = away, found = static_cast<int>(i / numbers);
  }
  return found;
}

double value(const Scale& s, float part) {
  const double unit = std::pow(10.0, std::floor(std::log10(s.hi - s.lo)) - 2);
  const double v = s.lo + (s.hi - s.lo) * std::clamp(static_cast<double>(part), 0.0, 1.0);
  return std::round(std::round(v / unit) * unit * 1e9) / 1e9;
}

/// What the format refuses (one label alone) is said, and nothing changes.
bool put(Session& session, std::vector<double> points) {
  NetworkProblem& network = *network_of(session.scenario);
  std::swap(network.data.points, points);
  const Error error = validate(session.scenario);
  if (!error) return true;
  std::swap(network.data.points, points);
  refuse(session, sentence(error), true);
  return false;
}

}  // namespace

bool takes_points(const Session& session) {
  return network_of(session.scenario)->data.row == own_points && !is_locked(session, lock_surface);
}

void take_points(const Target& area, const PlotArea& a, Session& session, Stage& stage) {
  const ImGuiIO& io = ImGui::GetIO();
  const ImVec2 mouse = io.MousePos;
  const bool inside = mouse.x >= a.at.x && mouse.x <= a.end().x && mouse.y >= a.at.y && mouse.y <= a.end().y;
  std::vector<double> points = network_of(session.scenario)->data.points;
  const int near = area.hovered || area.taken ? point_near(points, a, mouse) : -1;
  const double x = value(a.x, (mouse.x - a.at.x) / a.size.x),
               y = value(a.y, 1 - (mouse.y - a.at.y) / a.size.y);
  if (near >= 0 && (ImGui::IsMouseDoubleClicked(0) || (area.taken && io.MouseClicked[1]))) {
    const auto at = points.begin() + static_cast<std::ptrdiff_t>(numbers) * near;
    points.erase(at, at + numbers);
    put(session, std::move(points));
    stage.dragging_point = -1;
    return;
  }
  if (area.taken && io.MouseClicked[0] && (near >= 0 || inside)) {
    stage.dragging_point = near >= 0 ? near : static_cast<int>(points.size() / numbers);
    if (near < 0) points.insert(points.end(), {x, y, static_cast<double>(stage.next_label)});
    if (near < 0 && !put(session, std::move(points))) stage.dragging_point = -1;
    return;
  }
  if (!area.held) stage.dragging_point = -1;
  const size_t i = static_cast<size_t>(stage.dragging_point) * numbers;
  if (stage.dragging_point >= 0 && i + 2 < points.size() && ImGui::IsMouseDragging(0, u(2))) {
    points[i] = x;
    points[i + 1] = y;
    put(session, std::move(points));
  }
  if (near >= 0) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
}

void label_button(Stage& stage) {
  const render::Rect& a = stage.area;
  ImGui::SetCursorScreenPos({a.x + a.w - u(80), a.y + u(12)});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (button("label of a new point", " ", ButtonLook::icon, true, "The class of the points that are clicked"))
    stage.next_label = 1 - stage.next_label;
  class_mark(ImGui::GetWindowDrawList(), {at.x + u(16), at.y + u(16)}, u(6), stage.next_label,
             class_colour(stage.next_label), true);
}

}  // namespace stride::lab
