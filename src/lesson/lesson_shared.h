// What the files of this room share.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "lesson/lesson.h"
#include "scenario/documents/reading.h"
#include "text/text.h"

namespace stride {

/// The line, from 1, on which the value at `place` ("goal.loss_below", "runs[0].lr") begins in a JSON text;
/// that of the nearest place around it where it is not there.
int line_of(std::string_view json, std::string_view place);

/// The subset of Markdown: paragraphs, lists, headings of the third level, bold, links.
std::vector<LessonBlock> read_blocks(const std::vector<std::string_view>& lines);

/// Three digits, as people read them.
std::string figure(double value);
/// The last row up to step `within`; 0: of all.
int last_step(const Trajectory& path, int within);
/// The first of those rows with a loss below `limit`; -1: none.
int first_below(const Trajectory& path, double limit, int within);

/// The mean of the last quarter of the rows; of so many as that would be of `rows`, where a path is still being walked.
double tail_loss(const Trajectory& path, int rows = 0);
/// The whole run, of a network its training: what the measure says as its loss.
Trajectory rows_of(const Scenario& scenario, const Run& run, LessonMeasure measure);
bool is_network(const Scenario& scenario);
/// How many steps of a surface a step of this costs, roughly.
double cost_of(const Scenario& scenario);
/// The mean loss over `seeds` seeds of the noise or the batches, row by row, the scenario's own first, whose path it is otherwise. It
/// has diverged where one of them has.
using RowsOf = std::function<Trajectory(const Scenario&, const Run&)>;
Trajectory mean_over_seeds(const Scenario& scenario, const Run& run, int seeds,
                           const RowsOf& rows_of = trajectory_of);

/// A run against a goal.
struct Judged {
  const LessonGoal& goal;
  const Scenario& scenario;
  int run;
  const Trajectory& path;  ///< what is judged: where the goal asks for seeds, their mean
  const Outcome& outcome;
};
/// What stood in the way.
std::string advice(const Judged& judged);
std::string steps_word(int n);
int lowest_row(const Trajectory& path, int within);
/// How often a step turned back against the one before it.
int turns(const Trajectory& path);
double minimum_distance(const Scenario& scenario, const Trajectory& path);

// Values of a lesson's header.
Error read_text(const Json& value, const Path& path, std::string& out);
/// As "de".
Error read_language_code(const Json& value, const Path& path, std::string& out);
Error read_limit(const Json& value, const Path& path, std::optional<double>& out);
Error read_count(const Json& value, const Path& path, int& out);
Error read_measure(const Json& value, const Path& path, LessonMeasure& out);
/// What the scenario cannot be measured by.
Error check_measure(const Scenario& scenario, LessonMeasure measure, const Path& path);
Error read_run_index(const Json& value, const Path& path, int& out);
Error read_focus(const Json& value, const Path& path, LessonFocus& out);
Error read_texts(const Json& value, const Path& path, std::vector<std::string>& out);
Error read_ask(const Json& value, const Path& path, const Json& start, std::optional<LessonAsk>& out);
/// Its scenario is a patch of `base`.
Error read_fact(const Json& value, const Path& path, const Json& base, LessonFact& f);
/// How many rows it takes to hold the fact to the engine.
double rows_of(const LessonFact& f);
constexpr double most_fact_rows = 5e6;  ///< half a second
/// Each fact's scenario is a patch of `base`.
Error read_facts(const Json& value, const Path& path, const Json& base, std::vector<LessonFact>& out);

/// One screen as it stands in the file.
struct RawScreen {
  std::string heading;
  std::string patch;   ///< JSON, empty: none
  int patch_line = 0;  ///< the line on which it begins
  std::vector<std::string_view> lines;
};
struct RawLesson {
  std::string header;
  int header_line = 0;
  std::vector<RawScreen> screens;
};
/// The file cut into header and screens; a fault names its line.
Error split_lesson(std::string_view text, RawLesson& out);

/// A base scenario with a merge patch.
Error patched(const Json& base, const Json& patch, const Path& path, Json& document, Scenario& out);

}  // namespace stride
