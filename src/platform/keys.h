// The browser's names of keys, in ImGui's numbers.
#pragma once

#include <string_view>

#include "imgui.h"

namespace stride::platform {

/// `key` and `code` as in the DOM's KeyboardEvent. What the keyboard's layout gives decides, so that Ctrl+Z
/// is where its user expects it; a letter of another alphabet counts as the Latin one in its place, and signs
/// are no keys at all: they are typed. ImGuiKey_None: a key that nobody here has a use for.
ImGuiKey key_of(std::string_view key, std::string_view code);

/// ImGui's modifiers from 1 Ctrl + 2 Shift + 4 Alt + 8 Meta; on a Mac Cmd does what Ctrl does elsewhere.
int modifiers_of(int browser, bool mac);

/// Left to the browser, which then says what the clipboard holds.
bool pastes(ImGuiKeyChord chord);
/// What a field does something with while it is typed into, besides the characters.
bool edits(ImGuiKeyChord chord, bool mac);
/// What moves between controls and uses them.
bool navigates(ImGuiKeyChord chord);

}  // namespace stride::platform
