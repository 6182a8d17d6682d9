#include "lab/session/playback.h"

#include <algorithm>

namespace stride::lab {

int cursor_step(const Scenario& scenario) {
  const int c = scenario.view.cursor;
  return c < 0 ? scenario.steps : std::min(c, scenario.steps);
}

int shown_step(const Scenario& scenario, const Pointing& pointing, const Playback& playback) {
  if (pointing.hover.step >= 0 && !playback.playing) return std::min(pointing.hover.step, scenario.steps);
  return cursor_step(scenario);
}

void seek(Session& session, Playback& playback, int step) {
  playback.playing = false;
  session.scenario.view.cursor = std::clamp(step, 0, session.scenario.steps);
  playback.position = session.scenario.view.cursor;
}

void toggle_play(Session& session, Playback& playback) {
  playback.playing = !playback.playing;
  if (playback.playing && cursor_step(session.scenario) >= session.scenario.steps)
    session.scenario.view.cursor = 0;
  playback.position = cursor_step(session.scenario);
}

void advance(Session& session, Playback& playback, double seconds) {
  if (!playback.playing) return;
  playback.position += 30 * playback.speed * std::clamp(seconds, 0.0, 0.1);
  session.scenario.view.cursor = std::min(static_cast<int>(playback.position), session.scenario.steps);
  if (session.scenario.view.cursor >= session.scenario.steps) playback.playing = false;
}

}  // namespace stride::lab
