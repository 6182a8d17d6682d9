// `stride lesson`: lessons held to the engine, and how much of a task luck alone would meet.
#include "lesson/lesson.h"

#include <cmath>
#include <cstdio>
#include <random>

#include "cli/cli.h"
#include "figures/poster.h"
#include "lesson/memory/worksheet.h"

namespace stride::cli {

namespace {

/// The part of random values of the task's parameter that meet it, the rest of the scenario as it is.
double share_met(const LessonGoal& goal, const Scenario& scenario, int settings) {
  const LessonKnob& knob = *goal.knob;
  std::mt19937 random(1);
  int met = 0;
  for (int i = 0; i < settings; ++i) {
    Scenario s = scenario;
    double* value = value_of(s.runs[0], knob.key);
    if (!value) return 0;  // what the task asks for has to be chosen first
    const double part = random() / 4294967296.0;
    *value =
        knob.log ? knob.min * std::pow(knob.max / knob.min, part) : knob.min + (knob.max - knob.min) * part;
    if (is_counted(s.runs[0], knob.key)) *value = std::round(*value);
    met += judge(goal, s).met;
  }
  return static_cast<double>(met) / settings;
}

std::string row_of(const Lesson& lesson, int settings) {
  if (!lesson.goal || !lesson.goal->knob || settings == 0) return lesson.name + ",,,\n";
  const LessonGoal& goal = *lesson.goal;
  char row[80];
  std::snprintf(row, sizeof row, ",%.3f,%.3f\n", share_met(goal, goal.start, settings),
                share_met(goal, *lesson.solution, settings));
  return lesson.name + "," + goal.knob->key + row;
}

}  // namespace

Result lesson(const LessonRequest& request) {
  std::string rows = request.worksheet ? "" : "lesson,parameter,met_from_start,met_from_solution\n";
  for (const std::string& file : request.files) {
    std::string text;
    Lesson lesson;
    if (Error e = read_file(file, max_document, text)) return {"", std::move(e)};
    if (Error e = read_lesson(text, base_name(file), lesson)) return {"", std::move(e)};
    if (request.worksheet) {
      rows += worksheet(lesson, figures::poster_of_start(lesson.scenario));
      continue;
    }
    std::string faults;
    for (const Error& e : broken_promises(lesson)) faults += (faults.empty() ? "" : "\n") + sentence(e);
    if (!faults.empty()) return {"", error_of({.says = faults})};
    rows += row_of(lesson, request.random);
  }
  return {rows, {}};
}

}  // namespace stride::cli
