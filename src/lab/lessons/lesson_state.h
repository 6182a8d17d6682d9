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
#include "lesson/memory/progress.h"
#include "lesson/memory/quiz.h"

namespace stride::lab {

class Results;

/// What the lesson's place shows: the open lesson's pages, before them a question from two lessons before, or what comes
/// after all of them, with no lesson open.
enum class Leaf { pages, recall, quiz, learned };

struct QuizState {
  std::vector<CurveKind> kinds;  ///< of its questions
  unsigned seed = 0;             ///< of the question that is put
  Scenario asked;
  size_t at = 0;  ///< which of the kinds it is of
  int answer = -1, right = 0;
};

struct LessonState {
  std::optional<Lesson> open;
  Leaf leaf = Leaf::pages;
  int recalled = -1;  ///< of lessons(): whose question is put again
  int recall_answer = -1;
  QuizState quiz;
  std::string learner;         ///< as they call themselves in the file of results; kept nowhere
  int index = -1;              ///< of lessons(); -1: a file of the learner's own
  int page = 0;                ///< screens, with the question and at the end the task among them
  int answer = -1;             ///< the choice made; -1: not yet, and nothing may be seen before
  std::vector<int> tried;      ///< wrong ones made before
  bool verdict = false;        ///< is new: it comes in sight
  int revealed = -1;           ///< while the answer plays: the rows that may be seen; -1: all
  std::string typed;           ///< the number that the task asks for first, as far as it has been typed
  int number_tries = 0;        ///< how often one was handed in
  int number_off = 0;          ///< the last one: -1 too low, 0 right, 1 too high
  bool number_told = false;    ///< it has been found, or told after two that were wrong
  int hints = 0;               ///< how many of the task's are shown
  bool hinted = false;         ///< one has come: it comes in sight
  std::string way;             ///< the first of them: which way to go on
  std::string reached;         ///< what the run did that met the task; stays when it is changed again
  unsigned begun = 0;          ///< moves when a lesson is opened, for the shell to show it
  bool beside = true;          ///< where it shares a column with the controls: whether it is the one shown
  std::vector<double> sketch;  ///< the loss that was drawn, a number for each row; NaN: not yet
  LessonReport report;         ///< of the task
  long judged = 0;             ///< the session's revision that the report belongs to
  LessonProgress progress;
  bool loaded = false;                       ///< the progress has been asked for
  bool missing = false;                      ///< the lessons could not be had
  bool blindfold = false;                    ///< the fog lies
  std::string term;                          ///< of the glossary whose line is shown
  std::vector<std::string> lit;              ///< the ends of the ids of the controls that have a ring
  double lit_until = 0;                      ///< seconds; 0: the rings have just been asked for
  std::optional<bool> effective_rates = {};  ///< what a page that was turned to asks of the rate's curve
  bool effective_lit = false;                ///< it has switched them on
  double step_length = 0.5;  ///< of the next blind step, as a part of the domain's longer side
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
/// The open page is that question, answered or not: the paper stands with the words.
bool shows_paper(const LessonState& lesson);
/// Hands the drawing in.
void answer_sketch(const LessonDesk& desk, const Results& results);
/// A question waits, or the number that the open task asks for: play is locked and no run goes beyond its start.
bool is_asking(const LessonState& lesson);
/// The question waits, on whatever page the learner is.
bool is_unanswered(const LessonState& lesson);
/// The open task waits for its number.
bool wants_number(const LessonState& lesson);
/// Hands in what was typed; what is no number is refused in a sentence.
void hand_in_number(const LessonDesk& desk);
/// Notes a met task in the progress. Once a frame.
void judge_task(const LessonDesk& desk, const Results& results);
void reset_progress(const LessonDesk& desk);
void keep_progress(const LessonDesk& desk);
/// The scenario of a lesson, seen as the learner had chosen to see.
void show_scenario(const LessonDesk& desk, Scenario next);
/// Asks the host for it, once.
void load_lesson_progress(const LessonDesk& desk);

/// Opens the lesson that was left, at its page.
void resume_lesson(const LessonDesk& desk);
/// Which one that is; -1: none, or it is open.
int lesson_left(const LessonState& lesson);
void answer_recall(const LessonDesk& desk, int choice);
/// `seed`: another one is another quiz.
void open_quiz(const LessonDesk& desk, unsigned seed);
void answer_curve(const LessonDesk& desk, CurveKind kind);
void next_curve(const LessonDesk& desk);
/// The runs' loss is what a question is about: it stands with the words.
bool shows_curve(const LessonState& lesson);
void open_learned(const LessonDesk& desk);
void save_results(const LessonDesk& desk);
void save_worksheet(const LessonDesk& desk);

/// What the open page wants seen.
const LessonFocus& focus_of(const LessonState& lesson);
/// What it locks; while the task waits for its number all that could try it out.
unsigned locks_of_page(const LessonState& lesson);

/// How many rows beyond the first the lab computes and shows: all steps; none while a question waits; as many as the
/// cursor has passed while its answer plays; in the fog as many as have been walked.
int horizon(const Scenario& scenario, const LessonState& lesson);

}  // namespace stride::lab
