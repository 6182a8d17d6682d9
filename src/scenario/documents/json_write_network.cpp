// A network problem to JSON.
#include "scenario/documents/writing.h"

namespace stride {

namespace {

OrderedJson data_json(const DataSettings& d) {
  const DataSettings plain;
  OrderedJson object = OrderedJson::object();
  if (d.row == own_points) {
    object["type"] = "points";
    OrderedJson& points = object["points"] = OrderedJson::array();
    for (size_t i = 0; i + 2 < d.points.size(); i += 3)
      points.push_back(OrderedJson::array(
          {number_json(d.points[i]), number_json(d.points[i + 1]), number_json(d.points[i + 2])}));
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
  if (n.init == Init::weights) {
    OrderedJson& list = object["weights"] = OrderedJson::array();
    for (double w : n.weights) list.push_back(number_json(w));
  } else if (n.init_seed != plain.init_seed) {
    object["seed"] = seed_json(n.init_seed);
  }
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
  if (!n.batches.empty()) {
    object["batches"] = n.batches;
  } else {
    put(object, "batch_size", n.batch_size, plain.batch_size);
    if (n.seed != plain.seed) object["seed"] = seed_json(n.seed);
  }
  return object;
}

}  // namespace stride
