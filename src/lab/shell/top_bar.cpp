// The bar at the top: what is descended, undo, share, open and save, theme, language, size, help.
#include "lab/lessons/lessons.h"
#include "lab/session/locks.h"
#include "lab/setup/lock_scope.h"
#include "lab/setup/setup.h"
#include "lab/shell/bars.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

void logo(bool with_name) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float s = u(14), y = at.y + u(9);
  // A slope, and the walker's steps down it.
  ImGui::GetWindowDrawList()->AddTriangleFilled({at.x, y + s}, {at.x + s, y + s}, {at.x + s, y},
                                                theme().text);
  ImGui::Dummy({s, u(32)});
  if (!with_name) return;
  ImGui::SameLine(0, u(8));
  push_type(Type::title);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + (u(32) - ImGui::GetFontSize()) / 2);
  pop_type();
  text("Stride", TextLook::title);
}

struct Action {
  const char* name;
  const char* symbol;
  Command command;
  bool enabled = true;
};

}  // namespace

bool is_phone_bar(float width) {
  return width < u(has_fingers() ? 820 : 600);
}

void top_bar(Shell& shell, Session& session, const LessonDesk& desk) {
  begin_group(keyed("bar", tr("toolbar")), Role::region);
  const float width = ImGui::GetWindowWidth();
  const bool small = is_phone_bar(width), medium = width < u(820);
  const float top = ImGui::GetCursorPosY();
  const bool narrow = width < u(340);  // there the name of what is descended needs the logo's place
  if (!narrow) logo(!medium);
  const auto next = [&](float gap) {
    ImGui::SameLine(0, gap);
    ImGui::SetCursorPosY(top);
  };
  if (!narrow) next(u(medium ? 12 : 20));
  // Everything at the right has a fixed width; the picker takes what it needs and leaves the rest free.
  const Action actions[] = {
      {"undo", icon::undo, Command::undo, !session.undo.empty()},
      {"redo", icon::redo, Command::redo, !session.redo.empty()},
      {"open a scenario", icon::open, Command::open_file, !is_locked(session, all_locks)},
      {"save the scenario", icon::save, Command::save_file},
      {"change the theme", icon::contrast, Command::theme},
      {"help", icon::help, Command::help},
  };
  const std::string label = std::string(icon::share) + "  " + tr("Share");
  // A page without an address has nothing to share.
  const float share = small || !desk.host.has_links ? 0 : ImGui::CalcTextSize(label.c_str()).x + u(24);
  const int count = small ? 3 : 8;  // a phone keeps undo, redo and help
  const float pitch = icon_pitch(32);
  const float right = share + static_cast<float>(count) * pitch + (small ? u(32) - pitch : u(16));
  const float lessons = small ? u(16) + pitch : u(112);
  set_width(std::min(width - ImGui::GetCursorPosX() - right - lessons, u(260)));
  const LockScope scope = begin_locked(session, lock_surface);
  surface_picker(session);
  end_locked(scope);
  next(u(small ? 0 : 8));
  if (shows(shell, panel_lessons)) lesson_picker(desk);
  next(0);
  ImGui::SetCursorPosX(width - u(16) - right);
  int shown = 0;
  for (const Action& a : actions) {
    if (small && shown == 2 && a.symbol != icon::help) continue;
    if (!small && shown == 2) {  // after undo and redo
      ImGui::SetCursorPosX(ImGui::GetCursorPosX() + u(8));
      set_width(share);
      if (desk.host.has_links) {
        if (button("share", label.c_str(), ButtonLook::plain, true, "Copy a link that opens exactly this."))
          shell.command = Command::copy_link;
        next(u(8));
      }
      set_width(0);
    }
    if (!small && a.symbol == icon::help) {
      preference_buttons(shell, desk.host, pitch - u(32));
      next(pitch - u(32));
    }
    if (button(a.name, a.symbol, ButtonLook::icon, a.enabled)) shell.command = a.command;
    next(pitch - u(32));
    ++shown;
  }
  end_group();
}

}  // namespace stride::lab
