// A request as bytes, for workers and for the page around the lab, and back.
#include <algorithm>

#include "jobs/jobs.h"
#include "jobs/landscape.h"
#include "jobs/training.h"
#include "scenario/documents/reading.h"
#include "scenario/documents/suggest.h"
#include "scenario/documents/writing.h"

namespace stride::jobs {

namespace {

using Kind = Request::Kind;

/// By what word a request names what it asks.
const char* key_of(const Request& request) {
  return request.kind == Kind::study      ? studies()[request.study.row].key
         : request.kind == Kind::training ? training_key
                                          : network_studies()[static_cast<size_t>(request.study.row)].key;
}

std::span<const Param> params_of(const Request& request) {
  if (request.kind == Kind::training) return training_params();
  if (request.kind == Kind::study) return studies()[request.study.row].params;
  return network_studies()[static_cast<size_t>(request.study.row)].params;
}

Error read_study_type(const Json& value, const Path& path, int& row) {
  std::vector<std::string_view> known;
  for (const Study& study : studies()) known.push_back(study.key);
  if (!value.is_string()) return expected(path, "the name of a study", value);
  const auto& word = value.get_ref<const std::string&>();
  row = find_study(word);
  return row >= 0 ? nullptr
                  : with_hint(expected(path, "the name of a study", value), suggestion(word, known));
}

Error read_study(const Json& value, const Path& path, Request& out) {
  if (!value.is_object()) return expected(path, "an object", value);
  const Json* type = member(value, "type");
  if (!type) return expected_not({&path, "type"}, "the name of a study", "nothing");
  const std::string word = type->is_string() ? type->get_ref<const std::string&>() : std::string();
  const int network = find_network_study(word);
  out.kind = word == training_key    ? Kind::training
             : network < 0           ? Kind::study
             : word == landscape_key ? Kind::landscape
                                     : Kind::sharpness;
  out.study.row = std::max(network, 0);
  if (out.kind == Kind::study)
    if (Error e = read_study_type(*type, {&path, "type"}, out.study.row)) return e;
  const std::span<const Param> params = params_of(out);
  Names known = {"type"};
  for (const Param& p : params) known.push_back(p.key);
  if (Error e = check_keys(value, known, path)) return e;
  Settings settings = default_settings(out.study.row, params);
  for (size_t i = 0; i < params.size(); ++i)
    if (const Json* given = member(value, params[i].key))
      if (Error e = read_param(*given, params[i], {&path, params[i].key}, settings.values[i])) return e;
  out.study = std::move(settings);
  return {};
}

Error read_head(std::string_view line, Request& out) {
  Json head;
  if (Error e = parse_json(line, head)) return e;
  const Path root;
  if (Error e = check_keys(head, Names{"run", "study"}, root)) return e;
  const auto read_run = [](const Json& v, const Path& p, int& r) {
    return read_whole(v, 0, max_runs - 1, p, r);
  };
  if (Error e = optional(head, "run", root, read_run, out.run)) return e;
  const Json* study = member(head, "study");
  if (!study) return expected_not({&root, "study"}, "an object", "nothing");
  return read_study(*study, {&root, "study"}, out);
}

}  // namespace

std::string encode_request(const Request& request) {
  OrderedJson head = {{"run", request.run},
                      {"study", settings_json(request.study, key_of(request), params_of(request))}};
  Scenario scenario = request.scenario;
  scenario.view = {};
  return write_json(head, -1) + '\n' + write_scenario(scenario, -1);
}

Error decode_request(std::string_view bytes, Request& out) {
  const size_t end = bytes.find('\n');
  if (end == std::string_view::npos) return expected_not({}, "a line with the study, then a scenario");
  Request request;
  if (Error e = read_head(bytes.substr(0, end), request)) return e;
  if (Error e = read_scenario(bytes.substr(end + 1), request.scenario)) return e;
  const bool network = request.kind != Kind::study;
  const bool of_either = !network && asks_of_training(studies()[request.study.row].key);
  if (!of_either && is_descent(request.scenario) == network)
    return expected_not({nullptr, "problem.type"}, network ? "a network" : "a surface, a curve or a fit",
                        "a " + std::string(stride::key_of(request.scenario.problem)));
  const int runs = static_cast<int>(request.scenario.runs.size());
  if (request.run >= runs)
    return expected({nullptr, "run"}, "a whole number from 0 to " + std::to_string(runs - 1), request.run);
  request.scenario.view = {};
  out = std::move(request);
  return {};
}

}  // namespace stride::jobs
