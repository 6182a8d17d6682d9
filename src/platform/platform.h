// Where the lab meets the machine: a window or a canvas, input, links, files. Two builds of one interface:
// desktop.cpp (GLFW) and web.cpp. Both draw only when something asks for it.
#pragma once

#include <string>

#include "platform/app.h"

namespace stride::platform {

/// What the command line of the desktop program asks for; the web takes its link from the page instead.
struct Options {
  std::string open;                ///< a scenario file or a link; empty: the default scenario
  std::string screenshot;          ///< not empty: draw into this file (.png, else PPM) and exit
  std::string language;            ///< as "de"; empty: the system's, as far as the lab speaks it
  int width = 1440, height = 900;  ///< CSS pixels
  float pixel_ratio = 0;           ///< 0: the screen's own
};

/// Runs the lab until its window closes (desktop), or hands it to the page and returns (web). The exit
/// status: 0, 1 where no picture could be made, 2 for bad input, each with one sentence on standard error.
int run(App& app, const Options& options);

/// True where the user asked their system for less motion.
bool prefers_reduced_motion();

}  // namespace stride::platform
