// A scenario to JSON: what has its default is left out.
#include <cmath>
#include <nlohmann/json.hpp>

#include "scenario/documents/writing.h"

namespace stride {

namespace {

/// Lists without objects stay on one line: [0.9, 0.999].
bool is_short(const OrderedJson& value) {
  if (value.is_object()) return value.empty();
  if (!value.is_array()) return true;
  for (const OrderedJson& element : value)
    if (!is_short(element) || element.is_object()) return false;
  return true;
}

void write_scalar(const OrderedJson& value, std::string& out) {
  out += value.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

void write_list(const OrderedJson& value, std::string& out) {
  if (!value.is_array()) return write_scalar(value, out);
  out += '[';
  for (size_t i = 0; i < value.size(); ++i) {
    if (i > 0) out += ", ";
    write_list(value[i], out);
  }
  out += ']';
}

void write_indented(const OrderedJson& value, int indent, int depth, std::string& out) {
  if (is_short(value)) return write_list(value, out);
  const bool object = value.is_object();
  const auto line = [&](int d) { (out += '\n').append(static_cast<size_t>(indent * d), ' '); };
  out += object ? '{' : '[';
  bool first = true;
  for (auto it = value.begin(); it != value.end(); ++it) {
    if (!first) out += ',';
    first = false;
    line(depth + 1);
    if (object) {
      write_scalar(it.key(), out);
      out += ": ";
    }
    write_indented(*it, indent, depth + 1, out);
  }
  line(depth);
  out += object ? '}' : ']';
}

OrderedJson noise_json(const Noise& noise) {
  const Noise plain;
  OrderedJson object = OrderedJson::object();
  put_number(object, "sigma", noise.sigma, plain.sigma);
  if (noise.seed != plain.seed) object["seed"] = seed_json(noise.seed);
  return object;
}

OrderedJson problem_json(const SurfaceProblem& p) {
  const SurfaceProblem plain = surface_of(default_scenario());
  OrderedJson object = OrderedJson::object();
  if (!p.expression.empty())
    object["expression"] = p.expression;
  else if (p.surface != plain.surface)
    object["surface"] = surfaces()[p.surface].key;
  if (p.domain) object["domain"] = domain_json(*p.domain);
  if (p.start) object["start"] = point_json(*p.start);
  if (OrderedJson noise = noise_json(p.noise); !noise.empty()) object["noise"] = noise;
  return object;
}

OrderedJson problem_json(const CurveProblem& p) {
  OrderedJson object = {{"type", "curve"}};
  if (!p.expression.empty())
    object["expression"] = p.expression;
  else if (p.curve != CurveProblem{}.curve)
    object["curve"] = curves()[p.curve].key;
  if (p.domain) object["domain"] = point_json({p.domain->min, p.domain->max});
  if (p.start) object["start"] = number_json(*p.start);
  if (OrderedJson noise = noise_json(p.noise); !noise.empty()) object["noise"] = noise;
  return object;
}

OrderedJson run_json(const Run& run, bool one_weight) {
  OrderedJson object = OrderedJson::object();
  if (!run.name.empty()) object["name"] = run.name;
  if (run.start) object["start"] = one_weight ? number_json(run.start->x) : point_json(*run.start);
  object["optimizer"] = settings_json(run.optimizer, optimizers()[run.optimizer.row].key,
                                      optimizers()[run.optimizer.row].params);
  if (run.schedule.row != 0) object["schedule"] = schedule_json(run.schedule);
  put_number(object, "ema", run.ema, 0);
  return object;
}

OrderedJson view_json(const View& v) {
  const View plain;
  OrderedJson object = OrderedJson::object();
  put_number(object, "yaw", v.yaw, plain.yaw);
  put_number(object, "pitch", v.pitch, plain.pitch);
  put_number(object, "zoom", v.zoom, plain.zoom);
  if (v.pan_x != 0 || v.pan_y != 0) object["pan"] = point_json({v.pan_x, v.pan_y});
  put(object, "flat", v.flat, plain.flat);
  put(object, "cursor", v.cursor, plain.cursor);
  put(object, "theme", v.theme, plain.theme);
  OrderedJson hidden = OrderedJson::array();
  for (int r = 0; r < max_runs; ++r)
    if ((v.hidden >> r) & 1u) hidden.push_back(r);
  if (!hidden.empty()) object["hidden"] = hidden;
  return object;
}

}  // namespace

void put_number(OrderedJson& object, const char* key, double value, double fallback) {
  if (value != fallback && std::isfinite(value)) object[key] = number_json(value);
}

OrderedJson point_json(Point p) {
  return OrderedJson::array({number_json(p.x), number_json(p.y)});
}

OrderedJson domain_json(const Domain& d) {
  return OrderedJson::array(
      {number_json(d.xmin), number_json(d.xmax), number_json(d.ymin), number_json(d.ymax)});
}

OrderedJson list_json(const std::vector<double>& values, size_t group) {
  OrderedJson list = OrderedJson::array();
  for (size_t i = 0; i + group <= values.size(); i += group) {
    if (group == 1) {
      list.push_back(number_json(values[i]));
      continue;
    }
    OrderedJson tuple = OrderedJson::array();
    for (size_t k = 0; k < group; ++k) tuple.push_back(number_json(values[i + k]));
    list.push_back(tuple);
  }
  return list;
}

OrderedJson seed_json(unsigned seed) {
  return seed;
}

OrderedJson number_json(double value) {
  constexpr double exact = 9007199254740992.0;
  if (!std::isfinite(value)) return nullptr;
  const bool whole = value == std::floor(value) && std::fabs(value) <= exact;
  if (whole && !(value == 0 && std::signbit(value))) return static_cast<long long>(value);
  return value;
}

OrderedJson value_json(const Param& p, const std::vector<double>& values) {
  using Kind = Param::Kind;
  switch (p.kind) {
    case Kind::number:
    case Kind::integer:
      return values.empty() ? OrderedJson() : number_json(values[0]);
    case Kind::toggle:
      return values.empty() ? OrderedJson() : OrderedJson(values[0] != 0);
    case Kind::choice:
      return values.empty() ? OrderedJson() : OrderedJson(p.choices[static_cast<size_t>(values[0])]);
    case Kind::points:
      return list_json(values, 2);
    case Kind::pair:
    case Kind::integers:
      return list_json(values, 1);
    case Kind::schedules:
    case Kind::rule:
      break;
  }
  return nullptr;
}

OrderedJson rule_json(std::string_view text) {
  OrderedJson list = OrderedJson::array();
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    list.push_back(std::string(text.substr(at, end - at)));
    at = end + 1;
  }
  return list;
}

OrderedJson settings_json(const Settings& settings, const char* type, std::span<const Param> params) {
  OrderedJson object = {{"type", type}};
  for (size_t i = 0; i < params.size(); ++i) {
    if (params[i].kind == Param::Kind::schedules) {
      if (settings.nested.empty()) continue;
      OrderedJson& list = object[params[i].key] = OrderedJson::array();
      for (const Settings& child : settings.nested) list.push_back(schedule_json(child));
    } else if (params[i].kind == Param::Kind::rule) {
      if (settings.formula != params[i].text) object[params[i].key] = rule_json(settings.formula);
    } else if (params[i].takes_formula && !settings.formula.empty()) {
      object[params[i].key] = settings.formula;
    } else if (settings.values[i] != params[i].fallback) {
      object[params[i].key] = value_json(params[i], settings.values[i]);
    }
  }
  return object;
}

OrderedJson schedule_json(const Settings& settings) {
  return settings_json(settings, schedules()[settings.row].key, schedules()[settings.row].params);
}

std::string write_json(const OrderedJson& value, int indent) {
  std::string out;
  if (indent < 0)
    write_scalar(value, out);
  else
    write_indented(value, indent, 0, out);
  return out;
}

std::string write_scenario(const Scenario& s, int indent) {
  const Scenario plain = default_scenario();
  OrderedJson document = {{"stride", 1}};
  OrderedJson problem = std::visit([](const auto& p) { return problem_json(p); }, s.problem);
  if (!problem.empty()) document["problem"] = std::move(problem);
  put(document, "steps", s.steps, plain.steps);
  put(document, "steps_per_epoch", s.steps_per_epoch, 0);
  if (s.runs != default_runs(s)) {
    OrderedJson& runs = document["runs"] = OrderedJson::array();
    for (const Run& run : s.runs)
      runs.push_back(run_json(run, std::holds_alternative<CurveProblem>(s.problem)));
  }
  if (OrderedJson view = view_json(s.view); !view.empty()) document["view"] = std::move(view);
  return write_json(document, indent);
}

}  // namespace stride
