// Fingers on the lab's screen, and what they come to.
#include <algorithm>
#include <cmath>

#include "platform/touch.h"
#include "support/lab_driver.h"

using namespace stride;
using namespace stride::lab;
using stride::platform::Touch;

namespace {

/// A lab on a phone, under fingers.
struct Phone {
  Driver d{390, 844};
  Touch touch;

  void settle() {
    touch.scroll();
    d.frames(4);  // ImGui spreads what comes at once over several frames
  }
  void down(int id, ImVec2 at) {
    touch.down(id, at);
    settle();
  }
  void move(int id, ImVec2 at) {
    touch.move(id, at);
    settle();
  }
  void up(int id) {
    touch.up(id);
    settle();
  }
  bool left() const { return ImGui::IsMouseDown(0); }
  bool right() const { return ImGui::IsMouseDown(1); }
  double zoom() const { return d.lab.session.scenario.view.zoom; }
};

ImVec2 middle_of(const Control& c) {
  return {c.at.x + c.size.x / 2, c.at.y + c.size.y / 2};
}

/// A place on the surface where no finger meets anything else.
constexpr ImVec2 stage{120, 150};

/// The phone with a column that is longer than the screen, and a slider in it.
void open_column(Phone& p) {
  p.d.lab.shell.sheet_open = true;
  p.d.lab.shell.page = Page::run;
  p.d.lab.shell.parameters_open = true;
  Run run = default_run(find_optimizer("Adam"));
  const int row = find_schedule("StepLR");
  run.schedule = default_settings(row, schedules()[static_cast<size_t>(row)].params);
  p.d.lab.session.scenario.runs = {run};
  p.d.frames(4);
}

}  // namespace

TEST_CASE("touch: a tap presses what lies under it, and leaves nothing hovered") {
  Phone p;
  p.down(1, middle_of(p.d.get("button", "play")));
  p.up(1);
  CHECK(p.d.lab.playback.playing);
  CHECK(!p.left());
  CHECK(!ImGui::IsMousePosValid());
}

TEST_CASE("touch: one finger on the surface turns it") {
  Phone p;
  const double yaw = p.d.lab.session.scenario.view.yaw;
  p.down(7, stage);
  CHECK(p.left());
  p.move(7, {stage.x + 60, stage.y});
  CHECK(p.left());
  p.up(7);
  CHECK(!p.left());
  CHECK(p.d.lab.session.scenario.view.yaw != yaw);
}

TEST_CASE("touch: two fingers zoom about their middle and pan; the one that stays does nothing more") {
  Phone p;
  const double before = p.zoom();
  p.down(1, {stage.x - 30, stage.y});
  p.down(2, {stage.x + 30, stage.y});
  CHECK(!p.left());
  CHECK(p.right());
  p.move(1, {stage.x - 60, stage.y});
  p.move(2, {stage.x + 60, stage.y});
  const double apart = p.zoom();
  CHECK(apart > 1.3 * before);
  // A third finger, and one that was never there.
  p.down(3, {10, 10});
  p.move(3, {200, 10});
  p.move(9, {200, 10});
  p.up(9);
  CHECK(p.right());
  CHECK(p.zoom() == apart);
  p.move(1, {stage.x - 20, stage.y});
  p.move(2, {stage.x + 20, stage.y});
  CHECK(p.zoom() < apart);
  p.up(1);
  CHECK(!p.right());
  const View view = p.d.lab.session.scenario.view;
  p.move(2, {stage.x + 90, stage.y + 40});
  CHECK(p.d.lab.session.scenario.view == view);
  p.up(2);
  p.down(1, stage);
  CHECK(p.left());
  p.up(1);
}

TEST_CASE("touch: up or down a column scrolls it, across it drags; a finger that wanders a little taps") {
  Phone p;
  open_column(p);
  const auto rate = [&] { return p.d.lab.session.scenario.runs[0].optimizer.number(0); };
  const Control slider = p.d.get("slider", "Learning rate");
  const ImVec2 at = middle_of(slider);
  const double before = rate();
  p.down(1, at);
  CHECK(!p.left());
  p.move(1, {at.x, at.y - 20});
  p.move(1, {at.x, at.y - 60});
  CHECK(!p.left());
  p.up(1);
  CHECK(rate() == before);
  CHECK(p.d.get("slider", "Learning rate").at.y == doctest::Approx(slider.at.y - 60));
  const ImVec2 now = middle_of(p.d.get("slider", "Learning rate"));
  p.down(1, now);
  p.move(1, {now.x + 20, now.y});
  CHECK(p.left());
  p.move(1, {now.x + 50, now.y});
  p.up(1);
  const double dragged = rate();
  CHECK(dragged > before);
  p.down(1, now);
  p.move(1, {now.x + 3, now.y - 3});
  CHECK(!p.left());
  p.up(1);
  CHECK(rate() != dragged);  // a slider goes where it is tapped
}

TEST_CASE("touch: what is taken away presses nothing, and two fingers in a column don't zoom") {
  Phone p;
  open_column(p);
  const ImVec2 at = middle_of(p.d.get("slider", "Learning rate"));
  const Scenario before = p.d.lab.session.scenario;
  p.down(1, at);
  p.touch.cancel();
  p.settle();
  CHECK(!p.left());
  p.down(1, at);
  p.down(2, {at.x + 40, at.y});
  p.move(2, {at.x + 90, at.y});
  CHECK(!p.left());
  CHECK(!p.right());
  p.up(1);
  p.up(2);
  CHECK(p.d.lab.session.scenario == before);
  p.down(1, at);
  p.move(1, {at.x + 30, at.y});
  REQUIRE(p.left());
  p.touch.cancel();
  p.settle();
  CHECK(!p.left());
}
