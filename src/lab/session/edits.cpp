#include "lab/session/edits.h"

#include <algorithm>
#include <cmath>

#include "lab/session/ground.h"
#include "lab/session/locks.h"
#include "scenario/points.h"
#include "text/text.h"

namespace stride::lab {

namespace {

/// Puts `next` in the problem's place. A rate that nobody chose follows it, so that a new one doesn't greet the
/// learner with a divergence.
void pick(Session& session, Problem next) {
  if (is_locked(session, lock_surface)) return;
  Scenario& s = session.scenario;
  const double was = formula_of(s).empty() ? default_runs(s)[0].optimizer.number(0) : none;
  const Noise noise = noise_in(s) ? *noise_in(s) : Noise{};
  s.problem = std::move(next);
  if (Noise* of_next = noise_in(s)) *of_next = noise;
  const double good = default_runs(s)[0].optimizer.number(0);
  for (Run& run : s.runs) {
    run.start.reset();
    if (!suits(optimizers()[static_cast<size_t>(run.optimizer.row)], network_of(s) != nullptr))
      run.optimizer = default_run(find_optimizer("AdamW")).optimizer;
    if (run.optimizer.row == find_optimizer("SGD") && run.optimizer.number(0) == was)
      run.optimizer.values[0] = {good};
  }
  s.view = {.flat = s.view.flat, .theme = s.view.theme, .hidden = s.view.hidden};
  commit(session);
}

}  // namespace

void pick_surface(Session& session, int row) {
  pick(session, SurfaceProblem{.surface = row, .expression = {}, .domain = {}, .start = {}, .noise = {}});
}

void pick_curve(Session& session, int row) {
  pick(session, CurveProblem{.curve = row, .expression = {}, .domain = {}, .start = {}, .noise = {}});
}

void pick_fit(Session& session, FitProblem fit) {
  pick(session, std::move(fit));
}

void pick_network(Session& session, NetworkProblem network) {
  pick(session, std::move(network));
}

Error use_points(Session& session, std::string_view csv) {
  Scenario next = session.scenario;
  if (Error error = read_points(csv, next)) return error;
  if (next.problem.index() != session.scenario.problem.index())
    return error_of(
        {.says = tr(fit_of(session.scenario) ? "expected lines of two numbers, x,y, as a fit has them"
                                             : "expected lines x1,x2,label, as a network has them")});
  if (!is_locked(session, lock_surface)) session.scenario = std::move(next);
  return {};
}

Error use_expression(Session& session, const std::string& text) {
  ExpressionError error;
  parse_expression(text, error);
  if (error.column > 0) return expression_fault(error);
  SurfaceProblem& p = surface_of(session.scenario);
  if (!p.domain) p.domain = domain_of(p);  // what was in view stays in view
  if (!p.start) p.start = start_of(session.scenario, Run{});
  p.expression = text;
  commit(session);
  return {};
}

namespace {

void push_run(Session& session, Run run) {
  if (session.scenario.runs.size() >= max_runs)
    return refuse(session, tr("Eight runs are the most that can be told apart."));
  session.scenario.runs.push_back(std::move(run));
  session.selected = static_cast<int>(session.scenario.runs.size()) - 1;
  commit(session);
}

}  // namespace

void add_run(Session& session) {
  if (session.scenario.runs.size() >= max_runs)
    return refuse(session, tr("Eight runs are the most that can be told apart."));
  // The next optimizer in the order in which lessons meet them that no run uses yet.
  int row = find_optimizer("SGD");
  for (const char* key : {"SGD", "Adam", "RMSprop", "Adagrad", "AdamW", "NAdam", "Adadelta", "Lion"}) {
    row = find_optimizer(key);
    const bool used = std::any_of(session.scenario.runs.begin(), session.scenario.runs.end(),
                                  [row](const Run& r) { return r.optimizer.row == row; });
    if (!used) break;
  }
  push_run(session, default_run(row));
}

void duplicate_run(Session& session, int r) {
  push_run(session, session.scenario.runs[static_cast<size_t>(r)]);
}

void copy_rule(Session& session, std::string rule) {
  Run run = selected_run(session);
  const std::vector<double> rate = run.optimizer.values[0];
  run.name.clear();
  run.optimizer = default_run(find_optimizer("Custom")).optimizer;
  run.optimizer.values[0] = rate;
  run.optimizer.formula = std::move(rule);
  push_run(session, std::move(run));
}

void remove_run(Session& session, int r) {
  if (session.scenario.runs.size() == 1)
    return refuse(session, tr("The last run stays: there is nothing to see without one."));
  session.scenario.runs.erase(session.scenario.runs.begin() + r);
  // Bits above the removed run move down with their runs.
  unsigned& h = session.scenario.view.hidden;
  const unsigned below = h & ((1u << r) - 1);
  h = below | ((h >> (r + 1)) << r);
  session.selected = std::clamp(session.selected > r ? session.selected - 1 : session.selected, 0,
                                static_cast<int>(session.scenario.runs.size()) - 1);
  commit(session);
}

bool is_hidden(const Scenario& scenario, int r) {
  return (scenario.view.hidden >> r) & 1;
}

void set_hidden(Scenario& scenario, int r, bool hide) {
  unsigned& hidden = scenario.view.hidden;
  hidden = hide ? hidden | (1u << r) : hidden & ~(1u << r);
}

void reset_camera(View& view) {
  view = {.flat = view.flat, .cursor = view.cursor, .theme = view.theme, .hidden = view.hidden};
}

void move_start(Session& session, Point to) {
  if (is_locked(session, lock_start)) return;
  const Domain d = domain_of(session.scenario);
  // Four digits of the shown width: what a hand can mean, and a short link.
  const auto snap = [](double v, double lo, double hi) {
    const double unit = std::pow(10.0, std::floor(std::log10(hi - lo)) - 3);
    v = std::round(std::clamp(v, lo, hi) / unit) * unit;
    return std::round(v * 1e12) / 1e12;
  };
  const bool line = curve_of(session.scenario);
  const Point p{snap(to.x, d.xmin, d.xmax), line ? 0 : snap(to.y, d.ymin, d.ymax)};
  Run& run = session.scenario.runs[static_cast<size_t>(session.selected)];
  if (run.start)
    run.start = p;
  else
    put_start(session.scenario, p);
}

}  // namespace stride::lab
