// The loss around a network's weights at the cursor's step, in two of its many
// directions, with the way that the training took: the surface view on a
// picture that jobs compute.
#include <algorithm>
#include <cmath>

#include "jobs/landscape.h"
#include "jobs/training.h"
#include "lab/session/ground.h"
#include "lab/session/playback.h"
#include "lab/stage/stage.h"
#include "lab/studies/studies.h"
#include "text/text.h"
#include "ui/plot_area.h"
#include "ui/target.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

Settings settings_of(const LossLandscape& landscape, int step, int size) {
  return jobs::network_study(jobs::landscape_key, {{"directions", landscape.principal ? 1.0 : 0.0},
                                                   {"step", static_cast<double>(step)},
                                                   {"size", static_cast<double>(size)}});
}

void take_picture(LossLandscape& landscape) {
  static long newest = 0;
  landscape.picture = jobs::read_landscape(landscape.study.rows);
  landscape.id = ++newest;
  Trajectory& way = landscape.way;
  way = {};
  const std::vector<float>& path = landscape.picture.path;
  landscape.steps.clear();
  for (size_t i = 0; i + 3 < path.size(); i += 4) {
    landscape.steps.push_back(static_cast<int>(path[i]));
    way.x.push_back(static_cast<double>(path[i + 1]));
    way.y.push_back(static_cast<double>(path[i + 2]));
    way.loss.push_back(static_cast<double>(path[i + 3]));
  }
}

/// Turns, moves and zooms the picture.
void take_mouse(const Target& area, View& view, Stage& stage) {
  const ImGuiIO& io = ImGui::GetIO();
  const render::Rect& a = stage.area;
  if (area.held &&
      (ImGui::IsMouseDragging(0, u(2)) || ImGui::IsMouseDragging(1, 0) || ImGui::IsMouseDragging(2, 0))) {
    const bool pan = view.flat || io.KeyShift || io.MouseDown[1] || io.MouseDown[2];
    if (pan)
      stage.view.move(view, a, io.MousePos.x - io.MouseDelta.x, io.MousePos.y - io.MouseDelta.y,
                      io.MousePos.x, io.MousePos.y);
    else
      stage.view.turn(view, io.MouseDelta.x, io.MouseDelta.y, u(1));
  }
  if (area.hovered && io.MouseWheel != 0)
    stage.view.zoom_at(view, a, io.MousePos.x, io.MousePos.y, std::exp(0.12 * io.MouseWheel));
}

/// At the foot, what the picture is and what it is not.
void draw_sentence(const LossLandscape& landscape, const Stage& stage, int step) {
  const render::Rect& a = stage.area;
  const Theme& t = theme();
  const std::string words = landscape.picture.size == 0
                                ? tr("The landscape is being computed.")
                                : tr("Two of {0}, around the weights of step {1}: what "
                                     "rises here may fall in the others.",
                                     {tr_count(landscape.picture.dimensions, "1 direction", "{0} directions"),
                                      readable_whole(step)});
  push_type(a.w < u(560) ? Type::small : Type::body);
  const std::string lines = wrapped(words, std::min(a.w - u(48), u(560)));
  const ImVec2 size = ImGui::CalcTextSize(lines.c_str());
  const ImVec2 at{std::round(a.x + (a.w - size.x) / 2), std::round(a.y + a.h - size.y - u(18))};
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled({at.x - u(12), at.y - u(8)}, {at.x + size.x + u(12), at.y + size.y + u(8)},
                      faded(t.panel, 0.9f), u(6));
  draw->AddText(at, t.text, lines.c_str());
  pop_type();
  note(Role::status, "what the landscape shows", at, size, {.value = words});
}

}  // namespace

void landscape_stage(LossLandscape& landscape, Session& session, const Results& results, Stage& stage,
                     const StudyDesk& desk, int step) {
  const RunResult& run = results[static_cast<size_t>(session.selected)];
  if (run.training->size() == 0) return;
  landscape.step = row_at(run, step);
  std::vector<Settings> stages;
  for (const int size : jobs::landscape_sizes_of(session.scenario))
    stages.push_back(settings_of(landscape, landscape.step, size));
  jobs::Request wanted = request_of(session.scenario, session.selected);
  wanted.kind = jobs::Request::Kind::landscape;
  keep_asking(landscape.study, desk, std::move(wanted), stages, slot::landscape);
  if (landscape.study.fresh) {
    take_picture(landscape);
    stage.view.set_overlay(0, {});
    stage.view.set_fog(0, 0, false);
  }
  const render::Rect& a = stage.area;
  ImGui::SetCursorScreenPos({a.x, a.y});
  const Target area = target(Role::img, "loss landscape", {a.w, a.h}, view_keys_help, true,
                             any_button | overlapped | quiet | by_request);
  take_mouse(area, session.scenario.view, stage);
  take_view_keys(area, session.scenario.view, stage);
  draw_sentence(landscape, stage, landscape.step);
  if (landscape.picture.size > 0) surface_labels(session, stage);
  progress_bar(landscape.study.progress, desk.now - landscape.study.asked_at, {a.x, a.y + a.h - u(3)}, a.w,
               u(3));
  set_state(area, {.value = tr(landscape.principal ? "along the way" : "random directions"),
                   .max = static_cast<double>(landscape.way.x.size()),
                   .now = static_cast<double>(landscape.picture.size)});
}

bool may_show_landscape(const Scenario& scenario, const StudyDesk& desk) {
  constexpr double bearable = 20000, within_frames = 200;  // milliseconds: the training is done again for it
  if (!desk.engine || !jobs::has_data(scenario)) return false;
  return jobs::training_ms(*network_of(scenario), scenario.steps) <
         (desk.engine->workers() > 0 ? bearable : within_frames);
}

bool show_landscape(LossLandscape& landscape, const Session& session, Stage& stage, render::Rgba colour) {
  if (!landscape.shown || !network_of(session.scenario) || landscape.picture.size == 0) return false;
  const jobs::LandscapePicture& p = landscape.picture;
  const bool narrow = stage.area.w < u(480);
  stage.view.set_grid({p.size, p.reach, p.losses, tr(narrow ? "dir. 1" : "direction 1"),
                       tr(narrow ? "dir. 2" : "direction 2")},
                      landscape.id);
  const auto after = std::upper_bound(landscape.steps.begin(), landscape.steps.end(), landscape.step);
  const int row = std::max(static_cast<int>(after - landscape.steps.begin()) - 1, 0);
  stage.view.set_paths({{&landscape.way, colour, row, false, true}});
  return true;
}

void landscape_buttons(LossLandscape& landscape, View& view, const Stage& stage) {
  const auto place = [&](int n) { ImGui::SetCursorScreenPos(button_place(stage.area, n, 3)); };
  place(0);
  if (button("loss landscape", icon::map, ButtonLook::icon, true,
             "The loss around the weights at the cursor, in two of its many "
             "directions"))
    landscape.shown = !landscape.shown;
  if (!landscape.shown) return;
  place(1);
  if (button("directions", icon::basins, ButtonLook::icon, true,
             "Two random directions (Li et al. 2018), or the two along which "
             "the training moved most"))
    landscape.principal = !landscape.principal;
  place(2);
  if (button("map", icon::visible, ButtonLook::icon, true, "Flat map or relief (M)")) view.flat = !view.flat;
}

}  // namespace stride::lab
