// Help beside a control (WCAG 1.4.13): it stays for as long as the pointer is on the control or on the help, and Escape
// takes it away.
#include <algorithm>

#include "support/lab_driver.h"

using namespace stride;
using namespace stride::lab;

namespace {

const Control* help() {
  const auto found = std::find_if(controls().begin(), controls().end(),
                                  [](const Control& c) { return c.role == Role::tooltip; });
  return found == controls().end() ? nullptr : &*found;
}

void rest_on(Driver& d, const Control& c) {
  d.move(c.at.x + c.size.x / 4, c.at.y + c.size.y / 2);
  d.move(c.at.x + c.size.x / 2, c.at.y + c.size.y / 2);
  d.frames(60);
}

}  // namespace

TEST_CASE("help stays, the pointer may go over to it, and other controls are silent under it") {
  Driver d;
  const Control share = d.get("button", "share");
  rest_on(d, share);
  REQUIRE(help());
  const Control shown = *help();
  d.frames(900);
  REQUIRE(help());
  CHECK(help()->name == shown.name);
  // It touches its control: there is no gap to cross.
  CHECK(shown.at.y <= share.at.y + share.size.y);
  CHECK(shown.at.x < share.at.x + share.size.x);
  for (float down = 0.1f; down < 1; down += 0.2f) {
    d.move(shown.at.x + shown.size.x * 0.3f, shown.at.y + shown.size.y * down);
    d.frames(60);
    REQUIRE(help());
    CHECK(help()->name == shown.name);
    CHECK(help()->at.y == shown.at.y);
  }
  d.move(shown.at.x + shown.size.x / 2, shown.at.y + shown.size.y + 200);
  d.frames(3);
  CHECK((!help() || help()->name != shown.name));
}

TEST_CASE("Escape takes help away, the pointer where it is, until that moves on") {
  Driver d;
  const Control share = d.get("button", "share");
  rest_on(d, share);
  REQUIRE(help());
  d.key(ImGuiKey_Escape);
  CHECK_FALSE(help());
  d.frames(200);
  CHECK_FALSE(help());
  d.move(share.at.x + share.size.x / 2 + 3, share.at.y + share.size.y / 2);
  d.frames(60);
  CHECK(help());
}

TEST_CASE("help lies within the window, at its foot too") {
  for (const char* name : {"help", "play", "share"}) {
    Driver d(1000, 640);
    rest_on(d, d.get("button", name));
    if (!help()) continue;  // not every one has some
    const Control& shown = *help();
    CHECK(shown.at.x >= 0);
    CHECK(shown.at.x + shown.size.x <= 1000);
    CHECK(shown.at.y + shown.size.y <= 640);
  }
}
