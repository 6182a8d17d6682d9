#include "scenario/problem.h"

namespace stride {

namespace {

constexpr Domain expression_domain{-3, 3, -3, 3};
constexpr Point expression_start{-2, 1.5};

bool same(const SurfaceProblem& a, SurfaceProblem b) {
  b.domain = a.domain;
  if (!a.expression.empty() && !b.expression.empty()) b.surface = a.surface;
  return a == b;
}

bool same(const NetworkProblem& a, const NetworkProblem& b) {
  return a == b;
}

}  // namespace

Problem default_problem(std::size_t kind) {
  static const Problem all[] = {SurfaceProblem{}, NetworkProblem{}};
  static_assert(std::size(all) == std::variant_size_v<Problem>);
  assert(kind < std::size(all) && all[kind].index() == kind);
  return all[kind];
}

bool same_numbers(const Problem& a, const Problem& b) {
  return a.index() == b.index() &&
         std::visit(
             [&](const auto& mine) {
               return same(mine, *std::get_if<std::remove_cvref_t<decltype(mine)>>(&b));
             },
             a);
}

Objective objective_of(const SurfaceProblem& problem) {
  Objective objective{problem.surface, nullptr};
  if (problem.expression.empty()) return objective;
  ExpressionError error;
  Expression parsed = parse_expression(problem.expression, error);
  if (error.column == 0) objective.expression = std::make_shared<const Expression>(std::move(parsed));
  return objective;
}

Domain domain_of(const SurfaceProblem& problem) {
  if (problem.domain) return *problem.domain;
  return problem.expression.empty() ? surfaces()[problem.surface].domain : expression_domain;
}

Point start_of(const SurfaceProblem& problem) {
  if (problem.start) return *problem.start;
  return problem.expression.empty() ? surfaces()[problem.surface].start : expression_start;
}

}  // namespace stride
