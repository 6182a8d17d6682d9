// The scene as OpenGL calls, back to front: the surface and its walls, lines, paths, markers.
#include <algorithm>
#include <array>
#include <cmath>

#include <glm/geometric.hpp>
#include <glm/gtc/type_ptr.hpp>

#include "render/axes.h"
#include "render/scene.h"

namespace stride::render {
namespace {

/// What every pass of a frame needs.
struct Frame {
  Scene& scene;
  const Camera& camera;
  const Palette& palette;
  float ratio;
  glm::mat4 clip;
  glm::vec3 lift;
};

constexpr int line_floats = sizeof(LinePoint) / sizeof(float);
constexpr int mark_floats = sizeof(Mark) / sizeof(float);
static_assert(line_floats == 5 && mark_floats == 15 && sizeof(MeshVertex) == 20 && sizeof(WallVertex) == 20);

void upload_indices(Scene& s) {
  const auto indices = mesh_indices(s.mesh, 1u << s.coarseness);
  s.index_count = static_cast<int>(indices.size());
  s.indexed = s.coarseness;
  glBindVertexArray(s.gl.mesh_array);
  upload(GL_ELEMENT_ARRAY_BUFFER, s.gl.mesh_indices, indices.data(), indices.size() * sizeof(unsigned),
         GL_STATIC_DRAW);
  glBindVertexArray(0);
}

void upload_mesh(Scene& s) {
  upload_indices(s);
  const auto walls = wall_vertices(s.mesh, frame_z);
  s.wall_count = static_cast<int>(walls.size());
  glBindVertexArray(s.gl.mesh_array);
  upload(GL_ARRAY_BUFFER, s.gl.mesh_vertices, s.mesh.vertices.data(),
         s.mesh.vertices.size() * sizeof(MeshVertex), GL_STATIC_DRAW);
  attribute(0, 1, 5, 0, 0);
  attribute(1, 2, 5, 1, 0);
  attribute(2, 2, 5, 3, 0);
  glBindVertexArray(s.gl.wall_array);
  upload(GL_ARRAY_BUFFER, s.gl.wall_vertices, walls.data(), walls.size() * sizeof(WallVertex),
         GL_STATIC_DRAW);
  attribute(0, 3, 5, 0, 0);
  attribute(1, 1, 5, 3, 0);
  attribute(2, 1, 5, 4, 0);
  glBindVertexArray(0);
  s.uploaded = true;
}

void upload_overlay(Scene& s) {
  if (!s.overlay.empty()) upload_texture(s.gl.overlay, s.overlay_size, s.overlay_size, s.overlay.data());
  s.overlay_uploaded = true;
}

void set_ticks(GLuint program, const Mesh& mesh) {
  const auto place = [](const std::vector<Tick>& t, auto world, float& origin, float& step) {
    if (t.size() < 2) return;
    origin = static_cast<float>(world(t[0].value));
    step = static_cast<float>(world(t[1].value)) - origin;
  };
  float ox = 10, sx = 1000, oy = 10, sy = 1000;
  place(
      ticks_x(mesh), [&](double v) { return mesh.world(v, 0).x; }, ox, sx);
  place(
      ticks_y(mesh), [&](double v) { return mesh.world(0, v).y; }, oy, sy);
  set_uniform(program, "tick_origin", ox, oy);
  set_uniform(program, "tick_step", sx, sy);
}

void draw_mesh(const Frame& f) {
  const Scene& s = f.scene;
  const GLuint p = s.gl.surface;
  glUseProgram(p);
  glActiveTexture(GL_TEXTURE1);
  glBindTexture(GL_TEXTURE_2D, s.gl.overlay);
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, s.gl.colours);
  glUniform1i(glGetUniformLocation(p, "overlay"), 1);
  const bool fog = s.fog && !s.overlay.empty();
  set_uniform(p, "overlay_share", s.overlay.empty() ? 0.0f : fog ? 1.0f : 0.85f);
  set_uniform(p, "fog", fog ? 1.0f : 0.0f);
  const glm::dvec2 foot = s.mesh.world(s.fog_x, s.fog_y);
  set_uniform(p, "fog_height", fog ? static_cast<float>(s.mesh.height(foot.x, foot.y)) : 0.0f);
  set_uniform_matrix(p, "clip", glm::value_ptr(f.clip));
  set_uniform(p, "half_size", static_cast<float>(s.mesh.half_x), static_cast<float>(s.mesh.half_y));
  set_uniform(p, "side", static_cast<float>(Mesh::n));
  set_uniform(p, "line_width", f.ratio);
  set_uniform(p, "major_every", static_cast<float>(s.mesh.scale.major_every));
  set_uniform(p, "relief", f.camera.flat ? 0.35f : 1.0f);
  set_ticks(p, s.mesh);
  // The light turns with the eye: over the left shoulder, so that every view is lit.
  glm::dvec3 sun = f.camera.flat
                       ? glm::dvec3(-0.5, 0.5, 0.9)
                       : -0.62 * f.camera.right + 0.2 * glm::dvec3(f.camera.back.x, f.camera.back.y, 0) +
                             glm::dvec3(0, 0, 0.72);
  sun = glm::normalize(sun);
  set_uniform(p, "sun", static_cast<float>(sun.x), static_cast<float>(sun.y), static_cast<float>(sun.z));
  const Rgba g = f.palette.ground;
  glBindVertexArray(s.gl.mesh_array);
  glEnable(GL_CULL_FACE);
  set_uniform(p, "glass", g.r, g.g, g.b, 1);
  glDisable(GL_BLEND);
  glDepthMask(GL_TRUE);
  glDrawElements(GL_TRIANGLES, s.index_count, GL_UNSIGNED_INT, nullptr);
  glEnable(GL_BLEND);
  glDepthMask(GL_FALSE);
  glDisable(GL_CULL_FACE);
}

/// The undersides that stand between the eye and the surface, as glass: a bowl stays open to the eye from
/// every side.
void draw_glass(const Frame& f) {
  const Scene& s = f.scene;
  const Rgba g = f.palette.ground;
  glEnable(GL_CULL_FACE);
  glCullFace(GL_FRONT);
  glUseProgram(s.gl.surface);
  set_uniform(s.gl.surface, "glass", g.r, g.g, g.b, 0.26f);
  glBindVertexArray(s.gl.mesh_array);
  glDrawElements(GL_TRIANGLES, s.index_count, GL_UNSIGNED_INT, nullptr);
  glCullFace(GL_BACK);
  glUseProgram(s.gl.wall);
  set_uniform_matrix(s.gl.wall, "clip", glm::value_ptr(f.clip));
  set_uniform(s.gl.wall, "strength", f.palette.dark ? 0.42f : 0.32f);
  glBindVertexArray(s.gl.wall_array);
  glDrawArrays(GL_TRIANGLES, 0, s.wall_count);
  glDisable(GL_CULL_FACE);
}

struct LineLook {
  Rgba colour, outline;
  float half_width, border;
  float cursor = 1e9f, later = 1, opacity = 1;
};

/// Uploads a polyline as instances that overlap by three points; the first and the last are doubled.
int stream_line(const Frame& f, const std::vector<LinePoint>& line) {
  if (line.size() < 2) return 0;
  std::vector<LinePoint> padded;
  padded.reserve(line.size() + 2);
  padded.push_back(line.front());
  padded.insert(padded.end(), line.begin(), line.end());
  padded.push_back(line.back());
  glBindVertexArray(f.scene.gl.stream_array);
  upload(GL_ARRAY_BUFFER, f.scene.gl.stream, padded.data(), padded.size() * sizeof(LinePoint),
         GL_STREAM_DRAW);
  attribute(1, 3, line_floats, 0, 1);
  attribute(2, 3, line_floats, 5, 1);
  attribute(3, 2, line_floats, 8, 1);
  attribute(4, 3, line_floats, 10, 1);
  attribute(5, 2, line_floats, 13, 1);
  attribute(6, 3, line_floats, 15, 1);
  return static_cast<int>(line.size()) - 1;
}

void draw_streamed_line(const Frame& f, int segments, const LineLook& look) {
  if (segments < 1) return;
  const GLuint p = f.scene.gl.line;
  glUseProgram(p);
  set_uniform_matrix(p, "clip", glm::value_ptr(f.clip));
  set_uniform(p, "area", f.camera.area.w, f.camera.area.h);
  set_uniform(p, "reach", look.half_width + look.border + 1);
  set_uniform(p, "lift", f.lift.x, f.lift.y, f.lift.z);
  set_uniform(p, "colour", look.colour.r, look.colour.g, look.colour.b, look.colour.a);
  set_uniform(p, "outline", look.outline.r, look.outline.g, look.outline.b, look.outline.a);
  set_uniform(p, "half_width", look.half_width);
  set_uniform(p, "border", look.border);
  set_uniform(p, "cursor", look.cursor);
  set_uniform(p, "later", look.later);
  set_uniform(p, "opacity", look.opacity);
  glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, segments);
}

/// First what lies behind the surface, faintly, then what is before it.
template <class Draw>
void behind_and_before(const Frame& f, float faint, Draw draw) {
  if (f.camera.flat) return draw(1.0f);
  glDepthFunc(GL_GREATER);
  draw(faint);
  glDepthFunc(GL_LEQUAL);
  draw(1.0f);
}

void draw_line(const Frame& f, const std::vector<LinePoint>& line, LineLook look, float faint) {
  if (line.size() < 2) return;
  const int segments = stream_line(f, line);
  const float opacity = look.opacity;
  behind_and_before(f, faint, [&](float strength) {
    look.opacity = opacity * strength;
    draw_streamed_line(f, segments, look);
  });
}

void draw_marks(const Frame& f, const std::vector<Mark>& marks, float faint) {
  if (marks.empty()) return;
  const GLuint p = f.scene.gl.mark;
  glBindVertexArray(f.scene.gl.stream_array);
  upload(GL_ARRAY_BUFFER, f.scene.gl.stream, marks.data(), marks.size() * sizeof(Mark), GL_STREAM_DRAW);
  for (GLuint location : {5u, 6u}) glDisableVertexAttribArray(location);
  attribute(0, 3, mark_floats, 0, 1);
  attribute(1, 4, mark_floats, 3, 1);
  attribute(2, 4, mark_floats, 7, 1);
  attribute(3, 4, mark_floats, 11, 1);
  for (GLuint location : {4u}) glDisableVertexAttribArray(location);
  glUseProgram(p);
  set_uniform_matrix(p, "clip", glm::value_ptr(f.clip));
  set_uniform(p, "area", f.camera.area.w, f.camera.area.h);
  set_uniform(p, "lift", f.lift.x, f.lift.y, f.lift.z);
  set_uniform(p, "pixel_ratio", f.ratio);
  behind_and_before(f, faint, [&](float strength) {
    set_uniform(p, "opacity", strength);
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<int>(marks.size()));
  });
  glDisableVertexAttribArray(0);
}

constexpr size_t most_with_edges = 60;  ///< steps of a path that is drawn with its edges at once

void draw_ribbons(const Frame& f) {
  const Rgba shade = f.palette.dark ? Rgba{0.02f, 0.03f, 0.05f, 0.6f} : Rgba{0.04f, 0.06f, 0.1f, 0.5f};
  for (int pass = 0; pass < 2; ++pass)
    for (const Ribbon& r : f.scene.ribbons) {
      if (r.emphasised != (pass == 1)) continue;
      const float half = 0.5f * (r.emphasised ? 3.1f : 2.5f) * f.ratio, border = 0.9f * f.ratio;
      const float cursor = static_cast<float>(r.cursor);
      const std::vector<LinePoint> line = thin(r.line, f.camera, std::max(2.0 * f.ratio, 2.0));
      // Where a long path lies on itself the edges of what comes later would cover all of its colour.
      const bool apart = r.x.size() > most_with_edges;
      if (apart) draw_line(f, line, {shade, shade, half + border, 0, cursor, 0.3f, 1}, 0.3f);
      draw_line(f, line, {r.colour, shade, half, apart ? 0 : border, cursor, 0.3f, 1}, 0.3f);
    }
}

void draw_walkers(const Frame& f) {
  for (int pass = 0; pass < 2; ++pass)
    for (const Ribbon& r : f.scene.ribbons) {
      if (r.emphasised != (pass == 1)) continue;
      for (const Arrow& a : walker_arrows(f.scene.mesh, r, f.camera, f.ratio, f.palette)) {
        draw_line(f, thin(a.line, f.camera, std::max(2.0 * f.ratio, 2.0)),
                  {a.colour, a.outline, a.half_width, a.border}, 0.35f);
        draw_marks(f, {arrow_head(a)}, 0.35f);
      }
      draw_marks(f, walker_marks(r, f.ratio, f.palette), 0.5f);
    }
}

void begin(const Frame& f, float framebuffer_height) {
  const Rect& a = f.camera.area;
  const int x = static_cast<int>(std::lround(a.x)),
            y = static_cast<int>(std::lround(framebuffer_height - a.y - a.h));
  const int w = static_cast<int>(std::lround(a.w)), h = static_cast<int>(std::lround(a.h));
  glViewport(x, y, w, h);
  glEnable(GL_SCISSOR_TEST);
  glScissor(x, y, w, h);
  glDepthMask(GL_TRUE);
  glClearColor(f.palette.ground.r, f.palette.ground.g, f.palette.ground.b, 1);
  glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
  glEnable(GL_BLEND);
  glBlendEquation(GL_FUNC_ADD);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  glEnable(GL_DEPTH_TEST);
  glDepthFunc(GL_LEQUAL);
  glFrontFace(GL_CCW);
  glCullFace(GL_BACK);
  glActiveTexture(GL_TEXTURE0);
}

void end() {
  glBindVertexArray(0);
  glBindBuffer(GL_ARRAY_BUFFER, 0);
  glUseProgram(0);
  glBindTexture(GL_TEXTURE_2D, 0);
  glDepthMask(GL_TRUE);
  glDisable(GL_DEPTH_TEST);
  glDisable(GL_SCISSOR_TEST);
  glDisable(GL_CULL_FACE);
  glDisable(GL_BLEND);
}

}  // namespace

void draw_scene(Scene& scene, const Camera& camera, float framebuffer_height, float ratio,
                const Palette& palette) {
  if (!scene.gl.surface || scene.mesh.vertices.empty()) return;
  if (!scene.uploaded)
    upload_mesh(scene);
  else if (scene.indexed != scene.coarseness)
    upload_indices(scene);
  if (!scene.overlay_uploaded) upload_overlay(scene);
  const double bias = std::max(4.0 * ratio / camera.pixels_per_unit, 0.003);
  const Frame f{scene, camera, palette, ratio, glm::mat4(camera.clip), glm::vec3(bias * camera.back)};
  begin(f, framebuffer_height);
  glDepthMask(GL_FALSE);
  const Rgba line = palette.line, muted = palette.muted;
  if (!camera.flat) draw_line(f, scene.frame, {line, line, 0.5f * ratio, 0}, 0);
  draw_mesh(f);
  if (camera.flat) {
    glDisable(GL_DEPTH_TEST);
    draw_line(f, scene.flat_frame, {line, line, 0.5f * ratio, 0}, 0);
  }
  draw_ribbons(f);
  if (!scene.fog) draw_marks(f, scene_marks(scene, camera, ratio, palette), 0.3f);
  if (!camera.flat && !scene.fog) {
    draw_glass(f);
    draw_line(f, scene.edge, {muted, muted, 0.5f * ratio, 0, 1e9f, 1, 0.55f}, 0);
  }
  draw_walkers(f);
  end();
}

}  // namespace stride::render
