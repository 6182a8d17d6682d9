// Reads the reference data's optimizers and schedules into Settings: a reader of its own, so that the core's
// tests do not depend on the scenario's.
#pragma once

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "core/optimizers/optimizer.h"
#include "core/schedules/schedule.h"
#include "core/surfaces/surface.h"
#include "support/files.h"

namespace stride::test {

inline nlohmann::json reference(const char* file) {
  return nlohmann::json::parse(text_of(std::string("reference/") + file));
}

inline std::vector<double> values_of(const Param& p, const nlohmann::json& j) {
  if (j.is_null()) return {};
  if (p.kind == Param::Kind::toggle) return {j.get<bool>() ? 1.0 : 0.0};
  if (p.kind == Param::Kind::choice) {
    for (std::size_t i = 0; i < p.choices.size(); ++i)
      if (j.get<std::string>() == p.choices[i]) return {static_cast<double>(i)};
    FAIL("no choice " << j.dump());
  }
  if (p.kind == Param::Kind::points) {
    std::vector<double> flat;
    for (const auto& point : j) flat.insert(flat.end(), {point[0].get<double>(), point[1].get<double>()});
    return flat;
  }
  if (j.is_array()) return j.get<std::vector<double>>();
  return {j.get<double>()};
}

inline Settings schedule_settings(const nlohmann::json& j);

inline void set_param(Settings& settings, std::span<const Param> params, const std::string& key,
                      const nlohmann::json& value) {
  const int i = find_param(params, key);
  CAPTURE(key);
  REQUIRE(i >= 0);
  const Param& p = params[static_cast<std::size_t>(i)];
  if (p.kind == Param::Kind::schedules)
    for (const auto& inner : value) settings.nested.push_back(schedule_settings(inner));
  else
    settings.values[static_cast<std::size_t>(i)] = values_of(p, value);
}

inline Settings schedule_settings(const nlohmann::json& j) {
  const int row = find_schedule(j.at("type").get<std::string>());
  REQUIRE(row >= 0);
  const auto& params = schedules()[static_cast<std::size_t>(row)].params;
  Settings settings = default_settings(row, params);
  for (const auto& [key, value] : j.items())
    if (key != "type") set_param(settings, params, key, value);
  return settings;
}

inline Settings optimizer_settings(const std::string& type, const nlohmann::json& hyper) {
  const int row = find_optimizer(type);
  CAPTURE(type);
  REQUIRE(row >= 0);
  const auto& params = optimizers()[static_cast<std::size_t>(row)].params;
  Settings settings = default_settings(row, params);
  for (const auto& [key, value] : hyper.items()) set_param(settings, params, key, value);
  return settings;
}

/// An optimizer of the reference data: type, rate and hyperparameters of a case.
inline Settings optimizer_of(const nlohmann::json& c) {
  nlohmann::json hyper = c.at("hyper");
  hyper["lr"] = c.at("lr");
  return optimizer_settings(c.at("optimizer").get<std::string>(), hyper);
}

inline Settings constant() {
  return default_settings(0, {});
}

inline Objective objective(std::string_view surface) {
  Objective o;
  o.surface = find_surface(surface);
  REQUIRE(o.surface >= 0);
  return o;
}

}  // namespace stride::test
