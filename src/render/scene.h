// What is drawn and the GL objects that draw it; behind SurfaceView.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "render/camera.h"
#include "render/gl.h"
#include "render/mesh.h"
#include "render/ribbon.h"

namespace stride::render {

/// Where a coarse picture is drawn; made when first wanted.
struct Coarse {
  GLuint program = 0, frame = 0, depth = 0, picture = 0;
  int width = 0, height = 0;
};

/// Names of GL objects; all 0 without a context.
struct Objects {
  GLuint surface = 0, wall = 0, line = 0, mark = 0;  // programs
  GLuint mesh_array = 0, wall_array = 0, stream_array = 0;
  GLuint mesh_vertices = 0, mesh_indices = 0, wall_vertices = 0, stream = 0;
  GLuint colours = 0, overlay = 0;
  Coarse coarse;
};

struct Scene {
  // What the mesh was made of, to know the same again.
  std::string expression;
  int surface = -1;
  long grid = 0;
  std::shared_ptr<const Fit> fit;
  std::vector<Minimum> minima;

  Mesh mesh;
  std::vector<LinePoint> frame, flat_frame, edge;
  std::vector<Ribbon> ribbons;

  Objects gl;
  std::vector<unsigned char> overlay;  ///< RGBA, empty: none
  int overlay_size = 0;
  bool fog = false;  ///< the overlay is fog, level with the surface at
  double fog_x = 0, fog_y = 0;
  bool uploaded = false, overlay_uploaded = false;
  int index_count = 0, wall_count = 0;
  int coarseness = 0, indexed = 0;  ///< wanted, and what the triangles on the card have
};

/// Everything for one frame; depth and colour of `area` are cleared. Does nothing without GL objects or a
/// surface.
void draw_scene(Scene& scene, const Camera& camera, float framebuffer_height, float pixel_ratio,
                const Palette& palette);

/// The same in fewer pixels without smooth edges, stretched over `area`: see SurfaceView::set_coarseness.
void draw_coarsely(Scene& scene, const Camera& camera, float framebuffer_height, float pixel_ratio,
                   const Palette& palette);

std::string create_objects(Objects& gl);
void delete_objects(Objects& gl);
void delete_coarse(Coarse& coarse);

/// Minima and beads, lowest first. Pure, as are the others below.
std::vector<Mark> scene_marks(const Scene& scene, const Camera& camera, float pixel_ratio,
                              const Palette& palette);

/// An arrow at a walker: a line over the surface that ends in a head at `tip`.
struct Arrow {
  std::vector<LinePoint> line;
  LinePoint tip;
  float angle;  ///< of the head on the screen
  Rgba colour, outline;
  float half_width, border, head;  ///< device pixels
};
/// The step that comes, to scale in the run's colour, and the way downhill, of fixed length in that of text;
/// none where too short to show.
std::vector<Arrow> walker_arrows(const Mesh& mesh, const Ribbon& ribbon, const Camera& camera,
                                 float pixel_ratio, const Palette& palette);

Mark arrow_head(const Arrow& arrow);
std::vector<Mark> walker_marks(const Ribbon& ribbon, float pixel_ratio, const Palette& palette);

}  // namespace stride::render
