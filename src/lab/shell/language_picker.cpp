// Which language the lab speaks: a button in the bar with a list, and on a phone a line of the help sheet.
#include "lab/shell/bars.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

void language_picker(Shell& shell) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (button("language", icon::language, ButtonLook::icon)) ImGui::OpenPopup("languages");
  ImGui::SetNextWindowPos({at.x + u(32), at.y + u(40)}, ImGuiCond_Always, {1, 0});
  if (!ImGui::BeginPopup("languages", ImGuiWindowFlags_NoMove)) return;
  begin_group("languages", Role::listbox);
  set_width(u(120));
  for (const Language& l : languages())
    if (button(l.name.c_str(), l.name.c_str(), &l == &language() ? ButtonLook::plain : ButtonLook::quiet)) {
      shell.language = l.code;
      ImGui::CloseCurrentPopup();
    }
  set_width(0);
  end_group();
  ImGui::EndPopup();
}

void language_choice(Shell& shell) {
  std::vector<const char*> names;
  for (const Language& l : languages()) names.push_back(l.name.c_str());
  int row = find_language(language().code);
  if (choice("language", row, names)) shell.language = languages()[static_cast<size_t>(row)].code;
}

}  // namespace stride::lab
