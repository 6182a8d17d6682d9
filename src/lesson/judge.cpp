// How a run stands to a goal, and what it did, in words made from its numbers.
#include <algorithm>
#include <cmath>

#include "lesson/lesson_shared.h"
#include "text/numbers.h"

namespace stride {

std::string figure(double v) {
  return readable(v, 3);
}

int last_step(const Trajectory& path, int within) {
  return within > 0 ? std::min(within, path.size() - 1) : path.size() - 1;
}

int first_below(const Trajectory& path, double limit, int within) {
  for (int t = 0; t <= last_step(path, within); ++t)
    if (path.loss[static_cast<size_t>(t)] < limit) return t;
  return -1;
}

std::string steps_word(int n) {
  return tr_count(n, "1 step", "{0} steps");
}

int lowest_row(const Trajectory& path, int within) {
  int best = 0;
  for (int t = 0; t <= last_step(path, within); ++t)
    if (path.loss[static_cast<size_t>(t)] < path.loss[static_cast<size_t>(best)]) best = t;
  return best;
}

double tail_loss(const Trajectory& path, int rows) {
  const int from = std::max(0, path.size() - std::max(1, std::max(rows, path.size()) / 4));
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
  if (is_surface(s) && surface_of(s).expression.empty())
    for (const Minimum& m : surfaces()[static_cast<size_t>(surface_of(s).surface)].minima)
      if (m.global) nearest = std::min(nearest, std::hypot(path.x.back() - m.x, path.y.back() - m.y));
  return nearest;
}

namespace {

bool among(const std::vector<std::string>& names, const char* key) {
  return names.empty() || std::find(names.begin(), names.end(), key) != names.end();
}

std::string listed(const std::vector<std::string>& names) {
  std::string words;
  for (size_t i = 0; i < names.size(); ++i)
    words += (i == 0 ? "" : i + 1 == names.size() ? tr(" or ") : ", ") + names[i];
  return words;
}

/// Schedules as their menu calls them. Some of the names have commas.
std::vector<std::string> called(const std::vector<std::string>& keys) {
  std::vector<std::string> names;
  for (const std::string& key : keys)
    names.push_back(tr("“{0}”|name", {tr(schedules()[static_cast<size_t>(find_schedule(key))].name)}));
  return names;
}

/// What the goal's losses are losses of, and of how many walkers.
std::string on_average(const LessonGoal& goal, const std::string& loss) {
  const std::string words =
      goal.measure == LessonMeasure::validation_loss ? tr("Of the samples held out: {0}", {loss}) : loss;
  return goal.seeds > 1
             ? tr("{0}, on average over {1}", {words, tr_count(goal.seeds, "1 walker", "{0} walkers")})
             : words;
}

LessonCheck check_reached(const Judged& j, LessonReport& report) {
  const int t = first_below(j.path, *j.goal.loss_below, j.goal.within_steps);
  report.reached = t;
  const std::string limit = figure(*j.goal.loss_below);
  const std::string words = on_average(
      j.goal, j.goal.within_steps ? tr("Loss under {0} within {1}", {limit, steps_word(j.goal.within_steps)})
                                  : tr("Loss under {0}", {limit}));
  if (t >= 0) return {true, tr("{0}: reached at step {1}", {words, readable_whole(t)})};
  const int low = lowest_row(j.path, j.goal.within_steps);
  return {false, tr("{0}: the lowest is {1}, at step {2}",
                    {words, figure(j.path.loss[static_cast<size_t>(low)]), readable_whole(low)})};
}

void check_numbers(const Judged& j, LessonReport& report) {
  const LessonGoal& g = j.goal;
  if (g.loss_below) report.checks.push_back(check_reached(j, report));
  if (g.end_loss_below)
    report.checks.push_back(
        {j.outcome.kind != Outcome::Kind::diverged && j.path.loss.back() < *g.end_loss_below,
         tr("{0}: it is {1}", {on_average(g, tr("Loss under {0} at the end", {figure(*g.end_loss_below)})),
                               figure(j.path.loss.back())})});
  const double tail = tail_loss(j.path, g.start.steps + 1);
  if (g.tail_loss_below)
    report.checks.push_back({j.outcome.kind != Outcome::Kind::diverged && tail < *g.tail_loss_below,
                             tr("{0}: it is {1}", {on_average(g, tr("Loss under {0} over the last quarter",
                                                                    {figure(*g.tail_loss_below)})),
                                                   figure(tail)})});
  if (g.distance_to_minimum) {
    const double away = minimum_distance(j.scenario, j.path);
    report.checks.push_back(
        {away <= *g.distance_to_minimum, tr("End at most {0} from the lowest point: it is {1} away",
                                            {figure(*g.distance_to_minimum), figure(away)})});
  }
  if (g.no_divergence)
    report.checks.push_back(
        {j.path.diverged_at < 0, j.path.diverged_at < 0
                                     ? tr("No divergence")
                                     : tr("No divergence: the run {0}", {outcome_words(j.outcome)})});
  if (g.diverges)
    report.checks.push_back(
        {j.path.diverged_at >= 0, j.path.diverged_at >= 0
                                      ? tr("Divergence: the run {0}", {outcome_words(j.outcome)})
                                      : tr("Divergence: the run has not diverged yet")});
}

Problem without_start(const Scenario& scenario) {
  Problem problem = scenario.problem;
  std::visit(
      [](auto& p) {
        if constexpr (requires { p.start; }) p.start.reset();
      },
      problem);
  return problem;
}

void check_rules(const Judged& j, const Run& run, LessonReport& report) {
  const LessonGoal& g = j.goal;
  if (!g.optimizers.empty())
    report.checks.push_back({among(g.optimizers, optimizers()[static_cast<size_t>(run.optimizer.row)].key),
                             tr("With the optimizer {0}", {listed(g.optimizers)})});
  if (!g.schedules.empty())
    report.checks.push_back({among(g.schedules, schedules()[static_cast<size_t>(run.schedule.row)].key),
                             tr("With the schedule {0}", {listed(called(g.schedules))})});
  if (!same_numbers(without_start(j.scenario), without_start(g.start)))
    report.checks.push_back({false, is_surface(g.start) ? tr("On the lesson's own surface, with its noise")
                                                        : tr("On the lesson's own data, in its batches")});
  if (is_descent(g.start) && is_descent(j.scenario)) {
    const Point here = start_of(j.scenario, run), there = start_of(g.start, g.start.runs[0]);
    if (!g.free_start && !(here == there))
      report.checks.push_back(
          {false, tr("From the lesson's own start ({0}, {1})", {figure(there.x), figure(there.y)})});
  }
  if (j.scenario.steps > g.start.steps)
    report.checks.push_back({false, tr("With no more than {0}", {steps_word(g.start.steps)})});
}

LessonReport judge_run(const LessonGoal& goal, const Scenario& scenario, int r, const Trajectory& path,
                       const Outcome& outcome) {
  const Run& run = scenario.runs[static_cast<size_t>(r)];
  const bool many = goal.seeds > 1 && is_descent(scenario) && is_random(scenario);
  const Trajectory mean = many ? mean_over_seeds(scenario, run, goal.seeds) : Trajectory{};
  const Judged j{goal, scenario, r, many ? mean : path, outcome};
  LessonReport report;
  report.run = r;
  check_rules(j, run, report);
  const size_t rules = report.checks.size();
  check_numbers(j, report);
  const auto unmet =
      std::find_if(report.checks.begin(), report.checks.end(), [](const LessonCheck& c) { return !c.met; });
  report.met = unmet == report.checks.end();
  if (report.met) return report;
  if (unmet < report.checks.begin() + static_cast<long>(rules))
    report.advice = tr("First of all the task asks for this: {0}.", {unmet->words});
  else
    report.advice = advice(j);
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
  if (best.checks.empty())
    best.checks.push_back({false, tr("The run of the task is gone: undo brings it back")});
  return best;
}

SketchReport judge_sketch(const LessonSketch& sketch, std::span<const double> drawn, const Trajectory& path) {
  constexpr double least = 1e-6, most = 1e12;  // parts of the first loss
  const double unit = std::max(std::fabs(path.loss[0]), 1e-12);
  const auto height = [&](double loss) {
    return std::log(std::isnan(loss) ? most : std::clamp(loss / unit, least, most));
  };
  const size_t rows = std::min(drawn.size(), path.loss.size());
  double sum = 0;
  for (size_t t = 1; t < rows; ++t) sum += std::fabs(height(drawn[t]) - height(path.loss[t]));
  const double off = std::exp(sum / static_cast<double>(std::max<size_t>(rows, 2) - 1));
  return {off < sketch.within, off, drawn[rows - 1], path.loss[rows - 1]};
}

std::string outcome_words(const Outcome& outcome) {
  return tr(outcome.pattern.data(), {readable_whole(outcome.step)});
}

std::string what_happened(const std::string& name, const Trajectory& path, const Outcome& outcome) {
  const int steps = path.size() - 1, back = turns(path);
  const std::string end = outcome_words(outcome);
  if (outcome.kind == Outcome::Kind::diverged)
    return tr("{0} {1}, after the loss had been {2} at best.",
              {name, end, figure(path.loss[static_cast<size_t>(lowest_row(path, 0))])});
  const double first = path.loss.front(), last = path.loss.back();
  const char* way = last < first   ? "{0}: the loss fell from {1} to {2} in {3}"
                    : last > first ? "{0}: the loss rose from {1} to {2} in {3}"
                                   : "{0}: the loss stayed at {1} for {3}";
  std::string words = tr(way, {name, figure(first), figure(last), steps_word(steps)});
  if (back > 0)
    words += tr_count(back, "; the walker turned back 1 time", "; the walker turned back {0} times");
  return words + " (" + end + ").";
}

}  // namespace stride
