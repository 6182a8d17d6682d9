// The stage of a network: its decision regions with the data, or the digits with what it says of them, at the step that
// is shown.
#include <algorithm>
#include <cmath>

#include "lab/session/edits.h"
#include "lab/session/ground.h"
#include "lab/session/training.h"
#include "lab/stage/network_picture.h"
#include "text/text.h"
#include "ui/target.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

bool is_digits(const DataSet& data) {
  return data.inputs > 4;
}

double input_of(const DataSet& data, size_t sample, int input) {
  return data.x[sample * static_cast<size_t>(data.inputs) + static_cast<size_t>(first_input(data) + input)];
}

Scale scale_around(const DataSet& data, int input) {
  double low = no_limit, high = -no_limit;
  for (size_t i = 0; i < data.label.size(); ++i) {
    low = std::min(low, input_of(data, i, input));
    high = std::max(high, input_of(data, i, input));
  }
  const double air = std::max(0.08 * (high - low), 1e-3);
  return {Scale::Kind::linear, low - air, high + air};
}

int said(const float* outputs, int count) {
  if (count == 1) return outputs[0] > 0;
  return static_cast<int>(std::max_element(outputs, outputs + count) - outputs);
}

void say(NetworkPicture& p, size_t samples) {
  const int outputs = p.problem.layers.back();
  const std::span<const float> weights = p.weights;
  const size_t inputs = static_cast<size_t>(p.data.inputs);
  const auto from = p.data.x.begin() + static_cast<std::ptrdiff_t>(static_cast<size_t>(p.first) * inputs);
  const std::vector<float> x(from, from + static_cast<std::ptrdiff_t>(samples * inputs));
  const std::vector<float> z = logits(p.problem, weights, std::span<const float>(x));
  p.says.resize(samples);
  for (size_t i = 0; i < samples; ++i) p.says[i] = said(&z[i * static_cast<size_t>(outputs)], outputs);
}

void find_regions(NetworkPicture& p) {
  constexpr int n = NetworkPicture::grid;
  std::vector<float> x;
  for (int row = 0; row < n; ++row)
    for (int column = 0; column < n; ++column) {
      x.push_back(static_cast<float>(p.x.lo + (p.x.hi - p.x.lo) * column / (n - 1)));
      x.push_back(static_cast<float>(p.y.hi - (p.y.hi - p.y.lo) * row / (n - 1)));
    }
  const size_t outputs = static_cast<size_t>(p.problem.layers.back());
  const std::vector<float> z =
      logits(p.problem, std::span<const float>(p.weights), std::span<const float>(x));
  p.regions.resize(static_cast<size_t>(n) * n);
  for (size_t i = 0; i < p.regions.size(); ++i) {
    const float logit = outputs == 1 ? z[i] : z[i * outputs + 1] - z[i * outputs];
    p.regions[i] = 1 / (1 + std::exp(-logit));
  }
}

/// Makes anew what no longer belongs to the step. `exact`: its weights where they are not kept.
void keep_picture(NetworkPicture& p, const NetworkProblem& problem, const RunResult& run, int row,
                  std::span<const float> exact, int samples, bool dragging) {
  if (p.data.label.empty() || p.problem.data != problem.data) {
    p.data = make_dataset(problem.data);
    if (!dragging) p.x = scale_around(p.data, 0), p.y = scale_around(p.data, 1);
    p.result = -1;
  }
  p.problem = problem;
  const bool better = !exact.empty() && p.kept != row;
  if (p.result == run.id && p.row == row && p.shown_samples == samples && !better) return;
  p.result = run.id;
  p.row = row;
  p.shown_samples = samples;
  std::span<const float> weights = run.training->weights_at(row, p.kept);
  if (!exact.empty()) weights = exact, p.kept = row;
  p.weights.assign(weights.begin(), weights.end());
  if (p.weights.empty()) return;
  p.first = is_digits(p.data) && p.data.training < p.data.size() ? p.data.training : 0;
  say(p, static_cast<size_t>(std::min(samples, p.data.size() - p.first)));
  if (p.data.inputs == 2) find_regions(p);
  Batches batches = batches_of(problem);
  p.lit.assign(p.data.label.size(), batches.full());
  if (!batches.full())
    for (const int i : batches.at(row)) p.lit[static_cast<size_t>(i)] = true;
}

ImU32 mixed(ImU32 a, ImU32 b, float part) {
  const ImVec4 p = ImGui::ColorConvertU32ToFloat4(a), q = ImGui::ColorConvertU32ToFloat4(b);
  return ImGui::ColorConvertFloat4ToU32(
      {p.x + (q.x - p.x) * part, p.y + (q.y - p.y) * part, p.z + (q.z - p.z) * part, 1});
}

/// Coloured by what the network says, the more surely the stronger, with the border where it says neither.
void draw_regions(const NetworkPicture& p, const PlotArea& a) {
  constexpr int n = NetworkPicture::grid;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float w = a.size.x / (n - 1), h = a.size.y / (n - 1);
  const auto at = [&](int row, int column) {
    return p.regions[static_cast<size_t>(row) * n + static_cast<size_t>(column)];
  };
  std::vector<ImU32> colours;
  for (const float share : p.regions)
    colours.push_back(
        mixed(theme().ground, class_colour(share > 0.5f), 0.1f + 0.8f * std::fabs(share - 0.5f)));
  const auto colour = [&](int row, int column) {
    return colours[static_cast<size_t>(row) * n + static_cast<size_t>(column)];
  };
  for (int r = 0; r + 1 < n; ++r)
    for (int c = 0; c + 1 < n; ++c) {
      const ImVec2 corner{a.at.x + w * static_cast<float>(c), a.at.y + h * static_cast<float>(r)};
      draw->AddRectFilledMultiColor(corner, {corner.x + w + 0.5f, corner.y + h + 0.5f}, colour(r, c),
                                    colour(r, c + 1), colour(r + 1, c + 1), colour(r + 1, c));
    }
  for (int r = 0; r + 1 < n; ++r)
    for (int c = 0; c + 1 < n; ++c) {
      const float v[] = {at(r, c), at(r, c + 1), at(r + 1, c + 1), at(r + 1, c)};
      const ImVec2 corners[] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
      ImVec2 found[4];
      int count = 0;
      for (int k = 0; k < 4; ++k) {
        const float here = v[k] - 0.5f, next = v[(k + 1) % 4] - 0.5f;
        if ((here > 0) == (next > 0)) continue;
        const float part = here / (here - next);
        const ImVec2 from = corners[k], to = corners[(k + 1) % 4];
        found[count++] = {a.at.x + w * (static_cast<float>(c) + from.x + (to.x - from.x) * part),
                          a.at.y + h * (static_cast<float>(r) + from.y + (to.y - from.y) * part)};
      }
      for (int k = 0; k + 1 < count; k += 2) draw->AddLine(found[k], found[k + 1], theme().text, u(1.5f));
    }
}

/// The samples: filled where they are trained on; in a frame of the error's colour where the network is wrong.
void draw_samples(const NetworkPicture& p, const PlotArea& a) {
  const Theme& t = theme();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const bool few = p.data.size() <= 400;
  const float radius = u(few ? 4 : 2.5f);
  for (size_t i = 0; i < p.data.label.size(); ++i) {
    const ImVec2 at{a.x_of(input_of(p.data, i, 0)), a.y_of(input_of(p.data, i, 1))};
    const int label = static_cast<int>(p.data.label[i]);
    const bool trained = static_cast<int>(i) < p.data.training, lit = p.lit[i];
    class_mark(draw, at, radius, label,
               lit || !trained ? class_colour(label) : faded(class_colour(label), 0.45f), trained);
    if (few && trained && lit) class_mark(draw, at, radius, label, t.text, false);
    if (p.says[i] != label)
      draw->AddRect({at.x - radius - u(2), at.y - radius - u(2)},
                    {at.x + radius + u(2), at.y + radius + u(2)}, t.error, u(1), 0, u(1.5f));
  }
}

std::string percent(double share) {
  return readable(std::round(share * 1000) / 10);
}

std::string words_of(const jobs::TrainingRows& rows, int row) {
  const size_t t = static_cast<size_t>(row);
  std::string words = tr("step {0}: loss {1}, {2} % right",
                         {readable_whole(row), readable(rows.loss[t]), percent(rows.accuracy[t])});
  if (t < rows.validation_loss.size())
    words += "; " + tr("held out: loss {0}, {1} % right",
                       {readable(rows.validation_loss[t]), percent(rows.validation_accuracy[t])});
  return words;
}

/// Where what is drawn of the data has its place, under the cards.
render::Rect place_of(const Stage& stage, size_t runs) {
  const render::Rect& a = stage.area;
  if (const float side = beside_cards(a); side > 0)
    return {a.x + a.w - u(20) - buttons_width(a, 3) - side, a.y + u(4), side, a.h - u(8)};
  const bool low = a.h < u(420);
  const float top = u(16) + u(34) * static_cast<float>(low ? 1 : std::min<size_t>(runs, 4)) + u(22);
  return {a.x + u(12), a.y + top, a.w - u(24), std::max(a.h - top - u(16), u(60))};
}

PlotArea draw_plane(const NetworkPicture& p, const render::Rect& place) {
  const float side = std::min(place.w, place.h * 1.35f), left = place.x + (place.w - side) / 2;
  const bool low = place.h < u(150);  // no room for numbers
  const PlotArea area = low ? PlotArea{{place.x, place.y}, {place.w, place.h}, p.x, p.y}
                            : fit_plot_area({left, place.y}, {side, place.h}, p.x, p.y, u(8));
  if (!low) draw_scales(area, p.data.inputs == 2 ? "x1" : "x3", p.data.inputs == 2 ? "x2" : "x4", true);
  ImGui::GetWindowDrawList()->PushClipRect(area.at, area.end(), true);
  if (!p.regions.empty() && p.data.inputs == 2) draw_regions(p, area);
  draw_samples(p, area);
  ImGui::GetWindowDrawList()->PopClipRect();
  return area;
}

}  // namespace

int first_input(const DataSet& data) {
  return data.inputs == 4 ? 2 : 0;
}

ImU32 class_colour(int label) {
  const bool dark = theme().dark;
  switch (label) {
    case 0:
      return dark ? IM_COL32(245, 160, 65, 255) : IM_COL32(205, 105, 0, 255);
    case 1:
      return dark ? IM_COL32(85, 160, 255, 255) : IM_COL32(20, 95, 205, 255);
    default:
      return dark ? IM_COL32(200, 130, 235, 255) : IM_COL32(130, 50, 170, 255);
  }
}

void class_mark(ImDrawList* draw, ImVec2 at, float r, int label, ImU32 colour, bool filled) {
  const float line = u(1.25f);
  if (label == 0)
    filled ? draw->AddCircleFilled(at, r, colour) : draw->AddCircle(at, r, colour, 0, line);
  else if (label == 1)
    filled ? draw->AddRectFilled({at.x - r * 0.85f, at.y - r * 0.85f}, {at.x + r * 0.85f, at.y + r * 0.85f},
                                 colour)
           : draw->AddRect({at.x - r * 0.85f, at.y - r * 0.85f}, {at.x + r * 0.85f, at.y + r * 0.85f}, colour,
                           0, 0, line);
  else
    filled ? draw->AddTriangleFilled({at.x - r, at.y + r * 0.8f}, {at.x + r, at.y + r * 0.8f},
                                     {at.x, at.y - r}, colour)
           : draw->AddTriangle({at.x - r, at.y + r * 0.8f}, {at.x + r, at.y + r * 0.8f}, {at.x, at.y - r},
                               colour, line);
}

void network_stage(Session& session, const Results& results, Stage& stage, jobs::Engine* engine, int step) {
  const NetworkProblem* problem = network_of(session.scenario);
  if (!problem) return;
  const render::Rect& a = stage.area;
  ImGui::SetCursorScreenPos({a.x, a.y});
  const bool own = takes_points(session);
  const Target area =
      target(Role::img, "network", {a.w, a.h},
             own ? "Click to add a point, drag it, erase it by a double click or the right button." : "",
             true, any_button | overlapped | any_way | quiet);
  const RunResult& run = results[static_cast<size_t>(session.selected)];
  render::Rect place = place_of(stage, results.size());
  if (run.training->size() == 0) {
    const std::string words = tr("One moment: the digits are being fetched.");
    ImGui::SetCursorScreenPos({place.x, place.y});
    text(words, TextLook::muted, true);
    return set_state(area, {.value = words});
  }
  if (!stage.network) stage.network = std::make_shared<NetworkPicture>();
  NetworkPicture& picture = *stage.network;
  const int row = row_at(run, step);
  const std::string words = words_of(*run.training, row);
  push_type(Type::small);
  std::string lines = words;  // what is held out in a second one, where one has no room for it
  if (const size_t part = lines.find("; ");
      part < lines.size() && ImGui::CalcTextSize(words.c_str()).x > place.w)
    lines.replace(part, 2, ";\n");
  const bool beside = beside_cards(a) > 0;  // it stands under the cards there
  if (beside) lines = wrapped(words, place.x - u(20) - a.x);
  const float more = beside ? 0 : ImGui::CalcTextSize(lines.c_str()).y - ImGui::GetFontSize();
  const ImVec2 said = beside ? ImVec2{a.x + u(12), a.y + u(50)} : ImVec2{place.x, place.y - u(20)};
  ImGui::GetWindowDrawList()->AddText(said, theme().text, lines.c_str());
  pop_type();
  place.y += more;
  place.h -= more;
  const bool sheet = problem->layers.front() > 4;
  const int samples = sheet ? digits_shown(place, picture) : samples_of(problem->data);
  const std::span<const float> exact = weights_between(picture.between, session, run, row, engine);
  keep_picture(picture, *problem, run, row, exact, std::min(samples, samples_of(problem->data)),
               stage.dragging_point >= 0);
  if (picture.weights.empty()) return;
  set_state(area, {.value = words, .now = static_cast<double>(picture.kept)});
  if (is_digits(picture.data)) return digits_sheet(picture, place);
  const PlotArea plane = draw_plane(picture, place);
  if (!own) return;
  label_button(stage);
  take_points(area, plane, session, stage);  // last: what it changes, the next frame draws
}

void training_bar(Trainings& trainings, jobs::Engine* engine, const Stage& stage) {
  constexpr double patience = 0.5;  // seconds
  if (!trainings.under_way || trainings.seconds < patience) return;
  const render::Rect& a = stage.area;
  progress_bar(trainings.progress, trainings.seconds, {a.x, a.y + a.h - u(3)}, a.w, u(3));
  set_width(u(88));
  ImGui::SetCursorScreenPos({a.x + a.w - u(140), a.y + u(12)});
  if (button("stop the training", tr("Stop"), ButtonLook::plain, true, "Leaves the training where it is."))
    stop_training(trainings, engine);
  set_width(0);
}

}  // namespace stride::lab
