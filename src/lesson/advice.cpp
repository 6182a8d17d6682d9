// What stood in a run's way to a goal, told from its numbers; and which way to go on, told from runs that went there.
#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <utility>

#include "lesson/lesson_shared.h"
#include "text/numbers.h"

namespace stride {

namespace {

double highest_rate(const Trajectory& path) {
  return *std::max_element(path.lr.begin(), path.lr.end());
}

double mean_loss(const Trajectory& path, int from, int to) {
  double sum = 0;
  for (int t = from; t < to; ++t) sum += path.loss[static_cast<size_t>(t)];
  return sum / std::max(1, to - from);
}

/// Under noise: when the rate had fallen to a twentieth, the walker had not yet come down to where its highest rate leads.
bool died_on_the_way(const Judged& j) {
  const Trajectory& p = j.path;
  Run on = j.scenario.runs[static_cast<size_t>(j.run)];
  on.schedule = default_settings(0, schedules()[0].params);  // constant
  double* const lr = value_of(on, "lr");
  if (!lr) return true;
  *lr = highest_rate(p);
  const double floor = tail_loss(mean_over_seeds(j.scenario, on, std::max(j.goal.seeds, 8)));
  int dead = p.size() - 1;
  while (dead > 0 && p.lr[static_cast<size_t>(dead) - 1] < 0.05 * highest_rate(p)) --dead;
  return dead > 0 && mean_loss(p, dead - std::max(dead / 10, 1), dead) > 2 * floor;
}

/// The rate has fallen so far that the walker stands, where its highest would still lower the loss by a twentieth.
bool has_died(const Judged& j) {
  const Trajectory& p = j.path;
  const double last = p.lr.back(), highest = highest_rate(p);
  if (!(last < 0.05 * highest) || is_network(j.scenario)) return false;
  if (is_random(j.scenario) && !died_on_the_way(j)) return false;
  const Derivatives d = objective_of(j.scenario).at(p.x.back(), p.y.back());
  return highest * (d.dx * d.dx + d.dy * d.dy) > 0.05 * std::fabs(d.f);
}

/// Under noise: in the last quarter the loss is no lower than in the one before.
bool shakes(const Judged& j) {
  const int rows = j.path.size(), quarter = rows / 4;
  if (!is_descent(j.scenario) || !is_random(j.scenario) || quarter < 2) return false;
  const double first = j.path.loss.front(), last = tail_loss(j.path),
               before = mean_loss(j.path, rows - 2 * quarter, rows - quarter);
  return first - last > 0.5 * std::fabs(first) && last > before - 0.2 * std::fabs(before);
}

/// What keeps the loss up of a walker that shakes; none: without noise it would only be on its way still.
enum class Floor { none, noise, rate };
Floor floor_of(const Judged& j) {
  if (!shakes(j)) return Floor::none;
  Scenario still = j.scenario;
  if (!std::holds_alternative<SurfaceProblem>(still.problem)) return Floor::noise;
  std::get<SurfaceProblem>(still.problem).noise.sigma = 0;
  const Trajectory path = trajectory_of(still, still.runs[static_cast<size_t>(j.run)]);
  const double tail = tail_loss(j.path);
  if (!(tail_loss(path) > tail - 0.2 * std::fabs(tail))) return Floor::noise;
  return 2 * turns(path) > path.size() ? Floor::rate : Floor::none;
}

/// So it does in a valley that is not the deepest.
bool is_kept_elsewhere(const Judged& j) {
  const Domain d = domain_of(j.scenario);
  const auto away = [&](const Minimum& m) {
    return std::hypot(m.x - j.path.x.back(), m.y - j.path.y.back());
  };
  const Objective objective = objective_of(j.scenario);
  const std::span<const Minimum> minima = named_minima(objective);
  const auto nearest =
      std::min_element(minima.begin(), minima.end(), [&](auto& a, auto& b) { return away(a) < away(b); });
  return shakes(j) && nearest != minima.end() && !nearest->global && away(*nearest) < 0.1 * (d.xmax - d.xmin);
}

bool has_hardly_moved(const Judged& j) {
  return std::fabs(j.path.loss[0] - tail_loss(j.path)) < 0.1 * std::fabs(j.path.loss[0]);
}

/// Plain descent at four fifths or more of the limit 2 / lambda where it stands.
bool is_near_limit(const Judged& j) {
  const Run& run = j.scenario.runs[static_cast<size_t>(j.run)];
  const std::span<const Param> params = optimizers()[static_cast<size_t>(run.optimizer.row)].params;
  const int momentum = find_param(params, "momentum");
  const bool plain = optimizers()[static_cast<size_t>(run.optimizer.row)].key == std::string_view("SGD");
  if (!plain || is_network(j.scenario) || (momentum >= 0 && run.optimizer.number(momentum) > 0)) return false;
  const double largest = curvature(objective_of(j.scenario).at(j.path.x.back(), j.path.y.back())).largest;
  return largest > 0 && j.path.lr.back() * largest > 1.6;
}

/// How far a run is from the goal: whether it misses it, and by what measure, less being nearer.
std::pair<bool, double> distance(const LessonGoal& g, const Scenario& scenario, const Run& run) {
  const Trajectory p = g.seeds > 1 ? mean_over_seeds(scenario, run, g.seeds) : trajectory_of(scenario, run);
  if (g.diverges)
    return {p.diverged_at < 0, p.diverged_at < 0 ? -std::log1p(std::fabs(p.loss.back())) : p.diverged_at};
  if (p.diverged_at >= 0 && (g.no_divergence || !g.loss_below)) return {true, INFINITY};
  if (g.loss_below) {
    const int t = first_below(p, *g.loss_below, g.within_steps);
    return t >= 0 ? std::pair{false, static_cast<double>(t)}
                  : std::pair{true, p.loss[static_cast<size_t>(lowest_row(p, g.within_steps))]};
  }
  if (g.end_loss_below) return {!(p.loss.back() < *g.end_loss_below), p.loss.back()};
  if (g.tail_loss_below) return {!(tail_loss(p) < *g.tail_loss_below), tail_loss(p)};
  const double away = minimum_distance(scenario, p);
  return {!(away <= g.distance_to_minimum.value_or(0)), away};
}

/// The parameter moved by a factor, within what may be tried; one below 1 by its distance from 1, one that is off from the most.
void move(double& value, const Param& param, double factor, const LessonKnob& knob) {
  const bool below_one = param.max <= 1 || (!knob.log && knob.max > 0.9 && knob.max <= 1);
  if (value == 0)
    value = knob.max * (1 - 1 / std::max(factor, 1.0));
  else
    value = below_one ? 1 - (1 - value) / factor : value * factor;
  if (knob.max > knob.min) value = std::clamp(value, knob.min, knob.max);
  if (param.kind == Param::Kind::integer || param.kind == Param::Kind::integers)
    value = std::max(1.0, std::round(value));
  value = std::clamp(value, param.min, param.max);
}

const Param* param_of(const Run& run, std::string_view key) {
  for (const Params* params : {&optimizers()[static_cast<size_t>(run.optimizer.row)].params,
                               &schedules()[static_cast<size_t>(run.schedule.row)].params})
    if (const int i = find_param(*params, key); i >= 0) return &(*params)[static_cast<size_t>(i)];
  return nullptr;
}

}  // namespace

double* value_of(Run& run, std::string_view key) {
  for (const auto& [params, settings] :
       {std::pair{&optimizers()[static_cast<size_t>(run.optimizer.row)].params, &run.optimizer},
        std::pair{&schedules()[static_cast<size_t>(run.schedule.row)].params, &run.schedule}}) {
    const int i = find_param(*params, key);
    if (i >= 0 && !settings->values[static_cast<size_t>(i)].empty())
      return &settings->values[static_cast<size_t>(i)][0];
  }
  return nullptr;
}

bool is_counted(const Run& run, std::string_view key) {
  const Param* param = param_of(run, key);
  return param && (param->kind == Param::Kind::integer || param->kind == Param::Kind::integers);
}

std::string advice(const Judged& j) {
  using Kind = Outcome::Kind;
  const int back = turns(j.path), steps = j.path.size() - 1;
  if (steps < 1) return tr("Take a first step.");
  const double rate = j.path.lr[static_cast<size_t>(steps) - 1];  // of the last step
  if (j.goal.diverges)
    return tr("Each step still lands lower, or bounces at the same height. Raise the rate.");
  if (j.path.diverged_at >= 0)
    return tr(
        "The walker was thrown out at step {0}: it landed higher and higher. Its highest rate, {1}, is too "
        "high.",
        {readable_whole(j.path.diverged_at), figure(highest_rate(j.path))});
  if (has_died(j) && j.goal.seeds > 1 && j.outcome.kind == Kind::converged)
    return tr(
        "The rate has died before all walkers arrived, though this one has: it fell from {0} to {1}. Their "
        "mean loss is {2}.",
        {figure(highest_rate(j.path)), figure(rate), figure(j.path.loss.back())});
  if (has_died(j))
    return tr(
        "The rate has died before the walker arrived: it fell from {0} to {1}, and the ground still slopes "
        "there.",
        {figure(highest_rate(j.path)), figure(rate)});
  const std::string kept =
      tr("The walker stays in a valley that is not the deepest, at loss {0}: its steps are too short "
         "to leave it.",
         {figure(j.path.loss.back())});
  if (is_kept_elsewhere(j)) return kept;
  const Floor floor = floor_of(j);
  if (floor == Floor::rate)
    return tr(
        "The walker shakes on a floor: the loss of the last quarter is {0} on average, and without the noise "
        "it would be no better. At the end the rate is {1}: too high to come to rest here.",
        {figure(tail_loss(j.path)), figure(rate)});
  if (floor == Floor::noise)
    return tr(
        "The walker shakes on a floor: the loss of the last quarter is {0} on average. At the end the rate "
        "is {1}; noise times rate makes the floor.",
        {figure(tail_loss(j.path)), figure(rate)});
  const bool turns_back = !is_random(j.scenario) && back * 2 > steps;
  if (!turns_back && has_hardly_moved(j))
    return tr("The walker has hardly moved: the loss went from {0} to {1}.",
              {figure(j.path.loss.front()), figure(j.path.loss.back())});
  if (turns_back || (j.outcome.kind == Kind::oscillating && !is_random(j.scenario)))
    return tr("The walker turned back at {0} of {1}: it jumps across the valley instead of down into it.",
              {readable_whole(back), steps_word(steps)});
  if (j.outcome.kind == Kind::local_minimum) return kept;
  if (j.outcome.kind == Kind::saddle)
    return tr("The walker rests on a saddle: the slope there is zero, but down is not far.");
  if (j.goal.loss_below && first_below(j.path, *j.goal.loss_below, 0) >= 0)
    return tr("The walker comes below {0} at step {1}: too late.",
              {figure(*j.goal.loss_below), readable_whole(first_below(j.path, *j.goal.loss_below, 0))});
  if (is_near_limit(j))
    return tr(
        "The walker is still on its way, and this rule allows no longer steps: the rate is close to 2/λ.");
  if (j.outcome.kind == Kind::converged) return tr("The walker comes to rest, but not close enough.");
  return tr("The loss fell from {0} to {1}, and was still falling at the end.",
            {figure(j.path.loss.front()), figure(j.path.loss.back())});
}

std::string direction(const LessonGoal& goal, const Scenario& scenario, int run) {
  const LessonKnob knob = goal.knob.value_or(LessonKnob{});
  const Run here = scenario.runs[static_cast<size_t>(run)];
  const Param* param = param_of(here, knob.key);
  const auto keeps = [](const std::vector<std::string>& rules, const char* key) {
    return rules.empty() || std::find(rules.begin(), rules.end(), key) != rules.end();
  };
  // While another rule is used than the task asks for, its number leads nowhere.
  if (!param || !is_descent(scenario) ||
      !keeps(goal.optimizers, optimizers()[static_cast<size_t>(here.optimizer.row)].key) ||
      !keeps(goal.schedules, schedules()[static_cast<size_t>(here.schedule.row)].key))
    return {};
  const auto at = [&](double factor) {
    Run there = here;
    double* value = value_of(there, knob.key);
    if (!value) return std::pair{true, static_cast<double>(INFINITY)};
    if (factor != 1) move(*value, *param, factor, knob);
    return distance(goal, scenario, there);
  };
  const auto now = at(1), up = std::min(at(1.3), at(3)), down = std::min(at(1 / 1.3), at(1 / 3.0));
  const std::string name = knob.key == "lr" ? tr("learning rate") : knob.key;
  if (std::min(up, down) >= now) return tr("A little more or less of it does not help: {0}.", {name});
  const auto below = [&](Run run) { return *value_of(run, knob.key) < knob.min; };
  return up < down || (up == down && below(here)) ? tr("A higher value comes closer: {0}.", {name})
                                                  : tr("A lower value comes closer: {0}.", {name});
}

}  // namespace stride
