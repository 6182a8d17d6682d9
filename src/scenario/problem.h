// What is descended or trained: one alternative a kind of problem. A new kind is an alternative of Problem, its
// key, its default, and the functions that are overloaded for every alternative: problem_json, read_members,
// write_rows and those of this file.
#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <variant>

#include "core/fits/fit.h"
#include "core/networks/network.h"
#include "core/surfaces/curve.h"
#include "core/trajectory.h"

namespace stride {

/// Of a fit or a network: how many samples it may have.
inline constexpr int max_samples = 2000;

struct SurfaceProblem {
  int surface = find_surface("rosenbrock");  ///< row of surfaces()
  std::string expression;  ///< not empty: the learner's own f(x, y), which then counts instead of `surface`
  std::optional<Domain> domain;
  std::optional<Point> start;
  Noise noise;
  bool operator==(const SurfaceProblem&) const = default;
};

/// The part of the line that a curve shows.
struct Range {
  double min = -1, max = 1;
  bool operator==(const Range&) const = default;
};

struct CurveProblem {
  int curve = 0;           ///< row of curves()
  std::string expression;  ///< not empty: the learner's own f(x), which then counts instead of `curve`
  std::optional<Range> domain;
  std::optional<double> start;
  Noise noise;
  bool operator==(const CurveProblem&) const = default;
};

using Problem = std::variant<SurfaceProblem, NetworkProblem, CurveProblem, FitProblem>;
/// What documents call the alternatives, in their order.
inline constexpr const char* problem_keys[] = {"surface", "network", "curve", "fit"};
static_assert(std::size(problem_keys) == std::variant_size_v<Problem>);

inline const char* key_of(const Problem& problem) {
  return problem_keys[problem.index()];
}
/// The alternative `kind` with nothing said: Rosenbrock; the network of two hidden layers on moons.
Problem default_problem(std::size_t kind);

/// The two descend to the same numbers, whatever is shown of them.
bool same_numbers(const Problem& a, const Problem& b);

/// A descent made ready: objective (expression parsed), domain and start resolved. Of a curve y is 0 throughout.
Objective objective_of(const SurfaceProblem& problem);
Objective objective_of(const CurveProblem& problem);
Objective objective_of(const FitProblem& problem);
Domain domain_of(const SurfaceProblem& problem);
Domain domain_of(const CurveProblem& problem);
Domain domain_of(const FitProblem& problem);
Point start_of(const SurfaceProblem& problem);
Point start_of(const CurveProblem& problem);
Point start_of(const FitProblem& problem);
inline Noise noise_of(const FitProblem&) {
  return {};  // batches are its noise
}
template <class P>
Noise noise_of(const P& problem) {
  return problem.noise;
}

}  // namespace stride
