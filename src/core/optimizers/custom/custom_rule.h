// An update rule of the learner's own: a few lines `name = formula`, read into short programs that run for
// each coordinate, in double precision for the shown trajectory, on lanes of float for studies.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/surfaces/expression.h"
#include "core/table.h"

namespace stride {

/// A rule as it is run; immutable. What its formulas may name has these places among their variables: p the
/// parameter, g its gradient, lr the rate of this step, t the step (1 for the first), then the names of one's
/// own, then `shared`.
struct CustomRule {
  static constexpr int max_lines = 16, max_names = 8;
  enum Place { p, g, lr, t, own, shared_from = own + max_names };
  struct Line {
    int target;  ///< the place that it sets
    Expression formula;
    std::vector<signed char> fusions = {};  ///< of a folded line: custom_lanes.h
  };
  std::vector<std::string> names;  ///< of the places up to the last name of one's own
  std::vector<Line> lines;         ///< in their order

  // How they are run. What depends on t alone, through names too, is the same for all coordinates.
  std::vector<Line> shared;     ///< computed once a step, in this order; target < 0: sets no name
  std::vector<Line> folded;     ///< the other lines, with `shared` in their formulas
  std::vector<bool> is_shared;  ///< of the names of one's own
  std::vector<bool> kept;       ///< of the names of one's own: is it read before it is set?
};

/// Where a rule could not be read.
struct CustomRuleError {
  int line = -1;         ///< from 0; -1: the rule as a whole
  ExpressionError what;  ///< within the line; without an expectation: no error
  bool found() const { return !what.expected.empty(); }
};

/// Reads a rule, a line of text a line. Some line must set p; lr and t are given; a name of one's own is 0
/// before it is first set. On failure the result is empty; never throws, whatever the text.
CustomRule read_custom_rule(std::string_view text, CustomRuleError& error);

/// The rule of an optimizer as it is set, made from the lines of its row (RuleText) as a rule of one's own,
/// which then makes the same steps; empty where it can't be written so (sums over coordinates, a state that
/// begins at the parameters). A rule of one's own is its text.
std::string rule_as_text(const Settings& optimizer);

}  // namespace stride
