// The surface's place on the screen, and the hand on it.
#pragma once

#include "render/surface_view.h"

namespace stride::lab {

struct Stage {
  render::SurfaceView view;
  render::Rect area{0, 0, 1, 1};  ///< device pixels
  bool dragging_start = false;
};

}  // namespace stride::lab
