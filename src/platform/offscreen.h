// The lab drawn beside its window, in any size: pictures and films.
#pragma once

#include <string>

#include "platform/app.h"
#include "raster/raster.h"

namespace stride::platform {

/// In device pixels, `ratio` of them for each of CSS.
struct Screen {
  int width = 0, height = 0;
  float ratio = 1;
};
/// The same layout in finer or coarser pixels.
Screen scaled(const Screen& screen, double by);

/// A framebuffer of a size of its own; needs a GL context.
class Offscreen {
 public:
  explicit Offscreen(const Screen& screen);
  ~Offscreen();
  Offscreen(const Offscreen&) = delete;
  Offscreen& operator=(const Offscreen&) = delete;

  /// Why nothing can be drawn into it, or nothing.
  Error fault() const;
  /// A frame of the lab, a sixtieth of a second after the last one.
  void draw(App& app);
  raster::Picture picture() const;

 private:
  Screen screen_;
  unsigned framebuffer_[2] = {}, colour_[2] = {}, depth_ = 0;  // drawn into with four samples; resolved
};

/// The lab as it stands, as PNG.
Error draw_picture(App& app, const Screen& screen, std::string& png);
/// The run from its first step to its last in `seconds`, as GIF. The step shown is the same afterwards.
Error draw_film(App& app, const Screen& screen, double seconds, std::string& gif);

}  // namespace stride::platform
