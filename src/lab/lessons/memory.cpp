// What stays of the lessons: the place that was left, a question from two lessons before, the quiz, the results.
#include <algorithm>

#include "figures/poster.h"
#include "lab/lessons/lesson_state.h"
#include "lesson/memory/worksheet.h"

namespace stride::lab {

namespace {

/// A place of its own, with no lesson open.
void open_leaf(const LessonDesk& desk, Leaf leaf) {
  LessonState& l = desk.lesson;
  load_lesson_progress(desk);
  close_lesson(l);
  l.leaf = leaf;
  l.beside = true;
  l.lit.clear();
  ++l.begun;
}

void show_curve(const LessonDesk& desk) {
  QuizState& quiz = desk.lesson.quiz;
  quiz.asked = draw_curve(quiz.kinds[quiz.at], quiz.seed++);
  desk.session.selected = 0;
  desk.session.many_walkers = false;
  show_scenario(desk, quiz.asked);
}

}  // namespace

int lesson_left(const LessonState& l) {
  const auto all = lessons();
  for (size_t i = 0; i < all.size(); ++i)
    if (all[i].name == l.progress.at && l.progress.page > 0 && static_cast<int>(i) != l.index)
      return static_cast<int>(i);
  return -1;
}

void resume_lesson(const LessonDesk& desk) {
  LessonState& l = desk.lesson;
  const int index = lesson_left(l), page = l.progress.page;
  if (index < 0) return;
  open_lesson(desk, index);
  l.leaf = Leaf::pages;
  const std::optional<LessonPrediction>& p = l.open->prediction;
  // What has been answered need not be asked again.
  if (p && page > p->after && l.progress.answered.contains(l.open->name)) {
    const auto right =
        std::find_if(p->choices.begin(), p->choices.end(), [](const LessonChoice& c) { return c.correct; });
    l.answer = static_cast<int>(right - p->choices.begin());
  }
  l.number_told = l.progress.numbers.contains(l.open->name);
  turn_to(desk, page);
}

void answer_recall(const LessonDesk& desk, int choice) {
  LessonState& l = desk.lesson;
  if (l.leaf != Leaf::recall || l.recall_answer >= 0) return;
  l.recall_answer = choice;
  l.verdict = true;
  const Lesson& before = lessons()[static_cast<size_t>(l.recalled)];
  l.progress.recalled.right += before.prediction->choices[static_cast<size_t>(choice)].correct;
  ++l.progress.recalled.asked;
  keep_progress(desk);
}

void open_quiz(const LessonDesk& desk, unsigned seed) {
  open_leaf(desk, Leaf::quiz);
  desk.lesson.quiz = {.kinds = draw_quiz(seed), .seed = seed, .asked = {}};
  show_curve(desk);
}

void answer_curve(const LessonDesk& desk, CurveKind kind) {
  QuizState& quiz = desk.lesson.quiz;
  if (!shows_curve(desk.lesson)) return;
  quiz.answer = static_cast<int>(kind);
  desk.lesson.verdict = true;
  quiz.right += kind == quiz.kinds[quiz.at];
}

void next_curve(const LessonDesk& desk) {
  LessonState& l = desk.lesson;
  if (l.leaf != Leaf::quiz || l.quiz.answer < 0) return;
  l.quiz.answer = -1;
  if (++l.quiz.at < l.quiz.kinds.size()) return show_curve(desk);
  l.progress.quiz = {l.quiz.right, static_cast<int>(l.quiz.kinds.size())};
  keep_progress(desk);
  open_learned(desk);
}

bool shows_curve(const LessonState& l) {
  return l.leaf == Leaf::quiz && l.quiz.answer < 0;
}

void open_learned(const LessonDesk& desk) {
  open_leaf(desk, Leaf::learned);
}

void save_results(const LessonDesk& desk) {
  if (desk.host.save_file)
    desk.host.save_file("stride-results.csv", results_csv(desk.lesson.progress, desk.lesson.learner));
}

void save_worksheet(const LessonDesk& desk) {
  const std::optional<Lesson>& lesson = desk.lesson.open;
  if (!lesson || !desk.host.save_file) return;
  desk.host.save_file(worksheet_name(*lesson),
                      worksheet(*lesson, figures::poster_of_start(lesson->scenario)));
}

}  // namespace stride::lab
