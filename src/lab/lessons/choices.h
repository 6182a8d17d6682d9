// What the pages of lessons and of the quiz share: their title, and choices that are marked when they have been made.
#pragma once

#include <string>

namespace stride::lab {

struct LessonState;

void page_title(const std::string& words);

/// How a choice is marked: with a frame and a sign.
enum class Mark { none, right, wrong };
/// A choice as wide as the panel, its words wrapped. True when it is pressed.
bool choice_button(const std::string& choice, int index, Mark mark, bool enabled);
/// After the words about an answer: where there is little room they lie below the choices; once they are new they come in sight.
void bring_verdict(LessonState& lesson);

}  // namespace stride::lab
