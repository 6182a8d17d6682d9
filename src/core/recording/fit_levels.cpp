// Rates that stand still between jumps: constant, one raised later, step decay, milestones, an inverse time in stairs.
#include <algorithm>
#include <cmath>

#include "core/math/math.h"
#include "core/recording/fit_parts.h"

namespace stride::fit {

namespace {

struct Level {
  int first, last;  ///< steps between which the rate was seen to stand still
  double value;
};

std::vector<Level> levels_of(const Samples& s) {
  // Drops go on however low the rate is: here its size counts, not that of the highest.
  const Tolerance same{s.tolerance.printed ? s.tolerance.absolute : 0, s.tolerance.relative};
  std::vector<Level> out;
  for (std::size_t i = 0; i < s.t.size(); ++i)
    if (!out.empty() && same.holds(out.back().value, s.r[i]))
      out.back().last = s.t[i];
    else
      out.push_back({s.t[i], s.t[i], s.r[i]});
  return out;
}

/// Stairs of one factor: how many drops lie between two levels that were seen, and the factor of one.
struct Stairs {
  double factor = 0;
  std::vector<int> drops;  ///< since the first level, of each level
};

Stairs stairs_of(const std::vector<Level>& levels) {
  double least = no_limit;
  for (std::size_t i = 1; i < levels.size(); ++i) {
    if (!(levels[i].value > 0)) return {};
    const double ratio = math::log(levels[i].value / levels[i - 1].value);
    if (std::fabs(ratio) < std::fabs(least)) least = ratio;
  }
  Stairs out{0, {0}};
  for (std::size_t i = 1; i < levels.size(); ++i) {
    const double drops = math::log(levels[i].value / levels[i - 1].value) / least;
    if (!(drops > 0.5 && drops < 1000)) return {};
    out.drops.push_back(out.drops.back() + static_cast<int>(drops + 0.5));
  }
  out.factor = math::exp(math::log(levels.back().value / levels.front().value) / out.drops.back());
  return out;
}

/// The lengths of one step of the stairs with which each level was seen where it was.
std::vector<int> step_sizes(const std::vector<Level>& levels, const std::vector<int>& drops, int before) {
  double low = 0, high = 1e6;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const int k = before + drops[i];
    low = std::max(low, levels[i].last / (k + 1.0));
    if (k > 0) high = std::min(high, levels[i].first / static_cast<double>(k));
  }
  return round_numbers(low, high, 20);
}

Candidate milestones(const std::vector<Level>& levels, const Stairs& stairs) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < levels.size(); ++i) {
    const std::vector<int> at = round_numbers(levels[i - 1].last, levels[i].first, 1);
    for (int k = stairs.drops[i - 1]; k < stairs.drops[i]; ++k) steps.push_back(at.empty() ? 0 : at[0]);
  }
  return {levels.front().value, make("MultiStepLR", {{"milestones", steps}, {"gamma", {stairs.factor}}})};
}

void add_step_decay(const std::vector<Level>& levels, Candidates& out) {
  constexpr std::size_t most = 1000;  // milestones
  const Stairs stairs = stairs_of(levels);
  if (stairs.drops.size() != levels.size()) return;
  // With one drop there is no telling that there would be another.
  if (stairs.drops.back() > 1)
    for (int before = 0; before < 3; ++before)
      for (const int size : step_sizes(levels, stairs.drops, before))
        out.push_back({levels.front().value / math::pow(stairs.factor, before),
                       make("StepLR", {{"step_size", {double(size)}}, {"gamma", {stairs.factor}}})});
  if (static_cast<std::size_t>(stairs.drops.back()) <= most) out.push_back(milestones(levels, stairs));
}

/// base / (1 + k floor(t / every)): the inverses of the levels lie evenly.
void add_staircase(const std::vector<Level>& levels, Candidates& out) {
  if (levels.size() < 3 || !(levels.back().value > 0)) return;
  double least = no_limit;
  for (std::size_t i = 1; i < levels.size(); ++i)
    least = std::min(least, 1 / levels[i].value - 1 / levels[i - 1].value);
  if (!(least > 0)) return;
  std::vector<int> drops;
  for (const Level& l : levels) {
    const double count = (1 / l.value - 1 / levels[0].value) / least;
    if (!(count < 1e6)) return;
    drops.push_back(static_cast<int>(count + 0.5));
  }
  const double k = (1 / levels.back().value - 1 / levels[0].value) / drops.back() * levels[0].value;
  for (const int every : step_sizes(levels, drops, 0))
    out.push_back({levels[0].value,
                   make("LambdaLR", {{"lambda", {1}}, {"k", {k}}, {"every", {static_cast<double>(every)}}})});
}

}  // namespace

Candidates levels(const Samples& s) {
  const std::vector<Level> seen = levels_of(s);
  Candidates out;
  if (seen.size() == 1) out.push_back({seen[0].value, make("constant", {})});
  if (seen.size() == 2 && seen[0].value < seen[1].value)
    for (const int until : round_numbers(seen[0].last, seen[1].first, 1))
      out.push_back({seen[1].value, make("ConstantLR", {{"factor", {seen[0].value / seen[1].value}},
                                                        {"total_iters", {static_cast<double>(until)}}})});
  // Rates that change at every sample are curves.
  if (seen.size() > 1 && 2 * seen.size() <= s.t.size() + 1) {
    add_step_decay(seen, out);
    add_staircase(seen, out);
  }
  return out;
}

}  // namespace stride::fit
