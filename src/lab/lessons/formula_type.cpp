#include "lab/lessons/formula_type.h"

#include <algorithm>
#include <cmath>

#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

using Kind = FormulaBox::Kind;

constexpr float script = 0.74f, part = 0.86f;  // sizes of indices and of what stands in a fraction

Extent set_script(const FormulaBox& box, float size, ImVec2 at, ImU32 colour, ImDrawList* draw) {
  const float shift = box.kind == Kind::raised ? -0.36f * size : 0.26f * size;
  Extent e = set_formula(box.inner, size * script, {at.x, at.y + shift}, colour, draw);
  e.up -= shift, e.down += shift;
  return e;
}

Extent set_fraction(const FormulaBox& box, float size, ImVec2 at, ImU32 colour, ImDrawList* draw) {
  const float own = size * part, gap = size * 0.06f, side = size * 0.12f;
  const Extent above = set_formula(box.inner, own), below = set_formula(box.below, own);
  const float width = std::max(above.width, below.width) + 2 * side;
  if (draw) {
    set_formula(box.inner, own, {at.x + (width - above.width) / 2, at.y - gap - above.down}, colour, draw);
    set_formula(box.below, own, {at.x + (width - below.width) / 2, at.y + gap + below.up}, colour, draw);
    const float y = std::round(at.y);
    draw->AddLine({at.x + side / 2, y}, {at.x + width - side / 2, y}, colour, std::max(1.f, u(1.1f)));
  }
  return {width, above.up + above.down + gap, below.up + below.down + gap};
}

Extent set_root(const FormulaBox& box, float size, ImVec2 at, ImU32 colour, ImDrawList* draw) {
  const float sign = size * 0.5f, above = size * 0.08f;
  const Extent e = set_formula(box.inner, size, {at.x + sign, at.y}, colour, draw);
  const float top = at.y - e.up - above, foot = at.y + e.down - size * 0.05f;
  if (draw) {
    const ImVec2 line[] = {{at.x + size * 0.04f, at.y + size * 0.04f},
                           {at.x + size * 0.16f, at.y - size * 0.04f},
                           {at.x + size * 0.28f, foot},
                           {at.x + sign - size * 0.06f, top},
                           {at.x + sign + e.width + size * 0.06f, top}};
    draw->AddPolyline(line, 5, colour, 0, std::max(1.f, u(1.1f)));
  }
  return {sign + e.width + size * 0.1f, e.up + above, e.down};
}

Extent set_box(const FormulaBox& box, float size, ImVec2 at, ImU32 colour, ImDrawList* draw) {
  switch (box.kind) {
    case Kind::raised:
    case Kind::lowered:
      return set_script(box, size, at, colour, draw);
    case Kind::fraction:
      return set_fraction(box, size, at, colour, draw);
    case Kind::root:
      return set_root(box, size, at, colour, draw);
    case Kind::words:
      break;
  }
  const std::string words = joined(box.words);
  if (draw)
    draw->AddText(ImGui::GetFont(), size, {std::round(at.x), std::round(top_of(at.y, size))}, colour,
                  words.c_str());
  return words_extent(words, size);
}

}  // namespace

float top_of(float axis, float size) {
  return axis - 0.56f * size;
}

Extent words_extent(std::string_view words, float size) {
  const char* begin = words.data();
  return {ImGui::GetFont()->CalcTextSizeA(size, 1e6f, 0, begin, begin + words.size()).x, 0.56f * size,
          0.44f * size};
}

Extent set_formula(const FormulaRow& row, float size, ImVec2 at, ImU32 colour, ImDrawList* draw) {
  Extent all = words_extent("", size);
  for (const FormulaBox& box : row) {
    const Extent e = set_box(box, size, {at.x + all.width, at.y}, colour, draw);
    all.width += e.width;
    all.up = std::max(all.up, e.up);
    all.down = std::max(all.down, e.down);
  }
  return all;
}

}  // namespace stride::lab
