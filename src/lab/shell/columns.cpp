// What stands in the columns: the tabs, the selected run's controls, the curves and instruments, the problem,
// the lesson.
#include "lab/shell/columns.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include "lab/lessons/lessons.h"
#include "lab/session/ground.h"
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
  const bool accuracy = loss && network_of(lab.session.scenario);
  const float each =
      std::clamp(height_left / static_cast<float>(rate + loss + accuracy), u(accuracy ? 136 : 176), u(340));
  if (rate && accuracy) keep_sharpness(plot_desk(lab), lab.studies.sharpness, study_desk(lab));
  if (rate) rate_plot(plot_desk(lab), each);
  if (loss) loss_plot(plot_desk(lab), lab.lesson, each);
  if (accuracy) accuracy_plot(plot_desk(lab), each);
}

/// The learning rate stays in sight above the rule where there is room: the rule's rate is marked on it.
void rule(Lab& lab, float height) {
  const float plot = u(176);
  const bool both = height > u(400);
  if (both) rate_plot(plot_desk(lab), plot);
  arithmetic_panel(lab.session, lab.results, lab.explaining, lab.pointing, step_shown(lab),
                   both ? height - plot : height);
}

constexpr const char* tool_names[tool_total] = {"Curves", "Range test", "Map", "Compare",
                                                "Rule",   "Layers",     "Log"};

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
    case Tool::layers:
      return layers_panel(plot_desk(lab), height);
    case Tool::log:
      if (const int lesson = recordings_panel(lab.recordings, lab.session); lesson > 0)
        open_lesson(lesson_desk(lab), lesson - 1);
      return;
  }
}

template <class Choice>
struct Tab {
  const char* name;
  Choice choice;
  const char* shown = name;
};

template <class Choice>
float words_of(std::span<const Tab<Choice>> row) {
  float words = 0;
  for (const Tab<Choice>& t : row) words += ImGui::CalcTextSize(tr(t.shown)).x + 1;
  return words;
}

/// Tabs as wide as their words ask, over the whole width.
template <class Choice>
void row_of_tabs(std::span<const Tab<Choice>> row, float width, Choice& chosen) {
  const float air = (width - words_of(row)) / static_cast<float>(row.size()) + 1;
  for (const Tab<Choice>& t : row) {
    if (&t != &row.front()) ImGui::SameLine(0, 0);
    set_width(std::floor(ImGui::CalcTextSize(tr(t.shown)).x + air));
    if (tab({t.name, tr(t.shown)}, chosen == t.choice)) chosen = t.choice;
  }
  set_width(0);
}

/// Whether the tool has anything to do with the problem.
bool serves(const Lab& lab, Tool tool) {
  const bool network = network_of(lab.session.scenario);
  switch (tool) {
    case Tool::layers:
      return network;
    case Tool::rule:
      return !network;
    case Tool::log:
      return !lab.recordings.runs.empty();
    default:
      return true;
  }
}

/// The curves and the instruments share one place, a tab each.
void tool_tabs(Lab& lab, float height) {
  if (!serves(lab, lab.shell.tool)) lab.shell.tool = Tool::curves;
  begin_group("tools", Role::tablist);
  const float top = ImGui::GetCursorPosY(), width = ImGui::GetContentRegionAvail().x;
  if (lab.shell.tool == Tool::curves && !shows(lab.shell, panel_rate | panel_loss))
    lab.shell.tool = network_of(lab.session.scenario) ? Tool::layers : Tool::range_test;
  std::vector<Tab<Tool>> row;
  for (int i = shows(lab.shell, panel_rate | panel_loss) ? 0 : 1; i < tool_total; ++i)
    if (serves(lab, static_cast<Tool>(i))) row.push_back({tool_names[i], static_cast<Tool>(i)});
  push_type(width / static_cast<float>(row.size()) < u(80) ? Type::small : Type::body);
  // What one line has no room for stands in two.
  const std::span<const Tab<Tool>> all = row;
  const size_t first = words_of(all) > width ? (all.size() + 1) / 2 : all.size();
  row_of_tabs(all.first(first), width, lab.shell.tool);
  if (first < all.size()) row_of_tabs(all.subspan(first), width, lab.shell.tool);
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
  const char *surface = "Surface, noise and steps", *model = parts_of_model(lab.session.scenario);
  if (fold(keyed(surface, tr(model ? model : surface)), lab.shell.problem_open))
    problem_panel(lab.session, lab.drafts);
}

/// The run's controls, or as much of them as is to be seen.
void run_part(Lab& lab) {
  if (shows(lab.shell, panel_controls))
    run_panel(lab.session, lab.results, lab.playback, lab.drafts, lab.studies.strip, study_desk(lab),
              lab.shell.parameters_open);
  else if (shows(lab.shell, panel_rate))
    rate_panel(lab.session, lab.results, lab.playback, lab.studies.strip, study_desk(lab));
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

/// The lesson, under the curve that its question is about.
void lesson_with_curve(Lab& lab) {
  if (shows_curve(lab.lesson)) curves(lab, u(230));
  lesson_panel(lesson_desk(lab), lab.results);
}

void page(Lab& lab) {
  switch (lab.shell.page) {
    case Page::run:
      run_panel(lab.session, lab.results, lab.playback, lab.drafts, lab.studies.strip, study_desk(lab),
                lab.shell.parameters_open);
      break;
    case Page::curves:
      if (!shows(lab.shell, panel_controls) && shows(lab.shell, panel_rate))
        rate_panel(lab.session, lab.results, lab.playback, lab.studies.strip, study_desk(lab));
      curves(lab, ImGui::GetContentRegionAvail().y - u(8));
      break;
    case Page::tools:
      // The curves have a page of their own here.
      if (lab.shell.tool == Tool::curves)
        lab.shell.tool = network_of(lab.session.scenario) ? Tool::layers : Tool::range_test;
      tool_tabs(lab, std::max(ImGui::GetContentRegionAvail().y, u(320)));
      break;
    case Page::problem:
      problem_panel(lab.session, lab.drafts);
      break;
    case Page::lesson:
      if (const std::string word = control_beside(lab.lesson); !word.empty()) {
        one_control(lab.session, lab.results, lab.playback, word);
        ImGui::SetCursorPosY(ImGui::GetCursorPosY() + u(8));  // the lesson's head begins with a tall button
      }
      lesson_with_curve(lab);
      break;
  }
}

/// Where there is no room for a drawer, the lesson shares a column with the controls. True: it is the one
/// shown.
bool lesson_in_column(Lab& lab, const Layout& l) {
  if (!shows_lesson(lab.shell, lab.lesson) || l.lesson.w > 0 || !(l.wide || l.two)) return false;
  if (!shows(lab.shell, column_panels) || (l.wide && shows_curve(lab.lesson))) {
    lesson_with_curve(lab);
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
    if (const char* model = word_of_model(lab.session.scenario))
      for (Tab<Page>& t : row)
        if (t.choice == Page::problem) t.shown = model;
    row_of_tabs(std::span<const Tab<Page>>(row), b.w, lab.shell.page);
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
