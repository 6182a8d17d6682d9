// Curves, fits and networks in the menu of problems. The page's first program has cmake/without_curves.cpp in its place.
#include <algorithm>
#include <map>

#include "lab/session/edits.h"
#include "lab/session/ground.h"
#include "lab/setup/problem_tiles.h"
#include "lab/setup/setup.h"
#include "lab/stage/network_picture.h"

namespace stride::lab {

using namespace ui;

namespace {

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

/// Samples in the colours of their classes; of the digits, which may not be here, some by name.
void paint_classes(int row, ImVec2 at, float size) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(at, {at.x + size, at.y + size}, theme().field, u(2));
  static std::map<int, DataSet> made;
  DataSettings settings;
  settings.row = row;
  settings.samples = 90;
  if (inputs_of(settings) > 4) {
    const float font = size * 0.5f;
    draw->AddText(ImGui::GetFont(), font, {at.x + size * 0.14f, at.y + size * 0.04f}, theme().text, "3");
    draw->AddText(ImGui::GetFont(), font, {at.x + size * 0.56f, at.y + size * 0.2f}, theme().text, "8");
    draw->AddText(ImGui::GetFont(), font, {at.x + size * 0.26f, at.y + size * 0.46f}, theme().text, "5");
    return;
  }
  DataSet& data = made[row];
  if (data.label.empty()) data = make_dataset(settings);
  const auto input = [&](size_t i, int which) {
    return data.x[i * static_cast<size_t>(data.inputs) + static_cast<size_t>(first_input(data) + which)];
  };
  const float unit = size / (row == find_dataset("spiral") ? 2.6f : 5.0f);
  const double middle = row == find_dataset("moons") ? 0.5 : 0;
  for (size_t i = 0; i < data.label.size(); ++i)
    class_mark(draw,
               {at.x + size / 2 + unit * static_cast<float>(input(i, 0) - middle),
                at.y + size / 2 - unit * static_cast<float>(input(i, 1) - middle / 2)},
               u(1.75f), static_cast<int>(data.label[i]), class_colour(static_cast<int>(data.label[i])),
               true);
}

/// Networks, by what they learn.
void network_tiles(Session& session, int columns, float width) {
  const NetworkProblem* shown = network_of(session.scenario);
  const auto all = datasets();
  for (int i = 0; i < static_cast<int>(all.size()); ++i) {
    if ((i + 2) % columns) ImGui::SameLine(0, u(8));
    const DataKind& kind = all[static_cast<size_t>(i)];
    if (!problem_tile(
            kind.name, [i](ImVec2 at, float size) { paint_classes(i, at, size); },
            shown && shown->data.row == i, width, kind.help))
      continue;
    pick_network(session, network_on(i));
    ImGui::CloseCurrentPopup();
  }
}

}  // namespace

void curve_tiles(Session& session, int columns, float width) {
  const CurveProblem* p = curve_of(session.scenario);
  const auto all = curves();
  for (int i = 0; i < static_cast<int>(all.size()); ++i) {
    if (i % columns) ImGui::SameLine(0, u(8));
    const Curve& c = all[static_cast<size_t>(i)];
    const bool chosen = p && p->expression.empty() && p->curve == i;
    if (!problem_tile(
            c.name, [i](ImVec2 at, float size) { paint_curve(i, at, size); }, chosen, width, c.help))
      continue;
    pick_curve(session, i);
    ImGui::CloseCurrentPopup();
  }
}

void model_tiles(Session& session, int columns, float width) {
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
    if (!problem_tile(
            fit_names[i], [&](ImVec2 at, float size) { paint_data(fit, at, size); }, chosen, width,
            fit_helps[i]))
      continue;
    pick_fit(session, fit);
    ImGui::CloseCurrentPopup();
  }
  network_tiles(session, columns, width);
  end_group();
}

const char* name_of_model(const Scenario& scenario) {
  if (const CurveProblem* curve = curve_of(scenario)) return curves()[static_cast<size_t>(curve->curve)].name;
  if (const FitProblem* fit = fit_of(scenario)) return fit_names[static_cast<size_t>(fit->model)];
  const NetworkProblem* network = network_of(scenario);
  if (!network) return nullptr;
  return network->data.row == own_points ? "A network on own points"
                                         : datasets()[static_cast<size_t>(network->data.row)].name;
}

const char* word_of_model(const Scenario& scenario) {
  if (curve_of(scenario)) return "Function";
  if (network_of(scenario)) return "Network";
  return fit_of(scenario) ? "Data" : nullptr;
}

const char* parts_of_model(const Scenario& scenario) {
  if (curve_of(scenario)) return "Function, noise and steps";
  if (network_of(scenario)) return "Data, layers and steps";
  return fit_of(scenario) ? "Data, batches and steps" : nullptr;
}

NetworkProblem network_on(int row) {
  NetworkProblem network;
  network.data.row = row;
  const DataKind& kind = datasets()[static_cast<size_t>(row)];
  network.data.samples = kind.samples;
  network.layers = default_layers(network.data);
  if (kind.generated) return network;
  network.data.validation = 0.2;
  if (kind.samples_chosen) network.layers = {kind.inputs, 32, kind.classes}, network.batch_size = 64;
  return network;
}

}  // namespace stride::lab
