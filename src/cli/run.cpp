// `stride run` and `stride schedule`: what the runs of a scenario come to, and what their rates are.
#include <cmath>

#include "cli/cli.h"
#include "scenario/documents/reading.h"
#include "scenario/documents/writing.h"

namespace stride::cli {

namespace {

std::string weights_of(const Scenario& s, const NetworkProblem& problem) {
  std::string out = "[";
  for (size_t r = 0; r < s.runs.size(); ++r) {
    out += r == 0 ? "\n  [" : ",\n  [";
    const Training t = train(problem, s.steps, s.runs[r].optimizer, s.runs[r].schedule);
    for (size_t i = 0; i < t.weights.size(); ++i) {
      if (i > 0) out += ", ";
      if (std::isfinite(t.weights[i]))
        append_number(out, t.weights[i]);
      else
        out += "null";  // JSON has no infinity
    }
    out += ']';
  }
  return out + "\n]\n";
}

Error read_metric(const std::string& file, std::vector<double>& out) {
  constexpr size_t limit = 32 * static_cast<size_t>(max_steps + 1);
  std::string text;
  if (Error e = read_file(file, limit, text)) return e;
  size_t begin = 0;
  for (int line = 1; begin < text.size(); ++line) {
    size_t end = text.find('\n', begin);
    if (end == std::string::npos) end = text.size();
    const std::string word = text.substr(begin, end - begin);
    begin = end + 1;
    if (word.find_first_not_of(" \t\r") == std::string::npos) continue;
    const std::optional<double> value = parse_number(word);
    if (!value)
      return error_of({.file = place_name(file), .expected = "a number", .got = shown(word), .line = line});
    out.push_back(*value);
  }
  return {};
}

struct Losses {
  std::vector<double> loss;  ///< of step t, which the schedule hears before step t + 1
  int rows;                  ///< of the schedule
};

/// The losses that a schedule listens to: the file's, or else those of the run itself.
Losses losses_of(const Scenario& s, const Run& run, const std::optional<std::vector<double>>& metric) {
  const auto rows = [&](size_t losses) { return static_cast<int>(std::min(losses, size_t(s.steps) + 1)); };
  if (metric) return {*metric, rows(metric->size() + 1)};
  if (!ScheduleRun(run.schedule, 1, s.steps).listens())
    return {std::vector<double>(size_t(s.steps)), s.steps + 1};
  std::vector<double> loss = series_of(s, run).loss;
  const int count = rows(loss.size());
  return {std::move(loss), count};
}

}  // namespace

Result run(const std::string& file, bool final_weights) {
  Scenario s;
  if (Error e = read_scenario_file(file, s)) return {"", std::move(e)};
  if (!final_weights) return {write_csv(s), {}};
  if (const auto* network = std::get_if<NetworkProblem>(&s.problem)) return {weights_of(s, *network), {}};
  return {"", of_file(expected({nullptr, "problem.type"}, "a network for --final-weights", key_of(s.problem)),
                      file)};
}

Result schedule(const std::string& file, const std::optional<std::string>& metric_file) {
  Scenario s;
  if (Error e = read_scenario_file(file, s)) return {"", std::move(e)};
  if (file == "-" && metric_file == "-")
    return {"", expected_not({nullptr, "--metric"}, "a file other than the scenario's")};
  std::optional<std::vector<double>> metric;
  if (metric_file) {
    metric.emplace();
    if (Error e = read_metric(*metric_file, *metric)) return {"", std::move(e)};
  }
  std::string out = "run,step,lr,momentum\n";
  for (size_t r = 0; r < s.runs.size(); ++r) {
    const Run& run = s.runs[r];
    const Losses losses = losses_of(s, run, metric);
    const bool takes_momentum = optimizers()[run.optimizer.row].momentum_slot >= 0;
    ScheduleRun machine(run.schedule, run.optimizer.number(0), s.steps);
    for (int t = 0; t < losses.rows; ++t) {
      const Rate rate = machine.rate();
      out += std::to_string(r) + ',' + std::to_string(t) + ',';
      append_number(out, rate.lr);
      out += ',';
      if (takes_momentum && !std::isnan(rate.momentum)) append_number(out, rate.momentum);
      out += '\n';
      if (t + 1 < losses.rows) machine.advance(losses.loss[static_cast<size_t>(t)]);
    }
  }
  return {out, {}};
}

}  // namespace stride::cli
