// Languages that are written from right to left: Dear ImGui sets letters from left to right alone.
#pragma once

#include <string>

namespace stride::ui {

/// From now on, texts of such a language are drawn line by line as `order` turns them round, and stand at the right.
/// `order`: a line's letters as they follow each other from left to right.
void order_letters(std::string (*order)(const std::string& line));

}  // namespace stride::ui
