// The lab acted on by request: the scenario, undo and what is shown afterwards are those that a hand leaves; and the
// record of every page and tool is a tree of ids that no language changes.
#include <algorithm>
#include <cmath>
#include <set>

#include "core/schedules/schedule_presets.h"
#include "lab/session/edits.h"
#include "lab/session/locks.h"
#include "schedule_editing/schedule_handles.h"
#include "support/lab_driver.h"
#include "text/text.h"
#include "ui/control.h"

using namespace stride;
using namespace stride::lab;

namespace {

struct Asked : Driver {
  using Driver::Driver;
  std::string ask(const std::string& role, const std::string& name, const char* action,
                  const std::string& value = "", const std::string& group = "") {
    const std::string fault = request(get(role, name, group).id, action, value);
    frames(3);
    return fault;
  }
};

const Run& run_of(const Driver& d) {
  return d.lab.session.scenario.runs[static_cast<size_t>(d.lab.session.selected)];
}

/// What stands twice under one id, or before what holds it.
std::string faults_of_tree() {
  std::set<std::string> known = {""};
  std::string faults;
  for (const Control& c : controls()) {
    if (!known.count(c.parent)) faults += "no parent of " + c.id + "\n";
    if (!known.insert(c.id).second) faults += "twice: " + c.id + "\n";
    if (c.id.empty() || c.name.empty()) faults += "nameless: " + c.id + "\n";
  }
  return faults;
}

std::vector<std::string> ids() {
  std::vector<std::string> all;
  for (const Control& c : controls()) all.push_back(c.id);
  return all;
}

}  // namespace

TEST_CASE("a rate set by request is a rate set by hand, with one undo step") {
  Asked d;
  const double before = run_of(d).optimizer.number(0);
  CHECK(d.ask("slider", "Learning rate", "set", "0.125") == "");
  CHECK(run_of(d).optimizer.number(0) == 0.125);
  CHECK(d.lab.results[0].path.lr[0] == 0.125);
  CHECK(d.lab.session.undo.size() == 1);
  CHECK(d.ask("spinbutton", "Learning rate", "type", "123.5") == "");
  CHECK(run_of(d).optimizer.number(0) == 123.5);
  CHECK(d.lab.session.undo.size() == 2);
  CHECK(d.ask("button", "undo", "press") == "");
  CHECK(d.ask("button", "undo", "press") == "");
  CHECK(run_of(d).optimizer.number(0) == before);
}

TEST_CASE("a preset of the schedule's menu becomes the run's schedule, for its rate and steps") {
  Asked d;
  for (const SchedulePreset& preset : schedule_presets()) {
    const std::string name = preset.name;
    CAPTURE(name);
    CHECK(d.ask("combobox", "schedule", "choose", name) == "");
    CHECK(run_of(d).schedule == preset.make(run_of(d).optimizer.number(0), d.lab.session.scenario.steps));
  }
}

TEST_CASE("runs, optimizers, schedules, folds and tabs by request") {
  Asked d;
  CHECK(d.ask("button", "add a run", "press") == "");
  REQUIRE(d.lab.session.scenario.runs.size() == 2);
  CHECK(d.lab.session.selected == 1);
  CHECK(d.ask("combobox", "optimizer", "choose", "RMSprop") == "");
  CHECK(optimizers()[size_t(run_of(d).optimizer.row)].key == std::string("RMSprop"));
  CHECK(d.ask("combobox", "optimizer", "choose", "Ramsprop") != "");
  CHECK(d.ask("tab", "run 1", "press", "", "runs") == "");
  CHECK(d.lab.session.selected == 0);
  CHECK(d.ask("switch", "visible", "press", "", "run 2") == "");
  CHECK(is_hidden(d.lab.session.scenario, 1));
  CHECK(d.ask("button", "Parameters of SGD", "open") == "");
  CHECK(d.ask("slider", "momentum", "set", "0.9", "optimizer") == "");
  CHECK(run_of(d).optimizer.number(
            find_param(optimizers()[size_t(run_of(d).optimizer.row)].params, "momentum")) == 0.9);
  CHECK(d.ask("button", "Surface, noise and steps", "open") == "");
  CHECK(d.ask("textbox", "your own f(x, y)", "type", "x^2 + 3*y^2") == "");
  CHECK(surface_of(d.lab.session.scenario).expression == "x^2 + 3*y^2");
  CHECK(d.ask("button", "surface", "press") == "");
  CHECK(d.ask("option", "Himmelblau", "press") == "");
  CHECK(surface_of(d.lab.session.scenario).surface == find_surface("himmelblau"));
  CHECK(d.find("option", "Himmelblau") == nullptr);
}

TEST_CASE("a built-in rule is opened as text, changed, and keeps its last good form") {
  Asked d;
  CHECK(d.ask("combobox", "optimizer", "choose", "Adam") == "");
  CHECK(d.ask("tab", "Rule", "press") == "");
  CHECK(d.ask("button", "Edit a copy", "press") == "");
  d.frames(3);
  REQUIRE(d.lab.session.scenario.runs.size() == 2);
  REQUIRE(d.lab.session.selected == 1);
  CHECK(d.find("button", "Edit a copy") == nullptr);
  const Trajectory &one = d.lab.results[0].path, &two = d.lab.results[1].path;
  REQUIRE(one.size() == two.size());
  for (size_t t = 0; t < one.x.size(); ++t)
    REQUIRE(std::fabs(two.x[t] - one.x[t]) <= 1e-12 * (1 + std::fabs(one.x[t])));
  const auto rule = [&] { return d.lab.session.scenario.runs[1].optimizer.formula; };
  const std::string good = "v = 0.9*v + g\np = p - lr*v";
  const std::string fault = "line 2: column 12: expected p, g, lr, t, v, pi, e or a function, got 'w'";
  CHECK(d.ask("textbox", "rule", "type", good) == "");
  CHECK(rule() == good);
  CHECK(d.ask("textbox", "rule", "type", "v = 0.9*v + g\np = p - lr*w") == "");
  d.frames(2);
  CHECK(rule() == good);
  CHECK(std::any_of(controls().begin(), controls().end(),
                    [&](const Control& c) { return c.name.starts_with(fault); }));
}

TEST_CASE("cursor, start, handles and plots' switches by request") {
  Asked d;
  CHECK(d.ask("slider", "step", "set", "17", "transport") == "");
  CHECK(cursor_step(d.lab.session.scenario) == 17);
  CHECK(d.ask("slider", "start", "set", "0.5,-0.25", "surface") == "");
  const Point start = start_of(d.lab.session.scenario, run_of(d));
  CHECK((start.x == 0.5 && start.y == -0.25));
  CHECK(d.lab.session.undo.size() == 1);
  CHECK(d.ask("switch", "effective rates", "press") == "");
  CHECK(d.lab.plots.show_effective);
  d.lab.session.scenario.runs[0].schedule =
      default_settings(find_schedule("StepLR"), schedules()[size_t(find_schedule("StepLR"))].params);
  d.frames(3);
  CHECK(d.ask("slider", "handle gamma", "set", "0.25") == "");
  CHECK(run_of(d).schedule.number(find_param(schedules()[size_t(run_of(d).schedule.row)].params, "gamma")) ==
        0.25);
  CHECK(d.ask("switch", "draw", "press") == "");
  REQUIRE(schedule_editing::is_drawn(run_of(d)));
  CHECK(d.ask("switch", "draw", "press") == "");
  for (const Control& c : controls()) {
    if (c.numbers != 2 || c.group == "surface") continue;
    const std::string id = c.id;
    CHECK(request(id, "set", "0,0.75") == "");
    d.frames(3);
    CHECK(run_of(d).schedule.values[0][1] == 0.75);
    break;
  }
  CHECK(d.ask("button", "play", "press") == "");
  CHECK(d.lab.playback.playing);
  CHECK(d.ask("button", "pause", "press") == "");
  CHECK_FALSE(d.lab.playback.playing);
}

TEST_CASE("what is locked, or lies behind a dialog, refuses requests") {
  Asked d;
  d.lab.session.locks = lock_lr | lock_start;
  d.frames(3);
  const Scenario before = d.lab.session.scenario;
  CHECK(d.ask("slider", "Learning rate", "set", "0.5") != "");
  CHECK(d.ask("slider", "start", "set", "1,1", "surface") != "");
  CHECK(d.lab.session.scenario == before);
  CHECK(d.ask("button", "help", "press") == "");
  REQUIRE(d.find("button", "close", "help"));
  CHECK(d.ask("button", "add a run", "press") != "");
  CHECK(d.ask("button", "close", "press", "", "help") == "");
  CHECK(d.ask("button", "add a run", "press") == "");
  CHECK(d.lab.session.scenario.runs.size() == 2);
}

TEST_CASE("every page, tool and list: a tree of ids that no language changes") {
  const float sizes[][2] = {{1440, 900}, {390, 844}};
  for (const auto& s : sizes) {
    Asked d(s[0], s[1]);
    const auto engine = jobs::make_inline();
    d.lab.services.engine = engine.get();
    add_run(d.lab.session);
    const auto check = [&](const std::string& where) {
      d.frames(3);
      for (int i = 0; i < 2000 && engine->busy(); ++i) d.frames(2);
      d.frames(2);
      CAPTURE(where);
      CHECK(faults_of_tree() == "");
      const std::vector<std::string> english = ids();
      for (int row = 1; row < int(languages().size()); ++row) {
        REQUIRE(use_language(row));
        d.frames(3);
        CHECK(ids() == english);
      }
      REQUIRE(use_language(0));
      d.frames(3);
    };
    d.lab.shell.parameters_open = d.lab.shell.problem_open = true;
    for (int page = 0; page < 4; ++page)
      for (int tool = 0; tool < 5; ++tool) {
        if (s[0] > 900 ? page != 0 : tool != 0 && page != 2) continue;
        d.lab.shell.sheet_open = true;
        d.lab.shell.page = static_cast<Page>(page);
        d.lab.shell.tool = static_cast<Tool>(tool);
        d.frames(3);
        if (d.find("button", "compare")) d.ask("button", "compare", "press");
        check("page " + std::to_string(page) + " tool " + std::to_string(tool));
      }
    d.lab.shell.sheet_open = true;
    d.lab.shell.page = static_cast<Page>(0);
    d.lab.shell.tool = static_cast<Tool>(0);
    for (int k = 0; k < int(schedules().size()); ++k) {
      d.lab.session.scenario.runs[0].schedule = default_settings(k, schedules()[size_t(k)].params);
      d.lab.session.selected = 0;
      check(schedules()[size_t(k)].key);
    }
    for (const char* list : {"surface", "lessons"}) {
      d.ask("button", list, "press");
      check(list);
      d.key(ImGuiKey_Escape);
    }
    d.ask("combobox", "schedule", "open");
    check("schedules");
    d.key(ImGuiKey_Escape);
    d.ask("button", "help", "press");
    check("help");
    d.ask("button", "close", "press", "", "help");
    for (int i = 0; i < int(lessons().size()); i += 5) {
      open_lesson(lesson_desk(d.lab), i);
      for (int page = 0; page < page_count(*d.lab.lesson.open); ++page) {
        turn_to(lesson_desk(d.lab), page);
        d.frames(3);
        CHECK(faults_of_tree() == "");
      }
    }
  }
}
