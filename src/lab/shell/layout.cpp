// One frame of the lab: what stands in each part of the window.
#include <algorithm>
#include <utility>
#include <vector>

#include "imgui.h"
#include "lab/lessons/lesson_text.h"
#include "lab/lessons/lessons.h"
#include "lab/session/edits.h"
#include "lab/session/ground.h"
#include "lab/session/locks.h"
#include "lab/shell/area.h"
#include "lab/shell/bars.h"
#include "lab/shell/columns.h"
#include "lab/shell/lab.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

/// The surface has the stage to itself, or shares it with the data: below it, or at its right where the stage is
/// low.
void place_stage(Stage& stage, const Box& b, bool with_data) {
  stage.area = stage.data = {b.x, b.y, b.w, b.h};
  if (!with_data) return;
  const bool below = b.h > b.w * 0.7f && b.h > u(400);
  float &side = below ? stage.area.h : stage.area.w, &rest = below ? stage.data.h : stage.data.w;
  side = std::round(side * 0.56f);
  rest -= side;
  (below ? stage.data.y : stage.data.x) += side;
}

/// A page may want a fit's data without its surface.
bool shows_data_alone(const Lab& lab) {
  return !shows(lab.shell, panel_surface) && shows(lab.shell, panel_data) && fit_of(lab.session.scenario);
}

/// A network's data, or the loss around its weights.
void network_part(Lab& lab) {
  LossLandscape& landscape = lab.studies.landscape;
  const bool may = may_show_landscape(lab.session.scenario, study_desk(lab));
  landscape.shown &= may;
  if (landscape.shown)
    landscape_stage(landscape, lab.session, lab.results, lab.stage, study_desk(lab), step_shown(lab));
  else
    network_stage(lab.session, lab.results, lab.stage, lab.services.engine, step_shown(lab));
  if (may) landscape_buttons(landscape, lab.session.scenario.view, lab.stage);
}

/// The surface and what lies over it.
void stage(Lab& lab, const Box& b) {
  Session& session = lab.session;
  begin_group("surface", Role::region);
  if (const bool curve = curve_of(session.scenario); curve || network_of(session.scenario)) {
    if (curve) curve_stage(session, lab.results, lab.stage, lab.pointing, step_shown(lab));
    if (network_of(session.scenario)) network_part(lab);
    training_bar(lab.trainings, lab.services.engine, lab.stage);
    if (curve && lab.shell.notice.words.empty()) narration(session, lab.results, lab.stage, step_shown(lab));
    end_group();
    ImGui::SetCursorScreenPos({b.x + u(12), b.y + u(12)});
    return run_cards(session, lab.results, lab.stage);
  }
  if (shows_data_alone(lab)) {
    lab.stage.data = {b.x, b.y, b.w, b.h};
    data_stage(session, lab.results, lab.stage, step_shown(lab));
    return end_group();
  }
  const bool secret = lab.lesson.blindfold || is_asking(lab.lesson);
  surface_pointer(session, lab.results, lab.stage, lab.pointing, secret ? -1 : step_shown(lab));
  const Basins& basins = lab.studies.basins;
  basins_legend(basins, study_desk(lab), lab.stage);
  blindfold_panel(lesson_desk(lab), lab.results, lab.stage);
  const bool covered = !lab.shell.notice.words.empty() || (basins.shown && !basins.study.rows.empty());
  if (!covered && !lab.lesson.blindfold) narration(session, lab.results, lab.stage, step_shown(lab));
  if (!lab.lesson.blindfold) surface_labels(session, lab.stage);
  if (!lab.lesson.blindfold) walker_cloud(session, lab.results, lab.stage, step_shown(lab));
  start_ring(session, lab.stage);
  arithmetic_marks(session, lab.results, lab.stage, lab.explaining, lab.pointing, step_shown(lab));
  step_label(session, lab.results, lab.stage, lab.pointing, step_shown(lab));
  view_buttons(session.scenario.view, lab.stage, lab.services.engine ? &lab.studies.basins.shown : nullptr);
  blindfold_button(lesson_desk(lab));
  if (shows(lab.shell, panel_data)) data_stage(session, lab.results, lab.stage, step_shown(lab));
  end_group();
  ImGui::SetCursorScreenPos({b.x + u(12), b.y + u(12)});
  run_cards(session, lab.results, lab.stage);
}
void panels(Lab& lab, const Layout& l) {
  const ImU32 ground = theme().panel;
  // Whatever a panel does, what is locked stays.
  const auto show = [&](const char* name, const Box& b, ImU32 under, ImVec2 padding, ImGuiWindowFlags flags,
                        const auto& draw) {
    area(name, b, under, padding, flags, draw);
    hold_locked(lab.session);
  };
  show("bar", l.bar, ground, {u(16), u(8)}, fixed, [&] {
    top_bar(lab.shell, lab.session, lesson_desk(lab));
    hairline(0, l.bar.h - 1, l.bar.w, l.bar.h);
  });
  obey(lab);
  place_stage(lab.stage, l.surface, fit_of(lab.session.scenario) && shows(lab.shell, panel_data));
  clear_edges(lab.session, lab.stage);
  show("surface", l.surface, 0, {0, 0}, fixed, [&] { stage(lab, l.surface); });
  choose_page(lab);
  show("thumb", l.thumb, ground, {u(16), u(8)}, fixed, [&] {
    curve_and_rate(lab);
    if (l.wide) hairline(l.thumb.x, l.thumb.y, l.thumb.x, l.thumb.y + l.thumb.h);
  });
  if (l.tabs.h > 0) tabs(lab, l.tabs, l.sheet);
  show("column", l.column, ground, {u(16), u(12)}, 0, [&] {
    right_column(lab, l);
    if (l.wide) hairline(l.column.x, l.column.y, l.column.x, l.column.y + l.column.h);
  });
  if (l.wide) show("second column", l.second, ground, {u(16), u(12)}, 0, [&] { second_column(lab, l); });
  show("lesson", l.lesson, ground, {u(16), u(14)}, fixed, [&] {
    lesson_panel(lesson_desk(lab), lab.results);
    hairline(l.lesson.x + l.lesson.w - 1, l.lesson.y, l.lesson.x + l.lesson.w, l.lesson.y + l.lesson.h);
  });
  if (l.wide && l.surface.w > 0 && l.column.w > 0)
    show("divider", {l.column.x - target_height(24) / 2, l.column.y, target_height(24), l.column.h}, 0,
         {0, 0}, fixed, [&] { divider(lab.shell, l); });
  if (!l.wide) show("second column", l.second, ground, {u(16), u(12)}, 0, [&] { second_column(lab, l); });
  show("transport", l.transport, ground, {u(16), u(12)}, fixed, [&] {
    hairline(l.transport.x, l.transport.y, l.transport.x + l.transport.w, l.transport.y);
    transport(lab.shell, lab.session, lab.results, lab.playback, lab.pointing);
  });
  obey(lab);
  settle(lab);
  time_notice(lab.shell.notice, lab.services);
  show_notice(lab.shell.notice, l.surface.w > 0 && l.surface.h > 0 ? l.surface : l.column);
}

bool is_projected(const Lab& lab) {
  return lab.session.scenario.view.theme == "projector";
}

/// What the person has chosen; a projector's picture is read from the last row; beyond 1920 by 1080 all grows with the
/// window, up to twice. Never so large that less than a page at 400 % is left, 320 by 256.
float scale_of(const Lab& lab, float width, float height, float pixel_ratio) {
  const float grown = std::clamp(std::min(width / 1920, height / 1080) / pixel_ratio, 1.f, 2.f);
  const float chosen = static_cast<float>(lab.shell.size) / 100 * (is_projected(lab) ? 1.25f : 1.f);
  const float most = std::max(std::min(width / 320, height / 256) / pixel_ratio, 1.f);
  return std::min(chosen * grown, most) * pixel_ratio;
}

/// Before anything is drawn over it, and again where a panel has changed it: cheap where nothing has.
void place_surface(Lab& lab) {
  const Scenario& s = lab.session.scenario;
  if (!has_surface(s)) return;
  const Objective& objective = lab.results.objective();
  lab.stage.view.set_surface(objective, domain_of(s), named_minima(objective));
}

/// Where no hand is on anything: a control let go, or a choice made, is where undo returns to. While the
/// hand is on a slider nothing is taken.
void finish(Lab& lab) {
  if (!ImGui::IsAnyItemActive() && !lab.stage.dragging_start) commit(lab.session);
  released();
  drop_blindfold(lab.lesson, lab.session.scenario);
  follow_answer(lesson_desk(lab));
  judge_task(lesson_desk(lab), lab.results);
  settle(lab);
}

/// The open lesson's page says what is seen and what stays as it is; itself and the bar always are. On a phone the paper to
/// draw a curve on is all that is seen beside the words.
void focus(Lab& lab, bool phone) {
  const LessonFocus& wanted = focus_of(lab.lesson);
  const unsigned show = phone && shows_paper(lab.lesson) ? unsigned(panel_loss) : wanted.show;
  lab.shell.focus = show ? show | panel_lessons | panel_bar : all_panels;
  if (const auto on = std::exchange(lab.lesson.effective_rates, {})) lab.plots.show_effective = *on;
  lab.session.lesson_locks = locks_of_page(lab.lesson);
}

/// What this frame begins with: the last one's hover, and a run that there is.
void prepare(Lab& lab) {
  Session& session = lab.session;
  lab.pointing.hover = std::exchange(lab.pointing.next_hover, {});
  session.selected = std::clamp(session.selected, 0, static_cast<int>(session.scenario.runs.size()) - 1);
  drop_blindfold(lab.lesson, session.scenario);
  lab.results.trains_at_once = !lab.services.engine;
  keep_training(lab.trainings, session, lab.results, lab.services);
  advance(session, lab.playback, static_cast<double>(ImGui::GetIO().DeltaTime));
  lab.results.go_on();
}

}  // namespace

void frame(Lab& lab, double now, float width, float height, float pixel_ratio) {
  lab.services.now = now;
  const Pointing before = lab.pointing;
  const View& view = lab.session.scenario.view;
  const int cursor = view.cursor;
  const Host& host = lab.services.host;
  keep_pace(lab.shell.pace, lab.services);
  lab.stage.view.set_coarseness(lab.shell.pace.coarseness);
  recall_size(lab.shell, host);
  const float scale = lab.shell.scale = scale_of(lab, width, height, pixel_ratio);
  const bool strong = host.prefers_contrast && host.prefers_contrast();
  apply_theme(is_dark(view, host), scale, strong || is_projected(lab), strong);
  focus(lab, width / pixel_ratio < 560);
  use_fingers(host.has_fingers && host.has_fingers(),
              std::min(static_cast<float>(lab.shell.size) / 100, 1.f));
  lab.shell.roomy = width / pixel_ratio >= 2200;
  const Layout l = arrange(lab.shell, lab.lesson, width, height, scale);
  begin_controls();
  prepare(lab);
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({width, height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::Begin("Stride", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoBackground |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoSavedSettings | fixed);
  ImGui::PopStyleVar();
  push_type(Type::body);
  shortcuts(lab);
  hold_locked(lab.session);
  place_surface(lab);
  panels(lab, l);
  help_overlay(lab.shell, lab.session, lab.services.host);
  draw_light(lab.lesson, lab.services);
  draw_tip();
  if (lab.services.host.draw_over) lab.services.host.draw_over();
  obey(lab);
  pop_type();
  ImGui::End();
  finish(lab);
  // What one plot has moved, the panels drawn before it show in the next frame.
  const Pointing& p = lab.pointing;
  const bool hover_moved = before.hover.step != p.hover.step || before.hover.run != p.hover.run;
  const bool moved =
      before.axis.first != p.axis.first || before.axis.last != p.axis.last || cursor != view.cursor;
  lab.shell.wants_frame = lab.playback.playing ||
                          (lab.services.engine && lab.services.engine->wants_frame()) || moved ||
                          lab.results.are_under_way() || controls_want_frame() || hover_moved ||
                          p.lit != p.next_lit || p.hover.step != p.next_hover.step;
}

void draw_surface(Lab& lab, float framebuffer_height) {
  const auto rgba = [](ImU32 c) {
    const ImVec4 v = ImGui::ColorConvertU32ToFloat4(c);
    return render::Rgba{v.x, v.y, v.z, v.w};
  };
  const Theme& t = theme();
  const Session& session = lab.session;
  const int step = step_shown(lab);
  const render::Palette palette{rgba(t.ground), rgba(t.line),   rgba(t.text),
                                rgba(t.muted),  rgba(t.accent), t.dark};
  const auto draw = [&] {
    lab.stage.view.draw(session.scenario.view, lab.stage.area, framebuffer_height, lab.shell.scale, palette);
  };
  if (!shows(lab.shell, stage_panels) || shows_data_alone(lab)) return;
  if (show_landscape(lab.studies.landscape, session, lab.stage, rgba(t.runs[session.selected])))
    return draw();
  if (!has_surface(session.scenario)) return;
  if (!fog_overlay(lab.lesson, session, lab.results, step, lab.stage, lab.fog))
    basins_overlay(lab.studies.basins, session, study_desk(lab), lab.stage);
  place_surface(lab);
  std::vector<render::PathLook> paths;
  int r = -1;
  for (const RunResult& run : lab.results.runs()) {
    if (is_hidden(session.scenario, ++r)) continue;
    const render::Rgba colour = rgba(t.runs[r]), text = rgba(t.text);
    const auto pale = [](float own, float other) { return 0.45f * own + 0.55f * other; };
    if (run.average.size() > 0)
      paths.push_back({&run.average,
                       {pale(colour.r, text.r), pale(colour.g, text.g), pale(colour.b, text.b), colour.a},
                       row_at(run, step),
                       false});
    paths.push_back({&run.path, colour, row_at(run, step), true, r == session.selected});
  }
  // The selected run is drawn last, on top.
  std::stable_partition(paths.begin(), paths.end(), [](const render::PathLook& k) { return !k.emphasised; });
  lab.stage.view.set_paths(paths);
  draw();
}

}  // namespace stride::lab
