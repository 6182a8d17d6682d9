// What is descended, from where, how long, how noisily: the learner's own expression, the start, the domain,
// noise and steps.
#include <algorithm>
#include <cmath>

#include "lab/session/edits.h"
#include "lab/session/ground.h"
#include "lab/setup/lock_scope.h"
#include "lab/setup/setup.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

void expression_field(Session& session, Drafts& drafts) {
  std::string& error = drafts.expression_error;
  if (text_field("your own f(x, y)", drafts.expression, "your own f(x, y), as x² + 10y²",
                 "2x, xy, x², x^y, √x, |x|, ½, π, e, sin x, cos, tan, exp, ln, log2, log10, sinh, cosh, "
                 "tanh, sign, floor, min(x, y), max")) {
    if (drafts.expression.empty() && !surface_of(session.scenario).expression.empty())
      pick_surface(session, surface_of(session.scenario).surface);
    else if (!drafts.expression.empty())
      error = sentence(use_expression(session, drafts.expression));
    if (drafts.expression.empty()) error.clear();
  }
  if (!error.empty()) text(error, TextLook::error, true);
}

bool field(const char* name, double& value, double lo, double hi, const char* help) {
  return number(name, value, lo, hi, false, help);
}

void start_fields(Session& session) {
  Run& run = selected_run(session);
  SurfaceProblem& p = surface_of(session.scenario);
  Point start = start_of(session.scenario, run);
  bool own = run.start.has_value();
  Columns c = begin_columns(2);
  bool changed = field("start x", start.x, -1e6, 1e6, "Where the descent starts.");
  next_column(c);
  changed |= field("start y", start.y, -1e6, 1e6, "Where the descent starts.");
  end_columns(c);
  if (changed && own) run.start = start;
  if (changed && !own) p.start = start;
  if (session.scenario.runs.size() > 1 &&
      toggle("this run has a start of its own", own, "Otherwise all runs start together.")) {
    if (own)
      run.start = start;
    else
      run.start.reset();
  }
}

void domain_fields(Session& session) {
  SurfaceProblem& p = surface_of(session.scenario);
  Domain d = domain_of(p);
  const Domain was = d;
  Columns c = begin_columns(2);
  field("x from", d.xmin, -1e6, 1e6, "The shown part of the plane.");
  next_column(c);
  field("x to", d.xmax, -1e6, 1e6, "The shown part of the plane.");
  next_column(c);
  field("y from", d.ymin, -1e6, 1e6, "The shown part of the plane.");
  next_column(c);
  field("y to", d.ymax, -1e6, 1e6, "The shown part of the plane.");
  end_columns(c);
  if (d == was) return;
  if (const Error error = check_domain(d)) return refuse(session, sentence(error), true);
  p.domain = d;
}

void surface_fields(Session& session, Drafts& drafts) {
  const SurfaceProblem& p = surface_of(session.scenario);
  if (p.expression.empty()) {
    const Surface& s = surfaces()[static_cast<size_t>(p.surface)];
    text(tr(s.name), TextLook::heading);
    text(std::string("f(x, y) = ") + s.formula, TextLook::body, true);
    text(tr(s.help), TextLook::muted, true);
  }
  LockScope scope = begin_locked(session, lock_surface);
  expression_field(session, drafts);
  end_locked(scope);
  scope = begin_locked(session, lock_start);
  start_fields(session);
  end_locked(scope);
  scope = begin_locked(session, lock_surface);
  domain_fields(session);
  end_locked(scope);
}

void noise_fields(Session& session, Noise& noise) {
  const LockScope scope = begin_locked(session, lock_noise);
  slider("Gradient noise", noise.sigma,
         {0, 10, false, false, "",
          "Standard deviation of the Gaussian noise on each gradient component, as a small batch makes."},
         0, 1e6);
  if (noise.sigma > 0) {
    double seed = noise.seed;
    if (number("noise seed", seed, 0, 4294967295.0, true, "The same seed makes the same noise."))
      noise.seed = static_cast<unsigned>(seed);
    if (button("another seed", "Another seed")) noise.seed = noise.seed * 1664525u + 1013904223u;
  }
  end_locked(scope);
}

void many_walkers_switch(Session& session) {
  if (!is_random(session.scenario)) return;
  toggle(
      "Many walkers", session.many_walkers,
      network_of(session.scenario)
          ? "Trainings from first weights and with batches of their own, 64 or, where each takes long, at "
            "least 8: their mean loss, and the middle half of their losses as a band."
          : "64 walkers, each with noise of its own: where they stand at the step, their mean loss, and the "
            "middle half of their losses as a band.");
}

}  // namespace

void problem_panel(Session& session, Drafts& drafts) {
  keep_drafts(drafts, session);
  const char* model = parts_of_model(session.scenario);
  begin_group(keyed("problem", tr(model ? model : "Surface, noise and steps")));
  if (is_surface(session.scenario))
    surface_fields(session, drafts);
  else if (fit_of(session.scenario))
    fit_fields(session, drafts);
  else if (network_of(session.scenario))
    network_fields(session, drafts);
  else
    curve_fields(session, drafts);
  LockScope scope = begin_locked(session, lock_steps);
  double steps = session.scenario.steps;
  if (slider("Steps", steps, {10, 2000, true, true, "", "How many steps every run takes."}, 1, max_steps)) {
    session.scenario.steps = static_cast<int>(steps);
    if (session.scenario.view.cursor > session.scenario.steps) session.scenario.view.cursor = -1;
  }
  epoch_fields(session);
  end_locked(scope);
  if (Noise* noise = noise_in(session.scenario)) noise_fields(session, *noise);
  many_walkers_switch(session);
  end_group();
}

}  // namespace stride::lab
