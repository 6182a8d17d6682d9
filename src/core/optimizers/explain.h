// One step of a run as arithmetic: the optimizer's rule as it stands in the table, line by line, with the
// numbers of that step for both coordinates.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/trajectory.h"

namespace stride {

/// The values of a symbol for x and y.
struct Pair {
  double v[2] = {};
};
using Symbols = std::map<std::string, Pair, std::less<>>;

/// The value of a formula of the table of optimizers for coordinate `i` (0: x, 1: y). Grammar: numbers,
/// symbols (letters, Greek, subscripts, ′ ˆ, after a letter digits too), + − · / ^ ², a space for a product, √a, |a|, ( ), min max sign,
/// Σ(a): over both coordinates, [a > b]: 1 where it holds, else 0. Comparisons > < = ≥ ≤; a comma joins
/// conditions; `none a` is 1 where a parameter is left out. NaN and `error` where the formula cannot be read.
double evaluate_formula(std::string_view formula, const Symbols& symbols, int i,
                        std::string* error = nullptr);
/// The formula with numbers for its symbols: "0.9 · 0.12 + (1 − 0.9) · (−3.4)".
std::string with_numbers(std::string_view formula, const Symbols& symbols, int i);

/// What stands for the symbols of a formula.
using SymbolNames = std::map<std::string, std::string, std::less<>>;
/// The formula as a learner types it (expression.h): "0.9*m + (1 - 0.9)*g"; empty where that language lacks
/// something: Σ, [a > b], none, a symbol without a name.
std::string as_expression(std::string_view formula, const SymbolNames& names);

/// A piece of a formula, for whoever sets it in type.
struct FormulaPiece {
  enum class Kind { number, symbol, word, sign, space };
  Kind kind;
  std::string_view text;
};
std::vector<FormulaPiece> formula_pieces(std::string_view formula);

/// A line of a step.
struct Term {
  std::string symbol, meaning;
  std::string formula;     ///< "β₁ m + (1 − β₁) g"; where it is given: in words, what it is
  std::string numbers[2];  ///< the formula with this step's numbers, for x and for y; empty where it is given
  double value[2];
  RuleLine::Role role;
  bool given;  ///< not computed by the rule: the gradient, the schedule's factor
};

/// Snapshots of the optimizer's state along a run, so that another step of the same run costs little. Belongs
/// to one run; make a new one where the run changes.
struct Replay {
  struct State {
    double state[2 * max_slots] = {}, shared[max_shared] = {};
    Clock clock;
  };
  static constexpr int every = 256;
  std::vector<State> at;  ///< before step 256 i
};

/// The optimizer's state before `step` of the run; 0 <= step < path.size().
Replay::State state_before(const Trajectory& path, const Settings& optimizer, int step,
                           Replay* replay = nullptr);

/// The step from row `step` to the next as the table's lines say it, from the gradient to the new position.
/// Empty where the run has no such step (its last row). `schedule`: whose factor is told apart from the rate.
std::vector<Term> explain(const Trajectory& path, const Settings& optimizer, const Settings& schedule,
                          int step, Replay* replay = nullptr);
/// Adds the step of a rule that looks at the loss itself, which no formula of one coordinate says.
void explain_asking(std::vector<Term>& terms, const Trajectory& path, std::size_t row);
/// The same from the run's definition.
std::vector<Term> explain(const Objective& objective, Point start, const Noise& noise,
                          const Settings& optimizer, const Settings& schedule, int steps, int step);

}  // namespace stride
