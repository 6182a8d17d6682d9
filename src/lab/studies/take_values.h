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
#include "text/plot_scale.h"

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

}  // namespace stride::lab
