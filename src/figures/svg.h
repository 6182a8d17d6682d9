// Pieces of SVG.
#pragma once

#include <string>
#include <string_view>

namespace stride::figures {

/// "#rrggbb" of 0xRRGGBB.
std::string hex(unsigned colour);
/// Words as the text of an element; control characters are left out.
std::string escaped(std::string_view words);

}  // namespace stride::figures
