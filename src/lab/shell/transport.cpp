// The bar that moves the cursor over the finished trajectories: play, pause, step, speed, scrub.
#include <algorithm>

#include "lab/session/edits.h"
#include "lab/shell/bars.h"
#include "text/text.h"
#include "ui/target.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

constexpr double speeds[] = {0.25, 0.5, 1, 2, 4, 8};

void speed_button(double& speed) {
  const std::string label = readable(speed) + "×";
  set_width(u(48));
  if (button("speed", label.c_str(), ButtonLook::quiet, true,
             "How fast the cursor plays: 1× is 30 steps a second.")) {
    const auto* next = std::upper_bound(std::begin(speeds), std::end(speeds), speed);
    speed = next == std::end(speeds) ? speeds[0] : *next;
  }
  set_width(0);
}

void scrub_bar(Session& session, const Results& results, Playback& playback, float width) {
  const Theme& t = theme();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float h = u(32), y = at.y + h / 2, r = u(7);
  const Target it = target(Role::slider, "step|cursor", {std::max(width, u(8)), h});
  const float x0 = at.x + r, x1 = at.x + width - r;
  if (it.held && ImGui::IsMouseDown(0)) {
    const double f = std::clamp((ImGui::GetIO().MousePos.x - x0) / std::max(x1 - x0, 1.f), 0.f, 1.f);
    seek(session, playback, static_cast<int>(f * session.scenario.steps + 0.5));
  }
  if (const int by = steps_of(it, false)) seek(session, playback, cursor_step(session.scenario) + by);
  if (takes_key(it, ImGuiKey_Home)) seek(session, playback, 0);
  if (takes_key(it, ImGuiKey_End)) seek(session, playback, max_steps);
  if (const double* wanted = number_asked(it))
    seek(session, playback, static_cast<int>(std::clamp(*wanted, 0.0, double(session.scenario.steps)) + 0.5));
  const int step = cursor_step(session.scenario);
  const float x = x0 + (x1 - x0) * static_cast<float>(step) / static_cast<float>(session.scenario.steps);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled({at.x, y - u(2.5f)}, {at.x + width, y + u(2.5f)}, t.field_hover, u(2.5f));
  draw->AddRectFilled({at.x, y - u(2.5f)}, {x, y + u(2.5f)}, t.accent, u(2.5f));
  // Where runs ended early: the steps beyond belong to nobody.
  for (int i = 0; i < static_cast<int>(results.size()); ++i) {
    const int end = results[static_cast<size_t>(i)].path.diverged_at;
    if (end < 0 || is_hidden(session.scenario, i)) continue;
    const float ex = x0 + (x1 - x0) * static_cast<float>(end) / static_cast<float>(session.scenario.steps);
    draw->AddRectFilled({ex - u(1), y - u(7)}, {ex + u(1), y + u(7)}, t.runs[i]);
  }
  draw->AddCircleFilled({x, y}, r, t.dark ? IM_COL32_WHITE : t.panel);
  draw->AddCircle({x, y}, r, t.accent, 0, u(1.5f));
  set_place(it, {x0, at.y}, {x1 - x0, h});
  set_state(it,
            {.value = tr("step {0} of {1}", {readable_whole(step), readable_whole(session.scenario.steps)}),
             .max = double(session.scenario.steps),
             .now = double(step)});
}

}  // namespace

void transport(Shell& shell, Session& session, const Results& results, Playback& playback,
               const Pointing& pointing) {
  begin_group(keyed("transport", tr("playback")), Role::region);
  const float width = ImGui::GetContentRegionAvail().x;
  const bool small = width < u(560);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(u(2), 0));
  if (!small) {
    if (button("to the start", icon::first, ButtonLook::icon)) shell.command = Command::first_step;
    ImGui::SameLine();
  }
  if (button("step back", icon::step_back, ButtonLook::icon)) shell.command = Command::back;
  ImGui::SameLine();
  if (button({"play", tr(playback.playing ? "pause" : "play")}, playback.playing ? icon::pause : icon::play,
             ButtonLook::icon))
    shell.command = Command::play;
  ImGui::SameLine();
  if (button("step forward", icon::step_forward, ButtonLook::icon)) shell.command = Command::forward;
  ImGui::SameLine();
  if (!small) {
    speed_button(playback.speed);
    ImGui::SameLine();
  }
  ImGui::PopStyleVar();
  // The words at the right keep the width of the longest, so that the bar doesn't tremble while playing.
  const int shown = pointing.hover.step >= 0 && !playback.playing
                        ? std::min(pointing.hover.step, session.scenario.steps)
                        : cursor_step(session.scenario);
  const char* pattern = small ? "{0} / {1}" : "step {0} of {1}";
  const std::string last = readable_whole(session.scenario.steps);
  const std::string words = tr(pattern, {readable_whole(shown), last}), widest = tr(pattern, {last, last});
  const float right = ImGui::CalcTextSize(widest.c_str()).x;
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + u(8));
  scrub_bar(session, results, playback, ImGui::GetContentRegionAvail().x - right - u(16));
  ImGui::SameLine(0, u(16));
  const ImVec2 at = ImGui::GetCursorScreenPos(), size = ImGui::CalcTextSize(words.c_str());
  ImGui::SetCursorScreenPos({at.x + right - size.x, at.y + (u(32) - size.y) / 2});
  text(words);
  end_group();
}

}  // namespace stride::lab
