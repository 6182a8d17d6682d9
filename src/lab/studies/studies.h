// The studies: their panels, and what these keep between frames, settings and results.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/studies/study.h"
#include "imgui.h"
#include "jobs/landscape.h"
#include "lab/session/results.h"
#include "lab/studies/live_study.h"
#include "render/image.h"
#include "scenario/scenario.h"
#include "text/plot_scale.h"

namespace stride::lab {

/// Streams of requests, see jobs::Engine::submit.
namespace slot {
inline constexpr int strip = 0, basins = 1, range = 2, map = 6, compare = 8, landscape = 20, sharpness = 21;
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
  int row = -1;  ///< where the keys have led; -1: they are elsewhere
  /// The run's own seed first; with noise also the next three, so that its luck is seen.
  std::array<LiveStudy, 4> tests;
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
  LiveStudy study;
  // What is asked for `plain`, the run's own request, over these two axes.
  jobs::Request plain, wanted;
  std::string wanted_x, wanted_y;
  Scale losses;  ///< of the picture's colours
  render::Image image;
  ImVec2 keys{
      -1, -1};  ///< where the keys have led, as shares of the sides from the top left; -1: they are elsewhere
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
  std::array<LiveStudy, max_runs> studies;
  Scenario shown_for;  ///< what `rows` belong to
  double shown_tolerance = 0;
  std::vector<CompareRow> rows;  ///< by run
};

/// A part of all starts that come to the same end.
struct BasinShare {
  int basin;  ///< the minimum, or one of core's negative values for none
  double part;
};

/// Where every start ends up, laid over the surface.
struct Basins {
  bool shown = false;
  LiveStudy study;
  std::vector<Minimum> minima;     ///< what the study's rows are named after
  std::vector<BasinShare> shares;  ///< the largest first
};

/// The loss around a network's weights, in place of its data.
struct LossLandscape {
  bool shown = false, principal = false;
  int step = 0;  ///< whose weights are the centre
  LiveStudy study;
  jobs::LandscapePicture picture;  ///< the last one
  long id = 0;                     ///< of that picture
  Trajectory way;                  ///< of the training, in the picture's directions
  std::vector<int> steps;          ///< of the rows of `way`
};

struct Studies {
  LiveStudy strip;  ///< the sweep under the learning-rate slider
  Basins basins;
  RangeTool range;
  MapTool map;
  CompareTool compare;
  LossLandscape landscape;
  LiveStudy sharpness;  ///< along the selected training, for the limit beside its rate
};

/// The range test: loss against a rising rate. A panel changes the selected run where a rate is taken.
void range_panel(Session& session, const Results& results, RangeTool& tool, const StudyDesk& desk,
                 float height);
/// Final loss over two parameters. `has_gl`: there is a context to make a texture in.
void map_panel(Session& session, const Results& results, MapTool& tool, const StudyDesk& desk, bool has_gl,
               float height);
/// Every run at its own best rate, ranked.
void compare_panel(Session& session, CompareTool& tool, const StudyDesk& desk);

}  // namespace stride::lab
