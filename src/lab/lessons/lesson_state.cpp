#include "lab/lessons/lesson_state.h"

#include <algorithm>

#include "lab/lessons/blindfold.h"
#include "lab/session/results.h"
#include "lesson/glossary.h"
#include "scenario/parts.h"
#include "text/text.h"
#include "text/typed_number.h"

namespace stride::lab {

const char* const lessons_missing = "The lessons cannot be fetched now: try again later.";

namespace {

constexpr const char* storage = "stride-lessons";

}  // namespace

void keep_progress(const LessonDesk& desk) {
  if (desk.host.store) desk.host.store(storage, write_progress(desk.lesson.progress));
}

void show_scenario(const LessonDesk& desk, Scenario next) {
  next.view.theme = desk.session.scenario.view.theme;
  if (is_asking(desk.lesson)) next.view.cursor = 0;  // where a run begins that is not shown
  replace(desk.session, std::move(next));
  desk.playback.playing = false;
  desk.show_basins = false;
  adopt(desk.session);
}

namespace {

/// The controls that a page is about have a ring when it is turned to, and they can be used.
void light_page(LessonState& l) {
  l.lit.clear();
  l.lit_until = 0;
  if (wants_number(l)) return;
  for (const std::string& word : focus_of(l).light) l.lit.emplace_back(control_of(word));
}

/// What the text and the task say under noise are means: once the runs may be seen, the lab shows many walkers too. A training
/// takes seconds: in a task it is repeated only where that asks for it.
void show_many(const LessonDesk& desk) {
  const LessonState& l = desk.lesson;
  int screen = 0;
  const bool task = page_kind(*l.open, l.page, screen) == LessonPage::task;
  desk.session.many_walkers = !is_asking(l) && l.revealed < 0 &&
                              (is_descent(desk.session.scenario) || !task || l.open->goal->seeds > 1);
}

/// The effective rates come on with a page that is about them, and go with the next.
void show_effective(const LessonDesk& desk) {
  LessonState& l = desk.lesson;
  const int run = focus_of(l).effective_rates;
  const bool on = run >= 0 && run < static_cast<int>(desk.session.scenario.runs.size());
  if (on) desk.session.selected = run;
  if (on != l.effective_lit) l.effective_rates = on;
  l.effective_lit = on;
}

void begin_lesson(const LessonDesk& desk, Lesson lesson, int index, bool with_scenario) {
  load_lesson_progress(desk);
  LessonState& l = desk.lesson;
  l.open = std::move(lesson);
  l.index = index;
  l.page = 0;
  l.recalled = lesson_recalled(l.progress, index);
  l.recall_answer = -1;
  l.leaf = l.recalled >= 0 ? Leaf::recall : Leaf::pages;
  l.answer = -1;
  l.tried.clear();
  l.revealed = -1;
  l.typed.clear();
  l.number_tries = l.number_off = 0;
  l.number_told = false;
  l.hints = 0;
  l.reached.clear();
  l.sketch.clear();
  l.term.clear();
  l.beside = true;
  light_page(l);
  l.report = {};
  l.judged = 0;
  l.blindfold = false;
  ++l.begun;
  if (!with_scenario) return;
  desk.session.selected = 0;
  show_scenario(desk, l.open->scenario);
  if (l.open->blindfold) toggle_blindfold(desk);
  if (l.open->screens[0].scenario) show_scenario(desk, *l.open->screens[0].scenario);
  show_many(desk);
  show_effective(desk);
}

/// What is shown while the question waits: the scenario of the last screen before it that has one, or the lesson's.
const Scenario& asked_about(const Lesson& lesson) {
  const Scenario* shown = &lesson.scenario;
  for (int i = 0; i < lesson.prediction->after; ++i)
    if (const auto& own = lesson.screens[static_cast<size_t>(i)].scenario) shown = &*own;
  return *shown;
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

void open_lesson(const LessonDesk& desk, int index) {
  const auto all = lessons();
  if (index >= 0 && index < static_cast<int>(all.size()))
    begin_lesson(desk, all[static_cast<size_t>(index)], index, true);
}

void open_lesson_file(const LessonDesk& desk, std::string_view text, std::string_view name) {
  Lesson lesson;
  if (Error error = read_lesson(text, name, lesson)) return refuse(desk.session, sentence(error), true);
  const Error fault = check_lesson(lesson, false);
  begin_lesson(desk, std::move(lesson), -1, true);
  if (fault) refuse(desk.session, sentence(fault), true);
}

void close_lesson(LessonState& l) {
  l.open.reset();
  l.leaf = Leaf::pages;
  l.index = -1;
  l.blindfold = false;
}

void open_lesson_link(const LessonDesk& desk, std::string_view link) {
  const int index = lesson_of_link(link);
  if (index < 0 || index == desk.lesson.index) return;
  const bool carries_scenario = link.find("#s=") != std::string_view::npos;
  begin_lesson(desk, lessons()[static_cast<size_t>(index)], index, !carries_scenario);
}

void retell_lesson(LessonState& l) {
  l.report = {};  // its words were in the other language
  if (!l.open || l.index < 0) return;
  // Its lessons may not have come yet; then it goes on in the language that it is in.
  const auto all = lessons();
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i].name != l.open->name) continue;
    l.open = all[i];
    l.index = static_cast<int>(i);
    l.page = std::min(l.page, page_count(*l.open) - 1);
    return;
  }
}

void turn_to(const LessonDesk& desk, int page) {
  LessonState& l = desk.lesson;
  if (!l.open) return;
  page = std::clamp(page, 0, page_count(*l.open) - 1);
  // Beyond the question only with an answer.
  if (is_unanswered(l)) page = std::min(page, l.open->prediction->after);
  l.leaf = Leaf::pages;
  if (page == l.page) return;
  const bool forward = page > l.page;
  l.page = page;
  if (l.index >= 0) {
    l.progress.at = l.open->name;
    l.progress.page = page;
    keep_progress(desk);
  }
  l.revealed = -1;
  l.term.clear();
  light_page(l);
  int screen = 0;
  const LessonPage kind = page_kind(*l.open, page, screen);
  if (kind == LessonPage::screen && l.open->screens[static_cast<size_t>(screen)].scenario) {
    if (l.blindfold) toggle_blindfold(desk);
    show_scenario(desk, *l.open->screens[static_cast<size_t>(screen)].scenario);
  }
  // The task begins at its own start, unless the learner has met it before.
  if (kind == LessonPage::task && forward && !l.open->blindfold && !l.report.met)
    show_scenario(desk, l.open->goal->start);
  show_many(desk);
  show_effective(desk);
}

void take_setting(const LessonDesk& desk, std::string_view sets) {
  Session& session = desk.session;
  const Run before = session.scenario.runs[static_cast<size_t>(session.selected)];
  if (Error error = change_by_query(sets, session.selected, session.scenario))
    return refuse(session, sentence(error));
  Run& run = session.scenario.runs[static_cast<size_t>(session.selected)];
  if (!(run == before)) run.name.clear();  // "0.1" is no name for what now runs at 0.21
  commit(session);
}

void answer(const LessonDesk& desk, int choice) {
  LessonState& l = desk.lesson;
  if (!is_unanswered(l) || choice < 0 || choice >= static_cast<int>(l.open->prediction->choices.size()))
    return;
  const LessonPrediction& p = *l.open->prediction;
  l.answer = choice;
  l.verdict = true;
  note_answer(l.progress, l.open->name, p.choices[static_cast<size_t>(choice)].correct);
  keep_progress(desk);
  // Now what answers it plays, from the start.
  if (p.scenario) show_scenario(desk, *p.scenario);
  if (p.scenario) desk.session.selected = p.run;
  seek(desk.session, desk.playback, 0);
  toggle_play(desk.session, desk.playback);
  l.revealed = 1;
  show_many(desk);
}

void ask_again(const LessonDesk& desk) {
  LessonState& l = desk.lesson;
  if (!l.open || !l.open->prediction || l.answer < 0) return;
  l.tried.push_back(l.answer);
  l.answer = -1;
  l.revealed = -1;
  l.sketch.clear();
  desk.playback.playing = false;
  if (l.open->prediction->scenario) show_scenario(desk, asked_about(*l.open));
  show_many(desk);
}

void follow_answer(const LessonDesk& desk) {
  LessonState& l = desk.lesson;
  if (l.revealed < 0) return;
  l.revealed = desk.playback.playing ? std::max(1, cursor_step(desk.session.scenario)) : -1;
  if (l.revealed < 0) show_many(desk);
}

int hint_count(const Lesson& lesson) {
  return lesson.goal ? 1 + static_cast<int>(lesson.goal->hints.size()) : 0;
}

void take_hint(const LessonDesk& desk) {
  LessonState& l = desk.lesson;
  if (!l.open || !l.open->goal || l.hints >= hint_count(*l.open)) return;
  if (l.hints == 0) l.way = direction(*l.open->goal, desk.session.scenario, l.report.run);
  l.hinted = true;
  // Where no way is known the lesson's own are told at once.
  l.hints += l.hints == 0 && l.way.empty() && hint_count(*l.open) > 1 ? 2 : 1;
}

void begin_again(const LessonDesk& desk) {
  LessonState& l = desk.lesson;
  if (!l.open || !l.open->goal) return;
  l.blindfold = false;
  desk.session.selected = 0;
  show_scenario(desk, l.open->blindfold ? l.open->scenario : l.open->goal->start);
  if (l.open->blindfold) toggle_blindfold(desk);
}

bool is_unanswered(const LessonState& l) {
  return l.open && l.open->prediction && l.answer < 0;
}

bool wants_number(const LessonState& l) {
  int screen = 0;
  return l.open && l.open->goal && l.open->goal->ask && !l.number_told &&
         page_kind(*l.open, l.page, screen) == LessonPage::task;
}

bool is_asking(const LessonState& l) {
  return is_unanswered(l) || wants_number(l);
}

void hand_in_number(const LessonDesk& desk) {
  LessonState& l = desk.lesson;
  if (!wants_number(l)) return;
  const std::optional<double> number = read_typed_number(l.typed);
  if (!number)
    return refuse(desk.session,
                  tr("{0}: expected a number, as 0.02, 1e-4 or 1/50, got {1}",
                     {tr("Your number"), l.typed.empty() ? "…" : l.typed}),
                  true);
  constexpr int most_tries = 2;
  l.number_off = judge_number(*l.open->goal->ask, *number);
  l.number_told = l.number_off == 0 || ++l.number_tries == most_tries;
  l.verdict = true;
  if (l.number_told) desk.session.scenario.view.cursor = -1;
  light_page(l);
  note_number(l.progress, l.open->name, {l.typed, l.number_off == 0});
  keep_progress(desk);
  show_many(desk);
}

const LessonFocus& focus_of(const LessonState& l) {
  static const LessonFocus none, curve{panel_loss, 0, {}};
  if (shows_curve(l)) return curve;
  if (!l.open) return none;
  int screen = 0;
  switch (page_kind(*l.open, l.page, screen)) {
    case LessonPage::screen:
      return l.open->screens[static_cast<size_t>(screen)].focus;
    case LessonPage::question:
      // What answers it is looked at as it will be on the next page.
      return is_unanswered(l) ? l.open->prediction->focus
             : static_cast<size_t>(screen) < l.open->screens.size()
                 ? l.open->screens[static_cast<size_t>(screen)].focus
                 : none;
    case LessonPage::task:
      return l.open->goal->focus;
  }
  return none;
}

unsigned locks_of_page(const LessonState& l) {
  return focus_of(l).lock | (wants_number(l) ? all_locks | lock_strip | lock_limit : 0u);
}

int horizon(const Scenario& scenario, const LessonState& lesson) {
  if (is_asking(lesson)) return 0;
  // A training does not begin anew with each further row: it grows in sight by itself.
  if (lesson.revealed >= 0 && is_descent(scenario)) return std::min(lesson.revealed, scenario.steps);
  return lesson.blindfold ? std::min(steps_walked(scenario), scenario.steps) : scenario.steps;
}

void judge_task(const LessonDesk& desk, const Results& results) {
  LessonState& l = desk.lesson;
  if (!l.open || !l.open->goal || is_asking(l)) return;
  int screen = 0;
  if (page_kind(*l.open, l.page, screen) != LessonPage::task) return;
  const long revision = revision_of(desk.session);
  if (!l.report.checks.empty() && l.judged == revision) return;
  if (results.are_under_way()) return;
  const Scenario& scenario = desk.session.scenario;
  std::vector<Trajectory> paths;
  std::vector<Outcome> outcomes;
  for (const RunResult& r : results.runs()) {
    if (r.training && !r.training->ended) return;
    paths.push_back(r.path), outcomes.push_back(r.outcome);
    if (r.training && l.open->goal->measure == LessonMeasure::validation_loss)
      paths.back().loss = r.training->validation_loss;
  }
  l.report = judge(*l.open->goal, scenario, paths, outcomes);
  l.judged = revision;
  // The way told is the one from here, not from where it was asked for.
  if (l.hints > 0) l.way = l.report.met ? "" : direction(*l.open->goal, scenario, l.report.run);
  if (!l.report.met) return;
  const size_t r = static_cast<size_t>(l.report.run);
  l.verdict = l.reached.empty();
  l.reached = what_happened(name_of(scenario.runs[r]), paths[r], outcomes[r]);
  if (l.open->leaderboard && l.report.reached >= 0) {
    const Run& run = scenario.runs[static_cast<size_t>(l.report.run)];
    std::string name = optimizers()[static_cast<size_t>(run.optimizer.row)].key;
    if (run.schedule.row > 0)
      name += std::string(" × ") + schedules()[static_cast<size_t>(run.schedule.row)].key;
    add_attempt(l.progress, {name, l.report.reached, run.optimizer.number(0)});
  }
  if (!is_done(l.progress, l.open->name)) l.progress.done.push_back(l.open->name);
  keep_progress(desk);
}

void load_lesson_progress(const LessonDesk& desk) {
  LessonState& l = desk.lesson;
  if (l.loaded) return;
  l.loaded = true;
  if (desk.host.load) l.progress = read_progress(desk.host.load(storage));
}

void reset_progress(const LessonDesk& desk) {
  desk.lesson.progress = {};
  desk.lesson.loaded = true;
  keep_progress(desk);
}

}  // namespace stride::lab
