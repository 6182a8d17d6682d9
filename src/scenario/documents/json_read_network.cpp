// JSON to a network problem: layers, data, initial weights, batches.
#include "scenario/documents/reading.h"

namespace stride {

namespace {

constexpr int max_layers = 8, max_width = 64, max_samples = 2000, max_weights = 20000, max_batches = 100000;
/// Some of the data is to be trained on.
constexpr double max_validation = 0.9;

/// "2, 8, 8, 1": the ends fit the data, which has been read before.
Error read_layers(const Json& value, const Path& path, const DataSettings& data, std::vector<int>& out) {
  const int inputs = inputs_of(data), classes = classes_of(data);
  const std::string first = std::to_string(inputs) + ", the inputs of the data";
  const std::string last = classes == 2 ? "1, a logit, or 2, one a class"
                                        : std::to_string(classes) + ", one output for each class of the data";
  if (!value.is_array() || value.size() < 2 || value.size() > max_layers)
    return expected(
        path,
        "a list of 2 to " + std::to_string(max_layers) + " layer sizes, first " + first + ", last " + last,
        value);
  std::vector<int> layers(value.size());
  for (int i = 0; i < static_cast<int>(layers.size()); ++i) {
    const Path place{&path, {}, i};
    if (Error e = read_whole(value[i], 1, max_width, place, layers[i])) return e;
    if (i == 0 && layers[i] != inputs) return expected(place, first, value[i]);
  }
  if (!outputs_fit(layers.back(), classes))
    return expected({&path, {}, static_cast<int>(layers.size()) - 1}, last, value.back());
  out = layers;
  return {};
}

Error read_sample_points(const Json& value, const Path& path, std::vector<double>& out) {
  if (!value.is_array() || value.empty() || value.size() > max_samples)
    return expected(path, "a list of 1 to " + std::to_string(max_samples) + " points [x, y, label]", value);
  for (int i = 0; i < static_cast<int>(value.size()); ++i) {
    const Path place{&path, {}, i};
    if (!value[i].is_array() || value[i].size() != 3) return expected(place, "[x, y, label]", value[i]);
    double v[3];
    for (int k = 0; k < 2; ++k)
      if (Error e = read_number(value[i][k], -widest, widest, {&place, {}, k}, v[k])) return e;
    const Json& label = value[i][2];
    if (!label.is_number() || (label.get<double>() != 0 && label.get<double>() != 1))
      return expected({&place, {}, 2}, "the label 0 or 1", label);
    v[2] = label.get<double>();
    out.insert(out.end(), v, v + 3);
  }
  return {};
}

Error read_validation(const Json& value, const Path& path, DataSettings& out) {
  const auto share = [](const Json& v, const Path& p, double& n) {
    return read_number(v, 0, max_validation, p, n);
  };
  return optional(value, "validation", path, share, out.validation);
}

Error read_own_points(const Json& value, const Path& path, DataSettings& out) {
  if (Error e = check_keys(value, Names{"type", "points", "validation"}, path)) return e;
  out.row = own_points;
  const Json* points = member(value, "points");
  if (!points) return expected_not({&path, "points"}, "a list of points [x, y, label]", "nothing");
  if (Error e = read_sample_points(*points, {&path, "points"}, out.points)) return e;
  return read_validation(value, path, out);
}

Error read_data(const Json& value, const Path& path, DataSettings& out) {
  if (!value.is_object()) return expected(path, "an object", value);
  std::vector<const char*> keys;
  for (const DataKind& d : datasets()) keys.push_back(d.key);
  keys.push_back("points");
  int row = out.row;
  const auto read_type = [&](const Json& v, const Path& p, int& r) { return read_key(v, keys, p, r); };
  if (Error e = optional(value, "type", path, read_type, row)) return e;
  if (row == static_cast<int>(datasets().size())) return read_own_points(value, path, out);
  out.row = row;
  const DataKind& kind = datasets()[row];
  std::vector<std::string_view> known = {"type", "validation"};
  if (kind.samples_chosen) known.push_back("samples");
  if (kind.generated) known.insert(known.end(), {"noise", "seed"});
  if (Error e = check_keys(value, known, path)) return e;
  out.samples = kind.samples;
  const auto samples = [&](const Json& v, const Path& p, int& n) {
    return read_whole(v, 2, kind.generated ? max_samples : kind.samples, p, n);
  };
  const auto noise = [](const Json& v, const Path& p, double& n) { return read_number(v, 0, 10, p, n); };
  if (Error e = optional(value, "samples", path, samples, out.samples)) return e;
  if (Error e = optional(value, "noise", path, noise, out.noise)) return e;
  if (Error e = optional(value, "seed", path, read_seed, out.seed)) return e;
  return read_validation(value, path, out);
}

Error read_weights(const Json& value, const Path& path, size_t count, std::vector<double>& out) {
  if (!value.is_array() || value.size() != count)
    return expected(path, "a list of " + std::to_string(count) + " weights, as the layers ask for", value);
  std::vector<double> weights(count);
  for (int i = 0; i < static_cast<int>(count); ++i)
    if (Error e = read_number(value[i], -widest, widest, {&path, {}, i}, weights[i])) return e;
  out = std::move(weights);
  return {};
}

Error read_init(const Json& value, const Path& path, NetworkProblem& out) {
  if (!value.is_object()) return expected(path, "an object", value);
  const auto read_type = [](const Json& v, const Path& p, Init& r) { return read_key(v, init_keys, p, r); };
  if (Error e = optional(value, "type", path, read_type, out.init)) return e;
  if (out.init != Init::weights) {
    if (Error e = check_keys(value, Names{"type", "seed"}, path)) return e;
    return optional(value, "seed", path, read_seed, out.init_seed);
  }
  if (Error e = check_keys(value, Names{"type", "weights"}, path)) return e;
  const Json* weights = member(value, "weights");
  if (!weights) return expected_not({&path, "weights"}, "a list of weights", "nothing");
  return read_weights(*weights, {&path, "weights"}, static_cast<size_t>(weight_count(out.layers)),
                      out.weights);
}

Error read_batches(const Json& value, const Path& path, int samples, std::vector<std::vector<int>>& out) {
  if (!value.is_array() || value.empty() || value.size() > max_batches)
    return expected(path, "a list of 1 to " + std::to_string(max_batches) + " batches", value);
  for (int i = 0; i < static_cast<int>(value.size()); ++i) {
    const Path place{&path, {}, i};
    if (!value[i].is_array() || value[i].empty() || value[i].size() > max_samples)
      return expected(place, "a list of 1 to " + std::to_string(max_samples) + " sample indices", value[i]);
    std::vector<int> batch(value[i].size());
    for (int k = 0; k < static_cast<int>(batch.size()); ++k)
      if (Error e = read_whole(value[i][k], 0, samples - 1, {&place, {}, k}, batch[k])) return e;
    out.push_back(std::move(batch));
  }
  return {};
}

}  // namespace

Error read_members(const Json& value, const Path& path, NetworkProblem& out) {
  const Names known = {"type", "layers", "activation", "data", "init", "batch_size", "seed", "batches"};
  if (Error e = check_keys(value, known, path)) return e;
  const auto activation = [](const Json& v, const Path& p, Activation& r) {
    return read_key(v, activation_keys, p, r);
  };
  if (Error e = optional(value, "activation", path, activation, out.activation)) return e;
  if (Error e = optional(value, "data", path, read_data, out.data)) return e;
  const auto layers = [&](const Json& v, const Path& p, std::vector<int>& l) {
    return read_layers(v, p, out.data, l);
  };
  out.layers = default_layers(out.data);
  if (Error e = optional(value, "layers", path, layers, out.layers)) return e;
  if (weight_count(out.layers) > max_weights)
    return expected({&path, "layers"}, "at most " + std::to_string(max_weights) + " weights",
                    weight_count(out.layers));
  if (Error e = optional(value, "init", path, read_init, out)) return e;
  const int samples = training_samples_of(out.data);
  for (const char* other : {"seed", "batch_size"})
    if (member(value, "batches") && member(value, other))
      return expected_not({&path, "batches"}, "either " + std::string(other) + " or batches", "both");
  const auto size = [](const Json& v, const Path& p, int& n) { return read_whole(v, 0, max_samples, p, n); };
  const auto batches = [&](const Json& v, const Path& p, auto& b) { return read_batches(v, p, samples, b); };
  if (Error e = optional(value, "batch_size", path, size, out.batch_size)) return e;
  if (Error e = optional(value, "seed", path, read_seed, out.seed)) return e;
  return optional(value, "batches", path, batches, out.batches);
}

}  // namespace stride
