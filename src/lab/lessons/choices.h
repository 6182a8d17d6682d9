// What the pages of lessons and of the quiz share: their title, and choices that are marked when they have been made.
#pragma once

#include <string>

namespace stride::lab {

void page_title(const std::string& words);

/// How a choice is marked: with a frame and a sign.
enum class Mark { none, right, wrong };
/// A choice as wide as the panel, its words wrapped. True when it is pressed.
bool choice_button(const std::string& choice, int index, Mark mark, bool enabled);

}  // namespace stride::lab
