// What stands in the columns: the tabs, the selected run's controls, the curves and instruments, the problem,
// the lesson.
#include "lab/shell/columns.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include "lab/lessons/lesson_state.h"
#include "lab/lessons/lessons.h"
#include "lab/session/ground.h"
#include "lab/setup/setup.h"
#include "lab/shell/area.h"
#include "lab/shell/lab.h"
#include "text/text.h"
#include "ui/target.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

void curves(Lab& lab, float height_left) {
  const bool rate = shows(lab.shell, panel_rate), loss = shows(lab.shell, panel_loss);
  const bool accuracy = loss && network_of(lab.session.scenario);
  const float each =
      std::clamp(height_left / static_cast<float>(rate + loss + accuracy), u(accuracy ? 136 : 176), u(480));
  if (rate && accuracy) keep_sharpness(plot_desk(lab), lab.studies.sharpness, study_desk(lab));
  if (rate) rate_plot(plot_desk(lab), each);
  if (loss) loss_plot(plot_desk(lab), lab.lesson, each);
  if (accuracy) accuracy_plot(plot_desk(lab), each);
}

/// The learning rate stays in sight above the rule where there is room: the rule's rate is marked on it.
void rule(Lab& lab, float height, bool beside_curves) {
  const float plot = u(176);
  const bool both = !beside_curves && height > u(400);
  if (both) rate_plot(plot_desk(lab), plot);
  arithmetic_panel(lab.session, lab.results, lab.explaining, lab.pointing, step_shown(lab),
                   both ? height - plot : height);
}

constexpr const char* tool_names[tool_total] = {"Curves", "Range test", "Map", "Compare",
                                                "Rule",   "Layers",     "Log"};

void draw_tool(Lab& lab, Tool tool, float height, bool beside_curves) {
  switch (tool) {
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
      return rule(lab, height, beside_curves);
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

/// Tabs as wide as their words ask, over the whole width. Whether one has been pressed. Where they are `down` none is
/// chosen.
template <class Choice>
bool row_of_tabs(std::span<const Tab<Choice>> row, float width, Choice& chosen, bool down = false) {
  bool pressed = false;
  const float air = (width - words_of(row)) / static_cast<float>(row.size()) + 1;
  for (const Tab<Choice>& t : row) {
    if (&t != &row.front()) ImGui::SameLine(0, 0);
    set_width(std::floor(ImGui::CalcTextSize(tr(t.shown)).x + air));
    if (tab({t.name, tr(t.shown)}, chosen == t.choice && !down)) chosen = t.choice, pressed = true;
  }
  set_width(0);
  return pressed;
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

/// Where the curves stand: on a tab of the tools, beside them, or on a page of their own.
enum class CurvesAt { tab, beside, page };

/// The instruments share one place, a tab each; and the curves with them, where they have none of their own.
void tool_tabs(Lab& lab, float height, CurvesAt at) {
  if (!serves(lab, lab.shell.tool)) lab.shell.tool = Tool::curves;
  begin_group("tools", Role::tablist);
  const float top = ImGui::GetCursorPosY(), width = ImGui::GetContentRegionAvail().x;
  const bool with_curves = at == CurvesAt::tab && shows(lab.shell, panel_rate | panel_loss);
  Tool tool = lab.shell.tool;
  if (tool == Tool::curves && !with_curves)
    tool = network_of(lab.session.scenario) ? Tool::layers
           : at == CurvesAt::beside         ? Tool::rule
                                            : Tool::range_test;
  std::vector<Tab<Tool>> row;
  for (int i = with_curves ? 0 : 1; i < tool_total; ++i)
    if (serves(lab, static_cast<Tool>(i))) row.push_back({tool_names[i], static_cast<Tool>(i)});
  push_type(width / static_cast<float>(row.size()) < u(80) ? Type::small : Type::body);
  // What one line has no room for stands in two.
  const std::span<const Tab<Tool>> all = row;
  const size_t first = words_of(all) > width ? (all.size() + 1) / 2 : all.size();
  bool pressed = row_of_tabs(all.first(first), width, tool);
  if (first < all.size()) pressed |= row_of_tabs(all.subspan(first), width, tool);
  if (pressed) lab.shell.tool = tool;
  pop_type();
  end_group();
  const bool closed = is_asking(lab.lesson) && tool != Tool::curves;  // it would answer the lesson's question
  if (closed)
    text(tr("First say what you expect: the lesson has a question."), TextLook::muted, true);
  else
    draw_tool(lab, tool, height - (ImGui::GetCursorPosY() - top), at == CurvesAt::beside);
}

void problem_fold(Lab& lab) {
  const char *surface = "Surface, noise and steps", *model = parts_of_model(lab.session.scenario);
  if (fold(keyed(surface, tr(model ? model : surface)), lab.shell.problem_open))
    problem_panel(lab.session, lab.drafts);
}

/// Whether the control is there for a rule of the task that is kept already; where any rule will do: another than the task's
/// first.
bool is_done_with(const Lab& lab, const std::string& word) {
  const LessonState& l = lab.lesson;
  const bool schedule = word == "schedule";
  if (!l.open->goal || (!schedule && word != "optimizer")) return false;
  const LessonGoal& goal = *l.open->goal;
  if ((schedule ? goal.schedules : goal.optimizers).empty()) {
    const Run &now = selected_run(lab.session), &start = goal.start.runs[0];
    return schedule ? now.schedule.row != start.schedule.row : now.optimizer.row != start.optimizer.row;
  }
  const size_t at = schedule && !goal.optimizers.empty() ? 1 : 0;  // rules are judged first, see judge()
  return at < l.report.checks.size() && l.report.checks[at].met;
}

/// What the lesson's page lights first, to have beside its text: one of light_places(); empty: nothing. In a task the rule that
/// is chosen already makes room for what comes next.
std::string control_beside(const Lab& lab) {
  if (wants_number(lab.lesson)) return {};
  const std::vector<std::string>& light = focus_of(lab.lesson).light;
  const auto needed = std::find_if(light.begin(), light.end(),
                                   [&](const std::string& word) { return !is_done_with(lab, word); });
  return needed != light.end() ? *needed : light.empty() ? "" : light.back();
}

/// The rate, or in its place the parameter that a lesson's page is about.
void rate_part(Lab& lab) {
  const std::string word = control_beside(lab);
  if (has_parameter(selected_run(lab.session), word))
    one_control(lab.session, lab.results, lab.playback, word);
  else
    rate_panel(lab.session, lab.results, lab.playback, lab.studies.strip, study_desk(lab));
}

/// The run's controls, or as much of them as is to be seen.
void run_part(Lab& lab) {
  if (shows(lab.shell, panel_controls))
    run_panel(lab.session, lab.results, lab.playback, lab.drafts, lab.studies.strip, study_desk(lab),
              lab.shell.parameters_open);
  else if (shows(lab.shell, panel_rate))
    rate_part(lab);
}

void tool_part(Lab& lab, float height) {
  if (shows(lab.shell, panel_instruments)) return tool_tabs(lab, height, CurvesAt::tab);
  curves(lab, height);
}

void problem_part(Lab& lab) {
  if (shows(lab.shell, panel_problem)) problem_fold(lab);
}

/// What the right column holds, in the order in which a lesson needs it; the tools beside it, where there is room.
void column(Lab& lab, bool tools_beside) {
  run_part(lab);
  const float fold_height = shows(lab.shell, panel_problem) ? u(44) : 0,
              height = ImGui::GetContentRegionAvail().y - fold_height;
  if (tools_beside)
    curves(lab, height);
  else
    tool_part(lab, height);
  problem_part(lab);
}

/// The lesson, under the curve that its question is about, or the paper to draw one on in the surface's place.
void lesson_with_curve(Lab& lab) {
  const bool paper = shows_paper(lab.lesson) && !shows(lab.shell, stage_panels);
  if (shows_curve(lab.lesson) || paper) curves(lab, u(230));
  lesson_panel(lesson_desk(lab), lab.results);
}

void page(Lab& lab) {
  switch (lab.shell.page) {
    case Page::run:
      run_panel(lab.session, lab.results, lab.playback, lab.drafts, lab.studies.strip, study_desk(lab),
                lab.shell.parameters_open);
      break;
    case Page::curves:
      if (!shows(lab.shell, panel_controls) && shows(lab.shell, panel_rate)) rate_part(lab);
      curves(lab, ImGui::GetContentRegionAvail().y - u(8));
      break;
    case Page::tools:
      tool_tabs(lab, std::max(ImGui::GetContentRegionAvail().y, u(320)), CurvesAt::page);
      break;
    case Page::problem:
      problem_panel(lab.session, lab.drafts);
      break;
    case Page::lesson:
      if (const std::string word = control_beside(lab); !word.empty()) {
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
  if (!shows_lesson(lab.shell, lab.lesson) || l.lesson.w > 0 || l.sheet || !(l.wide || l.two)) return false;
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

namespace {

/// Pulls the sheet up, or lets it down; so does a finger that draws its tabs up or down.
void sheet_handle(const Box& b, bool& open) {
  ImGui::SetCursorScreenPos({b.x + b.w - u(44), b.y});
  const Target it = target(Role::button, keyed("sheet", tr("Controls")), {u(44), b.h}, "", true, folds);
  set_state(it, {.value = tr(open ? "open" : "closed"), .checked = open});
  const ImVec2 middle{it.at.x + it.size.x / 2, it.at.y + b.h / 2};
  const float way = u(open ? 4 : -4);
  const ImVec2 arrow[] = {
      {middle.x - u(7), middle.y - way}, {middle.x, middle.y + way}, {middle.x + u(7), middle.y - way}};
  ImGui::GetWindowDrawList()->AddPolyline(arrow, 3, it.hovered ? theme().text : theme().muted, 0, u(2));
  if (it.pressed) open = !open;
  const ImGuiIO& io = ImGui::GetIO();
  const ImVec2 from = io.MouseClickedPos[0];
  const bool inside = from.x >= b.x && from.x < b.x + b.w && from.y >= b.y && from.y < b.y + b.h;
  if (!inside || !ImGui::IsMouseDragging(0, u(20)) || !ImGui::IsAnyItemActive()) return;
  const float down = io.MousePos.y - from.y;
  if (std::fabs(down) > u(20)) open = down < 0;
}

}  // namespace

void tabs(Lab& lab, const Box& b, bool sheet) {
  if (begin_area("tabs", b, theme().panel, {0, 0}, fixed)) {
    begin_group("pages", Role::tablist);
    std::vector<Tab<Page>> row;
    for (int i = 0; i < page_total; ++i)
      if (has_page(lab.shell, lab.lesson, static_cast<Page>(i)))
        row.push_back({page_names[i], static_cast<Page>(i)});
    if (const char* model = word_of_model(lab.session.scenario))
      for (Tab<Page>& t : row)
        if (t.choice == Page::problem) t.shown = model;
    bool& open = lab.shell.sheet_open;
    const Page was = lab.shell.page;
    const bool pressed =
        row_of_tabs(std::span<const Tab<Page>>(row), b.w - u(sheet ? 44 : 0), lab.shell.page, sheet && !open);
    if (pressed) open = !open || lab.shell.page != was;
    end_group();
    if (sheet) sheet_handle(b, open);
    hairline(b.x, b.y + b.h - 1, b.x + b.w, b.y + b.h);
  }
  ImGui::EndChild();
}

void choose_page(Lab& lab) {
  if (std::exchange(lab.shell.lesson_shown, lab.lesson.begun) != lab.lesson.begun)
    lab.shell.page = Page::lesson, lab.shell.sheet_open = true;
  for (int i = 0; i < page_total && !has_page(lab.shell, lab.lesson, lab.shell.page); ++i)
    lab.shell.page = static_cast<Page>(i);
}

void right_column(Lab& lab, const Layout& l) {
  if (lesson_in_column(lab, l)) return;
  if (l.wide && !l.sheet)
    column(lab, l.two);
  else if (l.two)
    run_part(lab), problem_part(lab);
  else
    page(lab);
}

void curve_and_rate(Lab& lab) {
  const float rate = target_height(24) + target_height(20) + u(50),
              plots = ImGui::GetContentRegionAvail().y - rate;
  const bool both = plots > u(230) && shows(lab.shell, panel_loss);
  rate_plot(plot_desk(lab), both ? plots / 2 : plots, false);
  if (both) loss_plot(plot_desk(lab), lab.lesson, plots / 2);
  rate_part(lab);
}

void divider(Shell& shell, const Layout& l) {
  const float css = u(1), width = (l.column.w + l.second.w) / css,
              most = widest_column(l.transport.w, l.lesson.w) / css;
  const Target it =
      target(Role::slider, "Width of the panels", {target_height(24), l.column.h}, "", true, any_way);
  float wanted = width;
  if (it.held && ImGui::IsMouseDragging(0, u(2))) wanted -= ImGui::GetIO().MouseDelta.x / css;
  wanted -= 16.f * float(steps_of(it, false));
  if (const double* asked = number_asked(it)) wanted = float(*asked);
  if (wanted != width) shell.column = std::clamp(wanted, narrowest_column, most);
  if (it.hovered && ImGui::IsMouseDoubleClicked(0)) shell.column = 0;
  if (it.hovered || it.held || it.focused) {
    if (it.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    ImGui::GetWindowDrawList()->AddRectFilled({l.column.x - u(1), l.column.y},
                                              {l.column.x + u(1), l.column.y + l.column.h}, theme().accent);
  }
  set_state(it, {.value = readable(std::round(width)), .min = narrowest_column, .max = most, .now = width});
}

void second_column(Lab& lab, const Layout& l) {
  const float height = ImGui::GetContentRegionAvail().y;
  if (l.wide)
    tool_tabs(lab, height, CurvesAt::beside);
  else
    tool_part(lab, height);
}

}  // namespace stride::lab
