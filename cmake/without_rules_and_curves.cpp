// In place of src/core/optimizers/custom, src/core/surfaces/curve.cpp and what only networks take: no curve and
// no data are there, no rule of one's own can be read.
#include "core/networks/network.h"
#include "core/optimizers/custom/custom_rule.h"
#include "core/optimizers/optimizer_rows.h"
#include "core/surfaces/curve.h"

namespace stride {

CustomRule read_custom_rule(std::string_view, CustomRuleError& error) {
  error = {-1, {0, "a built-in rule", "", ""}};
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

std::span<const DataKind> datasets() {
  return {};
}

int samples_of(const DataSettings&) {
  return 0;
}

int training_samples_of(const DataSettings&) {
  return 0;
}

std::vector<int> default_layers(const DataSettings&) {
  return {};
}

Training train(const NetworkProblem&, int, const Settings&, const Settings&, Precision) {
  return {};
}

namespace rows {

namespace {

struct StandsStill {
  template <class T>
  static void init(const Hyper&, Clock&, Lanes<T>&) {}
  template <class T>
  static void step(const Hyper&, Clock&, Lanes<T>&) {}
};

}  // namespace

/// It can be chosen all the same: the page then goes on in the program that has it.
std::vector<Optimizer> custom() {
  Optimizer named =
      row<StandsStill>("Custom", "Custom", "A rule of your own, a few lines for each parameter.", "", 0, 0,
                       -1, false, {rate(1e-2)}, {});
  named.elsewhere = true;
  return {named};
}

std::vector<Optimizer> for_matrices() {
  return {};
}

}  // namespace rows

}  // namespace stride
