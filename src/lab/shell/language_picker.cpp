// Which language the lab speaks: a button in the bar with a list, and on a phone a line of the help sheet.
#include "lab/session/lab.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

namespace {

/// What the learner chooses is kept; what a link or a page asks for is not.
void choose(Lab& lab, const Language& language) {
  if (lab.services.host.store) lab.services.host.store("stride-language", language.code);
  set_language(lab, language.code);
}

}  // namespace

void language_picker(Lab& lab) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (button("language", icon::language, ButtonLook::icon)) ImGui::OpenPopup("languages");
  ImGui::SetNextWindowPos({at.x + u(32), at.y + u(40)}, ImGuiCond_Always, {1, 0});
  if (!ImGui::BeginPopup("languages", ImGuiWindowFlags_NoMove)) return;
  begin_group("languages");
  set_width(u(120));
  for (const Language& l : languages())
    if (button(l.name, l.name, &l == &language() ? ButtonLook::plain : ButtonLook::quiet)) {
      choose(lab, l);
      ImGui::CloseCurrentPopup();
    }
  set_width(0);
  end_group();
  ImGui::EndPopup();
}

void language_choice(Lab& lab) {
  std::vector<const char*> names;
  for (const Language& l : languages()) names.push_back(l.name);
  int row = find_language(language().code);
  if (choice("language", row, names)) choose(lab, languages()[static_cast<size_t>(row)]);
}

}  // namespace stride::lab
