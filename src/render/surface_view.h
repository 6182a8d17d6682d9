// The surface with its paths: everything that OpenGL draws. Nothing here is state: whatever sits on the GPU
// is rebuilt from the arguments after a lost context (destroy, then create and set_* again). Without ImGui
// and without a window; the caller owns the context.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/trajectory.h"
#include "scenario/scenario.h"

namespace stride::render {

struct Rgba {
  float r, g, b, a;
};

/// Device pixels; y down from the top of the framebuffer.
struct Rect {
  float x, y, w, h;
  float top = 0, right = 0, bottom = 0;  ///< within it: what a map keeps clear of
};

struct ScreenPoint {
  float x, y;
  bool in_front;  ///< false: behind the camera, do not draw
};

/// A path to draw: a finished trajectory, its colour, and the step where its walker stands.
struct PathLook {
  const Trajectory* path;
  Rgba colour;
  int cursor;          ///< row shown by the walker; later rows are drawn faint
  bool arrows = true;  ///< gradient and step at the walker
  bool emphasised = false;
};

/// Colours from the theme.
struct Palette {
  Rgba ground, line, text, muted, accent;
  bool dark;
};

/// Numbers along the axes and values on contour lines, to be set in type by the caller.
struct Label {
  ScreenPoint at;
  float align_x, align_y;  ///< 0: at is the left/top of the text, 0.5: its middle, 1: its right/bottom
  std::string text;
};

/// A surface that is known at points of a grid alone.
struct HeightGrid {
  int size;
  Domain domain;
  std::vector<float> losses;                ///< row by row from ymax, each from xmin; not
                                            ///< finite: as high as can be
  const char *x_name = "x", *y_name = "y";  ///< as shown
};

/// What set_coarseness takes at most.
inline constexpr int most_coarse = 2;

class SurfaceView {
 public:
  SurfaceView();
  ~SurfaceView();
  /// Makes the GL objects in the current context. Returns an empty string or what went wrong (a shader's
  /// log).
  std::string create();
  /// `context_lost`: the objects are gone already; forget them.
  void destroy(bool context_lost);

  /// Samples the surface (at least 200 x 200) and uploads it. Cheap to call with the same arguments.
  void set_surface(const Objective& objective, const Domain& domain, std::span<const Minimum> minima);
  /// The same of a grid; `id` tells it from others. Cheap to call with the
  /// same.
  void set_grid(const HeightGrid& grid, long id);
  /// Lays a picture over the domain: size * size RGBA bytes, the first row at ymin; empty takes it away.
  void set_overlay(int size, std::vector<unsigned char> rgba);
  /// Reads the overlay's alpha as fog: where it is thick neither height nor contours nor minima show, and a
  /// level mist lies at the height of the surface at (x, y).
  void set_fog(double x, double y, bool lies);
  /// Rebuilds the ribbons and beads. Called each frame that draws; must be cheap for 8 runs x 2000 steps.
  void set_paths(const std::vector<PathLook>& paths);
  /// 0: the whole picture. From 1 on draw() takes a half, a third of the pixels along each side, without
  /// smooth edges, and half, a quarter of the mesh's vertices; what is asked of the mesh stays exact.
  void set_coarseness(int coarseness);
  /// Draws into `area` of the current framebuffer (height `framebuffer_height`), scissored to it.
  /// `pixel_ratio`: device pixels per CSS pixel.
  void draw(const View& view, const Rect& area, float framebuffer_height, float pixel_ratio,
            const Palette& palette);

  /// Of the last set_surface and the given view: pure mathematics, valid also without a context.
  ScreenPoint project(const View& view, const Rect& area, double x, double y) const;
  /// The point of the surface (or, beside it, of its base plane extended) under a screen position; none above
  /// the horizon.
  std::optional<Point> pick(const View& view, const Rect& area, float screen_x, float screen_y) const;
  std::vector<Label> labels(const View& view, const Rect& area, float pixel_ratio) const;
  /// What a value is coloured, as on the surface: for legends.
  Rgba colour_of(double value) const;
  double low() const;  ///< the values at both ends of the colour scale
  double high() const;

  // What the hand does, as changes of the view. Screen positions and distances in device pixels; limits are
  // kept.
  /// A drag by (dx, dy): turns the surface as if it were held.
  void turn(View& view, float dx, float dy, float pixel_ratio) const;
  /// The wheel or a pinch: zoom times `factor`, what lies under the position stays there.
  void zoom_at(View& view, const Rect& area, float screen_x, float screen_y, double factor) const;
  /// A drag with two fingers or the other button (in the map: any drag): what lay under `from` comes to `to`.
  void move(View& view, const Rect& area, float from_x, float from_y, float to_x, float to_y) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A small picture of a surface from above, colours as on the surface: size*size RGB bytes, top row first.
/// For pickers.
std::vector<unsigned char> thumbnail(const Objective& objective, const Domain& domain, int size);

}  // namespace stride::render
