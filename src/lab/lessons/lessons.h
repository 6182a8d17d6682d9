// The panels of the lessons.
#pragma once

#include "lab/lessons/lesson_state.h"

namespace stride::lab {

/// Fills the window with the open lesson.
void lesson_panel(const LessonDesk& desk, const Results& results);
/// What is there in place of a lesson's pages, and the buttons below it.
void show_leaf(const LessonDesk& desk);
void leaf_foot(const LessonDesk& desk);
/// Another one at every call: of the time that the lab has run.
unsigned fresh_seed();
/// The button in the bar and its list.
void lesson_picker(const LessonDesk& desk);
/// The button alone. True when it is pressed.
bool lessons_button();
/// On the question's page: what to draw, and the button that hands it in.
void sketch_panel(const LessonDesk& desk, const Results& results);

}  // namespace stride::lab
