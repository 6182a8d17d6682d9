// The blindfolded walker: fog over everything but the ground walked on, and steps chosen one by one.
#pragma once

#include <vector>

#include "imgui.h"
#include "lab/lessons/lesson_state.h"
#include "lab/session/results.h"
#include "lab/stage/stage.h"

namespace stride::lab {

/// What the fog over the surface has been painted for.
struct Fog {
  struct Place {
    double x, y;  ///< as parts of the domain's longer side
    bool operator==(const Place&) const = default;
  };
  bool drawn = false;  ///< what the surface has over it is fog
  std::vector<Place> visited;
  Domain domain;
  ImU32 colour = 0;
  bool operator==(const Fog&) const = default;
};

/// The fog, on any surface. Without it the steps taken stay, as a schedule of points.
void toggle_blindfold(const LessonDesk& desk);
/// Takes the fog away where the scenario is a walk no more: undone, or another one opened.
void drop_blindfold(LessonState& lesson, const Scenario& scenario);
/// A walk has an optimizer, a schedule and steps of its own: only where none is locked, or a lesson leads;
/// not while a question waits.
bool may_blindfold(const LessonState& lesson, const Session& session);
/// One step of the chosen length downhill, as far as the walker can feel where that is.
void walk(const LessonDesk& desk, const Results& results);
int steps_walked(const Scenario& scenario);
/// Whether the scenario is a walk: one run of plain descent at rate 1 with a point for each step.
bool is_walk(const Scenario& scenario);

/// Lays the fog over the surface or takes it away. True: it lies. Before drawing. `step`: the last one seen.
bool fog_overlay(const LessonState& lesson, const Session& session, const Results& results, int step,
                 Stage& stage, Fog& fog);
/// Over the surface's foot: slope, length, step.
void blindfold_panel(const LessonDesk& desk, const Results& results, const Stage& stage);
void blindfold_button(const LessonDesk& desk);

}  // namespace stride::lab
