// What is taken away from the desktop: files to save, lines to copy.
#pragma once

#include <functional>
#include <string>

#include "lab/shell/lab.h"

namespace stride::platform {

struct TakeAway {
  bool asked = false;        ///< the panel opens with the next frame
  double scale = 1;          ///< device pixels of a picture for each on the screen
  bool transparent = false;  ///< of figures
  double seconds = 5;        ///< of a film
  double across = 640;       ///< pixels of a film, no more than the window has
  enum class Drawn { nothing, picture, film };
  Drawn drawn = Drawn::nothing;  ///< what is to be drawn and saved once the frame is over
};

using Saver = std::function<void(const std::string& name, const std::string& contents)>;

/// Within a frame of the lab: one menu of everything that can be taken away.
void take_away_panel(TakeAway& state, lab::Lab& lab, const Saver& save);

}  // namespace stride::platform
