// `stride log`: trainings that frameworks recorded, as a table, as sentences, or as a scenario with their schedules.
#include "cli/log.h"

#include <algorithm>

#include "core/recording/findings.h"
#include "core/recording/schedule_fit.h"
#include "scenario/documents/writing.h"

namespace stride::cli {

namespace {

struct LoggedTraining {
  std::string name;
  std::vector<std::string> words;  ///< what was taken for what, a sentence for each file
  Recording recording;
};

std::string name_of(const std::string& file) {
  return file == "-" ? place_name(file) : base_name(file);
}

Error read_trainings(const LogRequest& request, std::vector<LoggedTraining>& out) {
  std::vector<std::string> runs;
  for (const std::string& file : request.files) {
    std::string text;
    if (Error e = read_file(file, max_log_bytes, text)) return e;
    TrainingLog log;
    if (Error e = read_log(text, file, request.columns, log)) return of_file(std::move(e), file);
    const std::string run = training_of(file);
    auto same = run.empty() ? runs.end() : std::find(runs.begin(), runs.end(), run);
    if (same == runs.end()) {
      same = runs.insert(runs.end(), run);
      out.push_back({name_of(run.empty() ? file : run), {}, {}});
    }
    LoggedTraining& training = out[static_cast<size_t>(same - runs.begin())];
    training.words.push_back(name_of(file) + ": " + log_words(log));
    join(training.recording, std::move(log.recording));
  }
  return {};
}

std::string number(double value) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.4g", value);
  return digits;
}

/// "the rate is that of {"type":"StepLR","step_size":30} with 0.1"
std::string fit_words(const ScheduleFit& fit) {
  std::string out = "The rate is " + std::string(fit.exact ? "" : "near ") + "that of " +
                    write_json(schedule_json(fit.schedule), -1) + " with " + number(fit.lr);
  if (fit.by_row)
    out += ", counted in rows";
  else if (fit.first != 0)
    out += ", from step " + number(fit.first) + " on";
  if (fit.every != 1) out += ", a step for every " + number(fit.every);
  if (!fit.exact) out += "; it differs by up to " + number(100 * fit.error) + " % of the highest";
  return out + ".";
}

std::string sentences(const std::vector<LoggedTraining>& trainings) {
  std::string out;
  for (const LoggedTraining& training : trainings) {
    for (const std::string& words : training.words) out += words + '\n';
    const std::string name = training.name + ": ";
    const std::vector<Finding> found = findings(training.recording);
    for (const Finding& finding : found) out += name + sentence(finding) + '\n';
    if (found.empty()) out += name + "Nothing stands out.\n";
    if (const std::optional<ScheduleFit> fit = fit_schedule(training.recording.lr))
      out += name + fit_words(*fit) + '\n';
  }
  return out;
}

Result fitted(const std::vector<LoggedTraining>& trainings) {
  Scenario s = default_scenario();
  s.steps = 1;
  s.runs.clear();
  for (const LoggedTraining& training : trainings) {
    const std::optional<ScheduleFit> fit = fit_schedule(training.recording.lr);
    if (!fit)
      return {"", of_file(expected_not({}, "a column with the rate for --fit", "none"), training.name)};
    Run run = default_run(find_optimizer("SGD"));
    run.name = training.name;
    run.optimizer.values[0] = {fit->lr};
    run.schedule = fit->schedule;
    s.runs.push_back(std::move(run));
    s.steps = std::max(s.steps, fit->steps);
  }
  if (static_cast<int>(s.runs.size()) > max_runs)
    return {"", of_file(expected({}, "at most " + std::to_string(max_runs) + " trainings for --fit",
                                 s.runs.size()),
                        "log")};
  if (Error e = validate(s)) return {"", of_file(std::move(e), "log")};
  return {write_scenario(s) + "\n", {}};
}

}  // namespace

Result log(const LogRequest& request) {
  std::vector<LoggedTraining> trainings;
  if (Error e = read_trainings(request, trainings)) return {"", std::move(e)};
  if (request.findings) return {sentences(trainings), {}};
  if (request.fit) return fitted(trainings);
  std::vector<Recording> recordings;
  for (LoggedTraining& training : trainings) recordings.push_back(std::move(training.recording));
  return {write_log_csv(recordings), {}};
}

}  // namespace stride::cli
