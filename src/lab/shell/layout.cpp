// One frame of the lab: what stands in each part of the window.
#include <algorithm>
#include <cmath>
#include <vector>

#include "imgui.h"
#include "lab/shell/arrange.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

namespace {

bool begin_area(const char* name, const Box& b, ImU32 ground, ImVec2 padding, ImGuiWindowFlags flags = 0) {
  ImGui::SetCursorScreenPos({b.x, b.y});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, padding);
  const bool visible = ImGui::BeginChild(
      name, {b.w, b.h}, ImGuiChildFlags_AlwaysUseWindowPadding | ImGuiChildFlags_NavFlattened, flags);
  ImGui::PopStyleVar();
  if (ground) ImGui::GetWindowDrawList()->AddRectFilled({b.x, b.y}, {b.x + b.w, b.y + b.h}, ground);
  return visible;
}

void hairline(float x0, float y0, float x1, float y1) {
  const float w = std::max(1.f, std::floor(u(1)));
  ImGui::GetWindowDrawList()->AddRectFilled({x0, y0}, {std::max(x1, x0 + w), std::max(y1, y0 + w)},
                                            theme().line);
}

/// What is drawn in a part of the window; nothing where it has no room.
template <class Draw>
void area(const char* name, const Box& b, ImU32 ground, ImVec2 padding, ImGuiWindowFlags flags, Draw draw) {
  if (b.w <= 0 || b.h <= 0) return;
  if (begin_area(name, b, ground, padding, flags)) draw();
  ImGui::EndChild();
}

constexpr ImGuiWindowFlags fixed = ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse;

void curves(Lab& lab, float height_left) {
  const bool rate = shows(lab.shell, panel_rate), loss = shows(lab.shell, panel_loss);
  const float each = std::clamp(height_left / (rate && loss ? 2 : 1), u(176), u(340));
  if (rate) rate_plot(lab, each);
  if (loss) loss_plot(lab, each);
}

/// The learning rate stays in sight above the rule where there is room: the rule's rate is marked on it.
void rule(Lab& lab, float height) {
  const float plot = u(176);
  const bool both = height > u(400);
  if (both) rate_plot(lab, plot);
  arithmetic_panel(lab, both ? height - plot : height);
}

constexpr const char* tool_names[tool_total] = {"Curves", "Range test", "Map", "Compare", "Rule"};

void draw_tool(Lab& lab, float height) {
  switch (lab.shell.tool) {
    case Tool::curves:
      return curves(lab, height);
    case Tool::range_test:
      return range_panel(lab, height);
    case Tool::map:
      return map_panel(lab, height);
    case Tool::compare:
      return compare_panel(lab, height);
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
  begin_group("tools");
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
      is_asking(lab) && lab.shell.tool != Tool::curves;  // it would answer the lesson's question
  if (closed)
    text(tr("First say what you expect: the lesson has a question."), TextLook::muted, true);
  else
    draw_tool(lab, height - (ImGui::GetCursorPosY() - top));
  update(lab);
}

void problem_fold(Lab& lab) {
  if (fold("Surface, noise and steps", lab.shell.problem_open)) problem_panel(lab);
  update(lab);
}

/// The run's controls, or as much of them as is to be seen.
void run_part(Lab& lab) {
  if (shows(lab.shell, panel_controls))
    run_panel(lab);
  else if (shows(lab.shell, panel_rate))
    rate_panel(lab);
  update(lab);
}

void tool_part(Lab& lab, float height) {
  if (shows(lab.shell, panel_instruments)) return tool_tabs(lab, height);
  curves(lab, height);
  update(lab);
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

constexpr const char* page_names[page_total] = {"Run", "Curves", "Tools", "Surface", "Lesson"};

void tabs(Lab& lab, const Box& b) {
  if (begin_area("tabs", b, theme().panel, {0, 0}, fixed)) {
    begin_group("pages");
    std::vector<Tab<Page>> row;
    for (int i = 0; i < page_total; ++i)
      if (has_page(lab, static_cast<Page>(i))) row.push_back({page_names[i], static_cast<Page>(i)});
    row_of_tabs(row, b.w, lab.shell.page);
    end_group();
    hairline(b.x, b.y + b.h - 1, b.x + b.w, b.y + b.h);
  }
  ImGui::EndChild();
}

/// The page that is shown; another where that one is not to be had.
void choose_page(Lab& lab) {
  for (int i = 0; i < page_total && !has_page(lab, lab.shell.page); ++i)
    lab.shell.page = static_cast<Page>(i);
}

void page(Lab& lab) {
  switch (lab.shell.page) {
    case Page::run:
      run_panel(lab);
      break;
    case Page::curves:
      if (!shows(lab.shell, panel_controls) && shows(lab.shell, panel_rate)) rate_panel(lab);
      curves(lab, ImGui::GetContentRegionAvail().y - u(8));
      break;
    case Page::tools:
      // The curves have a page of their own here.
      if (lab.shell.tool == Tool::curves) lab.shell.tool = Tool::range_test;
      tool_tabs(lab, std::max(ImGui::GetContentRegionAvail().y, u(320)));
      break;
    case Page::problem:
      problem_panel(lab);
      break;
    case Page::lesson:
      lesson_panel(lab);
      break;
  }
  update(lab);
}

/// One sentence at the foot of the surface: an error, or what has just been done.
void notice(Lab& lab, const Box& surface) {
  if (lab.shell.notice.words.empty()) return;
  if (lab.services.now > lab.shell.notice.until) {
    lab.shell.notice.words.clear();
    return;
  }
  const Theme& t = theme();
  const float w = std::min(surface.w - u(32), u(520)), wrap = w - u(24) - u(40);
  const ImVec2 words = ImGui::CalcTextSize(wrapped(lab.shell.notice.words, wrap).c_str());
  const float h = std::max(words.y, u(20)) + u(20);
  const Box b{surface.x + (surface.w - w) / 2, surface.y + surface.h - h - u(16), w, h};
  if (begin_area("notice", b, 0, {u(12), u(10)}, fixed)) {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled({b.x, b.y}, {b.x + w, b.y + h}, t.panel, u(6));
    draw->AddRect({b.x, b.y}, {b.x + w, b.y + h}, lab.shell.notice.is_error ? t.error : t.line, u(6), 0,
                  u(1));
    begin_group("notice");
    ImGui::SetCursorScreenPos({b.x + u(12), std::round(b.y + (h - words.y) / 2)});
    set_width(wrap);
    text(lab.shell.notice.words, lab.shell.notice.is_error ? TextLook::error : TextLook::body, true);
    set_width(0);
    ImGui::SetCursorScreenPos({b.x + w - u(38), b.y + u(4)});
    if (button("dismiss", icon::remove, ButtonLook::icon)) lab.shell.notice.words.clear();
    end_group();
  }
  ImGui::EndChild();
}

void advance_play(Lab& lab) {
  if (!lab.playback.playing) return;
  lab.playback.position += 30 * lab.playback.speed * std::min<double>(ImGui::GetIO().DeltaTime, 0.1);
  lab.session.scenario.view.cursor =
      std::min(static_cast<int>(lab.playback.position), lab.session.scenario.steps);
  if (lab.session.scenario.view.cursor >= lab.session.scenario.steps) lab.playback.playing = false;
}

/// Where there is no room for a drawer, the lesson shares a column with the controls. True: it is the one
/// shown.
bool lesson_in_column(Lab& lab, const Layout& l) {
  if (!shows_lesson(lab) || l.lesson.w > 0 || !(l.wide || l.two)) return false;
  if (!shows(lab.shell, column_panels)) {
    lesson_panel(lab);
    return true;
  }
  begin_group("lesson or controls");
  set_width(std::floor(ImGui::GetContentRegionAvail().x / 2));
  if (tab("Lesson", lab.lesson.beside)) lab.lesson.beside = true;
  ImGui::SameLine(0, 0);
  if (tab("Controls", !lab.lesson.beside)) lab.lesson.beside = false;
  set_width(0);
  end_group();
  if (lab.lesson.beside) lesson_panel(lab);
  return lab.lesson.beside;
}

void panels(Lab& lab, const Layout& l) {
  const Theme& t = theme();
  area("bar", l.bar, t.panel, {u(16), u(8)}, fixed, [&] {
    top_bar(lab);
    hairline(0, l.bar.h - 1, l.bar.w, l.bar.h);
  });
  update(lab);
  lab.stage.area = {l.surface.x, l.surface.y, l.surface.w, l.surface.h};
  area("surface", l.surface, 0, {0, 0}, fixed, [&] {
    surface_panel(lab);
    ImGui::SetCursorScreenPos({l.surface.x + u(12), l.surface.y + u(12)});
    run_cards(lab);
  });
  update(lab);
  choose_page(lab);
  if (l.tabs.h > 0) tabs(lab, l.tabs);
  area("column", l.column, t.panel, {u(16), u(12)}, 0, [&] {
    if (lesson_in_column(lab, l))
      update(lab);
    else if (l.wide)
      column(lab);
    else if (l.two)
      run_part(lab), problem_part(lab);
    else
      page(lab);
    if (l.wide) hairline(l.column.x, l.column.y, l.column.x, l.column.y + l.column.h);
  });
  area("lesson", l.lesson, t.panel, {u(16), u(14)}, fixed, [&] {
    lesson_panel(lab);
    hairline(l.lesson.x + l.lesson.w - 1, l.lesson.y, l.lesson.x + l.lesson.w, l.lesson.y + l.lesson.h);
  });
  update(lab);
  area("second column", l.second, t.panel, {u(16), u(12)}, 0,
       [&] { tool_part(lab, ImGui::GetContentRegionAvail().y); });
  area("transport", l.transport, t.panel, {u(16), u(12)}, fixed, [&] {
    hairline(l.transport.x, l.transport.y, l.transport.x + l.transport.w, l.transport.y);
    transport(lab);
  });
  notice(lab, l.surface.w > 0 && l.surface.h > 0 ? l.surface : l.column);
}

bool is_projected(const Lab& lab) {
  return lab.session.scenario.view.theme == "projector";
}

/// A projector's picture is read from the last row.
float scale_of(const Lab& lab, float pixel_ratio) {
  return is_projected(lab) ? pixel_ratio * 1.25f : pixel_ratio;
}

/// Before anything is drawn over it, and again where a panel has changed it: cheap where nothing has.
void place_surface(Lab& lab) {
  static const std::vector<Minimum> unknown;
  const SurfaceProblem& p = lab.session.scenario.surface;
  lab.stage.view.set_surface(
      objective_of(p), domain_of(p),
      p.expression.empty() ? surfaces()[static_cast<size_t>(p.surface)].minima : unknown);
}

}  // namespace

void frame(Lab& lab, double now, float width, float height, float pixel_ratio) {
  lab.services.now = now;
  const bool hover_moved = lab.pointing.hover.step != lab.pointing.next_hover.step ||
                           lab.pointing.hover.run != lab.pointing.next_hover.run;
  lab.pointing.hover = lab.pointing.next_hover;
  lab.pointing.next_hover = {};
  const StepAxis axis = lab.pointing.axis;
  const int cursor = lab.session.scenario.view.cursor;
  const float scale = scale_of(lab, pixel_ratio);
  apply_theme(is_dark(lab), scale, is_projected(lab));
  const Layout l = arrange(lab, width, height, scale);
  begin_controls();
  advance_play(lab);
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({width, height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::Begin("Stride", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoBackground |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoSavedSettings | fixed);
  ImGui::PopStyleVar();
  push_type(Type::body);
  shortcuts(lab);
  update(lab);
  place_surface(lab);
  panels(lab, l);
  help_overlay(lab);
  pop_type();
  ImGui::End();
  // A control let go, or a choice made, is where undo returns to. While the hand is on a slider nothing is
  // taken.
  if (!ImGui::IsAnyItemActive() && !lab.stage.dragging_start) commit(lab);
  released();
  update(lab);
  follow_task(lab);
  // What one plot has moved, the panels drawn before it show in the next frame.
  const bool moved = axis.first != lab.pointing.axis.first || axis.last != lab.pointing.axis.last ||
                     cursor != lab.session.scenario.view.cursor;
  lab.shell.wants_frame = lab.playback.playing ||
                          (lab.services.engine && lab.services.engine->wants_frame()) || moved ||
                          controls_want_frame() || hover_moved || lab.pointing.lit != lab.pointing.next_lit ||
                          lab.pointing.hover.step != lab.pointing.next_hover.step;
}

void draw_surface(Lab& lab, float framebuffer_height, float pixel_ratio) {
  if (!shows(lab.shell, panel_surface)) return;
  const auto rgba = [](ImU32 c) {
    const ImVec4 v = ImGui::ColorConvertU32ToFloat4(c);
    return render::Rgba{v.x, v.y, v.z, v.w};
  };
  const Theme& t = theme();
  if (!fog_overlay(lab)) basins_overlay(lab);
  place_surface(lab);
  std::vector<render::PathLook> paths;
  for (int r = 0; r < static_cast<int>(lab.results.size()); ++r)
    if (!is_hidden(lab, r))
      paths.push_back({&lab.results[static_cast<size_t>(r)].path, rgba(t.runs[r]), shown_row(lab, r), true,
                       r == lab.session.selected});
  // The selected run is drawn last, on top.
  std::stable_partition(paths.begin(), paths.end(), [](const render::PathLook& k) { return !k.emphasised; });
  lab.stage.view.set_paths(paths);
  const render::Palette palette{rgba(t.ground), rgba(t.line),   rgba(t.text),
                                rgba(t.muted),  rgba(t.accent), t.dark};
  lab.stage.view.draw(lab.session.scenario.view, lab.stage.area, framebuffer_height,
                      scale_of(lab, pixel_ratio), palette);
}

}  // namespace stride::lab
