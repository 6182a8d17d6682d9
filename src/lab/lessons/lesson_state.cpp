#include "lab/lessons/lesson_state.h"

#include <algorithm>

#include "lab/session/lab.h"

namespace stride::lab {

namespace {

constexpr const char* storage = "stride-lessons";

void keep_progress(Lab& lab) {
  if (lab.services.host.store) lab.services.host.store(storage, write_progress(lab.lesson.progress));
}

/// The scenario of a lesson, seen as the learner had chosen to see.
void show(Lab& lab, Scenario next) {
  const View& v = lab.session.scenario.view;
  next.view.theme = v.theme;
  lab.session.scenario = std::move(next);
  lab.session.selected =
      std::clamp(lab.session.selected, 0, static_cast<int>(lab.session.scenario.runs.size()) - 1);
  lab.drafts.expression = lab.session.scenario.surface.expression;
  lab.drafts.renaming = -1;
  lab.pointing.axis = {};
  lab.playback.playing = false;
  lab.studies.show_basins = false;
  accept(lab);
}

void begin(Lab& lab, Lesson lesson, int index, bool with_scenario) {
  load_lesson_progress(lab);
  LessonState& l = lab.lesson;
  l.open = std::move(lesson);
  l.index = index;
  l.page = 0;
  l.answer = -1;
  l.sketch.clear();
  l.beside = true;
  l.report = {};
  l.judged = {};
  l.blindfold = false;
  lab.shell.page = Page::lesson;
  if (!with_scenario) return;
  lab.session.selected = 0;
  show(lab, l.open->scenario);
  if (l.open->blindfold) toggle_blindfold(lab);
  if (l.open->screens[0].scenario) show(lab, *l.open->screens[0].scenario);
}

}  // namespace

int page_count(const Lesson& lesson) {
  return static_cast<int>(lesson.screens.size()) + (lesson.prediction ? 1 : 0) + (lesson.goal ? 1 : 0);
}

LessonPage page_kind(const Lesson& lesson, int page, int& screen) {
  screen = page;
  if (lesson.prediction && page == lesson.prediction->after) return LessonPage::question;
  if (lesson.prediction && page > lesson.prediction->after) --screen;
  return screen < static_cast<int>(lesson.screens.size()) ? LessonPage::screen : LessonPage::task;
}

void open_lesson(Lab& lab, int index) {
  const auto all = lessons();
  if (index >= 0 && index < static_cast<int>(all.size()))
    begin(lab, all[static_cast<size_t>(index)], index, true);
}

void open_lesson_file(Lab& lab, std::string_view text, std::string_view name) {
  Lesson lesson;
  if (Error error = read_lesson(text, name, lesson); !error.empty()) return notify(lab, error, true);
  const Error promise = check_lesson(lesson);
  begin(lab, std::move(lesson), -1, true);
  if (!promise.empty()) notify(lab, promise, true);
}

void close_lesson(Lab& lab) {
  LessonState& l = lab.lesson;
  l.open.reset();
  l.index = -1;
  l.blindfold = false;
  if (lab.shell.page == Page::lesson) lab.shell.page = Page::run;
}

void follow_lesson_link(Lab& lab, std::string_view link) {
  const int index = lesson_of_link(link);
  if (index < 0 || index == lab.lesson.index) return;
  const bool carries_scenario = link.find("#s=") != std::string_view::npos;
  begin(lab, lessons()[static_cast<size_t>(index)], index, !carries_scenario);
}

void retell_lesson(Lab& lab) {
  LessonState& l = lab.lesson;
  if (l.open && l.index >= 0) l.open = lessons()[static_cast<size_t>(l.index)];
  l.report = {};  // its words were in the other language
}

void turn_to(Lab& lab, int page) {
  LessonState& l = lab.lesson;
  if (!l.open) return;
  page = std::clamp(page, 0, page_count(*l.open) - 1);
  // Beyond the question only with an answer.
  if (is_asking(lab)) page = std::min(page, l.open->prediction->after);
  if (page == l.page) return;
  const bool forward = page > l.page;
  l.page = page;
  int screen = 0;
  const LessonPage kind = page_kind(*l.open, page, screen);
  if (kind == LessonPage::screen && l.open->screens[static_cast<size_t>(screen)].scenario) {
    if (l.blindfold) toggle_blindfold(lab);
    show(lab, *l.open->screens[static_cast<size_t>(screen)].scenario);
  }
  if (kind != LessonPage::task || !forward || l.open->blindfold) return;
  // The task begins at its own start, unless the learner has met it before.
  if (!l.report.met) show(lab, l.open->goal->start);
}

void answer(Lab& lab, int choice) {
  LessonState& l = lab.lesson;
  if (!is_asking(lab) || choice < 0 || choice >= static_cast<int>(l.open->prediction->choices.size())) return;
  l.answer = choice;
  // Now it plays, from the start.
  set_cursor(lab, 0);
  toggle_play(lab);
}

void begin_again(Lab& lab) {
  LessonState& l = lab.lesson;
  if (!l.open || !l.open->goal) return;
  l.blindfold = false;
  lab.session.selected = 0;
  show(lab, l.open->blindfold ? l.open->scenario : l.open->goal->start);
  if (l.open->blindfold) toggle_blindfold(lab);
}

bool is_asking(const Lab& lab) {
  const LessonState& l = lab.lesson;
  return l.open && l.open->prediction && l.answer < 0;
}

void follow_task(Lab& lab) {
  LessonState& l = lab.lesson;
  if (!l.open || !l.open->goal || is_asking(lab) || lab.results.size() != lab.session.scenario.runs.size())
    return;
  int screen = 0;
  if (page_kind(*l.open, l.page, screen) != LessonPage::task) return;
  if (!l.report.checks.empty() && same_numbers(l.judged, lab.session.scenario)) return;
  std::vector<Trajectory> paths;
  std::vector<Outcome> outcomes;
  for (const RunResult& r : lab.results) paths.push_back(r.path), outcomes.push_back(r.outcome);
  l.report = judge(*l.open->goal, lab.session.scenario, paths, outcomes);
  l.judged = lab.session.scenario;
  if (!l.report.met) return;
  if (l.open->leaderboard && l.report.reached >= 0) {
    const Run& run = lab.session.scenario.runs[static_cast<size_t>(l.report.run)];
    std::string name = optimizers()[static_cast<size_t>(run.optimizer.row)].key;
    if (run.schedule.row > 0)
      name += std::string(" × ") + schedules()[static_cast<size_t>(run.schedule.row)].key;
    add_attempt(l.progress, {name, l.report.reached});
  }
  if (!is_done(l.progress, l.open->name)) l.progress.done.push_back(l.open->name);
  keep_progress(lab);
}

void load_lesson_progress(Lab& lab) {
  LessonState& l = lab.lesson;
  if (l.loaded) return;
  l.loaded = true;
  if (lab.services.host.load) l.progress = read_progress(lab.services.host.load(storage));
}

void reset_progress(Lab& lab) {
  lab.lesson.progress = {};
  lab.lesson.loaded = true;
  keep_progress(lab);
}

}  // namespace stride::lab
