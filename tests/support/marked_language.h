// A language whose every text stands in «marks»: whatever a control says outside of them is a name, a formula
// or a number, or has stayed English.
#pragma once

#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "assets/lessons.h"
#include "jobs/jobs.h"
#include "support/files.h"
#include "support/lab_driver.h"
#include "support/sentences.h"
#include "text/text.h"

namespace stride::lab {

using Json = nlohmann::ordered_json;

/// The text in marks, which leave out what is filled in and what parts a term's forms: "«Step »{0}«: »{1}«.»".
inline std::string marked(const std::string& english) {
  const std::string words = english.substr(0, english.find('|'));
  return "«" + std::regex_replace(words, std::regex("\\{\\d\\}|; "), "»$&«") + "»";
}

/// A lesson's file with its words in marks, without what nobody reads.
inline std::string marked_lesson(const std::string& file) {
  const size_t begin = file.find("---\n") + 4, end = file.find("\n---\n", begin);
  Json header = Json::parse(file.substr(begin, end - begin));
  const auto mark = [](Json& text) { text = marked(text.get<std::string>()); };
  for (const char* unread : {"facts", "right", "wrong"}) header.erase(unread);
  mark(header["title"]);
  if (header.contains("goal")) mark(header["goal"]["say"]);
  if (header.contains("goal") && header["goal"].contains("ask"))
    for (const char* words : {"question", "yes", "low", "high"}) mark(header["goal"]["ask"][words]);
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

inline std::string marked_language() {
  Json language = {{"language", "de"}, {"texts", Json::object()}, {"lessons", Json::object()}};
  for (const Json& row : Json::parse(test::text_of("../texts/catalogue.json"))) {
    const std::string english = row["en"];
    language["texts"][english] = marked(english);
    if (row.contains("de") && row["de"].is_object())
      language["texts"][english] = {{"other", marked(english)}};
  }
  for (const assets::LessonFile& lesson : assets::lesson_files())
    language["lessons"][lesson.name] = marked_lesson(lesson.text);
  return language.dump();
}

/// What is the same in every language.
inline const std::set<std::string>& names() {
  static const std::set<std::string> all = [] {
    std::set<std::string> out{"none", "net", "json", "Stride",
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

inline bool is_option(const std::string& word) {
  for (const Schedule& row : schedules())
    for (const Param& p : row.params)
      for (const char* option : p.choices)
        if (word == option) return true;
  return false;
}

/// The first word outside the marks that is no name.
inline std::string unmarked(const std::string& text, bool option) {
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
inline void take_out(std::string& text, const std::string& name) {
  const size_t at = name.empty() ? std::string::npos : text.find(name);
  if (at != std::string::npos) text.erase(at, name.size());
}

inline int texts_checked = 0;

inline void check_marked(const Driver& d, const std::string& where) {
  for (const Control& c : controls()) {
    const bool option = c.role == Role::option || c.role == Role::combobox;
    for (std::string text : {c.name, c.value, c.help}) {
      for (const Run& run : d.lab.session.scenario.runs) take_out(text, run.name);
      for (const Language& l : languages()) take_out(text, l.name);
      texts_checked += !text.empty();
      const std::string word = c.role == Role::textbox && text == c.value ? "" : unmarked(text, option);
      CHECK_MESSAGE(word.empty(), where << ": " << word_of(c.role) << " '" << word << "' in: " << text);
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

inline Scenario three_runs() {
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

}  // namespace stride::lab
