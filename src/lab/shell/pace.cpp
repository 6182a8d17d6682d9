#include "lab/shell/pace.h"

#include <algorithm>

#include "imgui.h"
#include "lab/session/services.h"
#include "render/surface_view.h"

namespace stride::lab {

namespace {

constexpr double slow = 1.05 / 30;  // seconds: a screen's own thirtieth is not slow
constexpr double very_slow = 0.1;   // not worth a try in between
constexpr double rest = 0.25;       // a hand that has not moved for so long rests
constexpr double remembered = 30;   // a machine does not become fast at once

bool moves() {
  const ImGuiIO& io = ImGui::GetIO();
  const bool moved = io.MouseDelta.x != 0 || io.MouseDelta.y != 0;
  return io.MouseWheel != 0 || (moved && ImGui::IsAnyMouseDown());
}

/// The middle one of the last frames: where a hand moves in jerks, pauses are among them.
void measure(Pace& pace, double seconds) {
  pace.took[static_cast<size_t>(pace.count++)] = seconds;
  if (pace.count < static_cast<int>(pace.took.size())) return;
  pace.count = 0;
  std::array<double, 5> sorted = pace.took;
  std::nth_element(sorted.begin(), sorted.begin() + 2, sorted.end());
  if (sorted[2] > slow)
    pace.needed =
        sorted[2] > very_slow ? render::most_coarse : std::min(pace.needed + 1, render::most_coarse);
}

}  // namespace

void keep_pace(Pace& pace, const Services& services) {
  const double now = services.now;
  if (moves()) pace.moved_at = now;
  if (now - pace.moved_at >= rest || ImGui::IsMouseReleased(0) || ImGui::IsMouseReleased(1)) {
    pace.moved_at = pace.last = -1e9;
    pace.coarseness = pace.count = 0;
    return;
  }
  if (pace.last < 0) {
    if (now > pace.needed_until) pace.needed = 0;
  } else {
    measure(pace, now - pace.last);
  }
  pace.last = now;
  pace.coarseness = pace.needed;
  if (pace.coarseness == 0) return;
  pace.needed_until = now + remembered;
  if (now < pace.wakes_at || !services.host.wake_after) return;
  pace.wakes_at = now + rest;
  services.host.wake_after(rest);
}

}  // namespace stride::lab
