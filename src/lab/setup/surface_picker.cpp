// The choice of the surface by small pictures, painted as coarse meshes of vertex colours: no texture to lose
// with the context.
#include <algorithm>
#include <map>

#include "lab/session/edits.h"
#include "lab/session/ground.h"
#include "lab/setup/setup.h"
#include "render/surface_view.h"
#include "text/text.h"
#include "ui/target.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

constexpr int picture_size = 40;

const std::vector<unsigned char>& picture(int row) {
  static std::map<int, std::vector<unsigned char>> made;
  auto& p = made[row];
  if (p.empty()) {
    Objective o;
    o.surface = row;
    p = render::thumbnail(o, surfaces()[static_cast<size_t>(row)].domain, picture_size);
  }
  return p;
}

void paint(const std::vector<unsigned char>& rgb, ImVec2 at, float size) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const auto colour = [&](int x, int y) {
    const unsigned char* p = rgb.data() + (y * picture_size + x) * 3;
    return IM_COL32(p[0], p[1], p[2], 255);
  };
  const float cell = size / (picture_size - 1);
  for (int y = 0; y + 1 < picture_size; ++y)
    for (int x = 0; x + 1 < picture_size; ++x) {
      const ImVec2 a{at.x + cell * static_cast<float>(x), at.y + cell * static_cast<float>(y)};
      draw->AddRectFilledMultiColor(a, {a.x + cell, a.y + cell}, colour(x, y), colour(x + 1, y),
                                    colour(x + 1, y + 1), colour(x, y + 1));
    }
}

/// One picture with its name. True when it was chosen.
template <class Paint>
bool tile(const char* name, Paint paint, bool selected, float width, const char* help) {
  const Theme& t = theme();
  const float size = width - u(8);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 whole{width, size + u(28)};
  const Target it = target(Role::option, name, whole, help);
  if (ImGui::IsRectVisible(it.at, it.end())) paint({at.x + u(4), at.y + u(4)}, size);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const bool hovered = it.hovered;
  if (selected || hovered)
    draw->AddRect({at.x + u(2), at.y + u(2)}, {at.x + width - u(2), at.y + size + u(6)},
                  selected ? t.accent : t.text, u(4), 0, u(2));
  push_type(Type::small);
  const std::string shown = elide(tr(name), width);
  draw->AddText({at.x + u(4), at.y + size + u(8)}, selected ? t.accent : t.text, shown.c_str());
  pop_type();
  set_state(it, {.checked = selected});
  return it.pressed;
}

/// A curve as a line over the place of a picture.
void paint_curve(int row, ImVec2 at, float size) {
  static std::map<int, std::vector<double>> made;
  std::vector<double>& heights = made[row];
  if (heights.empty()) {
    CurveProblem problem;
    problem.curve = row;
    const Objective f = objective_of(problem);
    const Domain d = domain_of(problem);
    for (int i = 0; i < picture_size; ++i)
      heights.push_back(f.at(d.xmin + (d.xmax - d.xmin) * i / (picture_size - 1), 0).f);
  }
  const auto [low, high] = std::minmax_element(heights.begin(), heights.end());
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(at, {at.x + size, at.y + size}, theme().field, u(2));
  for (int i = 0; i < picture_size; ++i)
    draw->PathLineTo(
        {at.x + size * static_cast<float>(i) / (picture_size - 1),
         at.y + size * (0.9f - 0.8f * static_cast<float>((heights[static_cast<size_t>(i)] - *low) /
                                                         (*high - *low)))});
  draw->PathStroke(theme().accent, 0, u(2));
}

constexpr const char* fit_names[] = {"Line", "Sigmoid"};
constexpr const char* fit_helps[] = {
    "w x + b through the stopping distances of cars: a loss over two weights.",
    "The chance that a flower is of one of two kinds, by the length of its petals."};

/// The data of a fit as dots over the place of a picture.
void paint_data(const FitProblem& fit, ImVec2 at, float size) {
  const Samples samples = samples_of(fit);
  const auto [left, right] = std::minmax_element(samples.x.begin(), samples.x.end());
  const auto [low, high] = std::minmax_element(samples.y.begin(), samples.y.end());
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(at, {at.x + size, at.y + size}, theme().field, u(2));
  const auto part = [size](double v, double from, double to) {
    return size * (0.1f + 0.8f * static_cast<float>((v - from) / (to - from)));
  };
  for (size_t i = 0; i < samples.x.size(); ++i)
    draw->AddCircleFilled(
        {at.x + part(samples.x[i], *left, *right), at.y + size - part(samples.y[i], *low, *high)}, u(2),
        theme().accent);
}

/// The last group; where the program has no models, none.
void fit_tiles(Session& session, float width) {
  if (curves().empty()) return;
  begin_group(keyed("models", tr("Models")), Role::listbox);
  text(tr("Models"), TextLook::heading);
  const FitProblem* shown = fit_of(session.scenario);
  for (const FitModel model : {FitModel::line, FitModel::sigmoid}) {
    const int i = static_cast<int>(model);
    if (i) ImGui::SameLine(0, u(8));
    FitProblem fit;
    fit.model = model;
    fit.data = default_fit_data(model);
    const bool chosen = shown && shown->model == model;
    if (!tile(
            fit_names[i], [&](ImVec2 at, float size) { paint_data(fit, at, size); }, chosen, width,
            fit_helps[i]))
      continue;
    pick_fit(session, fit);
    ImGui::CloseCurrentPopup();
  }
  end_group();
}

/// One group of the menu. Where the program has no curves, a button that goes on in the one that has them.
void curve_tiles(Session& session, int columns, float width) {
  const CurveProblem* p = curve_of(session.scenario);
  const auto all = curves();
  for (int i = 0; i < static_cast<int>(all.size()); ++i) {
    if (i % columns) ImGui::SameLine(0, u(8));
    const Curve& c = all[static_cast<size_t>(i)];
    const bool chosen = p && p->expression.empty() && p->curve == i;
    if (!tile(
            c.name, [i](ImVec2 at, float size) { paint_curve(i, at, size); }, chosen, width, c.help))
      continue;
    pick_curve(session, i);
    ImGui::CloseCurrentPopup();
  }
  if (!all.empty() || !button("losses of one weight", "Losses of one weight; models and data")) return;
  session.elsewhere = R"({"stride": 1, "problem": {"type": "curve"}})";
  ImGui::CloseCurrentPopup();
}

void popup(Session& session, ImVec2 below) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float width = std::min(u(640), screen.x - u(16));
  const float x = std::min(below.x, screen.x - width - u(8));
  ImGui::SetNextWindowPos({x, below.y});
  ImGui::SetNextWindowSize({width, std::min(u(620), screen.y - below.y - u(8))});
  if (!ImGui::BeginPopup("surfaces", ImGuiWindowFlags_NoMove)) return;
  const int columns = std::max(3, static_cast<int>(width / u(112)));
  const float gap = u(8), inner = ImGui::GetContentRegionAvail().x;
  const float each = (inner - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  const SurfaceProblem* p = std::get_if<SurfaceProblem>(&session.scenario.problem);
  begin_group(keyed("curves", tr("Curves")), Role::listbox);
  text(tr("Curves"), TextLook::heading);
  curve_tiles(session, columns, each);
  end_group();
  begin_group("surfaces", Role::listbox);
  text(tr("Surfaces"), TextLook::heading);
  const auto all = surfaces();
  for (int i = 0; i < static_cast<int>(all.size()); ++i) {
    if (i % columns) ImGui::SameLine(0, gap);
    const Surface& s = all[static_cast<size_t>(i)];
    if (tile(
            s.name, [i](ImVec2 at, float size) { paint(picture(i), at, size); },
            p && p->expression.empty() && p->surface == i, each, s.help)) {
      pick_surface(session, i);
      ImGui::CloseCurrentPopup();
    }
  }
  end_group();
  fit_tiles(session, each);
  ImGui::EndPopup();
}

}  // namespace

void surface_picker(Session& session) {
  const std::string& formula = formula_of(session.scenario);
  const CurveProblem* curve = curve_of(session.scenario);
  const FitProblem* fit = fit_of(session.scenario);
  const char* row = curve ? curves()[static_cast<size_t>(curve->curve)].name
                    : fit ? fit_names[static_cast<size_t>(fit->model)]
                          : surfaces()[static_cast<size_t>(surface_of(session.scenario).surface)].name;
  const std::string name = formula.empty() ? tr(row) : "f = " + formula;
  const float room = fill_width();
  const std::string shown = elide(name, room - u(44));
  set_width(std::min(room, ImGui::CalcTextSize(shown.c_str()).x + u(44)));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (button("surface", (shown + "   " + icon::down).c_str(), ButtonLook::plain, true,
             "Choose what is descended."))
    ImGui::OpenPopup("surfaces");
  popup(session, {at.x, at.y + u(40)});
}

}  // namespace stride::lab
