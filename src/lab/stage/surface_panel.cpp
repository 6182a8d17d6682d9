// The place of the surface: the mouse on it, and the type over it. The picture itself is drawn by render/
// beneath.
#include <algorithm>
#include <cmath>

#include "lab/session/lab.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

namespace {

float distance(render::ScreenPoint p, ImVec2 m) {
  return p.in_front ? std::hypot(p.x - m.x, p.y - m.y) : 1e9f;
}

Point start_shown(const Lab& lab) {
  return start_of(lab.session.scenario, lab.session.scenario.runs[static_cast<size_t>(lab.session.selected)]);
}

render::ScreenPoint project(const Lab& lab, double x, double y) {
  return lab.stage.view.project(lab.session.scenario.view, lab.stage.area, x, y);
}

/// The step nearest to the pointer, if a bead is within reach: pointing at it shows that step everywhere.
void find_step(Lab& lab, ImVec2 mouse) {
  float best = u(10);
  const Domain d = domain_of(lab.session.scenario.surface);
  const double mx = (d.xmax - d.xmin) * 0.1, my = (d.ymax - d.ymin) * 0.1;
  for (int r = 0; r < static_cast<int>(lab.results.size()); ++r) {
    if (is_hidden(lab, r)) continue;
    const Trajectory& path = lab.results[static_cast<size_t>(r)].path;
    for (int t = 0; t < path.size(); ++t) {
      const double x = path.x[static_cast<size_t>(t)], y = path.y[static_cast<size_t>(t)];
      if (!(x > d.xmin - mx && x < d.xmax + mx && y > d.ymin - my && y < d.ymax + my)) continue;
      const float away = distance(project(lab, x, y), mouse);
      if (away < best) best = away, lab.pointing.next_hover = {r, t};
    }
  }
}

/// Four decimals are all that an eye tells apart, and keep links short.
void round_view(View& v) {
  for (double* x : {&v.yaw, &v.pitch, &v.zoom, &v.pan_x, &v.pan_y}) *x = std::round(*x * 1e4) / 1e4;
}

void pointer(Lab& lab) {
  const ImGuiIO& io = ImGui::GetIO();
  View& view = lab.session.scenario.view;
  const View was = view;
  const render::Rect& a = lab.stage.area;
  const Point start = start_shown(lab);
  const bool near_start = distance(project(lab, start.x, start.y), io.MousePos) < u(14);
  const bool hovered = ImGui::IsItemHovered();
  if (ImGui::IsItemActivated()) lab.stage.dragging_start = near_start && io.MouseClicked[0] && !io.KeyShift;
  if (ImGui::IsItemActive()) {
    if (lab.stage.dragging_start) {
      if (const auto p = lab.stage.view.pick(view, a, io.MousePos.x, io.MousePos.y)) move_start(lab, *p);
    } else if (ImGui::IsMouseDragging(0, u(2)) || ImGui::IsMouseDragging(1, 0) ||
               ImGui::IsMouseDragging(2, 0)) {
      const bool pan = view.flat || io.KeyShift || io.MouseDown[1] || io.MouseDown[2];
      if (pan)
        lab.stage.view.move(view, a, io.MousePos.x - io.MouseDelta.x, io.MousePos.y - io.MouseDelta.y,
                            io.MousePos.x, io.MousePos.y);
      else
        lab.stage.view.turn(view, io.MouseDelta.x, io.MouseDelta.y, u(1));
    }
  } else {
    lab.stage.dragging_start = false;
  }
  if (hovered && io.MouseWheel != 0)
    lab.stage.view.zoom_at(view, a, io.MousePos.x, io.MousePos.y, std::exp(0.12 * io.MouseWheel));
  if (!(view == was)) round_view(view);
  if (hovered && ImGui::IsMouseDoubleClicked(0))
    if (const auto p = lab.stage.view.pick(view, a, io.MousePos.x, io.MousePos.y)) move_start(lab, *p);
  if (hovered && !ImGui::IsItemActive()) find_step(lab, io.MousePos);
  if (near_start && hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
}

/// The start is a handle: a ring around the first bead.
void draw_start(const Lab& lab) {
  const Point p = start_shown(lab);
  const render::ScreenPoint s = project(lab, p.x, p.y);
  if (!s.in_front) return;
  const Theme& t = theme();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddCircle({s.x, s.y}, u(9), t.panel, 0, u(4));
  draw->AddCircle({s.x, s.y}, u(9), t.runs[lab.session.selected], 0, u(2));
  Control c;
  c.role = "slider";
  c.name = tr("start");
  c.group = "surface";
  c.value = "(" + readable(p.x) + ", " + readable(p.y) + ")";
  c.at = {s.x - u(9), s.y - u(9)};
  c.size = {u(18), u(18)};
  c.help = tr("Drag it, or double-click on the surface, to start somewhere else.");
  record(std::move(c));
}

/// Whether what stands at the foot of the surface in words lies there already.
bool is_taken(ImVec2 at, ImVec2 size) {
  const float gap = u(4);
  return std::any_of(controls().begin(), controls().end(), [&](const Control& c) {
    return c.role == "status" && c.group == "surface" && at.x < c.at.x + c.size.x + gap &&
           at.x + size.x + gap > c.at.x && at.y < c.at.y + c.size.y + gap && at.y + size.y + gap > c.at.y;
  });
}

void draw_labels(const Lab& lab, float ratio) {
  const Theme& t = theme();
  push_type(Type::small);
  for (const render::Label& l : lab.stage.view.labels(lab.session.scenario.view, lab.stage.area, ratio)) {
    if (!l.at.in_front) continue;
    const ImVec2 size = ImGui::CalcTextSize(l.text.c_str());
    ImVec2 at{std::round(l.at.x - l.align_x * size.x), std::round(l.at.y - l.align_y * size.y)};
    const render::Rect& a = lab.stage.area;
    const ImVec2 last{a.x + a.w - size.x - u(2), a.y + a.h - size.y - u(2)};
    // One that the edge would cut moves in; one that lies beyond it stays away.
    if (at.x > last.x + size.x || at.y > last.y + size.y || at.x + size.x < a.x || at.y + size.y < a.y)
      continue;
    at = {std::clamp(at.x, a.x + u(2), std::max(last.x, a.x + u(2))),
          std::clamp(at.y, a.y + u(2), std::max(last.y, a.y + u(2)))};
    if (!is_taken(at, size)) ImGui::GetWindowDrawList()->AddText(at, t.muted, l.text.c_str());
  }
  pop_type();
}

/// What the pointer points at: the step's place, loss and rate.
void step_label(const Lab& lab) {
  if (lab.pointing.hover.run < 0 || lab.pointing.hover.step < 0 ||
      lab.pointing.hover.run >= static_cast<int>(lab.results.size()) || !ImGui::IsWindowHovered())
    return;
  const Trajectory& p = lab.results[static_cast<size_t>(lab.pointing.hover.run)].path;
  const size_t i = static_cast<size_t>(shown_row(lab, lab.pointing.hover.run));
  const std::string words =
      tr("step {0}\n({1}, {2})\nloss {3}\nrate {4}",
         {std::to_string(i), readable(p.x[i]), readable(p.y[i]), readable(p.loss[i]), readable(p.lr[i])});
  const render::ScreenPoint s = project(lab, p.x[i], p.y[i]);
  push_type(Type::small);
  const ImVec2 size = ImGui::CalcTextSize(words.c_str());
  const render::Rect& a = lab.stage.area;
  const ImVec2 at{std::clamp(s.x + u(14), a.x + u(4), a.x + a.w - size.x - u(20)),
                  std::clamp(s.y - size.y - u(22), a.y + u(4), a.y + a.h - size.y - u(20))};
  const Theme& t = theme();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(at, {at.x + size.x + u(16), at.y + size.y + u(12)}, t.panel, u(6));
  draw->AddRect(at, {at.x + size.x + u(16), at.y + size.y + u(12)}, t.runs[lab.pointing.hover.run], u(6), 0,
                u(1));
  draw->AddText({at.x + u(8), at.y + u(6)}, t.text, words.c_str());
  pop_type();
}

void view_buttons(Lab& lab) {
  const render::Rect& a = lab.stage.area;
  View& view = lab.session.scenario.view;
  begin_group("surface");
  ImGui::SetCursorScreenPos({a.x + a.w - u(44), a.y + u(12)});
  if (button(view.flat ? "relief" : "map", icon::map, ButtonLook::icon, true, "Flat map or relief (M)"))
    view.flat = !view.flat;
  ImGui::SetCursorScreenPos({a.x + a.w - u(44), a.y + u(48)});
  if (button("reset the view", icon::reset, ButtonLook::icon, true, "The whole surface, as at first (R)"))
    view = {.flat = view.flat, .cursor = view.cursor, .theme = view.theme, .hidden = view.hidden};
  if (lab.services.engine) {
    ImGui::SetCursorScreenPos({a.x + a.w - u(44), a.y + u(84)});
    if (button("basins", icon::basins, ButtonLook::icon, true,
               "Where every start ends up: which minimum, how soon (B)"))
      lab.studies.show_basins = !lab.studies.show_basins;
  }
  ImGui::SetCursorScreenPos({a.x + a.w - u(44), a.y + u(lab.services.engine ? 120 : 84)});
  blindfold_button(lab);
  end_group();
}

}  // namespace

void surface_panel(Lab& lab) {
  const render::Rect& a = lab.stage.area;
  ImGui::SetCursorScreenPos({a.x, a.y});
  ImGui::SetNextItemAllowOverlap();
  ImGui::InvisibleButton("loss surface", {std::max(a.w, 1.f), std::max(a.h, 1.f)},
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight |
                             ImGuiButtonFlags_MouseButtonMiddle);
  pointer(lab);
  Control c;
  c.role = "img";
  c.name = tr("loss surface");
  c.group = "surface";
  c.at = {a.x, a.y};
  c.size = {a.w, a.h};
  record(std::move(c));
  basins_legend(lab);
  blindfold_panel(lab);
  narration(lab);
  if (!lab.lesson.blindfold) draw_labels(lab, u(1));
  draw_start(lab);
  arithmetic_marks(lab);
  step_label(lab);
  view_buttons(lab);
}

}  // namespace stride::lab
