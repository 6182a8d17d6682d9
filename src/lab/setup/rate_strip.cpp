// The slider that knows: under the learning rate's own axis, what every other rate would come to from the
// same start. The final loss as colour, what diverges hatched, the best rate ticked, the limit of stability
// marked.
#include <algorithm>
#include <cmath>

#include "core/colours.h"
#include "core/math/digits.h"
#include "core/stability.h"
#include "core/studies/study_columns.h"
#include "lab/session/ground.h"
#include "lab/session/locks.h"
#include "lab/setup/setup.h"
#include "lab/studies/studies.h"
#include "scenario/parts.h"
#include "text/text.h"
#include "ui/plot_area.h"
#include "ui/target.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

struct Axis {
  float x0, x1;
  double lo, hi;
  float at(double lr) const {
    return x0 + (x1 - x0) * static_cast<float>(std::log(lr / lo) / std::log(hi / lo));
  }
};

Settings sweep_of(const Param& lr, int count) {
  const int row = find_study("sweep");
  const Study& study = studies()[static_cast<size_t>(row)];
  Settings settings = default_settings(row, study.params);
  const auto set = [&](const char* key, double v) {
    settings.values[static_cast<size_t>(find_param(study.params, key))] = {v};
  };
  set("lr_min", lr.slider_min);
  set("lr_max", lr.slider_max);
  set("count", count);
  return settings;
}

ImU32 loss_colour(double loss, double low, double high) {
  const double t = high > low ? (loss - low) / (high - low) : 0;
  const auto c = viridis(1 - std::clamp(t, 0.0, 1.0));
  return IM_COL32(static_cast<int>(c[0] * 255), static_cast<int>(c[1] * 255), static_cast<int>(c[2] * 255),
                  255);
}

/// Colours run from the best loss to that of the start, over the logarithm of the height above the best.
struct StripScale {
  double best, unit, top;
  double operator()(double loss) const { return std::log1p(std::max(loss - best, 0.0) / unit) / top; }
};

StripScale scale_of(const std::vector<float>& rows, double start_loss) {
  double best = no_limit;
  for (size_t i = 0; i < row_count<SweepRow>(rows); ++i) {
    const auto row = study_row<SweepRow>(rows, i);
    if (row.basin != basin_diverged) best = std::min(best, static_cast<double>(row.final_loss));
  }
  if (!(best < no_limit)) best = 0;
  const double range = std::max(start_loss - best, 1e-12);
  const double unit = range * 1e-4;
  return {best, unit, std::log1p(range / unit)};
}

void cells(const Axis& axis, float y0, float y1, const std::vector<float>& rows, double start_loss) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const StripScale scale = scale_of(rows, start_loss);
  const size_t count = row_count<SweepRow>(rows);
  const float half = (axis.x1 - axis.x0) / static_cast<float>(std::max<size_t>(count - 1, 1)) / 2;
  float hatched_from = -1;
  for (size_t i = 0; i < count; ++i) {
    const auto row = study_row<SweepRow>(rows, i);
    const float x = axis.at(row.lr);
    const float a = std::max(axis.x0, x - half), b = std::min(axis.x1, x + half);
    const bool diverged = row.basin == basin_diverged;
    if (diverged && hatched_from < 0) hatched_from = a;
    if ((!diverged || i + 1 == count) && hatched_from >= 0) {
      draw_hatch({hatched_from, y0}, {diverged ? b : a, y1}, 1);
      hatched_from = -1;
    }
    if (!diverged) draw->AddRectFilled({a, y0}, {b + 0.5f, y1}, loss_colour(scale(row.final_loss), 0, 1));
  }
}

/// The rate that is better than another; 0: none is.
double best_rate(const std::vector<float>& rows) {
  const int row = best_row(rows);
  if (row < 0) return 0;
  const auto best = study_row<SweepRow>(rows, static_cast<size_t>(row));
  for (size_t i = 0; i < row_count<SweepRow>(rows); ++i) {
    const auto other = study_row<SweepRow>(rows, i);
    if (other.basin != basin_diverged && other.final_loss != best.final_loss) return best.lr;
  }
  return 0;
}

/// First rate from which all larger ones diverge; 0: none does.
double divergence_edge(const std::vector<float>& rows) {
  double edge = 0;
  for (size_t i = row_count<SweepRow>(rows); i-- > 0;) {
    const auto row = study_row<SweepRow>(rows, i);
    if (row.basin != basin_diverged) break;
    edge = row.lr;
  }
  return edge;
}

/// The largest stable rate at the start's curvature, as the rate plot shows it, with its formula; empty where
/// there is none.
struct Limit {
  double rate = 0;
  std::string words;
};

Limit limit_of(const RunResult& result, const Run& run) {
  const StabilityRule found = stability_rule(run.optimizer, result.path.momentum[0]);
  const double rate = found.exists ? stability_limit(found.rule, result.lambda_start) : no_limit;
  if (!std::isfinite(rate)) return {};
  return {rate, stability_formula(found.rule) + " " + readable(rate)};
}

/// Captions under the strip, most important first; one that would lie on another is left out.
class Captions {
 public:
  Captions(float left, float right, float y) : left_(left), right_(right), y_(y) {}
  void put(float x, float align, const std::string& words) {
    const ImVec2 size = ImGui::CalcTextSize(words.c_str());
    const float at = std::clamp(x - size.x * align, left_, right_ - size.x);
    for (const auto& [a, b] : taken_)
      if (at < b + u(8) && at + size.x > a - u(8)) return;
    taken_.push_back({at, at + size.x});
    ImGui::GetWindowDrawList()->AddText({at, y_}, theme().muted, words.c_str());
  }

 private:
  float left_, right_, y_;
  std::vector<std::pair<float, float>> taken_;
};

void tick(float x, float y0, float y1) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const Theme& t = theme();
  draw->AddTriangleFilled({x - u(5), y0 - u(6)}, {x + u(5), y0 - u(6)}, {x, y0}, t.text);
  draw->AddLine({x, y0}, {x, y1}, t.panel, u(3));
  draw->AddLine({x, y0}, {x, y1}, t.text, u(1));
}

/// The tick of the best rate is a button: it takes that rate.
void best_button(Session& session, const Axis& axis, float y0, float y1, double best) {
  const float x = axis.at(best);
  const ImVec2 size{target_height(24), target_height(24)};
  ImGui::SetCursorScreenPos({x - size.x / 2, y0 - u(8)});
  const Target it = target(Role::button, "take the best rate", size,
                           tr("Take the best rate, {0}", {readable(best)}).c_str());
  tick(x, y0, y1);
  set_state(it, {.value = readable(best), .now = best});
  if (!it.pressed) return;
  selected_run(session).optimizer.values[0] = {to_digits(best, 3)};
  commit(session);
}

void record_strip(const std::vector<float>& rows, ImVec2 at, ImVec2 size, double best, double edge,
                  const Limit& limit) {
  State state{.now = static_cast<double>(row_count<SweepRow>(rows))};
  state.value = best > 0             ? tr("best {0}", {readable(best)})
                : best_row(rows) < 0 ? tr("no rate converges")
                                     : tr("The loss falls at no rate: none is better than another here.");
  if (edge > 0) state.value += ", " + tr("diverges from {0}", {readable(edge)});
  if (!limit.words.empty()) state.value += ", " + limit.words;
  note(Role::img, "rates strip", at, size, std::move(state));
}

}  // namespace

void rate_strip(Session& session, const Results& results, LiveStudy& strip, const StudyDesk& desk) {
  const Run& run = selected_run(session);
  const Param& p = optimizers()[static_cast<size_t>(run.optimizer.row)].params[0];
  if (!desk.engine || find_study("sweep") < 0 || is_locked(session, lock_strip)) return;
  const bool quick = jobs::is_quick(session.scenario);
  if (!quick && (desk.engine->workers() == 0 || !jobs::is_bearable(session.scenario))) return;
  jobs::Request wanted = request_of(session.scenario, session.selected);
  std::vector<Settings> stages = {sweep_of(p, 128), sweep_of(p, 512)};
  if (network_of(session.scenario)) {  // its own rate is none of the strip's
    wanted.scenario.runs[0].optimizer.values[0] = p.fallback;
    stages = {sweep_of(p, 16), sweep_of(p, 64)};
  }
  // A long training comes first.
  if (quick || results[static_cast<size_t>(session.selected)].training->ended)
    keep_asking(strip, desk, std::move(wanted), stages, slot::strip);
  else
    stop_asking(strip, desk);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = fill_width(), y0 = at.y + u(2), y1 = at.y + u(16);
  const Axis axis{at.x + u(8), at.x + width - u(8), p.slider_min, p.slider_max};
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled({axis.x0, y0}, {axis.x1, y1}, theme().field, u(2));
  const std::vector<float>& rows = strip.rows;
  push_type(Type::small);
  Captions captions(axis.x0, axis.x1, y1 + u(3));
  if (!rows.empty()) {
    const RunResult& result = results[static_cast<size_t>(session.selected)];
    cells(axis, y0, y1, rows, result.path.loss[0]);
    const double best = best_rate(rows), edge = divergence_edge(rows);
    const Limit limit = is_locked(session, lock_limit) ? Limit{} : limit_of(result, run);
    const bool limit_shown = limit.rate > axis.lo && limit.rate < axis.hi;
    record_strip(rows, {axis.x0, y0}, {axis.x1 - axis.x0, y1 - y0}, best, edge, limit);
    if (limit_shown)
      draw->AddLine({axis.at(limit.rate), y0 - u(3)}, {axis.at(limit.rate), y1 + u(3)}, theme().accent, u(2));
    if (best > 0) captions.put(axis.at(best), 0.5f, tr("best {0}", {readable(best)}));
    if (edge > 0) captions.put(axis.at(edge), 0, tr("diverges from {0}", {readable(edge)}));
    if (limit_shown) captions.put(axis.at(limit.rate), 0.5f, limit.words);
    if (best > 0) best_button(session, axis, y0, y1, best);
  }
  captions.put(axis.x0, 0, readable(axis.lo));
  captions.put(axis.x1, 1, readable(axis.hi));
  pop_type();
  progress_bar(strip.progress, desk.now - strip.asked_at, {axis.x0, y1}, axis.x1 - axis.x0, u(2));
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({width, u(34)});
}

}  // namespace stride::lab
