#ifdef __EMSCRIPTEN__

#include "platform/web_input.h"

#include <emscripten.h>

#include <algorithm>
#include <cfloat>
#include <string_view>
#include <utility>
#include <vector>

#include "imgui.h"
#include "imgui_internal.h"
#include "lab/shell/keys.h"
#include "platform/keys.h"
#include "text/text.h"
#include "ui/control.h"
#include "ui/widgets.h"

// clang-format off
EM_JS(void, page_take_text, (int wanted, float x, float y, float height), { Module.host.takeText(wanted !== 0, x, y, height); });
// clang-format on

namespace stride::platform {

namespace {

App* app = nullptr;
bool typing = false;  // a field takes text, known before ImGui's next frame
struct KeyEvent {
  ImGuiKey key;
  bool down;
};
std::vector<KeyEvent> waiting;

/// ImGui knows of a key before a frame moves the focus, so a key waits for the request that moves it.
void give_key(ImGuiKey key, bool down) {
  if (waiting.empty() && (typing || !ui::requests_wait()))
    ImGui::GetIO().AddKeyEvent(key, down);
  else
    waiting.push_back({key, down});
}

void set_text_input(ImGuiContext*, ImGuiViewport*, ImGuiPlatformImeData* data) {
  typing = data->WantTextInput;
  page_take_text(typing, data->InputPos.x, data->InputPos.y, data->InputLineHeight);
}

}  // namespace

void begin_input(App& the_app) {
  app = &the_app;
  ImGui::GetPlatformIO().Platform_SetImeDataFn = set_text_input;
}

void hand_over_keys() {
  if (ui::requests_wait()) return;
  for (const KeyEvent& e : std::exchange(waiting, {})) ImGui::GetIO().AddKeyEvent(e.key, e.down);
}

bool keys_wait() {
  return !waiting.empty();
}

}  // namespace stride::platform

namespace {

using namespace stride;
using platform::app;
using platform::give_key;
using platform::typing;

bool is_mac() {
  return ImGui::GetIO().ConfigMacOSXBehaviors;
}

void modifiers(int mods) {
  give_key(ImGuiMod_Ctrl, mods & 1);
  give_key(ImGuiMod_Shift, mods & 2);
  give_key(ImGuiMod_Alt, mods & 4);
  give_key(ImGuiMod_Super, mods & 8);
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE void stride_mouse_at(float x, float y, int is_pen) {
  ImGuiIO& io = ImGui::GetIO();
  io.AddMouseSourceEvent(is_pen ? ImGuiMouseSource_Pen : ImGuiMouseSource_Mouse);
  io.AddMousePosEvent(x, y);
}

EMSCRIPTEN_KEEPALIVE void stride_mouse_left() {
  ImGui::GetIO().AddMousePosEvent(-FLT_MAX, -FLT_MAX);
}

EMSCRIPTEN_KEEPALIVE void stride_mouse_button(int button, int down) {
  ImGui::GetIO().AddMouseButtonEvent(button, down != 0);
}

EMSCRIPTEN_KEEPALIVE void stride_wheel(float x, float y) {
  ImGui::GetIO().AddMouseWheelEvent(x, y);
}

/// `phase`: 0 down, 1 move, 2 up, 3 cancel.
EMSCRIPTEN_KEEPALIVE void stride_touch(int phase, int id, float x, float y) {
  if (phase == 0) app->touch.down(id, {x, y});
  if (phase == 1) app->touch.move(id, {x, y});
  if (phase == 2) app->touch.up(id);
  if (phase == 3) app->touch.cancel();
}

/// `mods`: 1 Ctrl, 2 Shift, 4 Alt, 8 Meta. The key's number, to be handed to stride_key_up (0: no key of
/// ours), and 4096 more where the lab does something with it, so that nobody else should.
EMSCRIPTEN_KEEPALIVE int stride_key_down(const char* key, const char* code, int mods) {
  if (std::string_view(key) == "?") mods |= 2;  // some keyboards type it without
  const ImGuiKey k = platform::key_of(key, code);
  const ImGuiKeyChord chord = k | platform::modifiers_of(mods, is_mac());
  modifiers(mods);
  if (platform::pastes(chord)) return ImGuiKey_None;
  if (k != ImGuiKey_None) give_key(k, true);
  const bool used =
      (typing && platform::edits(chord, is_mac())) || platform::navigates(chord) || lab::is_key(chord, key);
  return k + (used ? 4096 : 0);
}

EMSCRIPTEN_KEEPALIVE void stride_key_up(int key, int mods) {
  modifiers(mods);
  if (key != ImGuiKey_None) give_key(static_cast<ImGuiKey>(key), false);
}

EMSCRIPTEN_KEEPALIVE void stride_text(const char* words) {
  ImGui::GetIO().AddInputCharactersUTF8(words);
}

/// Pastes into the field that is typed into, in whatever way the page was asked to.
EMSCRIPTEN_KEEPALIVE void stride_paste(const char* words) {
  app->pasted = words;
  ui::edit_with(ImGuiKey_V);
}

EMSCRIPTEN_KEEPALIVE void stride_paste_refused() {
  lab::notify(app->lab,
              tr("The browser does not let Stride read the clipboard: paste with the keyboard instead."),
              true);
}

/// Leaving the lab leaves the field that was being typed into, which commits it.
EMSCRIPTEN_KEEPALIVE void stride_focus(int focused) {
  ImGuiIO& io = ImGui::GetIO();
  if (!focused && typing) ImGui::ClearActiveID();
  io.AddFocusEvent(focused != 0);
}

/// Whether a tap here begins typing: phones open their keyboard only while the tap itself is handled. 1
/// words, 2 a number. The number pads of Apple's phones have no minus, so where one may be wanted they count
/// as words.
EMSCRIPTEN_KEEPALIVE int stride_takes_text_at(float x, float y) {
  const ui::Control* field = ui::field_at({x, y});
  if (!field) return 0;
  return field->input == ui::InputMode::decimal && (field->min >= 0 || !is_mac()) ? 2 : 1;
}

/// A finger has not moved for half a second.
EMSCRIPTEN_KEEPALIVE void stride_finger_rests(float x, float y) {
  if (ui::field_at({x, y})) return app->touch.rest();
  app->touch.point();
  // ImGui's own clock stands while no frame is drawn.
  float& down = ImGui::GetIO().MouseDownDuration[0];
  if (down >= 0) down = std::max(down, 0.5f);
}

}  // extern "C"

#endif  // __EMSCRIPTEN__
