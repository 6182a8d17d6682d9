// JSON to an optimizer or a schedule: the row that `type` names, and its parameters.
#include "core/optimizers/optimizer.h"
#include "core/schedules/schedule.h"
#include "scenario/documents/reading.h"
#include "scenario/documents/suggest.h"

namespace stride {

namespace {

constexpr size_t max_schedulers = 32;

template <class Row>
Error read_row(const Json& value, std::span<const Row> rows, std::string_view what, const Path& path,
               int& row) {
  if (!value.is_string()) return expected(path, "the name of " + std::string(what), value);
  const auto& word = value.get_ref<const std::string&>();
  std::vector<std::string_view> known;
  for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
    known.push_back(rows[i].key);
    if (word != known.back()) continue;
    row = i;
    return {};
  }
  return with_hint(expected(path, "the name of " + std::string(what), value), suggestion(word, known));
}

std::vector<std::string_view> keys_of(std::span<const Param> params) {
  std::vector<std::string_view> keys = {"type"};
  for (const Param& p : params) keys.push_back(p.key);
  return keys;
}

std::string nested_words() {
  return "a list of 1 to " + std::to_string(max_schedulers) + " schedules";
}

Error read_nested(const Json& value, const Path& path, std::vector<Settings>& out) {
  if (!value.is_array() || value.empty() || value.size() > max_schedulers)
    return expected(path, nested_words(), value);
  std::vector<Settings> nested;
  for (int i = 0; i < static_cast<int>(value.size()); ++i) {
    Settings child;
    if (Error e = read_schedule(value[i], {&path, {}, i}, child)) return e;
    nested.push_back(std::move(child));
  }
  out = std::move(nested);
  return {};
}

Error read_params(const Json& value, std::span<const Param> params, const Path& path, Settings& out) {
  if (Error e = check_keys(value, keys_of(params), path)) return e;
  for (size_t i = 0; i < params.size(); ++i) {
    const Json* given = member(value, params[i].key);
    if (!given) continue;
    const Path place{&path, params[i].key};
    Error e = params[i].kind == Param::Kind::schedules
                  ? read_nested(*given, place, out.nested)
                  : read_setting(*given, params[i], place, out.values[i], out.formula);
    if (e) return e;
  }
  return {};
}

/// The value of the parameter `key`, or `none` where the row has no such parameter.
double value_of(const Settings& settings, std::span<const Param> params, const char* key) {
  const int i = find_param(params, key);
  return i < 0 ? none : settings.number(i);
}

/// One fewer than the schedules between which they stand.
Error check_milestones(const Settings& settings, const Path& path) {
  const auto& params = schedules()[settings.row].params;
  const int nested = find_param(params, "schedulers");
  if (nested < 0) return {};
  const int i = find_param(params, "milestones");
  const size_t wanted = settings.nested.empty() ? 0 : settings.nested.size() - 1;
  if (i >= 0 && settings.values[i].size() != wanted)
    return expected({&path, "milestones"}, "one fewer than schedulers, " + std::to_string(wanted),
                    settings.values[i].size());
  return {};
}

/// None at all is what a new sequence begins with.
Error check_nested(const std::vector<Settings>& nested, const Path& path) {
  if (nested.size() > max_schedulers) return expected(path, nested_words(), Json::array_t(nested.size()));
  for (int i = 0; i < static_cast<int>(nested.size()); ++i)
    if (Error e = check_schedule(nested[i], {&path, {}, i})) return e;
  return {};
}

}  // namespace

Error read_optimizer_type(const Json& value, const Path& path, int& row) {
  return read_row(value, optimizers(), "an optimizer", path, row);
}

Error read_schedule_type(const Json& value, const Path& path, int& row) {
  return read_row(value, schedules(), "a schedule", path, row);
}

Error read_surface_name(const Json& value, const Path& path, int& row) {
  return read_row(value, surfaces(), "a surface", path, row);
}

Error read_optimizer(const Json& value, const Path& path, Settings& out) {
  if (!value.is_object()) return expected(path, "an object", value);
  int row = find_optimizer("SGD");
  if (const Json* type = member(value, "type"))
    if (Error e = read_optimizer_type(*type, {&path, "type"}, row)) return e;
  const auto& params = optimizers()[row].params;
  Settings settings = default_settings(row, params);
  if (Error e = read_params(value, params, path, settings)) return e;
  if (Error e = check_optimizer(settings, path)) return e;
  out = std::move(settings);
  return {};
}

Error read_schedule(const Json& value, const Path& path, Settings& out) {
  if (!value.is_object()) return expected(path, "an object", value);
  int row = 0;
  if (const Json* type = member(value, "type")) {
    if (Error e = read_schedule_type(*type, {&path, "type"}, row)) return e;
  } else if (!value.empty()) {
    return expected_not({&path, "type"}, "the name of a schedule", "nothing");
  }
  const auto& params = schedules()[row].params;
  Settings settings = default_settings(row, params);
  if (Error e = read_params(value, params, path, settings)) return e;
  if (Error e = check_milestones(settings, path)) return e;
  out = std::move(settings);
  return {};
}

Error check_optimizer(const Settings& settings, const Path& path) {
  const auto& params = optimizers()[settings.row].params;
  if (find_param(params, "dampening") >= 0 && value_of(settings, params, "nesterov") == 1) {
    if (!(value_of(settings, params, "momentum") > 0))
      return expected_not({&path, "nesterov"}, "a momentum > 0 beside nesterov");
    if (value_of(settings, params, "dampening") != 0)
      return expected_not({&path, "nesterov"}, "a dampening of 0 beside nesterov");
  }
  if (const int i = find_param(params, "etas"); i >= 0)
    if (!(settings.values[i][0] < 1 && settings.values[i][1] > 1))
      return expected_not({&path, "etas"}, "a first number < 1 and a second number > 1");
  if (const int i = find_param(params, "step_sizes"); i >= 0)
    if (!(settings.values[i][0] <= settings.values[i][1]))
      return expected_not({&path, "step_sizes"}, "a first number <= the second");
  return {};
}

Error check_settings(const Settings& settings, std::span<const Param> params, const Path& path) {
  for (size_t i = 0; i < params.size(); ++i) {
    const Param& p = params[i];
    const Path place{&path, p.key};
    Error e;
    if (p.kind == Param::Kind::schedules)
      e = check_nested(settings.nested, place);
    else if (p.kind == Param::Kind::rule)
      e = check_rule(settings.formula, place);
    else if (p.takes_formula && !settings.formula.empty())
      e = check_formula(settings.formula, place, step_variables);
    else
      e = check_param(settings.values[i], p, place);
    if (e) return e;
  }
  return {};
}

Error check_schedule(const Settings& settings, const Path& path) {
  if (Error e = check_settings(settings, schedules()[settings.row].params, path)) return e;
  return check_milestones(settings, path);
}

}  // namespace stride
