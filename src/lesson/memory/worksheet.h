// A lesson on paper: a page of HTML that needs nothing beside it and prints well.
#pragma once

#include <string>
#include <string_view>

#include "lesson/lesson.h"

namespace stride {

/// The lesson's words, the question with boxes and room for a reason, axes to draw on, the task with a table for the
/// attempts; no answers. Its headings are in the lesson's language. `picture`: SVG of the surface, may be empty.
std::string worksheet(const Lesson& lesson, std::string_view picture);
/// "worksheet-03-too-high.html".
std::string worksheet_name(const Lesson& lesson);

}  // namespace stride
