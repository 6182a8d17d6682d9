// The limit of stability over the steps, as the rate plot shows it.
#pragma once

#include <string>
#include <vector>

#include "lab/plots/curve_editor.h"
#include "lab/plots/plot.h"

namespace stride::lab {

/// The limit of the selected run over each pixel column (infinite: none there), and its formula. Empty where it
/// doesn't apply.
struct LimitCurve {
  std::vector<double> column;
  std::string formula;
  double lowest() const;
};
LimitCurve limit_of(const PlotDesk& desk, const Axes& axes);
/// As the strip under the slider says it, for the first step in sight.
std::string limit_words(const LimitCurve& limit);
/// Hatches what lies above the limit, and draws it dashed.
void draw_limit(const Plot& plot, const LimitCurve& limit);
/// Where a label of this size stands clear of all rates, handles and what is planned: as near as may be to the
/// height `line` and the column `x`, over it or under it; there, where nothing is free.
ImVec2 label_place(const Axes& axes, const std::vector<Curve>& curves, const CurveEditor& editor, ImVec2 size,
                   float x, float line);
/// The formula at the limit's right end, on a piece of ground; at the upper edge with the number where it is
/// higher.
void label_limit(const Plot& plot, const LimitCurve& limit, const std::vector<Curve>& curves,
                 const CurveEditor& editor);

}  // namespace stride::lab
