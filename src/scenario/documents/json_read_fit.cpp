// JSON to a fit: model, data, scale, start and batches, and what must go together.
#include "scenario/documents/reading.h"

namespace stride {

namespace {

/// x and y of each point.
Error check_points(const std::vector<double>& points, FitModel model, const Path& path) {
  const size_t count = points.size() / 2;
  if (count < 1 || count > max_samples)
    return expected(path, "a list of 1 to " + std::to_string(max_samples) + " points [x, y]",
                    Json::array_t(count));
  for (size_t i = 0; i < points.size(); ++i) {
    const Path point{&path, {}, static_cast<int>(i / 2)}, place{&point, {}, static_cast<int>(i % 2)};
    if (Error e = check_number(points[i], -widest, widest, place)) return e;
    if (i % 2 == 1 && model == FitModel::sigmoid && points[i] != 0 && points[i] != 1)
      return expected(place, "the label 0 or 1", points[i]);
  }
  return {};
}

Error read_points(const Json& value, const Path& path, FitModel model, std::vector<double>& out) {
  if (!value.is_array()) return expected(path, "a list of points [x, y]", value);
  for (int i = 0; i < static_cast<int>(value.size()); ++i) {
    const Path place{&path, {}, i};
    if (!value[i].is_array() || value[i].size() != 2) return expected(place, "[x, y]", value[i]);
    for (int k = 0; k < 2; ++k)
      if (Error e = read_number(value[i][k], -widest, widest, {&place, {}, k}, out.emplace_back())) return e;
  }
  return check_points(out, model, path);
}

Error check_labelled(const FitProblem& problem, const Path& path) {
  if (problem.model != FitModel::sigmoid || problem.data != FitData::cars) return {};
  return expected({&path, "type"}, "iris or points, whose labels are 0 or 1, for a sigmoid", "cars");
}

Error read_fit_data(const Json& value, const Path& path, FitProblem& out) {
  if (!value.is_object()) return expected(path, "an object", value);
  const auto type = [](const Json& v, const Path& p, FitData& d) { return read_key(v, fit_data_keys, p, d); };
  if (Error e = optional(value, "type", path, type, out.data)) return e;
  const bool own = out.data == FitData::points;
  if (Error e = check_keys(value, own ? Names{"type", "points"} : Names{"type"}, path)) return e;
  if (Error e = check_labelled(out, path)) return e;
  if (!own) return {};
  const Json* points = member(value, "points");
  if (!points) return expected_not({&path, "points"}, "a list of points [x, y]", "nothing");
  return read_points(*points, {&path, "points"}, out.model, out.points);
}

/// What can be told only of all the data.
Error check_data(const FitProblem& problem, const Path& path) {
  const Samples samples = samples_of(problem);
  const int ones = count_ones(samples), count = static_cast<int>(samples.y.size());
  const bool sigmoid = problem.model == FitModel::sigmoid;
  if (sigmoid && (ones == 0 || ones == count)) {
    const Path data{&path, "data"};
    return one_label(ones > 0, {&data, "points"});
  }
  if (problem.scale != FitScale::standard) return {};
  for (const bool outputs : {false, true}) {
    const std::vector<double>& values = outputs ? samples.y : samples.x;
    if ((outputs && sigmoid) || !are_constant(values)) continue;
    return expected_not({&path, "scale"}, std::string("none where every ") + (outputs ? "y" : "x") +
                                              " is the same, for their standard deviation would divide");
  }
  return {};
}

Error read_fit_batches(const Json& value, const Path& path, FitProblem& out) {
  for (const char* other : {"seed", "batch_size"})
    if (member(value, "batches") && member(value, other))
      return expected_not({&path, "batches"}, "either " + std::string(other) + " or batches", "both");
  const int samples = static_cast<int>(samples_of(out).x.size());
  const auto size = [](const Json& v, const Path& p, int& n) { return read_whole(v, 0, max_samples, p, n); };
  const auto batches = [&](const Json& v, const Path& p, auto& b) { return read_batches(v, p, samples, b); };
  if (Error e = optional(value, "batch_size", path, size, out.batch_size)) return e;
  if (Error e = optional(value, "seed", path, read_seed, out.seed)) return e;
  return optional(value, "batches", path, batches, out.batches);
}

}  // namespace

Error read_members(const Json& value, const Path& path, FitProblem& out) {
  const Names known = {"type", "model", "data", "scale", "start", "domain", "batch_size", "seed", "batches"};
  if (Error e = check_keys(value, known, path)) return e;
  const auto model = [](const Json& v, const Path& p, FitModel& m) {
    return read_key(v, fit_model_keys, p, m);
  };
  const auto scale = [](const Json& v, const Path& p, FitScale& s) {
    return read_key(v, fit_scale_keys, p, s);
  };
  if (Error e = optional(value, "model", path, model, out.model)) return e;
  out.data = default_fit_data(out.model);
  if (Error e = optional(value, "data", path, read_fit_data, out)) return e;
  if (Error e = optional(value, "scale", path, scale, out.scale)) return e;
  if (Error e = check_data(out, path)) return e;
  if (Error e = optional(value, "start", path, read_optional_start, out.start)) return e;
  if (Error e = optional(value, "domain", path, read_domain, out.domain)) return e;
  return read_fit_batches(value, path, out);
}

Error check_members(const FitProblem& problem, const Path& path) {
  const Path data{&path, "data"};
  if (Error e = check_labelled(problem, data)) return e;
  if (problem.data == FitData::points)
    if (Error e = check_points(problem.points, problem.model, {&data, "points"})) return e;
  if (Error e = check_data(problem, path)) return e;
  if (problem.start)
    if (Error e = check_start(*problem.start, {&path, "start"})) return e;
  if (problem.domain)
    if (Error e = check_domain(*problem.domain, {&path, "domain"})) return e;
  if (Error e = check_whole(problem.batch_size, 0, max_samples, {&path, "batch_size"})) return e;
  const int samples = static_cast<int>(samples_of(problem).x.size());
  return check_batches(problem.batches, samples, {&path, "batches"});
}

}  // namespace stride
