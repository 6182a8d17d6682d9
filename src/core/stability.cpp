#include "core/stability.h"

#include <algorithm>

#include "core/optimizers/optimizer.h"

namespace stride {

double stability_limit(const LinearRule& rule, double lambda) {
  const double m = rule.momentum, s = rule.share, curvature = lambda + rule.weight_decay;
  if (!(curvature > 0)) return no_limit;
  if (rule.looks_ahead) {
    const double flip = 2 * (1 + m) / (1 + m + m * s);     // T = -(1 + D)
    const double spiral = m > 0 ? (1 + m) / m : no_limit;  // D = -1
    return std::min(flip, spiral) / curvature;
  }
  if (m > 1) return 0;  // D = m at every rate
  return s > 0 ? 2 * (1 + m) / (s * curvature) : no_limit;
}

StabilityRule stability_rule(const Settings& optimizer, double moved_momentum) {
  static const int sgd = find_optimizer("SGD");
  if (optimizer.row != sgd) return {};
  const auto& params = optimizers()[static_cast<std::size_t>(sgd)].params;
  const auto value = [&](const char* key) { return optimizer.number(find_param(params, key)); };
  const double momentum = moved_momentum == moved_momentum ? moved_momentum : value("momentum");
  return {true,
          {.momentum = momentum,
           .share = momentum != 0 ? 1 - value("dampening") : 1,
           .weight_decay = value("weight_decay"),
           .looks_ahead = value("nesterov") != 0}};
}

std::string stability_formula(const LinearRule& rule) {
  const std::string curvature = rule.weight_decay != 0 ? "(λ+w)" : "λ";
  if (rule.momentum == 0) return "2/" + curvature;
  if (rule.looks_ahead) return "2(1+μ)/((1+2μ)" + curvature + ")";
  if (rule.share != 1) return "2(1+μ)/((1−d)" + curvature + ")";
  return "2(1+μ)/" + curvature;
}

}  // namespace stride
