// The range test (Smith 2015, arXiv 1506.01186): within one run the rate rises step by step; where the loss
// falls fastest is a rate to try. With noise the answer depends on the seed, so four of them are shown.
#include <algorithm>
#include <cmath>

#include "core/math/digits.h"
#include "core/studies/study_columns.h"
#include "lab/plots/plot.h"
#include "lab/session/ground.h"
#include "lab/studies/take_values.h"
#include "text/text.h"
#include "ui/plot_area.h"
#include "ui/target.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

struct Suggestion {
  const char* name;
  double RangeAdvice::*rate;
  const char* help;
};
const Suggestion suggestions[] = {
    {"steepest", &RangeAdvice::steepest,
     "The rate at which the smoothed loss falls fastest per decade of rate."},
    {"valley", &RangeAdvice::valley,
     "The middle, on the log axis, of the longest descent of the smoothed loss."},
    {"minimum/10", &RangeAdvice::minimum_tenth,
     "A tenth of the rate at which the smoothed loss is lowest: there it is about to rise again."}};

size_t seeds_shown(const Session& session) {
  return is_noisy(session.scenario) ? std::tuple_size_v<decltype(RangeTool::tests)> : 1;
}

RangeCurve curve_of(const std::vector<float>& rows) {
  RangeCurve c;
  for (size_t i = 0; i < row_count<RangeTestRow>(rows); ++i) {
    const auto row = study_row<RangeTestRow>(rows, i);
    c.lr.push_back(static_cast<double>(row.lr));
    c.loss.push_back(static_cast<double>(row.loss));
    c.smoothed.push_back(static_cast<double>(row.smoothed));
  }
  c.shown = decimate(c.smoothed, 0, static_cast<int>(c.smoothed.size()), 800);
  c.advice = advise(rows);
  return c;
}

/// The study depends on neither the run's rate nor its schedule: a drag of either asks for nothing.
void ask(const Session& session, RangeTool& tool, const StudyDesk& desk) {
  const size_t seeds = seeds_shown(session);
  const Run& run = selected_run(session);
  const Param& p = optimizers()[static_cast<size_t>(run.optimizer.row)].params[0];
  if (tool.optimizer != run.optimizer.row) {
    tool.optimizer = run.optimizer.row;
    tool.lr_min = p.slider_min;
    tool.lr_max = p.slider_max;
  }
  const Settings settings = study_settings("range-test", {{"lr_min", tool.lr_min},
                                                          {"lr_max", tool.lr_max},
                                                          {"steps", std::max(session.scenario.steps, 2)},
                                                          {"smoothing", tool.smoothing}});
  jobs::Request wanted = request_of(session.scenario, session.selected);
  wanted.scenario.runs[0].schedule = default_run(run.optimizer.row).schedule;
  wanted.scenario.runs[0].optimizer.values[0] = p.fallback;
  for (size_t i = 0; i < tool.tests.size(); ++i) {
    if (i >= seeds) {
      stop_asking(tool.tests[i], desk);
      continue;
    }
    jobs::Request seed = wanted;
    seed_in(seed.scenario) += static_cast<unsigned>(i);
    keep_asking(tool.tests[i], desk, seed, {settings}, slot::range + static_cast<int>(i));
    if (tool.tests[i].fresh) tool.curves[i] = curve_of(tool.tests[i].rows);
  }
}

/// The suggestions of all seeds that have answered, lowest and highest.
std::pair<double, double> spread_of(const RangeTool& tool, size_t seeds, double RangeAdvice::*rate) {
  double low = no_limit, high = 0;
  for (size_t i = 0; i < seeds; ++i) {
    const double lr = tool.curves[i].advice.*rate;
    if (!(lr > 0)) continue;
    low = std::min(low, lr);
    high = std::max(high, lr);
  }
  return {low, high};
}

/// Speaks of the suggestion that the seed moves most.
std::string noise_words(const RangeTool& tool, size_t seeds) {
  std::string words = tr("With noise the suggestion depends on the seed.");
  double most = 0;
  for (const Suggestion& s : suggestions) {
    const auto [low, high] = spread_of(tool, seeds, s.rate);
    if (!(high / low > most)) continue;
    most = high / low;
    words =
        tr("With noise the suggestion depends on the seed: over four seeds, {0} lies between {1} and {2}.",
           {tr(s.name), readable(to_digits(low, 2)), readable(to_digits(high, 2))});
  }
  return words;
}

PlotArea frame_for(const RangeTool& tool, size_t seeds, ImVec2 at, ImVec2 size) {
  std::vector<double> values;
  double first = 0;
  for (size_t i = 0; i < seeds; ++i) {
    const RangeCurve& c = tool.curves[i];
    if (!c.smoothed.empty()) first = std::max(first, c.smoothed[0]);
    for (int row : c.shown) values.push_back(c.smoothed[static_cast<size_t>(row)]);
    if (i == 0)
      for (int row : c.shown) values.push_back(c.loss[static_cast<size_t>(row)]);
  }
  const Scale y = fit_log(values, first > 0 ? first * 4 : 1);
  return fit_plot_area(at, size, {Scale::Kind::log, tool.lr_min, tool.lr_max}, y, u(12));
}

void draw_line(const PlotArea& f, const RangeCurve& c, const std::vector<double>& values, ImU32 colour,
               float width) {
  std::vector<ImVec2> points;
  for (int row : c.shown) {
    const size_t i = static_cast<size_t>(row);
    points.push_back({f.x_of(c.lr[i]), f.y_of(values[i])});
  }
  stroke(ImGui::GetWindowDrawList(), points, {colour, width});
}

/// Behind the last row the run had diverged.
void draw_end(const PlotArea& f, const RangeCurve& c) {
  if (c.lr.empty() || c.lr.back() >= f.x.hi * 0.99) return;
  const float x = f.x_of(c.lr.back());
  draw_hatch({x, f.at.y}, f.end());
  push_type(Type::small);
  const char* word = tr("diverges");
  const ImVec2 size = ImGui::CalcTextSize(word);
  const ImVec2 at{std::round((x + f.end().x - size.x) / 2), std::round(f.end().y - size.y - u(8))};
  if (f.end().x - x > size.x + u(12)) {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled({at.x - u(4), at.y - u(1)}, {at.x + size.x + u(4), at.y + size.y + u(1)},
                        theme().ground, u(3));
    draw->AddText(at, theme().error, word);
  }
  pop_type();
}

void upright(const PlotArea& f, double lr, ImU32 colour, float width) {
  const float x = std::round(f.x_of(lr) - width / 2);
  ImGui::GetWindowDrawList()->AddRectFilled({x, f.at.y}, {x + width, f.end().y}, colour);
}

/// A line at each suggestion, its name on a step of its own so that none lies on another.
void draw_suggestions(const PlotArea& f, const RangeAdvice& advice) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const Theme& t = theme();
  push_type(Type::small);
  const float line = ImGui::GetFontSize() + u(4);
  float y = f.at.y + u(4);
  for (const Suggestion& s : suggestions) {
    const double lr = advice.*s.rate;
    if (lr > f.x.lo && lr < f.x.hi) {
      upright(f, lr, faded(t.text, 0.6f), std::max(1.f, std::floor(u(1))));
      const float x = f.x_of(lr), w = ImGui::CalcTextSize(tr(s.name)).x;
      const float left = x + u(6) + w < f.end().x ? x + u(6) : x - u(6) - w;
      draw->AddRectFilled({left - u(3), y - u(1)}, {left + w + u(3), y + line - u(3)}, faded(t.ground, 0.85f),
                          u(3));
      draw->AddText({std::round(left), std::round(y)}, t.text, tr(s.name));
      draw->AddCircleFilled({x, y + line / 2 - u(2)}, u(3), t.text);
    }
    y += line;
  }
  pop_type();
}

void describe(const RangeTool& tool, const Target& area, const PlotArea& f, int row) {
  const RangeCurve& c = tool.curves[0];
  const double now = row < 0 ? f.x.lo : c.lr[static_cast<size_t>(row)];
  State state{.min = f.x.lo, .max = f.x.hi, .now = now};
  for (const Suggestion& s : suggestions)
    state.value += (state.value.empty() ? "" : ", ") + std::string(tr(s.name)) + " " +
                   readable(to_digits(c.advice.*s.rate, 3));
  if (!c.lr.empty() && c.lr.back() < f.x.hi * 0.99)
    state.value += ", " + tr("diverges from {0}", {readable(to_digits(c.lr.back(), 3))});
  set_state(area, std::move(state));
}

int row_of(const RangeCurve& c, double lr) {
  const int row = static_cast<int>(std::lower_bound(c.lr.begin(), c.lr.end(), lr) - c.lr.begin());
  return std::min(row, static_cast<int>(c.lr.size()) - 1);
}

/// The row that the arrows have led to, from the run's own rate on, or that is under the pointer; -1: none.
int pointed_row(RangeTool& tool, const Target& area, const PlotArea& f, double rate) {
  const RangeCurve& c = tool.curves[0];
  const int last = static_cast<int>(c.lr.size()) - 1;
  if (!area.focused || last < 0) tool.row = -1;
  if (last < 0) return -1;
  if (area.focused) {
    if (tool.row < 0) tool.row = row_of(c, rate);
    const int by = arrow_x(area) * (ImGui::GetIO().KeyShift ? 10 : 1);
    tool.row = std::clamp(tool.row + by, 0, last);
    if (takes_key(area, ImGuiKey_Home)) tool.row = 0;
    if (takes_key(area, ImGuiKey_End)) tool.row = last;
    return tool.row;
  }
  const double share = (ImGui::GetIO().MousePos.x - f.at.x) / f.size.x;
  return area.hovered ? row_of(c, f.x.lo * std::pow(f.x.hi / f.x.lo, std::clamp(share, 0.0, 1.0))) : -1;
}

/// The row in words, and where it lies.
void tell(const Target& area, const PlotArea& f, const RangeCurve& c, int row) {
  if (row < 0) return set_detail(area, tr("none|rate"));
  const auto i = static_cast<size_t>(row);
  const ImVec2 at{f.x_of(c.lr[i]), f.y_of(c.smoothed[i])};
  upright(f, c.lr[i], faded(theme().text, 0.35f), std::max(1.f, std::floor(u(1))));
  ImGui::GetWindowDrawList()->AddCircleFilled(at, u(4), theme().text);
  const std::string words = tr("rate {0}: loss {1}, smoothed {2}",
                               {readable(c.lr[i]), readable(c.loss[i]), readable(c.smoothed[i])});
  set_detail(area, words);
  if (area.focused) ImGui::SetNextWindowPos({at.x + u(12), at.y + u(12)});
  pointer_note(words);
}

void plot(Session& session, const Results& results, RangeTool& tool, double now, ImVec2 at, ImVec2 size) {
  const size_t seeds = seeds_shown(session);
  const Theme& t = theme();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const RangeCurve& own = tool.curves[0];
  draw->AddRectFilled(at, {at.x + size.x, at.y + size.y}, t.ground, u(6));
  const PlotArea f = frame_for(tool, seeds, {at.x + u(4), at.y + u(4)}, {size.x - u(8), size.y - u(8)});
  const float alpha = is_stale(tool.tests[0], now) ? 0.4f : 1.f;
  draw_scales(f, tr("learning rate"), tr("loss"), true);
  draw_end(f, own);
  const double rate =
      rate_of(jobs::problem_without_minima(session.scenario, session.selected, results.objective()));
  if (rate > f.x.lo && rate < f.x.hi) upright(f, rate, t.accent, u(2));
  for (size_t i = 1; i < seeds; ++i)
    draw_line(f, tool.curves[i], tool.curves[i].smoothed, faded(t.muted, 0.8f * alpha), u(1.25f));
  const ImU32 colour = t.runs[session.selected];
  draw_line(f, own, own.loss, faded(colour, 0.4f * alpha), u(1));
  if (is_noisy(session.scenario) && own.shown.size() <= 600)
    for (int row : own.shown) {
      const size_t i = static_cast<size_t>(row);
      draw->AddCircleFilled({f.x_of(own.lr[i]), f.y_of(own.loss[i])}, u(1.75f), faded(colour, 0.6f * alpha));
    }
  draw_line(f, own, own.smoothed, faded(colour, alpha), u(2.5f));
  draw_suggestions(f, own.advice);
  ImGui::SetCursorScreenPos(f.at);
  const Target area = target(
      Role::img, "range test plot", f.size,
      "Loss against a rate that rises step by step, as it is (thin) and smoothed (bold). Arrows go from rate "
      "to rate, Enter or a click takes one.",
      true, no_keyboard | quiet | by_request);
  const int row = pointed_row(tool, area, f, rate);
  tell(area, f, own, row);
  describe(tool, area, f, row);
  if (row >= 0 && (area.pressed || takes_key(area, ImGuiKey_Enter))) {
    take_rate(session, session.selected, own.lr[static_cast<size_t>(row)], 3);
    commit(session);
  }
  progress_bar(tool.tests[0].progress, now - tool.tests[0].asked_at, at, size.x, u(3));
}

void buttons(Session& session, const RangeTool& tool) {
  const RangeAdvice advice = tool.curves[0].advice;
  Columns three = begin_columns(3);
  bool first = true;
  for (const Suggestion& s : suggestions) {
    if (!std::exchange(first, false)) next_column(three);
    const double lr = advice.*s.rate;
    text(tr(s.name), TextLook::muted);
    const std::string label = lr > 0 ? readable(to_digits(lr, 3)) : tr("none|rate");
    if (button({s.name, tr("take {0}", {tr(s.name)})}, label.c_str(), ButtonLook::plain, lr > 0, s.help)) {
      take_rate(session, session.selected, lr, 3);
      commit(session);
    }
  }
  end_columns(three);
}

void settings(RangeTool& tool) {
  Columns pair = begin_columns(2);
  const Study& study = studies()[static_cast<size_t>(find_study("range-test"))];
  const auto help = [&](const char* key) {
    return study.params[static_cast<size_t>(find_param(study.params, key))].help;
  };
  number("from", tool.lr_min, 1e-12, tool.lr_max / 2, false, help("lr_min"));
  next_column(pair);
  number("to", tool.lr_max, tool.lr_min * 2, 1e12, false, help("lr_max"));
  end_columns(pair);
  slider("Smoothing", tool.smoothing, {0, 0.99, false, false, "", help("smoothing")}, 0, 0.999);
}

float wrapped_height(const std::string& words, float width) {
  push_type(Type::small);
  const float h = ImGui::CalcTextSize(words.c_str(), nullptr, false, width).y;
  pop_type();
  return h;
}

}  // namespace

void range_panel(Session& session, const Results& results, RangeTool& tool, const StudyDesk& desk,
                 float height) {
  ask(session, tool, desk);
  begin_group(keyed("range test", tr("Range test")));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(u(8), u(8)));
  const float top = ImGui::GetCursorScreenPos().y, width = fill_width();
  const std::string noise = is_noisy(session.scenario) ? noise_words(tool, seeds_shown(session)) : "";
  const RangeCurve& own = tool.curves[0];
  const bool flat = !own.lr.empty() && !(own.advice.minimum_tenth > 0);
  text(
      tr(flat
             ? "The loss falls at no rate: none is better than another here."
             : "The rate rises from step to step of one run. Where the loss falls fastest is a rate to try."),
      TextLook::muted, true);
  if (!noise.empty()) text(noise, TextLook::error, true);
  const float below = wrapped_height("X", width) + u(32 + 8 * 6 + 28) + (tool.settings_open ? u(108) : 0);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size{width, std::max(std::round(height - (at.y - top) - below), u(130))};
  plot(session, results, tool, desk.now, at, size);
  ImGui::SetCursorScreenPos({at.x, at.y + size.y + u(8)});
  buttons(session, tool);
  if (fold("Range and smoothing", tool.settings_open)) settings(tool);
  ImGui::PopStyleVar();
  end_group();
}

}  // namespace stride::lab
