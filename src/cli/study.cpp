// `stride study`: the rows of a study as CSV, and basins as a picture.
#include "cli/study.h"

#include <cmath>
#include <cstring>

#include "core/colours.h"
#include "core/networks/network_study.h"
#include "jobs/jobs.h"
#include "scenario/documents/reading.h"

namespace stride::cli {

namespace {

/// Axes of a map may be called by their keys.
Error read_axis(const std::string& word, const std::string& option, const StudyProblem& problem,
                std::vector<double>& out) {
  const std::vector<MapAxis> axes = map_axes(problem);
  int axis = find_map_axis(axes, word);
  if (const std::optional<double> number = parse_number(word)) {
    const bool counts = *number >= 0 && *number < double(axes.size()) && *number == std::floor(*number);
    axis = counts ? static_cast<int>(*number) : -1;
  }
  out = {double(axis)};
  if (axis >= 0) return {};
  std::string known;
  for (const MapAxis& a : axes) known += (known.empty() ? "" : ", ") + a.key;
  return expected({nullptr, option}, "one of " + known, word);
}

/// A study that this problem has no use for.
Error check_problem(const Study& row, const Scenario& scenario) {
  const Path place{nullptr, "problem.type"};
  const char* got = key_of(scenario.problem);
  if (!is_descent(scenario) && !asks_of_training(row.key))
    return expected(place, "a surface, a curve or a fit for this study", got);
  if (std::string_view(row.key) == "basins" && is_descent(scenario) && objective_of(scenario).weights == 1)
    return with_hint(expected(place, "two weights for basins", got),
                     "; a map over start.x shows those of one");
  return {};
}

/// Two axes that are one, or edges that leave nothing between them.
Error check_map(const StudyProblem& problem, const Settings& settings) {
  const MapView view = map_view(problem, settings);
  if (view.x.key == view.y.key)
    return expected_not({nullptr, "--y-axis"}, "another number than --x-axis", view.y.key + " twice");
  if (!(view.x_min < view.x_max)) return expected_not({nullptr, "--x-max"}, "a number above --x-min");
  if (!(view.y_min < view.y_max)) return expected_not({nullptr, "--y-max"}, "a number above --y-min");
  return {};
}

/// Values of parameters that are what they are, whatever the problem.
Error read_plain_values(const StudyRequest& request, std::span<const Param> params, Settings& out) {
  out = default_settings(request.row, params);
  for (size_t i = 0; i < params.size(); ++i) {
    if (!request.values[i]) continue;
    const std::string option = option_name(params[i].key);
    if (Error e = read_param(json_of(*request.values[i]), params[i], {nullptr, option}, out.values[i]))
      return e;
  }
  return {};
}

Error check_rates(std::span<const Param> params, const Settings& settings) {
  const int low = find_param(params, "lr_min"), high = find_param(params, "lr_max");
  if (low >= 0 && !(settings.number(low) < settings.number(high)))
    return expected_not({nullptr, "--lr-max"}, "a number above --lr-min");
  return {};
}

Error read_values(const StudyRequest& request, const StudyProblem& problem, Settings& out) {
  const auto& params = studies()[request.row].params;
  out = default_settings(request.row, params);
  for (size_t i = 0; i < params.size(); ++i) {
    if (!request.values[i]) continue;
    const std::string& word = *request.values[i];
    const std::string option = option_name(params[i].key), key = params[i].key;
    Error e = key == "x_axis" || key == "y_axis"
                  ? read_axis(word, option, problem, out.values[i])
                  : read_param(json_of(word), params[i], {nullptr, option}, out.values[i]);
    if (e) return e;
  }
  if (const int axis = find_param(params, "y_axis");
      axis >= 0 && problem.objective.weights < 2 && !request.values[axis])
    out.values[axis] = {1};  // a curve has one start, a training the size of its batches
  if (Error e = check_rates(params, out)) return e;
  return find_param(params, "x_axis") >= 0 ? check_map(problem, out) : nullptr;
}

Error read_run(const std::optional<std::string>& word, const Scenario& scenario, int& run) {
  if (!word) return {};
  return read_whole(json_of(*word), 0, static_cast<int>(scenario.runs.size()) - 1, {nullptr, "--run"}, run);
}

// ---- CSV

std::string basin_words(float basin) {
  if (basin == basin_diverged) return "diverged";
  if (basin == basin_none) return "nowhere";
  return "minimum " + std::to_string(static_cast<int>(basin));
}

bool is_basin_column(const char* column) {
  return std::strcmp(column, "outcome") == 0 || std::strcmp(column, "fate") == 0;
}

void append_rows(std::string& out, const Study& row, std::span<const float> numbers, const auto& prefix) {
  const size_t columns = row.columns.size();
  for (size_t i = 0; i < numbers.size(); ++i) {
    const size_t column = i % columns;
    if (column == 0)
      out += prefix(static_cast<int>(i / columns));
    else
      out += ',';
    if (is_basin_column(row.columns[column]))
      out += basin_words(numbers[i]);
    else
      append_number(out, static_cast<double>(numbers[i]));
    if (column + 1 == columns) out += '\n';
  }
}

std::string header(const Study& row, const std::string& prefix) {
  std::string out = prefix;
  for (size_t c = 0; c < row.columns.size(); ++c) out += (c > 0 ? "," : "") + std::string(row.columns[c]);
  return out + '\n';
}

std::string place_of(Point p) {
  std::string out;
  append_number(out, p.x);
  out += ',';
  append_number(out, p.y);
  return out + ',';
}

std::string csv_of(const Study& row, const StudyProblem& problem, const Settings& settings,
                   std::span<const float> numbers) {
  std::string out;
  const std::string key = row.key;
  if (key == "map") {
    const MapView view = map_view(problem, settings);
    out = header(row, view.x.key + ',' + view.y.key + ',');
    append_rows(out, row, numbers,
                [&](int i) { return place_of(map_point(view, i % view.size, i / view.size)); });
  } else if (key == "basins") {
    const int size = settings.integer(find_param(row.params, "size"));
    out = header(row, problem.objective.fit ? "w,b," : "x,y,");
    append_rows(out, row, numbers,
                [&](int i) { return place_of(basins_start(problem.domain, size, i % size, i / size)); });
  } else {
    out = header(row, "");
    append_rows(out, row, numbers, [](int) { return std::string(); });
  }
  return out;
}

std::string advice_of(std::span<const float> rows) {
  const RangeAdvice advice = advise(rows);
  std::string out = "suggestion,lr";
  for (const auto& [name, lr] : {std::pair{"steepest", advice.steepest}, std::pair{"valley", advice.valley},
                                 std::pair{"minimum/10", advice.minimum_tenth}}) {
    out += '\n' + std::string(name) + ',';
    append_number(out, lr);
  }
  return out + '\n';
}

// ---- the studies

jobs::Request job_of(const Scenario& scenario, int run, const Settings& settings) {
  return {scenario, run, settings};
}

Result compare_runs(const StudyRequest& request, const Scenario& scenario, int only) {
  const Study& row = studies()[request.row];
  std::string out = header(row, "run,");
  for (int run = 0; run < static_cast<int>(scenario.runs.size()); ++run) {
    if (request.run && run != only) continue;
    const StudyProblem problem = jobs::problem_of(job_of(scenario, run, {}));
    Settings settings;
    if (Error e = read_values(request, problem, settings)) return {"", std::move(e)};
    append_rows(out, row, run_study(problem, settings), [&](int) { return std::to_string(run) + ','; });
  }
  return {out, {}};
}

NetworkRun training_of(const Scenario& scenario, int r) {
  const Run& run = scenario.runs[static_cast<size_t>(r)];
  return {*std::get_if<NetworkProblem>(&scenario.problem), scenario.steps, run.optimizer, run.schedule};
}

Result compare_trainings(const StudyRequest& request, const Scenario& scenario, int run,
                         const Settings& settings) {
  const Study& row = studies()[request.row];
  std::string out = header(row, "run,");
  for (int r = request.run ? run : 0; r < (request.run ? run + 1 : static_cast<int>(scenario.runs.size()));
       ++r)
    append_rows(out, row, training_study(training_of(scenario, r), settings),
                [&](int) { return std::to_string(r) + ','; });
  return {out, {}};
}

/// A study of rates, of trainings.
Result study_of_training(const StudyRequest& request, const Scenario& scenario, int run) {
  const Study& row = studies()[request.row];
  const StudyProblem outline = outline_of(training_of(scenario, run));
  Settings settings;
  if (Error e = read_values(request, outline, settings)) return {"", std::move(e)};
  if (std::string_view(row.key) == "compare") return compare_trainings(request, scenario, run, settings);
  const std::vector<float> rows = training_study(training_of(scenario, run), settings);
  return {request.advice ? advice_of(rows) : csv_of(row, outline, settings, rows), {}};
}

Result network_study(const StudyRequest& request, const Scenario& scenario) {
  const NetworkStudy& row = network_studies()[request.row];
  if (is_descent(scenario))
    return {"",
            of_file(expected({nullptr, "problem.type"}, "a network for this study", key_of(scenario.problem)),
                    request.file)};
  int r = 0;
  if (Error e = read_run(request.run, scenario, r)) return {"", std::move(e)};
  Settings settings;
  if (Error e = read_plain_values(request, row.params, settings)) return {"", std::move(e)};
  if (const int i = find_param(row.params, "step"); i >= 0 && settings.number(i) > scenario.steps)
    return {"", expected({nullptr, "--step"}, "a whole number from 0 to " + std::to_string(scenario.steps),
                         settings.number(i))};
  const NetworkRun training = training_of(scenario, r);
  const std::vector<double> numbers =
      request.path ? landscape_path(training, settings) : row.rows(training, settings);
  const std::vector<const char*> columns =
      request.path ? std::vector<const char*>{"step", "a", "b", "loss"} : row.columns;
  std::string out;
  for (const char* column : columns) out += (out.empty() ? "" : ",") + std::string(column);
  for (size_t i = 0; i < numbers.size(); ++i) {
    out += i % columns.size() == 0 ? '\n' : ',';
    append_number(out, numbers[i]);
  }
  return {out + '\n', {}};
}

}  // namespace

std::string option_name(const char* key) {
  std::string name = std::string("--") + key;
  for (char& c : name)
    if (c == '_') c = '-';
  return name;
}

Result study(const StudyRequest& request) {
  Scenario scenario;
  if (Error e = read_scenario_file(request.file, scenario)) return {"", std::move(e)};
  if (request.network) return network_study(request, scenario);
  const Study& row = studies()[request.row];
  if (Error e = check_problem(row, scenario)) return {"", of_file(std::move(e), request.file)};
  int run = 0;
  if (Error e = read_run(request.run, scenario, run)) return {"", std::move(e)};
  if (!is_descent(scenario)) return study_of_training(request, scenario, run);
  if (std::string_view(row.key) == "compare") return compare_runs(request, scenario, run);
  const StudyProblem problem = jobs::problem_of(job_of(scenario, run, {}));
  Settings settings;
  if (Error e = read_values(request, problem, settings)) return {"", std::move(e)};
  const std::vector<float> rows = run_study(problem, settings);
  if (request.advice) return {advice_of(rows), {}};
  if (request.ppm) {
    const int size = settings.integer(find_param(row.params, "size"));
    const std::string picture = ppm(size, size, basins_picture(rows, size, problem.steps));
    if (*request.ppm == "-") return {picture, {}};
    if (Error e = write_file(*request.ppm, picture)) return {"", std::move(e)};
  }
  return {csv_of(row, problem, settings, rows), {}};
}

}  // namespace stride::cli
