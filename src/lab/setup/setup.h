// The panels that set things up: what is descended, and how the selected run descends.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "lab/session/playback.h"
#include "lab/session/results.h"
#include "lab/session/session.h"
#include "lab/setup/drafts.h"
#include "lab/studies/live_study.h"

namespace stride::lab {

/// What a curve or a model is to a learner, in a word and by its parts; null where a surface is descended.
const char* word_of_model(const Scenario& scenario);
const char* parts_of_model(const Scenario& scenario);

/// A network that suits a row of datasets().
NetworkProblem network_on(int data_row);
/// The button with the surface's name and its popup of pictures.
void surface_picker(Session& session);
/// What a curve has in place of a surface: its formula, start and shown part.
void curve_fields(Session& session, Drafts& drafts);
/// What a fit has in its place.
void fit_fields(Session& session, Drafts& drafts);
/// What a network has in its place.
void network_fields(Session& session, Drafts& drafts);
/// The learner's own points, `columns` numbers each, as lines of CSV: what is typed or pasted becomes the points, and a
/// point that a hand moves its line.
void points_field(Session& session, Drafts& drafts, const std::vector<double>& (*points_of)(const Scenario&),
                  std::size_t columns, const char* name, const char* hint);
/// How many steps an epoch has, where no batches say it.
void epoch_fields(Session& session);
/// Expression, start, domain, steps and noise.
void problem_panel(Session& session, Drafts& drafts);
/// Optimizer, rate, schedule and every parameter of the selected run. `strip`: see rate_strip.
void run_panel(Session& session, const Results& results, Playback& playback, Drafts& drafts, LiveStudy& strip,
               const StudyDesk& desk, bool& parameters_open);
/// The learning rate of the selected run alone.
void rate_panel(Session& session, const Results& results, Playback& playback, LiveStudy& strip,
                const StudyDesk& desk);
/// Whether its schedule or, beside the rate, its optimizer has one of this name.
bool has_parameter(const Run& run, std::string_view word);
/// One control of the selected run: "lr", "optimizer", "schedule" or a parameter that it has; nothing for any other
/// word.
void one_control(Session& session, const Results& results, Playback& playback, std::string_view word);
/// Under the learning-rate slider: what every other rate would come to.
void rate_strip(Session& session, const Results& results, LiveStudy& strip, const StudyDesk& desk);
/// How far lengths in steps reach, and how many an epoch has, in which they are then told; 0: in steps.
struct Horizon {
  int steps, epoch;
};
/// A control for each parameter from `first` on. True while one changes.
bool parameter_controls(Settings& settings, std::span<const Param> params, int first, const Horizon& horizon,
                        int columns);

}  // namespace stride::lab
