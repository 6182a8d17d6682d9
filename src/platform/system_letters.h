// Letters that the lab's own fonts lack, in names of people's own, on a desktop: by what fonts the system has.
#pragma once

#include <string>

namespace stride::platform {

/// Lines as their letters stand from left to right: what runs from right to left is turned round, numbers and
/// Latin words within it are not, and Arabic letters take the form that they have between their neighbours.
std::string from_left_to_right(const std::string& words);

/// A line of a language that is written from right to left, likewise turned round as a whole.
std::string line_from_right(const std::string& words);

/// Adds the fonts of the system that have many letters to all that ImGui has loaded. After the lab's own.
void add_system_fonts();

}  // namespace stride::platform
