// On every window of the matrix targets are large enough; on a phone surface, curve and rate are seen together, and the
// rest is a sheet.
#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "jobs/jobs.h"
#include "support/lab_driver.h"

using namespace stride;
using namespace stride::lab;

namespace {

constexpr std::pair<float, float> phones[] = {{360, 640}, {390, 844}, {320, 640}, {740, 360}, {844, 390}};
constexpr std::pair<float, float> windows[] = {{360, 640},  {740, 360},   {820, 1180},
                                               {1440, 900}, {2560, 1440}, {3840, 2160}};

bool seen(const Driver& d, const char* role, const char* name) {
  const Control* c = d.find(role, name);
  return c && c->visible;
}

/// What is too small for a mouse, or for a finger.
std::string small_targets(bool fingers, float foot) {
  std::string faults;
  for (const Control& c : controls()) {
    if (!is_interactive(c.role) || !c.visible || !c.enabled) continue;
    if (c.at.y + c.size.y >= foot) continue;  // the window's foot cuts it: it is scrolled to
    const float reach = 2 * ImGui::GetStyle().TouchExtraPadding.x, width = c.size.x + reach,
                height = c.size.y + reach;
    const float least = fingers ? 43.99f : 23.99f;
    if (width < least || height < least)
      faults += c.id + " is " + std::to_string(width) + " by " + std::to_string(height) + "\n";
  }
  return faults;
}

}  // namespace

TEST_CASE("a phone shows surface, curve and rate together; the rate lies where a thumb is") {
  for (const auto& [w, h] : phones) {
    CAPTURE(w);
    CAPTURE(h);
    Driver d(w, h, 2);
    CHECK(seen(d, "img", "loss surface"));
    CHECK(seen(d, "img", "learning-rate plot"));
    REQUIRE(seen(d, "slider", "Learning rate"));
    CHECK(seen(d, "spinbutton", "Learning rate"));
    const Control surface = d.get("img", "loss surface"), plot = d.get("img", "learning-rate plot"),
                  rate = d.get("slider", "Learning rate");
    CHECK(surface.size.y / 2 >= 180);
    CHECK(plot.size.y / 2 >= 60);
    CHECK(rate.at.y > h * 2 * 0.5f);
    CHECK(d.find("combobox", "optimizer") == nullptr);
    d.drag_slider("Learning rate", 0.7f);
    CHECK(d.lab.session.scenario.runs[0].optimizer.number(0) > 0.01);
  }
}

TEST_CASE("the sheet comes and goes by its tabs, its handle, and a finger that pulls it") {
  for (const auto& [w, h] : phones) {
    CAPTURE(w);
    Driver d(w, h, 2);
    d.click("tab", "Run");
    CHECK(d.lab.shell.sheet_open);
    CHECK(seen(d, "combobox", "optimizer"));
    CHECK(seen(d, "img", "loss surface"));
    CHECK(d.find("img", "learning-rate plot") == nullptr);
    d.click("tab", "Curves");
    CHECK(d.lab.shell.sheet_open);
    CHECK(d.find("img", "learning-rate plot") != nullptr);
    d.click("tab", "Curves");
    CHECK_FALSE(d.lab.shell.sheet_open);
    d.click("button", "Controls");
    CHECK(d.lab.shell.sheet_open);
    d.click("button", "Controls");
    CHECK_FALSE(d.lab.shell.sheet_open);
    const Control tab = d.get("tab", "Tools");
    const float x = tab.at.x + tab.size.x / 2, y = tab.at.y + tab.size.y / 2;
    d.drag(x, y, x, y - 120);
    CHECK(d.lab.shell.sheet_open);
    const Control open = d.get("tab", "Tools");
    d.drag(x, open.at.y + open.size.y / 2, x, open.at.y + open.size.y / 2 + 120);
    CHECK_FALSE(d.lab.shell.sheet_open);
  }
}

TEST_CASE("at 400 % everything is there, by scrolling up and down alone") {
  Driver d(320, 256, 4);
  CHECK(seen(d, "img", "loss surface"));
  CHECK(seen(d, "button", "play"));
  const auto engine = jobs::make_inline();
  d.lab.services.engine = engine.get();
  for (const bool fingers : {false, true}) {
    d.lab.services.host.has_fingers = [=] { return fingers; };
    d.frames(4);
    const Control surface = d.get("img", "loss surface");
    for (const char* name : {"map", "reset the view", "basins", "blindfold"}) {
      CAPTURE(name);
      const Control c = d.get("button", name, "surface");
      CHECK(c.visible);
      CHECK(c.size.y == 32 * 4);
      CHECK(c.at.y + c.size.y <= surface.at.y + surface.size.y);
      for (const Control& card : controls())
        if (card.group == "run 1" && card.visible) CHECK(card.at.x + card.size.x <= c.at.x);
    }
  }
  d.click("button", "blindfold");
  CHECK(d.lab.lesson.blindfold);
  d.click("button", "blindfold");
  for (const char* page : {"Run", "Curves", "Tools", "Surface"}) {
    d.click("tab", page);
    int inside = 0;
    for (const Control& c : controls()) {
      if (!is_interactive(c.role)) continue;
      CAPTURE(c.id);
      CHECK(c.at.x >= 0);
      CHECK(c.at.x + c.size.x <= 320 * 4 + 1);
      inside += c.group != "bar" && c.group != "pages";
    }
    CHECK(inside > 2);
    CHECK(d.get("tab", page).visible);
  }
  d.click("tab", "Surface");
  CHECK(seen(d, "img", "loss surface"));
}

TEST_CASE("a lesson that begins pulls the sheet up") {
  Driver d(390, 844, 2);
  open_lesson(lesson_desk(d.lab), 1);
  d.frames(3);
  CHECK(d.lab.shell.sheet_open);
  CHECK(d.lab.shell.page == Page::lesson);
}

TEST_CASE("what is said of an answer comes in sight") {
  for (const auto& [w, h] : {std::pair(390, 844), std::pair(360, 640), std::pair(1280, 800)})
    for (const int lesson : {1, 2, 9, 18}) {
      CAPTURE(w);
      CAPTURE(lesson);
      Driver d(static_cast<float>(w), static_cast<float>(h));
      open_lesson(lesson_desk(d.lab), lesson);
      d.frames(3);
      d.click("button", "next page");
      const LessonPrediction p = *d.lab.lesson.open->prediction;
      for (size_t i = 0; i < p.choices.size(); ++i) {
        if (p.choices[i].correct) continue;
        answer(lesson_desk(d.lab), static_cast<int>(i));
        break;
      }
      d.frames(4);
      CHECK(d.get("text", p.choices[static_cast<size_t>(d.lab.lesson.answer)].feedback).visible);
      CHECK(d.get("button", "ask again").visible);
    }
}

namespace {

/// The lesson, opened and turned to its task, its question answered.
Lesson at_task(Driver& d, int index) {
  open_lesson(lesson_desk(d.lab), index);
  Lesson lesson = *d.lab.lesson.open;
  d.lab.lesson.leaf = Leaf::pages;
  d.lab.lesson.answer = 0;
  for (int page = 1; page < page_count(lesson); ++page) turn_to(lesson_desk(d.lab), page);
  return lesson;
}

}  // namespace

TEST_CASE("a phone has the control of the rule beside the task, and when that is kept the next one") {
  Driver d(390, 844);
  for (const int index : {9, 10, 11}) {
    const Lesson lesson = at_task(d, index);
    CAPTURE(lesson.name);
    d.frames(4);
    CHECK(seen(d, "combobox", "optimizer"));
    CHECK(!seen(d, "slider", "Learning rate"));
    d.lab.session.scenario.runs[0].optimizer = lesson.solution->runs[0].optimizer;
    d.frames(4);
    CHECK(!seen(d, "combobox", "optimizer"));
    CHECK(seen(d, "slider", "Learning rate"));
  }
}

TEST_CASE("a phone has what a task without rules needs beside it: a schedule, then the rate; momentum") {
  Driver d(390, 844);
  for (const int index : {14, 15, 16, 18, 20}) {
    const Lesson lesson = at_task(d, index);
    CAPTURE(lesson.name);
    d.lab.lesson.number_told = true;
    d.frames(4);
    CHECK(seen(d, "combobox", "schedule") == (index == 15 || index > 16));
    CHECK(seen(d, "combobox", "optimizer") == (index == 14));
    CHECK(seen(d, "slider", "momentum") == (index == 16));
    CHECK(!seen(d, "slider", "Learning rate"));
    d.lab.session.scenario = *lesson.solution;
    d.frames(4);
    CHECK(seen(d, "slider", "Learning rate") == (index != 16));
    CHECK(seen(d, "slider", "momentum") == (index == 16));
  }
}

TEST_CASE("targets are large enough for a mouse, and for a finger, on every window") {
  const auto engine = jobs::make_inline();
  struct Look {
    int size;
    const char* theme;
    bool strong;
  };
  for (const Look look :
       {Look{100, "light", false}, {90, "dark", false}, {100, "projector", false}, {100, "dark", true}})
    for (const bool fingers : {false, true})
      for (const auto& [w, h] : windows) {
        CAPTURE(w);
        CAPTURE(h);
        CAPTURE(fingers);
        CAPTURE(look.size);
        CAPTURE(look.theme);
        Driver d(w, h);
        d.lab.services.engine = engine.get();
        d.lab.services.host.has_fingers = [=] { return fingers; };
        d.lab.services.host.prefers_contrast = [=] { return look.strong; };
        d.lab.shell.size = look.size;
        d.lab.session.scenario.view.theme = look.theme;
        d.frames(30);
        CHECK(small_targets(fingers, h - 1) == "");
        for (const Page page : {Page::run, Page::curves, Page::tools, Page::problem}) {
          d.lab.shell.page = page;
          d.lab.shell.sheet_open = d.lab.shell.parameters_open = d.lab.shell.problem_open = true;
          d.frames(4);
          CHECK(small_targets(fingers, h - 1) == "");
        }
      }
}

TEST_CASE(
    "icons of the surface and of the bar are 44 apart for fingers, and the name of what is descended has "
    "room") {
  const float whole = Driver(1440, 900).get("button", "surface", "bar").size.x;
  for (const auto& [w, h] :
       {std::pair{320.f, 256.f}, {360.f, 640.f}, {740.f, 360.f}, {820.f, 1180.f}, {1440.f, 900.f}}) {
    CAPTURE(w);
    Driver d(w, h);
    CHECK(d.get("button", "surface", "bar").size.x == whole);
    d.lab.services.host.has_fingers = [] { return true; };
    d.frames(4);
    std::vector<Control> icons;
    for (const Control& c : controls())
      if (c.role == Role::button && c.visible && c.size.x == 32 && (c.group == "surface" || c.group == "bar"))
        icons.push_back(c);
    CHECK(icons.size() >= (w >= 820 ? 9 : 6));
    CHECK(d.get("button", "surface", "bar").size.x == whole);
    for (const Control& a : icons)
      for (const Control& b : icons)
        if (a.id != b.id) CHECK(std::max(std::fabs(a.at.x - b.at.x), std::fabs(a.at.y - b.at.y)) >= 44);
  }
}

TEST_CASE("what a phone's bar has no room for stands in its help") {
  Driver d(390, 844);
  d.lab.services.host.has_links = true;
  std::string copied;
  d.lab.services.host.copy_text = [&](const std::string& words) { copied = words; };
  d.frames(2);
  for (const char* name : {"share", "change the theme"}) CHECK(d.find("button", name) == nullptr);
  d.click("button", "help");
  const std::string was = d.lab.session.scenario.view.theme;
  d.click("button", "change the theme");
  CHECK(d.lab.session.scenario.view.theme != was);
  CHECK(d.find("button", "close", "help") != nullptr);
  d.click("button", "share");
  CHECK(d.find("button", "close", "help") == nullptr);
  CHECK(d.lab.shell.notice.words != "");
}

TEST_CASE("the divider moves by hand, by keys and by request, and leaves room for the surface") {
  Driver d(1440, 900);
  const auto column = [&] { return d.get("slider", "Width of the panels").now; };
  const double was = column();
  const Control c = d.get("slider", "Width of the panels");
  const float x = c.at.x + c.size.x / 2, y = c.at.y + c.size.y / 2;
  d.drag(x, y, x - 100, y);
  CHECK(column() == doctest::Approx(was + 100).epsilon(0.02));
  const float surface = d.get("img", "loss surface").size.x;
  CHECK(request(c.id, "focus") == "");
  d.frames(3);
  d.key(ImGuiKey_RightArrow);
  CHECK(d.get("img", "loss surface").size.x > surface);
  CHECK(request(c.id, "set", "20") == "");
  d.frames(3);
  CHECK(column() == 320);
  d.resize(1000, 700, 1);
  CHECK(d.get("img", "loss surface").size.x >= 400);
  // Beside a lesson's drawer, too, what lies on the surface has room.
  d.resize(1280, 800, 1);
  open_lesson(lesson_desk(d.lab), 0);
  d.frames(4);
  CHECK(request(c.id, "set", "900") == "");
  d.frames(4);
  CHECK(d.get("img", "loss surface").size.x >= 320);
  CHECK_FALSE(d.get("slider", "Step length").clipped);
}

TEST_CASE("where there is room a tool stands beside the curves") {
  const auto left_of = [](const Driver& d, const char* left, const char* role, const char* name) {
    const Control a = d.get("img", left), b = d.get(role, name);
    return a.visible && b.visible && a.at.x + a.size.x <= b.at.x;
  };
  const auto check_beside = [&](Driver& d) {
    CHECK(d.find("tab", "Curves") == nullptr);
    CHECK(d.get("tab", "Rule").checked);
    for (const char* curve : {"learning-rate plot", "loss plot"}) CHECK(left_of(d, curve, "tab", "Rule"));
    d.click("tab", "Map");
    CHECK(left_of(d, "loss plot", "img", "map"));
    d.click("tab", "Rule");
    for (const Control& c : controls()) CHECK_FALSE((c.visible && c.clipped));
    const Control surface = d.get("img", "loss surface");
    CHECK(surface.size.x > surface.size.y * 0.6f);
  };
  for (const auto& [w, h] : {std::pair{2560.f, 1440.f}, {3840.f, 2160.f}, {3440.f, 1440.f}}) {
    CAPTURE(w);
    Driver d(w, h);
    check_beside(d);
    open_lesson(lesson_desk(d.lab), 1);  // which wants the room for itself
    d.frames(3);
    CHECK(d.find("tab", "Curves") != nullptr);
  }
  Driver d(1600, 900);
  CHECK(d.get("tab", "Curves").checked);
  const std::string divider = d.get("slider", "Width of the panels").id;
  CHECK(request(divider, "set", "900") == "");
  d.frames(4);
  check_beside(d);
  CHECK(d.get("slider", "Width of the panels").now == 900);
  CHECK(request(divider, "set", "600") == "");
  d.frames(4);
  CHECK(d.get("tab", "Rule").checked);
  CHECK(d.find("tab", "Curves") != nullptr);
}

TEST_CASE("beyond 1920 by 1080 all grows with the window") {
  const auto height_at = [](float w, float h, float ratio) {
    Driver d(w, h, ratio);
    return d.get("combobox", "optimizer").size.y;
  };
  CHECK(height_at(1920, 1080, 1) == 32);
  CHECK(height_at(2560, 1440, 1) == doctest::Approx(32 * 4 / 3.0).epsilon(0.02));
  CHECK(height_at(3840, 2160, 1) == 64);
  CHECK(height_at(1920, 1080, 2) == 64);
}

TEST_CASE("in the lowest window a network's picture stands beside its cards, and is not a sliver") {
  Scenario scenario = default_scenario();
  scenario.problem = NetworkProblem{};
  Driver d(320, 256, 1, scenario);
  d.frames(4);
  const render::Rect& stage = d.lab.stage.area;
  const float side = beside_cards(stage), left = stage.x + stage.w - u(20) - buttons_width(stage, 3) - side;
  CHECK(side >= 90);
  CHECK(stage.h - side <= 20);
  const Control eye = d.get("switch", "visible");
  CHECK(eye.at.x + eye.size.x <= left);
  d.resize(1440, 900, 1);
  CHECK(beside_cards(d.lab.stage.area) == 0);
}
