// Curves of a plot: which rows are drawn, and how the line is.
#include <algorithm>
#include <cmath>

#include "lab/plots/plot.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

/// The column's entry in what is kept; it belongs to this one result, and new results have none.
KeptCurves::Column& column_of(Plots& plots, const RunResult& run, const std::vector<double>& values) {
  constexpr size_t most = 2 * max_runs;
  std::vector<KeptCurves>& kept = plots.kept;
  auto at = std::find_if(kept.begin(), kept.end(), [&](const KeptCurves& k) { return k.result == run.id; });
  if (at == kept.end()) {
    if (kept.size() == most) kept.erase(kept.begin());
    at = kept.insert(kept.end(), {run.id, {}});
  }
  for (KeptCurves::Column& c : at->columns)
    if (c.data == values.data()) return c;
  return at->columns.emplace_back(KeptCurves::Column{values.data(), 0, -1, 0, {}, {}, nullptr});
}

/// Whether the values jump between rows i and i + 1 from one level to another, as a staircase does.
bool is_stair(std::span<const double> v, int i) {
  const auto at = [&](int k) {
    return v[static_cast<size_t>(std::clamp(k, 0, static_cast<int>(v.size()) - 1))];
  };
  return at(i) != at(i + 1) && at(i - 1) == at(i) && at(i + 1) == at(i + 2);
}

/// 1: beyond the upper edge, or no number; -1: beyond the lower one; 0: in sight.
int beyond(const Axes& a, double value) {
  return !(value <= a.y.hi) ? 1 : value < a.y.lo ? -1 : 0;
}

void dashes(ImDrawList* draw, std::span<const ImVec2> p, const Pen& pen) {
  float travelled = 0;
  for (size_t i = 1; i < p.size(); ++i) {
    const ImVec2 d{p[i].x - p[i - 1].x, p[i].y - p[i - 1].y};
    const float length = std::hypot(d.x, d.y);
    for (float s = 0; s < length;) {
      const float phase = std::fmod(travelled + s, 2 * pen.dash);
      const float run = std::min((phase < pen.dash ? pen.dash : 2 * pen.dash) - phase + 1e-3f, length - s);
      const float f = s / length, g = (s + run) / length;
      if (phase < pen.dash)
        draw->AddLine({p[i - 1].x + d.x * f, p[i - 1].y + d.y * f},
                      {p[i - 1].x + d.x * g, p[i - 1].y + d.y * g}, pen.colour, pen.width);
      s += run;
    }
    travelled = std::fmod(travelled + length, 2 * pen.dash);
  }
}

}  // namespace

float Axes::x_of(double step) const {
  return at.x + static_cast<float>((step - first) / (last - first)) * size.x;
}

float Axes::y_of(double value) const {
  return at.y + (1 - static_cast<float>(fraction(y, value))) * size.y;
}

Rows shown_rows(const Axes& a, size_t length) {
  const int begin = std::max(static_cast<int>(std::floor(a.first)), 0);
  return {begin, std::min(static_cast<int>(std::ceil(a.last)) + 1, static_cast<int>(length))};
}

const std::vector<int>& rows_to_draw(Plots& plots, const RunResult& run, const std::vector<double>& values,
                                     const Axes& a) {
  KeptCurves::Column& c = column_of(plots, run, values);
  const int width = std::max(static_cast<int>(a.size.x), 1);
  if (c.first == a.first && c.last == a.last && c.width == width) return c.rows;
  const Rows shown = shown_rows(a, values.size());
  c.first = a.first;
  c.last = a.last;
  c.width = width;
  c.rows = decimate(values, shown.begin, shown.end, width);
  return c.rows;
}

void draw_curve(Plots& plots, const Plot& plot, const RunResult& run, const std::vector<double>& v,
                const Pen& pen) {
  const Axes& a = plot.axes;
  const float room = u(2);
  plot.draw->PushClipRect({a.at.x - room, a.at.y - room}, {a.end().x + room, a.end().y + room}, true);
  std::vector<ImVec2> line;
  const auto add = [&](float x, float y) {
    if (line.empty() || line.back().x != x || line.back().y != y) line.push_back({x, y});
  };
  const std::vector<int>& rows = rows_to_draw(plots, run, v, a);
  int left = 0;
  for (size_t k = 0; k < rows.size(); ++k) {
    const int i = rows[k];
    const bool last = pen.ends_level && i > 0 && static_cast<size_t>(i) + 1 == v.size();
    const double value = v[static_cast<size_t>(last ? i - 1 : i)];
    // Along the frame's edge the line would be a level that there is not.
    const int side = beyond(a, value);
    const bool away = side != 0 && side == left;
    left = side;
    if (away || (pen.nan_breaks && std::isnan(value))) {
      stroke(plot.draw, line, pen);
      line.clear();
      if (!away) continue;
    }
    if (pen.stairs && k > 0 && !line.empty() && rows[k - 1] == i - 1 && is_stair(v, i - 1))
      add(a.x_of(i), line.back().y);
    add(a.x_of(i), a.y_of(value));
  }
  stroke(plot.draw, line, pen);
  plot.draw->PopClipRect();
}

void stroke(ImDrawList* draw, std::span<const ImVec2> p, const Pen& pen) {
  if (p.size() < 2) return;
  if (pen.dash > 0) return dashes(draw, p, pen);
  // A polyline's mitres grow long where it turns back sharply: it is cut there.
  size_t from = 0;
  for (size_t i = 1; i < p.size(); ++i) {
    const bool last = i + 1 == p.size();
    const bool sharp =
        !last &&
        (p[i].x - p[i - 1].x) * (p[i + 1].x - p[i].x) + (p[i].y - p[i - 1].y) * (p[i + 1].y - p[i].y) < 0;
    if (!last && !sharp) continue;
    draw->AddPolyline(p.data() + from, static_cast<int>(i - from + 1), pen.colour, 0, pen.width);
    if (sharp && pen.width > 2) draw->AddCircleFilled(p[i], pen.width / 2, pen.colour, 8);
    from = i;
  }
}

void mark_curve(const Plot& plot, std::span<const double> v, int run) {
  const Axes& a = plot.axes;
  const Rows rows = shown_rows(a, v.size());
  for (const double half : {0.0, 0.5}) {
    const double share = half + (run + 0.5) / (2 * max_runs);
    const int step = static_cast<int>(std::lround(a.first + share * (a.last - a.first)));
    if (step < rows.begin || step >= rows.end || beyond(a, v[static_cast<size_t>(step)]) != 0) continue;
    const ImVec2 at{a.x_of(step), a.y_of(v[static_cast<size_t>(step)])};
    plot.draw->AddCircleFilled(at, u(4.5f), theme().ground);
    run_mark(plot.draw, at, u(3.5f), run);
  }
}

Rows rows_seen(const Axes& axes, const Spread& spread, const RunResult& run) {
  const Rows rows = shown_rows(axes, spread.mean.size());
  return {rows.begin,
          std::clamp(run.path.diverged_at < 0 ? run.path.size() : rows.end, rows.begin, rows.end)};
}

void draw_spread(const Plot& plot, const Spread& spread, const RunResult& run, ImU32 colour) {
  const Axes& a = plot.axes;
  const Rows rows = rows_seen(a, spread, run);
  const int stride =
      std::max(1, static_cast<int>(static_cast<float>(rows.end - rows.begin) * 2 / std::max(1.f, a.size.x)));
  std::vector<ImVec2> mean;
  const auto at = [&](const std::vector<double>& column, int t) {
    return ImVec2(a.x_of(t), a.y_of(column[static_cast<size_t>(t)]));
  };
  for (int t = rows.begin; t < rows.end; t += stride) {
    mean.push_back(at(spread.mean, t));
    const int next = std::min(t + stride, rows.end - 1);
    if (next > t)
      plot.draw->AddQuadFilled(at(spread.upper, t), at(spread.upper, next), at(spread.lower, next),
                               at(spread.lower, t), faded(colour, 0.22f));
  }
  stroke(plot.draw, mean, {colour, u(2.25f), u(5), false, false});
}

double mean_at(const Spread& spread, int step) {
  return spread.mean[static_cast<size_t>(std::clamp(step, 0, static_cast<int>(spread.mean.size()) - 1))];
}

std::string means(const PlotDesk& desk, const std::vector<int>& order,
                  const std::function<std::string(const ManyWalkers&)>& mean) {
  std::string words;
  for (int r : order)
    if (const ManyWalkers* many = desk.results.many(static_cast<size_t>(r)))
      words += (words.empty() ? "" : "; ") +
               tr("mean over {0} at the end: {1}",
                  {tr_count(static_cast<int>(many->paths.size()), "1 walker", "{0} walkers"), mean(*many)});
  return words;
}

std::string value_at(std::span<const double> values, int step) {
  const size_t t = static_cast<size_t>(std::max(step, 0));
  return t < values.size() ? readable(values[t]) : "–";
}

namespace {

/// The first steps from which a curve goes the other way, with their values.
std::string turns_of(const std::vector<double>& v) {
  constexpr int most = 4;
  std::string turns;
  int count = 0;
  double way = 0;
  for (size_t i = 1; i < v.size(); ++i) {
    const double by = v[i] - v[i - 1];
    if (by * way < 0 && ++count <= most)
      turns += (count > 1 ? ", " : "") + readable_whole(i - 1) + " (" + readable(v[i - 1]) + ")";
    if (by != 0) way = by;
  }
  return count > most ? turns + ", …" : turns;
}

}  // namespace

const std::string& curve_words(Plots& plots, const RunResult& run, const std::vector<double>& v,
                               bool with_turns) {
  KeptCurves::Column& kept = column_of(plots, run, v);
  std::string& words = kept.words;
  if (v.empty() || (!words.empty() && kept.language == &language())) return words;
  kept.language = &language();
  const double first = v.front(), last = v.back();
  const std::string steps = tr_count(static_cast<int>(v.size()) - 1, "1 step", "{0} steps");
  const auto [least, most] = std::minmax_element(v.begin(), v.end());
  if (*least == *most) return words = tr("{0} over {1}", {readable(first), steps});
  words = tr(last < first   ? "{0} falling to {1} over {2}"
             : last > first ? "{0} rising to {1} over {2}"
                            : "{0} returning to {1} over {2}",
             {readable(first), readable(last), steps});
  if (*most > std::max(first, last)) words = tr("{0}, at most {1}", {words, readable(*most)});
  if (const std::string turns = with_turns ? turns_of(v) : ""; !turns.empty())
    words = tr("{0}, turning at step {1}", {words, turns});
  return words;
}

}  // namespace stride::lab
