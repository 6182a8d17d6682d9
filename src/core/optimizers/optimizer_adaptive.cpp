// The rows of rules with a rate for each coordinate.
#include "core/optimizers/optimizer_rows.h"

namespace stride::rows {

std::span<const Optimizer> adaptive() {
  static constexpr Optimizer rows[] = {
      row<Plain<rules::Adagrad>>(
          "Adagrad", "Adagrad",
          "Divides the rate by the root of all squared gradients so far: it only slows down.",
          "Duchi, Hazan, Singer 2011", 1, 0, -1, true,
          {rate(1e-2),
           {.key = "lr_decay",
            .fallback = {0},
            .min = 0,
            .slider_max = 1,
            .help = "Fades the rate by 1/(1 + lr_decay t)."},
           weight_decay(0),
           {.key = "initial_accumulator_value",
            .fallback = {0},
            .min = 0,
            .slider_max = 10,
            .help = "Where the sum of squares starts; more makes the first steps shorter."},
           eps(1e-10)},
          {{"κ", "λ", "G₀", "ε"},
           {"G"},
           {},
           {},
           {decayed,
            {"G", "G + g²", "sum of all squared gradients", "", Role::size},
            {"η′", "η/(√G + ε)", own_rate, "κ = 0", Role::rate},
            {"η′", "η/((1 + κ (t − 1)) (√G + ε))", own_rate, "κ > 0", Role::rate},
            {"Δ", "η′ g", the_step, "", Role::step},
            take_step},
           {{"G", "G₀"}}}),
      row<Plain<rules::Adadelta>>(
          "Adadelta", "Adadelta", "Scales each step by the size of the steps before: units come out right.",
          "Zeiler 2012, arXiv 1212.5701, algorithm 1", 2, 0, -1, true,
          {rate(1), fraction("rho", 0.9, "How much of the running averages of squares each step keeps."),
           eps(1e-6, "Added under the roots; also how fast the first steps are."), weight_decay(0)},
          {{"ρ", "ε", "λ"},
           {"v", "u"},
           {},
           {},
           {decayed,
            {"v", "ρ v + (1 − ρ) g²", square_average, "", Role::size},
            {"d", "√(u + ε)/√(v + ε) g", "the gradient in the units of the steps before"},
            {"η′", "η √(u + ε)/√(v + ε)", own_rate, "", Role::rate},
            {"u", "ρ u + (1 − ρ) d²", "running average of the squared steps"},
            {"Δ", "η d", the_step, "", Role::step},
            take_step}}),
      row<Either<rules::RmsProp<false>, rules::RmsProp<true>, 5>>(
          "RMSprop", "RMSprop", "Divides the gradient by the root of a running average of its square.",
          "Tieleman and Hinton 2012; Graves 2013, arXiv 1308.0850, eq. 38-45 (centered)", 3, 0, 4, true,
          {rate(1e-2), fraction("alpha", 0.99, "How much of the average of squares each step keeps."),
           eps(1e-8), weight_decay(0), momentum_param("Share of the last step's velocity that is kept."),
           toggle("centered", false, "Divides by the deviation from the mean instead of the size.")},
          {{"α", "ε", "λ", "μ", "centered"},
           {"v", "b", "a"},
           {},
           {},
           {decayed,
            {"v", "α v + (1 − α) g²", square_average, "", Role::size},
            {"a", "α a + (1 − α) g", "running average of the gradient", "centered"},
            {"η′", "η/(√v + ε)", own_rate, "centered = 0", Role::rate},
            {"η′", "η/(√max(v − a², 0) + ε)", own_rate, "centered", Role::rate},
            {"b", "μ b + g/(√v + ε)", "velocity of the scaled gradient", "μ > 0, centered = 0",
             Role::velocity},
            {"b", "μ b + g/(√max(v − a², 0) + ε)", "velocity of the scaled gradient", "μ > 0, centered",
             Role::velocity},
            {"Δ", "η′ g", the_step, "μ = 0", Role::step},
            {"Δ", "η b", the_step, "μ > 0", Role::step},
            take_step}}),
  };
  return rows;
}

}  // namespace stride::rows
