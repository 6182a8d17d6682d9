// The panels that set things up: what is descended, and how the selected run descends.
#pragma once

#include <span>

#include "lab/session/results.h"
#include "lab/session/session.h"
#include "lab/setup/drafts.h"
#include "lab/studies/live_study.h"

namespace stride::lab {

/// The button with the surface's name and its popup of pictures.
void surface_picker(Session& session);
/// Expression, start, domain, steps and noise.
/// What a curve has in place of a surface: its formula, start and shown part.
void curve_fields(Session& session, Drafts& drafts);
/// What a fit has in its place.
void fit_fields(Session& session, Drafts& drafts);
void problem_panel(Session& session, Drafts& drafts);
/// Optimizer, rate, schedule and every parameter of the selected run. `strip`: see rate_strip.
void run_panel(Session& session, const Results& results, Drafts& drafts, LiveStudy& strip,
               const StudyDesk& desk, bool& parameters_open);
/// The learning rate of the selected run alone.
void rate_panel(Session& session, const Results& results, LiveStudy& strip, const StudyDesk& desk);
/// Under the learning-rate slider: what every other rate would come to.
void rate_strip(Session& session, const Results& results, LiveStudy& strip, const StudyDesk& desk);
/// A control for each parameter from `first` on. True while one changes.
bool parameter_controls(Settings& settings, std::span<const Param> params, int first, int steps, int columns);

}  // namespace stride::lab
