// What a network has in place of a formula: its data, layers, activation, initial weights, batches, validation part.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "lab/session/edits.h"
#include "lab/session/ground.h"
#include "lab/setup/lock_scope.h"
#include "lab/setup/setup.h"
#include "scenario/documents/writing.h"
#include "text/text.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

/// What the format refuses is said, and nothing changes.
bool take(Session& session, NetworkProblem next) {
  Scenario probe = session.scenario;
  probe.problem = next;
  if (const Error error = validate(probe)) {
    refuse(session, sentence(error), true);
    return false;
  }
  session.scenario.problem = std::move(next);
  return true;
}

/// Points of one's own begin as what was there, where that has two inputs.
DataSettings own_data(const DataSettings& from) {
  DataSettings own{.row = own_points, .points = {}, .validation = from.validation};
  DataSettings source = from;
  if (inputs_of(source) != 2) source = {};
  const DataSet data = make_dataset(source);
  for (size_t i = 0; i < data.label.size(); ++i)
    own.points.insert(own.points.end(), {std::round(data.x[2 * i] * 1e3) / 1e3,
                                         std::round(data.x[2 * i + 1] * 1e3) / 1e3, data.label[i]});
  return own;
}

void data_choice(Session& session) {
  const NetworkProblem& network = *network_of(session.scenario);
  std::vector<const char*> names;
  for (const DataKind& kind : datasets()) names.push_back(kind.name);
  names.push_back("own points");
  const int own = static_cast<int>(names.size()) - 1;
  int row = network.data.row == own_points ? own : network.data.row;
  const char* help =
      row == own ? "Own points begin as the data that is there." : datasets()[static_cast<size_t>(row)].help;
  if (!choice("data", row, names, help)) return;
  NetworkProblem next = network;
  next.data = row == own ? own_data(network.data)
                         : DataSettings{.row = row,
                                        .samples = datasets()[static_cast<size_t>(row)].samples,
                                        .points = {},
                                        .validation = network.data.validation};
  next.batches.clear();
  if (next.init == Init::weights) next.init = Init::xavier, next.weights.clear();
  const std::vector<int> usual = default_layers(next.data);
  next.layers.front() = usual.front();
  next.layers.back() = usual.back();
  pick_network(session, std::move(next));
}

/// "8, 8": the units between inputs and outputs; nothing where a sign is none of a list's.
bool read_units(const std::string& words, std::vector<int>& out) {
  const char *at = words.data(), *end = at + words.size();
  while (at < end) {
    if (*at == ' ' || *at == ',' || *at == ';') {
      ++at;
      continue;
    }
    int units = 0;
    const auto [next, fault] = std::from_chars(at, end, units);
    if (fault != std::errc()) return false;
    out.push_back(units);
    at = next;
  }
  return true;
}

void layers_field(Session& session, Drafts& drafts) {
  const NetworkProblem& network = *network_of(session.scenario);
  std::string words;
  for (size_t l = 1; l + 1 < network.layers.size(); ++l)
    words += (words.empty() ? "" : ", ") + std::to_string(network.layers[l]);
  if (drafts.layers_of != network.layers) {
    drafts.layers_of = network.layers;
    drafts.layers = words;
  }
  if (!text_field("hidden layers", drafts.layers, "8, 8",
                  "How many units each hidden layer has, 1 to 64, with commas between them."))
    return;
  NetworkProblem next = network;
  std::vector<int> hidden;
  if (!read_units(drafts.layers, hidden))
    return refuse(session, tr("expected whole numbers with commas between them, as 8, 8"), true);
  next.layers.assign(1, network.layers.front());
  next.layers.insert(next.layers.end(), hidden.begin(), hidden.end());
  next.layers.push_back(network.layers.back());
  if (next.init == Init::weights) next.init = Init::xavier, next.weights.clear();
  take(session, std::move(next));
}

void layers_and_weights(Session& session, Drafts& drafts) {
  Columns c = begin_columns(2);
  data_choice(session);
  next_column(c);
  layers_field(session, drafts);
  next_column(c);
  NetworkProblem next = *network_of(session.scenario);
  int activation = static_cast<int>(next.activation);
  if (choice("activation", activation, {activation_keys[0], activation_keys[1], activation_keys[2]},
             "What lies between two layers.")) {
    next.activation = static_cast<Activation>(activation);
    take(session, next);
  }
  next_column(c);
  std::vector<const char*> kinds = {init_keys[0], init_keys[1], init_keys[2]};
  if (next.init == Init::weights) kinds.push_back("given weights");
  int init = static_cast<int>(next.init);
  if (choice("initial weights", init, kinds,
             "xavier for tanh, kaiming for relu; zeros shows why neither is zero.")) {
    next.init = static_cast<Init>(init);
    if (next.init != Init::weights) next.weights.clear();
    take(session, next);
  }
  end_columns(c);
}

void seed_of(const char* name, unsigned& seed, const char* help) {
  double value = seed;
  if (number(name, value, 0, 4294967295.0, true, help)) seed = static_cast<unsigned>(value);
}

void seeds(NetworkProblem& network, bool generated) {
  if (network.init == Init::xavier || network.init == Init::kaiming)
    seed_of("weights' seed", network.init_seed, "The same seed makes the same initial weights.");
  if (network.batch_size > 0 && network.batches.empty())
    seed_of("batch seed", network.seed, "The same seed shuffles alike.");
  if (generated) seed_of("data's seed", network.data.seed, "The same seed makes the same data.");
}

void sizes(Session& session) {
  NetworkProblem& network = *network_of(session.scenario);
  DataSettings& data = network.data;
  const DataKind* kind = data.row == own_points ? nullptr : &datasets()[static_cast<size_t>(data.row)];
  double size = network.batch_size, samples = data.samples;
  const double most = training_samples_of(data);
  if (slider("Batch size", size, {0, most, false, true, "", "How many samples a step sees; 0: all of them."},
             0, most)) {
    network.batch_size = static_cast<int>(size);
    network.batches.clear();
  }
  const double all = kind && kind->generated ? max_samples : kind ? kind->samples : 0;
  if (kind && kind->samples_chosen &&
      slider("Samples", samples, {2, all, false, true, "", "How many there are."}, 2, all)) {
    data.samples = static_cast<int>(samples);
    network.batches.clear();
  }
  if (kind && kind->generated)
    slider("Noise of the data", data.noise,
           {0, 1, false, false, "", "Standard deviation of what is added to each coordinate."}, 0, 10);
  if (slider("Validation part", data.validation,
             {0, 0.9, false, false, "",
              "The share of the samples, the last ones, that is held out of training."},
             0, 0.9)) {
    data.validation = std::round(data.validation * 100) / 100;
    network.batches.clear();
  }
  seeds(network, kind && kind->generated);
}

}  // namespace

void network_fields(Session& session, Drafts& drafts) {
  const LockScope scope = begin_locked(session, lock_surface);
  layers_and_weights(session, drafts);
  if (network_of(session.scenario)->data.row == own_points)
    points_field(
        session, drafts, [](const Scenario& in) -> const auto& { return network_of(in)->data.points; }, 3,
        "points as CSV, x1,x2,label",
        "One point a line, x1,x2,label; paste them here or drop a file on the page.");
  sizes(session);
  end_locked(scope);
}

}  // namespace stride::lab
