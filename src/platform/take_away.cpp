#ifndef __EMSCRIPTEN__

#include "platform/take_away.h"

#include <algorithm>
#include <cfloat>
#include <utility>

#include "imgui.h"
#include "raster/raster.h"
#include "scenario/csv.h"
#include "scenario/export/export.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::platform {

using namespace ui;

namespace {

constexpr int figure_width = 1200, figure_height = 800;

figures::Figure figure_of(const TakeAway& state, const Scenario& scenario, double scale) {
  figures::FigureRequest request;
  request.width = static_cast<int>(figure_width * scale);
  request.height = static_cast<int>(figure_height * scale);
  request.transparent = state.transparent;
  return figures::scenario_figure(scenario, request);
}

std::string escaped(const std::string& words) {
  std::string out;
  for (const char c : words)
    out += c == '&' ? "&amp;" : c == '"' ? "&quot;" : c == '<' ? "&lt;" : std::string(1, c);
  return out;
}

std::string embedding_lines(const Scenario& scenario) {
  return "<link rel=\"stylesheet\" href=\"stride-lab.css\">\n<script type=\"module\" "
         "src=\"stride-lab.js\"></script>\n"
         "<stride-lab scenario=\"" +
         escaped(write_scenario(scenario, -1)) + "\"></stride-lab>\n";
}

/// What it does closes the menu: whoever asks where to save it stands above the window.
bool way(const char* key, const std::string& shown) {
  if (!button(key, shown.c_str())) return false;
  ImGui::CloseCurrentPopup();
  return true;
}

void pictures(TakeAway& state, const Scenario& scenario, const Saver& save) {
  Columns row = begin_columns(3);
  for (const int scale : {1, 2, 4}) {
    if (scale > 1) next_column(row);
    if (way(numbered("picture", scale).c_str(), tr("Picture") + (" " + std::to_string(scale) + "×"))) {
      state.scale = scale;
      state.drawn = TakeAway::Drawn::picture;
    }
  }
  end_columns(row);
  row = begin_columns(3);
  if (way("figure as SVG", tr("Figure") + std::string(" SVG")))
    save("stride.svg", figures::write_svg(figure_of(state, scenario, 1)));
  next_column(row);
  if (way("figure as PNG", tr("Figure") + std::string(" PNG")))
    save("stride-figure.png", raster::png(figure_of(state, scenario, 2)));
  end_columns(row);
  toggle("Transparent figure", state.transparent);
}

void film(TakeAway& state) {
  Columns row = begin_columns(2);
  slider("Seconds of film", state.seconds, {1, 60, false, true}, 1, 60);
  next_column(row);
  slider("Pixels across", state.across, {64, 1920, false, true}, 64, 1920);
  end_columns(row);
  if (way("film", tr("Film") + std::string(" GIF"))) state.drawn = TakeAway::Drawn::film;
}

void code(lab::Lab& lab, const Saver& save) {
  constexpr std::pair<const char*, const char*> targets[] = {
      {"pytorch", "PyTorch"}, {"keras", "Keras"}, {"optax", "Optax"}};
  Columns row = begin_columns(3);
  for (const auto& [target, name] : targets) {
    if (target != targets[0].first) next_column(row);
    if (!way(target, name)) continue;
    std::string program;
    if (const Error error = export_program(lab.session.scenario, target, program))
      lab::notify(lab, sentence(error), true);
    else
      save("stride_" + std::string(target) + ".py", program);
  }
  end_columns(row);
}

void lines(lab::Lab& lab) {
  const auto copy = [&](const std::string& words) {
    if (lab.services.host.copy_text) lab.services.host.copy_text(words);
    lab::notify(lab, tr("Copied."), false);
  };
  Columns row = begin_columns(2);
  if (way("link", tr("Link"))) copy(encode_link(lab.session.scenario));
  next_column(row);
  if (way("embedding lines", tr("Embedding lines"))) copy(embedding_lines(lab.session.scenario));
  end_columns(row);
}

void ways(TakeAway& state, lab::Lab& lab, const Saver& save) {
  const Scenario& scenario = lab.session.scenario;
  Columns row = begin_columns(2);
  if (way("scenario", tr("Scenario"))) save("scenario.json", write_scenario(scenario));
  next_column(row);
  if (way("table", tr("Table") + std::string(" CSV"))) save("stride.csv", write_csv(scenario));
  end_columns(row);
  pictures(state, scenario, save);
  film(state);
  code(lab, save);
  lines(lab);
}

}  // namespace

void take_away_panel(TakeAway& state, lab::Lab& lab, const Saver& save) {
  if (std::exchange(state.asked, false)) ImGui::OpenPopup("take away");
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float width = std::min(screen.x - u(24), u(440));
  ImGui::SetNextWindowPos({screen.x / 2, screen.y / 2}, ImGuiCond_Always, {0.5f, 0.5f});
  ImGui::SetNextWindowSizeConstraints({width, 0}, {width, screen.y - u(24)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(u(20), u(16)));
  if (ImGui::BeginPopupModal("take away", nullptr,
                             ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize |
                                 ImGuiWindowFlags_NoMove | ImGuiWindowFlags_AlwaysAutoResize)) {
    begin_group("take away", Role::dialog);
    text(tr("Save"), TextLook::title);
    ImGui::SetCursorPos({width - u(44), u(10)});
    if (button("close", icon::remove, ButtonLook::icon) || ImGui::IsKeyPressed(ImGuiKey_Escape))
      ImGui::CloseCurrentPopup();
    ImGui::SetCursorPosY(u(52));
    ways(state, lab, save);
    end_group();
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar();
}

}  // namespace stride::platform

#endif  // __EMSCRIPTEN__
