// What a lesson adds to the lab's state: which one is open, where the learner is in it, and the fog. Like the
// view it changes no number; what the learner does in a lesson is done to the scenario.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lesson/lesson.h"

namespace stride::lab {

struct Lab;

struct LessonState {
  std::optional<Lesson> open;
  int index = -1;              ///< of lessons(); -1: a file of the learner's own
  int page = 0;                ///< screens, with the question and at the end the task among them
  int answer = -1;             ///< the choice made; -1: not yet, and nothing may be seen before
  bool beside = true;          ///< where it shares a column with the controls: whether it is the one shown
  std::vector<double> sketch;  ///< the loss that was drawn, a number for each row; NaN: not yet
  LessonReport report;         ///< of the task
  Scenario judged;             ///< what the report belongs to
  LessonProgress progress;
  bool loaded = false;       ///< the progress has been asked for
  bool blindfold = false;    ///< the fog lies
  double step_length = 0.5;  ///< of the next blind step, as a part of the domain's longer side
  bool fog_drawn = false;    ///< what the surface has over it is fog
  std::string fog_of;        ///< what it was made for
};

enum class LessonPage { screen, question, task };
int page_count(const Lesson& lesson);
/// What a page is; `screen`: which of the screens, where it is one.
LessonPage page_kind(const Lesson& lesson, int page, int& screen);

void open_lesson(Lab& lab, int index);
/// A teacher's own file; an error leaves everything as it was and sets the notice.
void open_lesson_file(Lab& lab, std::string_view text, std::string_view name);
void close_lesson(Lab& lab);
/// The lesson that a link asks for, if any; a scenario that the link carries stays.
void follow_lesson_link(Lab& lab, std::string_view link);
/// The open lesson in the language in use, where it is one of ours.
void retell_lesson(Lab& lab);
/// Turns to a page; a screen with a scenario of its own shows it.
void turn_to(Lab& lab, int page);
void answer(Lab& lab, int choice);
/// The task from its start.
void begin_again(Lab& lab);
/// The question is answered by drawing on the loss plot.
bool is_sketching(const Lab& lab);
/// Hands the drawing in.
void answer_sketch(Lab& lab);
/// A question waits: play is locked and no run goes beyond its start.
bool is_asking(const Lab& lab);
/// Notes a met task in the progress. Once a frame.
void follow_task(Lab& lab);
void reset_progress(Lab& lab);
/// Asks the host for it, once.
void load_lesson_progress(Lab& lab);

/// How many rows beyond the first the lab computes and shows: all steps; none while a question waits; in the
/// fog as many as have been walked.
int horizon(const Lab& lab);

/// The fog, on any surface. Without it the steps taken stay, as a schedule of points.
void toggle_blindfold(Lab& lab);
/// A walk has an optimizer, a schedule and steps of its own: only where none is locked, or a lesson leads.
bool may_blindfold(const Lab& lab);
/// One step of the chosen length downhill, as far as the walker can feel where that is.
void walk(Lab& lab);
int steps_walked(const Lab& lab);
/// Whether the scenario is a walk: one run of plain descent at rate 1 with a point for each step.
bool is_walking(const Lab& lab);
/// Lays the fog over the surface or takes it away. True: it lies. Before drawing.
bool fog_overlay(Lab& lab);

// Panels.
void lesson_panel(Lab& lab);     ///< fills the window
void lesson_picker(Lab& lab);    ///< the button in the bar and its list
void blindfold_panel(Lab& lab);  ///< over the surface's foot: slope, length, step
void blindfold_button(Lab& lab);
void sketch_panel(Lab& lab);  ///< on the question's page: what to do, and the button that hands it in

}  // namespace stride::lab
