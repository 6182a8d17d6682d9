#include "core/optimizers/optimizer.h"

#include <algorithm>
#include <cassert>

#include "core/optimizers/custom/custom_rule.h"
#include "core/optimizers/optimizer_rows.h"

namespace stride {

namespace {

std::vector<Optimizer> table() {
  std::vector<Optimizer> all;
  for (auto part : {rows::descent, rows::adams, rows::adaptive, rows::rate_finding, rows::averaging,
                    rows::custom, rows::for_matrices, rows::second_order})
    for (const Optimizer& o : part()) all.push_back(o);
  return all;
}

}  // namespace

std::span<const Optimizer> optimizers() {
  static const std::vector<Optimizer> all = table();
  return all;
}

std::span<const Optimizer> point_optimizers() {
  const std::span<const Optimizer> all = optimizers();
  const auto first = std::find_if(all.begin(), all.end(),
                                  [](const Optimizer& o) { return o.networks_only || o.descents_only; });
  return all.first(static_cast<std::size_t>(first - all.begin()));
}

bool suits(const Optimizer& row, bool network) {
  return network ? !row.descents_only : !row.networks_only;
}

int find_optimizer(std::string_view key) {
  const std::span<const Optimizer> all = optimizers();
  for (int i = 0; i < static_cast<int>(all.size()); ++i)
    if (key == all[i].key) return i;
  return -1;
}

Hyper hyper_of(const Settings& settings) {
  const Params& params = optimizers()[settings.row].params;
  assert(settings.values.size() == params.size());
  Hyper h;
  int at = 0;
  for (std::size_t i = 0; i < params.size(); ++i) {
    const int places = params[i].kind == Param::Kind::pair ? 2 : 1;
    assert(at + places <= max_hyper);
    for (std::size_t j = 0; j < static_cast<std::size_t>(places); ++j)
      h.values[at++] = j < settings.values[i].size() ? settings.values[i][j] : none;
    if (params[i].kind == Param::Kind::rule) {
      CustomRuleError error;
      h.rule = std::make_shared<const CustomRule>(read_custom_rule(settings.formula, error));
    }
  }
  return h;
}

}  // namespace stride
