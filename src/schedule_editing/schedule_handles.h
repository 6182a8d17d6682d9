// Handles of a schedule: the places of the learning-rate curve at which its parameters can be taken hold of,
// and what becomes of a run whose curve is dragged there or drawn anew. Pure functions, without ImGui; made
// from the parameters of the table, whatever the schedule.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "scenario/scenario.h"

namespace stride::schedule_editing {

/// One parameter's place on the curve. Lengths in steps and milestones move along the steps, every other
/// number moves the rate at one step, and a point of a drawn curve does both.
struct Handle {
  enum class Moves { step, rate, both };
  Moves moves = Moves::rate;
  std::string name;         ///< "gamma", "milestones[0]", "schedulers[1].T_max", "lr"
  std::vector<int> nest;    ///< which of the nested schedules, from the outside in
  int param = -1;           ///< of that schedule; -1: the optimizer's lr
  int index = 0;            ///< in the parameter's list; points: of the point, not of its number
  double step = 0;          ///< where it stands: 0 .. steps
  double rate = 0;          ///< of the curve there
  double value = 0;         ///< the parameter's (points: the factor), also where it is left out
  double min = 0, max = 1;  ///< what dragging reaches
  bool log = false, whole = false;
  double origin = 0, until = 0;  ///< Moves::step and both: the step that a length of 0 means; the last step
  bool heard = false;            ///< Moves::step: of a schedule that listens; its step depends on the losses
};

/// What a handle stands on. `losses`: of the run as it is, for schedules that listen; empty where none does.
struct Course {
  int steps = 1;
  std::span<const double> losses = {};
};

/// The rates at steps 0 .. steps.
std::vector<double> planned_rates(const Run& run, const Course& course);

/// A handle for each parameter of the run's schedule, of the schedules in it, and for the optimizer's rate,
/// on which the curve within the course depends.
std::vector<Handle> schedule_handles(const Run& run, const Course& course);

/// The run with the handle dragged to (step, rate): the step meant is `step`, or the curve passes through
/// `rate` at the handle's own step, as nearly as the parameter's range and digits allow. Of several values
/// that do, the one nearest to the present; three significant digits, more where the curve needs them.
Run moved(const Run& run, const Handle& handle, double step, double rate, const Course& course);

/// The run with the handle's value changed by a small amount: `along` whole steps (Moves::step and both),
/// `up` hundredths of its range.
Run nudged(const Run& run, const Handle& handle, int along, int up, const Course& course);

/// The run with the handle's value set to `value`, within what dragging reaches; Moves::both: the step,
/// counted from the curve's own beginning, and the factor `second`.
Run with_value(const Run& run, const Handle& handle, double value, double second);

/// Whether the run's schedule is a drawn curve (Points).
bool is_drawn(const Run& run);
/// The run with its present curve as a drawn one of at most `count` points.
Run as_drawn(const Run& run, const Course& course, int count = 16);
/// The drawn run with one more point on its curve at `step`; its index in `index`, -1: there is no room.
Run with_point(const Run& run, int step, const Course& course, int& index);
/// The drawn run without point `index`; the last one stays.
Run without_point(const Run& run, int index);

/// Drawing by hand: the run as it was when the hand came down, and the rates it has left since, at steps of a
/// fortieth of the course.
struct Stroke {
  Run before;
  std::vector<double> rates;  ///< one for each place of the grid; NaN: untouched
  double last_step = -1, last_rate = 0;
};
Stroke begin_stroke(const Run& run, const Course& course);
/// The hand has moved to (step, rate), straight from where it was.
void draw_to(Stroke& stroke, double step, double rate, const Course& course);
/// The run whose curve is what has been drawn, and where nothing has been what it was. `finished`: with as
/// few points as say the same, at most `most_points`.
Run drawn(const Stroke& stroke, const Course& course, bool finished);
inline constexpr int most_points = 32;

/// Which of the points (x, y, x, y, ...; x increasing) to keep so that no left-out one lies further than
/// `tolerance` above or below the lines between the kept ones, at most `most`; both ends stay (Ramer 1972;
/// Douglas and Peucker 1973, the worst place first).
std::vector<int> simplify(std::span<const double> points, double tolerance, int most);

}  // namespace stride::schedule_editing
