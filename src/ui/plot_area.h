// A plot's area with a scale on each side, its labels, and what is laid over areas: stripes and the progress of work.
#pragma once

#include "imgui.h"
#include "text/plot_scale.h"

namespace stride::ui {

struct PlotArea {
  ImVec2 at, size;
  Scale x, y;
  ImVec2 end() const { return {at.x + size.x, at.y + size.y}; }
  /// Inside the area, whatever the value.
  float x_of(double v) const { return at.x + size.x * static_cast<float>(fraction(x, v)); }
  float y_of(double v) const { return at.y + size.y * (1 - static_cast<float>(fraction(y, v))); }
};
/// The largest area within the box `at`, `size` that leaves room for the labels of both scales; `right` more at
/// the right.
PlotArea fit_plot_area(ImVec2 at, ImVec2 size, const Scale& x, const Scale& y, float right);
/// Labels, grid lines (where `grid`) and the axes' names.
void draw_scales(const PlotArea& area, const char* x_name, const char* y_name, bool grid);
/// Labels of the horizontal scale only, under y.
void draw_ruler(const PlotArea& area, float y, const char* name);
/// Where the axis of `scale` at the left of an area is broken, two strokes across it: below them lies zero.
void draw_break(const Scale& scale, ImVec2 at, float height);
/// Stripes that need no colour to be told: what diverges. `strength`: of the colour, 0 to 1.
void draw_hatch(ImVec2 from, ImVec2 to, float strength = 0.5f);
/// A thin bar of the height `height` while work takes longer than half a second; `seconds`: so far.
void progress_bar(double progress, double seconds, ImVec2 at, float width, float height);

ImU32 faded(ImU32 colour, float alpha);
/// The thinnest line that is drawn, in whole pixels.
float hairline_width();

}  // namespace stride::ui
