// Keys as browsers name them: the character decides, and what nobody has a use for is no key.
#include <doctest/doctest.h>

#include "platform/keys.h"

namespace stride::platform {

TEST_CASE("keys: letters follow the layout, those of other alphabets their place, signs are typed") {
  struct Row {
    const char *key, *code;
    ImGuiKey is;
  };
  for (const auto& [key, code, is] : {
           Row{"z", "KeyY", ImGuiKey_Z},
           Row{"Z", "KeyZ", ImGuiKey_Z},
           Row{"ы", "KeyS", ImGuiKey_S},
           Row{"щ", "KeyO", ImGuiKey_O},
           Row{"ö", "Semicolon", ImGuiKey_None},
           Row{"ü", "BracketLeft", ImGuiKey_None},
           Row{"[", "BracketLeft", ImGuiKey_None},
           Row{",", "KeyM", ImGuiKey_None},
           Row{"µ", "", ImGuiKey_None},
           Row{"?", "Minus", ImGuiKey_Slash},
           Row{" ", "Space", ImGuiKey_Space},
           Row{"Enter", "NumpadEnter", ImGuiKey_Enter},
           Row{"Backspace", "CapsLock", ImGuiKey_Backspace},
           Row{"ArrowLeft", "Numpad4", ImGuiKey_LeftArrow},
           Row{"Delete", "", ImGuiKey_Delete},
           Row{"5", "Digit5", ImGuiKey_None},
           Row{"ContextMenu", "ContextMenu", ImGuiKey_None},
           Row{"BrowserBack", "BrowserBack", ImGuiKey_None},
           Row{"F5", "F5", ImGuiKey_None},
           Row{"", "KeyS", ImGuiKey_None},
       }) {
    CAPTURE(key);
    CHECK(key_of(key, code) == is);
  }
}

TEST_CASE("keys: on a Mac Cmd is what Ctrl is elsewhere") {
  CHECK(modifiers_of(1, false) == ImGuiMod_Ctrl);
  CHECK(modifiers_of(1, true) == ImGuiMod_Super);
  CHECK(modifiers_of(8, true) == ImGuiMod_Ctrl);
  CHECK(modifiers_of(2 + 4, true) == (ImGuiMod_Shift | ImGuiMod_Alt));
  CHECK(modifiers_of(15, false) == (ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiMod_Alt | ImGuiMod_Super));
}

TEST_CASE("keys: what pastes is left to the browser; what edits and what navigates is not") {
  for (const ImGuiKeyChord chord : {ImGuiMod_Ctrl | ImGuiKey_V, ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_V,
                                    ImGuiMod_Shift | ImGuiKey_Insert}) {
    CHECK(pastes(chord));
    CHECK_FALSE(navigates(chord));
  }
  CHECK_FALSE(pastes(ImGuiKey_V));
  CHECK_FALSE(pastes(ImGuiKey_Insert));
  for (const ImGuiKey letter : {ImGuiKey_A, ImGuiKey_C, ImGuiKey_X, ImGuiKey_Y, ImGuiKey_Z}) {
    CHECK(edits(ImGuiMod_Ctrl | letter, false));
    CHECK_FALSE(edits(ImGuiMod_Ctrl | ImGuiMod_Alt | letter, false));
    CHECK(edits(ImGuiMod_Ctrl | ImGuiMod_Shift | letter, false) == (letter == ImGuiKey_Z));
  }
  CHECK(edits(ImGuiMod_Ctrl | ImGuiKey_LeftArrow, false));
  CHECK(edits(ImGuiMod_Alt | ImGuiKey_LeftArrow, true));
  CHECK_FALSE(edits(ImGuiMod_Alt | ImGuiKey_LeftArrow, false));  // back through the history
  CHECK_FALSE(edits(ImGuiKey_None, false));
  CHECK(navigates(ImGuiMod_Shift | ImGuiKey_RightArrow));
  CHECK(navigates(ImGuiKey_Escape));
  for (const ImGuiKeyChord chord :
       {ImGuiKeyChord(ImGuiMod_Ctrl | ImGuiKey_Home), ImGuiKeyChord(ImGuiKey_Backspace),
        ImGuiKeyChord(ImGuiKey_None), ImGuiKeyChord(ImGuiKey_M)})
    CHECK_FALSE(navigates(chord));
}

}  // namespace stride::platform
