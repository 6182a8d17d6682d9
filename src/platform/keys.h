// The browser's names of keys, in ImGui's numbers.
#pragma once

#include <string_view>

#include "imgui.h"

namespace stride::platform {

/// `key` and `code` as in the DOM's KeyboardEvent. Letters follow the keyboard's layout where it has Latin
/// ones, so that Ctrl+Z is where its user expects it; everything else follows the place of the key.
/// ImGuiKey_None: a key that ImGui does not know.
ImGuiKey key_of(std::string_view key, std::string_view code);

}  // namespace stride::platform
