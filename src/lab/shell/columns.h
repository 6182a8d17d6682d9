// What stands in the columns beside and under the surface.
#pragma once

#include "lab/shell/arrange.h"

namespace stride::lab {

struct Lab;

/// The page that is shown: of a lesson just opened, and another where that one is not to be had.
void choose_page(Lab& lab);
/// The pages of a narrow window.
void tabs(Lab& lab, const Box& b);
void right_column(Lab& lab, const Layout& l);
/// Beside it, where there are two under the surface.
void second_column(Lab& lab);

}  // namespace stride::lab
