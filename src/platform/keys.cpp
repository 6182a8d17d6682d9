#include "platform/keys.h"

#include <cstdlib>
#include <string>

namespace stride::platform {

namespace {

struct Row {
  std::string_view name;
  ImGuiKey key;
};

constexpr Row named[] = {
    {"ArrowLeft", ImGuiKey_LeftArrow}, {"ArrowRight", ImGuiKey_RightArrow},
    {"ArrowUp", ImGuiKey_UpArrow},     {"ArrowDown", ImGuiKey_DownArrow},
    {"PageUp", ImGuiKey_PageUp},       {"PageDown", ImGuiKey_PageDown},
    {"Home", ImGuiKey_Home},           {"End", ImGuiKey_End},
    {"Insert", ImGuiKey_Insert},       {"Delete", ImGuiKey_Delete},
    {"Backspace", ImGuiKey_Backspace}, {" ", ImGuiKey_Space},
    {"Enter", ImGuiKey_Enter},         {"Escape", ImGuiKey_Escape},
};

ImGuiKey plus(ImGuiKey first, int offset) {
  return static_cast<ImGuiKey>(first + offset);
}

}  // namespace

ImGuiKey key_of(std::string_view key, std::string_view code) {
  if (key.size() == 1) {
    const char c = key[0];
    if (c >= 'a' && c <= 'z') return plus(ImGuiKey_A, c - 'a');
    if (c >= 'A' && c <= 'Z') return plus(ImGuiKey_A, c - 'A');
  }
  if (key == "?") return ImGuiKey_Slash;  // help
  for (const Row& row : named)
    if (row.name == key) return row.key;
  const bool foreign = !key.empty() && static_cast<unsigned char>(key[0]) >= 0x80;
  if (foreign && code.size() == 4 && code.substr(0, 3) == "Key" && code[3] >= 'A' && code[3] <= 'Z')
    return plus(ImGuiKey_A, code[3] - 'A');
  return ImGuiKey_None;
}

int modifiers_of(int browser, bool mac) {
  const int ctrl = mac ? 8 : 1, super = mac ? 1 : 8;
  return (browser & ctrl ? ImGuiMod_Ctrl : 0) | (browser & 2 ? ImGuiMod_Shift : 0) |
         (browser & 4 ? ImGuiMod_Alt : 0) | (browser & super ? ImGuiMod_Super : 0);
}

bool pastes(ImGuiKeyChord chord) {
  return (chord & ~ImGuiMod_Shift) == (ImGuiMod_Ctrl | ImGuiKey_V) ||
         chord == (ImGuiMod_Shift | ImGuiKey_Insert);
}

bool edits(ImGuiKeyChord chord, bool mac) {
  const int key = chord & ~ImGuiMod_Mask_, mods = chord & ImGuiMod_Mask_;
  // Elsewhere Alt goes through the history of pages.
  if (key < ImGuiKey_A) return key != ImGuiKey_None && (mac || !(mods & ImGuiMod_Alt));
  for (const ImGuiKey letter : {ImGuiKey_A, ImGuiKey_C, ImGuiKey_X, ImGuiKey_Y, ImGuiKey_Z})
    if (chord == (ImGuiMod_Ctrl | letter)) return true;
  return chord == (ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_Z);
}

bool navigates(ImGuiKeyChord chord) {
  const int key = chord & ~ImGuiMod_Mask_, mods = chord & ImGuiMod_Mask_;
  const bool named_one = key != ImGuiKey_None && key < ImGuiKey_A;
  return named_one && (mods & ~ImGuiMod_Shift) == 0 && key != ImGuiKey_Insert && key != ImGuiKey_Delete &&
         key != ImGuiKey_Backspace;
}

}  // namespace stride::platform
