// What a person chooses for every scenario: the language and the size. In the bar a button with a list each, on a
// phone lines of the help sheet.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "lab/session/services.h"
#include "lab/shell/bars.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

constexpr const char* size_name = "size of letters and controls";
constexpr const char* size_key = "stride-size";
constexpr std::array sizes = {90, 100, 110, 125, 150, 175, 200};  // percent

struct List {
  std::vector<std::string> words;
  int chosen = 0;
};

/// The sizes and, where the page has it, the lab as text, which follows the page's own size and spacing.
List sizes_of(const Shell& shell, const Host& host) {
  List list;
  for (const int percent : sizes) list.words.push_back(std::to_string(percent) + " %");
  if (host.show_as_text) list.words.push_back(tr("as text"));
  list.chosen = static_cast<int>(std::find(sizes.begin(), sizes.end(), shell.size) - sizes.begin());
  return list;
}

List languages_of() {
  List list;
  for (const Language& l : languages()) list.words.push_back(l.name);
  list.chosen = find_language(language().code);
  return list;
}

/// A button that opens the list. True when a row of it was pressed, the chosen one from now on.
bool list_button(const char* name, const char* symbol, const char* popup, List& list) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (button(name, symbol, ButtonLook::icon)) ImGui::OpenPopup(popup);
  ImGui::SetNextWindowPos({at.x + u(32), at.y + u(40)}, ImGuiCond_Always, {1, 0});
  if (!ImGui::BeginPopup(popup, ImGuiWindowFlags_NoMove)) return false;
  begin_group(popup, Role::listbox);
  set_width(u(120));
  bool pressed = false;
  for (int i = 0; i < static_cast<int>(list.words.size()); ++i) {
    const std::string& words = list.words[static_cast<size_t>(i)];
    if (!button(keyed(words.c_str(), words), words.c_str(),
                i == list.chosen ? ButtonLook::chosen : ButtonLook::quiet))
      continue;
    list.chosen = i;
    pressed = true;
    ImGui::CloseCurrentPopup();
  }
  set_width(0);
  end_group();
  ImGui::EndPopup();
  return pressed;
}

bool drop_down(const char* name, List& list) {
  std::vector<const char*> names;
  for (const std::string& words : list.words) names.push_back(words.c_str());
  return choice(name, list.chosen, names);
}

void speak(Shell& shell, const List& list) {
  shell.language = languages()[static_cast<size_t>(list.chosen)].code;
}

void grow(Shell& shell, const Host& host, const List& list) {
  if (list.chosen == static_cast<int>(sizes.size())) return host.show_as_text();
  shell.size = sizes[static_cast<size_t>(list.chosen)];
  if (host.store) host.store(size_key, std::to_string(shell.size));
}

}  // namespace

void preference_buttons(Shell& shell, const Host& host, float gap) {
  if (List list = languages_of(); list_button("language", icon::language, "languages", list))
    speak(shell, list);
  ImGui::SameLine(0, gap);
  if (List list = sizes_of(shell, host); list_button(size_name, icon::size, "sizes", list))
    grow(shell, host, list);
}

void preference_lines(Shell& shell, const Host& host) {
  if (List list = languages_of(); drop_down("language", list)) speak(shell, list);
  if (List list = sizes_of(shell, host); drop_down(size_name, list)) grow(shell, host, list);
}

void recall_size(Shell& shell, const Host& host) {
  if (shell.size) return;
  const int kept = host.load ? std::atoi(host.load(size_key).c_str()) : 0;
  shell.size = std::find(sizes.begin(), sizes.end(), kept) != sizes.end() ? kept : 100;
}

}  // namespace stride::lab
