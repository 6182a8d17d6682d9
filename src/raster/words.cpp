// Words in the lab's own faces: outlines of glyphs, filled.
#define STB_TRUETYPE_IMPLEMENTATION
#define STBTT_STATIC
#include <stb/stb_truetype.h>

#include <cmath>

#include "assets/fonts.h"
#include "raster/fill.h"

namespace stride::raster {

namespace {

struct Face {
  stbtt_fontinfo info{};
  explicit Face(const unsigned char* bytes) { stbtt_InitFont(&info, bytes, 0); }
};

const Face& face_of(bool bold) {
  static const Face regular(assets::inter_regular), semibold(assets::inter_semibold);
  return bold ? semibold : regular;
}

/// The characters of UTF-8, a dot for each that the face lacks; a byte that belongs to none is passed over.
std::vector<int> characters(const Face& face, std::string_view text) {
  constexpr int dot = 0x2022;
  std::vector<int> out;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i++]);
    const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    int code = more == 0 ? lead : lead & (0x3F >> more);
    for (int k = 0; k < more && i < text.size(); ++k)
      code = code << 6 | (static_cast<unsigned char>(text[i++]) & 0x3F);
    if (code >= ' ' && (lead < 0x80 || (lead >= 0xC0 && lead < 0xF8)))
      out.push_back(stbtt_FindGlyphIndex(&face.info, code) ? code : dot);
  }
  return out;
}

/// Where each glyph stands from the first, in units of the face, and behind them where the words end.
std::vector<int> places(const Face& face, const std::vector<int>& text) {
  std::vector<int> out = {0};
  for (std::size_t i = 0; i < text.size(); ++i) {
    int advance = 0, bearing = 0;
    stbtt_GetCodepointHMetrics(&face.info, text[i], &advance, &bearing);
    if (i + 1 < text.size()) advance += stbtt_GetCodepointKernAdvance(&face.info, text[i], text[i + 1]);
    out.push_back(out.back() + advance);
  }
  return out;
}

/// A cubic curve as straight pieces, its beginning left out.
void append_curve(std::vector<Spot>& out, Spot a, Spot b, Spot c, Spot d) {
  constexpr int pieces = 12;
  for (int i = 1; i <= pieces; ++i) {
    const double t = static_cast<double>(i) / pieces, s = 1 - t;
    const double wa = s * s * s, wb = 3 * s * s * t, wc = 3 * s * t * t, wd = t * t * t;
    out.push_back({wa * a.x + wb * b.x + wc * c.x + wd * d.x, wa * a.y + wb * b.y + wc * c.y + wd * d.y});
  }
}

/// The rings of a glyph of one `scale` with its origin at `at`.
void append_glyph(std::vector<std::vector<Spot>>& out, const Face& face, int character, Spot at,
                  double scale) {
  stbtt_vertex* vertices = nullptr;
  const int count = stbtt_GetCodepointShape(&face.info, character, &vertices);
  const auto spot = [&](int x, int y) { return Spot{at.x + scale * x, at.y - scale * y}; };
  for (int i = 0; i < count; ++i) {
    const stbtt_vertex& v = vertices[i];
    const Spot to = spot(v.x, v.y);
    if (v.type == STBTT_vmove || out.empty()) {
      out.push_back({to});
      continue;
    }
    std::vector<Spot>& ring = out.back();
    const Spot from = ring.back(), one = spot(v.cx, v.cy);
    if (v.type == STBTT_vline) ring.push_back(to);
    if (v.type == STBTT_vcubic) append_curve(ring, from, one, spot(v.cx1, v.cy1), to);
    if (v.type == STBTT_vcurve)
      append_curve(ring, from, {(from.x + 2 * one.x) / 3, (from.y + 2 * one.y) / 3},
                   {(to.x + 2 * one.x) / 3, (to.y + 2 * one.y) / 3}, to);
  }
  stbtt_FreeShape(&face.info, vertices);
}

}  // namespace

void words(Picture& to, Spot at, const figures::Shape& shape) {
  const Face& face = face_of(shape.bold);
  const std::vector<int> text = characters(face, shape.words), place = places(face, text);
  const double scale =
      static_cast<double>(stbtt_ScaleForMappingEmToPixels(&face.info, static_cast<float>(shape.width)));
  const double begin = at.x - shape.align * scale * place.back();
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::vector<std::vector<Spot>> rings;
    append_glyph(rings, face, text[i], {begin + scale * place[i], at.y}, scale);
    fill(to, rings, {shape.colour});
  }
}

}  // namespace stride::raster
