// The desktop's menu of what is taken away: each way gives what it says, and closes the menu.
#include "platform/take_away.h"

#include <map>

#include "scenario/csv.h"
#include "support/lab_driver.h"

namespace stride::lab {

namespace {

using platform::TakeAway;

struct Menu {
  Driver d;
  TakeAway state;
  std::map<std::string, std::string> saved;
  std::string copied;

  explicit Menu(Scenario scenario = default_scenario()) : d(1280, 800, 1, std::move(scenario)) {
    Host& host = d.lab.services.host;
    host.save_file = [this](const std::string&, const std::string&) { state.asked = true; };
    host.copy_text = [this](const std::string& words) { copied = words; };
    host.draw_over = [this] {
      platform::take_away_panel(state, d.lab, [this](const std::string& name, const std::string& contents) {
        saved[name] = contents;
      });
    };
  }

  bool is_open() {
    for (const Control& c : controls())
      if (c.role == Role::dialog && c.name == "take away") return true;
    return false;
  }
  void take(const std::string& name) {
    d.click("button", "save the scenario");
    d.frames(3);
    REQUIRE(is_open());
    d.click("button", name);
    d.frames(3);
    CHECK(!is_open());
  }
};

}  // namespace

TEST_CASE("take away: files by their names, and what they hold") {
  Menu m;
  const Scenario& s = m.d.lab.session.scenario;
  for (const char* way : {"scenario", "table", "figure as SVG", "figure as PNG", "pytorch", "keras", "optax"})
    m.take(way);
  CHECK(m.saved["scenario.json"] == write_scenario(s));
  CHECK(m.saved["stride.csv"] == write_csv(s));
  CHECK(m.saved["stride.svg"].find("<svg") != std::string::npos);
  CHECK(m.saved["stride-figure.png"].substr(1, 3) == "PNG");
  CHECK(m.saved["stride_pytorch.py"].find("import torch") != std::string::npos);
  CHECK(m.saved["stride_keras.py"].find("import keras") != std::string::npos);
  CHECK(m.saved["stride_optax.py"].find("import optax") != std::string::npos);
  CHECK(m.saved.size() == 7);
  m.take("link");
  Scenario again;
  CHECK(!decode_link(m.copied, again));
  CHECK(again == s);
  m.take("embedding lines");
  CHECK(m.copied.find("<stride-lab scenario=\"{&quot;stride&quot;:1") != std::string::npos);
}

TEST_CASE("take away: a transparent figure has no ground, a picture and a film are left to the window") {
  Menu m;
  m.take("figure as SVG");
  const std::string before = m.saved["stride.svg"];
  m.d.click("button", "save the scenario");
  m.d.frames(3);
  m.d.click("switch", "Transparent figure");
  m.d.click("button", "figure as SVG");
  m.d.frames(3);
  CHECK(m.saved["stride.svg"].size() < before.size());
  m.take("picture 4");
  CHECK(m.state.drawn == TakeAway::Drawn::picture);
  CHECK(m.state.scale == 4);
  m.take("film");
  CHECK(m.state.drawn == TakeAway::Drawn::film);
}

TEST_CASE("take away: what a program cannot be written for is told, and Escape closes the menu") {
  Menu m;
  Scenario s = default_scenario();
  s.runs[0] = default_run(find_optimizer("LBFGS"));
  open_document(m.d.lab, write_scenario(s), "scenario.json");
  m.take("keras");
  CHECK(m.saved.empty());
  CHECK(m.d.lab.shell.notice.words.find("--to pytorch") != std::string::npos);
  m.d.click("button", "save the scenario");
  m.d.frames(3);
  m.d.key(ImGuiKey_Escape);
  m.d.frames(3);
  CHECK(!m.is_open());
  for (const Control& c : controls()) CHECK_MESSAGE(!(c.visible && c.clipped), c.id);
}

}  // namespace stride::lab
