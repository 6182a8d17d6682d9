// The table of keys.
#pragma once

#include <span>
#include <string_view>

#include "imgui.h"
#include "lab/shell/commands.h"

namespace stride::lab {

struct Key {
  ImGuiKeyChord chord;
  const char* keys;  ///< as the help shows it
  const char* does;  ///< null: the line above names this one too
  Command command;
  bool repeats = false;
  char typed = 0;  ///< a sign, wherever a keyboard has it, instead of a chord
};
std::span<const Key> keys();
/// Whether a chord, or the character that it types, is one of them.
bool is_key(ImGuiKeyChord chord, std::string_view typed);

}  // namespace stride::lab
