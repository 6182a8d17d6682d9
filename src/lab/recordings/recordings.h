// Trainings that somebody has recorded, beside the simulated runs: opened from logs, drawn in the same plots, told in words. They
// are no part of the scenario: no link holds them, and nothing of them leaves the machine.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/recording/findings.h"
#include "core/recording/schedule_fit.h"
#include "lab/session/session.h"
#include "scenario/logs/log.h"

namespace stride::lab {

struct RecordedRun {
  std::string name;  ///< of its file
  std::string text;  ///< the file, to take other columns from
  TrainingLog log;
  std::vector<double> smooth;  ///< of the losses
  std::vector<Finding> found;
  std::optional<ScheduleFit> fit;
};

struct Recordings {
  std::vector<RecordedRun> runs;  ///< at most max_runs, the newest
};

/// Adds the training that `text` records; a further curve of the same training (TensorBoard writes a file for each) joins it.
/// A file of a name that is there takes its place: a log that grows. The error names the place; everything stays as it was.
Error add_recording(Recordings& recordings, std::string_view text, std::string_view file_name);
/// Whether a file of this name is among them.
bool is_recorded(const Recordings& recordings, std::string_view file_name);
/// Takes other columns from a recording's file. The error leaves it as it was.
Error take_columns(RecordedRun& run, const LogColumns& columns);
/// The schedule that its rate followed, as a further run; the scenario gets as many steps. It has one.
void add_fitted_run(Session& session, const RecordedRun& recorded);

/// The last step that any of them names; 0: none.
double last_recorded(const Recordings& recordings);
/// What each of them shows, which columns are taken, and what can be made of it. Returns the number of the lesson that is asked
/// for, or 0.
int recordings_panel(Recordings& recordings, Session& session);

}  // namespace stride::lab
