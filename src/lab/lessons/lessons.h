// The panels of the lessons.
#pragma once

#include "lab/lessons/lesson_state.h"

namespace stride::lab {

/// Fills the window with the open lesson.
void lesson_panel(const LessonDesk& desk, const Results& results);
/// The button in the bar and its list.
void lesson_picker(const LessonDesk& desk);
/// The button alone. True when it is pressed.
bool lessons_button();
/// On the question's page: what to draw, and the button that hands it in.
void sketch_panel(const LessonDesk& desk, const Results& results);

}  // namespace stride::lab
