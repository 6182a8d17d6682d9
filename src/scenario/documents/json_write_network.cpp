// A network problem to JSON.
#include "scenario/documents/writing.h"

namespace stride {

namespace {

OrderedJson data_json(const DataSettings& d) {
  const DataSettings plain;
  OrderedJson object = OrderedJson::object();
  if (d.row == own_points) {
    object["type"] = "points";
    object["points"] = list_json(d.points, 3);
  } else {
    const DataKind& kind = datasets()[d.row];
    if (d.row != plain.row) object["type"] = kind.key;
    if (kind.samples_chosen) put(object, "samples", d.samples, kind.samples);
    if (kind.generated) put_number(object, "noise", d.noise, plain.noise);
    if (kind.generated && d.seed != plain.seed) object["seed"] = seed_json(d.seed);
  }
  put_number(object, "validation", d.validation, plain.validation);
  return object;
}

OrderedJson init_json(const NetworkProblem& n) {
  const NetworkProblem plain;
  OrderedJson object = OrderedJson::object();
  if (n.init != plain.init) object["type"] = key_of(n.init);
  if (n.init == Init::weights)
    object["weights"] = list_json(n.weights, 1);
  else if (n.init_seed != plain.init_seed)
    object["seed"] = seed_json(n.init_seed);
  return object;
}

}  // namespace

OrderedJson problem_json(const NetworkProblem& n) {
  const NetworkProblem plain;
  OrderedJson object = {{"type", "network"}};
  put(object, "layers", n.layers, default_layers(n.data));
  if (n.activation != plain.activation) object["activation"] = key_of(n.activation);
  if (OrderedJson data = data_json(n.data); !data.empty()) object["data"] = data;
  if (OrderedJson init = init_json(n); !init.empty()) object["init"] = init;
  put_batches(object, n);
  return object;
}

}  // namespace stride
