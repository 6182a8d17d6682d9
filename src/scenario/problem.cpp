#include "scenario/problem.h"

namespace stride {

namespace {

constexpr Domain expression_domain{-3, 3, -3, 3};
constexpr Point expression_start{-2, 1.5};

Objective of_expression(const std::string& text, const Variables& variables) {
  Objective objective;
  ExpressionError error;
  Expression parsed = parse_expression(text, error, variables);
  if (error.column == 0) objective.expression = std::make_shared<const Expression>(std::move(parsed));
  return objective;
}

bool same(const SurfaceProblem& a, SurfaceProblem b) {
  b.domain = a.domain;
  if (!a.expression.empty() && !b.expression.empty()) b.surface = a.surface;
  return a == b;
}

bool same(const CurveProblem& a, CurveProblem b) {
  b.domain = a.domain;
  if (!a.expression.empty() && !b.expression.empty()) b.curve = a.curve;
  return a == b;
}

bool same(const FitProblem& a, const FitProblem& b) {
  return same_numbers(a, b);
}

bool same(const NetworkProblem& a, const NetworkProblem& b) {
  return a == b;
}

}  // namespace

Problem default_problem(std::size_t kind) {
  static const Problem all[] = {SurfaceProblem{}, NetworkProblem{}, CurveProblem{}, FitProblem{}};
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
  Objective objective;
  if (!problem.expression.empty()) objective = of_expression(problem.expression, plane_variables);
  objective.surface = problem.surface;
  return objective;
}

Objective objective_of(const CurveProblem& problem) {
  const bool own = !problem.expression.empty();
  Objective objective =
      of_expression(own ? problem.expression : curves()[problem.curve].formula, line_variables);
  objective.weights = 1;
  if (!own) objective.curve = problem.curve;
  return objective;
}

Objective objective_of(const FitProblem& problem) {
  Objective objective;
  objective.fit = make_fit(problem);
  return objective;
}

Domain domain_of(const SurfaceProblem& problem) {
  if (problem.domain) return *problem.domain;
  return problem.expression.empty() ? surfaces()[problem.surface].domain : expression_domain;
}

Domain domain_of(const CurveProblem& problem) {
  const Curve& curve = curves()[problem.curve];
  Range shown{curve.xmin, curve.xmax};
  if (!problem.expression.empty()) shown = {expression_domain.xmin, expression_domain.xmax};
  shown = problem.domain.value_or(shown);
  return {shown.min, shown.max, 0, 0};
}

Point start_of(const CurveProblem& problem) {
  const double usual = problem.expression.empty() ? curves()[problem.curve].start : expression_start.x;
  return {problem.start.value_or(usual), 0};
}

Domain domain_of(const FitProblem& problem) {
  return problem.domain ? *problem.domain : usual_domain(problem);
}

Point start_of(const FitProblem& problem) {
  return problem.start.value_or(Point{});
}

Point start_of(const SurfaceProblem& problem) {
  if (problem.start) return *problem.start;
  return problem.expression.empty() ? surfaces()[problem.surface].start : expression_start;
}

}  // namespace stride
