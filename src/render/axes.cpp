#include "render/axes.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <utility>

#include <glm/geometric.hpp>

#include "text/numbers.h"
#include "text/text.h"

namespace stride::render {
namespace {

constexpr double tick_length = 0.03;

std::string written(double value, int decimals) {
  if (std::fabs(value) < 1e5 && decimals <= 5) return readable_fixed(value, decimals);
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", value);
  return localized(text);
}

void stroke(std::vector<LinePoint>& out, glm::dvec3 a, glm::dvec3 b, float strength) {
  const auto point = [&](glm::dvec3 p, float fade) {
    return LinePoint{static_cast<float>(p.x), static_cast<float>(p.y), static_cast<float>(p.z), 0, fade};
  };
  out.push_back(point(a, 0));
  out.push_back(point(a, strength));
  out.push_back(point(b, strength));
  out.push_back(point(b, 0));
}

/// One side of the frame with its numbers: an axis runs along `along`, its numbers stand on the side
/// `outward`.
struct Side {
  std::vector<Tick> ticks;
  bool is_x;
  double at;  ///< world coordinate of the side across its axis
  const char* name;
  bool meets_at_end;  ///< the other axis stands at this one's upper end
};

/// The axis's name goes beyond its end, the one that no other axis meets.
template <class Place>
void set_name(const Side& side, Place place, double ratio, const Domain& d, std::vector<Label>& out) {
  double end = side.is_x ? d.xmax : d.ymax, other = side.is_x ? d.xmin : d.ymin;
  if (side.meets_at_end) std::swap(end, other);
  const ScreenPoint a = place(other, 0), b = place(end, 0);
  const double dx = b.x - a.x, dy = b.y - a.y, length = std::max(std::hypot(dx, dy), 1e-6);
  const double gap = 14 * ratio;
  const double away_x = dx / length, away_y = dy / length;
  // A word turns its nearest side to the frame, as the numbers do.
  const double turn = side.name[0] != '\0' && side.name[1] != '\0' ? 0.5 : 0;
  out.push_back({{static_cast<float>(b.x + away_x * gap), static_cast<float>(b.y + away_y * gap), b.in_front},
                 static_cast<float>(0.5 - turn * away_x),
                 static_cast<float>(0.5 - turn * away_y),
                 side.name});
}

void label_side(const Camera& camera, const Mesh& mesh, double ratio, const Side& side,
                std::vector<Label>& out) {
  const auto place = [&](double value, double outward) {
    const double across = side.at + (side.at < 0 ? -outward : outward);
    const glm::dvec2 w =
        side.is_x ? glm::dvec2(mesh.world(value, 0).x, across) : glm::dvec2(across, mesh.world(0, value).y);
    return camera.project({w.x, w.y, camera.flat ? 0.0 : frame_z});
  };
  const double gap = 9 * ratio;
  const auto set = [&](double value, double extra, const std::string& text) {
    const ScreenPoint foot = place(value, tick_length), beyond = place(value, 2 * tick_length);
    double dx = beyond.x - foot.x, dy = beyond.y - foot.y;
    const double length = std::max(std::hypot(dx, dy), 1e-6);
    dx /= length;
    dy /= length;
    const ScreenPoint at{static_cast<float>(foot.x + dx * (gap + extra)),
                         static_cast<float>(foot.y + dy * (gap + extra)), foot.in_front};
    // The text turns its nearest side to the frame, so that wide numbers keep clear of it.
    out.push_back({at, static_cast<float>(0.5 - 0.5 * dx), static_cast<float>(0.5 - 0.5 * dy), text});
  };
  if (side.ticks.empty()) return;
  double spacing = 1e9;
  for (std::size_t i = 0; i + 1 < side.ticks.size(); ++i) {
    const ScreenPoint a = place(side.ticks[i].value, 0), b = place(side.ticks[i + 1].value, 0);
    spacing = std::min(spacing, std::max<double>(std::fabs(a.x - b.x), 1.6 * std::fabs(a.y - b.y)));
  }
  const int every = spacing >= 38 * ratio ? 1 : spacing >= 19 * ratio ? 2 : 4;
  for (std::size_t i = 0; i < side.ticks.size(); ++i)
    if (static_cast<int>(i) % every == 0) set(side.ticks[i].value, 0, side.ticks[i].text);
  set_name(side, place, ratio, mesh.domain, out);
}

}  // namespace

std::vector<Tick> ticks(double lo, double hi, int count) {
  std::vector<Tick> out;
  if (!(hi > lo)) return out;
  const double step = figures::nice_step((hi - lo) / count);
  const int decimals = std::max(0, static_cast<int>(-std::floor(std::log10(step) + 1e-9)));
  for (double k = std::ceil(lo / step - 1e-9); k * step <= hi + 1e-9 * step && out.size() < 100; ++k)
    out.push_back({k * step, written(k == 0 ? 0.0 : k * step, decimals)});
  return out;
}

std::vector<Tick> ticks_x(const Mesh& mesh) {
  return ticks(mesh.domain.xmin, mesh.domain.xmax, static_cast<int>(std::lround(8 * mesh.half_x)));
}
std::vector<Tick> ticks_y(const Mesh& mesh) {
  return ticks(mesh.domain.ymin, mesh.domain.ymax, static_cast<int>(std::lround(8 * mesh.half_y)));
}

std::vector<LinePoint> frame_lines(const Mesh& mesh, bool flat) {
  std::vector<LinePoint> out;
  const double x = mesh.half_x, y = mesh.half_y, z = flat ? 0 : frame_z;
  const glm::dvec3 corners[] = {{-x, -y, z}, {x, -y, z}, {x, y, z}, {-x, y, z}};
  for (int i = 0; i < 4; ++i) stroke(out, corners[i], corners[(i + 1) % 4], 1);
  for (const Tick& t : ticks_x(mesh)) {
    const double w = mesh.world(t.value, 0).x;
    if (!flat) stroke(out, {w, -y, z}, {w, y, z}, 0.45f);
    stroke(out, {w, -y, z}, {w, -y - tick_length, z}, 1);
    if (!flat) stroke(out, {w, y, z}, {w, y + tick_length, z}, 1);
  }
  for (const Tick& t : ticks_y(mesh)) {
    const double w = mesh.world(0, t.value).y;
    if (!flat) stroke(out, {-x, w, z}, {x, w, z}, 0.45f);
    stroke(out, {-x, w, z}, {-x - tick_length, w, z}, 1);
    if (!flat) stroke(out, {x, w, z}, {x + tick_length, w, z}, 1);
  }
  return out;
}

std::vector<LinePoint> edge_line(const Mesh& mesh) {
  std::vector<LinePoint> out;
  const glm::dvec2 h{mesh.half_x, mesh.half_y};
  const glm::dvec2 corners[] = {{-h.x, -h.y}, {h.x, -h.y}, {h.x, h.y}, {-h.x, h.y}, {-h.x, -h.y}};
  for (int i = 0; i < 4; ++i) drape(mesh, corners[i], corners[i + 1], 0, 0, 2.0 / (Mesh::n - 1), out);
  return out;
}

std::vector<Label> axis_labels(const Camera& camera, const Mesh& mesh, double pixel_ratio) {
  std::vector<Label> out;
  // In the map left and below; else along the two sides nearer to the eye.
  const double near_y = camera.flat || camera.back.y <= 0 ? -mesh.half_y : mesh.half_y;
  const double near_x = camera.flat || camera.back.x <= 0 ? -mesh.half_x : mesh.half_x;
  label_side(camera, mesh, pixel_ratio, {ticks_x(mesh), true, near_y, mesh.x_name, near_x > 0}, out);
  label_side(camera, mesh, pixel_ratio, {ticks_y(mesh), false, near_x, mesh.y_name, near_y > 0}, out);
  return out;
}

}  // namespace stride::render
