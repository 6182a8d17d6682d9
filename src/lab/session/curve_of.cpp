// The curve, fit or network of a problem, in a file of its own: the page's first program has neither, and cmake/without_*.cpp stands for it.
#include "lab/session/ground.h"

namespace stride::lab {

const CurveProblem* curve_of(const Problem& problem) {
  return std::get_if<CurveProblem>(&problem);
}

const FitProblem* fit_of(const Problem& problem) {
  return std::get_if<FitProblem>(&problem);
}

const NetworkProblem* network_of(const Problem& problem) {
  return std::get_if<NetworkProblem>(&problem);
}

}  // namespace stride::lab
