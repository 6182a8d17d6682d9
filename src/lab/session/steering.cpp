#include "lab/session/steering.h"

#include <algorithm>
#include <cmath>

#include "core/math/digits.h"
#include "lab/session/locks.h"

namespace stride::lab {

namespace {

int row_of_cursor(const Session& session, const RunResult& result) {
  return row_at(result, cursor_step(session.scenario));
}

const RunResult& selected_result(const Session& session, const Results& results) {
  return results[static_cast<size_t>(session.selected)];
}

/// Steps and factors of `base` that give `rates` again; of a long past only what can be seen of it.
std::vector<double> as_points(std::span<const double> rates, double base) {
  constexpr size_t exact = 1000;
  const double seen = rates.size() <= exact ? 0 : *std::max_element(rates.begin(), rates.end()) / exact;
  std::vector<double> points;
  for (size_t t = 0; t < rates.size(); ++t)
    if (points.empty() || std::fabs(rates[t] - points.back() * base) > seen)
      points.insert(points.end(), {static_cast<double>(t), rates[t] / base});
  return points;
}

}  // namespace

bool is_steering(const Session& session, const Playback& playback) {
  return (playback.playing || playback.steering) && !is_locked(session, lock_schedule);
}

double rate_at_cursor(const Session& session, const Results& results) {
  const RunResult& run = selected_result(session, results);
  return run.path.lr[static_cast<size_t>(row_of_cursor(session, run))];
}

void steer(Session& session, const Results& results, double lr) {
  const RunResult& result = selected_result(session, results);
  const int step = row_of_cursor(session, result);
  Run& run = selected_run(session);
  const double base = run.optimizer.number(0);
  std::vector<double> points = as_points(std::span(result.path.lr).first(static_cast<size_t>(step)), base);
  points.insert(points.end(), {static_cast<double>(step), to_digits(lr / base, 4)});
  const int row = find_schedule("Points");
  const auto& params = schedules()[static_cast<size_t>(row)].params;
  run.schedule = default_settings(row, params);
  run.schedule.values[static_cast<size_t>(find_param(params, "points"))] = std::move(points);
  run.schedule.values[static_cast<size_t>(find_param(params, "interpolation"))] = {1};  // in steps
}

}  // namespace stride::lab
