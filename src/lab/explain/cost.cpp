#include "lab/explain/cost.h"

#include <algorithm>
#include <chrono>
#include <limits>

#include "core/many_runs.h"
#include "core/math/digits.h"
#include "core/optimizers/custom/custom_rule.h"
#include "imgui.h"
#include "lab/studies/take_values.h"
#include "text/text.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

volatile double sink;  // keeps the work from being optimised away

/// The shortest of some rounds, each long enough for the coarse clocks of browsers.
double update_nanoseconds(const Settings& optimizer) {
  using Clock = std::chrono::steady_clock;
  constexpr int lanes = 512, steps = 64, rounds = 3;
  constexpr double round_ms = 1.5;
  double best = std::numeric_limits<double>::infinity();
  for (int round = 0; round < rounds; ++round) {
    const auto begin = Clock::now();
    int calls = 0;
    double ms = 0;
    do {
      sink = bench_update(optimizer, lanes, steps);
      ++calls;
      ms = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
    } while (ms < round_ms);
    best = std::min(best, ms * 1e6 / (2.0 * lanes * steps * calls));
  }
  return best;
}

/// How many numbers it keeps from step to step for each parameter, as it is set: those that the rule's lines
/// compute, and those that it keeps unnamed.
int numbers_kept(const Settings& settings, std::span<const Term> terms) {
  const Optimizer& o = optimizers()[static_cast<size_t>(settings.row)];
  if (const auto rule = hyper_of(settings).rule)
    return static_cast<int>(std::count(rule->kept.begin(), rule->kept.end(), true));
  return static_cast<int>(std::count_if(o.rule.state.begin(), o.rule.state.end(), [&](const char* name) {
    return !*name || std::any_of(terms.begin(), terms.end(), [&](const Term& t) { return t.symbol == name; });
  }));
}

}  // namespace

void cost_line(Cost& cost, const Settings& settings, std::span<const Term> terms) {
  const auto measured = [&] { return cost.row == settings.row && cost.rule == settings.formula; };
  if (!measured() && !ImGui::IsAnyItemActive()) {
    const Settings plain = default_run(find_optimizer("SGD")).optimizer;
    cost = {settings.row, settings.formula, update_nanoseconds(settings), 0};
    cost.plain = settings.row == plain.row ? cost.nanoseconds : update_nanoseconds(plain);
  }
  if (!measured()) return;
  const int kept = numbers_kept(settings, terms);
  text(tr_count(kept, "Keeps 1 number for each parameter.", "Keeps {0} numbers for each parameter.") + " " +
           tr("An update takes {0} ns here, {1} × plain descent.",
              {readable(to_digits(cost.nanoseconds, 2)),
               readable(to_digits(cost.nanoseconds / cost.plain, 2))}),
       TextLook::muted, true);
}

}  // namespace stride::lab
