// What a lesson promises, held to the engine: its goal, its solution and the numbers in its text.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "core/surfaces/expression.h"
#include "lesson/lesson_shared.h"
#include "text/typed_number.h"

namespace stride {

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

/// One run of a fact's: a row's numbers, or the mean of the last quarter.
struct Found {
  double loss = 0, x = 0, y = 0, curvature = 0, lr = 0;
  int reached = -1;
  std::string outcome;
};

Found found(const LessonFact& f, const Scenario& scenario, const Run& run) {
  const bool mean = f.seeds > 1;
  const auto rows = [&f](const Scenario& s, const Run& r) { return rows_of(s, r, f.measure); };
  const Trajectory path = mean ? mean_over_seeds(scenario, run, f.seeds, rows) : rows(scenario, run);
  const size_t row = static_cast<size_t>(f.step < 0 ? path.size() - 1 : std::min(f.step, path.size() - 1));
  Found out{f.tail ? tail_loss(path) : path.loss[row], 0, 0, 0, path.lr[row], -1, {}};
  if (is_descent(scenario)) out.x = path.x[row], out.y = path.y[row];
  if (path.diverged_at >= 0 && (mean || f.rates)) out.loss = INFINITY;
  if (!(f.curvature + f.limit).empty())
    out.curvature = curvature(objective_of(scenario).at(path.x[row], path.y[row])).largest;
  if (f.below) out.reached = first_below(path, *f.below, 0);
  if (!f.outcome.empty())
    out.outcome = (is_network(scenario) ? outcome(static_cast<const Series&>(path))
                                        : outcome(objective_of(scenario), path))
                      .words();
  return out;
}

/// The best of 61 rates, by the fewest steps where the fact states them, else by the loss.
Found tuned(const LessonFact& f, const Scenario& scenario, double& rate) {
  constexpr int count = 61;
  Found best;
  for (int i = 0; i < count; ++i) {
    Run run = scenario.runs[static_cast<size_t>(f.run)];
    const double lr = f.rates->min * std::pow(f.rates->max / f.rates->min, i / (count - 1.0));
    *value_of(run, "lr") = lr;
    const Found here = found(f, scenario, run);
    const bool sooner = here.reached >= 0 && (best.reached < 0 || here.reached < best.reached);
    if (i > 0 && !(f.below ? sooner : here.loss < best.loss || std::isnan(best.loss))) continue;
    best = here;
    rate = lr;
  }
  return best;
}

/// The share of the fact's seeds or starts whose last loss is below.
double share(const LessonFact& f) {
  Run run = f.scenario.runs[static_cast<size_t>(f.run)];
  Scenario other = f.scenario;
  const int count = f.starts > 0 ? f.starts : f.seeds,
            side = static_cast<int>(std::lround(std::sqrt(f.starts)));
  const Domain d = f.starts > 0 ? domain_of(f.scenario) : Domain{};
  int below = 0;
  for (int i = 0; i < count; ++i) {
    const int column = f.starts > 0 ? i % side : 0, row = f.starts > 0 ? i / side : 0;
    if (f.starts > 0)
      run.start = Point{d.xmin + (d.xmax - d.xmin) * (column + 0.5) / side,
                        d.ymin + (d.ymax - d.ymin) * (row + 0.5) / side};
    const Trajectory path = rows_of(other, run, f.measure);
    below += path.diverged_at < 0 && path.loss.back() < *f.end_below;
    next_seed(other);
  }
  return static_cast<double>(below) / count;
}

std::string differs(const char* what, const std::string& stated, double value) {
  char got[40];
  std::snprintf(got, sizeof got, "%.6g", value);
  return std::string("the engine's ") + what + " is " + got + ", the lesson says " + stated;
}

/// What the engine says against it; empty where it agrees.
std::string objection(const LessonFact& f) {
  if (!f.formula.empty()) {
    ExpressionError fault;
    const double value = evaluate_value(parse_expression(f.formula, fault, {{}}), nullptr);
    return says(f.is, value) ? "" : differs(f.formula.c_str(), f.is, value);
  }
  const Run& run = f.scenario.runs[static_cast<size_t>(f.run)];
  if (f.step > f.scenario.steps) return "the run has no step " + std::to_string(f.step);
  if (!f.share.empty()) return says(f.share, share(f)) ? "" : differs("share", f.share, share(f));
  double rate = 0;
  const Found here = f.rates ? tuned(f, f.scenario, rate) : found(f, f.scenario, run);
  struct {
    const char* what;
    const std::string& stated;
    double value;
  } numbers[] = {{"loss", f.loss, here.loss},
                 {"x", f.x, here.x},
                 {"y", f.y, here.y},
                 {"curvature", f.curvature, here.curvature},
                 {"rate", f.rate, rate},
                 {"ratio", f.ratio, 0},
                 {"limit", f.limit, 2 / here.curvature},
                 {"lr", f.lr, here.lr}};
  if (f.to) {
    double there_rate = 0;
    const Run& other = f.to->runs[std::min(static_cast<size_t>(f.run), f.to->runs.size() - 1)];
    numbers[5].value = here.loss / (f.rates ? tuned(f, *f.to, there_rate) : found(f, *f.to, other)).loss;
  }
  for (const auto& n : numbers)
    if (!n.stated.empty() && !says(n.stated, n.value)) return differs(n.what, n.stated, n.value);
  if (!f.outcome.empty() && here.outcome != f.outcome)
    return "the run's outcome is \"" + here.outcome + "\", the lesson says \"" + f.outcome + "\"";
  if (f.below && here.reached != f.reached)
    return "the loss is below " + figure(*f.below) + " from step " + std::to_string(here.reached) +
           ", the lesson says " + std::to_string(f.reached);
  return {};
}

Error promise(const Lesson& lesson, const char* place, const std::string& words) {
  return error_of({.file = lesson.name, .place = place, .says = words});
}

/// Every setting that the text offers can be taken where it stands.
Error check_settings(const Lesson& lesson) {
  const Scenario* shown = &lesson.scenario;
  for (const LessonScreen& screen : lesson.screens) {
    if (screen.scenario) shown = &*screen.scenario;
    for (const LessonBlock& block : screen.blocks)
      for (const LessonSpan& span : block.spans) {
        Scenario changed = *shown;
        if (span.sets.empty()) continue;
        if (Error e = change_by_query(span.sets, 0, changed)) {
          e->file = lesson.name;
          e->place = "[" + plain_text(span.words) + "](set:" + plain_text(span.sets) + ")" +
                     (e->place.empty() ? "" : ": " + e->place);
          return e;
        }
      }
  }
  return {};
}

/// The number that the task asks for is the engine's, and its answers stand to it as the file says.
void check_ask(const Lesson& lesson, const LessonAsk& ask, std::vector<Error>& broken) {
  if (std::string words = objection(ask.fact); !words.empty())
    broken.push_back(promise(lesson, "goal.ask.number", words));
  for (const auto& [key, answers] : {std::pair{"right", &ask.right}, std::pair{"wrong", &ask.wrong}})
    for (size_t i = 0; i < answers->size(); ++i) {
      const std::optional<double> answer = read_typed_number((*answers)[i]);
      if (answer && (judge_number(ask, *answer) == 0) == (answers == &ask.right)) continue;
      broken.push_back(promise(lesson,
                               ("goal.ask." + std::string(key) + "[" + std::to_string(i) + "]").c_str(),
                               !answer                 ? "is no number"
                               : answers == &ask.right ? "does not answer the question"
                                                       : "answers the question"));
    }
}

}  // namespace

std::vector<Error> broken_promises(const Lesson& lesson, bool trainings) {
  std::vector<Error> broken;
  if (Error e = check_settings(lesson)) broken.push_back(std::move(e));
  const auto told = [&](const Scenario& s) { return trainings || !is_network(s); };
  if (lesson.goal && lesson.goal->ask && told(lesson.goal->ask->fact.scenario))
    check_ask(lesson, *lesson.goal->ask, broken);
  if (lesson.goal && told(lesson.goal->start)) {
    const LessonGoal& goal = *lesson.goal;
    if (judge(goal, goal.start).met)
      broken.push_back(promise(lesson, "goal", "the starting state meets it already"));
    std::vector<Scenario> right = lesson.right;
    right.insert(right.begin(), *lesson.solution);
    for (size_t i = 0; i < right.size(); ++i)
      for (const LessonCheck& c : judge(goal, right[i]).checks)
        if (!c.met)
          broken.push_back(promise(lesson,
                                   i == 0 ? "solution" : ("right[" + std::to_string(i - 1) + "]").c_str(),
                                   "does not meet the goal: " + c.words));
    for (size_t i = 0; i < lesson.wrong.size(); ++i)
      if (judge(goal, lesson.wrong[i]).met)
        broken.push_back(promise(lesson, ("wrong[" + std::to_string(i) + "]").c_str(), "meets the goal"));
  }
  for (const LessonFact& f : lesson.facts)
    if (told(f.scenario))
      if (std::string words = objection(f); !words.empty())
        broken.push_back(error_of({.file = lesson.name, .says = std::move(words), .line = f.line}));
  return broken;
}

Error check_lesson(const Lesson& lesson, bool trainings) {
  std::vector<Error> broken = broken_promises(lesson, trainings);
  return broken.empty() ? nullptr : std::move(broken.front());
}

}  // namespace stride
