#include "lab/session/ground.h"

namespace stride::lab {

const CurveProblem* curve_of(const Problem& problem) {
  return std::get_if<CurveProblem>(&problem);
}

}  // namespace stride::lab
