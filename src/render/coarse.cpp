// The picture while a hand moves on a slow machine: drawn small and without smooth edges, then stretched over
// its place.
#include <algorithm>
#include <cmath>

#include "assets/shaders.h"
#include "render/scene.h"

namespace stride::render {

namespace {

/// False where the machine cannot: the picture then stays whole.
bool make_canvas(Coarse& c, int width, int height) {
  std::string error;
  if (!c.program) c.program = make_program("copy", assets::copy_vert, assets::copy_frag, error);
  if (!c.program) return false;
  if (!c.frame) {
    glGenFramebuffers(1, &c.frame);
    glGenRenderbuffers(1, &c.depth);
    c.picture = make_texture(true);
  }
  glBindFramebuffer(GL_FRAMEBUFFER, c.frame);
  if (c.width == width && c.height == height) return true;
  c.width = width;
  c.height = height;
  upload_texture(c.picture, width, height, nullptr);
  glBindRenderbuffer(GL_RENDERBUFFER, c.depth);
  glRenderbufferStorage(GL_RENDERBUFFER, GL_DEPTH_COMPONENT16, width, height);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, c.picture, 0);
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_RENDERBUFFER, c.depth);
  return true;
}

void stretch(const Scene& s, const Rect& area, float framebuffer_height) {
  glViewport(static_cast<int>(std::lround(area.x)),
             static_cast<int>(std::lround(framebuffer_height - area.y - area.h)),
             static_cast<int>(std::lround(area.w)), static_cast<int>(std::lround(area.h)));
  glUseProgram(s.gl.coarse.program);
  glBindTexture(GL_TEXTURE_2D, s.gl.coarse.picture);
  glBindVertexArray(s.gl.mesh_array);
  glDrawArrays(GL_TRIANGLES, 0, 3);
  glBindVertexArray(0);
  glBindTexture(GL_TEXTURE_2D, 0);
  glUseProgram(0);
}

}  // namespace

void draw_coarsely(Scene& scene, const Camera& camera, float framebuffer_height, float ratio,
                   const Palette& palette) {
  if (!scene.gl.surface || scene.mesh.vertices.empty()) return;
  GLint shown = 0;
  glGetIntegerv(GL_FRAMEBUFFER_BINDING, &shown);
  const float times = 1 + static_cast<float>(scene.coarseness);
  Camera small = camera;
  small.area = {0, 0, std::ceil(camera.area.w / times), std::ceil(camera.area.h / times)};
  small.pixels_per_unit /= times;
  if (!make_canvas(scene.gl.coarse, static_cast<int>(small.area.w), static_cast<int>(small.area.h)))
    return draw_scene(scene, camera, framebuffer_height, ratio, palette);
  draw_scene(scene, small, small.area.h, ratio / times, palette);
  glBindFramebuffer(GL_FRAMEBUFFER, static_cast<GLuint>(shown));
  stretch(scene, camera.area, framebuffer_height);
}

void delete_coarse(Coarse& c) {
  if (c.program) glDeleteProgram(c.program);
  if (c.frame) glDeleteFramebuffers(1, &c.frame);
  if (c.depth) glDeleteRenderbuffers(1, &c.depth);
  if (c.picture) glDeleteTextures(1, &c.picture);
  c = {};
}

}  // namespace stride::render
