#include <algorithm>
#include <cmath>

#include <glm/geometric.hpp>

#include "render/scene.h"

namespace stride::render {
namespace {

Rgba with_alpha(Rgba c, float a) {
  return {c.r, c.g, c.b, c.a * a};
}

Mark mark_at(const LinePoint& p, Shape shape, float radius, float rim, Rgba fill, Rgba edge) {
  return {p.x,
          p.y,
          p.z,
          radius,
          static_cast<float>(shape),
          0,
          rim,
          with_alpha(fill, p.fade),
          with_alpha(edge, p.fade)};
}

glm::dvec3 position(const LinePoint& p) {
  return {p.x, p.y, p.z};
}

void add_minima(const Scene& s, float ratio, const Palette& palette, std::vector<Mark>& out) {
  const Domain& d = s.mesh.domain;
  const Rgba light{1, 1, 1, 1}, dark{0.05f, 0.07f, 0.09f, 1};
  for (const Minimum& m : s.minima) {
    if (!(m.x >= d.xmin && m.x <= d.xmax && m.y >= d.ymin && m.y <= d.ymax)) continue;
    const glm::dvec2 w = s.mesh.world(m.x, m.y);
    const LinePoint p{static_cast<float>(w.x), static_cast<float>(w.y),
                      static_cast<float>(s.mesh.height(w.x, w.y)), 0, 1};
    if (m.global) {
      out.push_back(mark_at(p, Shape::diamond, 8.0f * ratio, 1.6f * ratio, light, dark));
      out.push_back(mark_at(p, Shape::diamond, 4.2f * ratio, 0, palette.accent, palette.accent));
    } else {
      out.push_back(mark_at(p, Shape::ring, 5.5f * ratio, 3.0f * ratio, {0, 0, 0, 0}, dark));
      out.push_back(mark_at(p, Shape::ring, 4.7f * ratio, 1.5f * ratio, {0, 0, 0, 0}, light));
    }
  }
}

void add_beads(const Ribbon& r, const Camera& camera, float ratio, std::vector<Mark>& out) {
  const double spacing = 8.0 * ratio / camera.pixels_per_unit;
  for (const LinePoint& p : spaced(r.steps, spacing)) {
    LinePoint q = p;
    if (q.row > static_cast<float>(r.cursor)) q.fade *= 0.3f;
    out.push_back(mark_at(q, Shape::disc, 3.1f * ratio, 1.1f * ratio, {1, 1, 1, 1}, with_alpha(r.colour, 1)));
  }
}

void add_walker(const Ribbon& r, float ratio, const Palette& palette, std::vector<Mark>& out) {
  LinePoint p = r.walker;
  p.fade = std::max(p.fade, 0.6f);
  const Rgba shade{palette.dark ? 0.0f : 0.1f, palette.dark ? 0.0f : 0.12f, palette.dark ? 0.0f : 0.15f,
                   0.55f};
  const float size = r.emphasised ? 1.15f : 1;
  out.push_back(mark_at(p, Shape::disc, 9.4f * size * ratio, 1.4f * ratio, {1, 1, 1, 1}, shade));
  out.push_back(mark_at(p, Shape::disc, 6.1f * size * ratio, 0, r.colour, r.colour));
}

}  // namespace

std::vector<Arrow> walker_arrows(const Mesh& mesh, const Ribbon& r, const Camera& camera, float ratio,
                                 const Palette& palette) {
  std::vector<Arrow> out;
  if (!r.arrows) return out;
  if (r.has_step && r.next.size() > 1) {
    const ScreenPoint a = camera.project(position(r.next.front())),
                      b = camera.project(position(r.next.back()));
    if (std::hypot(a.x - b.x, a.y - b.y) > 12 * ratio)
      out.push_back({r.next, r.colour, {1, 1, 1, 0.95f}, 2.0f * ratio, 1.4f * ratio, 13 * ratio});
  }
  if (r.downhill != glm::dvec2(0, 0) && r.walker.fade > 0) {
    const glm::dvec2 from{r.walker.x, r.walker.y};
    const double length = 46.0 * ratio / camera.pixels_per_unit;
    Arrow slope{{}, palette.text, with_alpha(palette.ground, 0.85f), 1.1f * ratio, 1.1f * ratio, 9 * ratio};
    drape(mesh, from, from + length * r.downhill, r.walker.row, r.walker.row, length / 24, slope.line);
    if (slope.line.size() > 1) out.push_back(std::move(slope));
  }
  return out;
}

std::vector<Mark> scene_marks(const Scene& scene, const Camera& camera, float ratio, const Palette& palette) {
  std::vector<Mark> out;
  add_minima(scene, ratio, palette, out);
  for (const Ribbon& r : scene.ribbons) add_beads(r, camera, ratio, out);
  return out;
}

std::vector<Mark> walker_marks(const Ribbon& r, float ratio, const Palette& palette) {
  std::vector<Mark> out;
  if (!r.line.empty() || !r.steps.empty()) add_walker(r, ratio, palette, out);
  return out;
}

std::vector<Mark> arrow_head(const Arrow& arrow, const Camera& camera) {
  const LinePoint& tip = arrow.line.back();
  const ScreenPoint at = camera.project(position(tip));
  float angle = 0;
  // The direction over the last stretch that shows: the very last piece may be shorter than a pixel.
  for (std::size_t i = arrow.line.size() - 1; i-- > 0;) {
    const ScreenPoint p = camera.project(position(arrow.line[i]));
    angle = std::atan2(p.y - at.y, at.x - p.x);
    if (std::hypot(p.x - at.x, p.y - at.y) > 0.7f * arrow.head) break;
  }
  std::vector<Mark> out;
  Mark head =
      mark_at(tip, Shape::arrow, arrow.head + 2.4f * arrow.border, arrow.border, arrow.colour, arrow.outline);
  head.angle = angle;
  out.push_back(head);
  return out;
}

}  // namespace stride::render
