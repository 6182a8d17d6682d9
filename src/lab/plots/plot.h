// What the plots over the steps share: the frame with its axes, the pointer on it, curves, the cursor, and
// the values under the pointer.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "imgui.h"
#include "lab/plots/plots.h"
#include "ui/plot_area.h"
#include "ui/target.h"

namespace stride::lab {

using namespace ui;

/// The area inside the axes. Every position that comes out is finite and inside it, save for steps out of
/// sight.
struct Axes {
  ImVec2 at, size;
  double first = 0, last = 1;  ///< steps at the left and right edge
  Scale y;
  ImVec2 end() const { return {at.x + size.x, at.y + size.y}; }
  float x_of(double step) const;
  float y_of(double value) const;
};

/// A plot being drawn.
struct Plot {
  const char* name;
  ImVec2 at, size;   ///< the rounded frame
  Axes axes;         ///< its y is for the caller to set
  int pointed = -1;  ///< the step under the pointer, -1: it is elsewhere
  ImDrawList* draw = nullptr;
  Target area;  ///< of the frame
};

/// One run's values, row by row; NaN and infinity allowed.
struct Curve {
  int run;
  std::span<const double> values;
  bool ends_level = false;  ///< as Pen has it
};

struct Pen {
  ImU32 colour;
  float width;              ///< device pixels
  float dash = 0;           ///< length of a dash and of a gap, 0: solid
  bool stairs = false;      ///< a jump between two levels is drawn upright
  bool nan_breaks = true;   ///< false: NaN is drawn at the upper edge
  bool ends_level = false;  ///< the last row is drawn as the one before it: no step is taken from it
};

/// Heading, readout and frame; takes the pointer (wheel zooms, left button moves the cursor, shift, middle or
/// right button pans, a double click shows all) and records what it points at in Pointing::next_hover.
/// `height` is the whole of it; `below` is kept free under the frame. `first` takes the pointer before the
/// plot does, for what lies on it.
Plot begin_plot(const PlotDesk& desk, const char* name, const char* heading, const std::string& readout,
                float height, float below, const std::function<void(Plot&)>& first = {});
/// Grid lines and labels of both axes. After the scale is set.
void draw_axes(const Plot& plot);
/// A second scale under that of the steps, where `below` has kept 18 CSS pixels for it.
void draw_epochs(const Plot& plot, int epoch);
/// A second axis from 0 to 1 at the right.
void draw_unit_axis(const Plot& plot);
/// Rows that the axes show: [begin, end).
struct Rows {
  int begin, end;
};
Rows shown_rows(const Axes& axes, size_t length);
/// The rows of one of the run's own columns that are worth drawing, as decimate() says; kept until the axis
/// or the run changes, so that a moving cursor doesn't pay for long runs.
const std::vector<int>& rows_to_draw(Plots& plots, const RunResult& run, const std::vector<double>& values,
                                     const Axes& axes);
void draw_curve(Plots& plots, const Plot& plot, const RunResult& run, const std::vector<double>& values,
                const Pen& pen);
/// The rows of many walkers that are in sight: as far as the run's own path is.
Rows rows_seen(const Axes& axes, const Spread& spread, const RunResult& run);
/// The middle half of the walkers as a band, their mean as a line.
void draw_spread(const Plot& plot, const Spread& spread, const RunResult& run, ImU32 colour);
/// Their mean at a step; the last one beyond.
double mean_at(const Spread& spread, int step);
/// "mean over 64 walkers at the end: 0.01" of every run that is seen over many; `mean` says it of one.
std::string means(const PlotDesk& desk, const std::vector<int>& order,
                  const std::function<std::string(const ManyWalkers&)>& mean);
/// The run's mark on its curve, where no other run's is: among several, its colour is not all that tells it.
void mark_curve(const Plot& plot, std::span<const double> values, int run);
/// A solid or dashed line through points on the screen.
void stroke(ImDrawList* draw, std::span<const ImVec2> points, const Pen& pen);
/// Small type at `at`, moved inside `box` [min, max].
void place_text(ImDrawList* draw, ImVec2 at, ImVec2 min, ImVec2 max, ImU32 colour, const std::string& words);

/// The cursor, and, where a step is hovered, dots on the curves and the values in a box beside the pointer:
/// `values[i]` belongs to curves[i]. Says which curve is nearest to the pointer.
void draw_pointing(const PlotDesk& desk, const Plot& plot, std::span<const Curve> curves,
                   const std::vector<std::string>& values);
/// The step that both plots speak of: hovered, else the cursor.
int spoken_step(const PlotDesk& desk, const Plot* plot = nullptr);
using RunWords = std::function<std::string(const RunResult&)>;
/// Records the plot; `words` says what became of a run, for those who don't see it.
void end_plot(const PlotDesk& desk, const Plot& plot, const RunWords& words, const std::string& also = {});

/// The value at a step in words; a dash where the run has ended before.
std::string value_at(std::span<const double> values, int step);
/// "0.1 falling to 0.001 over 200 steps" of one of the run's own columns; kept like the rows.
const std::string& curve_words(Plots& plots, const RunResult& run, const std::vector<double>& values,
                               bool with_turns = false);
/// Whether a visible run's schedule moves its momentum and the learner wants to see it: the plots then share
/// a margin.
bool shows_momentum(const PlotDesk& desk);
/// The visible runs, the selected one last, on top.
std::vector<int> drawing_order(const PlotDesk& desk);

}  // namespace stride::lab
