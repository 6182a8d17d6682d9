// In place of src/core/optimizers/custom, src/core/surfaces/curve.cpp, src/core/fits and what only networks take: no
// curve, fit and no data are there, no rule of one's own can be read, there are no presets of schedules, and
// of rules that look at the loss themselves, average their path or find their own rate the name alone.
#include "core/fits/fit.h"
#include "core/loss_of_step.h"
#include "core/networks/network_study.h"
#include "core/optimizers/custom/custom_rule.h"
#include "core/optimizers/explain.h"
#include "core/optimizers/optimizer_rows.h"
#include "core/run_alone.h"
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

bool looks_at_loss(const Optimizer&) {
  return false;
}

void explain_asking(std::vector<Term>&, const Trajectory&, std::size_t) {}

void run_alone(const ManyRuns&, std::size_t, ManyEnds&) {}

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

Derivatives fit_at(const Fit&, double, double, std::span<const int>) {
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

std::span<const NetworkStudy> network_studies() {
  return {};
}

bool asks_of_training(std::string_view) {
  return false;
}

int find_network_study(std::string_view) {
  return -1;
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

/// A name that can be chosen: the page then goes on in the program that has the rule.
constexpr Optimizer named(const char* key, const char* name) {
  Optimizer row = rows::row<StandsStill>(key, name, "", "", 0, 0, -1, false, {rate(1e-2)}, {});
  row.elsewhere = true;
  return row;
}

}  // namespace

std::span<const Optimizer> rate_finding() {
  static constexpr Optimizer rows[] = {named("Prodigy", "Prodigy")};
  return rows;
}

std::span<const Optimizer> averaging() {
  static constexpr Optimizer rows[] = {named("ASGD", "Averaged SGD"),
                                       named("ScheduleFreeSGD", "Schedule-free SGD"),
                                       named("ScheduleFreeAdamW", "Schedule-free AdamW")};
  return rows;
}

std::span<const Optimizer> custom() {
  static constexpr Optimizer rows[] = {named("Custom", "Custom")};
  return rows;
}

std::span<const Optimizer> second_order() {
  static constexpr Optimizer rows[] = {named("Newton", "Newton"), named("LBFGS", "L-BFGS")};
  return rows;
}

std::span<const Optimizer> for_matrices() {
  return {};
}

}  // namespace rows

}  // namespace stride
