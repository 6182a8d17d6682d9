// The steps of the walk are a schedule of points over plain descent at rate 1, so that the scenario says all.
#include "lab/lessons/blindfold.h"

#include <algorithm>
#include <cmath>

#include "core/math/digits.h"
#include "lab/session/locks.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

constexpr int fog_size = 160;
constexpr double sight = 0.075;  ///< how far the walker sees, as a part of the domain's longer side
constexpr size_t most_steps = 900;

double longer_side(const Scenario& scenario) {
  const Domain d = domain_of(scenario);
  return std::max(d.xmax - d.xmin, d.ymax - d.ymin);
}

int interpolation_of(const Settings& points) {
  return find_param(schedules()[static_cast<size_t>(points.row)].params, "interpolation");
}

/// A walk of no steps yet: one point with the factor 0.
void begin_walk(Session& session) {
  Run run = selected_run(session);
  run.optimizer = default_run(find_optimizer("SGD")).optimizer;
  run.optimizer.values[0] = {1};
  run.schedule = default_settings(find_schedule("Points"),
                                  schedules()[static_cast<size_t>(find_schedule("Points"))].params);
  run.schedule.values[0] = {0, 0};
  run.schedule.values[static_cast<size_t>(interpolation_of(run.schedule))] = {1};
  run.name = tr("Walker");
  Scenario next = session.scenario;
  next.runs = {run};
  next.steps = 1;
  next.view.hidden = 0;
  next.view.cursor = 0;  // no step is taken yet
  replace(session, std::move(next));
}

using Place = Fog::Place;

double distance_to_segment(Place p, Place a, Place b) {
  const double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
  const double f = length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0;
  return std::hypot(p.x - a.x - f * dx, p.y - a.y - f * dy);
}

/// Where the walker has been, up to a row of the path.
std::vector<Place> places_of(const Trajectory& path, int last, double side) {
  std::vector<Place> visited;
  for (int t = 0; t <= last; ++t) {
    const double x = path.x[static_cast<size_t>(t)], y = path.y[static_cast<size_t>(t)];
    if (std::isfinite(x) && std::isfinite(y)) visited.push_back({x / side, y / side});
  }
  return visited;
}

/// How thick the fog lies: alpha 0 where the walker has been, 255 where not.
std::vector<unsigned char> paint_fog(const Fog& fog) {
  const Domain& d = fog.domain;
  const std::vector<Place>& visited = fog.visited;
  const double side = std::max(d.xmax - d.xmin, d.ymax - d.ymin);
  const ImVec4 mist = ImGui::ColorConvertU32ToFloat4(fog.colour);
  std::vector<unsigned char> rgba(static_cast<size_t>(fog_size) * fog_size * 4);
  for (int j = 0; j < fog_size; ++j)
    for (int i = 0; i < fog_size; ++i) {
      const Place p{(d.xmin + (i + 0.5) / fog_size * (d.xmax - d.xmin)) / side,
                    (d.ymin + (j + 0.5) / fog_size * (d.ymax - d.ymin)) / side};
      double away = 1;
      for (size_t k = 0; k < visited.size(); ++k)
        away = std::min(away, distance_to_segment(p, visited[k ? k - 1 : 0], visited[k]));
      const double f = std::clamp((away - 0.6 * sight) / (0.4 * sight), 0.0, 1.0);
      unsigned char* to = rgba.data() + (static_cast<size_t>(j) * fog_size + static_cast<size_t>(i)) * 4;
      to[0] = static_cast<unsigned char>(mist.x * 255);
      to[1] = static_cast<unsigned char>(mist.y * 255);
      to[2] = static_cast<unsigned char>(mist.z * 255);
      to[3] = static_cast<unsigned char>(f * f * (3 - 2 * f) * 255);
    }
  return rgba;
}

/// Beside a walk that has left the shown part there is only fog.
double clamped(double v, double lo, double hi) {
  return std::isfinite(v) ? std::clamp(v, lo, hi) : lo;
}

/// What the walker feels: an arrow downhill and the number.
void draw_slope(const Trajectory& p, const View& view, const Stage& stage, double side, ImVec2 centre,
                float radius) {
  const double gx = p.grad_x.back(), gy = p.grad_y.back(), g = std::hypot(gx, gy);
  const Theme& t = theme();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddCircle(centre, radius, t.line, 0, u(1.5f));
  if (!(g > 1e-9) || !std::isfinite(g)) {
    draw->AddCircleFilled(centre, u(3), t.accent);
    return;
  }
  // The arrow on the screen points where the step would go on it.
  const double x = p.x.back(), y = p.y.back(), far = 0.02 * side / g;
  const auto a = stage.view.project(view, stage.area, x, y);
  const auto b = stage.view.project(view, stage.area, x - far * gx, y - far * gy);
  float dx = b.x - a.x, dy = b.y - a.y;
  const float length = std::hypot(dx, dy);
  if (!(length > 0) || !a.in_front || !b.in_front) return;
  dx /= length, dy /= length;
  const float r = radius - u(4);
  const ImVec2 tip{centre.x + r * dx, centre.y + r * dy}, tail{centre.x - r * dx, centre.y - r * dy};
  const ImVec2 neck{tip.x - u(8) * dx, tip.y - u(8) * dy};
  draw->AddLine(tail, neck, t.accent, u(2.5f));
  draw->AddTriangleFilled(tip, {neck.x - u(5) * dy, neck.y + u(5) * dx},
                          {neck.x + u(5) * dy, neck.y - u(5) * dx}, t.accent);
}

}  // namespace

bool is_walk(const Scenario& s) {
  if (!is_surface(s) || s.runs.size() != 1 || s.runs[0].schedule.row != find_schedule("Points")) return false;
  const Settings& o = s.runs[0].optimizer;
  const Settings& points = s.runs[0].schedule;
  return o == [] {
    Settings plain = default_run(find_optimizer("SGD")).optimizer;
    plain.values[0] = {1};
    return plain;
  }() && points.values[static_cast<size_t>(interpolation_of(points))] == std::vector<double>{1};
}

int steps_walked(const Scenario& scenario) {
  if (!is_walk(scenario)) return 0;
  const std::vector<double>& points = scenario.runs[0].schedule.values[0];
  return points.size() == 2 && points[1] == 0 ? 0 : static_cast<int>(points.size() / 2);
}

bool may_blindfold(const LessonState& lesson, const Session& session) {
  if (is_asking(lesson) || !is_surface(session.scenario)) return false;
  return lesson.open ||
         !is_locked(session, lock_runs | lock_optimizer | lock_lr | lock_schedule | lock_steps);
}

void toggle_blindfold(const LessonDesk& desk) {
  LessonState& l = desk.lesson;
  l.blindfold = !l.blindfold;
  if (!l.blindfold) return;
  desk.playback.playing = false;
  desk.show_basins = false;
  if (!is_walk(desk.session.scenario)) {
    adopt(desk.session);
    begin_walk(desk.session);
  }
  desk.session.scenario.view.cursor = -1;
  adopt(desk.session);
}

void drop_blindfold(LessonState& lesson, const Scenario& scenario) {
  if (lesson.blindfold && !is_walk(scenario)) lesson.blindfold = false;
}

void walk(const LessonDesk& desk, const Results& results) {
  Session& session = desk.session;
  if (!desk.lesson.blindfold || !is_walk(session.scenario)) return;
  const Trajectory& p = results[0].path;
  const double g = std::hypot(p.grad_x.back(), p.grad_y.back());
  if (!(g > 1e-9) || !std::isfinite(g))
    return refuse(session, tr("The ground is level here: no way leads down."));
  std::vector<double>& points = session.scenario.runs[0].schedule.values[0];
  const int taken = steps_walked(session.scenario);
  if (points.size() / 2 >= most_steps) return refuse(session, tr("That was a long walk. Lift the fog."));
  const double next = to_digits(desk.lesson.step_length * longer_side(session.scenario) / 10 / g,
                                4);  // four digits are what a hand means
  if (taken == 0) points.clear();
  points.push_back(taken);
  points.push_back(next);
  session.scenario.steps = std::max(1, taken + 1);
  session.scenario.view.cursor = -1;
  adopt(session);
}

bool fog_overlay(const LessonState& lesson, const Session& session, const Results& results, int step,
                 Stage& stage, Fog& fog) {
  if (!lesson.blindfold) {
    if (fog.drawn) {
      stage.view.set_overlay(0, {});
      stage.view.set_fog(0, 0, false);
    }
    fog = {};
    return false;
  }
  const RunResult& result = results[0];
  const Trajectory& path = result.path;
  const int last = row_at(result, step);
  const size_t row = static_cast<size_t>(last);
  const Domain d = domain_of(session.scenario);
  stage.view.set_fog(clamped(path.x[row], d.xmin, d.xmax), clamped(path.y[row], d.ymin, d.ymax), true);
  Fog wanted{true, places_of(path, last, longer_side(session.scenario)), d, theme().field_hover};
  if (wanted == fog) return true;
  fog = std::move(wanted);
  stage.view.set_overlay(fog_size, paint_fog(fog));
  return true;
}

void blindfold_panel(const LessonDesk& desk, const Results& results, const Stage& stage) {
  LessonState& lesson = desk.lesson;
  const Scenario& scenario = desk.session.scenario;
  if (!lesson.blindfold || !is_walk(scenario)) return;
  const double side = longer_side(scenario);
  const render::Rect& a = stage.area;
  const Theme& t = theme();
  const float w = std::min(a.w - u(24), u(440)), h = u(112);
  const ImVec2 at{a.x + (a.w - w) / 2, a.y + a.h - h - u(12)};
  ImGui::SetCursorScreenPos(at);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(u(14), u(10)));
  if (ImGui::BeginChild("blindfold", {w, h},
                        ImGuiChildFlags_AlwaysUseWindowPadding | ImGuiChildFlags_NavFlattened,
                        ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse)) {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled(at, {at.x + w, at.y + h}, t.panel, u(8));
    draw->AddRect(at, {at.x + w, at.y + h}, t.line, u(8), 0, u(1));
    begin_group("blindfold");
    const Trajectory& p = results[0].path;
    const double g = std::hypot(p.grad_x.back(), p.grad_y.back());
    const double length = lesson.step_length * side / 10;
    draw_slope(p, scenario.view, stage, side, {at.x + u(36), at.y + u(34)}, u(20));
    const float inner = w - u(28), left = u(58);
    ImGui::SetCursorScreenPos({at.x + u(14) + left, at.y + u(8)});
    set_width(inner - left);
    double shown = length;
    SliderLook look{side / 500, side / 5, true, false, "", "How far the next step goes, downhill from here."};
    if (slider("Step length", shown, look, look.min, look.max)) lesson.step_length = shown * 10 / side;
    set_width(0);
    ImGui::SetCursorScreenPos({at.x + u(14), at.y + u(72)});
    const float step = std::max(u(86), ImGui::CalcTextSize(tr("Step")).x + u(24));
    const float lift = std::max(u(100), ImGui::CalcTextSize(tr("Lift the fog")).x + u(20));
    set_width(step);
    if (button("step|walk", "Step", ButtonLook::primary, true, "One step downhill")) walk(desk, results);
    ImGui::SameLine(0, u(8));
    set_width(lift);
    if (button("lift the fog", "Lift the fog", ButtonLook::plain, true, "See where you have been (F)"))
      toggle_blindfold(desk);
    set_width(0);
    const std::string slope = readable(g), rate = readable(length / std::max(g, 1e-12));
    ImGui::SetCursorScreenPos({at.x + u(14) + step + lift + u(20), at.y + u(80)});
    const float room = ImGui::GetContentRegionAvail().x;
    push_type(Type::small);
    std::string words = tr("slope {0} × rate {1}", {slope, rate});
    if (ImGui::CalcTextSize(words.c_str()).x > room) words = slope + " × " + rate;
    const bool fits = ImGui::CalcTextSize(words.c_str()).x <= room;
    pop_type();
    if (fits) text(words, TextLook::small);
    end_group();
  }
  ImGui::EndChild();
  ImGui::PopStyleVar();
}

void blindfold_button(const LessonDesk& desk) {
  if (button("blindfold", icon::hidden, ButtonLook::icon, may_blindfold(desk.lesson, desk.session),
             "Blindfold: fog over all ground but your own steps (F)"))
    toggle_blindfold(desk);
}

}  // namespace stride::lab
