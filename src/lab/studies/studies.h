// What the studies keep between frames: their settings, and the results they show.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/study.h"
#include "lab/studies/follow.h"
#include "render/image.h"
#include "scenario/scenario.h"
#include "ui/plot_scale.h"

namespace stride::lab {

using namespace ui;

/// Streams of requests, see jobs::Engine::submit.
namespace slot {
inline constexpr int strip = 0, basins = 1, range = 2, map = 6, compare = 8;
}

/// One range test, ready to draw.
struct RangeCurve {
  std::vector<double> lr, loss, smoothed;
  std::vector<int> shown;  ///< rows worth drawing
  RangeAdvice advice{none, none, none};
};

struct RangeTool {
  int optimizer = -1;  ///< whose slider gave the range
  double lr_min = 0, lr_max = 0;
  double smoothing = 0.9;
  bool settings_open = false;
  /// The run's own seed first; with noise also the next three, so that its luck is seen.
  std::array<Follow, 4> tests;
  std::array<RangeCurve, 4> curves;
};

/// One side of the map: which number, and the part of it that is shown.
struct MapSide {
  std::string key;           ///< of the MapAxis
  double low = 0, high = 0;  ///< the whole of it, when it was last reset
  double from = 0, to = 0;
};

struct MapTool {
  MapSide x, y;
  Follow follow;
  Scale losses;  ///< of the picture's colours
  render::Image image;
  bool moved = false;  ///< the press under way has become a pan
};

/// A row of the study `compare`.
struct CompareRow {
  int run = 0;
  double best_lr, final_loss, steps, median, lower, upper, diverged;
};

struct CompareTool {
  enum class Order { final_loss, steps, median };
  double tolerance = 1e-3;
  Order order = Order::final_loss;
  bool running = false, give = false;  ///< give: set the best rates when all is done
  double asked_at = 0;
  Scenario asked;  ///< what is being compared
  std::array<Follow, max_runs> studies;
  Scenario shown_for;  ///< what `rows` belong to
  double shown_tolerance = 0;
  std::vector<CompareRow> rows;  ///< by run
};

struct Studies {
  Follow strip;              ///< the sweep under the learning-rate slider
  bool show_basins = false;  ///< where every start ends up, laid over the surface
  Follow basins;
  RangeTool range;
  MapTool map;
  CompareTool compare;
};

}  // namespace stride::lab
