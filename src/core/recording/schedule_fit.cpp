// The search for the schedule behind a recorded rate: clocks, families, tolerances, and the shortest numbers.
#include "core/recording/schedule_fit.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <string>

#include "core/recording/fit_parts.h"
#include "core/trajectory.h"

namespace stride {

namespace {

using fit::Candidate;
using fit::Candidates;
using fit::Samples;
using fit::Tolerance;

struct Recorded {
  std::vector<double> step, rate;
  std::vector<int> row;
};

Recorded usable(const RecordedCurve& lr) {
  Recorded out;
  for (std::size_t i = 0; i < lr.step.size(); ++i)
    if (std::isfinite(lr.value[i]) && lr.value[i] >= 0) {
      out.step.push_back(lr.step[i]);
      out.rate.push_back(lr.value[i]);
      out.row.push_back(static_cast<int>(i));
    }
  return out;
}

// ---- clocks

struct Timing {
  double first = 0, every = 1;
  bool by_row = false;
};

/// The greatest number of which all differences from `first` are multiples; 0: some are no whole numbers.
double common_step(const std::vector<double>& steps, double first) {
  long long divisor = 0;
  for (const double step : steps) {
    const double since = step - first;
    if (!(since >= 0 && since < 1e15) || since != std::floor(since)) return 0;
    divisor = std::gcd(divisor, static_cast<long long>(since));
  }
  return static_cast<double>(std::max(divisor, 1LL));
}

/// Steps as they were logged, from their first, in their common unit where they are too many, and rows.
std::vector<Timing> timings(const std::vector<double>& steps) {
  std::vector<Timing> out;
  for (const double first : {0.0, steps.front()}) {
    const double unit = common_step(steps, first), last = steps.back() - first;
    if (unit == 0) continue;
    if (last <= max_steps) out.push_back({first, 1});
    if (last > max_steps && last / unit <= max_steps) out.push_back({first, unit});
  }
  out.push_back({0, 1, true});
  return out;
}

int time_of(const Timing& clock, double step, int row) {
  return clock.by_row ? row : static_cast<int>((step - clock.first) / clock.every);
}

Samples samples_of(const Recorded& recorded, const Timing& clock, Tolerance tolerance) {
  std::vector<int> t;
  for (std::size_t i = 0; i < recorded.step.size(); ++i)
    t.push_back(time_of(clock, recorded.step[i], recorded.row[i]));
  return fit::make_samples(std::move(t), recorded.rate, tolerance);
}

// ---- what digits the log has

constexpr int most_printed = 7;

/// Of a number that was printed with few digits: how many; otherwise more than `most_printed`.
int digits_of(double value, int& decimals) {
  char text[40];
  for (int digits = 1; digits <= most_printed; ++digits) {
    std::snprintf(text, sizeof text, "%.*e", digits - 1, value);
    if (std::strtod(text, nullptr) != value) continue;
    const int exponent = std::atoi(text + std::string(text).find('e') + 1);
    decimals = std::max(0, digits - 1 - exponent);
    return digits;
  }
  return most_printed + 1;
}

/// How far rounding may have moved the rates: first as numbers in double precision, of which a sum near zero keeps less,
/// then as in single, then as they were printed.
std::vector<Tolerance> tolerances(const Recorded& recorded, double top) {
  const bool single = std::all_of(recorded.rate.begin(), recorded.rate.end(),
                                  [](double r) { return static_cast<double>(static_cast<float>(r)) == r; });
  std::vector<Tolerance> out = {{1e-14 * top, 1e-9}, {1e-12 * top, 1e-9}, {1e-9 * top, 1e-9}};
  if (single) out.clear();
  out.push_back({1e-9 * top, 3e-7, single ? 1.2e-7 : 1e-15});
  int most = 0, decimals = 0;
  for (const double r : recorded.rate) {
    int after_point = 0;
    if (most > most_printed) break;
    if (r > 0) most = std::max(most, digits_of(r, after_point));
    decimals = std::max(decimals, after_point);
  }
  if (most >= 3 && most <= most_printed) {
    double relative = 6, absolute = 0.6;
    for (int i = 0; i < most; ++i) relative /= 10;
    for (int i = 0; i < decimals; ++i) absolute /= 10;
    out.push_back({absolute, relative, 1e-15, true});
  }
  return out;
}

// ---- tidying

double rounded(double value, int digits) {
  char text[40];
  std::snprintf(text, sizeof text, "%.*e", digits - 1, value);
  return std::strtod(text, nullptr);
}

double error_of(const Candidate& c, const Samples& s) {
  double worst = 0;
  for (const int i : s.probe) {
    const auto k = static_cast<std::size_t>(i);
    worst = std::max(worst, std::fabs(fit::rate_at(c.schedule, c.base, s.t[k], s.last()) - s.r[k]));
  }
  return worst;
}

/// Of all numbers that explain the samples as well, the one with the fewest digits.
template <class Set>
void tidy_number(Candidate& c, const Samples& s, double value, Set set) {
  const double as_good = std::max(2 * error_of(c, s), s.tolerance.grain * s.top());
  for (int digits = 0; digits < 16; ++digits) {
    Candidate tidier = c;
    set(tidier, digits == 0 ? 0 : rounded(value, digits));
    if (error_of(tidier, s) > as_good || !explains(tidier, s)) continue;
    c = tidier;
    return;
  }
}

void tidy(Candidate& c, const Samples& s) {
  const Schedule& row = schedules()[static_cast<std::size_t>(c.schedule.row)];
  if (!row.sets_rate) tidy_number(c, s, c.base, [](Candidate& to, double v) { to.base = v; });
  const auto each = [&](const Settings& spec, auto spec_in) {
    const auto& params = schedules()[static_cast<std::size_t>(spec.row)].params;
    for (std::size_t i = 0; i < params.size(); ++i)
      // What stands at its default may not matter to the rate, and any number would do.
      if (params[i].kind == Param::Kind::number && !spec_in(c).values[i].empty() &&
          spec_in(c).values[i] != params[i].fallback)
        tidy_number(c, s, spec_in(c).values[i][0],
                    [&](Candidate& to, double v) { spec_in(to).values[i][0] = v; });
  };
  const Settings whole = c.schedule;
  each(whole, [](Candidate& to) -> Settings& { return to.schedule; });
  for (std::size_t k = 0; k < whole.nested.size(); ++k)
    each(whole.nested[k], [k](Candidate& to) -> Settings& { return to.schedule.nested[k]; });
  if (row.sets_rate) c.base = c.schedule.number(find_param(row.params, "max_lr"));
}

// ---- the search

ScheduleFit fit_of(const Candidate& c, const Samples& s, const Timing& clock, bool exact) {
  ScheduleFit out{c.base, c.schedule, std::max(1, s.last()), clock.first, clock.every, clock.by_row,
                  exact,  0};
  for (int i = 0; i < s.size(); ++i) {
    const auto k = static_cast<std::size_t>(i);
    out.error = std::max(out.error, std::fabs(fit::rate_at(c.schedule, c.base, s.t[k], s.last()) - s.r[k]));
  }
  out.error /= s.top();
  return out;
}

std::optional<Candidate> recognised(const Samples& s) {
  // Straight lines between a handful of points are simpler than two schedules in turn.
  const auto lines = [](const Samples& all) { return fit::drawn(all, std::min(4, all.size() / 3)); };
  const std::function<Candidates(const Samples&)> families[] = {fit::levels,  fit::curves, fit::cycles,
                                                                fit::warmups, lines,       fit::sequences};
  for (const auto& family : families)
    for (Candidate& c : family(s))
      if (explains(c, s)) {
        tidy(c, s);
        return std::move(c);
      }
  return std::nullopt;
}

/// A drawn curve of few points is as good a word for a rate.
std::optional<Candidate> drawn_with_few(const Samples& s) {
  for (Candidate& c : fit::drawn(s, std::max(2, std::min(12, s.size() / 4)))) return std::move(c);
  return std::nullopt;
}

/// A curve through the samples, as close as a scenario's list of points allows.
ScheduleFit drawn_fit(Samples s, const Timing& clock) {
  constexpr int most = 400;
  for (double share = 1e-9;; share *= 3) {
    s.tolerance = {share * s.top(), 0};
    for (const Candidate& c : fit::drawn(s, most)) return fit_of(c, s, clock, share < 1e-8);
  }
}

}  // namespace

std::optional<ScheduleFit> fit_schedule(const RecordedCurve& lr) {
  const Recorded recorded = usable(lr);
  if (recorded.rate.empty()) return std::nullopt;
  const double top = *std::max_element(recorded.rate.begin(), recorded.rate.end());
  if (!(top > 0)) return std::nullopt;
  const std::vector<Timing> all = timings(recorded.step);
  for (const auto search : {recognised, drawn_with_few})
    for (const Tolerance& tolerance : tolerances(recorded, top))
      for (const Timing& clock : all) {
        const Samples s = samples_of(recorded, clock, tolerance);
        if (const std::optional<Candidate> c = search(s)) return fit_of(*c, s, clock, true);
      }
  return drawn_fit(samples_of(recorded, all.front(), {}), all.front());
}

double schedule_time(const ScheduleFit& fit, double step, int row) {
  return time_of({fit.first, fit.every, fit.by_row}, step, row);
}

}  // namespace stride
