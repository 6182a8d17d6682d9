#include "core/run_alone.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace stride {

std::unique_ptr<Descent> descent_of(const ManyRuns& request, std::size_t lane) {
  Settings optimizer = request.optimizer, schedule = request.schedule;
  set_rate(optimizer, schedule, static_cast<double>(request.lr[lane]));
  Noise noise = request.noise;
  if (!request.common_noise) noise.seed += static_cast<unsigned>(lane);
  const Point start{static_cast<double>(request.x[lane]), static_cast<double>(request.y[lane])};
  return std::make_unique<Descent>(request.objective, start, noise, request.steps, optimizer, schedule);
}

void end_alone(const ManyRuns& request, std::size_t lane, const Trajectory& path, ManyEnds& out) {
  const auto number = [](double v) {
    return std::fabs(v) <= static_cast<double>(std::numeric_limits<float>::max())
               ? static_cast<float>(v)
               : std::numeric_limits<float>::infinity();
  };
  const std::size_t last = path.x.size() - 1;
  out.x[lane] = number(path.x[last]);
  out.y[lane] = number(path.y[last]);
  out.loss[lane] = number(path.loss[last]);
  out.diverged_at[lane] = path.diverged_at;
  const bool arrives = path.diverged_at < 0;
  out.steps_to_tolerance[lane] = -1;
  for (std::size_t t = path.x.size(); t-- > 0;) {
    if (!arrives && t == last) continue;
    out.min_loss[lane] = std::min(out.min_loss[lane], number(path.loss[t]));
    if (path.loss[t] <= request.tolerance) out.steps_to_tolerance[lane] = static_cast<int>(t);
  }
  if (arrives) out.place[lane] = place_of(request, out.x[lane], out.y[lane]);
  if (!request.watch_arrival) return;
  Point at{path.x[last], path.y[last]};
  if (out.place[lane] >= 0) at = request.places[static_cast<std::size_t>(out.place[lane])];
  std::size_t since = last;
  const auto near = [&](std::size_t t) {
    return std::hypot(path.x[t] - at.x, path.y[t] - at.y) <= static_cast<double>(request.reach);
  };
  while (arrives && since > 0 && near(since - 1)) --since;
  out.arrived_at[lane] = static_cast<int>(since);
}

}  // namespace stride
