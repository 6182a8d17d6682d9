// In place of src/core/optimizers/custom and src/core/surfaces/curve.cpp: no rule of one's own is in the
// table, none can be read; no curve is there, nor Muon, which only networks take.
#include "core/optimizers/custom/custom_rule.h"
#include "core/optimizers/optimizer_rows.h"
#include "core/surfaces/curve.h"

namespace stride {

CustomRule read_custom_rule(std::string_view, CustomRuleError& error) {
  error = {
      -1,
      {0, "a built-in rule: the page has none of one's own, the desktop and the command line do", "", ""}};
  return {};
}

std::string rule_as_text(const Settings&) {
  return {};
}

std::span<const Curve> curves() {
  return {};
}

int find_curve(std::string_view) {
  return -1;
}

namespace rows {

std::vector<Optimizer> custom() {
  return {};
}

std::vector<Optimizer> for_matrices() {
  return {};
}

}  // namespace rows

}  // namespace stride
