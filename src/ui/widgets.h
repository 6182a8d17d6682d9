// The controls that panels are made of. Each is drawn and recorded here, and obeys requests (control.h); what
// a panel paints itself stands on a target (target.h). No panel calls ImGui's own controls. Names, labels,
// options, units, hints and help are given in English and shown in the language in use; what is handed to
// text() is shown as it is.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "imgui.h"
#include "text/numbers.h"
#include "ui/control.h"

namespace stride::ui {

/// True when this frame's controls need another frame soon although nobody touches anything (a tooltip about
/// to show).
bool controls_want_frame();

/// Whole units of the design grid, scaled to device pixels: u(8) is eight CSS pixels.
float u(float css_pixels);

/// Whether fingers are at work: each target then reaches so far around itself that it is 44 CSS pixels high. `size`: the
/// part of a design pixel that is left where all is made smaller, at most 1. Once a frame, after apply_theme.
void use_fingers(bool on, float size);
bool has_fingers();
/// The height of a target of so many CSS pixels, 24 at least, for fingers 32.
float target_height(float css_pixels);
/// From one icon to the next, of so many CSS pixels, for fingers 44.
float icon_pitch(float css_pixels);

struct SliderLook {
  double min = 0, max = 1;
  bool log = false;
  bool integer = false;
  const char* unit = "";
  const char* help = "";
};
/// Label, value (an exact number field: click to type) and a slider under it; fills the width. True while it
/// changes. `hard_min`, `hard_max`: what typing may reach, beyond the slider's own range.
bool slider(Name name, double& value, const SliderLook& look, double hard_min, double hard_max);
/// Was the last slider or number let go in this frame: the moment to take an undo step.
bool released();
bool number(Name name, double& value, double min, double max, bool integer, const char* help);
/// The sentence that says why what was typed into a number's field did not become its value, or nothing. Once.
std::string refused();
/// Does to the field that is typed into what Ctrl (on a Mac Cmd) with this key does.
void edit_with(ImGuiKey key);
/// Pastes into the field that is typed into; whoever cannot read the clipboard at once puts a way of its own
/// here.
extern std::function<void()> ask_clipboard;
/// A drop-down. True when another choice was made.
bool choice(Name name, int& index, const std::vector<const char*>& options, const char* help = "");
bool toggle(Name name, bool& on, const char* help = "");
enum class ButtonLook { plain, primary, quiet, icon, chosen };
bool button(Name name, const char* label, ButtonLook look = ButtonLook::plain, bool enabled = true,
            const char* help = "");
bool tab(Name name, bool selected);
/// Enter or leaving the field commits. True then. Of several `lines`, where Enter begins another: each edit.
bool text_field(Name name, std::string& value, const char* hint, const char* help = "", int lines = 1);
/// Space, then a caret and a heading that folds what follows away: true while it is open.
bool fold(Name name, bool& open);
/// `words` cut to `width` with an ellipsis. For what users typed; our own texts must fit.
std::string elide(std::string_view words, float width);
/// `words` in lines no wider than `width`, broken at spaces alone: ImGui's own breaking parts 4. from 266.
std::string wrapped(std::string_view words, float width);
/// How wide a line that is read well may be: some 58 letters of the type in force, where these are narrow up to 75.
float longest_line();
/// `n` equal columns: begin_columns, then next_column before each further one, end_columns at the last.
struct Columns {
  int count = 1, at = 0;
  float x = 0, top = 0, bottom = 0, width = 0, gap = 0;
};
Columns begin_columns(int count);
void next_column(Columns& columns);
void end_columns(Columns& columns);
/// The width that the next control fills.
float fill_width();
/// Restricts the next controls to a width (0: all there is).
void set_width(float device_pixels);

/// A line of type; wraps at the width where `wrap`. Recorded, so that clipped text is found.
enum class TextLook { body, small, muted, heading, title, error };
void text(std::string_view words, TextLook look = TextLook::body, bool wrap = false);

}  // namespace stride::ui
