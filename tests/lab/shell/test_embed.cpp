// What the page around a lab decides: which parts are shown, what stays as it is.
#include "lab/session/locks.h"

#include <set>
#include <tuple>

#include "support/lab_driver.h"
#include "support/sentences.h"

namespace stride::lab {

namespace {

std::set<std::string> groups() {
  std::set<std::string> all;
  for (const Control& c : controls()) all.insert(c.group);
  return all;
}

unsigned parts_of(const char* words) {
  unsigned parts = 0;
  REQUIRE(read_panels(words, parts) == "");
  return parts;
}

struct Size {
  float w, h;
};
const Size embedded_sizes[] = {{1440, 900}, {900, 600}, {760, 900}, {640, 400}, {360, 640}};

}  // namespace

TEST_CASE("embed: words for parts and locks") {
  CHECK(parts_of("") == all_panels);
  CHECK(parts_of("all") == all_panels);
  CHECK(parts_of(" surface,rate ") == (panel_surface | panel_rate));
  unsigned bits = 77;
  CHECK(read_panels("surface sky", bits) ==
        "panels: expected some of all, bar, surface, rate, loss, controls, instruments, problem, transport, "
        "lessons, data, boundary, got \"sky\"");
  CHECK(bits == 77);
  CHECK(read_locks("lr start", bits) == "");
  CHECK(bits == (lock_lr | lock_start));
  CHECK(read_locks("", bits) == "");
  CHECK(bits == 0);
}

TEST_CASE("embed: only the parts that are wanted are drawn, at every size") {
  for (const Size& size : embedded_sizes) {
    Driver d(size.w, size.h);
    CAPTURE(size.w);
    d.lab.shell.panels = parts_of("surface");
    d.frames(4);
    for (const Control& c : controls()) {
      CAPTURE(c.name);
      CHECK((holds_others(c.role) || c.group == "surface" || c.group == "run 1"));
    }
    CHECK(d.lab.stage.area.w == size.w);
    CHECK(d.lab.stage.area.h == size.h);
    d.lab.shell.panels = parts_of("surface rate");
    d.frames(4);
    CHECK(d.find("slider", "Learning rate"));
    CHECK(d.find("img", "learning-rate plot"));
    CHECK_FALSE(d.find("img", "loss plot"));
    CHECK_FALSE(d.find("combobox", "optimizer"));
    CHECK(groups().count("bar") + groups().count("transport") + groups().count("pages") == 0);
    d.lab.shell.panels = parts_of("loss transport");
    d.frames(4);
    CHECK(d.find("img", "loss plot"));
    CHECK(d.find("button", "play"));
    CHECK_FALSE(d.find("img", "loss surface"));
    d.lab.shell.panels = parts_of("controls instruments problem");
    d.frames(4);
    CHECK_FALSE(d.find("img", "learning-rate plot"));
  }
}

TEST_CASE("embed: a fit's data and a network's border stand without anything else") {
  for (const Size& size : embedded_sizes)
    for (const auto& [problem, panel, shown] :
         {std::tuple(R"({"stride": 1, "problem": {"type": "fit"}})", "data", "data"),
          std::tuple(R"({"stride": 1, "problem": {"type": "network"}, "steps": 20})", "boundary",
                     "network")}) {
      Scenario s;
      REQUIRE(sentence(read_scenario(problem, s)) == "");
      Driver d(size.w, size.h, 1, s);
      d.lab.shell.panels = parts_of(panel);
      d.frames(3);
      const Control c = d.get("img", shown);
      CHECK(c.size.x == size.w);
      CHECK(c.size.y == size.h);
      CHECK_FALSE(d.find("img", "loss surface"));
      CHECK_FALSE(d.find("img", "loss plot"));
      d.lab.shell.panels = parts_of("surface");
      d.frames(3);
      CHECK((d.find("img", shown) == nullptr || std::string(shown) == "network"));
    }
}

TEST_CASE("embed: every set of parts stays inside its window") {
  for (const Size& size : embedded_sizes) {
    Driver d(size.w, size.h);
    for (unsigned parts = 1; parts <= all_panels; parts += 23) {
      d.lab.shell.panels = parts;
      d.frames(2);
      for (const Control& c : controls()) {
        if (!c.visible) continue;
        CAPTURE(parts);
        CAPTURE(c.name);
        CHECK(c.at.x >= -1);
        CHECK(c.at.x + c.size.x <= size.w + 1);
      }
    }
  }
}

TEST_CASE("embed: what is locked is shown disabled and stays, whatever is tried") {
  Driver d;
  d.lab.session.locks = all_locks;
  d.frames(3);
  const Scenario before = d.lab.session.scenario;
  for (const char* name : {"optimizer", "schedule"}) CHECK_FALSE(d.get("combobox", name).enabled);
  CHECK_FALSE(d.get("slider", "Learning rate").enabled);
  CHECK_FALSE(d.get("button", "surface", "bar").enabled);
  CHECK_FALSE(d.get("button", "add a run").enabled);
  CHECK_FALSE(d.get("button", "open a scenario").enabled);
  d.drag_slider("Learning rate", 0.9f);
  d.type("][");
  for (ImGuiKey k : {ImGuiKey_N, ImGuiKey_D, ImGuiKey_F}) d.key(k);
  const Control start = d.get("slider", "start", "surface");
  d.drag(start.at.x + 9, start.at.y + 9, start.at.x + 80, start.at.y + 60);
  pick_surface(d.lab.session, find_surface("beale"));
  move_start(d.lab.session, {0, 0});
  d.lab.session.scenario.runs[0].schedule = default_run(0).schedule;
  surface_of(d.lab.session.scenario).noise.sigma = 3;
  d.frames(3);
  CHECK(same_numbers(d.lab.session.scenario, before));
  CHECK(d.lab.session.undo.empty());
}

TEST_CASE("embed: a lock holds one thing and leaves the others") {
  Driver d;
  d.lab.session.locks = lock_lr;
  d.frames(3);
  const double rate = d.lab.session.scenario.runs[0].optimizer.number(0);
  d.type("]");
  CHECK(d.lab.session.scenario.runs[0].optimizer.number(0) == rate);
  d.choose("schedule", "Step decay");
  CHECK(d.lab.session.scenario.runs[0].schedule.row == find_schedule("StepLR"));
  CHECK(d.get("combobox", "optimizer").enabled);
}

TEST_CASE("embed: a locked curve has no handles, and is not drawn on") {
  Scenario s = default_scenario();
  REQUIRE(decode_link("?surface=quad_k10&schedule=StepLR&step_size=20", s) == "");
  Driver d(1440, 900, 1, s);
  const auto handles = [] {
    std::set<std::string> all;
    for (const Control& c : controls())
      if (c.name.starts_with("handle ")) all.insert(c.name);
    return all;
  };
  CHECK(handles() == std::set<std::string>{"handle gamma", "handle lr", "handle step_size"});
  CHECK(d.find("switch", "draw"));
  d.lab.session.locks = lock_schedule;
  d.frames(2);
  CHECK(handles() == std::set<std::string>{"handle lr"});
  CHECK_FALSE(d.find("switch", "draw"));
  d.lab.session.locks = lock_lr;
  d.frames(2);
  CHECK(handles() == std::set<std::string>{"handle gamma", "handle step_size"});
  d.lab.session.locks = 0;
  d.frames(2);
  CHECK(handles().size() == 3);
}

TEST_CASE("embed: a document, a link and a lesson come through every lock") {
  Driver d;
  d.lab.session.locks = all_locks;
  open_document(d.lab, R"({"stride": 1, "problem": {"surface": "beale"}, "steps": 40})", "host");
  d.frames(2);
  CHECK(surface_of(d.lab.session.scenario).surface == find_surface("beale"));
  CHECK(d.lab.session.scenario.steps == 40);
  open_link(d.lab, "?surface=booth");
  d.frames(2);
  CHECK(surface_of(d.lab.session.scenario).surface == find_surface("booth"));
  open_lesson(lesson_desk(d.lab), 2);
  d.frames(2);
  CHECK(same_numbers(d.lab.session.scenario, d.lab.lesson.open->scenario));
}

TEST_CASE("embed: a projector's type is larger, its ground is white") {
  Driver d;
  const float before = d.get("button", "play").size.y;
  d.lab.session.scenario.view.theme = "projector";
  d.frames(3);
  CHECK(d.get("button", "play").size.y == doctest::Approx(before * 1.25f));
  CHECK(theme().ground == IM_COL32_WHITE);
  CHECK_FALSE(is_dark(d.lab.session.scenario.view, d.lab.services.host));
}

}  // namespace stride::lab
