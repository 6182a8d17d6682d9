// A figure's shapes, one over the other.
#include <algorithm>
#include "raster/fill.h"

namespace stride::raster {

namespace {

std::vector<std::vector<Spot>> rings_of(const figures::Shape& shape) {
  const Spot origin = shape.points[0];
  std::vector<std::vector<Spot>> out;
  for (const auto& ring : shape.rings) {
    out.emplace_back();
    for (const figures::Pixel p : ring) out.back().push_back({origin.x + p.x / 10.0, origin.y + p.y / 10.0});
  }
  return out;
}

void draw_bands(Picture& to, const figures::Shape& shape) {
  std::vector<std::vector<Spot>> rings = rings_of(shape);
  fill(to, rings, {shape.colour});
  for (std::vector<Spot>& ring : rings) {
    ring.push_back(ring.front());
    stroke(to, ring, shape.width, {0, figures::faint_opacity});
  }
}

void draw_shape(Picture& to, const figures::Shape& shape) {
  using Kind = figures::Shape::Kind;
  switch (shape.kind) {
    case Kind::line:
      return stroke(to, shape.points, shape.width, {shape.colour});
    case Kind::box: {
      const Spot a = shape.points[0], b = shape.points[1];
      return fill(to, {{a, {b.x, a.y}, b, {a.x, b.y}}}, {shape.colour});
    }
    case Kind::disc:
      disc(to, shape.points[0], shape.width + 0.5 * figures::rim_width, {shape.rim});
      return disc(to, shape.points[0], shape.width - 0.5 * figures::rim_width, {shape.colour});
    case Kind::bands:
      return draw_bands(to, shape);
    case Kind::words:
      return words(to, shape.points[0], shape);
  }
}

}  // namespace

Picture draw(const figures::Figure& figure) {
  Picture out{figure.width, figure.height, {}};
  const auto part = [&](int shift) { return static_cast<unsigned char>(figure.ground >> shift & 255); };
  out.rgb.reserve(3 * static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height));
  for (int i = 0; i < out.width * out.height; ++i)
    out.rgb.insert(out.rgb.end(), {part(16), part(8), part(0)});
  for (const figures::Shape& shape : figure.shapes) draw_shape(out, shape);
  return out;
}

std::string png(const figures::Figure& figure) {
  if (!figure.transparent) return png(figure.width, figure.height, draw(figure).rgb);
  // On black a pixel is opacity times its colour, on white that and what of the white shines through.
  figures::Figure page = figure;
  page.ground = 0;
  const Picture black = draw(page);
  page.ground = 0xffffff;
  const Picture white = draw(page);
  std::vector<unsigned char> pixels;
  pixels.reserve(black.rgb.size() / 3 * 4);
  for (std::size_t i = 0; i < black.rgb.size(); i += 3) {
    const int opacity = 255 - (white.rgb[i + 1] - black.rgb[i + 1]);
    for (std::size_t k = i; k < i + 3; ++k)
      pixels.push_back(static_cast<unsigned char>(
          opacity > 0 ? std::min((black.rgb[k] * 255 + opacity / 2) / opacity, 255) : 0));
    pixels.push_back(static_cast<unsigned char>(opacity));
  }
  return png(figure.width, figure.height, pixels, 4);
}

}  // namespace stride::raster
