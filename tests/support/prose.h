// What a lesson says in words, and the numbers in it.
#pragma once

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lesson/lesson.h"

namespace stride::test {

inline bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

/// The numbers of a text without their signs, in a language that writes 0.1 and 1,000 or one that writes 0,1. What is no quantity
/// is left out: the 2 of 2/λ, which lesson is meant, an angle.
inline std::vector<double> numbers_in(const std::string& text, char decimal) {
  std::vector<double> all;
  for (size_t i = 0; i < text.size();) {
    if (!is_digit(text[i])) {
      ++i;
      continue;
    }
    const size_t from = i;
    std::string number;
    for (; i < text.size(); ++i) {
      const bool on = i + 1 < text.size() && is_digit(text[i + 1]);
      if (is_digit(text[i]))
        number += text[i];
      else if (text[i] == decimal && on && number.find('.') == std::string::npos)
        number += '.';
      else if (!(text[i] == ',' && decimal == '.' && i + 3 < text.size() && on && is_digit(text[i + 2]) &&
                 is_digit(text[i + 3])))
        break;
    }
    const std::string_view before = std::string_view(text).substr(0, from),
                           after = std::string_view(text).substr(i);
    const bool names_lesson = before.ends_with("esson ") || before.ends_with("ektion ") ||
                              before.ends_with("ección ") || before.ends_with("שיעור ") ||
                              after.starts_with(" 课") || after.starts_with("课");
    if (after.starts_with("/λ") || after.starts_with("°") || names_lesson) continue;
    all.push_back(std::strtod(number.c_str(), nullptr));
  }
  return all;
}

/// What names things and claims nothing: headings, runs, the answers that are not right.
inline std::vector<std::string> labels_of(const Lesson& lesson) {
  std::vector<std::string> all = {lesson.title};
  const auto names_of = [&](const std::optional<Scenario>& scenario) {
    if (scenario)
      for (const Run& run : scenario->runs) all.push_back(run.name);
  };
  names_of(lesson.scenario);
  for (const LessonScreen& screen : lesson.screens) {
    all.push_back(screen.heading);
    names_of(screen.scenario);
  }
  if (lesson.prediction) {
    names_of(lesson.prediction->scenario);
    for (const LessonChoice& choice : lesson.prediction->choices)
      if (!choice.correct) all.push_back(choice.text);
  }
  if (lesson.goal) names_of(lesson.goal->start);
  return all;
}

/// What it says: screens, question, the right answer, what is said of each answer, the task. Its sources have numbers of
/// papers and of their sections, its formulas those of no run.
inline std::vector<std::string> told_by(const Lesson& lesson) {
  std::vector<std::string> all;
  for (const LessonScreen& screen : lesson.screens)
    for (const LessonBlock& block : screen.blocks) {
      std::string words;
      for (const LessonSpan& span : block.spans) words += span.formula ? " " : span.words;
      all.push_back(words);
    }
  if (lesson.prediction) {
    all.push_back(lesson.prediction->question);
    for (const LessonChoice& choice : lesson.prediction->choices) {
      if (choice.correct) all.push_back(choice.text);
      all.push_back(choice.feedback);
    }
  }
  if (lesson.goal) {
    all.push_back(lesson.goal->say);
    all.insert(all.end(), lesson.goal->hints.begin(), lesson.goal->hints.end());
    if (const auto& ask = lesson.goal->ask)
      all.insert(all.end(), {ask->question, ask->yes, ask->low, ask->high});
  }
  return all;
}

/// All of it.
inline std::vector<std::string> prose_of(const Lesson& lesson) {
  std::vector<std::string> all = labels_of(lesson);
  for (std::string& text : told_by(lesson)) all.push_back(std::move(text));
  return all;
}

/// An English text cut after each full stop, question mark or exclamation mark that a space follows.
inline std::vector<std::string> sentences_in(const std::string& text) {
  std::vector<std::string> all(1);
  for (char c : text) {
    std::string& last = all.back();
    const size_t mark = last.find_last_not_of(")");
    if (c == ' ' && mark != std::string::npos &&
        std::string_view(".?!").find(last[mark]) != std::string_view::npos)
      all.emplace_back();
    else if (c != ' ' || (!last.empty() && last.back() != ' '))
      last += c;
  }
  const auto wordless = [](const std::string& s) {
    return std::none_of(s.begin(), s.end(), [](unsigned char c) { return std::isalpha(c); });
  };
  all.erase(std::remove_if(all.begin(), all.end(), wordless), all.end());
  return all;
}

}  // namespace stride::test
