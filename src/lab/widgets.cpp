#include "lab/widgets.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "imgui_internal.h"
#include "lab/theme.h"
#include "text/text.h"

namespace stride::lab {

namespace {

constexpr float control_height = 32;
float wanted_width = 0;
bool just_released = false;
bool want_frame = false;
bool help_served = false;  // the control under the pointer has been used: no help until the mouse moves again

// One number field at a time is being typed into.
struct Typing {
  ImGuiID id = 0;
  char text[64] = {};
  bool fresh = false;
} typing;

bool shows_focus(ImGuiID id) {
  return GImGui->NavId == id && GImGui->NavCursorVisible;
}

/// The state of the invisible button that stands behind every control.
struct Item {
  ImVec2 at, size;
  ImGuiID id;
  bool pressed, hovered, held, focused;
  ImVec2 end() const { return {at.x + size.x, at.y + size.y}; }
};

Item item(const char* name, ImVec2 size, const char* help, bool enabled = true) {
  Item it{ImGui::GetCursorScreenPos(),
          {std::max(size.x, 1.f), std::max(size.y, 1.f)},
          0,
          false,
          false,
          false,
          false};
  ImGui::BeginDisabled(!enabled);
  ImGui::PushStyleVar(ImGuiStyleVar_DisabledAlpha, 1.f);
  it.pressed = ImGui::InvisibleButton(name, it.size, ImGuiButtonFlags_EnableNav);
  ImGui::PopStyleVar();
  ImGui::EndDisabled();
  it.id = ImGui::GetItemID();
  it.hovered = ImGui::IsItemHovered();
  it.held = ImGui::IsItemActive();
  it.focused = shows_focus(it.id);
  tooltip(help);
  return it;
}

Control control_of(const char* role, const char* name, const Item& it, std::string value = "") {
  Control c;
  c.role = role;
  c.name = tr(name);
  c.value = std::move(value);
  c.at = it.at;
  c.size = it.size;
  c.focused = it.focused;
  return c;
}

void frame_of(const Item& it, bool on = false) {
  const Theme& t = theme();
  const ImU32 fill = it.held || on ? t.field_hover : it.hovered ? t.field_hover : t.field;
  ImGui::GetWindowDrawList()->AddRectFilled(it.at, it.end(), fill, u(6));
}

ImVec2 measure(std::string_view words) {
  return ImGui::CalcTextSize(words.data(), words.data() + words.size());
}

void put(ImVec2 at, ImU32 colour, std::string_view words) {
  ImGui::GetWindowDrawList()->AddText(ImVec2(std::round(at.x), std::round(at.y)), colour, words.data(),
                                      words.data() + words.size());
}

std::string shown_value(double value, const char* unit) {
  std::string s = readable(value);
  if (*unit) s += std::string(" ") + tr(unit);
  return s;
}

/// The field that shows a number and, clicked, takes typing. True when a new number was committed.
bool number_field(const char* name, double& value, double min, double max, bool integer, const char* unit,
                  const char* help, ImVec2 size, bool framed) {
  const ImGuiID id = ImGui::GetID(name);
  if (typing.id == id) {
    ImGui::SetNextItemWidth(size.x);
    if (typing.fresh) ImGui::SetKeyboardFocusHere();
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(u(6), (size.y - ImGui::GetFontSize()) / 2));
    const Item it{ImGui::GetCursorScreenPos(), size, id, false, false, true, true};
    const bool entered =
        ImGui::InputText("##typing", typing.text, sizeof typing.text,
                         ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll |
                             ImGuiInputTextFlags_CharsNoBlank);
    ImGui::PopStyleVar();
    Control c = control_of("spinbutton", name, it, typing.text);
    c.min = min, c.max = max, c.now = value, c.help = tr(help);
    record(std::move(c));
    const bool left = ImGui::IsItemDeactivated() && !typing.fresh;
    typing.fresh = false;
    if (!entered && !left) return false;
    typing.id = 0;
    help_served = true;
    if (left && ImGui::IsKeyPressed(ImGuiKey_Escape)) return false;
    char* end = nullptr;
    double typed = std::strtod(typing.text, &end);
    if (end == typing.text || *end || !std::isfinite(typed)) return false;
    if (integer) typed = std::round(typed);
    value = std::clamp(typed, min, max);
    just_released = true;
    return true;
  }
  const Item it = item(name, size, help);
  const std::string shown = shown_value(value, unit);
  const ImVec2 text_size = measure(shown);
  if (framed || it.hovered || it.focused) frame_of(it);
  const float pad = u(6);
  put({it.end().x - pad - text_size.x, it.at.y + (size.y - text_size.y) / 2}, theme().text, shown);
  Control c = control_of("spinbutton", name, it, shown);
  c.min = min, c.max = max, c.now = value, c.help = tr(help);
  c.clipped = text_size.x + 2 * pad > size.x + 1;
  record(std::move(c));
  if (it.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
  if (it.pressed) {
    typing = {id, {}, true};
    std::snprintf(typing.text, sizeof typing.text, integer ? "%.0f" : "%.10g", value);
    want_frame = true;
  }
  return false;
}

double to_fraction(double v, const SliderLook& k) {
  if (k.log) return std::log(std::max(v, k.min) / k.min) / std::log(k.max / k.min);
  return (v - k.min) / (k.max - k.min);
}

double from_fraction(double f, const SliderLook& k) {
  f = std::clamp(f, 0.0, 1.0);
  double v = k.log ? k.min * std::pow(k.max / k.min, f) : k.min + f * (k.max - k.min);
  if (k.integer) return std::round(v);
  // Three digits are all that a hand on a slider means.
  const double unit = std::pow(
      10.0, std::floor(std::log10(std::max(std::fabs(k.log ? v : (k.max - k.min) / 10), 1e-300))) - 2);
  v = std::round(v / unit) * unit;
  char text[40];
  std::snprintf(text, sizeof text, "%.12g", v);
  return std::clamp(std::strtod(text, nullptr), std::min(k.min, k.max), k.max);
}

void draw_track(const Item& it, float fraction) {
  const Theme& t = theme();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float r = u(8), y = it.at.y + it.size.y / 2, x0 = it.at.x + r, x1 = it.end().x - r,
              x = x0 + (x1 - x0) * fraction;
  draw->AddRectFilled({it.at.x, y - u(2.5f)}, {it.end().x, y + u(2.5f)}, t.field_hover, u(2.5f));
  draw->AddRectFilled({it.at.x, y - u(2.5f)}, {x, y + u(2.5f)}, t.accent, u(2.5f));
  draw->AddCircleFilled({x, y}, r, t.dark ? IM_COL32_WHITE : t.panel);
  draw->AddCircle({x, y}, r, it.held || it.hovered ? t.accent : t.line, 0, u(it.held ? 2.f : 1.f));
}

/// Arrow keys move a focused slider by a hundredth of its length (Shift: a tenth; whole numbers: by one).
bool slider_keys(const Item& it, double& value, const SliderLook& k) {
  if (GImGui->NavId != it.id || !it.focused) return false;
  ImGui::SetKeyOwner(ImGuiKey_LeftArrow, it.id);
  ImGui::SetKeyOwner(ImGuiKey_RightArrow, it.id);
  const int direction = int(ImGui::IsKeyPressed(ImGuiKey_RightArrow, ImGuiInputFlags_Repeat, it.id)) -
                        int(ImGui::IsKeyPressed(ImGuiKey_LeftArrow, ImGuiInputFlags_Repeat, it.id));
  if (!direction) return false;
  const double stride = ImGui::GetIO().KeyShift ? 0.1 : 0.01;
  if (k.integer && !k.log && (k.max - k.min) * stride < 1)
    value = std::clamp(value + direction, k.min, k.max);
  else
    value = from_fraction(to_fraction(value, k) + direction * stride, k);
  just_released = true;
  return true;
}

}  // namespace

void tooltip(const char* help) {
  if (!*help || !ImGui::IsItemHovered()) return;
  const ImGuiIO& io = ImGui::GetIO();
  if (io.MouseClicked[0] || io.InputQueueCharacters.Size > 0 || typing.id)
    help_served = true;
  else if (io.MouseDelta.x != 0 || io.MouseDelta.y != 0)
    help_served = false;
  if (help_served || ImGui::IsAnyItemActive()) return;
  if (!ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip)) {
    want_frame = true;  // the delay is still running
    return;
  }
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(u(10), u(8)));
  if (ImGui::BeginTooltip()) {
    push_type(Type::small);
    ImGui::TextUnformatted(wrapped(tr(help), u(260)).c_str());
    pop_type();
    Control c;
    c.role = "tooltip";
    c.name = tr(help);
    c.at = ImGui::GetWindowPos();
    c.size = ImGui::GetWindowSize();
    record(std::move(c));
    ImGui::EndTooltip();
  }
  ImGui::PopStyleVar();
}

bool controls_want_frame() {
  return std::exchange(want_frame, false);
}

bool released() {
  return std::exchange(just_released, false);
}

float fill_width() {
  return wanted_width > 0 ? wanted_width : ImGui::GetContentRegionAvail().x;
}

void set_width(float device_pixels) {
  wanted_width = device_pixels;
}

std::string readable(double value) {
  if (std::isnan(value)) return "–";
  if (std::isinf(value)) return value > 0 ? "∞" : "−∞";
  char buffer[48];
  const double a = std::fabs(value);
  if (a != 0 && (a < 1e-3 || a >= 1e6))
    std::snprintf(buffer, sizeof buffer, "%.3g", value);
  else
    std::snprintf(buffer, sizeof buffer, a >= 1e4 ? "%.0f" : "%.4g", value);
  std::string s = buffer, out;
  for (size_t i = 0; i < s.size(); ++i) {
    if (s[i] == 'e') {  // 1e-05 → 1e-5
      out += s[i];
      if (s[i + 1] == '-') out += "−";
      i += 2;
      while (i < s.size() - 1 && s[i] == '0') ++i;
      out += s.substr(i);
      break;
    }
    out += s[i] == '-' ? std::string("−") : std::string(1, s[i]);
  }
  return out;
}

std::string elide(std::string_view words, float width) {
  if (measure(words).x <= width) return std::string(words);
  while (!words.empty()) {
    do words.remove_suffix(1);
    while (!words.empty() && (static_cast<unsigned char>(words.back()) & 0xC0) == 0x80);
    // What is left may end in the lead byte of a character that was just cut.
    if (!words.empty() && (static_cast<unsigned char>(words.back()) & 0xC0) == 0xC0) words.remove_suffix(1);
    std::string cut = std::string(words) + "…";
    if (measure(cut).x <= width) return cut;
  }
  return "…";
}

std::string wrapped(std::string_view words, float width) {
  std::string out;
  size_t line = 0;  // where the last line begins
  while (!words.empty()) {
    const size_t end = std::min(words.find_first_of(" \n", 1), words.size());
    const std::string_view word = words.substr(0, end);
    const bool fits = measure(out.substr(line) + std::string(word)).x <= width;
    if (word[0] == ' ' && !fits) {
      out += '\n';
      line = out.size();
      out += word.substr(1);
    } else {
      if (word[0] == '\n') line = out.size() + 1;
      out += word;
    }
    words.remove_prefix(end);
  }
  return out;
}

Columns begin_columns(int count) {
  Columns c;
  c.count = count;
  c.gap = u(16);
  c.x = ImGui::GetCursorPosX();
  c.top = c.bottom = ImGui::GetCursorPosY();
  c.width = std::floor((ImGui::GetContentRegionAvail().x - c.gap * float(count - 1)) / float(count));
  set_width(c.width);
  ImGui::BeginGroup();  // lines within a column start at its left edge
  return c;
}

void next_column(Columns& c) {
  ImGui::EndGroup();
  c.bottom = std::max(c.bottom, ImGui::GetCursorPosY());
  if (++c.at == c.count) {
    c.at = 0;
    c.top = c.bottom;
  }
  ImGui::SetCursorPos({c.x + float(c.at) * (c.width + c.gap), c.top});
  ImGui::BeginGroup();
}

void end_columns(Columns& c) {
  ImGui::EndGroup();
  c.bottom = std::max(c.bottom, ImGui::GetCursorPosY());
  set_width(0);
  ImGui::SetCursorPos({c.x, c.bottom});
  ImGui::Dummy({0, 0});
}

bool slider(const char* name, double& value, const SliderLook& look, double hard_min, double hard_max) {
  const float width = fill_width(), row = u(24);
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float field =
      std::min(width * 0.5f, measure(shown_value(look.integer ? 88888 : -0.008888, look.unit)).x + u(14));
  ImGui::PushID(name);
  ImGui::BeginGroup();
  const ImVec2 label = measure(tr(name));
  put({start.x, start.y + (row - label.y) / 2}, theme().text, tr(name));
  ImGui::SetCursorScreenPos({start.x + width - field, start.y});
  bool changed =
      number_field(name, value, hard_min, hard_max, look.integer, look.unit, look.help, {field, row}, false);
  ImGui::SetCursorScreenPos({start.x, start.y + row});
  const Item it = item("track", {width, u(20)}, look.help);
  if (it.held && ImGui::IsMouseDown(0)) {
    const float r = u(8);
    const double dragged =
        from_fraction((ImGui::GetIO().MousePos.x - it.at.x - r) / std::max(it.size.x - 2 * r, 1.f), look);
    if (dragged != value) value = dragged, changed = true;
  }
  changed |= slider_keys(it, value, look);
  if (ImGui::IsItemDeactivated()) just_released = true;
  draw_track(it, static_cast<float>(std::clamp(to_fraction(value, look), 0.0, 1.0)));
  if (it.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  ImGui::EndGroup();
  ImGui::PopID();
  Control c = control_of("slider", name, it, shown_value(value, look.unit));
  c.min = look.min, c.max = look.max, c.now = value, c.help = tr(look.help);
  c.clipped = label.x > width - field;
  record(std::move(c));
  return changed;
}

bool number(const char* name, double& value, double min, double max, bool integer, const char* help) {
  const float width = fill_width();
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const ImVec2 label = measure(tr(name));
  ImGui::PushID(name);
  ImGui::BeginGroup();
  put({start.x, start.y + (u(control_height) - label.y) / 2}, theme().muted, tr(name));
  const float field = std::max(width - label.x - u(8), u(40));
  ImGui::SetCursorScreenPos({start.x + width - field, start.y});
  const bool changed =
      number_field(name, value, min, max, integer, "", help, {field, u(control_height)}, true);
  ImGui::EndGroup();
  ImGui::PopID();
  return changed;
}

bool button(const char* name, const char* label, ButtonLook look, bool enabled, const char* help) {
  label = tr(label);
  const ImVec2 words = measure(label);
  const bool square = look == ButtonLook::icon;
  const float width = square ? u(control_height) : wanted_width > 0 ? wanted_width : words.x + u(24);
  const Item it = item(name, {width, u(control_height)}, *help ? help : square ? name : "", enabled);
  const Theme& t = theme();
  ImU32 colour = enabled ? t.text : t.muted;
  if (look == ButtonLook::primary) {
    ImGui::GetWindowDrawList()->AddRectFilled(it.at, it.end(), t.accent, u(6));
    colour = t.on_accent;
  } else if (look == ButtonLook::plain || (enabled && (it.hovered || it.held))) {
    frame_of(it);
  }
  put({it.at.x + (width - words.x) / 2, it.at.y + (it.size.y - words.y) / 2},
      enabled ? colour : (colour & ~IM_COL32_A_MASK) | IM_COL32(0, 0, 0, 110), label);
  Control c = control_of("button", name, it);
  c.enabled = enabled;
  c.help = tr(help);
  c.clipped = words.x > width;
  record(std::move(c));
  return enabled && it.pressed;
}

bool tab(const char* name, bool selected) {
  const Theme& t = theme();
  const ImVec2 words = measure(tr(name));
  const float width = wanted_width > 0 ? wanted_width : words.x + u(24);
  const Item it = item(name, {width, u(40)}, "");
  put({it.at.x + (width - words.x) / 2, it.at.y + (it.size.y - words.y) / 2},
      selected || it.hovered ? t.text : t.muted, tr(name));
  if (selected)
    ImGui::GetWindowDrawList()->AddRectFilled({it.at.x + u(4), it.end().y - u(2)},
                                              {it.end().x - u(4), it.end().y}, t.accent);
  Control c = control_of("tab", name, it);
  c.checked = selected;
  c.clipped = words.x > width;
  record(std::move(c));
  return it.pressed;
}

bool toggle(const char* name, bool& on, const char* help) {
  const Theme& t = theme();
  const ImVec2 words = measure(tr(name));
  const float knob = u(7), track = u(30);
  const float width = std::min(fill_width(), words.x + track + u(8));
  const Item it = item(name, {width, u(24)}, help);
  if (it.pressed) on = !on, just_released = true;
  const float y = it.at.y + it.size.y / 2;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled({it.at.x, y - u(9)}, {it.at.x + track, y + u(9)}, on ? t.accent : t.field_hover, u(9));
  draw->AddRect({it.at.x, y - u(9)}, {it.at.x + track, y + u(9)}, on ? t.accent : t.muted, u(9));
  draw->AddCircleFilled({on ? it.at.x + track - u(9) : it.at.x + u(9), y}, knob, on ? t.on_accent : t.muted);
  put({it.at.x + track + u(8), y - words.y / 2}, t.text, tr(name));
  Control c = control_of("switch", name, it, tr(on ? "on" : "off"));
  c.checked = on;
  c.help = tr(help);
  c.clipped = words.x + track + u(8) > width + 1;
  record(std::move(c));
  return it.pressed;
}

bool fold(const char* name, bool& open) {
  const Theme& t = theme();
  ImGui::Dummy({0, 0});
  const Item it = item(name, {fill_width(), u(28)}, "");
  if (it.pressed) open = !open;
  ImGui::GetWindowDrawList()->AddLine(it.at, {it.end().x, it.at.y}, t.line);
  push_type(Type::heading);
  const ImVec2 words = measure(tr(name));
  const float y = it.at.y + (it.size.y - words.y) / 2 + u(1);
  put({it.at.x, y}, t.muted, open ? icon::down : icon::right);
  put({it.at.x + u(16), y}, it.hovered ? t.accent : t.text, tr(name));
  pop_type();
  Control c = control_of("button", name, it, tr(open ? "open" : "closed"));
  c.checked = open;
  record(std::move(c));
  return open;
}

namespace {

/// A drop-down's list. True when another choice was made.
bool options_popup(const char* name, int& index, const std::vector<const char*>& options, const Item& it) {
  const float screen = ImGui::GetIO().DisplaySize.y, below = screen - it.end().y, above = it.at.y;
  const bool up = below < u(240) && above > below;
  const float room = std::min((up ? above : below) - u(16), u(440));
  ImGui::SetNextWindowPos({it.at.x, up ? it.at.y - u(4) : it.end().y + u(4)}, ImGuiCond_Always,
                          {0, up ? 1.f : 0.f});
  ImGui::SetNextWindowSizeConstraints({it.size.x, 0}, {std::max(it.size.x, u(320)), room});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(u(4), u(4)));
  bool changed = false;
  if (ImGui::BeginPopup("options", ImGuiWindowFlags_NoMove)) {
    begin_group(name);
    for (int i = 0; i < static_cast<int>(options.size()); ++i) {
      const char* const option = tr(options[i]);
      const ImVec2 words = measure(option);
      ImGui::PushID(i);
      const Item row =
          item("option", {std::max(ImGui::GetContentRegionAvail().x, words.x + u(40)), u(30)}, "");
      ImGui::PopID();
      if (row.hovered || row.focused) frame_of(row);
      put({row.at.x + u(10), row.at.y + (row.size.y - words.y) / 2},
          i == index ? theme().accent : theme().text, option);
      if (i == index && ImGui::IsWindowAppearing()) ImGui::SetScrollHereY(0.5f), ImGui::SetItemDefaultFocus();
      Control c = control_of("option", options[i], row);
      c.checked = i == index;
      record(std::move(c));
      if (row.pressed) {
        changed = i != index;
        index = i;
        just_released = true;
        ImGui::CloseCurrentPopup();
      }
    }
    end_group();
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar();
  return changed;
}

}  // namespace

bool choice(const char* name, int& index, const std::vector<const char*>& options, const char* help) {
  ImGui::PushID(name);
  const float width = fill_width();
  const Item it = item("box", {width, u(control_height)}, help);
  frame_of(it);
  const bool valid = index >= 0 && index < static_cast<int>(options.size());
  const std::string shown = elide(valid ? tr(options[index]) : "", width - u(36));
  const ImVec2 words = measure(shown);
  put({it.at.x + u(10), it.at.y + (it.size.y - words.y) / 2}, theme().text, shown);
  put({it.end().x - u(18), it.at.y + (it.size.y - words.y) / 2}, theme().muted, icon::down);
  Control c = control_of("combobox", name, it, valid ? tr(options[index]) : "");
  c.help = tr(help);
  record(std::move(c));
  if (it.pressed) ImGui::OpenPopup("options"), want_frame = true;
  const bool changed = options_popup(name, index, options, it);
  ImGui::PopID();
  return changed;
}

namespace {
int grow(ImGuiInputTextCallbackData* data) {
  if (data->EventFlag != ImGuiInputTextFlags_CallbackResize) return 0;
  auto* s = static_cast<std::string*>(data->UserData);
  s->resize(static_cast<size_t>(data->BufTextLen));
  data->Buf = s->data();
  return 0;
}
}  // namespace

bool text_field(const char* name, std::string& value, const char* hint, const char* help) {
  const Item it{ImGui::GetCursorScreenPos(),
                {fill_width(), u(control_height)},
                ImGui::GetID(name),
                false,
                false,
                false,
                false};
  ImGui::SetNextItemWidth(it.size.x);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(u(10), (it.size.y - ImGui::GetFontSize()) / 2));
  ImGui::PushID(name);
  const bool entered = ImGui::InputTextWithHint(
      "##field", tr(hint), value.data(), value.size() + 1,
      ImGuiInputTextFlags_CallbackResize | ImGuiInputTextFlags_EnterReturnsTrue, grow, &value);
  ImGui::PopID();
  ImGui::PopStyleVar();
  tooltip(help);
  Control c = control_of("textbox", name, it, value);
  c.focused = ImGui::IsItemActive();
  c.help = tr(help);
  record(std::move(c));
  return entered || ImGui::IsItemDeactivatedAfterEdit();
}

void text(std::string_view words, TextLook look, bool wrap) {
  const Theme& t = theme();
  push_type(look == TextLook::heading ? Type::heading : look == TextLook::body ? Type::body : Type::small);
  const ImU32 colour = look == TextLook::error ? t.error : look == TextLook::muted ? t.muted : t.text;
  const float room = fill_width();
  const ImVec2 at = ImGui::GetCursorScreenPos(), size = measure(words);
  ImGui::PushStyleColor(ImGuiCol_Text, colour);
  const std::string lines = wrap ? wrapped(words, room) : std::string(words);
  // A word that is longer than the room is broken all the same.
  if (wrap) ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + room + 1);
  ImGui::TextUnformatted(lines.c_str());
  if (wrap) ImGui::PopTextWrapPos();
  ImGui::PopStyleColor();
  const Item it{at, ImGui::GetItemRectSize(), 0, false, false, false, false};
  Control c = control_of(look == TextLook::error ? "status" : "text", "", it);
  c.name = words;
  c.clipped = !wrap && size.x > room + 1;
  record(std::move(c));
  pop_type();
}

}  // namespace stride::lab
