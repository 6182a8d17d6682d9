#include "lab/session/lab.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "text/text.h"
#include "ui/widgets.h"

namespace stride::lab {

namespace {

/// Whether the runs move alike, whatever they are called.
bool same_run(const Run& a, const Run& b) {
  return a.start == b.start && a.optimizer == b.optimizer && a.schedule == b.schedule;
}

/// What the run's card says.
void describe(RunResult& r, int steps) {
  const std::string loss = tr("loss {0}", {readable(r.path.loss.back())}), words = outcome_words(r.outcome);
  if (steps == 0)
    r.words = loss;
  else if (r.outcome.kind == Outcome::Kind::diverged)
    r.words = words;
  else
    r.words = words + ", " + loss;
}

RunResult compute(const Scenario& s, const Objective& objective, const Run& run, int steps) {
  RunResult r;
  r.path = trajectory(objective, start_of(s, run), s.surface.noise, steps, run.optimizer, run.schedule);
  r.outcome = outcome(objective, r.path);
  const Derivatives d = objective.at(r.path.x[0], r.path.y[0]);
  r.lambda_start = curvature(d).largest;
  describe(r, steps);
  return r;
}

/// The stability limit is drawn for the selected run alone, so only that one pays for its Hessians.
void compute_curvature(Lab& lab, const Objective& objective) {
  if (lab.session.selected >= static_cast<int>(lab.results.size())) return;
  RunResult& r = lab.results[static_cast<size_t>(lab.session.selected)];
  if (!r.lambda.empty() || !lab.plots.show_stability) return;
  for (int t = 0; t < r.path.size(); ++t) {
    const size_t i = static_cast<size_t>(t);
    r.lambda.push_back(curvature(objective.at(r.path.x[i], r.path.y[i])).largest);
  }
}

Scenario with_view(Scenario numbers, const View& view) {
  numbers.view = view;
  return numbers;
}

void replace(Lab& lab, Scenario next) {
  lab.session.scenario = std::move(next);
  lab.session.selected =
      std::clamp(lab.session.selected, 0, static_cast<int>(lab.session.scenario.runs.size()) - 1);
  lab.drafts.expression = lab.session.scenario.surface.expression;
  lab.drafts.renaming = -1;
  lab.pointing.axis = {};
}

void show_link(Lab& lab) {
  if (lab.services.host.show_link) lab.services.host.show_link(encode_link(lab.session.scenario));
}

}  // namespace

void init(Lab& lab, Scenario scenario) {
  replace(lab, std::move(scenario));
  lab.session.committed = lab.session.scenario;
  lab.session.undo.clear();
  lab.session.redo.clear();
  update(lab);
}

void update(Lab& lab) {
  hold_locked(lab.session);
  const Scenario& s = lab.session.scenario;
  const bool fresh = lab.results.empty();
  // Undone, or another scenario opened.
  if (lab.lesson.blindfold && !is_walking(lab)) lab.lesson.blindfold = false;
  const int steps = horizon(lab);
  if (fresh || steps != lab.computed_horizon || !same_numbers(s, lab.computed)) {
    const auto begin = std::chrono::steady_clock::now();
    const Objective objective = objective_of(s.surface);
    const bool same_problem = !fresh && s.surface == lab.computed.surface && s.steps == lab.computed.steps &&
                              steps == lab.computed_horizon;
    std::vector<RunResult> results(s.runs.size());
    for (size_t r = 0; r < s.runs.size(); ++r) {
      const bool keep =
          same_problem && r < lab.computed.runs.size() && same_run(s.runs[r], lab.computed.runs[r]);
      results[r] = keep ? std::move(lab.results[r]) : compute(s, objective, s.runs[r], steps);
    }
    lab.results = std::move(results);
    lab.computed = s;
    lab.computed_horizon = steps;
    lab.compute_ms =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  }
  compute_curvature(lab, objective_of(s.surface));
}

void commit(Lab& lab) {
  hold_locked(lab.session);
  accept(lab);
}

void accept(Lab& lab) {
  if (same_numbers(lab.session.scenario, lab.session.committed)) return;
  // A slider can reach what PyTorch refuses (nesterov without momentum): the last good state stays.
  if (const Error error = check_scenario(lab.session.scenario); !error.empty()) {
    notify(lab, error, true);
    replace(lab, with_view(lab.session.committed, lab.session.scenario.view));
    return;
  }
  lab.session.undo.push_back(lab.session.committed);
  if (lab.session.undo.size() > 200) lab.session.undo.pop_front();
  lab.session.redo.clear();
  lab.session.committed = lab.session.scenario;
  show_link(lab);
}

void undo(Lab& lab) {
  commit(lab);
  if (lab.session.undo.empty()) return;
  lab.session.redo.push_back(lab.session.scenario);
  replace(lab, with_view(lab.session.undo.back(), lab.session.scenario.view));
  lab.session.undo.pop_back();
  lab.session.committed = lab.session.scenario;
  show_link(lab);
}

void redo(Lab& lab) {
  if (lab.session.redo.empty()) return;
  lab.session.undo.push_back(lab.session.scenario);
  replace(lab, with_view(lab.session.redo.back(), lab.session.scenario.view));
  lab.session.redo.pop_back();
  lab.session.committed = lab.session.scenario;
  show_link(lab);
}

void notify(Lab& lab, std::string words, bool is_error) {
  lab.shell.notice.words = std::move(words);
  lab.shell.notice.is_error = is_error;
  constexpr double stays = 4;
  lab.shell.notice.until = is_error ? 1e300 : lab.services.now + stays;
  if (!is_error && lab.services.host.wake_after) lab.services.host.wake_after(stays + 0.1);
}

void open_document(Lab& lab, std::string_view json, std::string_view file_name) {
  if (file_name.ends_with(".md")) return open_lesson_file(lab, json, file_name);
  Scenario next;
  const Error error = read_scenario(json, next);
  if (!error.empty()) return notify(lab, std::string(file_name) + ": " + error, true);
  if (next.is_network)
    return notify(lab, tr("{0}: the lab shows surfaces; run network problems with `stride run`", {file_name}),
                  true);
  lab.shell.notice.words.clear();
  lab.playback.playing = false;
  replace(lab, std::move(next));
  accept(lab);
}

void open_link(Lab& lab, std::string_view link) {
  Scenario next = default_scenario();
  const Error error = decode_link(link, next);
  if (!error.empty()) return notify(lab, std::string(tr("link")) + ": " + error, true);
  if (next.is_network)
    return notify(
        lab, tr("{0}: the lab shows surfaces; run network problems with `stride run`", {tr("link")}), true);
  if (const int asked = lesson_of_link(link); asked >= 0 && asked != lab.lesson.index)
    return follow_lesson_link(lab, link);
  if (next == lab.session.scenario) return;
  lab.shell.notice.words.clear();
  lab.playback.playing = false;
  replace(lab, std::move(next));
  accept(lab);
}

void pick_surface(Lab& lab, int row) {
  if (is_locked(lab.session, lock_surface)) return;
  SurfaceProblem& p = lab.session.scenario.surface;
  const double was = p.expression.empty() ? surfaces()[static_cast<size_t>(p.surface)].lr : none;
  const Noise noise = p.noise;
  p = {};
  p.surface = row;
  p.noise = noise;
  // A rate that nobody chose follows the surface, so that a new one doesn't greet the learner with a
  // divergence.
  for (Run& run : lab.session.scenario.runs) {
    run.start.reset();
    if (run.optimizer.row == find_optimizer("SGD") && run.optimizer.number(0) == was)
      run.optimizer.values[0] = {surfaces()[static_cast<size_t>(row)].lr};
  }
  lab.session.scenario.view = {.flat = lab.session.scenario.view.flat,
                               .theme = lab.session.scenario.view.theme,
                               .hidden = lab.session.scenario.view.hidden};
  lab.drafts.expression.clear();
  commit(lab);
}

Error use_expression(Lab& lab, const std::string& words) {
  ExpressionError error;
  parse_expression(words, error);
  if (error.column > 0) return error.message;
  SurfaceProblem& p = lab.session.scenario.surface;
  if (!p.domain) p.domain = domain_of(p);  // what was in view stays in view
  if (!p.start) p.start = start_of(lab.session.scenario, Run{});
  p.expression = words;
  commit(lab);
  return {};
}

void add_run(Lab& lab) {
  if (lab.session.scenario.runs.size() >= max_runs)
    return notify(lab, tr("Eight runs are the most that can be told apart."), false);
  // The next optimizer in the order in which lessons meet them that no run uses yet.
  int row = find_optimizer("SGD");
  for (const char* key : {"SGD", "Adam", "RMSprop", "Adagrad", "AdamW", "NAdam", "Adadelta", "Lion"}) {
    row = find_optimizer(key);
    const bool used = std::any_of(lab.session.scenario.runs.begin(), lab.session.scenario.runs.end(),
                                  [row](const Run& r) { return r.optimizer.row == row; });
    if (!used) break;
  }
  lab.session.scenario.runs.push_back(default_run(row));
  lab.session.selected = static_cast<int>(lab.session.scenario.runs.size()) - 1;
  commit(lab);
}

void duplicate_run(Lab& lab, int r) {
  if (lab.session.scenario.runs.size() >= max_runs)
    return notify(lab, tr("Eight runs are the most that can be told apart."), false);
  const size_t i = static_cast<size_t>(r);
  lab.session.scenario.runs.push_back(lab.session.scenario.runs[i]);
  lab.session.selected = static_cast<int>(lab.session.scenario.runs.size()) - 1;
  commit(lab);
}

void remove_run(Lab& lab, int r) {
  if (lab.session.scenario.runs.size() == 1)
    return notify(lab, tr("The last run stays: there is nothing to see without one."), false);
  lab.session.scenario.runs.erase(lab.session.scenario.runs.begin() + r);
  // Bits above the removed run move down with their runs.
  unsigned& h = lab.session.scenario.view.hidden;
  const unsigned below = h & ((1u << r) - 1);
  h = below | ((h >> (r + 1)) << r);
  lab.session.selected =
      std::clamp(lab.session.selected > r ? lab.session.selected - 1 : lab.session.selected, 0,
                 static_cast<int>(lab.session.scenario.runs.size()) - 1);
  lab.drafts.renaming = -1;
  commit(lab);
}

bool is_hidden(const Lab& lab, int r) {
  return (lab.session.scenario.view.hidden >> r) & 1;
}

void set_hidden(Lab& lab, int r, bool hide) {
  lab.session.scenario.view.hidden =
      hide ? lab.session.scenario.view.hidden | (1u << r) : lab.session.scenario.view.hidden & ~(1u << r);
}

void move_start(Lab& lab, Point to) {
  if (is_locked(lab.session, lock_start)) return;
  const Domain d = domain_of(lab.session.scenario.surface);
  // Four digits of the shown width: what a hand can mean, and a short link.
  const auto snap = [](double v, double lo, double hi) {
    const double unit = std::pow(10.0, std::floor(std::log10(hi - lo)) - 3);
    v = std::round(std::clamp(v, lo, hi) / unit) * unit;
    return std::round(v * 1e12) / 1e12;
  };
  const Point p{snap(to.x, d.xmin, d.xmax), snap(to.y, d.ymin, d.ymax)};
  Run& run = lab.session.scenario.runs[static_cast<size_t>(lab.session.selected)];
  if (run.start)
    run.start = p;
  else
    lab.session.scenario.surface.start = p;
}

int cursor_step(const Lab& lab) {
  const int c = lab.session.scenario.view.cursor;
  return c < 0 ? lab.session.scenario.steps : std::min(c, lab.session.scenario.steps);
}

void set_cursor(Lab& lab, int step) {
  lab.session.scenario.view.cursor = std::clamp(step, 0, lab.session.scenario.steps);
  lab.playback.position = lab.session.scenario.view.cursor;
}

int shown_row(const Lab& lab, int r) {
  const int step =
      lab.pointing.hover.step >= 0 && !lab.playback.playing ? lab.pointing.hover.step : cursor_step(lab);
  return std::clamp(step, 0, lab.results[static_cast<size_t>(r)].path.size() - 1);
}

void toggle_play(Lab& lab) {
  if (is_asking(lab)) return notify(lab, tr("First say what you expect: the lesson has a question."), false);
  lab.playback.playing = !lab.playback.playing;
  if (lab.playback.playing && cursor_step(lab) >= lab.session.scenario.steps)
    lab.session.scenario.view.cursor = 0;
  lab.playback.position = cursor_step(lab);
}

void copy_link(Lab& lab) {
  const std::string link = lab.services.host.link_base + encode_link(lab.session.scenario);
  if (lab.services.host.copy_text) lab.services.host.copy_text(link);
  show_link(lab);
  notify(lab, tr("Link copied: it opens exactly this."), false);
}

void save_document(Lab& lab) {
  if (lab.services.host.save_file)
    lab.services.host.save_file("scenario.json", write_scenario(lab.session.scenario));
}

void set_language(Lab& lab, std::string_view code) {
  const int row = find_language(code);
  if (row < 0) return;
  const std::string name = languages()[static_cast<size_t>(row)].code;
  if (!use_language(row)) {
    if (lab.services.host.fetch_language) lab.services.host.fetch_language(name);
    return;
  }
  for (RunResult& r : lab.results) {
    describe(r, lab.computed_horizon);
    r.plotted.reset();  // it keeps words
  }
  if (!lab.shell.notice.is_error) lab.shell.notice.words.clear();
  retell_lesson(lab);
}

void choose_document(Lab& lab) {
  if (lab.services.host.open_file && !is_locked(lab.session, all_locks)) lab.services.host.open_file();
}

bool is_dark(const Lab& lab) {
  const std::string& t = lab.session.scenario.view.theme;
  if (t == "auto") return !lab.services.host.prefers_dark || lab.services.host.prefers_dark();
  return t == "dark";
}

void toggle_theme(Lab& lab) {
  lab.session.scenario.view.theme = is_dark(lab) ? "light" : "dark";
}

}  // namespace stride::lab
