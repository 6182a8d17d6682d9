// The loss over the steps, on a log axis, or a symlog one where losses lie below zero.
#include <algorithm>
#include <cmath>
#include <limits>

#include "lab/lessons/lesson_state.h"
#include "lab/lessons/sketch.h"
#include "lab/plots/plot.h"
#include "lab/plots/recorded_curves.h"
#include "lab/session/ground.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

/// Of a training: the loss of the samples held out of it.
const std::vector<double>& held_out(const RunResult& run) {
  static const std::vector<double> none;
  return run.training ? run.training->validation_loss : none;
}

/// The losses in sight decide. A run that diverged may widen the axis by three decades over what the others
/// and every start need, no more: it would press all that is worth seeing into one line.
Scale loss_scale(const PlotDesk& desk, const Axes& axes, const std::vector<int>& order) {
  std::vector<double> values;
  double needed = -std::numeric_limits<double>::infinity();
  for (int r : order) {
    const RunResult& run = desk.results[static_cast<size_t>(r)];
    const std::vector<double>& loss = run.path.loss;
    const bool diverged = run.path.diverged_at >= 0;
    for (int i : rows_to_draw(desk.plots, run, run.average.loss, axes))
      values.push_back(run.average.loss[static_cast<size_t>(i)]);
    const std::vector<int>& rows = rows_to_draw(desk.plots, run, loss, axes);
    if (rows.empty()) continue;
    if (diverged && std::isfinite(loss[0])) needed = std::max(needed, loss[0]);
    for (int i : rows) {
      const double v = loss[static_cast<size_t>(i)];
      values.push_back(v);
      if (!diverged && std::isfinite(v)) needed = std::max(needed, v);
    }
    if (!held_out(run).empty())
      for (int i : rows_to_draw(desk.plots, run, held_out(run), axes))
        values.push_back(held_out(run)[static_cast<size_t>(i)]);
  }
  for (int r : order)
    if (const ManyWalkers* many = desk.results.many(static_cast<size_t>(r)))
      for (const std::vector<double>* column : {&many->loss.mean, &many->loss.lower, &many->loss.upper}) {
        const Rows rows = rows_seen(axes, many->loss, desk.results[static_cast<size_t>(r)]);
        values.insert(values.end(), column->begin() + rows.begin, column->begin() + rows.end);
      }
  for (const double v : recorded_values(desk.recordings, false, axes)) {
    values.push_back(v);
    if (std::isfinite(v)) needed = std::max(needed, v);
  }
  const double cap = needed > 0 ? needed * 1e3 : 1;
  return fit_log(values, cap);
}

/// With the loss of what is held out, where there is any.
std::string losses_at(const RunResult& run, int step) {
  const std::string words = value_at(run.path.loss, step);
  return held_out(run).empty() ? words : words + " · " + value_at(held_out(run), step);
}

struct Cross {
  ImVec2 at;
  int run;
};

std::vector<Cross> crosses_of(const PlotDesk& desk, const Axes& a, const std::vector<int>& order) {
  std::vector<Cross> crosses;
  for (int r : order) {
    const Trajectory& path = desk.results[static_cast<size_t>(r)].path;
    if (path.diverged_at < a.first || path.diverged_at > a.last || path.loss.empty()) continue;
    crosses.push_back({{a.x_of(path.diverged_at), a.y_of(path.loss.back())}, r});
  }
  return crosses;
}

/// A cross where a run diverged, and the word: beside it or, where others stand there, below; once among
/// neighbours.
void mark_divergence(const PlotDesk& desk, const Plot& plot, const std::vector<int>& order) {
  const Axes& a = plot.axes;
  push_type(Type::small);
  const std::string word = tr("diverged");
  const ImVec2 size = ImGui::CalcTextSize(word.c_str());
  const std::vector<Cross> crosses = crosses_of(desk, a, order);
  std::vector<ImVec2> words;
  for (const Cross& c : crosses) {
    ImVec2 at{c.at.x + u(9), c.at.y - size.y / 2};
    if (at.x + size.x > a.end().x) at.x = c.at.x - u(9) - size.x;
    const bool covers = std::any_of(crosses.begin(), crosses.end(), [&](const Cross& o) {
      return o.at.x > at.x - u(6) && o.at.x < at.x + size.x + u(6) &&
             std::fabs(o.at.y - at.y - size.y / 2) < size.y;
    });
    if (covers) at = {c.at.x - size.x / 2, c.at.y + u(7)};
    at.x = std::max(std::min(at.x, a.end().x - size.x), a.at.x + u(2));
    at.y = std::min(std::max(at.y, plot.at.y + u(2)), a.end().y - size.y);
    const auto near = [&](const ImVec2& o) {
      return std::fabs(o.x - at.x) < size.x + u(8) && std::fabs(o.y - at.y) < size.y;
    };
    if (std::any_of(words.begin(), words.end(), near)) continue;  // the cross alone says it
    words.push_back(at);
    plot.draw->AddRectFilled({at.x - u(2), at.y}, {at.x + size.x + u(2), at.y + size.y},
                             faded(theme().ground, 0.8f), u(3));
    plot.draw->AddText({std::round(at.x), std::round(at.y)}, theme().error, word.c_str());
  }
  const float d = u(4);
  for (const Cross& c : crosses)
    for (const auto& [ink, width] : {std::pair{theme().ground, u(5)}, {theme().runs[c.run], u(2)}}) {
      plot.draw->AddLine({c.at.x - d, c.at.y - d}, {c.at.x + d, c.at.y + d}, ink, width);
      plot.draw->AddLine({c.at.x - d, c.at.y + d}, {c.at.x + d, c.at.y - d}, ink, width);
    }
  pop_type();
}

/// Where losses cross zero, its line is worth telling from the others.
void draw_zero(const Plot& plot) {
  const Axes& a = plot.axes;
  if (a.y.kind != Scale::Kind::symlog || a.y.lo >= 0 || a.y.hi <= 0) return;
  const float w = std::max(1.f, std::floor(u(1))), y = std::round(a.y_of(0) - w / 2);
  plot.draw->AddRectFilled({a.at.x, y}, {a.end().x, y + w}, faded(theme().muted, 0.6f));
}

std::string mean_words(const ManyWalkers* many, int step) {
  return many ? " · " + tr("mean {0}", {readable(mean_at(many->loss, step), 3)}) : "";
}

std::string loss_words(Plots& plots, const RunResult& run) {
  if (run.path.diverged_at < 0) return curve_words(plots, run, run.path.loss);
  return tr("diverged at step {0}", {readable_whole(run.path.diverged_at)});
}

}  // namespace

void loss_plot(const PlotDesk& desk, LessonState& lesson, float height) {
  const std::vector<int> order = drawing_order(desk);
  const size_t selected = static_cast<size_t>(desk.session.selected);
  const int step = spoken_step(desk);
  const auto shown = [&](int r, int t) {
    const Trajectory& path = desk.results[static_cast<size_t>(r)].path;
    return path.diverged_at >= 0 && t >= path.diverged_at
               ? std::string(tr("diverged"))
               : losses_at(desk.results[static_cast<size_t>(r)], t) +
                     mean_words(desk.results.many(static_cast<size_t>(r)), t);
  };
  const std::string readout = selected < desk.results.size() ? shown(desk.session.selected, step) : "";
  const bool sketching = is_sketching(lesson);
  // Of a network the accuracy's plot has it.
  const int epoch = network_of(desk.session.scenario) ? 0 : steps_in_epoch(desk.session.scenario);
  Plot plot = begin_plot(desk, "loss plot", "Loss", readout, height - ImGui::GetStyle().ItemSpacing.y,
                         epoch > 0 ? u(18) : 0, [&](Plot& p) {
                           p.axes.y = sketching ? sketch_scale(lesson, desk.results)
                                                : loss_scale(desk, p.axes, order);
                           if (sketching) take_sketch(lesson, desk.session.scenario.steps, p);
                         });
  if (sketching) plot.pointed = -1, desk.pointing.next_hover = {};
  draw_axes(plot);
  draw_zero(plot);
  if (epoch > 0) draw_epochs(plot, epoch);
  draw_recordings(desk.recordings, false, plot);
  std::vector<Curve> curves;
  std::vector<std::string> values;
  for (int r : order) {
    const RunResult& run = desk.results[static_cast<size_t>(r)];
    if (const ManyWalkers* many = desk.results.many(static_cast<size_t>(r)))
      draw_spread(plot, many->loss, run, theme().runs[r]);
    draw_curve(desk.plots, plot, run, run.path.loss,
               {theme().runs[r], u(r == desk.session.selected ? 2.25f : 1.5f), 0, false, false});
    if (!held_out(run).empty())
      draw_curve(desk.plots, plot, run, held_out(run), {theme().runs[r], u(1.25f), u(3), false, false});
    if (run.average.size() > 0)
      draw_curve(desk.plots, plot, run, run.average.loss, {theme().runs[r], u(1.5f), u(4), false, false});
    curves.push_back({r, run.path.loss});
    values.push_back(shown(r, spoken_step(desk, &plot)));
  }
  draw_sketch(lesson, desk.results, plot);
  mark_divergence(desk, plot, order);
  draw_pointing(desk, plot, curves, values);
  end_plot(
      desk, plot, [&](const RunResult& run) { return loss_words(desk.plots, run); },
      means(desk, order, [](const ManyWalkers& many) { return readable(many.loss.mean.back(), 3); }));
}

}  // namespace stride::lab
