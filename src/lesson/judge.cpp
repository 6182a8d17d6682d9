// How a run stands to a goal, and what it did, in words made from its numbers.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "lesson/parts.h"

namespace stride {

namespace {

/// Four digits, as people read them.
std::string figure(double v) {
  if (!std::isfinite(v)) return v > 0 ? "∞" : "−∞";
  char text[40];
  std::snprintf(text, sizeof text, "%.3g", v);
  std::string out;
  for (const char* c = text; *c; ++c) out += *c == '-' ? std::string("−") : std::string(1, *c);
  return out;
}

std::string steps_word(int n) {
  return std::to_string(n) + (n == 1 ? " step" : " steps");
}

int last_step(const Trajectory& path, int within) {
  return within > 0 ? std::min(within, path.size() - 1) : path.size() - 1;
}

int first_below(const Trajectory& path, double limit, int within) {
  for (int t = 0; t <= last_step(path, within); ++t)
    if (path.loss[static_cast<size_t>(t)] < limit) return t;
  return -1;
}

int lowest_row(const Trajectory& path, int within) {
  int best = 0;
  for (int t = 0; t <= last_step(path, within); ++t)
    if (path.loss[static_cast<size_t>(t)] < path.loss[static_cast<size_t>(best)]) best = t;
  return best;
}

double tail_loss(const Trajectory& path) {
  const int from = path.size() - std::max(1, path.size() / 4);
  double sum = 0;
  for (int t = from; t < path.size(); ++t) sum += path.loss[static_cast<size_t>(t)];
  return sum / (path.size() - from);
}

/// How often a step turned back against the one before it.
int turns(const Trajectory& p) {
  int count = 0;
  for (size_t t = 2; t < p.x.size(); ++t) {
    const double ax = p.x[t] - p.x[t - 1], ay = p.y[t] - p.y[t - 1];
    const double bx = p.x[t - 1] - p.x[t - 2], by = p.y[t - 1] - p.y[t - 2];
    count += ax * bx + ay * by < 0;
  }
  return count;
}

double minimum_distance(const Scenario& s, const Trajectory& path) {
  double nearest = INFINITY;
  if (s.surface.expression.empty())
    for (const Minimum& m : surfaces()[static_cast<size_t>(s.surface.surface)].minima)
      if (m.global) nearest = std::min(nearest, std::hypot(path.x.back() - m.x, path.y.back() - m.y));
  return nearest;
}

bool among(const std::vector<std::string>& names, const char* key) {
  return names.empty() || std::find(names.begin(), names.end(), key) != names.end();
}

std::string listed(const std::vector<std::string>& names) {
  std::string words;
  for (size_t i = 0; i < names.size(); ++i)
    words += (i == 0 ? "" : i + 1 == names.size() ? " or " : ", ") + names[i];
  return words;
}

struct Judged {
  const LessonGoal& goal;
  const Scenario& scenario;
  const Trajectory& path;
  const Outcome& outcome;
};

LessonCheck check_reached(const Judged& j, LessonReport& report) {
  const int t = first_below(j.path, *j.goal.loss_below, j.goal.within_steps);
  report.reached = t;
  std::string words = "Loss under " + figure(*j.goal.loss_below);
  if (j.goal.within_steps) words += " within " + steps_word(j.goal.within_steps);
  if (t >= 0) return {true, words + ": reached at step " + std::to_string(t)};
  const int low = lowest_row(j.path, j.goal.within_steps);
  return {false, words + ": the lowest is " + figure(j.path.loss[static_cast<size_t>(low)]) + ", at step " +
                     std::to_string(low)};
}

void check_numbers(const Judged& j, LessonReport& report) {
  const LessonGoal& g = j.goal;
  if (g.loss_below) report.checks.push_back(check_reached(j, report));
  if (g.end_loss_below)
    report.checks.push_back(
        {j.outcome.kind != Outcome::Kind::diverged && j.path.loss.back() < *g.end_loss_below,
         "Loss under " + figure(*g.end_loss_below) + " at the end: it is " + figure(j.path.loss.back())});
  if (g.tail_loss_below)
    report.checks.push_back(
        {j.outcome.kind != Outcome::Kind::diverged && tail_loss(j.path) < *g.tail_loss_below,
         "Loss under " + figure(*g.tail_loss_below) + " on average over the last quarter: it is " +
             figure(tail_loss(j.path))});
  if (g.distance_to_minimum) {
    const double away = minimum_distance(j.scenario, j.path);
    report.checks.push_back({away <= *g.distance_to_minimum, "End at most " + figure(*g.distance_to_minimum) +
                                                                 " from the lowest point: it is " +
                                                                 figure(away) + " away"});
  }
  if (g.no_divergence)
    report.checks.push_back({j.path.diverged_at < 0, j.path.diverged_at < 0
                                                         ? "No divergence"
                                                         : "No divergence: the run " + j.outcome.words});
  if (g.diverges)
    report.checks.push_back({j.path.diverged_at >= 0, j.path.diverged_at >= 0
                                                          ? "Divergence: the run " + j.outcome.words
                                                          : "Divergence: the run has not diverged yet"});
}

void check_rules(const Judged& j, const Run& run, LessonReport& report) {
  const LessonGoal& g = j.goal;
  if (!g.optimizers.empty())
    report.checks.push_back({among(g.optimizers, optimizers()[static_cast<size_t>(run.optimizer.row)].key),
                             "With the optimizer " + listed(g.optimizers)});
  if (!g.schedules.empty())
    report.checks.push_back({among(g.schedules, schedules()[static_cast<size_t>(run.schedule.row)].key),
                             "With the schedule " + listed(g.schedules)});
  const SurfaceProblem &a = j.scenario.surface, &b = g.start.surface;
  if (a.surface != b.surface || a.expression != b.expression || !(a.noise == b.noise))
    report.checks.push_back({false, "On the lesson's own surface, with its noise"});
  const Point here = start_of(j.scenario, run), there = start_of(g.start, g.start.runs[0]);
  if (!g.free_start && !(here == there))
    report.checks.push_back(
        {false, "From the lesson's own start (" + figure(there.x) + ", " + figure(there.y) + ")"});
  if (j.scenario.steps > g.start.steps)
    report.checks.push_back({false, "With no more than " + steps_word(g.start.steps)});
}

std::string advice(const Judged& j) {
  const int back = turns(j.path), steps = j.path.size() - 1;
  using Kind = Outcome::Kind;
  if (j.goal.diverges) return "Each step still lands lower, or bounces at the same height. Raise the rate.";
  if (steps < 1) return "Take a first step.";
  if (j.outcome.kind == Kind::diverged)
    return "The walker was thrown out at step " + std::to_string(j.path.diverged_at) +
           ": every step landed higher than the one before. Lower the rate.";
  if (j.outcome.kind == Kind::oscillating || back * 2 > steps)
    return "The walker turned back at " + std::to_string(back) + " of " + steps_word(steps) +
           ": it jumps across the valley instead of down into it. Lower the rate, or let it fall.";
  if (j.outcome.kind == Kind::local_minimum)
    return "The walker came to rest in a valley that is not the deepest, at loss " +
           figure(j.path.loss.back()) + ". It needs longer steps, or momentum, to get out.";
  if (j.outcome.kind == Kind::saddle)
    return "The walker rests on a saddle: the slope there is zero, but down is not far.";
  if (j.outcome.kind == Kind::converged) return "The walker arrives, but too late or not close enough.";
  return "The loss was still falling at the end, from " + figure(j.path.loss.front()) + " to " +
         figure(j.path.loss.back()) + ". Longer steps would have come further.";
}

LessonReport judge_run(const LessonGoal& goal, const Scenario& scenario, int r, const Trajectory& path,
                       const Outcome& outcome) {
  const Judged j{goal, scenario, path, outcome};
  LessonReport report;
  report.run = r;
  check_numbers(j, report);
  check_rules(j, scenario.runs[static_cast<size_t>(r)], report);
  report.met =
      std::all_of(report.checks.begin(), report.checks.end(), [](const LessonCheck& c) { return c.met; });
  if (!report.met) report.advice = advice(j);
  return report;
}

int count_met(const LessonReport& r) {
  return static_cast<int>(
      std::count_if(r.checks.begin(), r.checks.end(), [](const LessonCheck& c) { return c.met; }));
}

bool better(const LessonReport& a, const LessonReport& b, const Trajectory& of_a, const Trajectory& of_b) {
  if (a.met != b.met) return a.met;
  if (a.met && a.reached != b.reached) return a.reached < b.reached;
  if (count_met(a) != count_met(b)) return count_met(a) > count_met(b);
  return of_a.loss[static_cast<size_t>(lowest_row(of_a, 0))] <
         of_b.loss[static_cast<size_t>(lowest_row(of_b, 0))];
}

}  // namespace

LessonReport judge(const LessonGoal& goal, const Scenario& scenario, std::span<const Trajectory> paths,
                   std::span<const Outcome> outcomes) {
  LessonReport best;
  for (int r = 0; r < static_cast<int>(paths.size()); ++r) {
    if (goal.run >= 0 && r != goal.run) continue;
    const size_t i = static_cast<size_t>(r);
    LessonReport report = judge_run(goal, scenario, r, paths[i], outcomes[i]);
    if (best.checks.empty() || better(report, best, paths[i], paths[static_cast<size_t>(best.run)]))
      best = std::move(report);
  }
  if (best.checks.empty()) best.checks.push_back({false, "The run of the task is gone: undo brings it back"});
  return best;
}

LessonReport judge(const LessonGoal& goal, const Scenario& scenario) {
  const Objective objective = objective_of(scenario.surface);
  std::vector<Trajectory> paths;
  std::vector<Outcome> outcomes;
  for (const Run& run : scenario.runs) {
    paths.push_back(trajectory(objective, start_of(scenario, run), scenario.surface.noise, scenario.steps,
                               run.optimizer, run.schedule));
    outcomes.push_back(outcome(objective, paths.back()));
  }
  return judge(goal, scenario, paths, outcomes);
}

std::string what_happened(const std::string& name, const Trajectory& path, const Outcome& outcome) {
  const int steps = path.size() - 1;
  if (outcome.kind == Outcome::Kind::diverged)
    return name + " " + outcome.words + ", after the loss had been " +
           figure(path.loss[static_cast<size_t>(lowest_row(path, 0))]) + " at best.";
  const double first = path.loss.front(), last = path.loss.back();
  std::string words = name + ": the loss " +
                      (last < first   ? "fell"
                       : last > first ? "rose"
                                      : "stayed") +
                      " from " + figure(first) + " to " + figure(last) + " in " + steps_word(steps);
  if (const int back = turns(path); back > 0)
    words += "; the walker turned back " + std::to_string(back) + (back == 1 ? " time" : " times");
  return words + " (" + outcome.words + ").";
}

namespace {

/// `value` printed with as many significant digits as `stated` has.
bool says(const std::string& stated, double value) {
  int digits = 0;
  bool leading = true;
  for (char c : stated) {
    if (c == 'e' || c == 'E') break;
    if (c < '0' || c > '9') continue;
    if (leading && c == '0') continue;
    leading = false;
    ++digits;
  }
  char printed[40];
  std::snprintf(printed, sizeof printed, "%.*g", std::max(digits, 1), value);
  const double a = std::strtod(stated.c_str(), nullptr), b = std::strtod(printed, nullptr);
  return digits == 0
             ? std::fabs(value) <
                   0.5 * std::pow(10.0, -static_cast<double>(stated.size() -
                                                             std::min(stated.size(), stated.find('.') + 1)))
             : std::fabs(a - b) <= 1e-12 * std::fabs(a);
}

Error check_fact(const LessonFact& f) {
  const Objective objective = objective_of(f.scenario.surface);
  const Run& run = f.scenario.runs[static_cast<size_t>(f.run)];
  const Trajectory path = trajectory(objective, start_of(f.scenario, run), f.scenario.surface.noise,
                                     f.scenario.steps, run.optimizer, run.schedule);
  if (f.step >= path.size()) return "the run has no step " + std::to_string(f.step);
  const size_t row = static_cast<size_t>(f.step < 0 ? path.size() - 1 : f.step);
  const struct {
    const char* what;
    const std::string& stated;
    double value;
  } numbers[] = {{"loss", f.loss, path.loss[row]}, {"x", f.x, path.x[row]}, {"y", f.y, path.y[row]}};
  for (const auto& n : numbers)
    if (!n.stated.empty() && !says(n.stated, n.value)) {
      char got[40];
      std::snprintf(got, sizeof got, "%.6g", n.value);
      return std::string("the engine's ") + n.what + " is " + got + ", the lesson says " + n.stated;
    }
  if (const std::string words = outcome(objective, path).words; !f.outcome.empty() && words != f.outcome)
    return "the run's outcome is \"" + words + "\", the lesson says \"" + f.outcome + "\"";
  if (f.below && first_below(path, *f.below, 0) != f.reached)
    return "the loss is below " + figure(*f.below) + " from step " +
           std::to_string(first_below(path, *f.below, 0)) + ", the lesson says " + std::to_string(f.reached);
  return {};
}

}  // namespace

Error check_lesson(const Lesson& lesson) {
  const std::string file = lesson.name + ": ";
  if (lesson.goal) {
    if (judge(*lesson.goal, lesson.goal->start).met)
      return file + "goal: the starting state meets it already";
    const LessonReport report = judge(*lesson.goal, *lesson.solution);
    for (const LessonCheck& c : report.checks)
      if (!c.met) return file + "solution: does not meet the goal: " + c.words;
  }
  for (const LessonFact& f : lesson.facts)
    if (Error e = check_fact(f); !e.empty()) return file + "line " + std::to_string(f.line) + ": " + e;
  return {};
}

}  // namespace stride
