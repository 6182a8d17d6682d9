// The loss of one step's batch over the weights of a fit, as contours above that of all data: where the batch would have
// the walker go.
#include <algorithm>
#include <cmath>

#include "core/fits/fit.h"
#include "lab/session/ground.h"
#include "lab/stage/stage.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

constexpr int points = 49;  // along a side

/// The batch's loss, row by row from the lowest b, each from the lowest w.
std::vector<double> losses_of(const Objective& objective, const Domain& d, std::span<const int> batch) {
  std::vector<double> losses;
  for (int row = 0; row < points; ++row)
    for (int column = 0; column < points; ++column) {
      double out[3];
      fit_gradient(*objective.fit, batch, d.xmin + (d.xmax - d.xmin) * column / (points - 1),
                   d.ymin + (d.ymax - d.ymin) * row / (points - 1), out);
      losses.push_back(out[0]);
    }
  return losses;
}

/// Where the line of a level enters and leaves a cell, in shares of its sides.
int crossings(const double (&corners)[4], double level, ImVec2 (&found)[4]) {
  static constexpr ImVec2 at[] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
  int count = 0;
  for (int k = 0; k < 4; ++k) {
    const double here = corners[k] - level, next = corners[(k + 1) % 4] - level;
    if ((here > 0) == (next > 0)) continue;
    const float part = static_cast<float>(here / (here - next));
    const ImVec2 from = at[k], to = at[(k + 1) % 4];
    found[count++] = {from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part};
  }
  return count;
}

}  // namespace

void batch_contours(const Session& session, const Objective& objective, const Stage& stage, int step) {
  constexpr int levels = 8;
  const std::shared_ptr<Batches> batches = batches_of(objective);
  const Domain d = domain_of(session.scenario);
  const std::vector<double> losses = losses_of(objective, d, batches->at(step));
  const auto [least, most] = std::minmax_element(losses.begin(), losses.end());
  const render::Rect& a = stage.area;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->PushClipRect({a.x, a.y}, {a.x + a.w, a.y + a.h}, true);
  const auto on_screen = [&](float column, float row) {
    const auto along = [](double from, double to, float share) {
      return from + (to - from) * static_cast<double>(share);
    };
    return stage.view.project(session.scenario.view, a, along(d.xmin, d.xmax, column / (points - 1)),
                              along(d.ymin, d.ymax, row / (points - 1)));
  };
  for (int k = 0; k < levels; ++k) {
    // Even distances between the lines of a bowl.
    const double share = (k + 0.5) / levels, level = *least + (*most - *least) * share * share;
    for (int row = 0; row + 1 < points; ++row)
      for (int column = 0; column + 1 < points; ++column) {
        const auto at = [&](int r, int c) {
          return losses[static_cast<size_t>((row + r) * points + column + c)];
        };
        const double corners[] = {at(0, 0), at(0, 1), at(1, 1), at(1, 0)};
        ImVec2 found[4];
        const int count = crossings(corners, level, found);
        for (int i = 0; i + 1 < count; i += 2) {
          const float c = static_cast<float>(column), r = static_cast<float>(row);
          const render::ScreenPoint p = on_screen(c + found[i].x, r + found[i].y),
                                    q = on_screen(c + found[i + 1].x, r + found[i + 1].y);
          if (p.in_front && q.in_front) draw->AddLine({p.x, p.y}, {q.x, q.y}, theme().accent, u(1.25f));
        }
      }
  }
  draw->PopClipRect();
}

void batch_button(Stage& stage) {
  const render::Rect& a = stage.data;
  ImGui::SetCursorScreenPos({a.x + a.w - u(40), a.y + u(2)});
  if (button("contours of the batch", icon::map, ButtonLook::icon, true,
             "The loss of this step's batch alone, as contours over the surface"))
    stage.shows_batch = !stage.shows_batch;
}

}  // namespace stride::lab
