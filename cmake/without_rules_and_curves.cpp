// In place of src/core/optimizers/custom, src/core/surfaces/curve.cpp, src/core/fits and what only networks take: no
// curve, fit and no data are there, no rule of one's own can be read, and there are no presets of schedules.
#include "core/fits/fit.h"
#include "core/networks/network.h"
#include "core/optimizers/custom/custom_rule.h"
#include "core/optimizers/optimizer_rows.h"
#include "core/schedules/schedule_presets.h"
#include "core/surfaces/curve.h"

namespace stride {

CustomRule read_custom_rule(std::string_view, CustomRuleError& error) {
  error = {-1, {0, "a built-in rule", "", ""}};
  return {};
}

std::string rule_as_text(const Settings&) {
  return {};
}

std::span<const SchedulePreset> schedule_presets() {
  return {};
}

std::span<const Curve> curves() {
  return {};
}

int find_curve(std::string_view) {
  return -1;
}

bool same_numbers(const FitProblem&, const FitProblem&) {
  return true;
}

bool FitProblem::operator==(const FitProblem&) const {
  return true;
}

Samples samples_of(const FitProblem&) {
  return {};
}

std::shared_ptr<const Fit> make_fit(const FitProblem&) {
  return {};
}

std::shared_ptr<Batches> batches_of(const Objective&) {
  return {};
}

std::span<const int> Batches::at(int) {
  return {};
}

std::span<const Minimum> minima_of(const Fit&) {
  return {};
}

std::shared_ptr<const Fit> reseeded(const Fit&, unsigned) {
  return nullptr;
}

double fit_cost(const Fit&) {
  return 1;
}

Derivatives fit_at(const Fit&, double, double) {
  return {};
}

void fit_gradient(const Fit&, std::span<const int>, double, double, double*) {}

void fit_gradient_lanes(const Fit&, std::span<const int>, const float*, const float*, float*, float*, float*,
                        int) {}

Domain usual_domain(const FitProblem&) {
  return {};
}

double usual_rate(const FitProblem&) {
  return 0;
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
