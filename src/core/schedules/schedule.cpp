#include "core/schedules/schedule.h"

#include <algorithm>

#include "core/math/math.h"

namespace stride {

namespace {

enum class Node { form, formula, plateau, sequence, chain };

Node node_of(const Settings& settings) {
  static const int plateau = find_schedule("ReduceLROnPlateau");
  static const int sequence = find_schedule("SequentialLR");
  static const int chain = find_schedule("ChainedScheduler");
  if (settings.row == plateau) return Node::plateau;
  if (settings.row == sequence) return Node::sequence;
  if (settings.row == chain) return Node::chain;
  return settings.formula.empty() ? Node::form : Node::formula;
}

bool multiplies(const Settings& settings) {
  static const int row = find_schedule("MultiplicativeLR");
  return settings.row == row;
}

void read_formulas(const Settings& settings, std::vector<std::pair<const Settings*, Expression>>& out) {
  ExpressionError error;
  if (node_of(settings) == Node::formula)
    out.emplace_back(&settings, parse_expression(settings.formula, error, step_variables));
  for (const Settings& inner : settings.nested) read_formulas(inner, out);
}

int count_plateaus(const Settings& settings) {
  int count = node_of(settings) == Node::plateau;
  for (const Settings& inner : settings.nested) count += count_plateaus(inner);
  return count;
}

/// The schedule of a SequentialLR that is active at t, the step at which it began, and the plateaus before
/// it.
struct Active {
  const Settings* settings;
  int since, plateau;
};
Active active_at(const Settings& sequence, int t, int plateau) {
  const std::vector<double>& m = sequence.values[1];
  const auto passed = std::upper_bound(m.begin(), m.end(), static_cast<double>(t)) - m.begin();
  const auto index = std::min(static_cast<std::size_t>(passed), sequence.nested.size() - 1);
  for (std::size_t i = 0; i < index; ++i) plateau += count_plateaus(sequence.nested[i]);
  return {&sequence.nested[index], index == 0 ? 0 : static_cast<int>(m[index - 1]), plateau};
}

}  // namespace

ScheduleRun::ScheduleRun(const Settings& schedule, double base_lr, int steps)
    : base_(base_lr), steps_(std::max(steps, 1)) {
  const auto plan = std::make_shared<Plan>(Plan{schedule, nullptr, {}});
  if (node_of(schedule) == Node::form) plan->form = &schedules()[schedule.row];
  read_formulas(plan->settings, plan->formulas);
  plan_ = plan;
  plateaus_.assign(static_cast<std::size_t>(count_plateaus(schedule)), Plateau{base_lr, no_limit, 0, 0});
}

bool ScheduleRun::listens() const {
  return !plateaus_.empty();
}

Rate ScheduleRun::rate() const {
  constexpr double largest = std::numeric_limits<double>::max();
  Rate rate =
      plan_->form ? plan_->form->at(plan_->settings, base_, t_, steps_) : rate_of(plan_->settings, t_, 0);
  rate.lr = rate.lr == rate.lr ? std::clamp(rate.lr, -largest, largest) : 0;
  return rate;
}

void ScheduleRun::advance(double loss) {
  if (listens()) hear(plan_->settings, t_, 0, loss);
  ++t_;
}

double ScheduleRun::factor_of(const Settings& settings, int t) const {
  const double variables[] = {static_cast<double>(t), static_cast<double>(steps_)};
  for (const auto& [place, formula] : plan_->formulas)
    if (place == &settings) {
      const double factor = evaluate_value(formula, variables);
      return factor - factor == 0 ? factor : 0;
    }
  return 1;
}

Rate ScheduleRun::rate_of(const Settings& settings, int t, int plateau) const {
  const Node node = node_of(settings);
  if (node == Node::form) return schedules()[settings.row].at(settings, base_, t, steps_);
  if (node == Node::formula) return {base_ * factor_of(settings, t), none};
  if (node == Node::plateau) return {plateaus_[static_cast<std::size_t>(plateau)].lr, none};
  if (settings.nested.empty()) return {base_, none};
  if (node == Node::sequence) {
    const Active now = active_at(settings, t, plateau);
    if (now.since == 0 || !multiplies(*now.settings))
      return rate_of(*now.settings, t - now.since, now.plateau);
    const double before = rate_of(settings, now.since - 1, plateau).lr;
    return {before * math::pow(now.settings->number(0), t - now.since + 1.0), none};
  }
  Rate product{base_, none};
  for (const Settings& inner : settings.nested) {
    const Rate r = rate_of(inner, t, plateau);
    product.lr *= base_ > 0 ? r.lr / base_ : 1;
    if (r.momentum == r.momentum) product.momentum = r.momentum;
    plateau += count_plateaus(inner);
  }
  return product;
}

void ScheduleRun::hear(const Settings& settings, int t, int plateau, double loss) {
  const Node node = node_of(settings);
  if (node == Node::form || node == Node::formula || (node != Node::plateau && settings.nested.empty()))
    return;
  if (node == Node::sequence) {
    const Active now = active_at(settings, t, plateau);
    return hear(*now.settings, t - now.since, now.plateau, loss);
  }
  if (node == Node::plateau)
    return hear_plateau(settings, plateaus_[static_cast<std::size_t>(plateau)], loss);
  for (const Settings& inner : settings.nested) {
    hear(inner, t, plateau, loss);
    plateau += count_plateaus(inner);
  }
}

// factor, patience, threshold, threshold_mode, cooldown, min_lr, eps; the order of the counters is PyTorch's.
void ScheduleRun::hear_plateau(const Settings& settings, Plateau& p, double loss) {
  const double threshold = settings.number(2);
  const bool relative = settings.integer(3) == 0;
  // A relative threshold of 1 or more never counts a loss as better, not even the first.
  const double bar = relative ? p.best * (1 - threshold) : p.best - threshold;
  if (loss < bar) {
    p.best = loss;
    p.bad = 0;
  } else {
    ++p.bad;
  }
  if (p.cooldown > 0) {
    --p.cooldown;
    p.bad = 0;
  }
  if (p.bad <= settings.integer(1)) return;
  const double lower = std::max(p.lr * settings.number(0), settings.number(5));
  if (p.lr - lower > settings.number(6)) p.lr = lower;
  p.cooldown = settings.integer(4);
  p.bad = 0;
}

}  // namespace stride
