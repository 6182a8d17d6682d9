#include "render/surface_view.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/colours.h"
#include "render/axes.h"
#include "render/camera.h"
#include "render/scene.h"
#include "render/view_state.h"

namespace stride::render {
namespace {

// Points that all ribbons of a frame share out among them.
constexpr int line_budget = 80000;

bool same(std::span<const Minimum> a, std::span<const Minimum> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Minimum& p, const Minimum& q) {
    return p.x == q.x && p.y == q.y && p.f == q.f && p.global == q.global;
  });
}

/// Moves the view so that `world` is seen at a screen point: Newton's method on the pan, with differences.
void hold(View& view, const Rect& area, const Mesh& mesh, glm::dvec3 world, float screen_x, float screen_y) {
  for (int i = 0; i < 6; ++i) {
    const auto seen = [&](double dx, double dy) {
      View v = view;
      v.pan_x += dx;
      v.pan_y += dy;
      return make_camera(v, area, mesh).project(world);
    };
    const double h = 1e-4;
    const ScreenPoint p = seen(0, 0), px = seen(h, 0), py = seen(0, h);
    const double a = (px.x - p.x) / h, b = (py.x - p.x) / h, c = (px.y - p.y) / h, d = (py.y - p.y) / h;
    const double det = a * d - b * c, ex = screen_x - p.x, ey = screen_y - p.y;
    if (!p.in_front || !(std::fabs(det) > 1e-6)) return;
    view.pan_x += std::clamp((d * ex - b * ey) / det, -0.3, 0.3);
    view.pan_y += std::clamp((a * ey - c * ex) / det, -0.3, 0.3);
  }
  view.pan_x = std::clamp(view.pan_x, -1.2, 1.2);
  view.pan_y = std::clamp(view.pan_y, -1.2, 1.2);
}

}  // namespace

SurfaceView::SurfaceView() : state_(std::make_unique<State>()) {}
SurfaceView::~SurfaceView() = default;

std::string SurfaceView::create() {
  destroy(false);
  return create_objects(state_->scene.gl);
}

void SurfaceView::destroy(bool context_lost) {
  Scene& s = state_->scene;
  if (context_lost)
    s.gl = {};
  else
    delete_objects(s.gl);
  s.uploaded = s.overlay_uploaded = false;
}

void SurfaceView::set_surface(const Objective& objective, const Domain& domain,
                              std::span<const Minimum> minima) {
  Scene& s = state_->scene;
  const std::string expression = objective.expression ? objective.expression->text : std::string();
  const int surface = objective.expression ? -1 : objective.surface;
  if (!s.mesh.vertices.empty() && s.surface == surface && s.expression == expression &&
      s.fit == objective.fit && s.mesh.domain == domain && same(s.minima, minima))
    return;
  s.surface = surface;
  s.expression = expression;
  s.fit = objective.fit;
  s.minima.assign(minima.begin(), minima.end());
  s.mesh = make_mesh(objective, domain, s.minima);
  if (objective.fit) s.mesh.x_name = "w", s.mesh.y_name = "b";
  state_->mesh_changed();
}

void SurfaceView::State::mesh_changed() {
  scene.ribbons.clear();
  scene.frame = frame_lines(scene.mesh, false);
  scene.flat_frame = frame_lines(scene.mesh, true);
  scene.edge = edge_line(scene.mesh);
  camera.reset();
  scene.uploaded = false;
}

void SurfaceView::set_overlay(int size, std::vector<unsigned char> rgba) {
  Scene& s = state_->scene;
  s.overlay_size = size;
  s.overlay = std::move(rgba);
  s.overlay_uploaded = false;
}

void SurfaceView::set_fog(double x, double y, bool lies) {
  Scene& s = state_->scene;
  s.fog = lies;
  s.fog_x = x;
  s.fog_y = y;
}

void SurfaceView::set_paths(const std::vector<PathLook>& paths) {
  Scene& s = state_->scene;
  s.ribbons.resize(s.mesh.vertices.empty() ? 0 : paths.size());
  const int budget = (line_budget >> (2 * s.coarseness)) / std::max(1, static_cast<int>(paths.size()));
  for (std::size_t i = 0; i < s.ribbons.size(); ++i) make_ribbon(s.mesh, paths[i], budget, s.ribbons[i]);
}

void SurfaceView::set_coarseness(int coarseness) {
  state_->scene.coarseness = std::clamp(coarseness, 0, most_coarse);
}

void SurfaceView::draw(const View& view, const Rect& area, float framebuffer_height, float pixel_ratio,
                       const Palette& palette) {
  if (!(area.w >= 1 && area.h >= 1)) return;
  const auto draw = state_->scene.coarseness > 0 ? draw_coarsely : draw_scene;
  draw(state_->scene, state_->camera_of(view, area), framebuffer_height, pixel_ratio, palette);
}

ScreenPoint SurfaceView::project(const View& view, const Rect& area, double x, double y) const {
  const Mesh& mesh = state_->scene.mesh;
  if (!std::isfinite(x) || !std::isfinite(y)) return {0, 0, false};
  const glm::dvec2 w = mesh.world(x, y);
  return state_->camera_of(view, area).project({w.x, w.y, mesh.height(w.x, w.y)});
}

std::optional<Point> SurfaceView::pick(const View& view, const Rect& area, float screen_x,
                                       float screen_y) const {
  const Mesh& mesh = state_->scene.mesh;
  const auto at = pick_world(state_->camera_of(view, area), mesh, screen_x, screen_y);
  if (!at) return std::nullopt;
  return mesh.domain_point({at->x, at->y});
}

std::vector<Label> SurfaceView::labels(const View& view, const Rect& area, float pixel_ratio) const {
  const Mesh& mesh = state_->scene.mesh;
  if (mesh.vertices.empty()) return {};
  return axis_labels(state_->camera_of(view, area), mesh, pixel_ratio);
}

Rgba SurfaceView::colour_of(double value) const {
  const auto c = viridis(1 - state_->scene.mesh.scale.colour.at(value));
  return {c[0], c[1], c[2], 1};
}

double SurfaceView::low() const {
  return state_->scene.mesh.scale.low;
}
double SurfaceView::high() const {
  return state_->scene.mesh.scale.high;
}

void SurfaceView::turn(View& view, float dx, float dy, float pixel_ratio) const {
  const double per_pixel = 0.006 / pixel_ratio;
  view.yaw = std::remainder(view.yaw - dx * per_pixel, 2 * 3.14159265358979323846);
  view.pitch = std::clamp(view.pitch + dy * per_pixel, least_pitch, most_pitch);
}

void SurfaceView::zoom_at(View& view, const Rect& area, float screen_x, float screen_y, double factor) const {
  const Mesh& mesh = state_->scene.mesh;
  const auto under = pick_world(state_->camera_of(view, area), mesh, screen_x, screen_y, 2.5);
  view.zoom = std::clamp(view.zoom * factor, least_zoom, most_zoom);
  if (under) hold(view, area, mesh, *under, screen_x, screen_y);
}

void SurfaceView::move(View& view, const Rect& area, float from_x, float from_y, float to_x,
                       float to_y) const {
  const Mesh& mesh = state_->scene.mesh;
  const auto under = pick_world(state_->camera_of(view, area), mesh, from_x, from_y, 4);
  if (under) hold(view, area, mesh, *under, to_x, to_y);
}

}  // namespace stride::render
