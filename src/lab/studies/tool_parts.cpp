#include "lab/studies/tool_parts.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "lab/plots/plot.h"
#include "text/text.h"
#include "ui/target.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

float width_of(const std::string& words) {
  return ImGui::CalcTextSize(words.c_str()).x;
}

float hairline() {
  return std::max(1.f, std::floor(u(1)));
}

std::vector<Tick> upright_ticks(const Scale& s, float height) {
  return ticks(s, u(s.kind == Scale::Kind::linear ? 28.f : 22.f) / std::max(height, 1.f));
}

}  // namespace

Settings study_settings(const char* key, std::initializer_list<std::pair<const char*, double>> values) {
  const int row = find_study(key);
  const Study& study = studies()[static_cast<size_t>(row)];
  Settings settings = default_settings(row, study.params);
  for (const auto& [name, v] : values)
    settings.values[static_cast<size_t>(find_param(study.params, name))] = {v};
  return settings;
}

void take_values(Session& session, int r, std::span<const Taken> values) {
  StudyProblem problem = jobs::problem_without_minima(request_of(session.scenario, r));
  Run& run = session.scenario.runs[static_cast<size_t>(r)];
  for (const Taken& t : values) {
    set_axis_value(problem, t.axis, t.value);
    if (t.axis.kind == MapAxis::Kind::sigma) surface_of(session.scenario).noise.sigma = problem.noise.sigma;
    if (t.axis.kind != MapAxis::Kind::start_x && t.axis.kind != MapAxis::Kind::start_y) continue;
    (run.start ? run.start : surface_of(session.scenario).start) = problem.start;
  }
  run.optimizer = problem.optimizer;
  run.schedule = problem.schedule;
}

double to_digits(double value, int digits) {
  char words[40];
  std::snprintf(words, sizeof words, "%.*g", digits, value);
  return std::strtod(words, nullptr);
}

void take_rate(Session& session, int r, double lr, int digits) {
  const std::vector<MapAxis> axes = map_axes(jobs::problem_without_minima(request_of(session.scenario, r)));
  const int rate = find_map_axis(axes, "lr");
  const Taken taken{axes[static_cast<size_t>(rate)], to_digits(lr, digits)};
  take_values(session, r, {&taken, 1});
}

double rate_of(const StudyProblem& problem) {
  const std::vector<MapAxis> axes = map_axes(problem);
  return axis_value(problem, axes[static_cast<size_t>(find_map_axis(axes, "lr"))]);
}

void progress_bar(double progress, double seconds, ImVec2 at, float width) {
  if (progress >= 1 || seconds <= 0.5) return;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(at, {at.x + width, at.y + u(3)}, theme().field_hover);
  draw->AddRectFilled(at, {at.x + width * static_cast<float>(progress), at.y + u(3)}, theme().accent);
  note(Role::progressbar, "progress", at, {width, u(3)},
       {.value = readable(std::floor(progress * 100)) + " %", .max = 1, .now = progress});
}

Frame make_frame(ImVec2 at, ImVec2 size, const Scale& x, const Scale& y, float right) {
  push_type(Type::small);
  const float top = ImGui::GetFontSize() + u(4), bottom = ImGui::GetFontSize() + u(8);
  const float height = std::max(std::round(size.y - top - bottom), 8.f);
  float widest = u(24);
  for (const Tick& t : upright_ticks(y, height)) widest = std::max(widest, width_of(t.label));
  pop_type();
  const float left = std::min(std::ceil(widest + u(8)), size.x * 0.4f);
  return {{std::round(at.x + left), std::round(at.y + top)},
          {std::max(std::round(size.x - left - right), 8.f), height},
          x,
          y};
}

void draw_ruler(const Frame& f, float y, const char* name) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const Theme& t = theme();
  const float name_at = f.end().x - width_of(name), w = hairline();
  if (*name) draw->AddText({std::round(name_at), y + u(6)}, t.muted, name);
  float taken = f.at.x - u(24);
  for (const Tick& tick : ticks(f.x, u(28) / std::max(f.size.x, 1.f))) {
    const float x = f.x_of(tick.value), half = width_of(tick.label) / 2;
    draw->AddRectFilled({std::round(x - w / 2), y}, {std::round(x - w / 2) + w, y + u(4)}, t.line);
    const bool covers_name = *name && x + half > name_at - u(8);
    if (x - half < taken + u(6) || covers_name || x + half > f.end().x + u(12)) continue;
    taken = x + half;
    draw->AddText({std::round(x - half), y + u(6)}, t.muted, tick.label.c_str());
  }
}

void draw_frame(const Frame& f, const char* x_name, const char* y_name, bool grid) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const Theme& t = theme();
  const float w = hairline();
  push_type(Type::small);
  const float line = ImGui::GetFontSize();
  const float left = f.at.x - u(8);
  for (const Tick& tick : upright_ticks(f.y, f.size.y)) {
    const float y = std::round(f.y_of(tick.value) - w / 2);
    draw->AddRectFilled({grid ? f.at.x : f.at.x - u(4), y}, {grid ? f.end().x : f.at.x, y + w}, t.line);
    const float label_y = std::clamp(y - line / 2, f.at.y - u(2), f.end().y - line);
    draw->AddText({std::round(left - width_of(tick.label)), std::round(label_y)}, t.muted,
                  tick.label.c_str());
  }
  draw->AddText({f.at.x, std::round(f.at.y - line - u(2))}, t.muted, y_name);
  draw_ruler(f, f.end().y, x_name);
  pop_type();
}

void draw_hatch(ImVec2 a, ImVec2 b) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const Theme& t = theme();
  draw->AddRectFilled(a, b, t.field);
  draw->PushClipRect(a, b, true);
  const float height = b.y - a.y;
  for (float x = a.x - height - std::fmod(a.x - height, u(6)); x < b.x; x += u(6))
    draw->AddLine({x, b.y}, {x + height, a.y}, faded(t.error, 0.5f), u(1));
  draw->PopClipRect();
}

}  // namespace stride::lab
