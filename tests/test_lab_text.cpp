// No text of the lab stays English: in a language whose every text stands in «marks», whatever a control says
// outside of them is a name, a formula or a number.
#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "assets/lessons.h"
#include "jobs/jobs.h"
#include "lab_driver.h"
#include "text/text.h"

using namespace stride;
using namespace stride::lab;
using Json = nlohmann::ordered_json;

namespace {

/// The text in marks, which leave out what is filled in: "«Step »{0}«: »{1}«.»".
std::string marked(const std::string& english) {
  const std::string words = english.substr(0, english.find('|'));
  return "«" + std::regex_replace(words, std::regex("\\{\\d\\}"), "»$&«") + "»";
}

/// A lesson's file with its words in marks.
std::string marked_lesson(const std::string& file) {
  const size_t begin = file.find("---\n") + 4, end = file.find("\n---\n", begin);
  Json header = Json::parse(file.substr(begin, end - begin));
  const auto mark = [](Json& text) { text = marked(text.get<std::string>()); };
  mark(header["title"]);
  if (header.contains("goal")) mark(header["goal"]["say"]);
  if (header.contains("sources"))
    for (Json& source : header["sources"]) mark(source);
  if (header.contains("prediction")) {
    mark(header["prediction"]["question"]);
    for (Json& choice : header["prediction"]["choices"]) mark(choice["text"]), mark(choice["feedback"]);
  }
  std::string out = "---\n" + header.dump(1) + "\n---\n", line;
  std::istringstream body(file.substr(end + 5));
  for (bool code = false; std::getline(body, line);) {
    const size_t from = line.starts_with("## ") ? 3 : line.starts_with("- ") ? 2 : 0;
    const bool fence = line.starts_with("```");
    if (fence) code = !code;
    out += fence || code || line.empty() ? line : line.substr(0, from) + "«" + line.substr(from) + "»";
    out += "\n";
  }
  return out;
}

std::string marked_language() {
  std::ifstream file(STRIDE_REFERENCE_DIR "/../../texts/catalogue.json");
  REQUIRE(file);
  Json language = {{"language", "de"}, {"texts", Json::object()}, {"lessons", Json::object()}};
  for (const Json& row : Json::parse(file)) {
    const std::string english = row["en"];
    language["texts"][english] = marked(english);
  }
  for (const assets::LessonFile& lesson : assets::lesson_files())
    language["lessons"][lesson.name] = marked_lesson(lesson.text);
  return language.dump();
}

/// What is the same in every language.
const std::set<std::string>& names() {
  static const std::set<std::string> all = [] {
    std::set<std::string> out{"none", "net", "json",
                              // formulas
                              "xy", "exp", "log", "sin", "cos", "sqrt", "abs", "tanh", "min", "max", "sign",
                              "pi"};
    const auto add = [&](const auto& rows) {
      for (const auto& row : rows) {
        out.insert(row.key);
        for (const Param& p : row.params) out.insert(p.key);
      }
    };
    add(optimizers());
    add(schedules());
    out.insert("schedulers");
    for (const char* part : {"optimizer", "schedule"}) out.insert(part);  // the map's "optimizer.momentum"
    return out;
  }();
  return all;
}

bool is_option(const std::string& word) {
  for (const Schedule& row : schedules())
    for (const Param& p : row.params)
      for (const char* option : p.choices)
        if (word == option) return true;
  return false;
}

/// The first word outside the marks that is no name.
std::string unmarked(const std::string& text, bool option) {
  const std::string open = "«", close = "»";
  std::string word;
  int depth = 0;
  for (size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    depth += text.compare(i, open.size(), open) == 0;
    if (text.compare(i, close.size(), close) == 0) --depth;
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    const bool digit = c >= '0' && c <= '9';
    const bool power = c == 'e' && i > 0 && text[i - 1] >= '0' && text[i - 1] <= '9';  // 1e12
    if (depth == 0 && ((letter && !power) || (digit && !word.empty()))) {
      word += c;
      continue;
    }
    if (word.size() > 1 && !names().count(word) && !(option && is_option(word))) return word;
    word.clear();
  }
  return {};
}

/// Takes out a name that stands anywhere in the text.
void take_out(std::string& text, const std::string& name) {
  const size_t at = name.empty() ? std::string::npos : text.find(name);
  if (at != std::string::npos) text.erase(at, name.size());
}

int checked = 0;

void check_marked(const Driver& d, const std::string& where) {
  for (const Control& c : controls()) {
    const bool option = c.role == "option" || c.role == "combobox";
    for (std::string text : {c.name, c.value, c.help}) {
      for (const Run& run : d.lab.session.scenario.runs) take_out(text, run.name);
      for (const Language& l : languages()) take_out(text, l.name);
      checked += !text.empty();
      const std::string word = c.role == "textbox" && text == c.value ? "" : unmarked(text, option);
      CHECK_MESSAGE(word.empty(), where << ": " << c.role << " '" << word << "' in: " << text);
    }
  }
}

/// A lab that computes its studies within the frame.
struct Room {
  std::unique_ptr<jobs::Engine> engine = jobs::make_inline();
  Driver d;
  Room(float width, float height, Scenario s = default_scenario()) : d(width, height, 1, std::move(s)) {
    d.lab.services.engine = engine.get();
  }
  void rest() {
    d.frames(3);
    for (int i = 0; i < 4000 && engine->busy(); ++i) d.frames(2);
    d.frames(3);
  }
};

Scenario three_runs() {
  Scenario s = default_scenario();
  for (const char* key : {"Adam", "Prodigy"}) s.runs.push_back(default_run(find_optimizer(key)));
  return s;
}

/// Speaks the marked language while it lives.
struct Marked {
  Marked() {
    REQUIRE(read_language(marked_language()) == "");
    REQUIRE(use_language(1));
  }
  ~Marked() {
    use_language(0);
    set_texts(1, {});  // whoever speaks German next gets the real one
  }
};

}  // namespace

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
  d.lab.session.scenario.surface.noise.sigma = 1;
  room.rest();
  check_marked(d, "first");
  for (int row = 0; row < static_cast<int>(optimizers().size()); ++row) {
    d.lab.session.scenario.runs[0] = default_run(row);
    d.frames(3);
    check_marked(d, optimizers()[static_cast<size_t>(row)].key);
  }
  d.lab.session.scenario.runs[0] = default_run(find_optimizer("SGD"));
  for (int row = 0; row < static_cast<int>(schedules().size()); ++row) {
    d.lab.session.scenario.runs[0].schedule = default_spec(row, schedules()[static_cast<size_t>(row)].params);
    d.frames(3);
    check_marked(d, schedules()[static_cast<size_t>(row)].key);
  }
  for (int row = 0; row < static_cast<int>(surfaces().size()); ++row) {
    pick_surface(d.lab, row);
    d.frames(3);
    check_marked(d, surfaces()[static_cast<size_t>(row)].key);
  }
  for (const char* list : {"«optimizer»", "«schedule»"}) {
    d.click("combobox", list);
    d.frames(2);
    CHECK_MESSAGE(std::any_of(controls().begin(), controls().end(),
                              [](const Control& c) { return c.role == "option"; }),
                  list);
    check_marked(d, list);
    d.key(ImGuiKey_Escape);
    d.frames(3);
  }
  d.click("button", "«rename»");
  check_marked(d, "rename");
  CHECK(checked > 5000);
}

TEST_CASE("no text stays English: the bar's lists, help, notices, files") {
  const Marked language;
  Room room(1440, 900);
  Driver& d = room.d;
  for (const char* list : {"«surface»", "«lessons»", "«language»"}) {
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
  copy_link(d.lab);
  noticed("link");
  remove_run(d.lab, 0);
  noticed("last run");
  while (d.lab.session.scenario.runs.size() < max_runs) add_run(d.lab);
  add_run(d.lab);
  noticed("most runs");
  open_document(d.lab, R"({"stride": 1, "problem": {"type": "network"}})", "net.json");
  noticed("network");
  const Control c = d.get("button", "«share»");
  d.move(c.at.x + c.size.x / 2, c.at.y + c.size.y / 2);
  d.frames(90);
  CHECK(std::any_of(controls().begin(), controls().end(),
                    [](const Control& t) { return t.role == "tooltip"; }));
  check_marked(d, "tooltip");
}

TEST_CASE("no text stays English: curves, drawing, range test, map, comparison, rule") {
  const Marked language;
  Room room(1440, 1400, three_runs());
  Driver& d = room.d;
  d.lab.session.scenario.surface.noise.sigma = 0.5;
  d.lab.studies.range.settings_open = true;
  room.rest();
  for (int tool = 0; tool < 5; ++tool) {
    d.lab.shell.tool = Tool(tool);
    room.rest();
    if (tool == 3) {
      for (const char* button : {"«compare»", "«give best rates»"}) {
        d.click("button", button);
        d.frames(1);
        check_marked(d, button);
        room.rest();
      }
      CHECK(d.find("button", "«rank »1«»"));
    }
    for (int r = 0; r < 3; ++r) {
      d.lab.session.selected = r;
      room.rest();
      check_marked(d, "tool " + std::to_string(tool));
    }
  }
  d.lab.shell.tool = Tool::compare;
  d.lab.session.scenario.steps += 10;
  d.frames(3);
  check_marked(d, "old comparison");
  d.lab.shell.tool = Tool::curves;
  d.lab.session.selected = 0;
  d.lab.plots.show_effective = true;
  d.lab.studies.show_basins = true;
  for (int i = 0; i < 50; ++i) basins_overlay(d.lab), d.frames(1);  // drawing the surface asks for them
  CHECK(d.find("status", "«basins»"));
  check_marked(d, "basins");
  const Control plot = d.get("img", "«learning-rate plot»");
  d.move(plot.at.x + plot.size.x / 2, plot.at.y + plot.size.y / 2);
  d.frames(3);
  CHECK(d.find("status", "«values under the pointer»"));
  check_marked(d, "pointing");
  d.click("switch", "«draw»");
  d.frames(2);
  CHECK(d.find("img", "«paper»"));
  check_marked(d, "drawing");
  d.click("switch", "«draw»");
  d.frames(2);
  CHECK(d.find("slider", "«handle »points[0]«»"));
  check_marked(d, "points");
}

TEST_CASE("no text stays English: the narration of every kind of run") {
  const Marked language;
  std::set<std::string> outcomes;
  for (const char* surface : {"quad_k10", "rastrigin", "saddle", "beale"}) {
    const int row = find_surface(surface);
    if (row < 0) continue;
    Room room(1440, 900, three_runs());
    Driver& d = room.d;
    pick_surface(d.lab, row);
    d.lab.session.scenario.runs[1].schedule = default_spec(
        find_schedule("StepLR"), schedules()[static_cast<size_t>(find_schedule("StepLR"))].params);
    for (double factor : {0.01, 0.3, 1.0, 1.9, 10.0, 1e6}) {
      d.lab.session.scenario.runs[0].optimizer.values[0] = {surfaces()[static_cast<size_t>(row)].lr * factor};
      d.lab.session.scenario.surface.noise.sigma = factor == 0.3 ? 5 : 0;
      for (int r = 0; r < 3; ++r) {
        d.lab.session.selected = r;
        for (int step : {0, 1, 2, 30, 31, 60, d.lab.session.scenario.steps}) {
          d.lab.session.scenario.view.cursor = step;
          d.frames(2);
          REQUIRE(d.find("status", "«narration»"));
          check_marked(d, surface);
        }
        outcomes.insert(d.lab.results[static_cast<size_t>(r)].words.substr(0, 12));
      }
    }
  }
  CHECK(outcomes.size() >= 4);
}

TEST_CASE("no text stays English: every page of every lesson, and the blindfold") {
  const Marked language;
  for (const float width : {1440.f, 390.f}) {
    Room room(width, width > 500 ? 900.f : 844.f);
    Driver& d = room.d;
    for (int i = 0; i < static_cast<int>(lessons().size()); ++i) {
      open_lesson(d.lab, i);
      CHECK(d.lab.lesson.open->language == "de");
      for (int page = 0; page < page_count(*d.lab.lesson.open); ++page) {
        turn_to(d.lab, page);
        d.frames(3);
        check_marked(d, lessons()[static_cast<size_t>(i)].name);
        if (!is_asking(d.lab) || d.lab.lesson.open->prediction->after != page) continue;
        toggle_play(d.lab);
        answer(d.lab, 0);
        d.frames(3);
        check_marked(d, lessons()[static_cast<size_t>(i)].name);
      }
      if (d.lab.lesson.blindfold) {
        for (int step = 0; step < 3; ++step) {
          d.click("button", "«step»");
          check_marked(d, "walk");
        }
        d.click("button", "«lift the fog»");
        check_marked(d, "lifted");
      }
      d.lab.lesson.blindfold = false;
      d.lab.session.scenario = *d.lab.lesson.open->solution;
      d.frames(3);
      CHECK(d.lab.lesson.report.met);
      check_marked(d, lessons()[static_cast<size_t>(i)].name + " solved");
    }
  }
}

TEST_CASE("no text stays English on a phone") {
  const Marked language;
  Room room(390, 844, three_runs());
  Driver& d = room.d;
  d.lab.shell.parameters_open = d.lab.shell.problem_open = true;
  for (int page = 0; page < 4; ++page)
    for (int tool = 1; tool < (page == 2 ? 5 : 2); ++tool) {
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
      for (const Control& c : controls()) all += c.role + c.group + c.name + c.value + c.help + "\n";
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
