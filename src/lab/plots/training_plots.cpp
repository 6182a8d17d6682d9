// What only a training has to plot: how much it gets right, over steps and epochs, and the sizes of its layers' weights,
// gradients and updates.
#include <algorithm>
#include <cmath>

#include "lab/plots/plot.h"
#include "lab/session/ground.h"
#include "lab/session/locks.h"
#include "lab/studies/studies.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

constexpr double rule_of_thumb = 1e-3;

std::string percent(double share) {
  return readable(std::round(share * 1000) / 10) + " %";
}

std::string percent_words(std::span<const double> values, int step) {
  const size_t t = static_cast<size_t>(std::max(step, 0));
  return t < values.size() ? percent(values[t]) : "–";
}

/// What many trainings of the run get right, where the learner wants to see them; else null.
const Spread* accuracies(const PlotDesk& desk, int run) {
  const ManyWalkers* many = desk.results.many(static_cast<size_t>(run));
  return many && !many->accuracies.mean.empty() ? &many->accuracies : nullptr;
}

/// The training part's share and, where a part is held out, that of it; of many walkers their mean.
std::string accuracy_words(const PlotDesk& desk, int r, int step) {
  const jobs::TrainingRows& rows = *desk.results[static_cast<size_t>(r)].training;
  std::string words = percent_words(rows.accuracy, step);
  if (!rows.validation_accuracy.empty()) words += " · " + percent_words(rows.validation_accuracy, step);
  if (const Spread* all = accuracies(desk, r))
    words += " · " + tr("mean {0}", {percent(mean_at(*all, step))});
  return words;
}

/// The columns of one kind of size, layer by layer.
std::vector<std::vector<double>> by_layer(const std::vector<double>& sizes, int layers) {
  const size_t count = static_cast<size_t>(layers);
  std::vector<std::vector<double>> out(count);
  for (size_t i = 0; i < sizes.size(); ++i) out[i % count].push_back(sizes[i]);
  return out;
}

void keep_layers(LayerCurves& kept, const RunResult& run) {
  if (kept.result == run.id) return;
  const jobs::TrainingRows& rows = *run.training;
  kept.result = run.id;
  kept.weights = by_layer(rows.weight_size, rows.layers);
  kept.gradients = by_layer(rows.gradient_size, rows.layers);
  kept.updates = by_layer(rows.update_size, rows.layers);
  kept.ratios = kept.updates;
  for (size_t l = 0; l < kept.ratios.size(); ++l)
    for (size_t t = 0; t < kept.ratios[l].size(); ++t) kept.ratios[l][t] /= kept.weights[l][t];
}

ImU32 layer_colour(size_t layer) {
  return theme().runs[layer % 8];
}

/// The layers' names in their colours, over the plot.
void layer_legend(const Plot& plot, size_t layers) {
  push_type(Type::small);
  float x = plot.axes.at.x + u(4);
  for (size_t l = 0; l < layers; ++l) {
    const std::string name = tr("layer {0}", {std::to_string(l + 1)});
    const ImVec2 size = ImGui::CalcTextSize(name.c_str()), at{x, plot.axes.at.y + u(2)};
    if (x + size.x > plot.axes.end().x) break;
    plot.draw->AddRectFilled({at.x - u(2), at.y}, {at.x + size.x + u(2), at.y + size.y},
                             faded(theme().ground, 0.75f), u(3));
    plot.draw->AddText(at, layer_colour(l), name.c_str());
    x += size.x + u(10);
  }
  pop_type();
}

std::string values_of(const std::vector<std::vector<double>>& layers, int step) {
  std::string words;
  for (const std::vector<double>& values : layers)
    words += (words.empty() ? "" : " · ") + value_at(values, step);
  return words;
}

void layer_plot(const PlotDesk& desk, const char* name, const char* heading,
                const std::vector<std::vector<double>>& layers, bool with_rule, float height) {
  const RunResult& run = desk.results[static_cast<size_t>(desk.session.selected)];
  const Plot plot = begin_plot(desk, name, heading, values_of(layers, spoken_step(desk)),
                               height - ImGui::GetStyle().ItemSpacing.y, 0, [&](Plot& p) {
                                 std::vector<double> values;
                                 for (const std::vector<double>& one : layers)
                                   for (const int i : rows_to_draw(desk.plots, run, one, p.axes))
                                     values.push_back(one[static_cast<size_t>(i)]);
                                 if (with_rule) values.push_back(rule_of_thumb);
                                 p.axes.y = fit_log(values, no_limit);
                               });
  draw_axes(plot);
  if (with_rule) {
    const float y = plot.axes.y_of(rule_of_thumb);
    const ImVec2 line[] = {{plot.axes.at.x, y}, {plot.axes.end().x, y}};
    stroke(plot.draw, line, {theme().muted, u(1.25f), u(4)});
  }
  for (size_t l = 0; l < layers.size(); ++l)
    draw_curve(desk.plots, plot, run, layers[l], {layer_colour(l), u(1.75f)});
  layer_legend(plot, layers.size());
  std::vector<Curve> none;
  draw_pointing(desk, plot, none, {});
  end_plot(desk, plot, [&](const RunResult& r) {
    return r.id == run.id ? values_of(layers, spoken_step(desk, &plot)) : "";
  });
}

}  // namespace

void accuracy_plot(const PlotDesk& desk, float height) {
  const std::vector<int> order = drawing_order(desk);
  const int epoch = steps_in_epoch(desk.session.scenario);
  Plot plot = begin_plot(desk, "accuracy plot", "Accuracy",
                         accuracy_words(desk, desk.session.selected, spoken_step(desk)),
                         height - ImGui::GetStyle().ItemSpacing.y, epoch > 0 ? u(18) : 0);
  plot.axes.y = {Scale::Kind::linear, 0, 1.02};
  draw_axes(plot);
  std::vector<Curve> curves;
  std::vector<std::string> values;
  for (const int r : order) {
    const RunResult& run = desk.results[static_cast<size_t>(r)];
    const jobs::TrainingRows& rows = *run.training;
    const float width = u(r == desk.session.selected ? 2.25f : 1.5f);
    if (const Spread* all = accuracies(desk, r)) draw_spread(plot, *all, run, theme().runs[r]);
    draw_curve(desk.plots, plot, run, rows.accuracy, {theme().runs[r], width});
    if (!rows.validation_accuracy.empty())
      draw_curve(desk.plots, plot, run, rows.validation_accuracy, {theme().runs[r], u(1.25f), u(3)});
    if (!rows.average.accuracy.empty())
      draw_curve(desk.plots, plot, run, rows.average.accuracy, {theme().runs[r], u(1.5f), u(4)});
    curves.push_back({r, rows.accuracy});
    values.push_back(accuracy_words(desk, r, spoken_step(desk, &plot)));
  }
  if (epoch > 0) draw_epochs(plot, epoch);
  draw_pointing(desk, plot, curves, values);
  end_plot(
      desk, plot, [&](const RunResult& run) { return curve_words(desk.plots, run, run.training->accuracy); },
      means(desk, order, [](const ManyWalkers& many) { return percent(many.accuracies.mean.back()); }));
}

void keep_sharpness(const PlotDesk& desk, LiveStudy& study, const StudyDesk& engine) {
  constexpr double small = 3e5, of_a_frame = 3e5;  // weights times samples; in all iterations of a row
  const RunResult& run = desk.results[static_cast<size_t>(desk.session.selected)];
  if (!run.training || !run.training->ended || !desk.plots.show_stability ||
      is_locked(desk.session, lock_limit) || !engine.engine)
    return stop_asking(study, engine);
  const int steps = desk.session.scenario.steps;
  const double work = static_cast<double>(run.training->weight_count) *
                      training_samples_of(network_of(desk.session.scenario)->data);
  double most = work < small ? 60 : 8;
  if (engine.engine->workers() == 0) {
    if (!jobs::is_quick(desk.session.scenario) || work > of_a_frame) return stop_asking(study, engine);
    most = std::min(most, std::floor(of_a_frame / work));
  }
  const double every = std::max(1, steps / (work < small ? 40 : 10));
  jobs::Request wanted = request_of(desk.session.scenario, desk.session.selected);
  wanted.kind = jobs::Request::Kind::sharpness;
  keep_asking(study, engine, std::move(wanted),
              {jobs::network_study(jobs::sharpness_key,
                                   {{"every", every}, {"iterations", most}, {"tolerance", 1e-3}})},
              slot::sharpness);
  if (!study.fresh) return;
  TrainingLimit& limit = desk.plots.limit;
  limit = {run.began, {}, {}};
  for (size_t i = 0; i + 3 < study.rows.size(); i += 4) {
    if (study.rows[i] < 0) break;  // it has diverged before
    limit.step.push_back(static_cast<double>(study.rows[i]));
    limit.limit.push_back(static_cast<double>(study.rows[i + 3]));
  }
}

void layers_panel(const PlotDesk& desk, float height) {
  const RunResult& run = desk.results[static_cast<size_t>(desk.session.selected)];
  LayerCurves& kept = desk.plots.layers;
  keep_layers(kept, run);
  const float each = std::clamp((height - u(40)) / 3, u(132), u(260));
  layer_plot(desk, "update ratio plot", "Update over weights", kept.ratios, true, each);
  text(
      tr("A rule of thumb: about 1e-3 (Karpathy, CS231n). Much more is too much rate, much less too little."),
      TextLook::muted, true);
  layer_plot(desk, "gradient size plot", "Size of the gradient", kept.gradients, false, each);
  layer_plot(desk, "weight size plot", "Size of the weights", kept.weights, false, each);
}

}  // namespace stride::lab
