#include "lesson/memory/progress.h"

#include <algorithm>

#include "lesson/lesson_shared.h"

namespace stride {

namespace {

constexpr size_t most_lessons = 200;

Json pair_of(const Tally& tally) {
  return {tally.right, tally.asked};
}

Tally tally_of(const Json& document, const char* key) {
  const Json* pair = member(document, key);
  Tally tally;
  if (!pair || !pair->is_array() || pair->size() != 2) return tally;
  if (read_whole((*pair)[1], 0, max_steps, {}, tally.asked) ||
      read_whole((*pair)[0], 0, tally.asked, {}, tally.right))
    return {};
  return tally;
}

void read_attempts(const Json& document, LessonProgress& progress) {
  const Json* attempts = member(document, "attempts");
  if (!attempts || !attempts->is_array()) return;
  for (const Json& a : *attempts) {
    const Json* name = a.is_object() ? member(a, "name") : nullptr;
    const Json* steps = name ? member(a, "steps") : nullptr;
    int count = 0;
    if (!steps || !name->is_string() || read_whole(*steps, 0, max_steps, {}, count)) continue;
    const Json* lr = member(a, "lr");
    add_attempt(progress, {name->get<std::string>(), count, lr && lr->is_number() ? lr->get<double>() : 0});
  }
}

void read_answers(const Json& document, LessonProgress& progress) {
  const Json* answered = member(document, "answered");
  if (!answered || !answered->is_object()) return;
  for (const auto& [name, right] : answered->items())
    if (right.is_boolean()) note_answer(progress, name, right.get<bool>());
}

void read_numbers(const Json& document, LessonProgress& progress) {
  const Json* numbers = member(document, "numbers");
  if (!numbers || !numbers->is_object()) return;
  for (const auto& [name, typed] : numbers->items())
    if (typed.is_array() && typed.size() == 2 && typed[0].is_string() && typed[1].is_boolean())
      note_number(progress, name, {typed[0].get<std::string>(), typed[1].get<bool>()});
}

void read_place(const Json& document, LessonProgress& progress) {
  const Json* at = member(document, "at");
  const Json* page = member(document, "page");
  if (!at || !at->is_string() || !page || read_whole(*page, 0, max_steps, {}, progress.page)) return;
  progress.at = at->get<std::string>();
}

}  // namespace

bool is_done(const LessonProgress& progress, const std::string& name) {
  return std::find(progress.done.begin(), progress.done.end(), name) != progress.done.end();
}

void add_attempt(LessonProgress& progress, LessonAttempt attempt) {
  auto& all = progress.attempts;
  const auto same =
      std::find_if(all.begin(), all.end(), [&](const LessonAttempt& a) { return a.name == attempt.name; });
  if (same != all.end()) {
    if (same->steps <= attempt.steps) return;
    all.erase(same);
  }
  const auto sooner = [](const LessonAttempt& a, const LessonAttempt& b) { return a.steps < b.steps; };
  all.insert(std::upper_bound(all.begin(), all.end(), attempt, sooner), std::move(attempt));
  if (all.size() > 10) all.resize(10);
}

void note_answer(LessonProgress& progress, const std::string& name, bool right) {
  if (progress.answered.size() < most_lessons) progress.answered.emplace(name, right);
}

void note_number(LessonProgress& progress, const std::string& name, const TypedNumber& number) {
  if (progress.numbers.size() < most_lessons) progress.numbers.emplace(name, number);
}

std::string write_progress(const LessonProgress& progress) {
  Json document = {{"done", progress.done},
                   {"attempts", Json::array()},
                   {"answered", Json::object()},
                   {"numbers", Json::object()},
                   {"recalled", pair_of(progress.recalled)},
                   {"quiz", pair_of(progress.quiz)},
                   {"at", progress.at},
                   {"page", progress.page}};
  for (const LessonAttempt& a : progress.attempts)
    document["attempts"].push_back({{"name", a.name}, {"steps", a.steps}, {"lr", a.lr}});
  for (const auto& [name, right] : progress.answered) document["answered"][name] = right;
  for (const auto& [name, number] : progress.numbers)
    document["numbers"][name] = {number.words, number.right};
  return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

LessonProgress read_progress(std::string_view text) {
  LessonProgress progress;
  Json document;
  if (parse_json(text, document) || !document.is_object()) return progress;
  if (const Json* done = member(document, "done"); done && done->is_array())
    for (const Json& name : *done)
      if (name.is_string() && progress.done.size() < most_lessons)
        progress.done.push_back(name.get<std::string>());
  read_attempts(document, progress);
  read_answers(document, progress);
  read_numbers(document, progress);
  progress.recalled = tally_of(document, "recalled");
  progress.quiz = tally_of(document, "quiz");
  read_place(document, progress);
  return progress;
}

int lesson_recalled(const LessonProgress& progress, int index) {
  const std::vector<int> order = teaching_order();
  const auto at = std::find(order.begin(), order.end(), index);
  if (at == order.end() || at - order.begin() < 2) return -1;
  const Lesson& before = lessons()[static_cast<size_t>(at[-2])];
  const bool can = before.prediction && !before.prediction->draw && progress.answered.contains(before.name);
  return can ? at[-2] : -1;
}

namespace {

/// A spreadsheet takes what begins so for a formula.
std::string cell(const std::string& words) {
  const bool formula =
      !words.empty() && std::string_view("=+-@\t\r\n|%").find(words[0]) != std::string_view::npos;
  std::string quoted = formula ? "\"'" : "\"";
  for (const char c : words) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string of_them(const Tally& tally) {
  return std::to_string(tally.right) + " of " + std::to_string(tally.asked);
}

}  // namespace

std::string results_csv(const LessonProgress& progress, const std::string& learner) {
  std::string csv = "learner,lesson,title,prediction,task,number\n";
  const auto row = [&](const std::string& lesson, const std::string& title, const std::string& prediction,
                       const std::string& task, const std::string& number) {
    csv += cell(learner) + "," + cell(lesson) + "," + cell(title) + "," + cell(prediction) + "," +
           cell(task) + "," + cell(number) + "\n";
  };
  const std::string right = "right", wrong = "not right at first";
  for (const int i : teaching_order()) {
    const Lesson& lesson = lessons()[static_cast<size_t>(i)];
    const auto answer = progress.answered.find(lesson.name);
    const auto number = progress.numbers.find(lesson.name);
    row(std::to_string(i + 1), lesson.title,
        answer == progress.answered.end() ? ""
        : answer->second                  ? right
                                          : wrong,
        is_done(progress, lesson.name) ? "met" : "",
        number == progress.numbers.end()
            ? ""
            : number->second.words + ": " + (number->second.right ? right : wrong));
  }
  row("asked again", "", of_them(progress.recalled), "", "");
  row("quiz", "", of_them(progress.quiz), "", "");
  return csv;
}

}  // namespace stride
