// A fit to JSON.
#include "scenario/documents/writing.h"

namespace stride {

OrderedJson problem_json(const FitProblem& p) {
  const FitProblem plain;
  OrderedJson object = {{"type", "fit"}};
  if (p.model != plain.model) object["model"] = fit_model_keys[static_cast<int>(p.model)];
  if (p.data != default_fit_data(p.model)) {
    OrderedJson& data = object["data"] = {{"type", fit_data_keys[static_cast<int>(p.data)]}};
    if (p.data == FitData::points) data["points"] = list_json(p.points, 2);
  }
  if (p.scale != plain.scale) object["scale"] = fit_scale_keys[static_cast<int>(p.scale)];
  if (p.start) object["start"] = point_json(*p.start);
  if (p.domain) object["domain"] = domain_json(*p.domain);
  put_batches(object, p);
  return object;
}

}  // namespace stride
