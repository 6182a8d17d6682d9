// Which markers and arrows stand on the surface, and how large: minima, beads, walkers.
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
  const double spacing = 9.0 * ratio / camera.pixels_per_unit;
  // White on a run of light colour would not be seen.
  const bool light = 0.299f * r.colour.r + 0.587f * r.colour.g + 0.114f * r.colour.b > 0.78f;
  const Rgba fill = light ? Rgba{0.1f, 0.12f, 0.16f, 1} : Rgba{1, 1, 1, 1};
  for (const LinePoint& p : spaced(r.steps, spacing)) {
    LinePoint q = p;
    if (q.row > static_cast<float>(r.cursor)) q.fade *= 0.3f;
    out.push_back(mark_at(q, Shape::disc, 2.7f * ratio, 1.0f * ratio, fill, r.colour));
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

/// Takes the head's room off the line's end and turns the head along it; false where the line is too short to
/// bear one.
bool point(Arrow& arrow, const Camera& camera) {
  std::vector<LinePoint>& line = arrow.line;
  if (line.size() < 2) return false;
  arrow.tip = line.back();
  const ScreenPoint at = camera.project(position(arrow.tip));
  const double room = 0.75 * arrow.head;
  while (line.size() > 1) {
    const ScreenPoint p = camera.project(position(line[line.size() - 2]));
    const double away = std::hypot(p.x - at.x, p.y - at.y);
    if (away >= room) {
      const ScreenPoint q = camera.project(position(line.back()));
      const double nearer = std::hypot(q.x - at.x, q.y - at.y);
      const auto t = static_cast<float>(std::clamp((away - room) / std::max(away - nearer, 1e-6), 0.0, 1.0));
      const LinePoint& from = line[line.size() - 2];
      LinePoint& to = line.back();
      to.x = from.x + t * (to.x - from.x);
      to.y = from.y + t * (to.y - from.y);
      to.z = from.z + t * (to.z - from.z);
      arrow.angle = std::atan2(p.y - at.y, at.x - p.x);
      return true;
    }
    line.pop_back();
  }
  return false;
}

}  // namespace

std::vector<Arrow> walker_arrows(const Mesh& mesh, const Ribbon& r, const Camera& camera, float ratio,
                                 const Palette& palette) {
  std::vector<Arrow> out;
  if (!r.arrows) return out;
  const auto add = [&](std::vector<LinePoint> line, Rgba colour, Rgba outline, float half_width, float head) {
    Arrow arrow{std::move(line), {}, 0, colour, outline, half_width * ratio, 1.3f * ratio, head * ratio};
    if (point(arrow, camera)) out.push_back(std::move(arrow));
  };
  if (r.has_step) add(r.next, r.colour, {1, 1, 1, 0.95f}, 2.0f, 14);
  if (r.downhill != glm::dvec2(0, 0) && r.walker.fade > 0) {
    const glm::dvec2 from{r.walker.x, r.walker.y};
    const double length = 50.0 * ratio / camera.pixels_per_unit;
    std::vector<LinePoint> line;
    drape(mesh, from, from + length * r.downhill, r.walker.row, r.walker.row, length / 24, line);
    add(std::move(line), palette.text, with_alpha(palette.ground, 0.8f), 1.0f, 10);
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

Mark arrow_head(const Arrow& arrow) {
  Mark head = mark_at(arrow.tip, Shape::arrow, arrow.head, arrow.border, arrow.colour, arrow.outline);
  head.angle = arrow.angle;
  return head;
}

}  // namespace stride::render
