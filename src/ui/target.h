// What stands behind every control, those too that a panel paints itself: a place that takes the pointer, the
// keyboard and requests, and its line in the record.
#pragma once

#include <string>
#include <string_view>

#include "ui/control.h"

namespace stride::ui {

inline constexpr float control_height = 32;

/// What a hand does with a control; see request().
enum class Action { press, set, move, type, choose, open, focus };
struct Request {
  std::string id;
  Action action = Action::press;
  std::string text;
  double number[2] =
      {};  ///< set: the value or the place; move: by how many steps; choose: the option's index
};

/// A target being drawn, and what is done to it in this frame.
struct Target {
  ImVec2 at, size;
  ImGuiID id = 0;
  size_t index = 0;  ///< of its line in the record
  bool pressed = false, hovered = false, held = false, focused = false;
  bool taken = false;   ///< a button came down on it in this frame
  bool let_go = false;  ///< it was held in the last frame and is no longer
  const Request* asked = nullptr;
  ImVec2 end() const { return {at.x + size.x, at.y + size.y}; }
};

enum TargetFlags : unsigned {
  any_button = 1,    ///< takes the right and the middle button too
  no_keyboard = 2,   ///< the keyboard does not stop at it
  overlapped = 4,    ///< others may lie on it
  any_way = 8,       ///< takes a drag in every direction
  quiet = 16,        ///< its help is recorded, but not shown beside the pointer
  two_numbers = 32,  ///< its value is a place
  folds = 128,       ///< a button that opens and closes what it names; `checked`: it is open
  by_request = 64    ///< no arrow leads the keyboard to it; a request does, and its arrows are then its own
};
/// A target at the cursor. `help`: in English, shown after the usual delay.
Target target(Role role, Name name, ImVec2 size, const char* help = "", bool enabled = true,
              unsigned flags = 0);

/// A control on a target that takes the pointer for it (a ring on the surface): it has its line in the record
/// and obeys requests.
Target target_within(Role role, Name name, ImVec2 at, ImVec2 size, const char* help, bool enabled,
                     unsigned flags);
/// Takes the pointer where a control of its own would say nothing. Whether a button came down on it in this
/// frame.
bool takes_press(const char* key, ImVec2 size);

/// What a control says of itself beside its name.
struct State {
  std::string value = {};
  double min = 0, max = 0, now = 0;
  bool checked = false, clipped = false;
};
void set_state(const Target& target, State state);
/// What a plot shows where the arrows have led. `curves`: a plot over the steps of the runs.
void set_detail(const Target& target, std::string words, bool curves = false);
/// Where what the target stands for is seen, if that is not the whole of it.
void set_place(const Target& target, ImVec2 at, ImVec2 size);
/// Records what takes no pointer: a picture, a message, a line of type.
void note(Role role, Name name, ImVec2 at, ImVec2 size, State state = {}, const char* help = "");

/// Whether the wheel is this target's, the item just drawn: a panel that is being scrolled past it scrolls on.
bool takes_wheel(const Target& target);

/// Whether this key has gone down, or repeats, while the keyboard is on the target: it is then the target's own.
bool takes_key(const Target& target, ImGuiKey key);
/// How far the arrows lead in a direction: 1, -1 or 0.
int arrow_x(const Target& target);
int arrow_y(const Target& target);

/// By how many small steps the keys move a number: right and left, or `upright` up and down, by one, with Shift by
/// ten, as PageUp and PageDown.
int steps_of(const Target& target, bool upright);

/// The number that a request sets, if one does.
const double* number_asked(const Target& target);
/// By how many steps along x and y a request moves a place on from where it is, if one does.
const double* steps_asked(const Target& target);

/// The help of the item just drawn, after the usual delay.
void tooltip(const char* help);
/// Last of all in a frame: the help of the control under the pointer. It stays while the pointer is on the control or on it,
/// and goes with Escape, a press, or the pointer.
void draw_tip();
/// Words beside the pointer, at once.
void pointer_note(const std::string& words);

void frame_of(const Target& target, bool on = false);

}  // namespace stride::ui
