// What a lesson adds to the lab's state: which one is open, where the learner is in it, and the fog. Like the
// view it changes no number; what the learner does in a lesson is done to the scenario.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lab/session/playback.h"
#include "lab/session/services.h"
#include "lab/session/session.h"
#include "lesson/lesson.h"

namespace stride::lab {

class Results;

struct LessonState {
  std::optional<Lesson> open;
  int index = -1;              ///< of lessons(); -1: a file of the learner's own
  int page = 0;                ///< screens, with the question and at the end the task among them
  int answer = -1;             ///< the choice made; -1: not yet, and nothing may be seen before
  std::vector<int> tried;      ///< wrong ones made before
  int revealed = -1;           ///< while the answer plays: the rows that may be seen; -1: all
  int hints = 0;               ///< how many of the task's are shown
  std::string way;             ///< the first of them: which way to go on
  std::string reached;         ///< what the run did that met the task; stays when it is changed again
  unsigned begun = 0;          ///< moves when a lesson is opened, for the shell to show it
  bool beside = true;          ///< where it shares a column with the controls: whether it is the one shown
  std::vector<double> sketch;  ///< the loss that was drawn, a number for each row; NaN: not yet
  LessonReport report;         ///< of the task
  long judged = 0;             ///< the session's revision that the report belongs to
  LessonProgress progress;
  bool loaded = false;           ///< the progress has been asked for
  bool missing = false;          ///< the lessons could not be had
  bool blindfold = false;        ///< the fog lies
  std::string term;              ///< of the glossary whose line is shown
  std::vector<std::string> lit;  ///< the ends of the ids of the controls that have a ring
  double lit_until = 0;          ///< seconds; 0: the rings have just been asked for
  double step_length = 0.5;      ///< of the next blind step, as a part of the domain's longer side
};

/// What a lesson reads and may change: it shows scenarios, moves the cursor, and keeps what has been done on
/// the learner's machine.
struct LessonDesk {
  LessonState& lesson;
  Session& session;
  Playback& playback;
  bool& show_basins;  ///< taken off the surface where the lesson shows another scenario
  const Host& host;
};

/// What is said where the lessons could not be had.
extern const char* const lessons_missing;

enum class LessonPage { screen, question, task };
int page_count(const Lesson& lesson);
/// What a page is; `screen`: which of the screens, where it is one.
LessonPage page_kind(const Lesson& lesson, int page, int& screen);

/// Nothing where there is no lesson of that index.
void open_lesson(const LessonDesk& desk, int index);
/// A teacher's own file; an error leaves everything as it was and is refused in a sentence.
void open_lesson_file(const LessonDesk& desk, std::string_view text, std::string_view name);
void close_lesson(LessonState& lesson);
/// The lesson that a link asks for, if any; a scenario that the link carries stays.
void open_lesson_link(const LessonDesk& desk, std::string_view link);
/// The open lesson in the language in use, where it is one of ours.
void retell_lesson(LessonState& lesson);
/// Turns to a page; a screen with a scenario of its own shows it.
void turn_to(const LessonDesk& desk, int page);
/// A setting told in the text, "lr=0.2", for the selected run.
void take_setting(const LessonDesk& desk, std::string_view sets);
void answer(const LessonDesk& desk, int choice);
/// After a wrong answer: the runs are hidden again, and the question waits.
void ask_again(const LessonDesk& desk);
/// While the answer plays the runs are seen as far as the cursor. Once a frame.
void follow_answer(const LessonDesk& desk);
/// One hint more for the task.
void take_hint(const LessonDesk& desk);
int hint_count(const Lesson& lesson);
/// The task from its start.
void begin_again(const LessonDesk& desk);
/// The question is answered by drawing on the loss plot.
bool is_sketching(const LessonState& lesson);
/// Hands the drawing in.
void answer_sketch(const LessonDesk& desk, const Results& results);
/// A question waits: play is locked and no run goes beyond its start.
bool is_asking(const LessonState& lesson);
/// Notes a met task in the progress. Once a frame.
void judge_task(const LessonDesk& desk, const Results& results);
void reset_progress(const LessonDesk& desk);
/// Asks the host for it, once.
void load_lesson_progress(const LessonDesk& desk);

/// What the open page wants seen.
const LessonFocus& focus_of(const LessonState& lesson);
/// What it lights first, for a phone to have beside the text: one of light_places(); empty: nothing.
std::string control_beside(const LessonState& lesson);

/// How many rows beyond the first the lab computes and shows: all steps; none while a question waits; as many as the
/// cursor has passed while its answer plays; in the fog as many as have been walked.
int horizon(const Scenario& scenario, const LessonState& lesson);

}  // namespace stride::lab
