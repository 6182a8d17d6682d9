// Languages that are written from right to left: Dear ImGui sets letters from left to right alone.
#pragma once

#include <string>
#include <string_view>

namespace stride::ui {

/// From now on, texts of such a language are drawn line by line as `order` turns them round, and stand at the right.
/// `order`: a line's letters as they follow each other from left to right.
void order_letters(std::string (*order)(const std::string& line));

/// The same line, itself where nobody orders it.
std::string in_order(const std::string& line);

/// Whether there is a letter in it that is written from right to left.
bool runs_left(std::string_view words);
/// Whether there is one, and the language in use is such.
bool from_right(std::string_view words);

}  // namespace stride::ui
