#include "lab/explain/narration.h"

#include <algorithm>
#include <cmath>

#include "lab/explain/explaining.h"
#include "lab/session/edits.h"
#include "text/text.h"
#include "ui/target.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

/// The step from row t - 1 to row t and the ground under both of its ends.
struct Move {
  int t;
  double length, side;  ///< of the step, and of the longer side of the picture
  Derivatives from, to;
  double slope, bend;  ///< along the step where it begins: first and second derivative
  double slope_after;  ///< along the same direction where it ends
  double widths;  ///< the step over the distance to the point of the same height beyond the floor, by the
                  ///< slope and the curvature where it begins; NaN where the ground does not turn up
  double noise;   ///< what the optimizer was given minus the gradient, over the gradient
};

Move move_to(const Objective& objective, const Domain& domain, const Trajectory& path, int step) {
  Move m{};
  m.t = step;
  const auto b = static_cast<size_t>(step), a = b - 1;
  m.from = objective.at(path.x[a], path.y[a]);
  m.to = objective.at(path.x[b], path.y[b]);
  m.side = std::max(domain.xmax - domain.xmin, domain.ymax - domain.ymin);
  const double dx = path.x[b] - path.x[a], dy = path.y[b] - path.y[a];
  m.length = std::hypot(dx, dy);
  m.widths = none;
  m.noise =
      std::hypot(path.grad_x[a] - m.from.dx, path.grad_y[a] - m.from.dy) / std::hypot(m.from.dx, m.from.dy);
  if (!(m.length > 0)) return m;
  const double ux = dx / m.length, uy = dy / m.length;
  m.slope = m.from.dx * ux + m.from.dy * uy;
  m.slope_after = m.to.dx * ux + m.to.dy * uy;
  m.bend = m.from.dxx * ux * ux + 2 * m.from.dxy * ux * uy + m.from.dyy * uy * uy;
  if (m.slope < 0 && m.bend > 0) m.widths = m.length * m.bend / (-2 * m.slope);
  return m;
}

std::string two_digits(double v) {
  if (v >= 100) return readable(std::round(v));
  const double unit = std::pow(10.0, std::floor(std::log10(v)) - 1);
  return readable(std::round(v / unit) * unit);
}

std::string percent(double share) {
  return share < 1e-3 ? "< " + readable(0.1) + " %" : two_digits(100 * share) + " %";
}

std::string loss_words(double before, double after) {
  const std::string a = readable(before), b = readable(after);
  if (a == b) return tr("the loss stays at {0}", {b});
  return tr(after > before ? "the loss rose from {0} to {1}" : "the loss fell from {0} to {1}", {a, b});
}

bool has_velocity(const Run& run, const Trajectory& path, size_t row) {
  const int slot = optimizers()[static_cast<size_t>(run.optimizer.row)].momentum_slot;
  if (slot < 0) return false;
  const double moved = path.momentum[row];
  return (moved == moved ? moved : hyper_of(run.optimizer).values[slot]) > 0;
}

/// How the step lies in the valley.
std::string step_words(const Move& m, const Trajectory& path, const Run& run) {
  const auto b = static_cast<size_t>(m.t), a = b - 1;
  const bool rose = path.loss[b] > path.loss[a];
  if (!(m.length > 0)) return tr("the walker stands still");
  if (m.length < 1e-9 * m.side) return tr("the walker hardly moves any more");
  if (m.slope > 0) {
    const bool against = path.grad_x[a] * m.from.dx + path.grad_y[a] * m.from.dy < 0;
    if (against) return tr("the noise turned the gradient around, and the walker goes uphill");
    if (has_velocity(run, path, a)) return tr("its velocity carries the walker uphill, against the slope");
    return tr("the step goes against the slope");
  }
  const bool crossed = m.slope_after > 0;
  if (crossed && rose && m.widths > 1)
    return tr("the step is {0} times the width of the valley, so the walker lands higher on the other side",
              {m.widths < 1.2 ? readable(std::ceil(m.widths * 1e3) / 1e3) : two_digits(m.widths)});
  if (crossed && rose)
    return tr("the step is too long for the valley: the walker lands higher, on the other side");
  if (crossed && readable(path.loss[a]) == readable(path.loss[b]))
    return tr("the walker crosses the floor of the valley and lands as high on the other side");
  if (crossed && m.widths > 0.5 && m.widths <= 1)
    return tr(
        "the step reaches over the floor of the valley ({0} of its width), and the walker lands lower on the "
        "other side",
        {percent(m.widths)});
  if (crossed) return tr("the walker crosses the floor of the valley and lands lower on the other side");
  if (m.widths < 0.025)
    return tr("a tiny step, {0} of the way to the floor of the valley in its direction",
              {percent(2 * m.widths)});
  if (m.widths < 0.45)
    return tr("the step goes {0} of the way to the floor of the valley in its direction",
              {percent(2 * m.widths)});
  if (m.bend <= 0) return tr("the ground falls away ever more steeply along the step");
  return tr("the walker goes downhill");
}

bool inside(const Domain& d, double x, double y) {
  return x >= d.xmin && x <= d.xmax && y >= d.ymin && y <= d.ymax;
}

std::string domain_words(const Domain& d, const Trajectory& path, size_t b) {
  if (inside(d, path.x[b], path.y[b]) || !inside(d, path.x[b - 1], path.y[b - 1])) return {};
  return tr("The walker leaves the part of the surface that is shown.");
}

std::string schedule_words(const Trajectory& path, size_t b) {
  if (b < 2) return {};
  const double was = path.lr[b - 2], is = path.lr[b - 1];
  if (!(is < 0.8 * was) && !(is > 1.25 * was)) return {};
  return tr(is < was ? "The schedule has just lowered the rate from {0} to {1}."
                     : "The schedule has just raised the rate from {0} to {1}.",
            {readable(was), readable(is)});
}

std::string noise_words(const Move& m) {
  if (!(m.noise > 1) || !std::isfinite(m.noise)) return {};
  return tr("The noise in the gradient is {0} times the slope.", {two_digits(m.noise)});
}

/// How much the loss varies over the picture, or along a path that sees less of it.
double variation(const Objective& objective, const Domain& d, const Trajectory& path) {
  double least = no_limit, most = -no_limit;
  for (int i = 0; i <= 10; ++i)
    for (int j = 0; j <= 10; ++j) {
      double f[3];
      objective.gradient(d.xmin + (d.xmax - d.xmin) * i / 10, d.ymin + (d.ymax - d.ymin) * j / 10, f);
      if (!std::isfinite(f[0])) continue;
      least = std::min(least, f[0]);
      most = std::max(most, f[0]);
    }
  const auto [x0, x1] = std::minmax_element(path.x.begin(), path.x.end());
  const auto [y0, y1] = std::minmax_element(path.y.begin(), path.y.end());
  if (!(*x1 - *x0 + *y1 - *y0 > 0.01 * (d.xmax - d.xmin + d.ymax - d.ymin))) return most - least;
  const auto [lowest, highest] = std::minmax_element(path.loss.begin(), path.loss.end());
  return std::min(most - least, *highest - *lowest);
}

/// What kind of place the walker has come to.
std::string ground_words(const Objective& objective, const Domain& domain, const Move& m,
                         const Trajectory& path, const Outcome& outcome) {
  using K = Outcome::Kind;
  if (outcome.step >= 0 && m.t >= outcome.step) {
    if (outcome.kind == K::converged) return tr("The walker has arrived at a minimum.");
    if (outcome.kind == K::local_minimum)
      return tr("The walker has settled in a local minimum: elsewhere lies a deeper one.");
  }
  const double determinant = m.to.dxx * m.to.dyy - m.to.dxy * m.to.dxy;
  const double newton =
      std::hypot(m.to.dyy * m.to.dx - m.to.dxy * m.to.dy, m.to.dxx * m.to.dy - m.to.dxy * m.to.dx) /
      std::fabs(determinant);
  const double across = std::hypot(m.to.dx, m.to.dy) * m.side;
  const double bent =
      std::max({std::fabs(m.to.dxx), std::fabs(m.to.dyy), std::fabs(m.to.dxy)}) * m.side * m.side;
  const double whole = variation(objective, domain, path);
  if (std::isfinite(whole) && across < 0.02 * whole && bent < 2 * whole)
    return tr(
        "The ground is nearly flat: at this slope the whole width of the picture would change the loss by "
        "only {0}.",
        {readable(across)});
  if (determinant < 0 && newton < 0.02 * m.side)
    return tr(
        "A saddle is near: the ground rises one way and falls the other, and the slope almost vanishes.");
  return {};
}

std::string rates_words(const Objective& objective, const Trajectory& path, size_t b) {
  const double x = path.rate_x[b - 1], y = path.rate_y[b - 1];
  if (!(x > 0) || !(y > 0) || std::max(x, y) < 2 * std::min(x, y)) return {};
  const bool x_first = x > y;
  const char *across = objective.fit ? "w" : "x", *up = objective.fit ? "b" : "y";
  return tr("{0} gets a rate {1} times that of {2}.",
            {x_first ? across : up, two_digits(x_first ? x / y : y / x), x_first ? up : across});
}

std::string start_words(const Objective& objective, const Trajectory& path) {
  const Derivatives d = objective.at(path.x[0], path.y[0]);
  return tr(
      "Start: the walker stands at ({0}, {1}), loss {2}, on a slope of {3}.",
      {readable(path.x[0]), readable(path.y[0]), readable(path.loss[0]), readable(std::hypot(d.dx, d.dy))});
}

}  // namespace

std::string narrate(const Objective& objective, const Domain& domain, const Trajectory& path,
                    const Outcome& outcome, const Run& run, int step) {
  step = std::clamp(step, 0, path.size() - 1);
  const std::string number = readable_whole(step);
  const auto b = static_cast<size_t>(step);
  if (step == path.diverged_at) {
    if (step == 0) return tr("Start: there is no finite loss here, so the run ends at once.");
    if (!std::isfinite(path.loss[b]))
      return tr("Step {0}: the run has diverged: its numbers have left all bounds.", {number});
    return tr("Step {0}: the run has diverged: its numbers have left all bounds, with a loss of {1}.",
              {number, readable(path.loss[b])});
  }
  if (step == 0) return start_words(objective, path);
  const Move m = move_to(objective, domain, path, step);
  const std::string words = tr(
      "Step {0}: {1}; {2}.", {number, step_words(m, path, run), loss_words(path.loss[b - 1], path.loss[b])});
  for (const std::string& more :
       {domain_words(domain, path, b), schedule_words(path, b), noise_words(m),
        ground_words(objective, domain, m, path, outcome), rates_words(objective, path, b)})
    if (!more.empty()) return words + " " + more;
  return words;
}

void narration(const Session& session, const Results& results, const Stage& stage, int step) {
  const render::Rect& a = stage.area;
  if (a.h < u(150) || is_hidden(session.scenario, session.selected)) return;
  const bool small = a.w < u(560);
  const RunResult& result = results[static_cast<size_t>(session.selected)];
  const std::string words = narrate(results.objective(), domain_of(session.scenario), result.path,
                                    result.outcome, selected_run(session), row_at(result, step));
  push_type(small ? Type::small : Type::body);
  const float most = std::min(a.w - u(small ? 16 : 32), u(620)), pad = u(small ? 8 : 12);
  const std::string lines = wrapped(words, most - 2 * pad - u(14));
  const ImVec2 size = ImGui::CalcTextSize(lines.c_str());
  const float w = std::min(size.x + 2 * pad + u(14), most), h = size.y + pad + u(4);
  const ImVec2 at{std::round(a.x + (a.w - w) / 2), std::round(a.y + a.h - h - u(small ? 6 : 12))};
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const Theme& t = theme();
  draw->AddRectFilled(at, {at.x + w, at.y + h}, (t.panel & ~IM_COL32_A_MASK) | (232u << IM_COL32_A_SHIFT),
                      u(6));
  run_mark(draw, {at.x + pad, at.y + (pad + u(4)) / 2 + ImGui::GetFontSize() / 2}, u(4), session.selected);
  draw->AddText({std::round(at.x + pad + u(10)), std::round(at.y + (pad + u(4)) / 2)}, t.text, lines.c_str());
  pop_type();
  note(ui::Role::status, "narration", at, {w, h}, {.value = words, .clipped = h > a.h * 0.4f});
}

}  // namespace stride::lab
