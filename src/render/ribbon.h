// Paths as geometry: draped over the surface, cut where they leave it, thinned to what the screen can show.
#pragma once

#include <vector>

#include "render/camera.h"
#include "render/mesh.h"
#include "render/surface_view.h"

namespace stride::render {

/// A point of a polyline as the shader takes it. Between two points of fade 0 nothing is drawn: that is how a
/// line breaks.
struct LinePoint {
  float x, y, z;  ///< world
  float row;      ///< the step, with its fraction along a segment
  float fade;     ///< 1 over the domain, falling to 0 at the margin beyond it
};

/// A marker of constant size on the screen.
enum class Shape { disc = 0, ring = 1, diamond = 2, arrow = 3 };
struct Mark {
  float x, y, z;
  float radius;  ///< device pixels
  float shape;   ///< a Shape
  float angle;   ///< of an arrow: where it points, radians, counter-clockwise from the right of the screen
  float rim;     ///< device pixels of rim inside the radius
  Rgba fill, edge;
};

/// One run, ready to be drawn from any side. Every number is finite.
struct Ribbon {
  std::vector<LinePoint> line;   ///< draped
  std::vector<LinePoint> steps;  ///< one a step that lies within the margin: where beads may stand
  Rgba colour{};
  int cursor = 0;
  bool arrows = false, emphasised = false;
  LinePoint walker{};
  bool has_step = false;        ///< there is a step after the walker's
  std::vector<LinePoint> next;  ///< the step from the walker, draped
  glm::dvec2 downhill{0, 0};    ///< unit vector of -gradient in the world; zero where there is none
  std::vector<double> x, y;     ///< what `line` was laid along
  int budget = 0;               ///< and within which budget
};

/// Follows the path over the surface, long steps cut into pieces of about a mesh cell (fewer once `budget`
/// points are spent). A ribbon of the same mesh that was laid along the same path keeps its line.
void make_ribbon(const Mesh& mesh, const PathLook& look, int budget, Ribbon& ribbon);

/// A line over the surface between two world positions, cut at the margin, appended to `out`.
void drape(const Mesh& mesh, glm::dvec2 a, glm::dvec2 b, double row_a, double row_b, double piece,
           std::vector<LinePoint>& out);

/// Leaves out points closer than `pixels` to their predecessor on the screen; ends and breaks stay.
std::vector<LinePoint> thin(const std::vector<LinePoint>& line, const Camera& camera, double pixels);

/// Of `steps`, those at least `distance` world units from the one kept before; the first always.
std::vector<LinePoint> spaced(const std::vector<LinePoint>& steps, double distance);

}  // namespace stride::render
