// The size of letters and controls: chosen by a person, kept on the machine and not in the scenario; however large, all of
// the lab is there.
#include <map>
#include <string>
#include <utility>

#include "support/lab_driver.h"

using namespace stride;
using namespace stride::lab;

namespace {

constexpr const char* size_button = "size of letters and controls";

float height_at(float w, float h, int size, float ratio = 1) {
  Driver d(w, h, ratio);
  d.lab.shell.size = size;
  d.frames(4);
  return d.get("combobox", "optimizer").size.y;
}

}  // namespace

TEST_CASE("the size is chosen in the bar, kept on the machine, and no part of the scenario") {
  std::map<std::string, std::string> machine;
  const auto use = [&](Driver& d) {
    d.lab.services.host.load = [&](const std::string& key) { return machine[key]; };
    d.lab.services.host.store = [&](const std::string& key, const std::string& value) {
      machine[key] = value;
    };
    d.lab.shell.size = 0;
    d.frames(4);
  };
  {
    Driver d(1440, 900);
    use(d);
    CHECK(d.get("combobox", "optimizer").size.y == 32);
    const std::string link = encode_link(d.lab.session.scenario);
    d.click("button", size_button);
    CHECK(d.get("button", "100 %").checked);
    CHECK_FALSE(d.get("button", "125 %").checked);
    d.click("button", "125 %");
    CHECK(d.get("combobox", "optimizer").size.y == 40);
    CHECK(d.find("button", "125 %") == nullptr);
    CHECK(encode_link(d.lab.session.scenario) == link);
    CHECK(d.lab.session.undo.empty());
  }
  Driver d(1440, 900);
  use(d);
  CHECK(d.get("combobox", "optimizer").size.y == 40);
  for (const char* wrong : {"", "huge", "99999", "-100", "0"}) {
    machine["stride-size"] = wrong;
    use(d);
    CHECK(d.get("combobox", "optimizer").size.y == 32);
  }
}

TEST_CASE("the size is chosen by keys, and on a phone in the help") {
  Driver d(1440, 900);
  REQUIRE(request(d.get("button", size_button).id, "focus") == "");
  d.frames(3);
  d.key(ImGuiKey_Enter);
  REQUIRE(request(d.get("button", "200 %").id, "focus") == "");
  d.frames(3);
  d.key(ImGuiKey_Enter);
  CHECK(d.lab.shell.size == 200);
  d.resize(360, 640, 2);
  CHECK(d.find("button", size_button) == nullptr);
  d.key(ImGuiKey_Slash, ImGuiMod_Shift);
  d.frames(3);
  CHECK(d.get("combobox", size_button).value == "200 %");
  REQUIRE(request(d.get("combobox", size_button).id, "choose", "90 %") == "");
  d.frames(3);
  CHECK(d.lab.shell.size == 90);
}

TEST_CASE("where the page shows the lab as text, that stands among the sizes, in the bar and on a phone") {
  Driver d(1440, 900);
  d.click("button", size_button);
  CHECK(d.find("button", "as text") == nullptr);
  d.key(ImGuiKey_Escape);
  int shown = 0;
  d.lab.services.host.show_as_text = [&] { ++shown; };
  d.click("button", size_button);
  d.click("button", "as text");
  CHECK(shown == 1);
  CHECK(d.lab.shell.size == 100);
  d.resize(360, 640, 2);
  d.lab.shell.help_open = true;
  d.frames(3);
  REQUIRE(request(d.get("combobox", size_button).id, "choose", "as text") == "");
  d.frames(3);
  CHECK(shown == 2);
  CHECK(d.get("combobox", size_button).value == "100 %");
}

TEST_CASE("letters and controls are as large as was chosen, as far as a page at 400 % is left") {
  CHECK(height_at(1440, 900, 90) == doctest::Approx(28.8).epsilon(0.03));
  CHECK(height_at(1440, 900, 150) == 48);
  CHECK(height_at(3840, 2160, 150) == 96);
  Driver d(360, 640, 2);
  d.lab.shell.size = 200;
  d.frames(4);
  CHECK(d.lab.shell.scale == doctest::Approx(2 * 360 / 320.0));
  d.resize(200, 150, 2);
  CHECK(d.lab.shell.scale == 2);
}

TEST_CASE("at 200 % in 1280 by 800 and 1440 by 900 nothing is lost") {
  for (const auto& [w, h] : {std::pair{1280.f, 800.f}, {1440.f, 900.f}}) {
    Driver d(w, h);
    d.lab.shell.size = 200;
    d.frames(4);
    CHECK(d.get("img", "loss surface").visible);
    CHECK(d.get("slider", "Learning rate").visible);
    CHECK(d.get("button", "play").visible);
    for (const char* page : {"Run", "Curves", "Tools", "Surface"}) {
      d.click("tab", page);
      if (!d.lab.shell.sheet_open) d.click("tab", page);
      int inside = 0;
      for (const Control& c : controls()) {
        if (!is_interactive(c.role)) continue;
        CAPTURE(c.id);
        CHECK(c.at.x >= 0);
        CHECK(c.at.x + c.size.x <= w + 1);
        CHECK_FALSE((c.visible && c.clipped));
        inside += c.group != "bar" && c.group != "pages";
      }
      CHECK(inside > 4);
    }
  }
}
