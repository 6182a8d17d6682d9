// The choice of the surface by small pictures, painted as coarse meshes of vertex colours: no texture to lose
// with the context.
#include <algorithm>
#include <map>

#include "lab/session/edits.h"
#include "lab/session/ground.h"
#include "lab/setup/problem_tiles.h"
#include "lab/setup/setup.h"
#include "render/surface_view.h"

namespace stride::lab {

using namespace ui;

namespace {

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
  // The first program of the page has none, and goes on in the one that has them.
  if (curves().empty() && button("losses of one weight", "Losses of one weight; models and data")) {
    session.elsewhere = R"({"stride": 1, "problem": {"type": "curve"}})";
    ImGui::CloseCurrentPopup();
  }
  end_group();
  begin_group("surfaces", Role::listbox);
  text(tr("Surfaces"), TextLook::heading);
  const auto all = surfaces();
  for (int i = 0; i < static_cast<int>(all.size()); ++i) {
    if (i % columns) ImGui::SameLine(0, gap);
    const Surface& s = all[static_cast<size_t>(i)];
    if (problem_tile(
            s.name, [i](ImVec2 at, float size) { paint(picture(i), at, size); },
            p && p->expression.empty() && p->surface == i, each, s.help)) {
      pick_surface(session, i);
      ImGui::CloseCurrentPopup();
    }
  }
  end_group();
  model_tiles(session, columns, each);
  ImGui::EndPopup();
}

}  // namespace

void surface_picker(Session& session) {
  const std::string& formula = formula_of(session.scenario);
  const char* row = name_of_model(session.scenario);
  if (!row) row = surfaces()[static_cast<size_t>(surface_of(session.scenario).surface)].name;
  const std::string name = formula.empty() ? tr(row) : "f = " + formula;
  const float room = fill_width();
  const std::string shown = elide(name, room - u(44));
  set_width(std::min(room, ImGui::CalcTextSize(shown.c_str()).x + u(44)));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (button("surface", (shown + "   " + icon::down).c_str(), ButtonLook::plain, true,
             "Choose what is descended."))
    ImGui::OpenPopup("surfaces");
  set_width(0);
  popup(session, {at.x, at.y + u(40)});
}

}  // namespace stride::lab
