// JSON to a network problem: layers, data, initial weights, batches.
#include "scenario/documents/reading.h"

namespace stride {

namespace {

constexpr int max_layers = 8, max_width = 64, max_weights = 20000, max_batches = 100000;
/// Some of the data is to be trained on.
constexpr double max_validation = 0.9, max_noise = 10;

int most_samples(const DataKind& kind) {
  return kind.generated ? max_samples : kind.samples;
}

/// A value as errors speak of a list of `size`.
Json list_of(size_t size) {
  return Json::array_t(size);
}

/// "2, 8, 8, 1": the ends fit the data.
Error check_layers(const std::vector<int>& layers, const DataSettings& data, const Path& path) {
  const int inputs = inputs_of(data), classes = classes_of(data);
  const std::string first = std::to_string(inputs) + ", the inputs of the data";
  const std::string last = classes == 2 ? "1, a logit, or 2, one a class"
                                        : std::to_string(classes) + ", one output for each class of the data";
  if (layers.size() < 2 || layers.size() > max_layers)
    return expected(
        path,
        "a list of 2 to " + std::to_string(max_layers) + " layer sizes, first " + first + ", last " + last,
        list_of(layers.size()));
  const int end = static_cast<int>(layers.size()) - 1;
  for (int i = 0; i <= end; ++i) {
    const Path place{&path, {}, i};
    if (Error e = check_whole(layers[i], 1, max_width, place)) return e;
    if (i == 0 && layers[i] != inputs) return expected(place, first, layers[i]);
  }
  if (!outputs_fit(layers[end], classes)) return expected({&path, {}, end}, last, layers[end]);
  if (weight_count(layers) > max_weights)
    return expected(path, "at most " + std::to_string(max_weights) + " weights", weight_count(layers));
  return {};
}

Error read_layers(const Json& value, const Path& path, const DataSettings& data, std::vector<int>& out) {
  std::vector<int> layers;
  if (!value.is_array()) return expected(path, "a list of layer sizes", value);
  for (int i = 0; i < static_cast<int>(value.size()); ++i)
    if (Error e = read_whole(value[i], 1, max_width, {&path, {}, i}, layers.emplace_back())) return e;
  if (Error e = check_layers(layers, data, path)) return e;
  out = std::move(layers);
  return {};
}

Error check_both_labels(const std::vector<double>& points, const Path& path) {
  bool seen[2] = {};
  for (size_t i = 2; i < points.size(); i += 3) seen[points[i] != 0] = true;
  return seen[0] && seen[1] ? nullptr : one_label(seen[1], path);
}

/// x, y and a label for each point.
Error check_sample_points(const std::vector<double>& points, const Path& path) {
  const size_t count = points.size() / 3;
  if (count < 1 || count > max_samples)
    return expected(path, "a list of 1 to " + std::to_string(max_samples) + " points [x, y, label]",
                    list_of(count));
  for (size_t i = 0; i < points.size(); ++i) {
    const Path point{&path, {}, static_cast<int>(i / 3)}, place{&point, {}, static_cast<int>(i % 3)};
    if (i % 3 < 2) {
      if (Error e = check_number(points[i], -widest, widest, place)) return e;
    } else if (points[i] != 0 && points[i] != 1) {
      return expected(place, "the label 0 or 1", points[i]);
    }
  }
  return check_both_labels(points, path);
}

Error read_sample_points(const Json& value, const Path& path, std::vector<double>& out) {
  if (!value.is_array()) return expected(path, "a list of points [x, y, label]", value);
  for (int i = 0; i < static_cast<int>(value.size()); ++i) {
    const Path place{&path, {}, i};
    if (!value[i].is_array() || value[i].size() != 3) return expected(place, "[x, y, label]", value[i]);
    for (int k = 0; k < 3; ++k) {
      const Json& number = value[i][k];
      if (k == 2 && !number.is_number()) return expected({&place, {}, 2}, "the label 0 or 1", number);
      if (Error e = read_number(number, -widest, widest, {&place, {}, k}, out.emplace_back())) return e;
    }
  }
  return check_sample_points(out, path);
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
    return read_whole(v, 2, most_samples(kind), p, n);
  };
  const auto noise = [](const Json& v, const Path& p, double& n) {
    return read_number(v, 0, max_noise, p, n);
  };
  if (Error e = optional(value, "samples", path, samples, out.samples)) return e;
  if (Error e = optional(value, "noise", path, noise, out.noise)) return e;
  if (Error e = optional(value, "seed", path, read_seed, out.seed)) return e;
  return read_validation(value, path, out);
}

Error check_weights(const std::vector<double>& weights, const std::vector<int>& layers, const Path& path) {
  const auto count = static_cast<size_t>(weight_count(layers));
  if (weights.size() != count)
    return expected(path, "a list of " + std::to_string(count) + " weights, as the layers ask for",
                    list_of(weights.size()));
  for (size_t i = 0; i < count; ++i)
    if (Error e = check_number(weights[i], -widest, widest, {&path, {}, static_cast<int>(i)})) return e;
  return {};
}

Error read_weights(const Json& value, const Path& path, const std::vector<int>& layers,
                   std::vector<double>& out) {
  if (!value.is_array()) return expected(path, "a list of weights", value);
  std::vector<double> weights(value.size());
  for (int i = 0; i < static_cast<int>(weights.size()); ++i)
    if (Error e = read_number(value[i], -widest, widest, {&path, {}, i}, weights[i])) return e;
  if (Error e = check_weights(weights, layers, path)) return e;
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
  return read_weights(*weights, {&path, "weights"}, out.layers, out.weights);
}

}  // namespace

Error one_label(int label, const Path& path) {
  return expected_not(path, "points of both labels, 0 and 1", "only label " + std::to_string(label));
}

Error check_batches(const std::vector<std::vector<int>>& batches, int samples, const Path& path) {
  if (batches.size() > max_batches)
    return expected(path, "a list of 1 to " + std::to_string(max_batches) + " batches",
                    list_of(batches.size()));
  for (int i = 0; i < static_cast<int>(batches.size()); ++i) {
    const std::vector<int>& batch = batches[i];
    const Path place{&path, {}, i};
    if (batch.empty() || batch.size() > max_samples)
      return expected(place, "a list of 1 to " + std::to_string(max_samples) + " sample indices",
                      list_of(batch.size()));
    for (int k = 0; k < static_cast<int>(batch.size()); ++k)
      if (Error e = check_whole(batch[k], 0, samples - 1, {&place, {}, k})) return e;
  }
  return {};
}

Error read_batches(const Json& value, const Path& path, int samples, std::vector<std::vector<int>>& out) {
  if (!value.is_array() || value.empty())
    return expected(path, "a list of 1 to " + std::to_string(max_batches) + " batches", value);
  for (int i = 0; i < static_cast<int>(value.size()); ++i) {
    const Path place{&path, {}, i};
    if (!value[i].is_array()) return expected(place, "a list of sample indices", value[i]);
    std::vector<int>& batch = out.emplace_back(value[i].size());
    for (int k = 0; k < static_cast<int>(batch.size()); ++k)
      if (Error e = read_whole(value[i][k], 0, samples - 1, {&place, {}, k}, batch[k])) return e;
  }
  return check_batches(out, samples, path);
}

Error check_data(const DataSettings& data, const Path& path) {
  if (data.row == own_points) {
    if (Error e = check_sample_points(data.points, {&path, "points"})) return e;
  } else {
    const DataKind& kind = datasets()[data.row];
    if (Error e = check_whole(data.samples, 2, most_samples(kind), {&path, "samples"})) return e;
    if (Error e = check_number(data.noise, 0, max_noise, {&path, "noise"})) return e;
  }
  return check_number(data.validation, 0, max_validation, {&path, "validation"});
}

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

Error check_members(const NetworkProblem& n, const Path& path) {
  if (Error e = check_data(n.data, {&path, "data"})) return e;
  if (Error e = check_layers(n.layers, n.data, {&path, "layers"})) return e;
  const Path init{&path, "init"};
  if (n.init == Init::weights)
    if (Error e = check_weights(n.weights, n.layers, {&init, "weights"})) return e;
  if (Error e = check_whole(n.batch_size, 0, max_samples, {&path, "batch_size"})) return e;
  return check_batches(n.batches, training_samples_of(n.data), {&path, "batches"});
}

}  // namespace stride
