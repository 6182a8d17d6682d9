// The list of lessons under the button in the bar.
#include "lab/lessons/lesson_text.h"
#include "lab/lessons/lessons.h"
#include "text/text.h"
#include "ui/target.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

/// One line of the list. True when it was chosen.
bool lesson_line(const LessonState& state, int i, const Lesson& lesson) {
  const Theme& t = theme();
  const float width = ImGui::GetContentRegionAvail().x, h = u(32);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Target it = target(Role::option, {lesson.name.c_str(), lesson.title}, {width, h});
  const bool hovered = it.hovered || it.focused, open = state.index == i;
  const bool done = is_done(state.progress, lesson.name);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  if (hovered || open)
    draw->AddRectFilled(at, {at.x + width, at.y + h}, hovered ? t.field_hover : t.field, u(6));
  draw_tick({at.x + u(16), at.y + h / 2}, done);
  const std::string words = elide(std::to_string(i + 1) + "  " + lesson.title, width - u(44));
  draw->AddText({at.x + u(34), at.y + (h - ImGui::GetFontSize()) / 2}, t.text, words.c_str());
  set_state(it, {.value = done ? tr("done") : "", .checked = open});
  return it.pressed;
}

bool go_on_line(const LessonDesk& desk, int index) {
  const std::string words = tr("Go on: {0}, page {1}", {lessons()[static_cast<size_t>(index)].title,
                                                        std::to_string(desk.lesson.progress.page + 1)});
  return button({"go on where you were", words}, words.c_str(), ButtonLook::plain);
}

void lesson_list(const LessonDesk& desk, ImVec2 below) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float width = std::min(u(340), screen.x - u(16));
  ImGui::SetNextWindowPos({std::min(below.x, screen.x - width - u(8)), below.y});
  ImGui::SetNextWindowSize({width, std::min(u(632), screen.y - below.y - u(8))});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(u(8), u(8)));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(u(2), u(3)));
  if (ImGui::BeginPopup("lessons", ImGuiWindowFlags_NoMove)) {
    begin_group("lessons", Role::listbox);
    const auto all = lessons();
    if (all.empty()) text(tr(desk.lesson.missing ? lessons_missing : "Loading …"), TextLook::muted, true);
    if (const int left = lesson_left(desk.lesson); left >= 0 && go_on_line(desk, left)) {
      resume_lesson(desk);
      ImGui::CloseCurrentPopup();
    }
    if (!all.empty() && button("quiz", "Quiz: read a loss curve", ButtonLook::quiet)) {
      open_quiz(desk, fresh_seed());
      ImGui::CloseCurrentPopup();
    }
    if (!all.empty() && button("what you can predict", "What you can now predict", ButtonLook::quiet)) {
      open_learned(desk);
      ImGui::CloseCurrentPopup();
    }
    for (const int i : teaching_order())
      if (lesson_line(desk.lesson, i, all[static_cast<size_t>(i)])) {
        open_lesson(desk, i);
        ImGui::CloseCurrentPopup();
      }
    ImGui::Dummy({0, u(4)});
    const bool any = !(desk.lesson.progress == LessonProgress{});
    if (button("reset the progress", "Forget my progress", ButtonLook::quiet, any)) reset_progress(desk);
    end_group();
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar(2);
}

}  // namespace

void lesson_picker(const LessonDesk& desk) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (lessons_button()) {
    load_lesson_progress(desk);
    desk.lesson.missing = false;
    if (lessons().empty() && desk.host.fetch_language) desk.host.fetch_language(language().code);
    ImGui::OpenPopup("lessons");
  }
  lesson_list(desk, {at.x, at.y + u(40)});
}

}  // namespace stride::lab
