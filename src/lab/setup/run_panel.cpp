// The selected run: its optimizer, its learning rate, its schedule, and every parameter of both, made from
// the tables.
#include <algorithm>
#include <cmath>

#include "core/schedules/schedule_presets.h"
#include "lab/session/edits.h"
#include "lab/session/ground.h"
#include "lab/session/steering.h"
#include "lab/setup/lock_scope.h"
#include "lab/setup/setup.h"
#include "text/text.h"
#include "ui/target.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

void run_tabs(Session& session, Drafts& drafts) {
  const Theme& t = theme();
  const int count = static_cast<int>(session.scenario.runs.size());
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(u(4), 0));
  const ImVec2 from = ImGui::GetCursorScreenPos();
  for (int r = 0; r < count; ++r) {
    if (r) ImGui::SameLine();
    const Target it = target(
        Role::tab, {numbered("run", r + 1).c_str(), tr("run {0}", {std::to_string(r + 1)})}, {u(32), u(32)});
    const ImVec2 at = it.at;
    if (it.pressed) session.selected = r;
    ImDrawList* draw = ImGui::GetWindowDrawList();
    if (r == session.selected || it.hovered) draw->AddRectFilled(at, it.end(), t.field, u(6));
    if (r == session.selected) draw->AddRect(at, it.end(), t.runs[r], u(6), 0, u(1.5f));
    run_mark(draw, {at.x + u(16), at.y + u(16)}, u(6), r);
    set_state(it, {.checked = r == session.selected});
  }
  ImGui::SameLine();
  const bool open = !is_locked(session, lock_runs), room = open && session.scenario.runs.size() < max_runs;
  if (button("add a run", icon::add, ButtonLook::icon, room, "Another run, to compare")) add_run(session);
  ImGui::SetCursorScreenPos(
      {from.x + ImGui::GetContentRegionAvail().x + ImGui::GetCursorScreenPos().x - from.x - u(104), from.y});
  if (button("rename", icon::rename, ButtonLook::icon, open)) {
    drafts.renaming = session.selected;
    drafts.name = selected_run(session).name;
  }
  ImGui::SameLine();
  if (button("duplicate", icon::copy, ButtonLook::icon, room)) duplicate_run(session, session.selected);
  ImGui::SameLine();
  if (button("remove", icon::remove, ButtonLook::icon, open && count > 1))
    remove_run(session, session.selected);
  ImGui::PopStyleVar();
}

void begin_run(int r) {
  begin_group({numbered("run", r + 1).c_str(), tr("run {0}", {std::to_string(r + 1)})}, Role::region);
}

void rename_field(Session& session, Drafts& drafts) {
  Run& run = selected_run(session);
  if (!text_field("name", drafts.name, name_of(run).c_str(),
                  "What this run is called; empty: its optimizer."))
    return;
  std::swap(run.name, drafts.name);
  if (const Error error = validate(session.scenario)) {
    std::swap(run.name, drafts.name);
    return refuse(session, sentence(error), true);
  }
  drafts.renaming = -1;
}

/// Switching an optimizer keeps what both have under the same name, so that comparing Adam with AdamW
/// compares nothing else, except the rate, whose right size differs from rule to rule.
void switch_row(Settings& settings, int row, std::span<const Param> from, std::span<const Param> to,
                int keep_from) {
  Settings next = default_settings(row, to);
  for (int i = keep_from; i < static_cast<int>(to.size()); ++i) {
    const int same = find_param(from, to[static_cast<size_t>(i)].key);
    if (same >= 0 && from[static_cast<size_t>(same)].kind == to[static_cast<size_t>(i)].kind &&
        !settings.values[static_cast<size_t>(same)].empty())
      next.values[static_cast<size_t>(i)] = settings.values[static_cast<size_t>(same)];
  }
  settings = std::move(next);
}

/// Those that suit the problem.
void optimizer_choice(Run& run, bool network) {
  const auto rows = optimizers();
  std::vector<const char*> names;
  std::vector<int> places;
  int chosen = 0;
  for (int row = 0; row < static_cast<int>(rows.size()); ++row) {
    if (!suits(rows[static_cast<size_t>(row)], network)) continue;
    if (row == run.optimizer.row) chosen = static_cast<int>(places.size());
    names.push_back(rows[static_cast<size_t>(row)].key);
    places.push_back(row);
  }
  const Optimizer& from = rows[static_cast<size_t>(run.optimizer.row)];
  if (!choice("optimizer", chosen, names, from.help)) return;
  const int next = places[static_cast<size_t>(chosen)];
  switch_row(run.optimizer, next, from.params, rows[static_cast<size_t>(next)].params, 1);
}

constexpr const char* ema_help =
    "Keeps a moving average of the weights beside them; this share of it stays at every step. The pale path "
    "is the "
    "average, the dashed curve its loss.";

/// The rows of the table, then the presets, which the page's first program leaves to the full one.
void schedule_choice(Session& session, Run& run) {
  const auto rows = schedules();
  const auto presets = schedule_presets();
  std::vector<const char*> names;
  for (const Schedule& s : rows) names.push_back(s.name);
  for (const SchedulePreset& preset : presets) names.push_back(preset.name);
  if (presets.empty()) names.push_back("More presets");
  int row = run.schedule.row;
  if (!choice("schedule", row, names, rows[static_cast<size_t>(row)].help)) return;
  if (const auto preset = static_cast<size_t>(row) - rows.size(); preset < presets.size())
    run.schedule = presets[preset].make(run.optimizer.number(0), session.scenario.steps);
  else if (static_cast<size_t>(row) >= rows.size())
    session.elsewhere = write_scenario(session.scenario, -1);
  else
    switch_row(run.schedule, row, rows[static_cast<size_t>(run.schedule.row)].params,
               rows[static_cast<size_t>(row)].params, 0);
}

/// While the runs play the rate at the cursor is in hand, and acts from there on.
void rate_slider(Session& session, const Results& results, Playback& playback) {
  Run& run = selected_run(session);
  const bool steering = is_steering(session, playback);
  const Param& p = optimizers()[static_cast<size_t>(run.optimizer.row)].params[0];
  if (schedules()[static_cast<size_t>(run.schedule.row)].sets_rate && !steering) {
    text(tr("The schedule sets the learning rate."), TextLook::muted, true);
    return;
  }
  double lr = steering ? rate_at_cursor(session, results) : run.optimizer.number(0);
  const SliderLook look{p.slider_min, p.slider_max, p.log, false, "", p.help};
  push_type(Type::heading);
  const Name name = keyed("Learning rate", tr(steering ? "Learning rate from here on" : "Learning rate"));
  const bool changed = slider(name, lr, look, p.open_min ? 1e-300 : p.min, std::min(p.max, 1e300));
  if (changed && steering)
    steer(session, results, lr);
  else if (changed)
    run.optimizer.values[0] = {lr};
  playback.steering = steering && ImGui::IsAnyItemActive() && (changed || playback.steering);
  pop_type();
}

/// Why a plateau's relative threshold does not do below zero what it does above, where that happens.
void plateau_words(const Run& run, const Trajectory& path) {
  const Settings& s = run.schedule;
  const auto& params = schedules()[static_cast<size_t>(s.row)].params;
  const int mode = find_param(params, "threshold_mode");
  if (mode < 0 || s.integer(mode) != 0 || !(path.loss.back() < 0)) return;
  text(tr("The loss is below zero: with threshold_mode rel a loss a little above the best one still counts "
          "as better, "
          "and the rate may never fall. abs does what is meant."),
       TextLook::error, true);
}

/// Draws a part of the panel, disabled where it may not be changed.
template <class Draw>
void lockable(const Session& session, unsigned locks, Draw draw) {
  const LockScope scope = begin_locked(session, locks);
  draw();
  end_locked(scope);
}

}  // namespace

void rate_panel(Session& session, const Results& results, Playback& playback, LiveStudy& strip,
                const StudyDesk& desk) {
  begin_run(session.selected);
  lockable(session, lock_lr, [&] {
    rate_slider(session, results, playback);
    rate_strip(session, results, strip, desk);
  });
  end_group();
}

bool has_parameter(const Run& run, std::string_view word) {
  return find_param(schedules()[static_cast<size_t>(run.schedule.row)].params, word) >= 0 ||
         find_param(optimizers()[static_cast<size_t>(run.optimizer.row)].params, word) > 0;
}

void one_control(Session& session, const Results& results, Playback& playback, std::string_view word) {
  Run& run = selected_run(session);
  begin_run(session.selected);
  if (word == "lr") lockable(session, lock_lr, [&] { rate_slider(session, results, playback); });
  if (word == "optimizer")
    lockable(session, lock_optimizer, [&] { optimizer_choice(run, network_of(session.scenario)); });
  if (word == "schedule") lockable(session, lock_schedule, [&] { schedule_choice(session, run); });
  const auto parameter = [&](const char* group, Settings& rule, std::span<const Param> params, int first,
                             unsigned lock) {
    const int param = find_param(params, word);
    if (param < first) return;
    begin_group(group);
    lockable(session, lock, [&] {
      parameter_controls(rule, params.first(static_cast<size_t>(param) + 1), param,
                         {session.scenario.steps, steps_in_epoch(session.scenario)}, 1);
    });
    end_group();
  };
  parameter("schedule", run.schedule, schedules()[static_cast<size_t>(run.schedule.row)].params, 0,
            lock_schedule);
  parameter("optimizer", run.optimizer, optimizers()[static_cast<size_t>(run.optimizer.row)].params, 1,
            lock_optimizer);
  end_group();
}

void run_panel(Session& session, const Results& results, Playback& playback, Drafts& drafts, LiveStudy& strip,
               const StudyDesk& desk, bool& parameters_open) {
  keep_drafts(drafts, session);
  begin_group("runs");
  run_tabs(session, drafts);
  end_group();
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + u(8));
  Run& run = selected_run(session);
  begin_run(session.selected);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(u(8), u(8)));
  if (drafts.renaming == session.selected) rename_field(session, drafts);
  Columns pair = begin_columns(2);
  lockable(session, lock_optimizer, [&] { optimizer_choice(run, network_of(session.scenario)); });
  next_column(pair);
  lockable(session, lock_schedule, [&] { schedule_choice(session, run); });
  end_columns(pair);
  lockable(session, lock_lr, [&] {
    rate_slider(session, results, playback);
    rate_strip(session, results, strip, desk);
  });
  begin_group("schedule");
  lockable(session, lock_schedule, [&] {
    parameter_controls(run.schedule, schedules()[static_cast<size_t>(run.schedule.row)].params, 0,
                       {session.scenario.steps, steps_in_epoch(session.scenario)}, 2);
  });
  plateau_words(run, results[static_cast<size_t>(session.selected)].path);
  end_group();
  const Optimizer& o = optimizers()[static_cast<size_t>(run.optimizer.row)];
  // A rule is not folded away: without it there is nothing to be seen of a rule of one's own.
  const bool own = o.params.back().kind == Param::Kind::rule;
  if (own || fold(keyed("parameters", tr("Parameters of {0}", {o.key})), parameters_open)) {
    text(tr(o.help), TextLook::muted, true);
    begin_group("optimizer");
    lockable(session, lock_optimizer, [&] {
      parameter_controls(run.optimizer, o.params, 1, {session.scenario.steps, 0}, 2);
    });
    if (!o.average)
      lockable(session, lock_optimizer, [&] {
        slider("ema", run.ema, {0, 0.999, false, false, "", ema_help}, 0, 1 - 0x1p-53);
      });
    end_group();
  }
  ImGui::PopStyleVar();
  end_group();
}

}  // namespace stride::lab
