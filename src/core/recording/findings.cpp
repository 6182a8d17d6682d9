// What a recorded training shows: findings.h states the rules.
#include "core/recording/findings.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>

#include "core/table.h"

namespace stride {

namespace {

using Kind = Finding::Kind;
using Found = std::optional<Finding>;

constexpr int least_losses = 8;

double median(std::vector<double> values) {
  if (values.empty()) return none;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// The values that are numbers.
RecordedCurve finite(const RecordedCurve& curve) {
  RecordedCurve out;
  for (std::size_t i = 0; i < curve.step.size(); ++i)
    if (std::isfinite(curve.value[i])) {
      out.step.push_back(curve.step[i]);
      out.value.push_back(curve.value[i]);
    }
  return out;
}

/// Medians of up to 50 blocks of one length, at the step where each begins.
RecordedCurve levels(const RecordedCurve& curve) {
  const std::size_t n = curve.step.size(), count = std::min<std::size_t>(n, 50);
  RecordedCurve out;
  for (std::size_t b = 0; b < count; ++b) {
    const auto from = static_cast<std::ptrdiff_t>(b * n / count),
               to = static_cast<std::ptrdiff_t>((b + 1) * n / count);
    out.step.push_back(curve.step[static_cast<std::size_t>(from)]);
    out.value.push_back(median({curve.value.begin() + from, curve.value.begin() + to}));
  }
  return out;
}

/// What was last logged up to `step`; before the first the first, none where nothing was logged.
double value_at(const RecordedCurve& curve, double step) {
  if (curve.empty()) return none;
  const auto after = std::upper_bound(curve.step.begin(), curve.step.end(), step) - curve.step.begin();
  return curve.value[static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - 1, 0))];
}

double highest(const RecordedCurve& curve) {
  return curve.empty() ? none : *std::max_element(curve.value.begin(), curve.value.end());
}

/// What all rules look at.
struct Seen {
  RecordedCurve lr, loss, levels;  ///< finite values alone
  double lowest = none, fall = none;
  double from = 0, to = 0;  ///< the steps of the loss
};

Seen look(const Recording& recording) {
  Seen out{finite(recording.lr), finite(recording.loss), {}};
  if (out.loss.empty()) return out;
  out.levels = levels(out.loss);
  out.lowest = *std::min_element(out.levels.value.begin(), out.levels.value.end());
  out.fall = out.levels.value[0] - out.lowest;
  out.from = out.loss.step.front();
  out.to = recording.loss.step.back();
  return out;
}

Finding diverged_at(double step, double rate) {
  if (!(rate == rate)) return {Kind::diverged, step, {step}, "The loss diverged at step {0}.", 3};
  return {Kind::diverged, step, {step, rate}, "The loss diverged at step {0}, at the rate {1}.", 3};
}

Found diverged(const Recording& recording, const Seen& seen) {
  const RecordedCurve& loss = recording.loss;
  std::size_t lost = loss.step.size();
  while (lost > 0 && !std::isfinite(loss.value[lost - 1])) --lost;
  if (lost < loss.step.size()) return diverged_at(loss.step[lost], value_at(seen.lr, loss.step[lost]));
  if (seen.loss.step.size() < least_losses) return {};
  const double first = seen.levels.value.front(), last = seen.levels.value.back();
  if (!(last - first > std::max(seen.fall, std::fabs(first)))) return {};
  std::size_t b = seen.levels.step.size() - 1;
  while (b > 0 && seen.levels.value[b - 1] > first) --b;
  const double step = seen.levels.step[b];
  return diverged_at(step, value_at(seen.lr, step));
}

/// How far neighbours lie apart up to a step, as a standard deviation: a spike or a slope hardly moves it.
double noise(const RecordedCurve& loss, double until) {
  std::vector<double> jumps;
  for (std::size_t i = 1; i < loss.value.size() && loss.step[i] <= until; ++i)
    jumps.push_back(std::fabs(loss.value[i] - loss.value[i - 1]));
  return 1.0484 * median(jumps);  // 1.4826 / sqrt 2
}

struct Leap {
  std::size_t low, begin, top;  ///< rows of the loss
};

/// The greatest rise over the least value so far, in the losses up to the step `until`.
std::optional<Leap> greatest_rise(const RecordedCurve& loss, double until, double at_least) {
  std::size_t low = 0;
  std::optional<Leap> out;
  for (std::size_t i = 1; i < loss.step.size() && loss.step[i] <= until; ++i) {
    if (loss.value[i] < loss.value[low]) low = i;
    const double rise = loss.value[i] - loss.value[low];
    if (rise > at_least) {
      at_least = rise;
      out = {low, low, i};
    }
  }
  if (!out) return out;
  while (out->begin + 1 < out->top && loss.value[out->begin + 1] - loss.value[out->low] < 0.2 * at_least)
    ++out->begin;
  ++out->begin;
  return out;
}

Found early_leap(const Seen& seen) {
  const double span = seen.to - seen.from;
  const auto top = std::max_element(seen.lr.value.begin(), seen.lr.value.end());
  const double peak =
      seen.lr.empty() ? seen.from : seen.lr.step[static_cast<std::size_t>(top - seen.lr.value.begin())];
  const double until = std::min(std::max(peak, seen.from) + 0.1 * span, seen.from + 0.5 * span);
  const std::optional<Leap> leap =
      greatest_rise(seen.loss, until, std::max(0.2 * seen.fall, 6 * noise(seen.loss, until)));
  if (!leap) return {};
  const double step = seen.loss.step[leap->begin], low = seen.loss.value[leap->low],
               high = seen.loss.value[leap->top];
  if (seen.lr.empty())
    return Finding{
        Kind::early_leap, step, {step, low, high}, "The loss leaps from {1} to {2} at step {0}.", 15};
  const double rate = value_at(seen.lr, step);
  const bool rises = seen.lr.value.front() < 0.9 * *top;
  return Finding{
      Kind::early_leap,
      step,
      {step, low, high, rate},
      rises
          ? "The warm-up is too short: the loss leaps from {1} to {2} at step {0}, where the rate passes {3}."
          : "There is no warm-up, and the first rate is high: the loss leaps from {1} to {2} at step {0}, at "
            "the rate {3}.",
      15};
}

Found plateau(const Seen& seen) {
  const RecordedCurve& l = seen.levels;
  const std::size_t n = l.step.size();
  // A loss that has all but vanished has nowhere left to fall.
  if (n < least_losses || seen.lr.empty() || !(seen.fall > 0) ||
      std::fabs(seen.lowest) < 1e-3 * std::fabs(l.value[0]))
    return {};
  std::vector<double> least_after(l.value);
  for (std::size_t b = n - 1; b-- > 0;) least_after[b] = std::min(least_after[b], least_after[b + 1]);
  double least_before = l.value[0];
  std::size_t since = 1;
  for (; since < n && least_after[since] < least_before - 0.02 * seen.fall; ++since)
    least_before = std::min(least_before, l.value[since]);
  if (since >= n || 4 * (n - since) < n) return {};
  std::vector<double> rates;
  for (std::size_t i = 0; i < seen.lr.step.size(); ++i)
    if (seen.lr.step[i] >= l.step[since]) rates.push_back(seen.lr.value[i]);
  if (rates.empty()) rates.push_back(seen.lr.value.back());
  const double rate = median(rates), share = rate / highest(seen.lr);
  if (!(share >= 0.3)) return {};
  const std::vector<double> values = {
      l.step[since], median({l.value.begin() + static_cast<std::ptrdiff_t>(since), l.value.end()}), rate,
      100 * share};
  return Finding{Kind::plateau, l.step[since], values,
                 "The loss stays near {1} from step {0} on, while the rate is still {2}, {3} % of its "
                 "highest: it could fall "
                 "there.",
                 5};
}

Found rate_spent(const Seen& seen) {
  const RecordedCurve& lr = seen.lr;
  if (lr.step.size() < 2) return {};
  std::size_t since = lr.step.size();
  while (since > 0 && lr.value[since - 1] <= 0.01 * highest(lr)) --since;
  if (since == lr.step.size() || since == 0) return {};
  const double share = (lr.step.back() - lr.step[since]) / (lr.step.back() - lr.step.front());
  if (!(share >= 0.2)) return {};
  return Finding{Kind::rate_spent,
                 lr.step[since],
                 {lr.step[since], 100 * share},
                 "For the last {1} % of the steps, from step {0} on, the rate is below a hundredth of its "
                 "highest: they hardly "
                 "move anything.",
                 6};
}

Found validation_rises(const Recording& recording, const Seen& seen) {
  const RecordedCurve val = finite(recording.val_loss);
  if (val.step.size() < 4 || seen.loss.empty()) return {};
  const auto best =
      static_cast<std::size_t>(std::min_element(val.value.begin(), val.value.end()) - val.value.begin());
  const double least = val.value[best], last = median({val.value.end() - 3, val.value.end()});
  const double rise = last - least, fall = val.value.front() - least;
  const bool late = best + 3 > val.step.size();
  if (late || !(rise > 0.1 * fall) || !(rise > 0.02 * std::fabs(least))) return {};
  if (!(seen.levels.value.back() < value_at(seen.levels, val.step[best]))) return {};
  return Finding{Kind::validation_rises,
                 val.step[best],
                 {val.step[best], least, last},
                 "The validation loss is lowest at step {0}, {1}, and rises to {2} while the training loss "
                 "goes on falling: "
                 "later steps overfit.",
                 16};
}

Found still_falling(const Seen& seen) {
  const std::size_t n = seen.levels.step.size(), fifth = n - n / 5 - 1;
  if (n < least_losses || !(seen.fall > 0)) return {};
  const double share = (seen.levels.value[fifth] - seen.levels.value[n - 1]) / seen.fall;
  if (!(share >= 0.1)) return {};
  return Finding{Kind::still_falling,
                 seen.levels.step[fifth],
                 {seen.levels.step[fifth], 100 * share},
                 "The loss is still falling at the end: the steps from {0} on brought {1} % of the whole "
                 "fall. More steps or a "
                 "higher rate would bring more.",
                 2};
}

}  // namespace

std::vector<Finding> findings(const Recording& recording) {
  const Seen seen = look(recording);
  std::vector<Finding> out;
  const auto add = [&](Found found) {
    if (found) out.push_back(std::move(*found));
  };
  add(diverged(recording, seen));
  const bool lost = !out.empty();
  if (!lost && seen.loss.step.size() >= least_losses) {
    add(early_leap(seen));
    add(plateau(seen));
  }
  add(rate_spent(seen));
  if (lost || seen.loss.step.size() < least_losses) return out;
  add(validation_rises(recording, seen));
  add(still_falling(seen));
  return out;
}

std::string sentence(const Finding& finding) {
  std::string out;
  for (const char* c = finding.words; *c; ++c) {
    if (*c != '{') {
      out += *c;
      continue;
    }
    char digits[40];
    const double value = finding.values[static_cast<std::size_t>(c[1] - '0')];
    std::snprintf(digits, sizeof digits,
                  value == std::floor(value) && std::fabs(value) < 1e15 ? "%.0f" : "%.3g", value);
    out += digits;
    c += 2;
  }
  return out;
}

}  // namespace stride
