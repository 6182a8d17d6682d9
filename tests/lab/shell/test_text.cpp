// No text of the lab stays English, whatever is open.
#include "support/marked_language.h"
#include "support/sentences.h"

using namespace stride;
using namespace stride::lab;

TEST_CASE("words outside the marks are found") {
  CHECK(unmarked("«Step »5«: »lr« of »SGD", false) == "");
  CHECK(unmarked("«Step »5«: »the walker", false) == "the");
  CHECK(unmarked("step", true) == "");
  CHECK(unmarked("step", false) == "step");
  CHECK(marked("step {0} of {1}|x") == "«step »{0}« of »{1}«»");
}

TEST_CASE("no text stays English: runs, their parameters and the problem") {
  const Marked language;
  Room room(1440, 2400, three_runs());
  Driver& d = room.d;
  d.lab.shell.parameters_open = d.lab.shell.problem_open = true;
  surface_of(d.lab.session.scenario).noise.sigma = 1;
  room.rest();
  check_marked(d, "first");
  for (int row = 0; row < static_cast<int>(point_optimizers().size()); ++row) {
    d.lab.session.scenario.runs[0] = default_run(row);
    d.frames(3);
    check_marked(d, optimizers()[static_cast<size_t>(row)].key);
  }
  d.lab.session.scenario.runs[0] = default_run(find_optimizer("SGD"));
  for (int row = 0; row < static_cast<int>(schedules().size()); ++row) {
    d.lab.session.scenario.runs[0].schedule =
        default_settings(row, schedules()[static_cast<size_t>(row)].params);
    d.frames(3);
    check_marked(d, schedules()[static_cast<size_t>(row)].key);
  }
  for (int row = 0; row < static_cast<int>(surfaces().size()); ++row) {
    pick_surface(d.lab.session, row);
    d.frames(3);
    check_marked(d, surfaces()[static_cast<size_t>(row)].key);
  }
  for (const char* list : {"«optimizer»", "«schedule»"}) {
    d.click("combobox", list);
    d.frames(2);
    CHECK_MESSAGE(std::any_of(controls().begin(), controls().end(),
                              [](const Control& c) { return c.role == Role::option; }),
                  list);
    check_marked(d, list);
    d.key(ImGuiKey_Escape);
    d.frames(3);
  }
  d.click("button", "«rename»");
  check_marked(d, "rename");
  CHECK(texts_checked > 5000);
}

TEST_CASE("no text stays English: the bar's lists, help, notices, files") {
  const Marked language;
  Room room(1440, 900);
  Driver& d = room.d;
  for (const char* list : {"«surface»", "«lessons»", "«language»", "«size of letters and controls»"}) {
    d.click("button", list, std::string(list) == "«surface»" ? "bar" : "");
    d.frames(3);
    check_marked(d, list);
    d.key(ImGuiKey_Escape);
  }
  d.key(ImGuiKey_Slash, ImGuiMod_Shift);
  REQUIRE(d.find("button", "«close»", "help"));
  check_marked(d, "help");
  d.key(ImGuiKey_Escape);
  const auto noticed = [&](const std::string& what) {
    d.frames(2);
    CHECK_MESSAGE(!d.lab.shell.notice.words.empty(), what);
    CHECK(d.find("button", "«dismiss»"));
    check_marked(d, what);
    d.lab.shell.notice.words.clear();
  };
  run(d.lab, Command::copy_link);
  noticed("link");
  remove_run(d.lab.session, 0);
  noticed("last run");
  while (d.lab.session.scenario.runs.size() < max_runs) add_run(d.lab.session);
  add_run(d.lab.session);
  noticed("most runs");
  const Control c = d.get("button", "«share»");
  d.move(c.at.x + c.size.x / 2, c.at.y + c.size.y / 2);
  d.frames(90);
  CHECK(std::any_of(controls().begin(), controls().end(),
                    [](const Control& t) { return t.role == Role::tooltip; }));
  check_marked(d, "tooltip");
}

TEST_CASE("no text stays English on a phone") {
  const Marked language;
  Room room(390, 844, three_runs());
  Driver& d = room.d;
  d.lab.shell.parameters_open = d.lab.shell.problem_open = true;
  for (int page = 0; page < 4; ++page)
    for (int tool = 1; tool < (page == 2 ? 5 : 2); ++tool) {
      d.lab.shell.sheet_open = true;
      d.lab.shell.page = Page(page);
      d.lab.shell.tool = Tool(tool);
      room.rest();
      check_marked(d, "page " + std::to_string(page));
    }
  d.key(ImGuiKey_Slash, ImGuiMod_Shift);
  REQUIRE(d.find("combobox", "«language»"));
  check_marked(d, "help");
}

TEST_CASE("a change of language reaches what was said before it, and the way back is whole") {
  Room room(1440, 900, three_runs());
  Driver& d = room.d;
  room.rest();
  d.lab.shell.tool = Tool::compare;
  d.frames(3);
  d.click("button", "compare");
  room.rest();
  const auto spoken = [&] {
    std::string all;
    for (int tool : {0, 3}) {
      d.lab.shell.tool = Tool(tool);
      room.rest();
      for (const Control& c : controls()) all += word_of(c.role) + c.group + c.name + c.value + c.help + "\n";
    }
    return all;
  };
  const std::string before = spoken();
  REQUIRE(read_language(marked_language()) == "");
  set_language(d.lab, "de");
  CHECK(spoken() != before);
  check_marked(d, "changed");
  d.lab.shell.tool = Tool::curves;
  d.frames(3);
  check_marked(d, "changed");
  set_language(d.lab, "en");
  CHECK(spoken() == before);
  set_texts(1, {});
}
