#include "platform/keys.h"

#include <cstdlib>
#include <string>

namespace stride::platform {

namespace {

struct Row {
  std::string_view code;
  ImGuiKey key;
};

constexpr Row named[] = {
    {"ArrowLeft", ImGuiKey_LeftArrow},
    {"ArrowRight", ImGuiKey_RightArrow},
    {"ArrowUp", ImGuiKey_UpArrow},
    {"ArrowDown", ImGuiKey_DownArrow},
    {"PageUp", ImGuiKey_PageUp},
    {"PageDown", ImGuiKey_PageDown},
    {"Home", ImGuiKey_Home},
    {"End", ImGuiKey_End},
    {"Insert", ImGuiKey_Insert},
    {"Delete", ImGuiKey_Delete},
    {"Backspace", ImGuiKey_Backspace},
    {"Space", ImGuiKey_Space},
    {"Enter", ImGuiKey_Enter},
    {"Escape", ImGuiKey_Escape},
    {"ControlLeft", ImGuiKey_LeftCtrl},
    {"ControlRight", ImGuiKey_RightCtrl},
    {"ShiftLeft", ImGuiKey_LeftShift},
    {"ShiftRight", ImGuiKey_RightShift},
    {"AltLeft", ImGuiKey_LeftAlt},
    {"AltRight", ImGuiKey_RightAlt},
    {"MetaLeft", ImGuiKey_LeftSuper},
    {"MetaRight", ImGuiKey_RightSuper},
    {"Quote", ImGuiKey_Apostrophe},
    {"Comma", ImGuiKey_Comma},
    {"Minus", ImGuiKey_Minus},
    {"Period", ImGuiKey_Period},
    {"Slash", ImGuiKey_Slash},
    {"Semicolon", ImGuiKey_Semicolon},
    {"Equal", ImGuiKey_Equal},
    {"BracketLeft", ImGuiKey_LeftBracket},
    {"Backslash", ImGuiKey_Backslash},
    {"BracketRight", ImGuiKey_RightBracket},
    {"Backquote", ImGuiKey_GraveAccent},
    {"NumpadDecimal", ImGuiKey_KeypadDecimal},
    {"NumpadDivide", ImGuiKey_KeypadDivide},
    {"NumpadMultiply", ImGuiKey_KeypadMultiply},
    {"NumpadSubtract", ImGuiKey_KeypadSubtract},
    {"NumpadAdd", ImGuiKey_KeypadAdd},
    {"NumpadEnter", ImGuiKey_KeypadEnter},
    {"NumpadEqual", ImGuiKey_KeypadEqual},
};

ImGuiKey plus(ImGuiKey first, int offset) {
  return static_cast<ImGuiKey>(first + offset);
}

bool starts(std::string_view words, std::string_view with) {
  return words.substr(0, with.size()) == with;
}

}  // namespace

ImGuiKey key_of(std::string_view key, std::string_view code) {
  if (key.size() == 1) {
    const char c = key[0];
    if (c >= 'a' && c <= 'z') return plus(ImGuiKey_A, c - 'a');
    if (c >= 'A' && c <= 'Z') return plus(ImGuiKey_A, c - 'A');
    if (c == '?') return ImGuiKey_Slash;  // help, wherever a keyboard has the mark
  }
  if (code.size() == 4 && starts(code, "Key") && code[3] >= 'A' && code[3] <= 'Z')
    return plus(ImGuiKey_A, code[3] - 'A');
  if (code.size() == 6 && starts(code, "Digit") && code[5] >= '0' && code[5] <= '9')
    return plus(ImGuiKey_0, code[5] - '0');
  if (code.size() == 7 && starts(code, "Numpad") && code[6] >= '0' && code[6] <= '9')
    return plus(ImGuiKey_Keypad0, code[6] - '0');
  if (code.size() >= 2 && code[0] == 'F') {
    const int n = std::atoi(std::string(code.substr(1)).c_str());
    if (n >= 1 && n <= 12) return plus(ImGuiKey_F1, n - 1);
  }
  for (const Row& row : named)
    if (row.code == code) return row.key;
  // Virtual keyboards name the key and leave the code empty.
  if (code.empty())
    for (const Row& row : named)
      if (row.code == key) return row.key;
  return ImGuiKey_None;
}

}  // namespace stride::platform
