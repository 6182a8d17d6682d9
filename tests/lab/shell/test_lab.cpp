#include <cmath>
#include <set>

#include "jobs/jobs.h"
#include "support/lab_driver.h"

#include <algorithm>
#include "support/sentences.h"
#include "text/text.h"

using namespace stride;
using namespace stride::lab;

namespace {

Scenario with_runs(std::initializer_list<const char*> keys) {
  Scenario s = default_scenario();
  s.runs.clear();
  for (const char* key : keys) s.runs.push_back(default_run(find_optimizer(key)));
  return s;
}

bool interactive(const Control& c) {
  return is_interactive(c.role) && c.keyboard;
}

/// Handles on a plot may touch: the nearest to the pointer takes it.
bool stands_alone(const Control& c) {
  return interactive(c) && !(c.role == Role::slider && c.grip);
}

/// Text that didn't fit, controls that lie on each other or reach over the edge: what a screenshot would show
/// as a defect.
void check_sound(const Driver& d, const std::string& where) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  std::vector<Control> seen;
  for (const Control& c : controls()) {
    if (!c.visible) continue;
    CHECK_MESSAGE(!c.clipped, where << ": clipped: " << word_of(c.role) << " " << c.name << " = " << c.value);
    CHECK_MESSAGE((c.at.x >= -1 && c.at.x + c.size.x <= screen.x + 1),
                  where << ": over the edge: " << word_of(c.role) << " " << c.name);
    if (stands_alone(c)) seen.push_back(c);
  }
  CHECK_MESSAGE(seen.size() > 5, where);
  for (size_t i = 0; i < seen.size(); ++i)
    for (size_t j = i + 1; j < seen.size(); ++j) {
      const Control &a = seen[i], &b = seen[j];
      const float w = std::min(a.at.x + a.size.x, b.at.x + b.size.x) - std::max(a.at.x, b.at.x);
      const float h = std::min(a.at.y + a.size.y, b.at.y + b.size.y) - std::max(a.at.y, b.at.y);
      CHECK_MESSAGE(!(w > 2 && h > 2), where << ": " << word_of(a.role) << " " << a.name << " (" << a.group
                                             << ") lies on " << word_of(b.role) << " " << b.name << " ("
                                             << b.group << ")");
    }
  (void)d;
}

}  // namespace

TEST_CASE("every size and pixel ratio shows its controls whole") {
  const float sizes[][3] = {{360, 640, 1},   {360, 640, 3},   {390, 844, 3},     {844, 390, 2},
                            {820, 1180, 2},  {1024, 600, 1},  {1280, 800, 1.5f}, {1440, 900, 1},
                            {1920, 1080, 1}, {3840, 2160, 1}, {2560, 1440, 2}};
  for (const auto& s : sizes) {
    Driver d(s[0], s[1], s[2], with_runs({"SGD", "Adam", "Prodigy"}));
    const std::string where =
        std::to_string(int(s[0])) + "x" + std::to_string(int(s[1])) + "@" + readable(s[2]);
    for (int page = 0; page < 3; ++page) {
      d.lab.shell.sheet_open = true;
      d.lab.shell.page = Page(page);
      d.frames(3);
      check_sound(d, where + " page " + std::to_string(page));
    }
    d.lab.shell.sheet_open = true;
    d.lab.shell.page = Page::run;
    d.lab.shell.parameters_open = d.lab.shell.problem_open = true;
    d.frames(3);
    check_sound(d, where + " all folds open");
  }
}

TEST_CASE("every language fits as English does, with every tab, list and lesson open") {
  const float sizes[][2] = {{1440, 900}, {1280, 800}, {390, 844}, {360, 640}};
  for (int row = 1; row < int(languages().size()); ++row) {
    REQUIRE(use_language(row));
    for (const auto& s : sizes) {
      Driver d(s[0], s[1], 1, with_runs({"SGD", "Adam", "Prodigy"}));
      const auto engine = jobs::make_inline();
      d.lab.services.engine = engine.get();
      const std::string where = std::string(language().code) + " " + std::to_string(int(s[0])) + " ";
      const auto seen = [&](const std::string& what) {
        d.frames(3);
        for (int i = 0; i < 2000 && d.lab.services.engine && engine->busy(); ++i) d.frames(2);
        check_sound(d, where + what);
      };
      for (int page = 0; page < 4; ++page)
        for (int tool = 0; tool < 5; ++tool)
          if (s[0] > 900 ? page == 0 : tool == 0 || page == 2) {
            d.lab.shell.sheet_open = true;
            d.lab.shell.page = Page(page);
            d.lab.shell.tool = Tool(tool);
            d.frames(3);
            if (d.find("button", tr("compare"))) d.click("button", tr("compare"));
            seen("page " + std::to_string(page) + " tool " + std::to_string(tool));
          }
      d.lab.shell.sheet_open = true;
      d.lab.shell.page = Page::run;
      d.lab.shell.tool = Tool::curves;
      d.lab.services.engine = nullptr;
      d.lab.shell.parameters_open = d.lab.shell.problem_open = true;
      for (int k = 0; k < int(schedules().size()); ++k) {
        d.lab.session.scenario.runs[0].schedule = default_settings(k, schedules()[size_t(k)].params);
        seen(schedules()[size_t(k)].key);
      }
      for (int k = 0; k < int(point_optimizers().size()); ++k) {
        d.lab.session.scenario.runs[0] = default_run(k);
        seen(optimizers()[size_t(k)].key);
      }
      surface_of(d.lab.session.scenario).noise.sigma = 1;
      d.lab.shell.sheet_open = true;
      d.lab.shell.page = Page::problem;
      seen("noise");
      d.lab.shell.help_open = true;
      d.frames(3);
      const Control close = d.get("button", tr("close"), "help");
      for (const Control& c : controls())
        if (c.group == "help")
          CHECK_MESSAGE((!c.clipped && c.at.x + c.size.x < close.at.x + close.size.x + 12), where << c.name);
      d.lab.shell.help_open = false;
      d.frames(3);
      for (int i = 0; i < int(lessons().size()); ++i) {
        open_lesson(lesson_desk(d.lab), i);
        for (int page = 0; page < page_count(*d.lab.lesson.open); ++page) {
          turn_to(lesson_desk(d.lab), page);
          if (is_asking(d.lab.lesson) && d.lab.lesson.open->prediction->after == page)
            answer(lesson_desk(d.lab), 0);
          seen(lessons()[size_t(i)].name + " " + std::to_string(page));
        }
      }
    }
  }
  REQUIRE(use_language(0));
}

TEST_CASE("every optimizer and schedule has a control for each parameter") {
  Driver d(1440, 2400);
  d.lab.shell.parameters_open = true;
  for (int row = 0; row < int(point_optimizers().size()); ++row) {
    d.lab.session.scenario.runs[0] = default_run(row);
    d.frames(3);
    check_sound(d, optimizers()[size_t(row)].key);
    for (const Param& p : optimizers()[size_t(row)].params) {
      if (std::string_view(p.key) == "lr") continue;
      const bool found = std::any_of(controls().begin(), controls().end(), [&](const Control& c) {
        return c.name.find(p.key) != std::string::npos && c.group == "optimizer";
      });
      CHECK_MESSAGE(found, optimizers()[size_t(row)].key << "." << p.key);
    }
  }
  d.lab.session.scenario.runs[0] = default_run(find_optimizer("SGD"));
  for (int row = 0; row < int(schedules().size()); ++row) {
    d.lab.session.scenario.runs[0].schedule = default_settings(row, schedules()[size_t(row)].params);
    d.frames(3);
    check_sound(d, schedules()[size_t(row)].key);
    CHECK(d.lab.results[0].path.size() > 1);
  }
}

TEST_CASE("dragging the learning rate recomputes the whole run in the same frame, and undo brings it back") {
  Driver d;
  const double before = d.lab.session.scenario.runs[0].optimizer.number(0);
  const Trajectory path = d.lab.results[0].path;
  d.drag_slider("Learning rate", 0.2f, false);
  const double during = d.lab.session.scenario.runs[0].optimizer.number(0);
  CHECK(during != before);
  CHECK(d.lab.results[0].path.lr[0] == during);
  CHECK(d.lab.results[0].path.x != path.x);
  CHECK(d.lab.session.undo.empty());  // the hand is still on it
  d.release();
  CHECK(d.lab.session.undo.size() == 1);
  d.key(ImGuiKey_Z, ImGuiMod_Ctrl);
  CHECK(d.lab.session.scenario.runs[0].optimizer.number(0) == before);
  CHECK(d.lab.results[0].path.x == path.x);
  d.key(ImGuiKey_Y, ImGuiMod_Ctrl);
  CHECK(d.lab.session.scenario.runs[0].optimizer.number(0) == during);
}

TEST_CASE("a number can be typed, beyond what the slider covers") {
  Driver d;
  d.click("spinbutton", "Learning rate");
  d.type("123.5");
  d.key(ImGuiKey_Enter);
  CHECK(d.lab.session.scenario.runs[0].optimizer.number(0) == 123.5);
  CHECK(d.lab.results[0].outcome.kind == Outcome::Kind::diverged);
  d.click("spinbutton", "Learning rate");
  d.type("nonsense");
  d.key(ImGuiKey_Enter);
  CHECK(d.lab.session.scenario.runs[0].optimizer.number(0) == 123.5);
}

TEST_CASE("runs: add, choose, duplicate, hide, rename, remove") {
  Driver d;
  d.click("button", "add a run");
  REQUIRE(d.lab.session.scenario.runs.size() == 2);
  CHECK(d.lab.results.size() == 2);
  CHECK(d.lab.session.selected == 1);
  d.choose("optimizer", "RMSprop");
  CHECK(optimizers()[size_t(d.lab.session.scenario.runs[1].optimizer.row)].key == std::string("RMSprop"));
  d.choose("schedule", schedules()[size_t(find_schedule("StepLR"))].name);
  CHECK(d.lab.session.scenario.runs[1].schedule.row == find_schedule("StepLR"));
  d.click("button", "duplicate");
  REQUIRE(d.lab.session.scenario.runs.size() == 3);
  CHECK(d.lab.session.scenario.runs[2] == d.lab.session.scenario.runs[1]);
  d.click("switch", "visible", "run 2");
  CHECK(is_hidden(d.lab.session.scenario, 1));
  d.click("tab", "run 1");
  CHECK(d.lab.session.selected == 0);
  d.click("button", "rename");
  d.click("textbox", "name");
  d.type("mine");
  d.key(ImGuiKey_Enter);
  CHECK(name_of(d.lab.session.scenario.runs[0]) == "mine");
  // A hundred characters, however many bytes; more are refused in a sentence, and can be shortened.
  const auto rename = [&](const std::string& name) {
    d.click("button", "rename");
    d.click("textbox", "name");
    d.key(ImGuiKey_A, ImGuiMod_Ctrl);
    d.type(name.c_str());
    d.key(ImGuiKey_Enter);
    d.frames(2);
  };
  std::string longest;
  for (int i = 0; i < 100; ++i) longest += "ä";
  rename(longest + "ä");
  CHECK(name_of(d.lab.session.scenario.runs[0]) == "mine");
  CHECK(d.lab.shell.notice.words.find("runs[0].name: expected a name of at most 100 characters") !=
        std::string::npos);
  CHECK(d.get("textbox", "name").value == longest + "ä");
  rename(longest);
  CHECK(name_of(d.lab.session.scenario.runs[0]) == longest);
  rename("mine");
  d.click("button", "remove");
  CHECK(d.lab.session.scenario.runs.size() == 2);
  CHECK(is_hidden(d.lab.session.scenario, 0));  // the hidden run moved up and is still hidden
  d.key(ImGuiKey_Z, ImGuiMod_Ctrl);
  CHECK(d.lab.session.scenario.runs.size() == 3);
}

TEST_CASE("transport moves only the cursor") {
  Driver d;
  const Scenario numbers = d.lab.session.scenario;
  const double* data = d.lab.results[0].path.x.data();
  d.click("button", "to the start");
  CHECK(cursor_step(d.lab.session.scenario) == 0);
  d.click("button", "step forward");
  CHECK(cursor_step(d.lab.session.scenario) == 1);
  d.drag_slider("step", 0.5f);
  CHECK(std::abs(cursor_step(d.lab.session.scenario) - d.lab.session.scenario.steps / 2) <= 1);
  d.click("button", "play");
  CHECK(d.lab.playback.playing);
  CHECK(d.lab.shell.wants_frame);
  const int at = cursor_step(d.lab.session.scenario);
  d.frames(30);
  CHECK(cursor_step(d.lab.session.scenario) > at);
  d.click("button", "pause");
  CHECK(!d.lab.playback.playing);
  CHECK(same_numbers(numbers, d.lab.session.scenario));
  CHECK(d.lab.results[0].path.x.data() == data);  // nothing was recomputed
  d.key(ImGuiKey_Home);
  CHECK(cursor_step(d.lab.session.scenario) == 0);
  d.key(ImGuiKey_RightArrow);
  CHECK(cursor_step(d.lab.session.scenario) == 1);
}

TEST_CASE("lines break at spaces alone, and at no other place") {
  Driver d;
  const std::string words = "The loss fell from 4.266 to 3.054, by a factor of 1.397, in 12 steps.";
  for (float width = 90; width < 500; width += 13) {
    std::string lines = wrapped(words, width);
    size_t first = 0;
    for (size_t end = 0; end != std::string::npos; first = end + 1) {
      end = lines.find('\n', first);
      const std::string line = lines.substr(first, end - first);
      CHECK(ImGui::CalcTextSize(line.c_str()).x <= width);
    }
    std::replace(lines.begin(), lines.end(), '\n', ' ');
    CHECK(lines == words);
  }
  CHECK(wrapped("unbreakable", 10) == "unbreakable");
  CHECK(wrapped("one\ntwo", 500) == "one\ntwo");
  CHECK(wrapped("", 10) == "");
}

TEST_CASE("an untouched lab asks for no frame") {
  Driver d;
  d.frames(10);
  CHECK(!d.lab.shell.wants_frame);
  d.key(ImGuiKey_Space);
  CHECK(d.lab.shell.wants_frame);
}

TEST_CASE("the picker, the learner's own expression and its errors") {
  Driver d;
  d.click("button", "surface", "bar");
  d.scroll_to("option", surfaces()[size_t(find_surface("beale"))].name);
  d.click("option", surfaces()[size_t(find_surface("beale"))].name);
  CHECK(surface_of(d.lab.session.scenario).surface == find_surface("beale"));
  CHECK(use_expression(d.lab.session, "x^2 + (")->character == 8);
  CHECK(surface_of(d.lab.session.scenario).expression.empty());
  CHECK(use_expression(d.lab.session, "x^2 + 3*y^2") == "");
  CHECK(surface_of(d.lab.session.scenario).expression == "x^2 + 3*y^2");
  d.frames(2);
  CHECK(d.lab.results[0].path.loss[0] ==
        doctest::Approx(d.lab.results[0].path.x[0] * d.lab.results[0].path.x[0] +
                        3 * d.lab.results[0].path.y[0] * d.lab.results[0].path.y[0]));
}

TEST_CASE("every surface opens, and plain descent at its own rate doesn't diverge") {
  Driver d;
  for (int i = 0; i < int(surfaces().size()); ++i) {
    const Surface& s = surfaces()[size_t(i)];
    pick_surface(d.lab.session, i);
    d.frames(2);
    check_sound(d, s.key);
    if (std::string_view(s.key).find("saddle") == std::string_view::npos)
      CHECK_MESSAGE(d.lab.results[0].path.diverged_at < 0, s.key);
  }
}

TEST_CASE("documents and links from outside: the last good state stays") {
  Driver d;
  const Scenario before = d.lab.session.scenario;
  open_document(d.lab, "{\"stride\": 1, \"steps\": -4}", "bad.json");
  CHECK(d.lab.session.scenario == before);
  CHECK(d.lab.shell.notice.words.find("bad.json: steps") == 0);
  open_link(d.lab, "#s=%%%");
  CHECK(d.lab.session.scenario == before);
  Scenario other = with_runs({"Adam", "SGD"});
  other.steps = 77;
  open_link(d.lab, encode_link(other));
  CHECK(same_numbers(d.lab.session.scenario, other));
  CHECK(d.lab.shell.notice.words.empty());
  d.frames(2);
  CHECK(d.lab.results.size() == 2);
}

TEST_CASE("dragging the ring moves the start") {
  Driver d;
  const Control ring = d.get("slider", "start");
  const Point before = start_of(d.lab.session.scenario, d.lab.session.scenario.runs[0]);
  d.drag(ring.at.x + ring.size.x / 2, ring.at.y + ring.size.y / 2, ring.at.x + 60, ring.at.y + 40);
  const Point after = start_of(d.lab.session.scenario, d.lab.session.scenario.runs[0]);
  CHECK(!(before == after));
  CHECK(d.lab.results[0].path.x[0] == after.x);
  const Control moved = d.get("slider", "start");
  const float half = ring.size.x / 2;
  CHECK(std::hypot(moved.at.x + half - (ring.at.x + 60), moved.at.y + half - (ring.at.y + 40)) < 6);
  CHECK(d.lab.session.undo.size() == 1);
}

TEST_CASE("help opens with ? and closes with Escape") {
  Driver d;
  d.key(ImGuiKey_Slash, ImGuiMod_Shift);
  CHECK(d.find("button", "close", "help") != nullptr);
  d.key(ImGuiKey_Escape);
  d.frames(3);
  CHECK(d.find("button", "close", "help") == nullptr);
}

TEST_CASE("controls are reachable by name, uniquely, and by Tab") {
  Driver d;
  std::set<std::string> names;
  for (const Control& c : controls())
    if (interactive(c))
      CHECK_MESSAGE(names.insert(word_of(c.role) + "/" + c.group + "/" + c.name).second,
                    word_of(c.role) << "/" << c.group << "/" << c.name);
  std::set<std::string> reached;
  for (int i = 0; i < 60; ++i) {
    d.key(ImGuiKey_Tab);
    for (const Control& c : controls())
      if (c.focused) reached.insert(word_of(c.role) + "/" + c.name);
  }
  CHECK(reached.count("slider/Learning rate") == 1);
  CHECK(reached.count("button/share") == 1);
  CHECK(reached.count("button/play") == 1);
}

TEST_CASE("lab: the first frame of another surface shows nothing of the last one") {
  Scenario other = default_scenario();
  REQUIRE(decode_link("?surface=himmelblau", other) == "");
  const auto words = [](const Driver& one) {
    std::vector<std::string> all;
    for (const render::Label& l :
         one.lab.stage.view.labels(one.lab.session.scenario.view, one.lab.stage.area, 1))
      all.push_back(l.text);
    return all;
  };
  const std::vector<std::string> expected = words(Driver(1440, 900, 1, other));
  REQUIRE(expected.size() > 4);
  const auto engine = jobs::make_inline();
  Driver d;
  CHECK(words(d) != expected);
  d.lab.services.engine = engine.get();
  for (int i = 0; i < 2000 && d.lab.studies.strip.rows.empty(); ++i) d.frames(1);
  REQUIRE_FALSE(d.lab.studies.strip.rows.empty());
  Scenario changed = d.lab.session.scenario;
  changed.steps += 1;
  d.lab.session.scenario = changed;
  d.frames(1);
  CHECK_FALSE(
      d.lab.studies.strip.rows.empty());  // on the same surface what was known stays until there is better
  d.lab.session.scenario = other;
  d.frames(1);
  CHECK((d.lab.studies.strip.rows.empty() ||
         same_numbers(d.lab.studies.strip.shown_for.scenario, d.lab.studies.strip.asked.scenario)));
  CHECK(surface_of(d.lab.studies.strip.asked.scenario).surface == find_surface("himmelblau"));
  CHECK(words(d) == expected);
}
