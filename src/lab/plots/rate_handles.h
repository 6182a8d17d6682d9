// The hand on the learning-rate curve: the selected run's handles as discs on the plot, and drawing by hand.
#pragma once

#include "lab/plots/plot.h"
#include "schedule_editing/schedule_handles.h"

namespace stride::lab {

using namespace schedule_editing;

/// What the hand does, from frame to frame; kept in Lab::hand.
struct CurveHand {
  bool drawing = false;  ///< dragging over the plot draws the curve
  std::vector<Handle> handles;
  std::vector<ImVec2> spots;    ///< where each is drawn; apart from each other
  std::vector<double> planned;  ///< step, rate, ...: what a run that ended early would have had
  bool under_pointer = false;   ///< a handle is, so that the plot's values keep out of its way
  int hot = -1;                 ///< the handle under the pointer, held or focused
  std::string held_name;        ///< of the handle being dragged; empty: none
  Handle held;
  bool stroking = false;
  Stroke stroke;
  ImVec2 pressed_at, held_at;  ///< the pointer, and the handle within the axes, when it came down
  bool away = false;           ///< it has moved since
  Scale scale;                 ///< stands still while the hand is down
  // What `handles` belongs to.
  Run run;
  unsigned locks = 0;
  int steps = -1;
  const double* losses = nullptr;
  double last_loss = 0;
  bool holds() const { return stroking || !held_name.empty(); }
};

CurveHand& hand_of(Lab& lab);
/// Finds the selected run's handles anew where it has changed. Before the scale is made.
void find_handles(Lab& lab);
/// Takes the pointer and the keyboard where handles are; before the plot takes them. True if the run has been
/// changed: the results are those of the new one.
bool take_handles(Lab& lab, Plot& plot);
/// On top of the curves.
void draw_handles(Lab& lab, const Plot& plot);

/// Whether the plot has room for handles.
bool long_enough(const Axes& axes);
bool in_sight(const Axes& axes, const Handle& handle);
/// Where the handle is on the curve; lay_out then keeps the discs apart.
ImVec2 place_of(const Axes& axes, const Handle& handle);
void lay_out(CurveHand& hand, const Axes& axes);
/// Its value as people read it.
std::string words_of(const Handle& handle);
/// The planned rate at the pointer's step, and whether the pointer is on a drawn curve, where a press puts a
/// point.
double curve_under(Lab& lab, const Axes& axes);
bool over_curve(Lab& lab, const Axes& axes);

/// The switch of drawing by hand: another schedule becomes a drawn curve first.
bool is_drawing(Lab& lab);
void set_drawing(Lab& lab, bool on);

}  // namespace stride::lab
