// JSON to a run: its start, its optimizer, its schedule.
#include "scenario/documents/reading.h"

namespace stride {

namespace {

Error no_start(const Path& path) {
  return expected_not({&path, "start"}, "no start in a network problem");
}

Error check_ema(double decay, const Path& path) {
  return decay >= 0 && decay < 1 ? nullptr : expected(path, "a number from 0 to below 1", decay);
}

Error check_suited(const Settings& optimizer, const Problem& problem, const Path& path) {
  const Optimizer& row = optimizers()[optimizer.row];
  const bool network = std::holds_alternative<NetworkProblem>(problem);
  if (suits(row, network)) return {};
  return with_hint(
      expected({&path, "optimizer"},
               network ? "an optimizer of networks" : "an optimizer of single parameters", row.key),
      network ? ", which descends two weights" : ", which moves the matrices of networks");
}

}  // namespace

Error read_optional_start(const Json& value, const Path& path, std::optional<Point>& out) {
  return read_start(value, path, out.emplace());
}

Error read_run(const Json& value, const Path& path, const Problem& problem, Run& out) {
  if (Error e = check_keys(value, Names{"name", "start", "optimizer", "schedule", "ema"}, path)) return e;
  if (std::holds_alternative<NetworkProblem>(problem) && member(value, "start")) return no_start(path);
  out = default_run(find_optimizer("SGD"));
  if (Error e = optional(value, "name", path, read_name, out.name)) return e;
  const auto start = [&](const Json& v, const Path& p, std::optional<Point>& out_start) {
    if (!std::holds_alternative<CurveProblem>(problem)) return read_optional_start(v, p, out_start);
    return read_line_start(v, p, out_start.emplace());
  };
  if (Error e = optional(value, "start", path, start, out.start)) return e;
  if (Error e = optional(value, "optimizer", path, read_optimizer, out.optimizer)) return e;
  if (Error e = check_suited(out.optimizer, problem, path)) return e;
  if (Error e = optional(value, "schedule", path, read_schedule, out.schedule)) return e;
  const auto ema = [](const Json& v, const Path& p, double& decay) {
    if (Error e = read_number(v, 0, 1, p, decay)) return e;
    return check_ema(decay, p);
  };
  return optional(value, "ema", path, ema, out.ema);
}

Error check_run(const Run& run, const Path& path, const Problem& problem) {
  if (Error e = check_name(run.name, {&path, "name"})) return e;
  if (run.start && std::holds_alternative<NetworkProblem>(problem)) return no_start(path);
  if (run.start)
    if (Error e = check_start(*run.start, {&path, "start"})) return e;
  if (Error e = check_settings(run.optimizer, optimizers()[run.optimizer.row].params, {&path, "optimizer"}))
    return e;
  if (Error e = check_optimizer(run.optimizer, {&path, "optimizer"})) return e;
  if (Error e = check_suited(run.optimizer, problem, path)) return e;
  if (Error e = check_ema(run.ema, {&path, "ema"})) return e;
  return check_schedule(run.schedule, {&path, "schedule"});
}

}  // namespace stride
