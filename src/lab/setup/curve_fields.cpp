// What a curve has in place of a surface: the learner's own f(x), the start, the shown part of the line.
#include "core/surfaces/curve.h"
#include "lab/session/edits.h"
#include "lab/session/ground.h"
#include "lab/setup/lock_scope.h"
#include "lab/setup/setup.h"
#include "text/text.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

Error use_formula(Session& session, const std::string& formula) {
  ExpressionError error;
  parse_expression(formula, error, line_variables);
  if (error.column > 0) return expression_fault(error);
  CurveProblem& p = *curve_of(session.scenario);
  const Domain d = domain_of(p);
  if (!p.domain) p.domain = Range{d.xmin, d.xmax};  // what was in view stays in view
  if (!p.start) p.start = start_of(p).x;
  p.expression = formula;
  commit(session);
  return {};
}

void formula_input(Session& session, Drafts& drafts) {
  std::string& error = drafts.expression_error;
  if (text_field("your own f(x)", drafts.expression, "your own f(x), as x⁴ − x²",
                 "2x, x², x^3, √x, |x|, ½, π, e, sin x, cos, tan, exp, ln, log2, log10, sinh, cosh, tanh, "
                 "sign, floor, max")) {
    error.clear();
    if (!drafts.expression.empty())
      error = sentence(use_formula(session, drafts.expression));
    else if (const int row = curve_of(session.scenario)->curve; !formula_of(session.scenario).empty())
      pick_curve(session, row);
  }
  if (!error.empty()) text(error, TextLook::error, true);
}

void shown_part(Session& session) {
  CurveProblem& p = *curve_of(session.scenario);
  const Domain was = domain_of(p);
  Domain d = was;
  Columns c = begin_columns(2);
  number("x from", d.xmin, -1e6, 1e6, false, "The shown part of the line.");
  next_column(c);
  number("x to", d.xmax, -1e6, 1e6, false, "The shown part of the line.");
  end_columns(c);
  if (d == was) return;
  if (const Error error = check_domain({d.xmin, d.xmax, 0, 1})) return refuse(session, sentence(error), true);
  p.domain = Range{d.xmin, d.xmax};
}

}  // namespace

void curve_fields(Session& session, Drafts& drafts) {
  const CurveProblem& p = *curve_of(session.scenario);
  if (p.expression.empty()) {
    const Curve& curve = curves()[static_cast<size_t>(p.curve)];
    text(tr(curve.name), TextLook::heading);
    text(std::string("f(x) = ") + curve.formula, TextLook::body, true);
    text(tr(curve.help), TextLook::muted, true);
  }
  LockScope scope = begin_locked(session, lock_surface);
  formula_input(session, drafts);
  end_locked(scope);
  scope = begin_locked(session, lock_start);
  double start = start_of(session.scenario, selected_run(session)).x;
  if (number("start x", start, -1e6, 1e6, false, "Where the descent starts.")) {
    Run& run = selected_run(session);
    if (run.start)
      run.start = Point{start, 0};
    else
      put_start(session.scenario, Point{start, 0});
  }
  end_locked(scope);
  scope = begin_locked(session, lock_surface);
  shown_part(session);
  end_locked(scope);
}

}  // namespace stride::lab
