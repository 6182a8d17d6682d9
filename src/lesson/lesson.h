// Lessons: a file of text, a question asked before anything may be seen, and a goal that the engine checks.
// What a lesson says of a run is computed from the run. Pure functions from text and scenarios; what the
// learner sees of it is the lab's.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/scenario.h"

namespace stride {

/// A stretch of text in one style. Bold nests in nothing; of a link to elsewhere only its words are shown.
struct LessonSpan {
  std::string words;  ///< of a formula as it is written, see read_formula
  bool bold = false, link = false, formula = false;
  std::string sets = {};  ///< of "[0.2](set:lr=0.2)": what the lab takes when it is pressed, "lr=0.2"
  bool operator==(const LessonSpan&) const = default;
};

struct LessonBlock {
  enum class Kind { paragraph, item, heading };
  Kind kind = Kind::paragraph;
  std::vector<LessonSpan> spans;
  bool operator==(const LessonBlock&) const = default;
};

/// What is read aloud and printed of it.
std::string plain_words(const LessonBlock& block);

/// What a page of a lesson wants seen: panels and locks by the words of a lab's attributes, controls by those of
/// light_places().
struct LessonFocus {
  unsigned show = 0;  ///< of Panel, beside the lesson and the bar; 0: all that the page around shows
  unsigned lock = 0;  ///< of Lock
  std::vector<std::string> light;  ///< each gets a ring; a phone has the first beside the text
  int effective_rates = -1;        ///< the run that is selected, its effective rates drawn; -1: none
};

/// One screen: a heading, a few short paragraphs, and what the lab shows from here on.
struct LessonScreen {
  std::string heading;
  std::vector<LessonBlock> blocks;
  std::optional<Scenario> scenario;  ///< none: what the learner has made of it stays
  LessonFocus focus;
};

struct LessonChoice {
  std::string text, feedback;
  bool correct = false;
};

/// The expectation is drawn as a curve of the loss: close where it is off by less than a factor of `within`,
/// on average over the steps.
struct LessonSketch {
  int run = 0;
  double within = 4;
};

struct LessonPrediction {
  std::string question;
  std::optional<LessonSketch> draw;   ///< the first choice then stands for close, the second for far
  std::vector<LessonChoice> choices;  ///< 2 .. 5, at least one of them correct
  std::optional<Scenario> scenario;   ///< what answers it; none: the lesson's
  int run = 0;                        ///< the one of its runs that is asked about: selected with the answer
  int after = 1;                      ///< how many screens come before it
  LessonFocus focus;                  ///< until it is answered
};

/// The parameter that a task is about, of its run's optimizer or schedule, and what a learner may try.
struct LessonKnob {
  std::string key = "lr";
  double min = 0, max = 0;
  bool log = false;
};

/// Which numbers of a training count. A descent has its loss alone.
enum class LessonMeasure { loss, validation_loss, accuracy, validation_accuracy };
inline constexpr const char* measure_keys[] = {"loss", "validation_loss", "accuracy", "validation_accuracy"};

/// A number that the text states; check_lesson holds it to the engine. Under noise it may be the mean over seeds, of a
/// valley the share of starts, of a method what its best rate makes of it.
struct LessonFact {
  Scenario scenario;
  int run = 0, step = -1;                       ///< -1: the last row
  LessonMeasure measure = LessonMeasure::loss;  ///< what `loss` and the others below are of
  std::string loss, x, y;                       ///< as the text prints them, empty: not stated
  std::string outcome;                          ///< the outcome's words, as "diverged at step 31"
  std::optional<double> below;                  ///< `reached`: the first step with a loss below this
  int reached = -1;
  int seeds = 1;                     ///< from the scenario's own on: the numbers are means over them
  int starts = 0;                    ///< a square number: over the middles of so many cells of the domain
  std::optional<double> end_below;   ///< `share`: of those seeds or starts whose last loss is below this
  std::string share, ratio, rate;    ///< as the text prints them
  std::string curvature, limit, lr;  ///< the largest where the row stands, 2 over it, and the row's rate
  std::string formula, is;           ///< sums of numbers, "0.98^200", and what they come to
  bool tail = false;                 ///< the mean of the last quarter of the rows in place of the last
  std::optional<LessonKnob> rates;   ///< the best of 61 rates between these, by what is stated
  std::optional<Scenario> to;        ///< `ratio`: of the loss here to the loss there
  int line = 0;                      ///< of the file
};

/// A number that a task asks for before anything may be tried.
struct LessonAsk {
  std::string question;
  LessonFact fact;                        ///< states the number, and nothing else
  double number = 0;                      ///< that one
  double within = 0.02;                   ///< an answer counts as right so near, as a part of the number
  std::string yes, low, high;             ///< what is said of a right answer, of one too low, of one too high
  std::vector<std::string> right, wrong;  ///< answers as they are typed, which check_lesson holds to it
};

/// What is to be reached, all of it at once. Losses count in the run `run`, or in whichever run does best.
struct LessonGoal {
  std::string say;  ///< the task in words
  Scenario start;   ///< what the learner begins with; must not reach the goal
  int run = -1;
  std::optional<double> loss_below;             ///< at some step up to `within_steps`
  std::optional<double> end_loss_below;         ///< in the last row
  std::optional<double> tail_loss_below;        ///< the mean of the last quarter of the rows
  std::optional<double> distance_to_minimum;    ///< of the last row from the nearest global minimum, at most
  int within_steps = 0;                         ///< 0: all of them
  LessonMeasure measure = LessonMeasure::loss;  ///< or validation_loss: that is what these losses are
  bool no_divergence = false, diverges = false;
  bool free_start = false;                         ///< the learner may begin elsewhere
  std::vector<std::string> optimizers, schedules;  ///< one of these, where not empty
  int seeds = 1;                                   ///< the losses are means over so many of the noise's seeds
  std::optional<LessonKnob> knob;
  std::vector<std::string> hints;  ///< the lesson's own, told one after another
  LessonFocus focus;
  std::optional<LessonAsk> ask;  ///< answered first
};

struct Lesson {
  std::string name;  ///< of the file: "03-too-high.md"
  std::string title, next, language;
  std::vector<std::string> sources;
  Scenario scenario;
  bool blindfold = false, leaderboard = false;
  std::vector<LessonScreen> screens;
  std::optional<LessonPrediction> prediction;
  std::optional<LessonGoal> goal;
  std::optional<Scenario> solution;  ///< reaches the goal; learners don't see it
  std::vector<Scenario> right;       ///< so do these
  std::vector<Scenario> wrong;       ///< and these, which others have tried, do not
  std::vector<LessonFact> facts;
};

/// Reads a lesson file: a JSON header between two lines of `---`, then Markdown whose `## ` headings begin
/// the screens; a block of ```json after a heading is a merge patch (RFC 7386) of the lesson's scenario. On
/// error `out` is untouched and the sentence names file, line and place: "03-too-high.md: line 7:
/// goal.loss_below: expected a number, got \"low\"".
Error read_lesson(std::string_view text, std::string_view name, Lesson& out);

/// The promises of a lesson held to the engine: the goal is not met at its start, the solution meets it, every fact is
/// so. Those that fail. `trainings` false: what trains networks, which takes seconds, is taken on trust.
std::vector<Error> broken_promises(const Lesson& lesson, bool trainings = true);
/// Empty, or the first of them.
Error check_lesson(const Lesson& lesson, bool trainings = true);

/// How an answer stands to the number that is asked for: -1 too low, 0 right, 1 too high.
int judge_number(const LessonAsk& ask, double answer);

/// One condition of a goal and how it stands.
struct LessonCheck {
  bool met = false;
  std::string words;  ///< "loss under 0.01: reached at step 31"
};
struct LessonReport {
  bool met = false;
  int reached = -1;  ///< the step at which the loss came below, where the goal asks for one
  int run = 0;       ///< which run is spoken of
  std::vector<LessonCheck> checks;
  std::string advice;  ///< what stood in the way, from the run; empty where the goal is met
};
/// A run's value of the parameter `key`, of its optimizer or else its schedule; null: it has none of that name.
double* value_of(Run& run, std::string_view key);
/// Whether that parameter is counted in whole numbers.
bool is_counted(const Run& run, std::string_view key);
/// How the learner's scenario stands to the goal. `paths` and `outcomes`: one a run, of the whole length.
LessonReport judge(const LessonGoal& goal, const Scenario& scenario, std::span<const Trajectory> paths,
                   std::span<const Outcome> outcomes);
/// The same with the runs computed here, trainings too.
LessonReport judge(const LessonGoal& goal, const Scenario& scenario);
/// Which way to go on: what the task is about, moved either way, and whether the run comes closer there. Empty where
/// the run has no such parameter, or not the rules that the task asks for.
std::string direction(const LessonGoal& goal, const Scenario& scenario, int run);

/// The outcome's words in the language in use: "diverged at step 31".
std::string outcome_words(const Outcome& outcome);
/// A sentence or two of what a run did, from its data: where it ended, how often it turned back, how far it
/// rose.
std::string what_happened(const std::string& name, const Trajectory& path, const Outcome& outcome);

/// How a drawn curve stands to the run's loss.
struct SketchReport {
  bool close = false;
  double off = 1;             ///< the mean factor between the two
  double drawn = 0, end = 0;  ///< the losses of the last row
};
/// `drawn`: a loss > 0 for each row of `path`. Losses below a millionth of the first count as that.
SketchReport judge_sketch(const LessonSketch& sketch, std::span<const double> drawn, const Trajectory& path);

/// The lessons in the language in use, in order; those that are not translated are in English. Every one of
/// them reads: a test sees to it.
std::span<const Lesson> lessons();
/// Their indices in the order that teaches best, each followed by the one that its `next` names; the numbers in links
/// stay what they were.
std::vector<int> teaching_order();
/// The lesson after this one in that order; -1: it is the last.
int lesson_after(int index);
/// Takes in a language file: {"language": "de", "texts": {"English": "Deutsch"}, "lessons": {"01-….md":
/// "…"}}. On error nothing changes, and the sentence says what was expected.
Error read_language(std::string_view json);
/// Speaks a row of languages(); false where its texts are not here: the page then fetches them and hands them
/// to read_language.
bool use_language(int row);

/// The lesson that a link asks for, "?lesson=3": its index from 0; -1: none.
int lesson_of_link(std::string_view link);

}  // namespace stride
