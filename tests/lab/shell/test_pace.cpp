// A hand that moves on a slow machine: the surface is drawn coarsely until it rests, and no number knows of it.
#include <algorithm>
#include <vector>

#include "render/surface_view.h"
#include "support/lab_driver.h"

using namespace stride;
using namespace stride::lab;

namespace {

/// Turns the surface, a frame a place, and returns how coarse each was.
std::vector<int> turn(Driver& d, int places, bool let_go = false) {
  const Control surface = d.get("img", "loss surface");
  const float x = surface.at.x + surface.size.x * 0.7f, y = surface.at.y + surface.size.y * 0.7f;
  std::vector<int> seen;
  if (!ImGui::IsAnyMouseDown()) {
    d.move(x, y);
    d.press();
  }
  for (int i = 1; i <= places; ++i) {
    d.move(x - float(i % 40) * 3, y);
    seen.push_back(d.lab.shell.pace.coarseness);
  }
  if (let_go) d.release();
  return seen;
}

int most(const std::vector<int>& seen) {
  return *std::max_element(seen.begin(), seen.end());
}

}  // namespace

TEST_CASE("a fast machine draws the whole picture, at a thirtieth of a second for each too") {
  for (double seconds : {1 / 120.0, 1 / 60.0, 1 / 30.0}) {
    Driver d;
    d.frame_seconds = seconds;
    CHECK(most(turn(d, 60, true)) == 0);
  }
}

TEST_CASE(
    "a slow machine draws coarsely after some frames, coarser where that is not enough, whole at rest") {
  Driver d;
  std::vector<double> waits;
  d.lab.services.host.wake_after = [&](double seconds) { waits.push_back(seconds); };
  d.frame_seconds = 0.05;
  const std::vector<int> seen = turn(d, 20);
  CHECK(seen.front() == 0);
  CHECK(std::is_sorted(seen.begin(), seen.end()));
  CHECK(std::find(seen.begin(), seen.end(), 1) != seen.end());
  CHECK(seen.back() == render::most_coarse);
  // A hand that rests with the button down sees the whole picture, in a frame that was asked for.
  REQUIRE_FALSE(waits.empty());
  CHECK(waits.size() <= 5);
  d.frames(1);
  CHECK(d.lab.shell.pace.coarseness > 0);
  d.frames(static_cast<int>(waits.back() / d.frame_seconds) + 1);
  CHECK(d.lab.shell.pace.coarseness == 0);
  // It moves on: the machine is known.
  CHECK(turn(d, 1).front() == render::most_coarse);
  d.release();
  CHECK(d.lab.shell.pace.coarseness == 0);
  // Not for ever.
  d.frames(int(40 / d.frame_seconds));
  d.frame_seconds = 1 / 60.0;
  CHECK(most(turn(d, 20, true)) == 0);
}

TEST_CASE("frames that take a tenth of a second are coarse at once") {
  Driver d;
  d.frame_seconds = 0.15;
  const std::vector<int> seen = turn(d, 8, true);
  CHECK(std::find(seen.begin(), seen.end(), 1) == seen.end());
  CHECK(seen.back() == render::most_coarse);
}

TEST_CASE("pauses of the hand, and a machine that only plays, are not slow") {
  Driver d;
  d.move(300, 300);
  for (int i = 0; i < 40; ++i) {  // each input has three frames
    d.frame_seconds = i % 3 ? 1 / 60.0 : 0.2;
    turn(d, 1);
    CHECK(d.lab.shell.pace.coarseness == 0);
  }
  d.release();
  d.frame_seconds = 0.1;
  d.lab.playback.playing = true;
  d.frames(20);
  CHECK(d.lab.shell.pace.coarseness == 0);
}

TEST_CASE("the numbers do not know how coarse the picture is") {
  Scenario left[2];
  std::vector<double> losses[2];
  for (int slow : {0, 1}) {
    Driver d;
    d.frame_seconds = slow ? 0.2 : 1 / 60.0;
    turn(d, 20, true);
    d.drag_slider("Learning rate", 0.7f, false);
    for (int i = 0; i < 12; ++i) d.move(ImGui::GetIO().MousePos.x - 2, ImGui::GetIO().MousePos.y);
    CHECK((d.lab.shell.pace.coarseness > 0) == (slow == 1));
    losses[slow] = d.lab.results[0].path.loss;
    d.release();
    left[slow] = d.lab.session.scenario;
  }
  CHECK(left[0] == left[1]);
  CHECK(losses[0] == losses[1]);
}
