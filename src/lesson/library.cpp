// The lessons that Stride carries within itself, and what a learner has done of them.
#include <algorithm>
#include <cstdlib>
#include <map>

#include "assets/lessons.h"
#include "lesson/parts.h"

namespace stride {

namespace {

std::vector<Lesson> load(std::string_view language) {
  std::vector<Lesson> all;
  for (const assets::LessonFile& file : assets::lesson_files()) {
    if (std::string_view(file.language) != "en") continue;
    const assets::LessonFile* best = &file;
    for (const assets::LessonFile& other : assets::lesson_files())
      if (other.language == language && std::string_view(other.name) == file.name) best = &other;
    Lesson lesson;
    if (!read_lesson(best->text, best->name, lesson).empty()) continue;
    lesson.language = best->language;
    all.push_back(std::move(lesson));
  }
  return all;
}

}  // namespace

std::span<const Lesson> lessons(std::string_view language) {
  static std::map<std::string, std::vector<Lesson>, std::less<>> loaded;
  auto found = loaded.find(language);
  if (found == loaded.end()) found = loaded.emplace(std::string(language), load(language)).first;
  return found->second;
}

int lesson_of_link(std::string_view link) {
  link = link.substr(0, link.find('#'));
  const size_t question = link.find('?');
  if (question == std::string_view::npos) return -1;
  std::string_view query = link.substr(question + 1);
  while (!query.empty()) {
    const size_t end = query.find('&');
    const std::string_view one = query.substr(0, end);
    query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
    if (!one.starts_with("lesson=")) continue;
    const std::string number(one.substr(7));
    if (number.empty() || number.size() > 3 || number.find_first_not_of("0123456789") != std::string::npos)
      return -1;
    const int n = std::atoi(number.c_str());
    return n >= 1 && n <= static_cast<int>(lessons().size()) ? n - 1 : -1;
  }
  return -1;
}

bool is_done(const LessonProgress& progress, const std::string& name) {
  return std::find(progress.done.begin(), progress.done.end(), name) != progress.done.end();
}

void add_attempt(LessonProgress& progress, LessonAttempt attempt) {
  auto& all = progress.attempts;
  const auto same =
      std::find_if(all.begin(), all.end(), [&](const LessonAttempt& a) { return a.name == attempt.name; });
  if (same != all.end()) {
    same->steps = std::min(same->steps, attempt.steps);
  } else {
    all.push_back(std::move(attempt));
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const LessonAttempt& a, const LessonAttempt& b) { return a.steps < b.steps; });
  if (all.size() > 10) all.resize(10);
}

std::string write_progress(const LessonProgress& progress) {
  Json document = {{"done", progress.done}, {"attempts", Json::array()}};
  for (const LessonAttempt& a : progress.attempts)
    document["attempts"].push_back({{"name", a.name}, {"steps", a.steps}});
  return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

LessonProgress read_progress(std::string_view text) {
  LessonProgress progress;
  Json document;
  if (!parse_json(text, document).empty() || !document.is_object()) return progress;
  if (const Json* done = member(document, "done"); done && done->is_array())
    for (const Json& name : *done)
      if (name.is_string() && progress.done.size() < 200) progress.done.push_back(name.get<std::string>());
  if (const Json* attempts = member(document, "attempts"); attempts && attempts->is_array())
    for (const Json& a : *attempts) {
      const Json* name = a.is_object() ? member(a, "name") : nullptr;
      const Json* steps = name ? member(a, "steps") : nullptr;
      int count = 0;
      if (!steps || !name->is_string() || !read_whole(*steps, 0, max_steps, {}, count).empty()) continue;
      add_attempt(progress, {name->get<std::string>(), count});
    }
  return progress;
}

}  // namespace stride
