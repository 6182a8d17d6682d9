// What a lesson promises, held to the engine: its goal, its solution and the numbers in its text.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "lesson/lesson_shared.h"

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

/// What the engine says against it; empty where it agrees.
std::string objection(const LessonFact& f) {
  const Objective objective = objective_of(f.scenario);
  const Run& run = f.scenario.runs[static_cast<size_t>(f.run)];
  const Trajectory path = trajectory_of(f.scenario, run);
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
  if (const std::string words = outcome(objective, path).words(); !f.outcome.empty() && words != f.outcome)
    return "the run's outcome is \"" + words + "\", the lesson says \"" + f.outcome + "\"";
  if (f.below && first_below(path, *f.below, 0) != f.reached)
    return "the loss is below " + figure(*f.below) + " from step " +
           std::to_string(first_below(path, *f.below, 0)) + ", the lesson says " + std::to_string(f.reached);
  return {};
}

}  // namespace

Error check_lesson(const Lesson& lesson) {
  if (lesson.goal) {
    if (judge(*lesson.goal, lesson.goal->start).met)
      return error_of({.file = lesson.name, .place = "goal", .says = "the starting state meets it already"});
    const LessonReport report = judge(*lesson.goal, *lesson.solution);
    for (const LessonCheck& c : report.checks)
      if (!c.met)
        return error_of(
            {.file = lesson.name, .place = "solution", .says = "does not meet the goal: " + c.words});
  }
  for (const LessonFact& f : lesson.facts)
    if (std::string words = objection(f); !words.empty())
      return error_of({.file = lesson.name, .says = std::move(words), .line = f.line});
  return {};
}

}  // namespace stride
