// The surface as sampled for drawing: a square grid of heights with exact slopes, in the world of the camera.
// Picking and paths ask the same grid, so that what is computed lies on what is seen.
#pragma once

#include <string>
#include <vector>

#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include "core/surfaces/surface.h"
#include "figures/loss_scale.h"

namespace stride::render {

/// World units: x right, y into the picture, z up. The longer side of the domain runs from -1 to 1, the
/// shorter keeps its proportion down to `least_side`; losses take 0 .. top_height.
inline constexpr double top_height = 0.62;
inline constexpr double least_side = 0.6;
/// Paths are followed this far beyond the domain, as a part of its sides, over the continued height of its
/// edge.
inline constexpr double margin = 0.15;

/// One vertex as the shader takes it; its place on the grid follows from its index.
struct MeshVertex {
  float height;
  float slope_x, slope_y;  ///< of the height, per world unit
  float colour;            ///< 0 .. 1, lowest to highest loss
  float contour;           ///< see figures::LossScale::contour
};

struct Mesh {
  static constexpr int n = 257;  ///< vertices along a side
  Domain domain;
  double half_x = 1, half_y = 1;  ///< of the domain in world units
  figures::LossScale scale;
  std::vector<MeshVertex> vertices;  ///< n * n, x fastest; always finite
  const char *x_name = "x", *y_name = "y";
  std::vector<unsigned char> missing;  ///< empty: none; else n * n: 1 where f is no number

  glm::dvec2 world(double x, double y) const;
  Point domain_point(glm::dvec2 world) const;
  /// The height over a world position: bilinear between vertices, the edge's beyond the domain. Finite for
  /// finite positions.
  double height(double wx, double wy) const;
};

/// What a mesh is made of: values and slopes at its vertices.
struct Samples {
  std::vector<float> f, gx, gy;
};
/// `lowest`: a value below those of the samples that the scale is to hold; NaN:
/// none. `logarithm`: of the colours.
Mesh mesh_of(const Samples& samples, const Domain& domain, double lowest, bool logarithm);

/// Samples f and its exact gradient. `minima` lower the scale to what falls between grid points.
Mesh make_mesh(const Objective& objective, const Domain& domain, const std::vector<Minimum>& minima);

/// Every how many vertices the function is asked: 1, and more for a formula of hundreds of operations, which
/// would hold up the frame.
int vertices_apart(const Objective& objective);

/// Two triangles for each cell whose corners all have a value, counter-clockwise seen from above. A cell's
/// corners are `apart` vertices from each other, a power of 2.
std::vector<unsigned> mesh_indices(const Mesh& mesh, unsigned apart = 1);

/// A vertex of the walls that close the block at the edges of the domain.
struct WallVertex {
  float x, y, z, colour;
  float depth;  ///< 0 at the surface, 1 at the foot
};
/// Triangles, counter-clockwise seen from outside, down to z = `foot`.
std::vector<WallVertex> wall_vertices(const Mesh& mesh, double foot);

}  // namespace stride::render
