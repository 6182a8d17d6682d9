// Where a line of text may end: at spaces, and in Chinese between any two letters that punctuation does not hold together.
#pragma once

#include <string_view>

namespace stride::ui {

std::string_view first_letter(std::string_view words);
std::string_view last_letter(std::string_view words);
/// Whether a line may end between these two letters, neither of which is a space.
bool may_part(std::string_view before, std::string_view after);
/// How much of `words`, from the first letter on, stays on one line.
size_t together(std::string_view words);

}  // namespace stride::ui
