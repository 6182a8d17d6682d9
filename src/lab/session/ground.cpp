#include "lab/session/ground.h"

namespace stride::lab {

bool is_shown(const Scenario& scenario) {
  return is_surface(scenario) || curve_of(scenario);
}

bool same_function(const Problem& a, const Problem& b) {
  const auto *p = std::get_if<SurfaceProblem>(&a), *q = std::get_if<SurfaceProblem>(&b);
  if (p && q) return p->surface == q->surface && p->expression == q->expression;
  const CurveProblem *c = curve_of(a), *d = curve_of(b);
  return c && d && c->curve == d->curve && c->expression == d->expression;
}

Noise& noise_in(Scenario& scenario) {
  CurveProblem* curve = curve_of(scenario);
  return curve ? curve->noise : surface_of(scenario).noise;
}

void put_start(Scenario& scenario, std::optional<Point> start) {
  CurveProblem* curve = curve_of(scenario);
  if (!curve)
    surface_of(scenario).start = start;
  else if (start)
    curve->start = start->x;
  else
    curve->start.reset();
}

std::optional<Point> own_start(const Scenario& scenario) {
  const CurveProblem* curve = curve_of(scenario);
  if (!curve) return surface_of(scenario).start;
  return curve->start ? std::optional(Point{*curve->start, 0}) : std::nullopt;
}

const std::string& formula_of(const Scenario& scenario) {
  const CurveProblem* curve = curve_of(scenario);
  return curve ? curve->expression : surface_of(scenario).expression;
}

}  // namespace stride::lab
