// The record of what a frame has drawn, control by control: what tests, assistive technology and a mirror of
// the page's own elements read. Each control has a place in a tree, and can be acted on by request as if a
// hand had done it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "imgui.h"

namespace stride::ui {

/// What a control is; ARIA's roles.
enum class Role {
  button,
  slider,
  spinbutton,
  combobox,
  option,
  toggle,  ///< "switch"
  tab,
  menuitem,
  textbox,
  img,
  text,
  heading,
  status,
  progressbar,
  tooltip,
  // These hold others.
  group,
  region,
  dialog,
  tablist,
  listbox,
  table,
};
/// ARIA's word for it.
std::string word_of(Role role);
/// Whether a hand or the keyboard can do something with it.
bool is_interactive(Role role);
bool holds_others(Role role);

/// What a phone's keyboard is to show for it.
enum class InputMode { none, text, decimal };

/// What a control is called: `key` in English, the same in every language and from frame to frame, and what
/// is shown: its translation, or words of its own. Holds neither: for the length of a call.
struct Name {
  const char* key;
  const char* shown;
  Name(const char* english);
  Name(const char* its_key, const char* words) : key(its_key), shown(words) {}
  Name(const char* its_key, const std::string& words) : key(its_key), shown(words.c_str()) {}
};

/// A control whose key is not what is shown.
inline Name keyed(const char* key, const char* shown) {
  return {key, shown};
}
inline Name keyed(const char* key, const std::string& shown) {
  return {key, shown};
}
/// "run 3": a key of many that are alike.
std::string numbered(const char* key, int number);

struct Control {
  std::string id;      ///< of the groups' keys, the role and its own key; unique in a frame
  std::string parent;  ///< the id of the group that holds it; empty: none
  Role role;
  std::string name;    ///< in the language in use; unique among the controls of its role and group
  std::string group;   ///< the key of the panel or run it belongs to: "run 1", "transport"
  std::string value;   ///< as shown
  std::string detail;  ///< of a plot: what it shows at the step, or the point, that is spoken of
  double min = 0, max = 0, now = 0;  ///< sliders and spinbuttons
  ImVec2 at, size;                   ///< device pixels, y down; of a group: what is seen of its controls
  bool enabled = true, checked = false, focused = false;
  bool visible = true;    ///< its middle is inside its window's clipping rectangle (not scrolled away)
  bool clipped = false;   ///< its text did not fit (a defect; tests look for it)
  bool grip = false;      ///< takes a drag in every direction: a finger on it doesn't scroll its panel
  bool curves = false;    ///< a plot over the steps of the runs
  bool keyboard = false;  ///< the keyboard stops at it
  bool log = false;       ///< a slider on a logarithmic scale
  bool opens = false;     ///< a button that folds: `checked` says whether what it names is open
  int numbers = 1;        ///< of a slider: how many its value has; 2: a place
  InputMode input = InputMode::none;
  std::vector<std::string> options;  ///< of a combobox, as shown; `now`: the chosen one's index
  std::string help;
};

/// Starts a frame's record, and takes the next request from the queue. Call once before the panels.
void begin_controls();
/// What the frame has drawn so far, in reading order, each group before what it holds.
const std::vector<Control>& controls();
/// The field that a tap there begins typing in, or null.
const Control* field_at(ImVec2 at);
/// The record as a JSON array.
std::string controls_json();

/// Names the group of the controls drawn until the matching end.
void begin_group(Name name, Role role = Role::group);
void end_group();

/// Puts into the queue what a hand is to do with a control of the last record:
///   press   a button, switch, tab, option, combobox, spinbutton or textbox
///   set     a slider or spinbutton, `value` being a number; two, with a comma, where it has two
///   type    a textbox or spinbutton: the words, and Enter
///   choose  a combobox: one of its options, as shown
///   open    a combobox, or a button that folds
///   focus   whatever the keyboard reaches
/// The frames to come take one request each; undo steps are taken as after a hand. Untrusted: what cannot be
/// done is answered by a sentence, and nothing happens.
std::string request(std::string_view id, std::string_view action, std::string_view value = "");
/// Whether a request waits for its frame, or for the next, whose record shows what it did.
bool requests_wait();

}  // namespace stride::ui
