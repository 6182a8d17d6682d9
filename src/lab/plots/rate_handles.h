// The handles of the learning-rate curve: the selected run's handles as discs on the plot, and drawing by
// hand.
#pragma once

#include <cmath>

#include "lab/plots/plot.h"
#include "schedule_editing/schedule_handles.h"

namespace stride::lab {

using namespace schedule_editing;

/// Finds the selected run's handles anew where it has changed. Before the scale is made.
void find_handles(const PlotDesk& desk);
/// Takes the pointer and the keyboard where handles are; before the plot takes them. True if the run has been
/// changed: the results are those of the new one.
bool take_handles(const PlotDesk& desk, Plot& plot);
/// On top of the curves.
void draw_handles(const PlotDesk& desk, const Plot& plot);

/// The length of the way from a to b.
inline float apart(ImVec2 a, ImVec2 b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}
/// Whether the plot has room for handles.
bool long_enough(const Axes& axes);
bool in_sight(const Axes& axes, const Handle& handle);
/// Where the handle is on the curve; lay_out then keeps the discs apart.
ImVec2 place_of(const Axes& axes, const Handle& handle);
void lay_out(CurveEditor& editor, const Axes& axes);
/// Its value as people read it.
std::string handle_words(const Handle& handle);
/// The planned rate at the pointer's step, and whether the pointer is on a drawn curve, where a press puts a
/// point.
double curve_under(const PlotDesk& desk, const Axes& axes);
bool over_curve(const PlotDesk& desk, const Axes& axes);

/// The switch of drawing by hand: another schedule becomes a drawn curve first.
bool is_drawing(const PlotDesk& desk);
void set_drawing(const PlotDesk& desk, bool on);

}  // namespace stride::lab
