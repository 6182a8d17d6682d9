// Where the eye stands: from View and the area on the screen to matrices, and back from the screen to the
// surface. Pure mathematics.
#pragma once

#include <optional>

#include <glm/mat4x4.hpp>
#include <glm/vec3.hpp>

#include "render/mesh.h"
#include "render/surface_view.h"

namespace stride::render {

inline constexpr double least_pitch = 0.15, most_pitch = 1.5, least_zoom = 0.4, most_zoom = 60;

struct Camera {
  Rect area;
  bool flat = false;
  glm::dmat4 clip, inverse;    ///< world to clip space of `area` and back
  glm::dvec3 right, up, back;  ///< of the screen, in the world; `back` points to the eye
  double pixels_per_unit = 1;  ///< at the point looked at

  ScreenPoint project(glm::dvec3 world) const;
};

/// A surface fits the area whole at zoom 1, whichever way it is turned, whatever the shape of the area: the
/// turning body of the domain decides the distance, so that turning does not make it breathe. Zoom narrows
/// the lens; pan moves the point looked at over the domain, in world units.
Camera make_camera(const View& view, const Rect& area, const Mesh& mesh);

/// The world position seen at a screen point: of the surface, else of the plane z = 0 (also under the rim of
/// the surface); none above the horizon or farther than `reach` world units from the middle.
std::optional<glm::dvec3> pick_world(const Camera& camera, const Mesh& mesh, float screen_x, float screen_y,
                                     double reach = 8);

}  // namespace stride::render
