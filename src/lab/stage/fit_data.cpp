// What a fit is held against: the data in its own units, the model of every run at the step that is shown, with the
// selected run's residuals and its batch; and the hand that adds, drags and erases points of one's own.
#include <algorithm>
#include <cmath>

#include "lab/session/edits.h"
#include "lab/session/ground.h"
#include "lab/session/locks.h"
#include "lab/stage/stage.h"
#include "text/text.h"
#include "ui/plot_area.h"
#include "ui/target.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

/// From the data's own unit to that of the fit.
struct Unit {
  double scale = 1, offset = 0;
  double in(double own) const { return own * scale + offset; }
  double out(double fitted) const { return (fitted - offset) / scale; }
};

Unit unit_of(const std::vector<double>& own, const std::vector<double>& fitted) {
  const auto [low, high] = std::minmax_element(own.begin(), own.end());
  if (!(*high > *low)) return {};
  const auto at = [&](auto it) { return fitted[static_cast<size_t>(it - own.begin())]; };
  const double scale = (at(high) - at(low)) / (*high - *low);
  return {scale, at(low) - *low * scale};
}

struct Data {
  const Fit& fit;
  Samples own;
  Unit x, y;
  PlotArea area;
};

bool is_sigmoid(const Data& data) {
  return data.fit.model == FitModel::sigmoid;
}

/// What the model says of x, both in the data's own units.
double model_at(const Data& data, Point weights, double x) {
  const double z = weights.x * data.x.in(x) + weights.y;
  return is_sigmoid(data) ? 1 / (1 + std::exp(-z)) : data.y.out(z);
}

ImVec2 spot(const Data& data, double x, double y) {
  return {data.area.x_of(x), data.area.y_of(y)};
}

Scale around(const std::vector<double>& values) {
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  const double air = *high > *low ? (*high - *low) * 0.1 : std::max(std::fabs(*low) * 0.1, 1.0);
  return {Scale::Kind::linear, *low - air, *high + air};
}

Data data_of(const FitProblem& problem, const Fit& fit, Stage& stage) {
  Data data{fit, samples_of(problem), {}, {}, {}};
  data.x = unit_of(data.own.x, fit.samples.x);
  if (!is_sigmoid(data)) data.y = unit_of(data.own.y, fit.samples.y);
  if (stage.dragging_point < 0) {
    stage.data_x = around(data.own.x);
    stage.data_y = is_sigmoid(data) ? Scale{Scale::Kind::linear, -0.15, 1.15} : around(data.own.y);
  }
  const render::Rect& a = stage.data;
  const float inset = u(12), top = u(28);
  data.area = fit_plot_area({a.x + inset, a.y + top}, {a.w - 2 * inset, std::max(a.h - top - u(14), u(40))},
                            stage.data_x, stage.data_y, u(8));
  return data;
}

void draw_model(const Data& data, Point weights, ImU32 colour, float width) {
  if (!std::isfinite(weights.x) || !std::isfinite(weights.y)) return;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const int pieces = is_sigmoid(data) ? 96 : 1;
  const Scale& x = data.area.x;
  const double height = data.area.y.hi - data.area.y.lo;
  for (int i = 0; i <= pieces; ++i) {
    const double at = x.lo + (x.hi - x.lo) * i / pieces;
    // Beyond the plot a line goes on: the clipping, not the scale's edge, ends it.
    const double y = std::clamp((model_at(data, weights, at) - data.area.y.lo) / height, -1e3, 1e3);
    draw->PathLineTo({data.area.x_of(at), data.area.end().y - static_cast<float>(y) * data.area.size.y});
  }
  draw->PathStroke(colour, 0, width);
}

void draw_points(const Data& data, Point weights, const std::vector<bool>& lit, ImU32 colour) {
  const Theme& t = theme();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const bool few = data.own.x.size() <= 400;
  for (size_t i = 0; i < data.own.x.size(); ++i) {
    const ImVec2 at = spot(data, data.own.x[i], data.own.y[i]);
    const double says = model_at(data, weights, data.own.x[i]);
    if (few && std::isfinite(says))
      draw->AddLine(at, spot(data, data.own.x[i], says), faded(colour, lit[i] ? 0.65f : 0.2f), u(1));
    draw->AddCircleFilled(at, u(few ? 4 : 2), lit[i] ? t.accent : faded(t.muted, 0.6f));
    if (lit[i] && few) draw->AddCircle(at, u(4), t.text, 0, u(1));
  }
}

/// Which samples the step has seen.
std::vector<bool> batch_at(const Objective& objective, int step, size_t samples) {
  const std::shared_ptr<Batches> batches = batches_of(objective);
  if (batches->full()) return std::vector<bool>(samples, true);
  std::vector<bool> lit(samples, false);
  for (const int i : batches->at(step)) lit[static_cast<size_t>(i)] = true;
  return lit;
}

int point_near(const Data& data, ImVec2 mouse) {
  float best = u(12);
  int found = -1;
  for (size_t i = 0; i < data.own.x.size(); ++i) {
    const ImVec2 at = spot(data, data.own.x[i], data.own.y[i]);
    const float away = std::hypot(at.x - mouse.x, at.y - mouse.y);
    if (away < best) best = away, found = static_cast<int>(i);
  }
  return found;
}

/// Where the pointer is, to a thousandth of what is shown.
Point under(const Data& data, ImVec2 mouse) {
  const auto value = [](const Scale& s, float part) {
    const double unit = std::pow(10.0, std::floor(std::log10(s.hi - s.lo)) - 2);
    const double v = s.lo + (s.hi - s.lo) * std::clamp(static_cast<double>(part), 0.0, 1.0);
    return std::round(std::round(v / unit) * unit * 1e9) / 1e9;
  };
  const PlotArea& a = data.area;
  const Point p{value(a.x, (mouse.x - a.at.x) / a.size.x), value(a.y, 1 - (mouse.y - a.at.y) / a.size.y)};
  return is_sigmoid(data) ? Point{p.x, p.y > 0.5 ? 1.0 : 0.0} : p;
}

/// What the format refuses (no point, one label alone) is said, and nothing changes.
bool put_points(Session& session, std::vector<double> points) {
  FitProblem& fit = *fit_of(session.scenario);
  std::swap(fit.points, points);
  const Error error = validate(session.scenario);
  if (!error) return true;
  std::swap(fit.points, points);
  refuse(session, sentence(error), true);
  return false;
}

void take_hand(const Target& area, const Data& data, Session& session, Stage& stage) {
  const ImGuiIO& io = ImGui::GetIO();
  const int near = area.hovered || area.taken ? point_near(data, io.MousePos) : -1;
  std::vector<double> points = fit_of(session.scenario)->points;
  const Point at = under(data, io.MousePos);
  if (near >= 0 && (ImGui::IsMouseDoubleClicked(0) || (area.taken && io.MouseClicked[1]))) {
    points.erase(points.begin() + 2 * near, points.begin() + 2 * near + 2);
    put_points(session, std::move(points));
    stage.dragging_point = -1;
    return;
  }
  if (area.taken && io.MouseClicked[0]) {
    stage.dragging_point = near >= 0 ? near : static_cast<int>(points.size() / 2);
    if (near < 0) points.insert(points.end(), {at.x, at.y});
    if (near < 0 && !put_points(session, std::move(points))) stage.dragging_point = -1;
    return;
  }
  if (!area.held) stage.dragging_point = -1;
  const size_t i = static_cast<size_t>(stage.dragging_point) * 2;
  if (stage.dragging_point >= 0 && i + 1 < points.size() && ImGui::IsMouseDragging(0, u(2))) {
    points[i] = at.x;
    points[i + 1] = at.y;
    put_points(session, std::move(points));
  }
  if (near >= 0) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
}

/// The model as it stands over the data: in their own units, whatever those of the fit are.
std::string words_of(const Data& data, Point weights, double loss) {
  const double up = is_sigmoid(data) ? 1 : data.y.scale, from = is_sigmoid(data) ? 0 : data.y.offset;
  const double slope = weights.x * data.x.scale / up,
               level = (weights.x * data.x.offset + weights.y - from) / up;
  const std::string z = readable(slope) + (is_sigmoid(data) ? " x" : " · x") + (level < 0 ? " − " : " + ") +
                        readable(std::fabs(level));
  return (is_sigmoid(data) ? "σ(" + z + ")" : z) + ", " + tr("loss {0}", {readable(loss)});
}

}  // namespace

void data_stage(Session& session, const Results& results, Stage& stage, int step) {
  const FitProblem* problem = fit_of(session.scenario);
  if (!problem) return;
  const Theme& t = theme();
  const Objective& objective = results.objective();
  const Data data = data_of(*problem, *objective.fit, stage);
  const render::Rect& a = stage.data;
  const bool own = problem->data == FitData::points && !is_locked(session, lock_surface);
  ImGui::SetCursorScreenPos({a.x, a.y});
  const Target area =
      target(Role::img, "data", {a.w, a.h},
             own ? "Click to add a point, drag it, erase it by a double click or the right button." : "",
             true, any_button | overlapped | any_way | quiet);
  const RunResult& chosen = results[static_cast<size_t>(session.selected)];
  const auto weights = [&](const RunResult& run) {
    const size_t row = static_cast<size_t>(row_at(run, step));
    return Point{run.path.x[row], run.path.y[row]};
  };
  const int row = row_at(chosen, step);
  const std::string words = words_of(data, weights(chosen), chosen.path.loss[static_cast<size_t>(row)]);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled({a.x, a.y}, {a.x + a.w, a.y + a.h}, t.panel);
  push_type(Type::small);
  const bool by_batches = !batches_of(objective)->full() && stage.area.w > u(1);
  draw->AddText({a.x + u(12), a.y + u(8)}, t.text, elide(words, a.w - u(by_batches ? 60 : 24)).c_str());
  pop_type();
  draw_scales(data.area, "x", "y", true);
  draw->PushClipRect(data.area.at, data.area.end(), true);
  const ImU32 colour = t.runs[session.selected];
  draw_points(data, weights(chosen), batch_at(objective, row, data.own.x.size()), colour);
  for (const Minimum& m : named_minima(objective)) draw_model(data, {m.x, m.y}, faded(t.text, 0.35f), u(1));
  for (int r = 0; r < static_cast<int>(results.size()); ++r)
    if (!is_hidden(session.scenario, r) && r != session.selected)
      draw_model(data, weights(results[static_cast<size_t>(r)]), t.runs[r], u(1.5f));
  draw_model(data, weights(chosen), colour, u(2.5f));
  draw->PopClipRect();
  set_state(area, {.value = words, .now = static_cast<double>(data.own.x.size())});
  if (by_batches) batch_button(stage);
  if (by_batches && stage.shows_batch) batch_contours(session, objective, stage, row);
  if (own) take_hand(area, data, session, stage);  // last: what it changes, the next frame draws
}

}  // namespace stride::lab
