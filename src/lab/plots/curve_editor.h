// The editor of the learning-rate curve: what the pointer does to the selected run's handles, from frame to
// frame.
#pragma once

#include <string>
#include <vector>

#include "imgui.h"
#include "schedule_editing/schedule_handles.h"
#include "text/plot_scale.h"

namespace stride::lab {

struct CurveEditor {
  bool drawing = false;  ///< dragging over the plot draws the curve
  std::vector<schedule_editing::Handle> handles;
  std::vector<ImVec2> spots;    ///< where each is drawn; apart from each other
  std::vector<double> planned;  ///< step, rate, ...: what a run that ended early would have had
  bool under_pointer = false;   ///< a handle is, so that the plot's values keep out of its way
  int hot = -1;                 ///< the handle under the pointer, held or focused
  std::string held_name;        ///< of the handle being dragged; empty: none
  schedule_editing::Handle held;
  bool stroking = false;
  schedule_editing::Stroke stroke;
  ImVec2 pressed_at, held_at;  ///< the pointer, and the handle within the axes, when it came down
  bool away = false;           ///< it has moved since
  Scale scale;                 ///< stands still while the pointer is down
  // What `handles` belongs to.
  Run run;
  unsigned locks = 0;
  int steps = -1;
  long result = 0;
  bool holds() const { return stroking || !held_name.empty(); }
};

}  // namespace stride::lab
