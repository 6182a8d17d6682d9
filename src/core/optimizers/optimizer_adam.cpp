// The rows of Adam and its kin.
#include "core/optimizers/optimizer_rows.h"

namespace stride::rows {

namespace {

/// Both of Adam's: the weight decay comes first, in its own way.
constexpr RuleText adam_rule(RuleLine decay) {
  return {
      {"β₁", "β₂", "ε", "λ", "amsgrad"},
      {"m", "v", "w"},
      {},
      {},
      {decay,
       {"m", "β₁ m + (1 − β₁) g", average, "", Role::velocity},
       {"v", "β₂ v + (1 − β₂) g²", square_average},
       {"w", "max(w, v)", "the largest average of squares so far", "amsgrad"},
       {"m̂", "m/(1 − β₁^t)", "velocity, corrected for starting at zero", "", Role::velocity},
       {"v̂", "v/(1 − β₂^t)", "average of squares, corrected for starting at zero", "amsgrad = 0", Role::size},
       {"v̂", "w/(1 − β₂^t)", "largest average of squares, corrected for starting at zero", "amsgrad",
        Role::size},
       {"η′", "η/((1 − β₁^t) (√v̂ + ε))", own_rate, "", Role::rate},
       {"Δ", "η m̂/(√v̂ + ε)", the_step, "", Role::step},
       take_step}};
}

constexpr Params adam_params(double lr, double decay, bool decoupled) {
  return {rate(lr), betas(0.9, 0.999, adam_betas), eps(1e-8), weight_decay(decay, decoupled)};
}

constexpr Params with(Params params, Param last) {
  params.push_back(last);
  return params;
}

}  // namespace

std::span<const Optimizer> adams() {
  static constexpr Param decoupled =
      toggle("decoupled_weight_decay", false, "Weight decay as in AdamW, apart from the step.");
  static constexpr RuleLine coupled_decay = {"g", "g + λ θ", "the gradient with weight decay",
                                             "λ > 0, decoupled = 0", Role::gradient};
  static constexpr RuleLine decoupled_decay = {"θ", "(1 − η λ) θ", "weight decay, apart from the step",
                                               "λ decoupled > 0", Role::position};
  static constexpr Param amsgrad =
      toggle("amsgrad", false, "Divides by the largest average of squares so far.");
  static constexpr Optimizer rows[] = {
      row<Either<rules::Adam<false, false>, rules::Adam<false, true>, 5>>(
          "Adam", "Adam",
          "Momentum divided by the root of the average square: steps of about the rate's length.",
          "Kingma and Ba 2014, arXiv 1412.6980, algorithm 1", 3, 0, 1, true,
          with(adam_params(1e-3, 0, false), amsgrad), adam_rule(decayed)),
      row<Either<rules::Adam<true, false>, rules::Adam<true, true>, 5>>(
          "AdamW", "AdamW", "Adam whose weight decay does not pass through the averages.",
          "Loshchilov and Hutter 2017, arXiv 1711.05101, algorithm 2", 3, 0, 1, true,
          with(adam_params(1e-3, 1e-2, true), amsgrad),
          adam_rule({"θ", "(1 − η λ) θ", "weight decay, apart from the step", "λ > 0", Role::position})),
      row<Plain<rules::Adamax>>(
          "Adamax", "Adamax", "Adam that divides by the largest recent gradient.",
          "Kingma and Ba 2014, arXiv 1412.6980, algorithm 2", 2, 0, 1, true, adam_params(2e-3, 0, false),
          {{"β₁", "β₂", "ε", "λ"},
           {"m", "u"},
           {},
           {},
           {decayed,
            {"m", "β₁ m + (1 − β₁) g", average, "", Role::velocity},
            {"u", "max(β₂ u, |g| + ε)", "the largest recent gradient"},
            {"m̂", "m/(1 − β₁^t)", "velocity, corrected for starting at zero", "", Role::velocity},
            {"η′", "η/((1 − β₁^t) u)", own_rate, "", Role::rate},
            {"Δ", "η m̂/u", the_step, "", Role::step},
            take_step}}),
      row<Plain<rules::NAdam>>(
          "NAdam", "NAdam", "Adam that looks ahead along its momentum.", "Dozat 2016, algorithm 2", 2, 0, 1,
          true,
          with(with(adam_params(2e-3, 0, false),
                    {.key = "momentum_decay",
                     .fallback = {4e-3},
                     .min = 0,
                     .slider_max = 0.1,
                     .help = "How fast the momentum grows from half to all of the first beta."}),
               decoupled),
          {{"β₁", "β₂", "ε", "λ", "ψ", "decoupled"},
           {"m", "v"},
           {},
           {"", "", "", "", "P"},
           {coupled_decay,
            decoupled_decay,
            {"μ", "β₁ (1 − 0.5 · 0.96^(t ψ))", "momentum of this step"},
            {"μ₂", "β₁ (1 − 0.5 · 0.96^((t + 1) ψ))", "momentum of the next step"},
            {"P", "μ", "product of the momenta so far", "t = 1"},
            {"P", "P μ", "product of the momenta so far", "t > 1"},
            {"m", "β₁ m + (1 − β₁) g", average, "", Role::velocity},
            {"v", "β₂ v + (1 − β₂) g²", square_average},
            {"m̂", "μ₂ m/(1 − P μ₂) + (1 − μ) g/(1 − P)", "velocity, one step ahead, corrected", "",
             Role::velocity},
            {"v̂", "v/(1 − β₂^t)", "average of squares, corrected for starting at zero", "", Role::size},
            {"η′", "η/(√v̂ + ε)", own_rate, "", Role::rate},
            {"Δ", "η′ m̂", the_step, "", Role::step},
            take_step}}),
      row<Plain<rules::RAdam>>(
          "RAdam", "RAdam", "Adam that starts as plain momentum until its averages can be trusted.",
          "Liu et al. 2019, arXiv 1908.03265, algorithm 2", 2, 0, 1, true,
          with(adam_params(1e-3, 0, false), decoupled),
          {{"β₁", "β₂", "ε", "λ", "decoupled"},
           {"m", "v"},
           {},
           {},
           {coupled_decay,
            decoupled_decay,
            {"m", "β₁ m + (1 − β₁) g", average, "", Role::velocity},
            {"v", "β₂ v + (1 − β₂) g²", square_average},
            {"m̂", "m/(1 − β₁^t)", "velocity, corrected for starting at zero", "", Role::velocity},
            {"ρ₀", "2/(1 − β₂) − 1", "length of the average of squares in the end"},
            {"ρ", "ρ₀ − 2 t β₂^t/(1 − β₂^t)", "its length so far: trusted above 5"},
            {"r", "√((ρ − 4) (ρ − 2) ρ₀/((ρ₀ − 4) (ρ₀ − 2) ρ))", "how far the average can be trusted",
             "ρ > 5"},
            {"v̂", "v/(1 − β₂^t)", "average of squares, corrected for starting at zero", "ρ > 5", Role::size},
            {"η′", "η/(1 − β₁^t)", "the plain rate: no trust yet", "ρ ≤ 5", Role::rate},
            {"η′", "r η √(1 − β₂^t)/((1 − β₁^t) (√v + ε))", own_rate, "ρ > 5", Role::rate},
            {"Δ", "η′ m", the_step, "", Role::step},
            take_step}}),
  };
  return rows;
}

}  // namespace stride::rows
