// Fair comparison: every run at its own best rate, at the same budget of steps, and from many starts, so that
// nobody is fooled by one lucky path (Choi et al. 2019, arXiv 1910.05446).
#include <algorithm>
#include <cmath>

#include "core/math/digits.h"
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

using Order = CompareTool::Order;

size_t index(int i) {
  return static_cast<size_t>(i);
}

/// What the comparison depends on: not the runs' own rates, which it chooses itself.
Scenario without_rates(Scenario s) {
  s.view = {};
  for (Run& run : s.runs)
    if (!schedules()[index(run.schedule.row)].sets_rate)
      run.optimizer.values[0] = optimizers()[index(run.optimizer.row)].params[0].fallback;
  return s;
}

Settings compare_settings(const CompareTool& tool) {
  return study_settings("compare", {{"tolerance", tool.tolerance}});
}

void start(const Session& session, CompareTool& tool, const StudyDesk& desk, bool give) {
  tool.asked = session.scenario;
  tool.asked_at = desk.now;
  tool.running = true;
  tool.give = give;
}

/// Every run's best rate at once; the undo step is one.
void give_rates(Session& session, CompareTool& tool) {
  for (const CompareRow& row : tool.rows)
    if (std::isfinite(row.final_loss)) take_rate(session, row.run, row.best_lr, 6);
  commit(session);
  tool.shown_for = session.scenario;
}

void finish(Session& session, CompareTool& tool) {
  tool.running = false;
  tool.rows.clear();
  for (size_t r = 0; r < tool.asked.runs.size(); ++r) {
    const std::vector<float>& v = tool.studies[r].rows;
    const auto d = [&](size_t i) { return static_cast<double>(v[i]); };
    tool.rows.push_back({static_cast<int>(r), d(0), d(1), d(2), d(3), d(4), d(5), d(6)});
  }
  tool.shown_for = tool.asked;
  tool.shown_tolerance = tool.tolerance;
  if (tool.give && same_numbers(tool.asked, session.scenario)) give_rates(session, tool);
  tool.give = false;
}

void collect(Session& session, CompareTool& tool, const StudyDesk& desk) {
  if (!tool.running) return;
  bool done = true;
  for (int r = 0; r < static_cast<int>(tool.asked.runs.size()); ++r) {
    LiveStudy& f = tool.studies[index(r)];
    keep_asking(f, desk, request_of(tool.asked, r), {compare_settings(tool)}, slot::compare + r);
    done &= f.id < 0 && !f.rows.empty();
  }
  if (done) finish(session, tool);
}

double progress(const CompareTool& tool) {
  double sum = 0;
  for (size_t r = 0; r < tool.asked.runs.size(); ++r)
    sum += tool.studies[r].id < 0 && !tool.studies[r].rows.empty() ? 1 : tool.studies[r].progress;
  return sum / static_cast<double>(std::max<size_t>(tool.asked.runs.size(), 1));
}

bool is_old(const Session& session, const CompareTool& tool) {
  return tool.shown_tolerance != tool.tolerance ||
         !same_numbers(without_rates(tool.shown_for), without_rates(session.scenario));
}

double key_of(const CompareRow& row, Order order) {
  if (order == Order::median) return row.median;
  if (order == Order::steps) return row.steps < 0 ? no_limit : row.steps;
  return row.final_loss;
}

std::vector<CompareRow> sorted(const CompareTool& tool) {
  // One by one: of a handful of rows, equal ones in the order of their runs.
  std::vector<CompareRow> rows;
  const auto less = [&](const CompareRow& a, const CompareRow& b) {
    return key_of(a, tool.order) < key_of(b, tool.order);
  };
  for (const CompareRow& row : tool.rows)
    rows.insert(std::upper_bound(rows.begin(), rows.end(), row, less), row);
  return rows;
}

// ---- the table

/// Where its columns end, from the left of a row.
struct Table {
  ImVec2 at;
  float width, rate, loss, steps, row;
  bool wide;  ///< the spread's numbers stand beside its picture, not under it
};

/// As wide as the heading asks.
float column_width(const char* heading, float least) {
  return std::max(least, ImGui::CalcTextSize(tr(heading)).x + u(16));
}

Table table_at(ImVec2 at, float width) {
  const float steps = width - u(4), loss = steps - column_width("steps", u(48));
  Table t{at, width, loss - column_width("final loss", u(76)), loss, steps, 0, width >= u(440)};
  t.row = u(t.wide ? 56 : 72);
  return t;
}

void put_right(float x, float y, ImU32 colour, const std::string& words) {
  const float w = ImGui::CalcTextSize(words.c_str()).x;
  ImGui::GetWindowDrawList()->AddText({std::round(x - w), std::round(y)}, colour, words.c_str());
}

/// A heading that sorts by its column.
void heading(CompareTool& tool, Order order, const char* english, float right, float y) {
  const char* words = tr(english);
  const ImVec2 size = ImGui::CalcTextSize(words);
  const ImVec2 at{right - size.x - u(4), y}, box{size.x + u(8), u(24)};
  const bool chosen = tool.order == order;
  ImGui::SetCursorScreenPos(at);
  const Target it = target(Role::button, {english, tr("sort by {0}", {words})}, box);
  if (it.pressed) tool.order = order;
  const bool hot = it.hovered;
  put_right(right, y + (box.y - size.y) / 2, chosen || hot ? theme().text : theme().muted, words);
  if (chosen)
    ImGui::GetWindowDrawList()->AddRectFilled({at.x + u(4), y + box.y - u(3)}, {right, y + box.y - u(1)},
                                              theme().accent);
  set_state(it, {.checked = chosen});
}

Scale spread_scale(const std::vector<CompareRow>& rows) {
  std::vector<double> values;
  for (const CompareRow& r : rows)
    for (double v : {r.lower, r.median, r.upper, r.final_loss}) values.push_back(v);
  return fit_log(values, no_limit);
}

/// Box from quartile to quartile, a bar at the median, a dot for the run's own start.
void draw_spread(const PlotArea& f, const CompareRow& row, float y, ImU32 colour) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const Theme& t = theme();
  const float a = f.x_of(row.lower), b = std::max(f.x_of(row.upper), a + u(2)), m = f.x_of(row.median);
  draw->AddLine({f.at.x, y}, {f.end().x, y}, t.line, u(1));
  draw->AddRectFilled({a, y - u(5)}, {b, y + u(5)}, faded(colour, 0.45f), u(2));
  draw->AddRect({a, y - u(5)}, {b, y + u(5)}, colour, u(2));
  draw->AddRectFilled({m - u(1.5f), y - u(7)}, {m + u(1.5f), y + u(7)}, t.text);
  const float own = f.x_of(row.final_loss);
  draw->AddCircleFilled({own, y}, u(3.5f), t.panel);
  draw->AddCircle({own, y}, u(3.5f), t.text, 0, u(1.5f));
}

std::string spread_words(const CompareRow& r) {
  const auto two = [](double v) { return readable(std::isfinite(v) ? to_digits(v, 2) : v); };
  return two(r.median) + "  (" + two(r.lower) + " – " + two(r.upper) + ")";
}

std::string diverged_words(const CompareRow& r) {
  return tr("{0} % diverged", {readable(std::round(r.diverged * 100))});
}

void draw_row(const Session& session, const Table& t, const PlotArea& f, const CompareRow& r, int rank,
              float y, float alpha) {
  const Theme& k = theme();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const ImU32 ink = faded(k.text, alpha), weak = faded(k.muted, alpha);
  const float line = y + u(8);
  draw->AddText({t.at.x + u(4), line}, weak, (std::to_string(rank) + ".").c_str());
  run_mark(draw, {t.at.x + u(28), line + u(7)}, u(5), r.run);
  const std::string rate = std::isfinite(r.final_loss) ? readable(to_digits(r.best_lr, 3)) : tr("none|rate");
  const float room = t.rate - u(64) - u(40);
  draw->AddText({t.at.x + u(40), line}, ink,
                joined(elide(name_of(session.scenario.runs[index(r.run)]), room)).c_str());
  put_right(t.at.x + t.rate, line, ink, rate);
  const bool lost = !std::isfinite(r.final_loss);
  put_right(t.at.x + t.loss, line, lost ? k.error : ink, lost ? "∞" : readable(to_digits(r.final_loss, 3)));
  put_right(t.at.x + t.steps, line, ink, r.steps < 0 ? "–" : readable(r.steps));
  draw_spread(f, r, y + u(37), faded(k.runs[r.run], alpha));
  const float words = t.wide ? y + u(30) : y + u(49), left = t.wide ? f.end().x + u(12) : f.at.x;
  draw->AddText({std::round(left), std::round(words)}, ink, spread_words(r).c_str());
  put_right(t.at.x + t.steps, words, r.diverged > 0 ? faded(k.error, alpha) : weak, diverged_words(r));
}

std::string row_words(const std::string& name, const CompareRow& r) {
  const std::string rate = readable(r.best_lr), loss = readable(r.final_loss), spread = spread_words(r),
                    lost = diverged_words(r);
  if (r.steps < 0)
    return tr("{0}: best rate {1}, final loss {2}, never within the tolerance, median and quartiles {3}, {4}",
              {name, rate, loss, spread, lost});
  return tr(
      "{0}: best rate {1}, final loss {2}, after {5} within the tolerance, median and quartiles {3}, {4}",
      {name, rate, loss, spread, lost, tr_count(static_cast<int>(r.steps), "1 step", "{0} steps")});
}

void row_button(Session& session, const Table& t, const CompareRow& r, int rank, float y) {
  ImGui::SetCursorScreenPos({t.at.x, y});
  const ImVec2 size{t.width, t.row - u(4)};
  const Target it =
      target(Role::button, {numbered("row", r.run).c_str(), tr("rank {0}", {std::to_string(rank)})}, size);
  if (it.pressed) session.selected = r.run;
  const bool hot = it.hovered;
  if (hot || session.selected == r.run)
    ImGui::GetWindowDrawList()->AddRectFilled({t.at.x, y}, {t.at.x + size.x, y + size.y},
                                              hot ? theme().field_hover : theme().field, u(6));
  set_state(it, {.value = row_words(name_of(session.scenario.runs[index(r.run)]), r),
                 .now = double(r.run),
                 .checked = session.selected == r.run});
}

void table(Session& session, CompareTool& tool) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::vector<CompareRow> rows = sorted(tool);
  const float alpha = tool.running || is_old(session, tool) ? 0.45f : 1.f;
  push_type(Type::small);
  const Table t = table_at(at, fill_width());
  const float line = ImGui::GetFontSize();
  put_right(at.x + t.rate, at.y + (u(24) - line) / 2, theme().muted, tr("best rate"));
  heading(tool, Order::final_loss, "final loss", at.x + t.loss, at.y);
  heading(tool, Order::steps, "steps", at.x + t.steps, at.y);
  heading(tool, Order::median, "median", at.x + column_width("median", u(56)) - u(12), at.y);
  PlotArea f{{at.x + u(10), at.y},
             {t.wide ? std::round(t.width * 0.46f) : t.width - u(20), u(10)},
             spread_scale(rows),
             {}};
  float y = at.y + u(28);
  int rank = 1;
  for (const CompareRow& r : rows) {
    row_button(session, t, r, rank, y);
    draw_row(session, t, f, r, rank++, y, alpha);
    y += t.row;
  }
  draw_ruler(f, y, tr("loss"));
  pop_type();
  ImGui::SetCursorScreenPos({at.x, y + u(28)});
  ImGui::Dummy({t.width, 0});
  text(tr(network_of(session.scenario) ? "Boxes: median and quartiles of the final loss over 32 trainings, "
                                         "each with initial weights and "
                                         "batches of its own; the ring is the run's own."
                                       : "Boxes: median and quartiles of the final loss over 32 starts "
                                         "around the run's own (ring), each "
                                         "with noise of its own."),
       TextLook::muted, true);
}

void commands(const Session& session, CompareTool& tool, const StudyDesk& desk) {
  const char* help =
      "Finds each run's best rate by a sweep over its slider at the same number of steps, and sets it.";
  if (button("give best rates", "Give every run its best rate", ButtonLook::primary, true, help))
    start(session, tool, desk, true);
  ImGui::SameLine(0, u(8));
  if (button("compare", "Compare", ButtonLook::plain, true,
             "Ranks the runs, each at its best rate, and leaves their rates as they are."))
    start(session, tool, desk, false);
  set_width(std::min(fill_width(), u(200)));
  number("tolerance", tool.tolerance, 1e-12, 1e6, false,
         "Steps are counted until the loss is this close to the lowest known.");
  set_width(0);
}

std::string state_words(const Session& session, const CompareTool& tool, double now) {
  if (tool.running && now - tool.asked_at > 0.5) return tr("Comparing…");
  if (tool.rows.empty())
    return tr(
        "Optimizers compare only at rates tuned alike: each run gets the rate that is best for it, at the "
        "same number of steps.");
  if (is_old(session, tool)) return tr("The scenario has changed since: compare again.");
  return "";
}

}  // namespace

void compare_panel(Session& session, CompareTool& tool, const StudyDesk& desk) {
  collect(session, tool, desk);
  // A run that is gone takes the table with it.
  if (tool.rows.size() > session.scenario.runs.size()) tool.rows.clear();
  begin_group("compare");
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(u(8), u(8)));
  ImGui::Dummy({0, 0});
  commands(session, tool, desk);
  if (const std::string words = state_words(session, tool, desk.now); !words.empty())
    text(words, !tool.rows.empty() && !tool.running ? TextLook::error : TextLook::muted, true);
  if (tool.running)
    progress_bar(progress(tool), desk.now - tool.asked_at, ImGui::GetCursorScreenPos(), fill_width(), u(3));
  if (!tool.rows.empty()) table(session, tool);
  ImGui::PopStyleVar();
  end_group();
}

}  // namespace stride::lab
