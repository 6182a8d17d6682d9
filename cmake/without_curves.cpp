// In place of the stages and the fields of a curve, a fit and a network, which the page's first program never shows.
#include "lab/explain/cost.h"
#include "lab/plots/plot.h"
#include "lab/plots/plots.h"
#include "lab/session/ground.h"
#include "lab/session/training.h"
#include "lab/setup/problem_tiles.h"
#include "lab/setup/setup.h"
#include "lab/stage/stage.h"

namespace stride::lab {

void asking_line(const Settings&, const Trajectory&) {}

const CurveProblem* curve_of(const Problem&) {
  return nullptr;
}

const FitProblem* fit_of(const Problem&) {
  return nullptr;
}

const NetworkProblem* network_of(const Problem&) {
  return nullptr;
}

RunResult begin_training(const Scenario&, const Run&, int, bool, const RunResult*) {
  return {};
}

void keep_training(Trainings&, Session&, Results&, const Services&) {}

void network_stage(Session&, const Results&, Stage&, jobs::Engine*, int) {}

void training_bar(Trainings&, jobs::Engine*, const Stage&) {}

int steps_in_epoch(const Scenario&) {
  return 0;
}

void epoch_fields(Session&) {}

void draw_epochs(const Plot&, int) {}

void accuracy_plot(const PlotDesk&, float) {}

void keep_sharpness(const PlotDesk&, LiveStudy&, const StudyDesk&) {}

void layers_panel(const PlotDesk&, float) {}

void landscape_stage(LossLandscape&, Session&, const Results&, Stage&, const StudyDesk&, int) {}

bool show_landscape(LossLandscape&, const Session&, Stage&, render::Rgba) {
  return false;
}

void landscape_buttons(LossLandscape&, View&, const Stage&) {}

bool may_show_landscape(const Scenario&, const StudyDesk&) {
  return false;
}

void network_fields(Session&, Drafts&) {}

void curve_tiles(Session&, int, float) {}

void model_tiles(Session&, int, float) {}

const char* name_of_model(const Scenario&) {
  return nullptr;
}

const char* word_of_model(const Scenario&) {
  return nullptr;
}

const char* parts_of_model(const Scenario&) {
  return nullptr;
}

void data_stage(Session&, const Results&, Stage&, int) {}

void fit_fields(Session&, Drafts&) {}

void curve_stage(Session&, const Results&, Stage&, Pointing&, int) {}

void curve_fields(Session&, Drafts&) {}

}  // namespace stride::lab
