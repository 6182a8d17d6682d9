#include "lab/session/ground.h"

namespace stride::lab {

namespace {

bool same_fit(const FitProblem& a, const FitProblem& b) {
  return a.model == b.model && a.data == b.data && a.scale == b.scale && a.batch_size == b.batch_size &&
         a.seed == b.seed && a.batches == b.batches && (a.data != FitData::points || a.points == b.points);
}

}  // namespace

bool has_surface(const Scenario& scenario) {
  return is_surface(scenario) || fit_of(scenario);
}

bool same_function(const Problem& a, const Problem& b) {
  const auto *p = std::get_if<SurfaceProblem>(&a), *q = std::get_if<SurfaceProblem>(&b);
  if (p && q) return p->surface == q->surface && p->expression == q->expression;
  const FitProblem *f = fit_of(a), *g = fit_of(b);
  if (f && g) return same_fit(*f, *g);
  const NetworkProblem *m = network_of(a), *n = network_of(b);
  if (m && n) return *m == *n;
  const CurveProblem *c = curve_of(a), *d = curve_of(b);
  return c && d && c->curve == d->curve && c->expression == d->expression;
}

Noise* noise_in(Scenario& scenario) {
  if (fit_of(scenario) || network_of(scenario)) return nullptr;
  CurveProblem* curve = curve_of(scenario);
  return curve ? &curve->noise : &surface_of(scenario).noise;
}

bool is_noisy(const Scenario& scenario) {
  const FitProblem* fit = fit_of(scenario);
  if (const NetworkProblem* network = network_of(scenario))
    return network->batch_size > 0 && network->batches.empty();
  return fit ? fit->batch_size > 0 && fit->batches.empty() : noise_of(scenario).sigma > 0;
}

unsigned& seed_in(Scenario& scenario) {
  FitProblem* fit = fit_of(scenario);
  if (NetworkProblem* network = network_of(scenario)) return network->seed;
  return fit ? fit->seed : noise_in(scenario)->seed;
}

void put_start(Scenario& scenario, std::optional<Point> start) {
  CurveProblem* curve = curve_of(scenario);
  FitProblem* fit = fit_of(scenario);
  if (network_of(scenario)) return;  // it starts from its initial weights
  if (!curve)
    (fit ? fit->start : surface_of(scenario).start) = start;
  else if (start)
    curve->start = start->x;
  else
    curve->start.reset();
}

std::optional<Point> own_start(const Scenario& scenario) {
  if (const FitProblem* fit = fit_of(scenario)) return fit->start;
  if (network_of(scenario)) return {};
  const CurveProblem* curve = curve_of(scenario);
  if (!curve) return surface_of(scenario).start;
  return curve->start ? std::optional(Point{*curve->start, 0}) : std::nullopt;
}

const std::string& formula_of(const Scenario& scenario) {
  static const std::string none;
  if (fit_of(scenario) || network_of(scenario)) return none;
  const CurveProblem* curve = curve_of(scenario);
  return curve ? curve->expression : surface_of(scenario).expression;
}

}  // namespace stride::lab
