// The table of keys.
#pragma once

#include <span>

#include "imgui.h"
#include "lab/shell/commands.h"

namespace stride::lab {

struct Key {
  ImGuiKeyChord chord;
  const char* keys;  ///< as the help shows it
  const char* does;  ///< null: the line above names this one too
  Command command;
  bool repeats = false;
};
std::span<const Key> keys();

}  // namespace stride::lab
