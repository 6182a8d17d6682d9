// The type that a lesson's pages are set in: words, settings that the lab takes when they are pressed, terms of
// the glossary, formulas; and the ring around what a term is about.
#pragma once

#include <string_view>
#include <vector>

#include "imgui.h"
#include "lab/lessons/lesson_state.h"

namespace stride::lab {

/// One page while it is drawn: what in it can be pressed has a number, and a term is one the first time it comes.
struct PageText {
  const LessonDesk& desk;
  int settings = 0;
  std::vector<const void*> terms = {};
};
/// A paragraph, a line of a list or a heading, over the width that there is.
void show_block(PageText& page, const LessonBlock& block);
/// A ring, or where it is done a disc with a tick in it.
void draw_tick(ImVec2 centre, bool done);

/// Puts a ring around the control whose id ends so, for a moment.
void light(LessonState& lesson, std::string_view control);
/// The ring, over all else. At the end of a frame.
void draw_light(LessonState& lesson, const Services& services);

}  // namespace stride::lab
