// What stands in the columns: the tabs, the selected run's controls, the curves and instruments, the problem,
// the lesson.
#include "lab/shell/columns.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "lab/lessons/lessons.h"
#include "lab/setup/setup.h"
#include "lab/shell/area.h"
#include "lab/shell/lab.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

void curves(Lab& lab, float height_left) {
  const bool rate = shows(lab.shell, panel_rate), loss = shows(lab.shell, panel_loss);
  const float each = std::clamp(height_left / (rate && loss ? 2 : 1), u(176), u(340));
  if (rate) rate_plot(plot_desk(lab), each);
  if (loss) loss_plot(plot_desk(lab), lab.lesson, each);
}

/// The learning rate stays in sight above the rule where there is room: the rule's rate is marked on it.
void rule(Lab& lab, float height) {
  const float plot = u(176);
  const bool both = height > u(400);
  if (both) rate_plot(plot_desk(lab), plot);
  arithmetic_panel(lab.session, lab.results, lab.explaining, lab.pointing, step_shown(lab),
                   both ? height - plot : height);
}

constexpr const char* tool_names[tool_total] = {"Curves", "Range test", "Map", "Compare", "Rule"};

void draw_tool(Lab& lab, float height) {
  switch (lab.shell.tool) {
    case Tool::curves:
      return curves(lab, height);
    case Tool::range_test:
      return range_panel(lab.session, lab.results, lab.studies.range, study_desk(lab), height);
    case Tool::map:
      return map_panel(lab.session, lab.results, lab.studies.map, study_desk(lab), lab.services.has_gl,
                       height);
    case Tool::compare:
      return compare_panel(lab.session, lab.studies.compare, study_desk(lab));
    case Tool::rule:
      return rule(lab, height);
  }
}

template <class Choice>
struct Tab {
  const char* name;
  Choice choice;
};

/// Tabs as wide as their words ask, over the whole width.
template <class Choice>
void row_of_tabs(const std::vector<Tab<Choice>>& row, float width, Choice& chosen) {
  float words = 0;
  for (const Tab<Choice>& t : row) words += ImGui::CalcTextSize(tr(t.name)).x;
  const float air = (width - words) / static_cast<float>(row.size());
  for (const Tab<Choice>& t : row) {
    if (&t != &row.front()) ImGui::SameLine(0, 0);
    set_width(std::floor(ImGui::CalcTextSize(tr(t.name)).x + air));
    if (tab(t.name, chosen == t.choice)) chosen = t.choice;
  }
  set_width(0);
}

/// The curves and the instruments share one place, a tab each.
void tool_tabs(Lab& lab, float height) {
  begin_group("tools", Role::tablist);
  const float top = ImGui::GetCursorPosY(), width = ImGui::GetContentRegionAvail().x;
  if (lab.shell.tool == Tool::curves && !shows(lab.shell, panel_rate | panel_loss))
    lab.shell.tool = Tool::range_test;
  std::vector<Tab<Tool>> row;
  for (int i = shows(lab.shell, panel_rate | panel_loss) ? 0 : 1; i < tool_total; ++i)
    row.push_back({tool_names[i], static_cast<Tool>(i)});
  push_type(width / static_cast<float>(row.size()) < u(80) ? Type::small : Type::body);
  row_of_tabs(row, width, lab.shell.tool);
  pop_type();
  end_group();
  const bool closed =
      is_asking(lab.lesson) && lab.shell.tool != Tool::curves;  // it would answer the lesson's question
  if (closed)
    text(tr("First say what you expect: the lesson has a question."), TextLook::muted, true);
  else
    draw_tool(lab, height - (ImGui::GetCursorPosY() - top));
}

void problem_fold(Lab& lab) {
  if (fold("Surface, noise and steps", lab.shell.problem_open)) problem_panel(lab.session, lab.drafts);
}

/// The run's controls, or as much of them as is to be seen.
void run_part(Lab& lab) {
  if (shows(lab.shell, panel_controls))
    run_panel(lab.session, lab.results, lab.drafts, lab.studies.strip, study_desk(lab),
              lab.shell.parameters_open);
  else if (shows(lab.shell, panel_rate))
    rate_panel(lab.session, lab.results, lab.studies.strip, study_desk(lab));
}

void tool_part(Lab& lab, float height) {
  if (shows(lab.shell, panel_instruments)) return tool_tabs(lab, height);
  curves(lab, height);
}

void problem_part(Lab& lab) {
  if (shows(lab.shell, panel_problem)) problem_fold(lab);
}

/// What the right column holds, in the order in which a lesson needs it.
void column(Lab& lab) {
  run_part(lab);
  const float fold_height = shows(lab.shell, panel_problem) ? u(44) : 0;
  tool_part(lab, ImGui::GetContentRegionAvail().y - fold_height);
  problem_part(lab);
}

void page(Lab& lab) {
  switch (lab.shell.page) {
    case Page::run:
      run_panel(lab.session, lab.results, lab.drafts, lab.studies.strip, study_desk(lab),
                lab.shell.parameters_open);
      break;
    case Page::curves:
      if (!shows(lab.shell, panel_controls) && shows(lab.shell, panel_rate))
        rate_panel(lab.session, lab.results, lab.studies.strip, study_desk(lab));
      curves(lab, ImGui::GetContentRegionAvail().y - u(8));
      break;
    case Page::tools:
      // The curves have a page of their own here.
      if (lab.shell.tool == Tool::curves) lab.shell.tool = Tool::range_test;
      tool_tabs(lab, std::max(ImGui::GetContentRegionAvail().y, u(320)));
      break;
    case Page::problem:
      problem_panel(lab.session, lab.drafts);
      break;
    case Page::lesson:
      lesson_panel(lesson_desk(lab), lab.results);
      break;
  }
}

/// Where there is no room for a drawer, the lesson shares a column with the controls. True: it is the one
/// shown.
bool lesson_in_column(Lab& lab, const Layout& l) {
  if (!shows_lesson(lab.shell, lab.lesson) || l.lesson.w > 0 || !(l.wide || l.two)) return false;
  if (!shows(lab.shell, column_panels)) {
    lesson_panel(lesson_desk(lab), lab.results);
    return true;
  }
  begin_group("lesson or controls", Role::tablist);
  set_width(std::floor(ImGui::GetContentRegionAvail().x / 2));
  if (tab("Lesson", lab.lesson.beside)) lab.lesson.beside = true;
  ImGui::SameLine(0, 0);
  if (tab("Controls", !lab.lesson.beside)) lab.lesson.beside = false;
  set_width(0);
  end_group();
  if (lab.lesson.beside) lesson_panel(lesson_desk(lab), lab.results);
  return lab.lesson.beside;
}

}  // namespace

constexpr const char* page_names[page_total] = {"Run", "Curves", "Tools", "Surface", "Lesson"};

void tabs(Lab& lab, const Box& b) {
  if (begin_area("tabs", b, theme().panel, {0, 0}, fixed)) {
    begin_group("pages", Role::tablist);
    std::vector<Tab<Page>> row;
    for (int i = 0; i < page_total; ++i)
      if (has_page(lab.shell, lab.lesson, static_cast<Page>(i)))
        row.push_back({page_names[i], static_cast<Page>(i)});
    row_of_tabs(row, b.w, lab.shell.page);
    end_group();
    hairline(b.x, b.y + b.h - 1, b.x + b.w, b.y + b.h);
  }
  ImGui::EndChild();
}

void choose_page(Lab& lab) {
  if (std::exchange(lab.shell.lesson_shown, lab.lesson.begun) != lab.lesson.begun)
    lab.shell.page = Page::lesson;
  for (int i = 0; i < page_total && !has_page(lab.shell, lab.lesson, lab.shell.page); ++i)
    lab.shell.page = static_cast<Page>(i);
}

void right_column(Lab& lab, const Layout& l) {
  if (lesson_in_column(lab, l)) return;
  if (l.wide)
    column(lab);
  else if (l.two)
    run_part(lab), problem_part(lab);
  else
    page(lab);
}

void second_column(Lab& lab) {
  tool_part(lab, ImGui::GetContentRegionAvail().y);
}

}  // namespace stride::lab
