// How a window's room is shared out: wide, tall or small, and among those parts alone that are shown.
#pragma once

#include "lab/lessons/lesson_state.h"
#include "lab/shell/shell.h"

namespace stride::lab {

struct Box {
  float x, y, w, h;
};

struct Layout {
  Box bar, surface, transport, tabs, column, second, lesson;
  Box thumb;   ///< a phone's: curve and rate while the sheet is down
  bool sheet;  ///< a phone: the column is a sheet, pulled up by its tabs
  bool wide;   ///< surface beside the column; otherwise above it
  bool
      two;  ///< two columns: controls and tools under the surface, or beside it controls with curves, and tools
};

/// What stands on the stage.
constexpr unsigned stage_panels = panel_surface | panel_data | panel_boundary;
constexpr unsigned column_panels =
    panel_rate | panel_loss | panel_controls | panel_instruments | panel_problem;

/// The column beside the surface by hand, in design pixels at least; and at most in a window `w` wide with a lesson's drawer: the surface
/// keeps room for what lies on it.
inline constexpr float narrowest_column = 320;
float widest_column(float w, float drawer);

bool shows_lesson(const Shell& shell, const LessonState& lesson);
/// Whether the page has anything to show.
bool has_page(const Shell& shell, const LessonState& lesson, Page page);
Layout arrange(const Shell& shell, const LessonState& lesson, float width, float height, float pixel_ratio);

}  // namespace stride::lab
