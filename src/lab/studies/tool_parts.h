// What the instruments share: the problem behind a run, taking a value that a picture recommends, and a small
// plot of one number over another.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/studies/study.h"
#include "imgui.h"
#include "lab/studies/studies.h"
#include "ui/plot_scale.h"

namespace stride::lab {

/// The study's Settings at its defaults, but for the given values.
Settings study_settings(const char* key, std::initializer_list<std::pair<const char*, double>> values);

struct Taken {
  MapAxis axis;
  double value;
};
/// Writes values into run `r`, and the start or the noise into the problem where the
/// run has none of its own. The undo step is the caller's.
void take_values(Session& session, int r, std::span<const Taken> values);
/// The rate (where the schedule sets it: its max_lr), rounded to `digits` significant ones.
void take_rate(Session& session, int r, double lr, int digits);
double rate_of(const StudyProblem& problem);
double to_digits(double value, int digits);

/// A thin bar across the top of a box while a study takes longer than half a second; `seconds`: so far.
void progress_bar(double progress, double seconds, ImVec2 at, float width);

/// An area with a scale on each side.
struct Frame {
  ImVec2 at, size;
  ui::Scale x, y;
  ImVec2 end() const { return {at.x + size.x, at.y + size.y}; }
  /// Inside the area, whatever the value.
  float x_of(double v) const { return at.x + size.x * static_cast<float>(ui::fraction(x, v)); }
  float y_of(double v) const { return at.y + size.y * (1 - static_cast<float>(ui::fraction(y, v))); }
};
/// The largest area within the box `at`, `size` that leaves room for the labels of both scales; `right` more
/// at the right.
Frame make_frame(ImVec2 at, ImVec2 size, const ui::Scale& x, const ui::Scale& y, float right);
/// Labels, grid lines (where `grid`) and the axes' names.
void draw_frame(const Frame& frame, const char* x_name, const char* y_name, bool grid);
/// Labels of one horizontal scale only, under y.
void draw_ruler(const Frame& frame, float y, const char* name);
/// Diverged: stripes that need no colour to be told.
void draw_hatch(ImVec2 from, ImVec2 to);

}  // namespace stride::lab
