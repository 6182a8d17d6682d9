#include "scenario/catalogue.h"

#include <cmath>

#include "core/networks/network_study.h"
#include "core/schedules/schedule_presets.h"
#include "core/studies/study.h"
#include "scenario/documents/writing.h"

namespace stride {

namespace {

const char* kind_key(Param::Kind kind) {
  using Kind = Param::Kind;
  switch (kind) {
    case Kind::number:
      return "number";
    case Kind::integer:
      return "integer";
    case Kind::toggle:
      return "toggle";
    case Kind::choice:
      return "choice";
    case Kind::pair:
      return "pair";
    case Kind::integers:
      return "integers";
    case Kind::points:
      return "points";
    case Kind::schedules:
      return "schedules";
    case Kind::rule:
      return "rule";
  }
  return "";
}

/// "default" is null where the parameter may be left out; "min" and "max" are left out where there is no
/// limit.
OrderedJson param_row(const Param& p) {
  OrderedJson row = {{"key", p.key}, {"kind", kind_key(p.kind)}};
  row["default"] = p.fallback.empty() ? OrderedJson() : value_json(p, p.fallback);
  if (p.kind == Param::Kind::rule) row["default"] = rule_json(p.text);
  const bool bounded = p.kind != Param::Kind::toggle && p.kind != Param::Kind::choice;
  if (bounded && std::isfinite(p.min)) {
    row["min"] = number_json(p.min);
    row["exclusive_min"] = p.open_min;
  }
  if (bounded && std::isfinite(p.max)) {
    row["max"] = number_json(p.max);
    row["exclusive_max"] = p.open_max;
  }
  if (!p.choices.empty()) row["choices"] = p.choices;
  if (p.takes_formula) row["formula"] = {"t", "T", "pi", "e"};
  row["unit"] = p.unit;
  row["help"] = p.help;
  return row;
}

OrderedJson param_rows(std::span<const Param> params) {
  OrderedJson rows = OrderedJson::array();
  for (const Param& p : params) rows.push_back(param_row(p));
  return rows;
}

OrderedJson surface_row(const Surface& s) {
  OrderedJson minima = OrderedJson::array();
  for (const Minimum& m : s.minima)
    minima.push_back(
        {{"x", number_json(m.x)}, {"y", number_json(m.y)}, {"f", number_json(m.f)}, {"global", m.global}});
  const Domain& d = s.domain;
  OrderedJson row = {{"key", s.key}, {"name", s.name}, {"formula", s.formula}, {"help", s.help}};
  row["domain"] = OrderedJson::array(
      {number_json(d.xmin), number_json(d.xmax), number_json(d.ymin), number_json(d.ymax)});
  row["start"] = OrderedJson::array({number_json(s.start.x), number_json(s.start.y)});
  row["lr"] = number_json(s.lr);
  row["minima"] = std::move(minima);
  return row;
}

OrderedJson curve_row(const Curve& c) {
  OrderedJson minima = OrderedJson::array();
  for (const Minimum& m : c.minima)
    minima.push_back({{"x", number_json(m.x)}, {"f", number_json(m.f)}, {"global", m.global}});
  OrderedJson row = {{"key", c.key}, {"name", c.name}, {"formula", c.formula}, {"help", c.help}};
  row["domain"] = OrderedJson::array({number_json(c.xmin), number_json(c.xmax)});
  row["start"] = number_json(c.start);
  row["lr"] = number_json(c.lr);
  row["minima"] = std::move(minima);
  return row;
}

/// What optimizers and schedules have in common.
template <class Row>
OrderedJson type_row(const Row& r) {
  return {{"key", r.key},       {"name", r.name},         {"help", r.help},
          {"source", r.source}, {"in_torch", r.in_torch}, {"params", param_rows(r.params)}};
}

OrderedJson data_row(const DataKind& d) {
  return {{"key", d.key},       {"name", d.name},       {"help", d.help},
          {"inputs", d.inputs}, {"classes", d.classes}, {"samples", d.samples}};
}

template <class Row>
OrderedJson study_row(const Row& s) {
  return {{"key", s.key},       {"name", s.name},       {"help", s.help},
          {"source", s.source}, {"columns", s.columns}, {"params", param_rows(s.params)}};
}

template <class Row, class Make>
OrderedJson rows_of(std::span<const Row> table, Make make) {
  OrderedJson rows = OrderedJson::array();
  for (const Row& row : table) rows.push_back(make(row));
  return rows;
}

}  // namespace

std::string catalogue() {
  OrderedJson document = OrderedJson::object();
  document["surfaces"] = rows_of(surfaces(), surface_row);
  document["curves"] = rows_of(curves(), curve_row);
  OrderedJson functions = OrderedJson::array();
  for (const ExpressionFunction& f : expression_functions()) functions.push_back(std::string(f.name));
  document["expression"] = {
      {"operators", {"+", "-", "*", "/", "^", "**", "·", "×", "²", "√", "| |", "( )", "[ ]"}},
      {"names", {"x", "y", "pi", "π", "e"}},
      {"functions", std::move(functions)}};
  document["optimizers"] = rows_of(optimizers(), [](const Optimizer& o) {
    OrderedJson row = type_row(o);
    row["networks_only"] = o.networks_only;
    row["descents_only"] = o.descents_only;
    return row;
  });
  document["schedules"] = rows_of(schedules(), [](const Schedule& s) {
    OrderedJson row = type_row(s);
    row["sets_rate"] = s.sets_rate;
    return row;
  });
  document["schedule_presets"] = rows_of(schedule_presets(), [](const SchedulePreset& p) {
    return OrderedJson{{"name", p.name}, {"source", p.source}};
  });
  document["datasets"] = rows_of(datasets(), data_row);
  document["studies"] = rows_of(studies(), study_row<Study>);
  document["network_studies"] = rows_of(network_studies(), study_row<NetworkStudy>);
  document["fit"] = {{"models", fit_model_keys}, {"data", fit_data_keys}, {"scales", fit_scale_keys}};
  document["network"] = {{"activations", activation_keys}, {"inits", init_keys}};
  return write_json(document, 2);
}

}  // namespace stride
