// The one thin layer that every control is drawn through. It records, each frame, what was drawn: role, name,
// value, range, rectangle. Tests find and use controls by name through that record, and the accessible mirror
// will stand on it. No panel calls ImGui's own controls. Names, labels, options, units, hints and help are
// given in English and shown in the language in use; what is handed to text() is shown as it is.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "imgui.h"

namespace stride::ui {

/// What a control is, for tests and for assistive technology (ARIA's words).
struct Control {
  std::string role;   ///< button, slider, spinbutton, combobox, option, switch, tab, textbox, img, text,
                      ///< status, dialog,
                      ///< tooltip
  std::string name;   ///< unique among the controls of its group
  std::string group;  ///< the panel or run it belongs to: "run 1", "transport"
  std::string value;  ///< as shown
  double min = 0, max = 0, now = 0;  ///< sliders and spinbuttons
  ImVec2 at, size;                   ///< device pixels, y down
  bool enabled = true, checked = false, focused = false;
  bool visible = true;   ///< its middle is inside its window's clipping rectangle (not scrolled away)
  bool clipped = false;  ///< its text did not fit (a defect; tests look for it)
  bool grip = false;     ///< takes a drag in every direction: a finger on it doesn't scroll its panel
  std::string help;
};

/// Starts a frame's record. Call once before the panels.
void begin_controls();
/// What the frame has drawn so far.
const std::vector<Control>& controls();
/// The record as a JSON array, for the browser tests.
std::string controls_json();
/// Adds a control that a panel paints itself (plots, the surface, the strip).
void record(Control control);

/// True when this frame's controls need another frame soon although nobody touches anything (a tooltip about
/// to show).
bool controls_want_frame();

/// Names the group of the controls drawn until the matching end.
void begin_group(std::string_view group);
void end_group();

/// The help of the item just drawn, after the usual delay.
void tooltip(const char* help);

/// Whole units of the design grid, scaled to device pixels: u(8) is eight CSS pixels.
float u(float css_pixels);

struct SliderLook {
  double min = 0, max = 1;
  bool log = false;
  bool integer = false;
  const char* unit = "";
  const char* help = "";
};
/// Label, value (an exact number field: click to type) and a slider under it; fills the width. True while it
/// changes. `hard_min`, `hard_max`: what typing may reach, beyond the slider's own range.
bool slider(const char* name, double& value, const SliderLook& look, double hard_min, double hard_max);
/// Was the last slider or number let go in this frame: the moment to take an undo step.
bool released();
bool number(const char* name, double& value, double min, double max, bool integer, const char* help);
/// A drop-down. True when another choice was made.
bool choice(const char* name, int& index, const std::vector<const char*>& options, const char* help = "");
bool toggle(const char* name, bool& on, const char* help = "");
enum class ButtonLook { plain, primary, quiet, icon };
bool button(const char* name, const char* label, ButtonLook look = ButtonLook::plain, bool enabled = true,
            const char* help = "");
bool tab(const char* name, bool selected);
/// Enter or leaving the field commits. True then.
bool text_field(const char* name, std::string& value, const char* hint, const char* help = "");
/// Space, then a caret and a heading that folds what follows away: true while it is open.
bool fold(const char* name, bool& open);
/// `words` cut to `width` with an ellipsis. For what users typed; our own texts must fit.
std::string elide(std::string_view words, float width);
/// `words` in lines no wider than `width`, broken at spaces alone: ImGui's own breaking parts 4. from 266.
std::string wrapped(std::string_view words, float width);
/// A value as people read it: four significant digits, a true minus sign, 1e-05 as 1e-5.
std::string readable(double value);
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
enum class TextLook { body, small, muted, heading, error };
void text(std::string_view words, TextLook look = TextLook::body, bool wrap = false);

}  // namespace stride::ui
