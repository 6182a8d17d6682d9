#include "ui/target.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "text/text.h"
#include "ui/shared.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::ui {

Carried& carried() {
  static Carried c;
  return c;
}

void focus_item(ImGuiID id) {
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  ImGui::FocusWindow(window);
  ImGui::SetFocusID(id, window);
  ImGui::SetNavCursorVisible(true);
  ImGui::ScrollToItem();
}

namespace {

void complete(Target& t, const char* help, unsigned flags) {
  Control& c = recorded(t.index);
  c.grip = (flags & any_way) != 0;
  c.opens = (flags & folds) != 0;
  c.numbers = flags & two_numbers ? 2 : 1;
  c.help = tr(help);
  t.asked = request_of(c);
}

/// Within its edges: a picture fills its window, which cuts ImGui's own ring off. One of the two lines stands out
/// on whatever lies under it.
void inner_ring(const Target& t) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float w = std::floor(u(2));  // AddRect's own half pixel added, its lines lie on whole ones
  for (const auto& [in, colour] : {std::pair{w / 2, theme().accent}, {w * 1.5f, theme().panel}})
    draw->AddRect({t.at.x + in - 0.5f, t.at.y + in - 0.5f}, {t.end().x - in + 0.5f, t.end().y - in + 0.5f},
                  colour, 0, 0, w);
}

}  // namespace

Target target(Role role, Name name, ImVec2 size, const char* help, bool enabled, unsigned flags) {
  Target t;
  t.at = ImGui::GetCursorScreenPos();
  t.size = {std::max(size.x, 1.f), std::max(size.y, 1.f)};
  ImGuiButtonFlags buttons = flags & (any_button | no_keyboard) ? 0 : ImGuiButtonFlags_EnableNav;
  if (flags & any_button)
    buttons |= ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight |
               ImGuiButtonFlags_MouseButtonMiddle;
  if (flags & overlapped) ImGui::SetNextItemAllowOverlap();
  ImGui::PushID(static_cast<int>(role));
  ImGui::BeginDisabled(!enabled);
  ImGui::PushStyleVar(ImGuiStyleVar_DisabledAlpha, 1.f);
  t.pressed = ImGui::InvisibleButton(*name.key ? name.key : "#", t.size, buttons);
  ImGui::PopStyleVar();
  t.index = record(role, name, t.at, t.size);
  ImGui::EndDisabled();
  ImGui::PopID();
  t.id = ImGui::GetItemID();
  t.hovered = ImGui::IsItemHovered();
  t.held = ImGui::IsItemActive();
  t.taken = ImGui::IsItemActivated();
  t.let_go = ImGui::IsItemDeactivated();
  t.focused = GImGui->NavId == t.id && GImGui->NavCursorVisible;
  Control& c = recorded(t.index);
  c.focused = t.focused;
  c.keyboard = (buttons & ImGuiButtonFlags_EnableNav) != 0 || (flags & by_request) != 0;
  complete(t, help, flags);
  if (t.focused && role == Role::img) inner_ring(t);
  if (t.asked) {
    // A press beside a list closes it.
    ImGui::ClosePopupsOverWindow(ImGui::GetCurrentWindow(), false);
    t.pressed |= t.asked->action == Action::press;
    if (t.asked->action == Action::focus) focus_item(t.id);
  }
  if (!(flags & quiet)) tooltip(help);
  return t;
}

Target target_within(Role role, Name name, ImVec2 at, ImVec2 size, const char* help, bool enabled,
                     unsigned flags) {
  Target t;
  t.at = at;
  t.size = size;
  ImGui::BeginDisabled(!enabled);
  t.index = record(role, name, at, size);
  ImGui::EndDisabled();
  complete(t, help, flags);
  return t;
}

bool takes_press(const char* key, ImVec2 size) {
  ImGui::InvisibleButton(key, size);
  return ImGui::IsItemActivated();
}

void set_state(const Target& t, State state) {
  Control& c = recorded(t.index);
  c.value = std::move(state.value);
  c.min = state.min, c.max = state.max, c.now = state.now;
  c.checked = state.checked;
  c.clipped = state.clipped;
}

void set_detail(const Target& t, std::string words, bool curves) {
  recorded(t.index).detail = std::move(words);
  recorded(t.index).curves = curves;
}

void set_place(const Target& t, ImVec2 at, ImVec2 size) {
  Control& c = recorded(t.index);
  c.at = at;
  c.size = size;
}

void note(Role role, Name name, ImVec2 at, ImVec2 size, State state, const char* help) {
  Target t;
  t.index = record(role, name, at, size);
  set_state(t, std::move(state));
  recorded(t.index).help = tr(help);
}

bool takes_wheel(const Target& t) {
  if (!t.hovered || GImGui->WheelingWindow) return false;
  ImGui::SetItemKeyOwner(ImGuiKey_MouseWheelY);
  return true;
}

bool takes_key(const Target& t, ImGuiKey key) {
  if (!t.focused) return false;
  ImGui::SetKeyOwner(key, t.id);
  return ImGui::IsKeyPressed(key, ImGuiInputFlags_Repeat, t.id);
}

int arrow_x(const Target& t) {
  return int(takes_key(t, ImGuiKey_RightArrow)) - int(takes_key(t, ImGuiKey_LeftArrow));
}

int arrow_y(const Target& t) {
  return int(takes_key(t, ImGuiKey_DownArrow)) - int(takes_key(t, ImGuiKey_UpArrow));
}

int steps_of(const Target& t, bool upright) {
  const int small = upright ? -arrow_y(t) : arrow_x(t),
            large = int(takes_key(t, ImGuiKey_PageUp)) - int(takes_key(t, ImGuiKey_PageDown));
  return (ImGui::GetIO().KeyShift ? 10 : 1) * small + 10 * large;
}

const double* number_asked(const Target& t) {
  return t.asked && t.asked->action == Action::set ? t.asked->number : nullptr;
}

const double* steps_asked(const Target& t) {
  return t.asked && t.asked->action == Action::move ? t.asked->number : nullptr;
}

void frame_of(const Target& t, bool on) {
  const ImU32 fill = t.held || on || t.hovered ? theme().field_hover : theme().field;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(t.at, t.end(), fill, u(6));
  if (theme().outlined) draw->AddRect(t.at, t.end(), theme().muted, u(6));
}

namespace {
bool fingers = false;
float finger = 44, pointer = 24;  // what either needs, in design pixels
}  // namespace

void use_fingers(bool on, float size) {
  fingers = on;
  finger = 44 / size;
  pointer = 24 / size;
  const float pad = on ? u((finger - control_height) / 2) : 0;
  ImGui::GetStyle().TouchExtraPadding = {pad, pad};
}

bool has_fingers() {
  return fingers;
}

float target_height(float css_pixels) {
  return u(std::max(css_pixels, fingers ? control_height : pointer));
}

float icon_pitch(float css_pixels) {
  return u(fingers ? finger : css_pixels);
}

ImVec2 measure(std::string_view words) {
  return ImGui::CalcTextSize(words.data(), words.data() + words.size());
}

void put(ImVec2 at, ImU32 colour, std::string_view words) {
  ImGui::GetWindowDrawList()->AddText(ImVec2(std::round(at.x), std::round(at.y)), colour, words.data(),
                                      words.data() + words.size());
}

void pointer_note(const std::string& words) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(u(10), u(8)));
  if (ImGui::BeginTooltip()) {
    push_type(Type::small);
    ImGui::TextUnformatted(wrapped(words, u(260)).c_str());
    pop_type();
    note(Role::tooltip, {"", words}, ImGui::GetWindowPos(), ImGui::GetWindowSize());
    ImGui::EndTooltip();
  }
  ImGui::PopStyleVar();
}

void tooltip(const char* help) {
  Carried& c = carried();
  if (!*help || !ImGui::IsItemHovered()) return;
  const ImGuiIO& io = ImGui::GetIO();
  // What lies under help that the pointer has gone to does not speak.
  const ImRect item{ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  const bool is_own = !c.tip.empty() && c.tip_of.Min.x == item.Min.x && c.tip_of.Min.y == item.Min.y;
  if (!c.tip.empty() && !is_own && c.tip_at.Contains(io.MousePos)) return;
  if (io.MouseClicked[0] || io.InputQueueCharacters.Size > 0 || c.typing)
    c.help_served = true;
  else if (io.MouseDelta.x != 0 || io.MouseDelta.y != 0)
    c.help_served = false;
  if (c.help_served || ImGui::IsAnyItemActive()) return;
  if (is_own) {
    c.tip_wanted = ImGui::GetFrameCount();
  } else if (ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip)) {
    c.tip = tr(help);
    c.tip_of = item;
    c.tip_wanted = ImGui::GetFrameCount();
  } else {
    c.wants_frame = true;  // the delay is still running
  }
}

void draw_tip() {
  Carried& c = carried();
  if (c.tip.empty()) return;
  const ImGuiIO& io = ImGui::GetIO();
  const bool goes = ImGui::IsKeyPressed(ImGuiKey_Escape, false) || io.MouseClicked[0];
  if (goes || (c.tip_wanted != ImGui::GetFrameCount() && !c.tip_at.Contains(io.MousePos))) {
    c.help_served |= goes;
    c.tip.clear();
    c.tip_at = {};
    return;
  }
  // Beside its control and touching it, so that the pointer can go over.
  push_type(Type::small);
  const ImVec2 words = measure(wrapped(c.tip, u(260))), size{words.x + u(20), words.y + u(16)};
  pop_type();
  const float below = c.tip_of.Max.y, above = c.tip_of.Min.y - size.y;
  const ImVec2 at{std::clamp(c.tip_of.Min.x, 0.f, std::max(io.DisplaySize.x - size.x, 0.f)),
                  below + size.y > io.DisplaySize.y && above >= 0 ? above : below};
  c.tip_at = {at.x, at.y, at.x + size.x, at.y + size.y};
  ImGui::SetNextWindowPos(at);
  pointer_note(std::string(c.tip));
}

bool controls_want_frame() {
  return std::exchange(carried().wants_frame, false) || requests_wait();
}

bool released() {
  return std::exchange(carried().released, false);
}

std::string refused() {
  return std::exchange(carried().refused, {});
}

float fill_width() {
  return carried().width > 0 ? carried().width : ImGui::GetContentRegionAvail().x;
}

void set_width(float device_pixels) {
  carried().width = device_pixels;
}

}  // namespace stride::ui
