// The row of the rule of one's own.
#include "core/optimizers/custom/custom_lanes.h"
#include "core/optimizers/optimizer_rows.h"

namespace stride::rows {

namespace {

struct Custom {
  template <class T>
  static void init(const Hyper&, Clock& clock, Lanes<T>&) {
    clock = {};
  }
  template <class T>
  static void step(const Hyper& h, Clock& clock, Lanes<T>& b) {
    step_custom(*h.rule, clock, b);
  }
};

}  // namespace

std::span<const Optimizer> custom() {
  static constexpr Optimizer rows[] = {
      row<Custom>("Custom", "Custom", "A rule of your own, a few lines for each parameter.", "your own",
                  CustomRule::max_names, 0, -1, false,
                  {rate(1e-2),
                   {.key = "rule",
                    .kind = Kind::rule,
                    .help = "Lines name = formula, for each parameter p with its gradient g: lr is the "
                            "rate of the step, t its number from 1; a name of your own begins at 0.",
                    .text = "m = 0.9*m + g\np = p - lr*m"}},
                  {})};
  return rows;
}

}  // namespace stride::rows
