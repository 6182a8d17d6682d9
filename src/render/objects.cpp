// Making and deleting the GL objects of a scene: programs from the shaders, buffers, vertex arrays, textures.
#include "assets/shaders.h"
#include "core/colours.h"
#include "render/scene.h"

namespace stride::render {

std::string create_objects(Objects& gl) {
  std::string error;
  gl.surface = make_program("surface", assets::surface_vert, assets::surface_frag, error);
  if (gl.surface) gl.wall = make_program("wall", assets::wall_vert, assets::wall_frag, error);
  if (gl.wall) gl.line = make_program("line", assets::line_vert, assets::line_frag, error);
  if (gl.line) gl.mark = make_program("mark", assets::mark_vert, assets::mark_frag, error);
  if (!gl.mark) {
    delete_objects(gl);
    return error.empty() ? "no OpenGL context" : error;
  }
  for (GLuint* array : {&gl.mesh_array, &gl.wall_array, &gl.stream_array}) glGenVertexArrays(1, array);
  for (GLuint* buffer : {&gl.mesh_vertices, &gl.mesh_indices, &gl.wall_vertices, &gl.stream})
    glGenBuffers(1, buffer);

  gl.colours = make_texture(true);
  upload_texture(gl.colours, 256, 1, colour_texels().data());
  gl.overlay = make_texture(false);
  const unsigned char nothing[4] = {};
  upload_texture(gl.overlay, 1, 1, nothing);
  return {};
}

void delete_objects(Objects& gl) {
  for (GLuint program : {gl.surface, gl.wall, gl.line, gl.mark})
    if (program) glDeleteProgram(program);
  for (GLuint array : {gl.mesh_array, gl.wall_array, gl.stream_array})
    if (array) glDeleteVertexArrays(1, &array);
  for (GLuint buffer : {gl.mesh_vertices, gl.mesh_indices, gl.wall_vertices, gl.stream})
    if (buffer) glDeleteBuffers(1, &buffer);
  for (GLuint texture : {gl.colours, gl.overlay})
    if (texture) glDeleteTextures(1, &texture);
  delete_coarse(gl.coarse);
  gl = {};
}

}  // namespace stride::render
