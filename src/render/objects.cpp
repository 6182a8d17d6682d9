#include "assets/shaders.h"
#include "render/colour_map.h"
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

  glGenTextures(1, &gl.colours);
  glBindTexture(GL_TEXTURE_2D, gl.colours);
  const auto texels = colour_texels();
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 256, 1, 0, GL_RGBA, GL_UNSIGNED_BYTE, texels.data());
  for (GLenum filter : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER})
    glTexParameteri(GL_TEXTURE_2D, filter, GL_LINEAR);
  for (GLenum wrap : {GL_TEXTURE_WRAP_S, GL_TEXTURE_WRAP_T})
    glTexParameteri(GL_TEXTURE_2D, wrap, GL_CLAMP_TO_EDGE);
  glBindTexture(GL_TEXTURE_2D, 0);
  return {};
}

void delete_objects(Objects& gl) {
  for (GLuint program : {gl.surface, gl.wall, gl.line, gl.mark})
    if (program) glDeleteProgram(program);
  for (GLuint array : {gl.mesh_array, gl.wall_array, gl.stream_array})
    if (array) glDeleteVertexArrays(1, &array);
  for (GLuint buffer : {gl.mesh_vertices, gl.mesh_indices, gl.wall_vertices, gl.stream})
    if (buffer) glDeleteBuffers(1, &buffer);
  if (gl.colours) glDeleteTextures(1, &gl.colours);
  gl = {};
}

}  // namespace stride::render
