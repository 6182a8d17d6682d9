// Sliders and number fields.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>

#include "core/math/digits.h"
#include "text/text.h"
#include "text/typed_number.h"
#include "ui/shared.h"
#include "ui/theme.h"

namespace stride::ui {

namespace {

// One number field at a time is being typed into.
struct Typing {
  ImGuiID id = 0;
  char text[64] = {};
  bool fresh = false;
  int frames_to_focus = 0;  // which ImGui takes, whether or not anything else asks for them
} typing;

std::string shown_value(double value, const char* unit) {
  std::string s = readable(value);
  if (*unit) s += std::string(" ") + tr(unit);
  return s;
}

bool assign(double& value, double wanted, double min, double max, bool integer) {
  if (!std::isfinite(wanted)) return false;
  value = std::clamp(integer ? std::round(wanted) : wanted, min, max);
  carried().released = true;
  return true;
}

struct Field {
  Name name;
  double min, max;  ///< what typing reaches
  bool integer;
  const char *unit, *help;
  ImVec2 size;
  bool framed;
};

/// Why words that were typed cannot be the value, or nothing.
std::string refusal(const std::optional<double>& typed, const std::string& got, const Field& f) {
  const std::string place = f.name.shown;
  // What parts thousands in one country stands before decimals in another; whole numbers take neither.
  if (f.integer && (!typed || *typed != std::round(*typed) ||
                    got.find_first_of(language().decimal == "," ? ".," : ",") != std::string::npos))
    return tr("{0}: expected a whole number, got {1}", {place, got});
  if (!typed) return tr("{0}: expected a number, as 0.02, 1e-4 or 1/50, got {1}", {place, got});
  if (*typed >= f.min && *typed <= f.max) return {};
  // A limit that is not allowed itself is handed over as its neighbour.
  const double limit = *typed < f.min ? f.min : f.max;
  char digits[40];
  std::snprintf(digits, sizeof digits, "%.12g", limit);
  const double whole = std::fabs(limit) < 1e-299 ? 0 : std::strtod(digits, nullptr);
  const std::string bound = readable(whole);
  const bool open = whole != limit;
  if (*typed < f.min)
    return open ? tr("{0}: expected more than {1}, got {2}", {place, bound, got})
                : tr("{0}: expected at least {1}, got {2}", {place, bound, got});
  return open ? tr("{0}: expected less than {1}, got {2}", {place, bound, got})
              : tr("{0}: expected at most {1}, got {2}", {place, bound, got});
}

bool assign_typed(double& value, const std::string& words, const Field& f) {
  const std::optional<double> typed = read_typed_number(words);
  carried().refused = refusal(typed, words, f);
  if (!carried().refused.empty()) return false;
  value = *typed;
  carried().released = true;
  return true;
}

void end_typing() {
  typing.id = 0;
  carried().typing = false;
  carried().help_served = true;
}

/// What a request asks of a number field. True when it has set the number.
bool take_request(const Request* asked, double& value, const Field& f) {
  if (!asked) return false;
  if (asked->action == Action::set) return assign(value, asked->number[0], f.min, f.max, f.integer);
  return asked->action == Action::type && assign_typed(value, asked->text, f);
}

void describe(Control& c, double value, const Field& f) {
  c.min = f.min, c.max = f.max, c.now = value, c.help = tr(f.help);
  c.input = InputMode::decimal;
  c.keyboard = true;
}

/// True when a new number was committed.
bool field_being_typed(double& value, const Field& f) {
  ImGui::SetNextItemWidth(f.size.x);
  if (typing.fresh) ImGui::SetKeyboardFocusHere();
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(u(6), (f.size.y - ImGui::GetFontSize()) / 2));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool entered =
      ImGui::InputText("##typing", typing.text, sizeof typing.text,
                       ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll |
                           ImGuiInputTextFlags_CharsNoBlank);
  ImGui::PopStyleVar();
  if (!ImGui::IsItemActive() && typing.frames_to_focus-- > 0) carried().wants_frame = true;
  const bool left = ImGui::IsItemDeactivated() && !typing.fresh;
  text_menu(typing.id, at, f.size);
  Control& c = recorded(record(Role::spinbutton, f.name, at, f.size));
  describe(c, value, f);
  c.value = typing.text;
  c.focused = true;
  typing.fresh = false;
  if (const Request* asked = request_of(c)) {
    if (asked->action != Action::set && asked->action != Action::type) return false;
    ImGui::ClearActiveID();
    end_typing();
    return take_request(asked, value, f);
  }
  if (!entered && !left) return false;
  end_typing();
  if (left && ImGui::IsKeyPressed(ImGuiKey_Escape)) return false;
  return assign_typed(value, typing.text, f);
}

/// Up and down change a focused field's second digit, large steps its first; a whole number by one, and ten.
bool field_keys(const Target& it, double& value, const Field& f) {
  const int steps = steps_of(it, true);
  if (!steps) return false;
  const double unit =
      f.integer ? 1 : std::pow(10.0, value == 0 ? -2 : std::floor(std::log10(std::fabs(value)) + 1e-9) - 1);
  const double wanted = std::clamp(to_digits(value + steps * unit, 12), f.min, f.max);
  return wanted != value && assign(value, wanted, f.min, f.max, f.integer);
}

/// The field that shows a number and, clicked, takes typing. True when a new number was committed.
bool number_field(double& value, const Field& f) {
  const ImGuiID id = ImGui::GetID(f.name.key);
  if (typing.id == id) return field_being_typed(value, f);
  const Target it = target(Role::spinbutton, f.name, f.size, f.help);
  const bool changed = take_request(it.asked, value, f) || field_keys(it, value, f);
  const float pad = u(6);
  const std::string shown = shown_value(value, f.unit);
  const ImVec2 text_size = measure(shown);
  if (f.framed || it.hovered || it.focused) frame_of(it);
  put({it.end().x - pad - text_size.x, it.at.y + (f.size.y - text_size.y) / 2}, theme().text, shown);
  Control& c = recorded(it.index);
  describe(c, value, f);
  c.value = shown;
  c.clipped = text_size.x + 2 * pad > f.size.x + 1;
  if (it.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
  if (text_menu(id, it.at, it.size) || it.pressed) {
    typing = {id, {}, true, 3};
    carried().typing = true;
    std::snprintf(typing.text, sizeof typing.text, f.integer ? "%.0f" : "%.10g", value);
    if (char* point = std::strchr(typing.text, '.')) *point = language().decimal[0];
    carried().wants_frame = true;
  }
  return changed;
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
  return std::clamp(to_digits(v, 12), std::min(k.min, k.max), k.max);
}

void draw_track(const Target& it, float fraction) {
  const Theme& t = theme();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float r = u(8), y = it.at.y + it.size.y / 2, x0 = it.at.x + r, x1 = it.end().x - r,
              x = x0 + (x1 - x0) * fraction;
  draw->AddRectFilled({it.at.x, y - u(2.5f)}, {it.end().x, y + u(2.5f)}, t.field_hover, u(2.5f));
  draw->AddRectFilled({it.at.x, y - u(2.5f)}, {x, y + u(2.5f)}, t.accent, u(2.5f));
  draw->AddCircleFilled({x, y}, r, t.dark ? IM_COL32_WHITE : t.panel);
  draw->AddCircle({x, y}, r, it.held || it.hovered ? t.accent : t.muted, 0, u(it.held ? 2.f : 1.f));
}

/// Left and right move a focused slider by a hundredth of its length, large steps by a tenth (whole numbers by one at
/// least); Home and End lead to its ends. Up and down lead on to its neighbours.
bool slider_keys(const Target& it, double& value, const SliderLook& k) {
  const double was = value;
  if (const int steps = steps_of(it, false)) {
    value = from_fraction(to_fraction(value, k) + steps * 0.01, k);
    if (k.integer && std::fabs(value - was) < 1) value = std::clamp(was + (steps > 0 ? 1 : -1), k.min, k.max);
  }
  if (takes_key(it, ImGuiKey_Home)) value = k.min;
  if (takes_key(it, ImGuiKey_End)) value = k.max;
  if (value == was) return false;
  carried().released = true;
  return true;
}

}  // namespace

bool slider(Name name, double& value, const SliderLook& look, double hard_min, double hard_max) {
  const float width = fill_width(), row = target_height(24);
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const auto width_of = [](double v, const char* unit) { return measure(shown_value(v, unit)).x + u(14); };
  ImVec2 label = measure(name.shown);
  const bool crowded = label.x + width_of(value, "") > width;
  if (crowded) {
    push_type(Type::small);
    label = measure(name.shown);
    pop_type();
  }
  const float room = width - label.x - u(4);
  // Where there is no room for the unit as well, the number counts.
  const char* unit = width_of(value, look.unit) > room ? "" : look.unit;
  // Room for any number; beside a long name, for the one that is there.
  const float any = width_of(look.integer ? 88888 : -0.008888, unit), own = width_of(value, unit),
              usual = std::min(width * 0.5f, any);
  const float field = std::min(std::max(own, std::min(usual, room)), std::max(usual, room));
  ImGui::PushID(name.key);
  ImGui::BeginGroup();
  if (crowded) push_type(Type::small);
  put({start.x, start.y + (row - label.y) / 2}, theme().text, name.shown);
  if (crowded) pop_type();
  ImGui::SetCursorScreenPos({start.x + width - field, start.y});
  bool changed =
      number_field(value, {name, hard_min, hard_max, look.integer, unit, look.help, {field, row}, false});
  ImGui::SetCursorScreenPos({start.x, start.y + row});
  const Target it = target(Role::slider, name, {width, target_height(20)}, look.help);
  if (it.held && ImGui::IsMouseDown(0)) {
    const float r = u(8);
    const double dragged =
        from_fraction((ImGui::GetIO().MousePos.x - it.at.x - r) / std::max(it.size.x - 2 * r, 1.f), look);
    if (dragged != value) value = dragged, changed = true;
  }
  changed |= slider_keys(it, value, look);
  if (const double* wanted = number_asked(it))
    changed |= assign(value, *wanted, look.min, look.max, look.integer);
  if (it.let_go) carried().released = true;
  draw_track(it, static_cast<float>(std::clamp(to_fraction(value, look), 0.0, 1.0)));
  if (it.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  ImGui::EndGroup();
  ImGui::PopID();
  set_state(it, {shown_value(value, look.unit), look.min, look.max, value, false, label.x > width - field});
  recorded(it.index).log = look.log;
  return changed;
}

bool number(Name name, double& value, double min, double max, bool integer, const char* help) {
  const float width = fill_width();
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const ImVec2 label = measure(name.shown);
  ImGui::PushID(name.key);
  ImGui::BeginGroup();
  put({start.x, start.y + (u(control_height) - label.y) / 2}, theme().muted, name.shown);
  const float field = std::max(width - label.x - u(8), u(40));
  ImGui::SetCursorScreenPos({start.x + width - field, start.y});
  const bool changed =
      number_field(value, {name, min, max, integer, "", help, {field, u(control_height)}, true});
  ImGui::EndGroup();
  ImGui::PopID();
  return changed;
}

}  // namespace stride::ui
