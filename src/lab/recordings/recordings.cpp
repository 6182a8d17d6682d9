#include "lab/recordings/recordings.h"

#include <algorithm>
#include <cmath>

#include "lab/session/edits.h"

namespace stride::lab {

namespace {

/// The exponential average over a fiftieth of the values, less its bias to the first.
std::vector<double> smoothed(const std::vector<double>& values) {
  const double keep = 1 - 2 / (static_cast<double>(values.size()) / 50 + 1);
  std::vector<double> out;
  double sum = 0, weight = 0;
  for (const double v : values) {
    if (std::isfinite(v) && keep > 0) {
      sum = keep * sum + (1 - keep) * v;
      weight = keep * weight + 1 - keep;
    }
    out.push_back(!std::isfinite(v) || keep <= 0 ? v : sum / weight);
  }
  return out;
}

void look_at(RecordedRun& run) {
  run.smooth = smoothed(run.log.recording.loss.value);
  run.found = findings(run.log.recording);
  run.fit = fit_schedule(run.log.recording.lr);
}

}  // namespace

bool is_recorded(const Recordings& recordings, std::string_view file_name) {
  return std::any_of(recordings.runs.begin(), recordings.runs.end(),
                     [&](const RecordedRun& run) { return run.name == file_name; });
}

Error add_recording(Recordings& recordings, std::string_view text, std::string_view file_name) {
  RecordedRun run{std::string(file_name), std::string(text), {}, {}, {}, {}};
  if (Error e = read_log(text, file_name, {}, run.log)) return e;
  for (RecordedRun& other : recordings.runs)
    if (other.name == file_name) {
      look_at(run);
      other = std::move(run);
      return {};
    }
  const std::string training = training_of(file_name);
  const auto same = std::find_if(
      recordings.runs.begin(), recordings.runs.end(),
      [&](const RecordedRun& other) { return !training.empty() && training_of(other.name) == training; });
  if (same != recordings.runs.end()) {
    join(same->log.recording, std::move(run.log.recording));
    look_at(*same);
    return {};
  }
  if (recordings.runs.size() == max_runs) recordings.runs.erase(recordings.runs.begin());
  look_at(run);
  recordings.runs.push_back(std::move(run));
  return {};
}

Error take_columns(RecordedRun& run, const LogColumns& columns) {
  TrainingLog log;
  if (Error e = read_log(run.text, run.name, columns, log)) return e;
  run.log = std::move(log);
  look_at(run);
  return {};
}

void add_fitted_run(Session& session, const RecordedRun& recorded) {
  Scenario& s = session.scenario;
  Run run = default_run(find_optimizer("SGD"));
  run.name = recorded.name;
  run.optimizer.values[0] = {recorded.fit->lr};
  run.schedule = recorded.fit->schedule;
  if (s.runs.size() == max_runs)
    s.runs.back() = std::move(run);
  else
    s.runs.push_back(std::move(run));
  s.steps = std::clamp(recorded.fit->steps, 1, max_steps);
  session.selected = static_cast<int>(s.runs.size()) - 1;
  if (validate(s)) s.runs.back().name.clear();  // files may be called anything
  commit(session);
}

double last_recorded(const Recordings& recordings) {
  double last = 0;
  for (const RecordedRun& run : recordings.runs)
    for (const RecordedCurve* c :
         {&run.log.recording.lr, &run.log.recording.loss, &run.log.recording.val_loss})
      if (!c->empty()) last = std::max(last, c->step.back());
  return last;
}

}  // namespace stride::lab
