// An optimizer as it is set out of the box, with each of its options, and with all of them.
#pragma once

#include <string_view>
#include <vector>

#include "core/optimizers/optimizer.h"

namespace stride::test {

/// The default and each option alone, and all options together.
inline std::vector<Settings> variants(int row) {
  const Optimizer& o = optimizers()[static_cast<std::size_t>(row)];
  Settings plain = default_settings(row, o.params);
  plain.values[0] = {0.02};
  std::vector<Settings> all = {plain};
  Settings everything = plain;
  for (std::size_t i = 1; i < o.params.size(); ++i) {
    const Param& p = o.params[i];
    Settings one = plain;
    const std::string_view key = p.key;
    if (p.kind == Param::Kind::toggle)
      one.values[i] = {p.fallback[0] != 0 ? 0.0 : 1.0};
    else if (key == "momentum")
      one.values[i] = {0.8};
    else if (key == "weight_decay" || key == "lr_decay" || key == "dampening" || key == "lambd" ||
             key == "momentum_decay")
      one.values[i] = {0.05};
    else if (key == "warmup_steps" || key == "t0")
      one.values[i] = {7};
    else if (key == "beta3" || key == "initial_accumulator_value")
      one.values[i] = {0.9};
    else if (key == "growth_rate" || key == "r")
      one.values[i] = {1.5};
    else if (key == "weight_lr_power")
      one.values[i] = {1};
    else
      continue;
    everything.values[i] = one.values[i];
    all.push_back(one);
    if (key == "decoupled_weight_decay") {
      one.values[static_cast<std::size_t>(find_param(o.params, "weight_decay"))] = {0.05};
      all.push_back(one);
    }
    if (key == "nesterov" || key == "centered") {  // both need momentum to show
      const int m = find_param(o.params, "momentum");
      one.values[static_cast<std::size_t>(m)] = {0.8};
      all.push_back(one);
    }
  }
  all.push_back(everything);
  if (const int betas = find_param(o.params, "betas"); betas >= 0 && std::string_view(o.key) == "Prodigy") {
    plain.values[static_cast<std::size_t>(betas)][0] = 0;
    all.push_back(plain);
  }
  return all;
}

}  // namespace stride::test
