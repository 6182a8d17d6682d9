#include "lab/plots/recorded_curves.h"

#include <algorithm>
#include <cmath>

#include "lab/recordings/recordings.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

namespace {

/// The rows of a curve between the axes' edges, one more at each.
Rows rows_within(const RecordedCurve& curve, const Axes& axes) {
  const auto at = [&](double step) {
    return static_cast<int>(std::lower_bound(curve.step.begin(), curve.step.end(), step) -
                            curve.step.begin());
  };
  return {std::max(at(axes.first) - 1, 0), std::min(at(axes.last) + 2, static_cast<int>(curve.step.size()))};
}

void draw(const RecordedCurve& curve, const std::vector<double>& values, const Plot& plot, const Pen& pen) {
  const Axes& a = plot.axes;
  const Rows rows = rows_within(curve, a);
  std::vector<ImVec2> line;
  for (const int i : decimate(values, rows.begin, rows.end, std::max(static_cast<int>(a.size.x), 1))) {
    const auto at = static_cast<size_t>(i);
    if (std::isnan(values[at])) {
      stroke(plot.draw, line, pen);
      line.clear();
      continue;
    }
    line.push_back({a.x_of(curve.step[at]), a.y_of(values[at])});
  }
  stroke(plot.draw, line, pen);
}

}  // namespace

std::vector<double> recorded_values(const Recordings& recordings, bool rates, const Axes& axes) {
  std::vector<double> out;
  const auto add = [&](const RecordedCurve& curve) {
    const Rows rows = rows_within(curve, axes);
    out.insert(out.end(), curve.value.begin() + rows.begin,
               curve.value.begin() + std::max(rows.end, rows.begin));
  };
  for (const RecordedRun& run : recordings.runs) {
    const Recording& r = run.log.recording;
    if (rates) {
      add(r.lr);
    } else {
      add(r.loss);
      add(r.val_loss);
    }
  }
  return out;
}

void draw_recordings(const Recordings& recordings, bool rates, const Plot& plot) {
  const Axes& a = plot.axes;
  const float room = u(2);
  plot.draw->PushClipRect({a.at.x - room, a.at.y - room}, {a.end().x + room, a.end().y + room}, true);
  // From the other end of the runs' colours.
  int r = max_runs;
  for (const RecordedRun& run : recordings.runs) {
    const Recording& recorded = run.log.recording;
    const ImU32 colour = theme().runs[--r];
    if (rates) {
      draw(recorded.lr, recorded.lr.value, plot, {colour, u(1.5f)});
      continue;
    }
    draw(recorded.loss, recorded.loss.value, plot, {faded(colour, 0.3f), u(1)});
    draw(recorded.loss, run.smooth, plot, {colour, u(1.75f)});
    draw(recorded.val_loss, recorded.val_loss.value, plot, {colour, u(1.5f), u(5)});
  }
  plot.draw->PopClipRect();
}

}  // namespace stride::lab
