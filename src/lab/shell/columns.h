// What stands in the columns beside and under the surface.
#pragma once

#include "lab/shell/arrange.h"

namespace stride::lab {

struct Lab;

/// The page that is shown: of a lesson just opened, and another where that one is not to be had.
void choose_page(Lab& lab);
/// The pages of a narrow window; on a phone those of its `sheet`.
void tabs(Lab& lab, const Box& b, bool sheet);
/// What a phone shows while its sheet is down: how the rate goes, and the rate where a thumb reaches it.
void curve_and_rate(Lab& lab);
void right_column(Lab& lab, const Layout& l);
/// Between surface and column: a hand, or the arrows, make the column wider; a double click as it was.
void divider(Shell& shell, const Layout& l);
/// Beside it, where there are two.
void second_column(Lab& lab, const Layout& l);

}  // namespace stride::lab
