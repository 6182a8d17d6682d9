// What the rows of the table of optimizers are made of: parameters that many share, and the row itself.
#pragma once

#include "core/optimizers/rules_shared.h"
#include "core/rate_param.h"

namespace stride::rows {

using Kind = Param::Kind;
using Role = RuleLine::Role;
using rules::Either;
using rules::Plain;

constexpr Param rate(double fallback) {
  return rate_param("lr", fallback, "Learning rate: the length of a step for a gradient of one.");
}

constexpr Param fraction(const char* key, double fallback, const char* help) {
  return {.key = key, .fallback = {fallback}, .min = 0, .max = 1, .slider_max = 1, .help = help};
}

constexpr Param momentum_param(const char* help) {
  return {.key = "momentum", .fallback = {0}, .min = 0, .slider_max = 0.999, .help = help};
}

constexpr Param betas(double first, double second, const char* help) {
  return {.key = "betas",
          .kind = Kind::pair,
          .fallback = {first, second},
          .min = 0,
          .max = 1,
          .open_max = true,
          .slider_max = 0.9999,
          .help = help};
}

inline constexpr const char* adam_betas =
    "How much of the running averages of the gradient and of its square each step keeps.";

constexpr Param eps(
    double fallback,
    const char* help = "Added to the denominator, so that small gradients are not blown up.") {
  return {.key = "eps",
          .fallback = {fallback},
          .min = 0,
          .log = true,
          .slider_min = 1e-12,
          .slider_max = 1,
          .help = help};
}

constexpr Param weight_decay(double fallback, bool decoupled = false) {
  return {.key = "weight_decay",
          .fallback = {fallback},
          .min = 0,
          .slider_max = 1,
          .help = decoupled ? "Shrinks the parameters by this share of the rate each step."
                            : "Pulls towards the origin: this times the parameter is added to the gradient."};
}

constexpr Param toggle(const char* key, bool fallback, const char* help) {
  return {
      .key = key, .kind = Kind::toggle, .fallback = {fallback ? 1.0 : 0.0}, .min = 0, .max = 1, .help = help};
}

// Lines that many rules share.
inline constexpr RuleLine decayed = {"g", "g + λ θ", "the gradient with weight decay", "λ > 0",
                                     Role::gradient};
inline constexpr RuleLine take_step = {"θ", "θ − Δ", "the new position", "", Role::position};
inline constexpr const char* the_step = "the step, against which the walker moves";
inline constexpr const char* own_rate = "the rate that this coordinate gets";
inline constexpr const char* average = "velocity: running average of the gradient";
inline constexpr const char* square_average = "running average of the gradient's square";

template <class Kernel>
constexpr Optimizer row(const char* key, const char* name, const char* help, const char* source,
                        int state_slots, int shared_slots, int momentum_slot, bool in_torch, Params params,
                        RuleText rule) {
  return {key,
          name,
          help,
          source,
          params,
          state_slots,
          shared_slots,
          momentum_slot,
          in_torch,
          &Kernel::template init<double>,
          &Kernel::template step<double>,
          &Kernel::template init<float>,
          &Kernel::template step<float>,
          rule};
}

/// The row with an average of the path.
constexpr Optimizer with_average(Optimizer row, double (*mean)(const Hyper&, double, double)) {
  row.average = mean;
  return row;
}

// The table's parts, in its order.
std::span<const Optimizer> descent();
std::span<const Optimizer> adams();
std::span<const Optimizer> adaptive();
std::span<const Optimizer> rate_finding();
std::span<const Optimizer> averaging();
std::span<const Optimizer> custom();
std::span<const Optimizer> for_matrices();
std::span<const Optimizer> second_order();

}  // namespace stride::rows
