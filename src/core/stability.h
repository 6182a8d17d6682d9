// The limit of stability: the largest rate that a rule bears where the loss is curved. Above it a descent
// climbs out of its own valley, however good the start.
#pragma once

#include <string>

#include "core/table.h"

namespace stride {

/// What decides the stability of a rule that is linear in the gradient: b becomes momentum b + share g, the
/// step is the rate times b, or, where it looks ahead (Nesterov), times g + momentum b; weight decay adds
/// weight_decay times the parameter to g.
struct LinearRule {
  double momentum = 0;
  double share = 1;  ///< of the gradient that enters the velocity: 1 - dampening; 1 - beta for a running mean
  double weight_decay = 0;
  bool looks_ahead = false;
};

/// The largest rate at which the rule does not grow without bound on lambda x^2 / 2.
///
/// With the curvature k = lambda + weight_decay, one step maps (x, b) by a matrix of trace T and determinant
/// D, and the steps stay bounded while both roots of z^2 - T z + D lie within the unit circle, that is |D| <=
/// 1 and |T| <= 1 + D (Jury 1962). Polyak's momentum: T = 1 + m - r s k, D = m, so r <= 2 (1 + m) / (s k);
/// looking ahead: T = 1 + m - r k (1 + m s), D = m (1 - r k), so r <= 2 (1 + m) / ((1 + m + m s) k). Plain
/// descent is 2 / k. (Polyak 1964; Sutskever et al. 2013 for the form of Nesterov's step.)
///
/// Infinite where nothing limits the rate (k <= 0 or not a number, no share); 0 where no rate is stable.
double stability_limit(const LinearRule& rule, double lambda);

/// SGD's own rule, with the momentum that a schedule has moved it to (NaN: its own): dampening counts only
/// beside momentum, as in PyTorch. None for optimizers whose step is not linear in the gradient.
struct StabilityRule {
  bool exists = false;
  LinearRule rule;
};
StabilityRule stability_rule(const Settings& optimizer, double moved_momentum = none);

/// The limit as a formula: "2/λ", "2(1+μ)/λ", "2(1+μ)/((1+2μ)λ)"; d stands for dampening, w for weight decay.
std::string stability_formula(const LinearRule& rule);

}  // namespace stride
