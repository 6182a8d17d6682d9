// The record of what a frame has drawn, and the queue of requests to it.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <deque>
#include <iterator>
#include <nlohmann/json.hpp>

#include "text/text.h"
#include "ui/shared.h"

namespace stride::ui {

namespace {

struct Group {
  size_t at = 0;  ///< in the record
  std::string key, path;
  int unnamed = 0;  ///< controls without a key so far
  ImRect seen{1e9f, 1e9f, -1e9f, -1e9f};
};

std::vector<Control> drawn;
std::vector<Group> groups{1};  // the first holds what stands in none
std::deque<Request> queue;
Request answering;  // of this frame; empty id: none

constexpr const char* role_words[] = {"button",  "slider",      "spinbutton", "combobox", "option", "switch",
                                      "tab",     "menuitem",    "textbox",    "img",      "text",   "heading",
                                      "status",  "progressbar", "tooltip",    "group",    "region", "dialog",
                                      "tablist", "listbox",     "table"};
static_assert(std::size(role_words) == static_cast<size_t>(Role::table) + 1);

/// A dialog is over the window that is being drawn into: nothing in it can be used.
bool is_behind_dialog() {
  ImGuiWindow* modal = ImGui::GetTopMostPopupModal();
  return modal && !ImGui::IsWindowWithinBeginStackOf(ImGui::GetCurrentWindowRead(), modal);
}

}  // namespace

std::string word_of(Role role) {
  return role_words[static_cast<size_t>(role)];
}

bool is_interactive(Role role) {
  return role <= Role::textbox;
}

bool holds_others(Role role) {
  return role >= Role::group;
}

Name::Name(const char* english) : key(english), shown(tr(english)) {}

std::string numbered(const char* key, int number) {
  return std::string(key) + " " + std::to_string(number);
}

void begin_controls() {
  drawn.clear();
  groups.assign(1, {});
  answering = {};
  use_text_menu();
  if (queue.empty()) return;
  answering = std::move(queue.front());
  queue.pop_front();
}

const std::vector<Control>& controls() {
  return drawn;
}

size_t record(Role role, Name name, ImVec2 at, ImVec2 size) {
  Group& group = groups.back();
  Control c;
  c.role = role;
  c.parent = group.path;
  c.group = group.key;
  c.name = name.shown;
  c.id = group.path + (group.path.empty() ? "" : "/") + word_of(role) + " " +
         (*name.key ? name.key : std::to_string(++group.unnamed));
  c.at = at;
  c.size = size;
  c.enabled = !(GImGui->CurrentItemFlags & ImGuiItemFlags_Disabled) && !is_behind_dialog();
  const ImRect& clip = ImGui::GetCurrentWindowRead()->ClipRect;
  c.visible = clip.Contains(ImVec2(at.x + size.x / 2, at.y + size.y / 2));
  ImRect box(at.x, at.y, at.x + size.x, at.y + size.y);
  if (box.Overlaps(clip)) {
    box.ClipWith(clip);
    for (Group& g : groups) g.seen.Add(box);
  }
  drawn.push_back(std::move(c));
  return drawn.size() - 1;
}

Control& recorded(size_t index) {
  return drawn[index];
}

const Request* request_of(const Control& control) {
  return control.enabled && control.id == answering.id ? &answering : nullptr;
}

void begin_group(Name name, Role role) {
  Group group;
  // A drop-down's list bears the drop-down's name, as the group beside it may.
  const std::string word = role == Role::listbox ? "listbox " : "";
  group.path = groups.back().path + (groups.size() > 1 ? "/" : "") + word + name.key;
  group.key = name.key;
  group.at = drawn.size();
  Control c;
  c.role = role;
  c.id = group.path;
  c.parent = groups.back().path;
  c.group = groups.back().key;
  c.name = name.shown;
  drawn.push_back(std::move(c));
  groups.push_back(std::move(group));
  ImGui::PushID(name.key);
}

void end_group() {
  ImGui::PopID();
  Group& group = groups.back();
  Control& c = drawn[group.at];
  c.visible = group.seen.Min.x < group.seen.Max.x;
  c.enabled = !is_behind_dialog();
  if (c.visible) c.at = group.seen.Min, c.size = group.seen.GetSize();
  groups.pop_back();
}

const Control* field_at(ImVec2 at) {
  const Control* found = nullptr;  // the last one drawn there
  for (const Control& c : drawn)
    if (c.enabled && !holds_others(c.role) &&
        ImRect(c.at, {c.at.x + c.size.x, c.at.y + c.size.y}).Contains(at))
      found = c.input == InputMode::none ? nullptr : &c;
  return found;
}

std::string controls_json() {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const Control& c : drawn) {
    nlohmann::ordered_json one = {{"id", c.id},
                                  {"parent", c.parent},
                                  {"role", word_of(c.role)},
                                  {"name", c.name},
                                  {"group", c.group},
                                  {"value", c.value},
                                  {"min", c.min},
                                  {"max", c.max},
                                  {"now", c.now},
                                  {"x", c.at.x},
                                  {"y", c.at.y},
                                  {"w", c.size.x},
                                  {"h", c.size.y},
                                  {"enabled", c.enabled},
                                  {"checked", c.checked},
                                  {"focused", c.focused},
                                  {"clipped", c.clipped},
                                  {"visible", c.visible},
                                  {"keyboard", c.keyboard},
                                  {"opens", c.opens},
                                  {"log", c.log},
                                  {"numbers", c.numbers},
                                  {"input", static_cast<int>(c.input)},
                                  {"help", c.help}};
    if (!c.detail.empty()) one["detail"] = c.detail;
    if (c.curves) one["curves"] = true;
    if (c.role == Role::combobox) one["options"] = c.options;
    all.push_back(std::move(one));
  }
  return all.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// ---- requests

namespace {

constexpr const char* action_words[] = {"press", "set", "move", "type", "choose", "open", "focus"};
constexpr size_t longest = 4096;

bool takes(const Control& c, Action action) {
  switch (action) {
    case Action::press:
      return is_interactive(c.role) && c.role != Role::slider;
    case Action::set:
      return c.role == Role::slider || c.role == Role::spinbutton;
    case Action::move:
      return c.numbers == 2 && !c.keyboard;  // another moves by the keys themselves
    case Action::type:
      return c.role == Role::textbox || c.role == Role::spinbutton;
    case Action::choose:
      return c.role == Role::combobox;
    case Action::open:
      return c.role == Role::combobox || c.opens;
    case Action::focus:
      return c.keyboard;
  }
  return false;
}

/// As many numbers as are asked for, with commas between; nothing else.
bool read_numbers(const std::string& text, int count, double* out) {
  const char* at = text.c_str();
  for (int i = 0; i < count; ++i) {
    if (i > 0 && *at++ != ',') return false;
    char* end = nullptr;
    out[i] = std::strtod(at, &end);
    if (end == at || !std::isfinite(out[i])) return false;
    at = end;
  }
  return !*at;
}

std::string as_got(std::string_view text) {
  const bool fits = text.size() <= 80 && std::none_of(text.begin(), text.end(), [](char c) {
                      return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
                    });
  return fits ? "\"" + std::string(text) + "\"" : std::to_string(text.size()) + " bytes";
}

/// Reads the value that the action needs. What is wrong with it, or nothing.
std::string read_value(const Control& c, Request& r) {
  if (r.text.size() > longest) return "expected a value of at most 4096 bytes, got " + as_got(r.text);
  if ((r.action == Action::set || r.action == Action::move) && !read_numbers(r.text, c.numbers, r.number))
    return std::string("expected ") + (c.numbers == 2 ? "two numbers" : "a number") + ", got " +
           as_got(r.text);
  if (r.action != Action::choose) return {};
  const auto found = std::find(c.options.begin(), c.options.end(), r.text);
  if (found == c.options.end()) return "expected one of its options, got " + as_got(r.text);
  r.number[0] = static_cast<double>(found - c.options.begin());
  return {};
}

}  // namespace

std::string request(std::string_view id, std::string_view action, std::string_view value) {
  const auto c = std::find_if(drawn.begin(), drawn.end(), [&](const Control& k) { return k.id == id; });
  if (c == drawn.end()) return "expected the id of a control that is shown, got " + as_got(id);
  const auto word = std::find(std::begin(action_words), std::end(action_words), action);
  if (word == std::end(action_words))
    return "expected press, set, move, type, choose, open or focus, got " + as_got(action);
  Request r{std::string(id), static_cast<Action>(word - std::begin(action_words)), std::string(value), {}};
  const std::string place = r.id + ": ";
  if (!takes(*c, r.action)) return place + "a " + word_of(c->role) + " cannot take " + *word;
  if (!c->enabled) return place + "it cannot be used now";
  if (const std::string fault = read_value(*c, r); !fault.empty()) return place + fault;
  constexpr size_t most = 256;
  if (queue.size() >= most) return place + "too many requests wait";
  queue.push_back(std::move(r));
  return {};
}

bool requests_wait() {
  return !queue.empty() || !answering.id.empty();
}

}  // namespace stride::ui
