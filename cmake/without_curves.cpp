// In place of the stage and the fields of a curve and of a fit, which the page's first program never shows.
#include "lab/session/ground.h"
#include "lab/setup/setup.h"
#include "lab/stage/stage.h"

namespace stride::lab {

const CurveProblem* curve_of(const Problem&) {
  return nullptr;
}

const FitProblem* fit_of(const Problem&) {
  return nullptr;
}

void data_stage(Session&, const Results&, Stage&, int) {}

void fit_fields(Session&, Drafts&) {}

void curve_stage(Session&, const Results&, Stage&, Pointing&, int) {}

void curve_fields(Session&, Drafts&) {}

}  // namespace stride::lab
