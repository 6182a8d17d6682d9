// The rows of rules whose answer is an average of their path.
#include "core/optimizers/optimizer_rows.h"

namespace stride::rows {

namespace {

constexpr Params schedule_free(Params first) {
  first.push_back(weight_decay(0));
  first.push_back({.key = "warmup_steps",
                   .kind = Kind::integer,
                   .fallback = {0},
                   .min = 0,
                   .max = 100000,
                   .slider_max = 200,
                   .unit = "steps",
                   .help = "The rate grows in a line over the first steps."});
  first.push_back(
      {.key = "r",
       .fallback = {0},
       .min = 0,
       .max = 100,
       .slider_max = 10,
       .help = "Weights step t of the average by t to this power: more forgets the start sooner."});
  first.push_back({.key = "weight_lr_power",
                   .fallback = {2},
                   .min = 0,
                   .max = 100,
                   .slider_max = 4,
                   .help = "Weights each step of the average by the largest rate so far to this power."});
  return first;
}

/// x of y = (1 - beta) z + beta x.
double schedule_free_average(const Hyper& hyper, double y, double z) {
  return y + (1 / hyper.values[1] - 1) * (y - z);
}

}  // namespace

std::span<const Optimizer> averaging() {
  static constexpr Param momentum = {.key = "momentum",
                                     .fallback = {0.9},
                                     .min = 0,
                                     .max = 1,
                                     .open_min = true,
                                     .open_max = true,
                                     .slider_min = 0.01,
                                     .slider_max = 0.999,
                                     .help = "How near to the average the gradient is taken."};
  static constexpr Param pair = [] {
    Param p = betas(0.9, 0.999,
                    "How near to the average the gradient is taken; what the average of squares keeps.");
    p.open_min = true;
    return p;
  }();
  static constexpr Optimizer rows[] = {
      with_average(
          row<rules::AsgdRun>("ASGD", "Averaged SGD",
                              "Gradient descent with a fading rate; the average of its path is the answer.",
                              "Polyak and Juditsky 1992", 1, 1, -1, true,
                              {rate(1e-2),
                               {.key = "lambd",
                                .fallback = {1e-4},
                                .min = 0,
                                .log = true,
                                .slider_min = 1e-6,
                                .slider_max = 1,
                                .help = "How soon the rate fades, and how much the parameters shrink."},
                               {.key = "alpha",
                                .fallback = {0.75},
                                .min = 0,
                                .slider_max = 2,
                                .help = "Power with which the rate fades."},
                               {.key = "t0",
                                .fallback = {1e6},
                                .min = 0,
                                .log = true,
                                .slider_min = 1,
                                .slider_max = 1e6,
                                .unit = "steps",
                                .help = "Averaging starts after this many steps."},
                               weight_decay(0)},
                              {{"Λ", "α", "t₀", "λ"},
                               {"a"},
                               {"h"},
                               {},
                               {decayed,
                                {"h", "η", "the faded rate begins as the rate", "t = 1", Role::rate},
                                {"η′", "h", "the faded rate of this step", "", Role::rate},
                                {"Δ", "h (g + Λ θ)", the_step, "", Role::step},
                                take_step,
                                {"a", "a + (θ − a)/max(1, t − 1 − t₀)", "the average of the path"},
                                {"h", "η/(1 + Λ η t)^α", "the faded rate of the next step"}}}),
          [](const Hyper&, double, double mean) { return mean; }),
      with_average(
          row<rules::ScheduleFree<false>>(
              "ScheduleFreeSGD", "Schedule-free SGD",
              "Averages its path instead of lowering the rate; the path shown is where gradients are taken.",
              "Defazio et al. 2024, arXiv 2405.15682, eq. 3-5", 1, 4, -1, false,
              schedule_free({rate(1), momentum}),
              {{"β", "λ", "W", "r", "p"},
               {"z"},
               {"M", "S"},
               {},
               {{"k", "1", "warm-up", "t > W"},
                {"k", "t/W", "warm-up: the rate grows in a line", "t ≤ W"},
                {"γ", "k η", "the rate"},
                {"M", "max(M, γ)", "the largest rate so far"},
                {"w", "t^r M^p", "weight of this step in the average"},
                {"S", "S + w", "sum of the weights"},
                {"c", "w/S", "how far the average moves", "S > 0"},
                {"c", "0", "how far the average moves", "S = 0"},
                {"η′", "γ", "every coordinate gets the same rate", "", Role::rate},
                {"d", "g", "the gradient", "λ = 0"},
                {"d", "g + λ θ", "the gradient with weight decay", "λ > 0"},
                {"Δ", "γ (1 − β (1 − c)) d − c (z − θ)", "the step of the point where gradients are taken",
                 "", Role::step},
                take_step,
                {"z", "z − γ d", "the fast point"}},
               {{"z", "θ"}}}),
          schedule_free_average),
      with_average(
          row<rules::ScheduleFree<true>>(
              "ScheduleFreeAdamW", "Schedule-free AdamW",
              "AdamW that averages its path instead of lowering the rate.",
              "Defazio et al. 2024, arXiv 2405.15682, algorithm 1", 2, 4, -1, false,
              schedule_free({rate(2.5e-3), pair, eps(1e-8)}),
              {{"β₁", "β₂", "ε", "λ", "W", "r", "p"},
               {"z", "v"},
               {"M", "S"},
               {},
               {{"k", "1", "warm-up", "t > W"},
                {"k", "t/W", "warm-up: the rate grows in a line", "t ≤ W"},
                {"v", "β₂ v + (1 − β₂) g²", square_average, "", Role::size},
                {"v̂", "v/(1 − β₂^t)", "average of squares, corrected for starting at zero", "", Role::size},
                {"γ", "k η", "the rate"},
                {"M", "max(M, γ)", "the largest rate so far"},
                {"w", "t^r M^p", "weight of this step in the average"},
                {"S", "S + w", "sum of the weights"},
                {"c", "w/S", "how far the average moves", "S > 0"},
                {"c", "0", "how far the average moves", "S = 0"},
                {"η′", "γ/(√v̂ + ε)", own_rate, "", Role::rate},
                {"d", "g/(√v̂ + ε)", "the scaled gradient", "λ = 0"},
                {"d", "g/(√v̂ + ε) + λ θ", "the scaled gradient, with weight decay", "λ > 0"},
                {"Δ", "γ (1 − β₁ (1 − c)) d − c (z − θ)", "the step of the point where gradients are taken",
                 "", Role::step},
                take_step,
                {"z", "z − γ d", "the fast point"}},
               {{"z", "θ"}}}),
          schedule_free_average),
  };
  return rows;
}

}  // namespace stride::rows
