// How a window's room is shared out: wide, tall or small, and among those parts alone that are shown.
#pragma once

#include <span>

#include "lab/session/lab.h"

namespace stride::lab {

struct Box {
  float x, y, w, h;
};

struct Layout {
  Box bar, surface, transport, tabs, column, second, lesson;
  bool wide;     ///< surface beside the column; otherwise above it
  bool two;      ///< not wide, but room for two columns under the surface
  bool compact;  ///< a phone: what is in the bar shrinks to icons
};

constexpr unsigned column_parts = part_rate | part_loss | part_controls | part_instruments | part_problem;

/// What a narrow column shows one of, a tab each.
struct Page {
  const char* name;
  unsigned parts;
};
std::span<const Page> pages();
inline constexpr int lesson_page = 4;

bool shows_lesson(const Lab& lab);
bool has_page(const Lab& lab, int i);
Layout arrange(const Lab& lab, float width, float height, float pixel_ratio);

}  // namespace stride::lab
