// A small formula set in type.
#pragma once

#include "imgui.h"
#include "lesson/formula.h"

namespace stride::lab {

/// Around its axis, the height at which a bar of a fraction lies.
struct Extent {
  float width = 0, up = 0, down = 0;
};
Extent words_extent(std::string_view words, float size);
/// Where words begin that have their axis at `axis`.
float top_of(float axis, float size);
/// Its size in the font in use; drawn with its left end at `at`, on the axis, where there is a list.
Extent set_formula(const FormulaRow& row, float size, ImVec2 at = {}, ImU32 colour = 0,
                   ImDrawList* draw = nullptr);

}  // namespace stride::lab
