#include "ui/theme.h"

#include <algorithm>

#include "assets/fonts.h"
#include "core/colours.h"
#include "text/text.h"
#include "ui/widgets.h"

namespace stride::ui {

namespace {

constexpr ImU32 rgb(unsigned hex) {
  return IM_COL32((hex >> 16) & 255, (hex >> 8) & 255, hex & 255, 255);
}

// The eighth run takes the colour of the text.
Theme make_theme(bool dark) {
  Theme t = dark ? Theme{rgb(0x0f1419),
                         rgb(0x161c24),
                         rgb(0x1e2630),
                         rgb(0x28323e),
                         rgb(0x26303b),
                         rgb(0xe6edf3),
                         rgb(0x8f9ca9),
                         rgb(0x58a6ff),
                         rgb(0x0b1016),
                         rgb(0xff8a75),
                         {},
                         true,
                         false}
                 : Theme{rgb(0xf6f8fa),
                         rgb(0xffffff),
                         rgb(0xeef1f4),
                         rgb(0xe2e7ec),
                         rgb(0xd8dee4),
                         rgb(0x1f2328),
                         rgb(0x59636e),
                         rgb(0x0862cc),
                         rgb(0xffffff),
                         rgb(0xb3261e),
                         {},
                         false,
                         false};
  t.runs[7] = t.text;
  for (size_t i = 0; i < run_colours.size(); ++i)
    t.runs[i] = rgb(dark ? run_colours[i] : run_colours_on_light[i]);
  if (dark) t.runs[5] = rgb(0x1478b4);  // on a field, 3:1
  return t;
}

/// Nothing pale: for a wall, and for whoever asks for more contrast.
Theme make_strong(bool dark) {
  Theme t = make_theme(dark);
  t.ground = t.panel = rgb(dark ? 0x000000 : 0xffffff);
  t.line = rgb(0x8c959f);
  t.text = t.runs[7] = rgb(dark ? 0xffffff : 0x000000);
  t.muted = rgb(dark ? 0xd9d9d9 : 0x32383f);
  t.accent = rgb(dark ? 0x8cc4ff : 0x0550ae);
  t.error = rgb(dark ? 0xffb0a3 : 0x9b0f12);
  return t;
}

Theme current = make_theme(true);
bool strong = false;
float ratio = 1;
ImFont* regular = nullptr;
ImFont* semibold = nullptr;
std::string (*join)(const std::string& words) = nullptr;

ImVec4 vec(ImU32 colour) {
  return ImGui::ColorConvertU32ToFloat4(colour);
}

ImVec4 with_alpha(ImU32 colour, float alpha) {
  ImVec4 c = vec(colour);
  c.w = alpha;
  return c;
}

void set_colours(ImVec4* c) {
  const Theme& t = current;
  c[ImGuiCol_Text] = vec(t.text);
  c[ImGuiCol_TextDisabled] = vec(t.muted);
  c[ImGuiCol_WindowBg] = c[ImGuiCol_ChildBg] = ImVec4(0, 0, 0, 0);
  c[ImGuiCol_PopupBg] = vec(t.panel);
  c[ImGuiCol_Border] = vec(t.line);
  c[ImGuiCol_FrameBg] = vec(t.field);
  c[ImGuiCol_FrameBgHovered] = c[ImGuiCol_FrameBgActive] = vec(t.field_hover);
  c[ImGuiCol_ScrollbarBg] = ImVec4(0, 0, 0, 0);
  c[ImGuiCol_ScrollbarGrab] = vec(t.line);
  c[ImGuiCol_ScrollbarGrabHovered] = c[ImGuiCol_ScrollbarGrabActive] = vec(t.muted);
  c[ImGuiCol_Header] = vec(t.field);
  c[ImGuiCol_HeaderHovered] = c[ImGuiCol_HeaderActive] = vec(t.field_hover);
  c[ImGuiCol_TextSelectedBg] = with_alpha(t.accent, 0.35f);
  c[ImGuiCol_NavCursor] = vec(t.accent);
  c[ImGuiCol_Separator] = vec(t.line);
  c[ImGuiCol_ModalWindowDimBg] = ImVec4(0, 0, 0, t.dark ? 0.6f : 0.35f);
  c[ImGuiCol_InputTextCursor] = vec(t.accent);
}

ImFont* add_font(const unsigned char* bytes, unsigned size, bool merge) {
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;
  config.MergeMode = merge;
  config.OversampleH = 1;
  if (merge) config.GlyphMinAdvanceX = 0;
  return ImGui::GetIO().Fonts->AddFontFromMemoryTTF(const_cast<unsigned char*>(bytes), static_cast<int>(size),
                                                    14, &config);
}

void add_others(const ImFontLoader* others) {
  if (!others) return;
  ImFontConfig config;
  config.MergeMode = true;
  config.FontLoader = others;
  ImGui::GetIO().Fonts->AddFont(&config);
}

}  // namespace

const Theme& theme() {
  return current;
}

void apply_theme(bool dark, float pixel_ratio, bool is_strong, bool outlined) {
  static const ImGuiContext* styled = nullptr;
  if (styled == ImGui::GetCurrentContext() && current.dark == dark && strong == is_strong &&
      current.outlined == outlined && ratio == pixel_ratio)
    return;
  styled = ImGui::GetCurrentContext();
  current = is_strong ? make_strong(dark) : make_theme(dark);
  current.outlined = outlined;
  strong = is_strong;
  ratio = pixel_ratio;
  ImGuiStyle style;
  style.WindowPadding = ImVec2(12, 12);
  style.WindowBorderSize = 0;
  style.ChildBorderSize = 0;
  style.PopupBorderSize = 1;
  style.PopupRounding = 6;
  style.FrameRounding = 6;
  style.FramePadding = ImVec2(8, 6);
  style.ItemSpacing = ImVec2(8, 8);
  style.ScrollbarSize = 8;
  style.ScrollbarRounding = 4;
  style.ScaleAllSizes(pixel_ratio);
  style.FontSizeBase = 14 * pixel_ratio;
  set_colours(style.Colors);
  ImGui::GetStyle() = style;
}

void load_fonts(const OtherLetters& others) {
  join = others.join;
  regular = add_font(assets::inter_regular, assets::inter_regular_size, false);
  add_font(assets::font_awesome, assets::font_awesome_size, true);
  add_others(others.loader);
  semibold = add_font(assets::inter_semibold, assets::inter_semibold_size, false);
  add_font(assets::font_awesome, assets::font_awesome_size, true);
  add_font(assets::inter_regular, assets::inter_regular_size, true);
  add_others(others.loader);
  // What no font here has, in names of strangers, is a dot: a question mark would be somebody's words.
  regular->FallbackChar = semibold->FallbackChar = 0x2022;
}

bool is_far(std::string_view words) {
  // By the first byte of each letter; E2 and EF begin signs and icons.
  return std::any_of(words.begin(), words.end(),
                     [](unsigned char c) { return c > 0xD5 && c != 0xE2 && c != 0xEF; });
}

std::string joined(std::string_view words) {
  // A language that is written from right to left is turned round where it is drawn (text_order.h).
  const bool joins = join && !language().right_to_left && is_far(words);
  return joins ? join(std::string(words)) : std::string(words);
}

void push_type(Type type) {
  const bool heavy = type == Type::heading || type == Type::title;
  const float size = type == Type::small ? 12.f : type == Type::title ? 16.f : 14.f;
  ImGui::PushFont(heavy ? semibold : regular, size * ratio);
}

void pop_type() {
  ImGui::PopFont();
}

float u(float css_pixels) {
  return css_pixels * ratio;
}

void run_mark(ImDrawList* draw, ImVec2 c, float r, int run) {
  const ImU32 colour = current.runs[run & 7];
  switch (run & 3) {
    case 0:
      draw->AddCircleFilled(c, r, colour);
      break;
    case 1:
      draw->AddRectFilled({c.x - r * 0.85f, c.y - r * 0.85f}, {c.x + r * 0.85f, c.y + r * 0.85f}, colour,
                          r * 0.25f);
      break;
    case 2:
      draw->AddNgonFilled({c.x, c.y + r * 0.12f}, r * 1.15f, colour, 3);
      break;
    default:
      draw->AddQuadFilled({c.x, c.y - r * 1.15f}, {c.x + r * 1.15f, c.y}, {c.x, c.y + r * 1.15f},
                          {c.x - r * 1.15f, c.y}, colour);
  }
  if ((run & 7) >= 4) draw->AddCircleFilled(c, r * 0.35f, current.panel);  // the second four are hollow
}

}  // namespace stride::ui
