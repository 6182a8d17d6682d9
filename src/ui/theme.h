// Colours, type and spacing. One struct of colours, two values of it; sizes in CSS pixels through widgets.h's
// u().
#pragma once

#include <string>
#include <string_view>

#include "imgui.h"

namespace stride::ui {

struct Theme {
  ImU32 ground, panel, field, field_hover, line, text, muted, accent, on_accent, error;
  ImU32 runs[8];
  bool dark;
  bool outlined;  ///< fields and buttons have an edge
};

/// The theme in force; set by apply_theme.
const Theme& theme();
/// Sets colours and ImGui's style for the theme and the pixel ratio. Cheap when nothing changed. `strong`: nothing
/// pale, for a projector's wall and for whoever asks for more contrast; larger type is a larger pixel ratio.
void apply_theme(bool dark, float pixel_ratio, bool strong = false, bool outlined = false);

/// What the fonts here lack, in names of people's own, and who has it.
struct OtherLetters {
  const ImFontLoader* loader = nullptr;  ///< draws a letter; without it each of them is a dot
  /// Has one letter, which the loader draws, for each part that letters in a row do not make: what is written from
  /// right to left, what is joined.
  std::string (*join)(const std::string& words) = nullptr;
};
/// Fonts: loaded once (embedded bytes); sizes are chosen where they are used with push_font.
void load_fonts(const OtherLetters& others = {});
/// Words as a draw list takes them.
std::string joined(std::string_view words);
/// Whether there are letters in it beyond those of Europe, which the lab's own fonts lack.
bool is_far(std::string_view words);
enum class Type { body, small, heading, title };
void push_type(Type type);  ///< 14, 12, 14 semibold, 16 semibold CSS pixels
void pop_type();

/// The mark that goes with a run's colour, so that colour is never the only sign: shape by run, hollow for
/// the second four.
void run_mark(ImDrawList* draw, ImVec2 centre, float radius, int run);

/// Icons: code points of Font Awesome 4.7 in UTF-8, merged into the fonts.
namespace icon {
inline constexpr const char* play = "\xef\x81\x8b";
inline constexpr const char* pause = "\xef\x81\x8c";
inline constexpr const char* step_back = "\xef\x81\x88";
inline constexpr const char* step_forward = "\xef\x81\x91";
inline constexpr const char* undo = "\xef\x83\xa2";
inline constexpr const char* redo = "\xef\x80\x9e";
inline constexpr const char* share = "\xef\x83\x81";     // link
inline constexpr const char* contrast = "\xef\x81\x82";  // adjust
inline constexpr const char* help = "\xef\x84\xa8";      // question
inline constexpr const char* add = "\xef\x81\xa7";
inline constexpr const char* copy = "\xef\x83\x85";
inline constexpr const char* remove = "\xef\x80\x8d";   // times
inline constexpr const char* visible = "\xef\x81\xae";  // eye
inline constexpr const char* hidden = "\xef\x81\xb0";   // eye-slash
inline constexpr const char* down = "\xef\x84\x87";     // angle-down
inline constexpr const char* right = "\xef\x84\x85";    // angle-right
inline constexpr const char* open = "\xef\x81\xbc";     // folder-open
inline constexpr const char* save = "\xef\x80\x99";     // download
inline constexpr const char* map = "\xef\x89\xb9";      // map
inline constexpr const char* basins = "\xef\x80\x8a";   // th, a grid of starts
inline constexpr const char* reset = "\xef\x82\xb2";    // arrows-alt
inline constexpr const char* rename = "\xef\x81\x80";   // pencil
inline constexpr const char* warning = "\xef\x81\xb1";
inline constexpr const char* first = "\xef\x81\x89";     // fast-backward
inline constexpr const char* lesson = "\xef\x86\x9d";    // graduation-cap
inline constexpr const char* language = "\xef\x82\xac";  // globe
inline constexpr const char* size = "\xef\x80\xb4";      // text-height
inline constexpr const char* more = "\xef\x85\x81";      // ellipsis-h
}  // namespace icon

}  // namespace stride::ui
