#include "lab/lessons/sketch.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/math/digits.h"
#include "lab/lessons/lessons.h"
#include "lab/studies/take_values.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

constexpr double not_drawn = std::numeric_limits<double>::quiet_NaN();

double first_loss(const LessonState& lesson, const Results& results) {
  const int run = std::min(lesson.open->prediction->draw->run, static_cast<int>(results.size()) - 1);
  // No number is neither more nor less.
  return std::min(std::max(1e-12, results[static_cast<size_t>(run)].path.loss[0]), 1e300);
}

/// The drawing, whole: it begins at the start's loss, goes straight over gaps and stays level at the end.
/// Empty where nothing is drawn.
std::vector<double> whole_sketch(const LessonState& lesson, const Results& results) {
  std::vector<double> drawn = lesson.sketch;
  if (drawn.empty()) return drawn;
  drawn[0] = first_loss(lesson, results);
  size_t last = 0;
  for (size_t t = 1; t < drawn.size(); ++t) {
    if (std::isnan(drawn[t])) continue;
    for (size_t i = last + 1; i < t; ++i)
      drawn[i] = drawn[last] * std::pow(drawn[t] / drawn[last], double(i - last) / double(t - last));
    last = t;
  }
  if (last == 0) return {};
  std::fill(drawn.begin() + static_cast<std::ptrdiff_t>(last), drawn.end(), drawn[last]);
  return drawn;
}

struct Stroke {
  int step;
  double at;  ///< on the axis' ruler
};

Stroke stroke_at(int steps, const Axes& a, ImVec2 p) {
  const double x = std::clamp((p.x - a.at.x) / a.size.x, 0.f, 1.f);
  const double y = std::clamp((a.end().y - p.y) / a.size.y, 0.f, 1.f);
  const double lo = to_ruler(a.y, a.y.lo), hi = to_ruler(a.y, a.y.hi);
  return {std::clamp(static_cast<int>(std::lround(a.first + x * (a.last - a.first))), 0, steps),
          lo + y * (hi - lo)};
}

/// From where the pointer was to where it is.
void pull(std::vector<double>& drawn, int steps, const Axes& a, bool begins) {
  const ImGuiIO& io = ImGui::GetIO();
  drawn.resize(static_cast<size_t>(steps) + 1, not_drawn);
  const ImVec2 before{io.MousePos.x - io.MouseDelta.x, io.MousePos.y - io.MouseDelta.y};
  const Stroke to = stroke_at(steps, a, io.MousePos), from = begins ? to : stroke_at(steps, a, before);
  const int way = to.step < from.step ? -1 : 1;
  for (int t = from.step;; t += way) {
    const double part = to.step == from.step ? 1 : double(t - from.step) / double(to.step - from.step);
    drawn[static_cast<size_t>(t)] = from_ruler(a.y, from.at + part * (to.at - from.at));
    if (t == to.step) break;
  }
}

}  // namespace

bool is_sketching(const LessonState& lesson) {
  return is_unanswered(lesson) && lesson.open->prediction->draw.has_value();
}

bool shows_paper(const LessonState& l) {
  int screen = 0;
  return l.open && l.open->prediction && l.open->prediction->draw &&
         page_kind(*l.open, l.page, screen) == LessonPage::question;
}

Scale sketch_scale(const LessonState& lesson, const Results& results) {
  return {Scale::Kind::log, first_loss(lesson, results) * 1e-5, first_loss(lesson, results) * 30, 1};
}

void take_sketch(LessonState& lesson, int steps, Plot& plot) {
  const Axes& a = plot.axes;
  ImGui::SetCursorScreenPos(a.at);
  const Target paper = target(Role::img, "paper", a.size, "Drag to draw the loss that you expect.", true,
                              no_keyboard | any_way | quiet);
  if (paper.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (paper.held) pull(lesson.sketch, steps, a, paper.taken);
}

void draw_sketch(const LessonState& lesson, const Results& results, const Plot& plot) {
  const LessonState& l = lesson;
  if (!shows_paper(l)) return;
  const Axes& a = plot.axes;
  std::vector<ImVec2> points;
  const std::vector<double> drawn = whole_sketch(lesson, results);
  for (int t : decimate(drawn, 0, static_cast<int>(drawn.size()), static_cast<int>(a.size.x)))
    points.push_back({a.x_of(t), a.y_of(drawn[static_cast<size_t>(t)])});
  plot.draw->PushClipRect(a.at, a.end(), true);
  stroke(plot.draw, points, {theme().accent, u(2), u(5)});
  plot.draw->PopClipRect();
  if (points.empty() && l.answer < 0) {
    // Where it begins is known.
    const ImVec2 start{a.x_of(0), a.y_of(first_loss(lesson, results))};
    plot.draw->AddCircleFilled(start, u(5), theme().accent);
    push_type(Type::heading);
    place_text(plot.draw, {start.x + u(12), start.y - ImGui::GetFontSize() / 2}, a.at, a.end(),
               theme().accent, tr("Draw here"));
    pop_type();
  }
  if (points.empty() || l.answer < 0) return;
  push_type(Type::small);
  place_text(plot.draw, {a.end().x, a.at.y}, a.at, {a.end().x - u(4), a.end().y}, theme().accent,
             tr("dashed: what you expected"));
  pop_type();
}

void answer_sketch(const LessonDesk& desk, const Results& results) {
  LessonState& lesson = desk.lesson;
  const std::vector<double> drawn = whole_sketch(lesson, results);
  if (!is_sketching(lesson) || drawn.empty()) return;
  LessonState& l = lesson;
  // The run is seen from here on, and so can be judged.
  l.answer = 0;
  const LessonSketch& sketch = *l.open->prediction->draw;
  const size_t run = std::min(static_cast<size_t>(sketch.run), results.size() - 1);
  const bool close = judge_sketch(sketch, drawn, results[run].path).close;
  l.answer = -1;
  answer(desk, close ? 0 : 1);
}

void sketch_panel(const LessonDesk& desk, const Results& results) {
  LessonState& lesson = desk.lesson;
  LessonState& l = lesson;
  const LessonSketch& sketch = *l.open->prediction->draw;
  const std::vector<double> drawn = whole_sketch(lesson, results);
  if (l.answer >= 0) {
    if (drawn.empty() || l.revealed >= 0) return;  // told when the run has come to its end
    const size_t run = std::min(static_cast<size_t>(sketch.run), results.size() - 1);
    const SketchReport r = judge_sketch(sketch, drawn, results[run].path);
    return text(
        tr("You drew an end at {0}; the run ends at {1}. On average you were off by a factor of {2}.",
           {readable(to_digits(r.drawn, 2)), readable(to_digits(r.end, 2)), readable(to_digits(r.off, 2))}),
        TextLook::body, true);
  }
  text(tr("Upwards the plot goes by factors: from 1 to 10 is as far as from 10 to 100."), TextLook::muted,
       true);
  text(tr("Draw on the loss plot with the pointer, or set where the loss ends:"), TextLook::muted, true);
  // For whoever has no pointer: a straight way down to one number.
  const Scale scale = sketch_scale(lesson, results);
  double end = drawn.empty() ? first_loss(lesson, results) : drawn.back();
  const SliderLook look{scale.lo, scale.hi, true, false, "", "The loss that you expect after the last step."};
  if (slider("Loss at the end", end, look, scale.lo, scale.hi)) {
    l.sketch.assign(static_cast<size_t>(desk.session.scenario.steps) + 1, not_drawn);
    l.sketch.back() = end;
  }
  if (button("hand in the drawing", "That is what I expect", ButtonLook::primary, !drawn.empty()))
    answer_sketch(desk, results);
}

}  // namespace stride::lab
