// A map of two parameters: every pixel is a run, its colour the final loss. Zoomed in, the boundary between
// what trains and what diverges shows structure at every scale (Sohl-Dickstein 2024, arXiv 2402.06184).
#include <algorithm>
#include <cmath>

#include "core/colours.h"
#include "core/math/digits.h"
#include "core/studies/study_columns.h"
#include "lab/plots/plot.h"
#include "lab/session/ground.h"
#include "lab/studies/map_question.h"
#include "lab/studies/take_values.h"
#include "text/text.h"
#include "ui/plot_area.h"
#include "ui/target.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

constexpr float legend_width = 60;

Scale scale_of(const MapAxis& axis, double from, double to) {
  return {axis.log && from > 0 ? Scale::Kind::log : Scale::Kind::linear, from, to};
}

/// Where a value lies on the shown side, also outside of 0 .. 1.
double share_of(const Scale& s, double v) {
  if (s.kind == Scale::Kind::log && !(v > 0)) return -1e3;
  const double lo = to_ruler(s, s.lo), hi = to_ruler(s, s.hi);
  return std::clamp((to_ruler(s, v) - lo) / (hi - lo), -1e3, 1e3);
}

double value_at(const Scale& s, double share) {
  const double lo = to_ruler(s, s.lo), hi = to_ruler(s, s.hi);
  return from_ruler(s, lo + (hi - lo) * share);
}

/// Colours from the second lowest hundredth of the losses to the highest: a few extremes don't wash out the
/// rest.
Scale loss_scale(const std::vector<float>& rows) {
  std::vector<double> losses;
  for (size_t i = 0; i < row_count<MapRow>(rows); ++i) {
    const auto row = study_row<MapRow>(rows, i);
    if (row.basin != basin_diverged && std::isfinite(row.final_loss))
      losses.push_back(static_cast<double>(row.final_loss));
  }
  if (losses.empty()) return {Scale::Kind::log, 0.1, 1};
  std::sort(losses.begin(), losses.end());
  const size_t extreme = losses.size() / 50;
  losses = {losses[extreme], losses[losses.size() / 2], losses[losses.size() - 1 - extreme]};
  // Single precision tells nothing below a trillionth of the highest.
  if (losses[0] >= 0) losses[0] = std::max(losses[0], losses[2] * 1e-12);
  return fit_log(losses, no_limit);
}

/// Low loss is bright; what diverged is left out, so that the stripes beneath show.
void paint(MapTool& tool, int size) {
  tool.losses = loss_scale(tool.study.rows);
  std::vector<unsigned char> rgba(static_cast<size_t>(size) * static_cast<size_t>(size) * 4, 0);
  for (size_t i = 0; i < rgba.size() / 4; ++i) {
    const auto row = study_row<MapRow>(tool.study.rows, i);
    if (row.basin == basin_diverged) continue;
    const auto c = viridis(1 - fraction(tool.losses, static_cast<double>(row.final_loss)));
    for (size_t k = 0; k < 3; ++k) rgba[i * 4 + k] = static_cast<unsigned char>(c[k] * 255);
    rgba[i * 4 + 3] = 255;
  }
  tool.image.set(size, size, std::move(rgba));
}

/// The view of the picture that is shown.
MapView shown_view(const MapTool& tool) {
  return map_view(jobs::problem_without_minima(tool.study.shown_for), tool.study.shown_for.study);
}

/// A picture of other bounds is moved to where it belongs until its own arrives.
void draw_picture(MapTool& tool, bool stale, bool has_gl, const PlotArea& f, const MapView& view) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const auto at = [&](double x, double y) {
    return ImVec2(f.at.x + f.size.x * static_cast<float>(share_of(f.x, x)),
                  f.at.y + f.size.y * static_cast<float>(1 - share_of(f.y, y)));
  };
  const ImVec2 a = at(view.x_min, view.y_max), b = at(view.x_max, view.y_min);
  draw->PushClipRect(f.at, f.end(), true);
  draw_hatch({std::max(a.x, f.at.x), std::max(a.y, f.at.y)},
             {std::min(b.x, f.end().x), std::min(b.y, f.end().y)});
  const ImU32 tint = IM_COL32(255, 255, 255, stale ? 110 : 255);
  if (has_gl)
    if (const auto texture = tool.image.texture())
      draw->AddImage(static_cast<ImTextureID>(texture), a, b, {0, 0}, {1, 1}, tint);
  draw->PopClipRect();
}

/// Lines through the present values, and a ring where they meet.
void draw_present(const Map& m, const PlotArea& f) {
  const double sx = share_of(f.x, axis_value(m.problem, m.x_axis()));
  const double sy = share_of(f.y, axis_value(m.problem, m.y_axis()));
  const bool in_x = sx >= 0 && sx <= 1, in_y = sy >= 0 && sy <= 1;
  const ImVec2 at{f.at.x + f.size.x * static_cast<float>(in_x ? sx : 0),
                  f.at.y + f.size.y * static_cast<float>(1 - (in_y ? sy : 0))};
  ImDrawList* draw = ImGui::GetWindowDrawList();
  for (const auto& [ink, w] :
       {std::pair{IM_COL32(0, 0, 0, 150), u(3)}, {IM_COL32(255, 255, 255, 230), u(1)}}) {
    if (in_x) draw->AddLine({at.x, f.at.y}, {at.x, f.end().y}, ink, w);
    if (in_y) draw->AddLine({f.at.x, at.y}, {f.end().x, at.y}, ink, w);
    if (in_x && in_y) draw->AddCircle(at, u(6), ink, 0, w + u(1));
  }
}

void draw_legend(const MapTool& tool, const PlotArea& f) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const Theme& t = theme();
  const float x0 = f.end().x + u(10), x1 = x0 + u(10);
  const PlotArea bar{{x0, f.at.y}, {x1 - x0, f.size.y}, {}, tool.losses};
  constexpr int bands = 64;
  for (int i = 0; i < bands; ++i) {
    const auto c = viridis((i + 0.5) / bands);
    const float y = f.at.y + f.size.y * static_cast<float>(i) / bands;
    draw->AddRectFilled({x0, y}, {x1, y + f.size.y / bands + 0.5f},
                        ImGui::ColorConvertFloat4ToU32({c[0], c[1], c[2], 1}));
  }
  push_type(Type::small);
  const float line = ImGui::GetFontSize();
  for (const Tick& tick : ticks(tool.losses, u(26) / f.size.y)) {
    const float y = std::clamp(bar.y_of(tick.value) - line / 2, f.at.y, f.end().y - line);
    draw->AddText({x1 + u(4), std::round(y)}, t.muted, tick.label.c_str());
  }
  const char* name = tr("loss");
  draw->AddText({std::round(f.end().x + u(10)), std::round(f.at.y - line - u(2))}, t.muted, name);
  pop_type();
}

/// Shows [from, to], inside what the parameter allows, not wider than thrice its slider, nor narrower than
/// double precision resolves.
void show(MapSide& side, const MapAxis& axis, const Scale& s, double from, double to) {
  const Scale whole = scale_of(axis, side.low, side.high);
  const double lo = to_ruler(s, s.lo), hi = to_ruler(s, s.hi);
  double a = lo + (hi - lo) * from, b = lo + (hi - lo) * to;
  const double width = to_ruler(whole, whole.hi) - to_ruler(whole, whole.lo);
  double least = to_ruler(whole, whole.lo) - width, most = to_ruler(whole, whole.hi) + width;
  if (s.kind == Scale::Kind::linear) least = std::max(least, axis.min);
  if (axis.max < no_limit) most = std::min(most, to_ruler(s, axis.max));
  const double narrowest = s.kind == Scale::Kind::log
                               ? 1e-10
                               : std::max(width * 1e-12, 1e-10 * std::max(std::fabs(a), std::fabs(b)));
  if (b - a < narrowest) return;
  if (b - a > most - least) a = least, b = most;
  const double shift = std::max(least - a, 0.0) + std::min(most - b, 0.0);
  side.from = from_ruler(s, a + shift);
  side.to = from_ruler(s, b + shift);
}

/// Zooms by `factor` about a point of the picture, both shares of its sides.
void zoom(MapTool& tool, const Map& m, const PlotArea& f, double factor, double x, double y) {
  show(tool.x, m.x_axis(), f.x, x - x * factor, x + (1 - x) * factor);
  show(tool.y, m.y_axis(), f.y, y - y * factor, y + (1 - y) * factor);
}

void reset(MapSide& side) {
  side.from = side.low;
  side.to = side.high;
}

bool is_whole(const MapTool& tool) {
  return tool.x.from == tool.x.low && tool.x.to == tool.x.high && tool.y.from == tool.y.low &&
         tool.y.to == tool.y.high;
}

struct Pixel {
  bool known = false;
  Point at{};  ///< the values that it stands for
  double width_x = 0, width_y = 0;
  float loss = 0, basin = 0;
};

Pixel pixel_under(const MapTool& tool, const Map& m, const PlotArea& f, const MapView& view, ImVec2 mouse) {
  const double sx = (mouse.x - f.at.x) / f.size.x, sy = 1 - (mouse.y - f.at.y) / f.size.y;
  if (!(sx >= 0 && sx < 1 && sy > 0 && sy <= 1)) return {};
  const Scale x = scale_of(m.x_axis(), view.x_min, view.x_max),
              y = scale_of(m.y_axis(), view.y_min, view.y_max);
  const double px = share_of(x, value_at(f.x, sx)), py = share_of(y, value_at(f.y, sy));
  if (!(px >= 0 && px < 1 && py > 0 && py <= 1)) return {};
  const int column = std::min(static_cast<int>(px * view.size), view.size - 1);
  const int row = std::min(static_cast<int>((1 - py) * view.size), view.size - 1);
  const auto end = study_row<MapRow>(tool.study.rows, static_cast<size_t>(row * view.size + column));
  Pixel p{true, map_point(view, column, row), 0, 0, end.final_loss, end.basin};
  const double half = 0.5 / view.size;
  p.width_x = std::fabs(value_at(x, px + half) - value_at(x, px - half));
  p.width_y = std::fabs(value_at(y, py + half) - value_at(y, py - half));
  return p;
}

/// The shortest decimal within a hundredth of a pixel: what a document should say.
double tidy(double value, double width) {
  for (int digits = 1; digits < 17; ++digits)
    if (const double v = to_digits(value, digits); std::fabs(v - value) <= width / 100) return v;
  return value;
}

void take(Session& session, const MapTool& tool, const Map& m, const Pixel& p) {
  // Zoomed in, neighbours may differ in anything: exactly the pixel's run then.
  const bool whole = is_whole(tool);
  const Taken values[] = {{m.x_axis(), whole ? tidy(p.at.x, p.width_x) : p.at.x},
                          {m.y_axis(), whole ? tidy(p.at.y, p.width_y) : p.at.y}};
  take_values(session, session.selected, values);
  commit(session);
}

/// Wheel, pan and click on the picture just drawn.
void take_pointer(MapTool& tool, const Target& area, const Map& m, const PlotArea& f) {
  const ImGuiIO& io = ImGui::GetIO();
  if (takes_wheel(area) && io.MouseWheel != 0)
    zoom(tool, m, f, std::pow(0.8, static_cast<double>(io.MouseWheel)), (io.MousePos.x - f.at.x) / f.size.x,
         1 - (io.MousePos.y - f.at.y) / f.size.y);
  if (area.taken) tool.moved = io.KeyShift || !ImGui::IsMouseDown(0);
  if (!area.held) return;
  const int pressed = ImGui::IsMouseDown(0) ? 0 : ImGui::IsMouseDown(1) ? 1 : 2;
  if (ImGui::IsMouseDragging(pressed, u(4))) tool.moved = true;
  if (!tool.moved || (io.MouseDelta.x == 0 && io.MouseDelta.y == 0)) return;
  const double x = -io.MouseDelta.x / f.size.x, y = io.MouseDelta.y / f.size.y;
  show(tool.x, m.x_axis(), f.x, x, 1 + x);
  show(tool.y, m.y_axis(), f.y, y, 1 + y);
}

/// The arrows go from pixel to pixel, from the present values on. Where they have led, in the window.
ImVec2 take_keys(MapTool& tool, const Target& area, const Map& m, const PlotArea& f, int size) {
  if (!area.focused) tool.keys = {-1, -1};
  if (!area.focused) return {-1, -1};
  if (tool.keys.x < 0)
    tool.keys = {static_cast<float>(share_of(f.x, axis_value(m.problem, m.x_axis()))),
                 static_cast<float>(1 - share_of(f.y, axis_value(m.problem, m.y_axis())))};
  const float pixel = 1 / static_cast<float>(size), step = (ImGui::GetIO().KeyShift ? 10 : 1) * pixel;
  tool.keys.x = std::clamp(tool.keys.x + step * float(arrow_x(area)), pixel / 2, 1 - pixel / 2);
  tool.keys.y = std::clamp(tool.keys.y + step * float(arrow_y(area)), pixel / 2, 1 - pixel / 2);
  const ImVec2 at{f.at.x + f.size.x * tool.keys.x, f.at.y + f.size.y * tool.keys.y};
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRect({at.x - u(6), at.y - u(6)}, {at.x + u(6), at.y + u(6)}, theme().panel, 0, 0, u(4));
  draw->AddRect({at.x - u(6), at.y - u(6)}, {at.x + u(6), at.y + u(6)}, theme().text, 0, 0, u(2));
  return at;
}

std::string option_name(const std::vector<MapAxis>& axes, const MapAxis& axis) {
  const auto same = [&](const MapAxis& other) { return other.label == axis.label; };
  if (std::count_if(axes.begin(), axes.end(), same) == 1) return tr(axis.label);
  return axis.key;
}

void choosers(MapTool& tool, const Map& m) {
  std::vector<std::string> names;
  for (const MapAxis& axis : m.axes) names.push_back(option_name(m.axes, axis));
  std::vector<const char*> options;
  for (const std::string& name : names) options.push_back(name.c_str());
  Columns pair = begin_columns(2);
  int x = m.x, y = m.y;
  text(tr("across"), TextLook::muted);
  if (choice("across", x, options, "The number that grows to the right."))
    tool.x.key = m.axes[static_cast<size_t>(x)].key, tool.x.low = none;
  next_column(pair);
  text(tr("upwards"), TextLook::muted);
  if (choice("upwards", y, options, "The number that grows upwards."))
    tool.y.key = m.axes[static_cast<size_t>(y)].key, tool.y.low = none;
  end_columns(pair);
}

std::string pixel_words(const Map& m, const Pixel& p) {
  if (!p.known) return tr("Click takes both values; the wheel zooms, dragging pans.");
  const std::string end = p.basin == basin_diverged
                              ? tr("diverges")
                              : tr("final loss {0}", {readable(static_cast<double>(p.loss))});
  return tr(m.x_axis().label) + " " + readable(p.at.x) + ", " + tr(m.y_axis().label) + " " +
         readable(p.at.y) + ": " + end;
}

void describe(const MapTool& tool, const Target& area, const MapView& view) {
  size_t diverged = 0;
  for (size_t i = 0; i < row_count<MapRow>(tool.study.rows); ++i)
    diverged += study_row<MapRow>(tool.study.rows, i).basin == basin_diverged;
  const double share = std::round(1e3 * static_cast<double>(diverged) / (view.size * view.size)) / 10;
  State state{.max = double(view.size), .now = double(view.size)};
  state.value = tr("final loss over {0} {1} to {2} and {3} {4} to {5}, {6} % diverge",
                   {tr(view.x.label), readable(view.x_min), readable(view.x_max), tr(view.y.label),
                    readable(view.y_min), readable(view.y_max), readable(share)});
  set_state(area, std::move(state));
}

}  // namespace

void map_panel(Session& session, const Results& results, MapTool& tool, const StudyDesk& desk, bool has_gl,
               float height) {
  begin_group("map");
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(u(8), u(8)));
  const ImVec2 top = ImGui::GetCursorScreenPos();
  const float width = fill_width();
  choosers(tool, map_of(session, results, tool));
  const Map m = map_of(session, results, tool);
  ask_map(session, tool, desk, m);
  if (tool.study.fresh)
    paint(tool,
          static_cast<int>(std::lround(std::sqrt(static_cast<double>(row_count<MapRow>(tool.study.rows))))));
  const ImVec2 bar = ImGui::GetCursorScreenPos();
  const ImVec2 at{bar.x, bar.y + u(36)};
  const ImVec2 size{width, std::max(height - (at.y - top.y) - u(8), u(160))};
  const PlotArea f = fit_plot_area(at, size, scale_of(m.x_axis(), tool.x.from, tool.x.to),
                                   scale_of(m.y_axis(), tool.y.from, tool.y.to), u(legend_width));
  ImGui::GetWindowDrawList()->AddRectFilled(f.at, f.end(), theme().ground);
  Pixel under;
  // The picture is of another pair of numbers until the first of the new ones arrives.
  const bool shown = !tool.study.rows.empty();
  const MapView view = shown ? shown_view(tool) : MapView{};
  const bool same_axes = shown && view.x.key == m.x_axis().key && view.y.key == m.y_axis().key;
  ImGui::SetCursorScreenPos(f.at);
  const Target area =
      target(Role::img, "map", f.size,
             "Click or Enter takes both values; arrows go from point to point, the wheel zooms "
             "about the pointer, dragging pans.",
             true, any_button | quiet | by_request);
  if (same_axes) {
    draw_picture(tool, is_stale(tool.study, desk.now), has_gl, f, view);
    const ImVec2 keys = take_keys(tool, area, m, f, view.size);
    if (area.hovered || area.focused)
      under = pixel_under(tool, m, f, view, area.focused ? keys : ImGui::GetIO().MousePos);
    describe(tool, area, view);
    draw_legend(tool, f);
  }
  take_pointer(tool, area, m, f);
  draw_present(m, f);
  draw_scales(f, option_name(m.axes, m.x_axis()).c_str(), option_name(m.axes, m.y_axis()).c_str(), false);
  progress_bar(tool.study.progress, desk.now - tool.study.asked_at, f.at, f.size.x, u(3));
  ImGui::SetCursorScreenPos(bar);
  set_width(width - u(3 * 32 + 3 * 4));
  const std::string words = pixel_words(m, under);
  set_detail(area, words);
  text(words, TextLook::muted, true);
  set_width(0);
  ImGui::SetCursorScreenPos({bar.x + width - u(3 * 32 + 2 * 4), bar.y});
  if (button("zoom in", "+", ButtonLook::icon)) zoom(tool, m, f, 0.5, 0.5, 0.5);
  ImGui::SameLine(0, u(4));
  if (button("zoom out", "−", ButtonLook::icon)) zoom(tool, m, f, 2, 0.5, 0.5);
  ImGui::SameLine(0, u(4));
  if (button("reset the map", icon::reset, ButtonLook::icon, !is_whole(tool))) reset(tool.x), reset(tool.y);
  ImGui::SetCursorScreenPos({top.x, at.y + size.y});
  ImGui::Dummy({width, 0});
  const bool wanted = (area.pressed && !tool.moved) || takes_key(area, ImGuiKey_Enter);
  if (wanted && under.known) take(session, tool, m, under);
  ImGui::PopStyleVar();
  end_group();
}

}  // namespace stride::lab
