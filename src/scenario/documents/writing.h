// Values as JSON: numbers in their shortest form, keys in the order of the tables.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "scenario/scenario.h"

namespace stride {

using OrderedJson = nlohmann::ordered_json;

/// 3 for 3.0, otherwise the shortest digits that read back as the same double; null for what is not finite.
OrderedJson number_json(double value);
OrderedJson seed_json(unsigned seed);
OrderedJson point_json(Point p);
OrderedJson domain_json(const Domain& d);
/// [1, 2, 3], or where a group is of several [[1, 2], [3, 4]].
OrderedJson list_json(const std::vector<double>& values, size_t group);
/// Members, where they are not their default.
template <class Value>
void put(OrderedJson& object, const char* key, const Value& value, const Value& fallback) {
  if (value != fallback) object[key] = value;
}
void put_number(OrderedJson& object, const char* key, double value, double fallback);
/// The batches of a network or a fit.
template <class P>
void put_batches(OrderedJson& object, const P& p) {
  const P plain;
  if (!p.batches.empty()) {
    object["batches"] = p.batches;
    return;
  }
  put(object, "batch_size", p.batch_size, plain.batch_size);
  if (p.seed != plain.seed) object["seed"] = seed_json(p.seed);
}
/// A network's or a fit's members.
OrderedJson problem_json(const NetworkProblem& n);
OrderedJson problem_json(const FitProblem& problem);
/// One parameter's value, in the form in which read_param takes it; null where it is left out.
OrderedJson value_json(const Param& param, const std::vector<double>& values);
/// The lines of an update rule, as they are read.
OrderedJson rule_json(std::string_view text);
/// {"type": ..., parameters that differ from their defaults}
OrderedJson settings_json(const Settings& settings, const char* type, std::span<const Param> params);
OrderedJson schedule_json(const Settings& settings);

/// The document as text; `indent` < 0: compact. Lists of plain values stay on one line.
std::string write_json(const OrderedJson& value, int indent);

}  // namespace stride
