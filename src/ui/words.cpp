// Words: how sentences are written, lines of them, fields to type them, and columns to set them in.
#include <algorithm>
#include <cmath>

#include "text/text.h"
#include "ui/line_breaks.h"
#include "ui/shared.h"
#include "ui/theme.h"

namespace stride::ui {

std::string elide(std::string_view words, float width) {
  if (measure(words).x <= width) return std::string(words);
  while (!words.empty()) {
    do words.remove_suffix(1);
    while (!words.empty() && (static_cast<unsigned char>(words.back()) & 0xC0) == 0x80);
    // What is left may end in the lead byte of a character that was just shortened.
    if (!words.empty() && (static_cast<unsigned char>(words.back()) & 0xC0) == 0xC0) words.remove_suffix(1);
    std::string shortened = std::string(words) + "…";
    if (measure(shortened).x <= width) return shortened;
  }
  return "…";
}

std::string wrapped(std::string_view words, float width) {
  std::string out;
  size_t line = 0;  // where the last line begins
  while (!words.empty()) {
    const std::string_view word = words.substr(0, together(words));
    const bool fits = measure(out.substr(line) + std::string(word)).x <= width;
    if (word[0] == '\n') {
      line = out.size() + 1;
      out += word;
    } else if (fits || (word[0] != ' ' && out.size() == line)) {
      out += word;
    } else {
      out += '\n';
      line = out.size();
      out += word[0] == ' ' ? word.substr(1) : word;
    }
    words.remove_prefix(word.size());
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

namespace {
int grow(ImGuiInputTextCallbackData* data) {
  if (data->EventFlag != ImGuiInputTextFlags_CallbackResize) return 0;
  auto* s = static_cast<std::string*>(data->UserData);
  s->resize(static_cast<size_t>(data->BufTextLen));
  data->Buf = s->data();
  return 0;
}
}  // namespace

bool text_field(Name name, std::string& value, const char* hint, const char* help, int lines) {
  const ImVec2 at = ImGui::GetCursorScreenPos(),
               size{fill_width(), u(control_height) + float(lines - 1) * ImGui::GetFontSize()};
  const size_t index = record(Role::textbox, name, at, size);
  const Request* asked = request_of(recorded(index));
  if (asked && (asked->action == Action::press || asked->action == Action::focus))
    ImGui::SetKeyboardFocusHere(), carried().wants_frame = true;
  if (text_menu(ImGui::GetID(name.key), at, size))
    ImGui::SetKeyboardFocusHere(), carried().wants_frame = true;
  const bool typed = asked && asked->action == Action::type;
  if (typed) ImGui::ClearActiveID(), value = asked->text;
  ImGui::SetNextItemWidth(size.x);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                      ImVec2(u(10), (u(control_height) - ImGui::GetFontSize()) / 2));
  ImGui::PushID(name.key);
  const bool entered =
      lines > 1
          ? ImGui::InputTextMultiline("##field", value.data(), value.size() + 1, size,
                                      ImGuiInputTextFlags_CallbackResize, grow, &value)
          : ImGui::InputTextWithHint(
                "##field", tr(hint), value.data(), value.size() + 1,
                ImGuiInputTextFlags_CallbackResize | ImGuiInputTextFlags_EnterReturnsTrue, grow, &value);
  ImGui::PopID();
  ImGui::PopStyleVar();
  Control& c = recorded(index);
  // What the foot of its window covers is not there to be pressed.
  c.size.y = std::clamp(ImGui::GetWindowDrawList()->GetClipRectMax().y - at.y, 1.f, c.size.y);
  c.value = value;
  c.focused = ImGui::IsItemActive();
  c.input = InputMode::text;
  c.keyboard = true;
  c.help = tr(help);
  const bool left = ImGui::IsItemDeactivatedAfterEdit();
  tooltip(help);
  return entered || left || typed;
}

float longest_line() {
  return 28 * ImGui::GetFontSize();
}

namespace {

/// Lines with so much space between them, as one item.
void put_lines(std::string_view lines, float between) {
  ImGui::BeginGroup();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, between));
  for (;;) {
    const size_t end = std::min(lines.find('\n'), lines.size());
    ImGui::TextUnformatted(lines.data(), lines.data() + end);
    if (end == lines.size()) break;
    lines.remove_prefix(end + 1);
  }
  ImGui::PopStyleVar();
  ImGui::EndGroup();
}

}  // namespace

void text(std::string_view words, TextLook look, bool wrap) {
  const Theme& t = theme();
  push_type(look == TextLook::title     ? Type::title
            : look == TextLook::heading ? Type::heading
            : look == TextLook::body    ? Type::body
                                        : Type::small);
  const ImU32 colour = look == TextLook::error ? t.error : look == TextLook::muted ? t.muted : t.text;
  const float room = wrap ? std::min(fill_width(), longest_line()) : fill_width();
  const ImVec2 at = ImGui::GetCursorScreenPos(), size = measure(words);
  ImGui::PushStyleColor(ImGuiCol_Text, colour);
  const std::string lines = wrap ? wrapped(words, room) : std::string(words);
  // A word that is longer than the room is broken all the same.
  if (wrap) ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + room + 1);
  put_lines(joined(lines), look == TextLook::body ? std::round(0.4f * ImGui::GetFontSize()) : 0);
  if (wrap) ImGui::PopTextWrapPos();
  ImGui::PopStyleColor();
  const bool heads = look == TextLook::heading || look == TextLook::title;
  const Role role = look == TextLook::error ? Role::status : heads ? Role::heading : Role::text;
  note(role, {"", std::string(words)}, at, ImGui::GetItemRectSize(), {.clipped = !wrap && size.x > room + 1});
  pop_type();
}

}  // namespace stride::ui
