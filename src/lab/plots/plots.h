// The two plots over the steps: the learning rate and the loss of every run.
#pragma once

#include <string>
#include <vector>

#include "lab/plots/curve_editor.h"
#include "lab/session/playback.h"
#include "lab/session/results.h"

namespace stride {
struct Language;
}

namespace stride::lab {

struct LessonState;
struct LiveStudy;
struct StudyDesk;
struct Recordings;

/// What has been made of one result's columns: which rows are drawn, and the sentence about them.
struct KeptCurves {
  struct Column {
    const double* data;
    double first = 0, last = -1;
    int width = 0;
    std::vector<int> rows;
    std::string words;
    const Language* language = nullptr;  ///< of the words
  };
  long result = 0;  ///< its id
  std::vector<Column> columns;
};

/// Of the selected training, layer by layer.
struct LayerCurves {
  long result = 0;  ///< its id
  std::vector<std::vector<double>> weights, gradients, updates, ratios;
};

/// The largest rate that the selected training's rule bears, at some of its steps.
struct TrainingLimit {
  long of = 0;                      ///< RunResult::began
  std::vector<double> step, limit;  ///< infinite: none
};

/// What the plots keep between frames.
struct Plots {
  bool show_effective = false, show_stability = true, show_momentum = true;
  CurveEditor editor;
  std::vector<KeptCurves> kept;
  LayerCurves layers;
  TrainingLimit limit;
};

/// What a plot reads and may change: the cursor of the session's view, by its handles the selected run, what
/// is pointed at, and its own.
struct PlotDesk {
  Session& session;
  const Results& results;
  Playback& playback;
  Pointing& pointing;
  Plots& plots;
  const Recordings& recordings;
};

/// The learning rate over the steps, with the limit of stability, the momentum, and handles to change it by.
/// A phone has no room for its legend.
void rate_plot(const PlotDesk& desk, float height, bool with_legend = true);
/// The loss over the steps; while a lesson asks for a drawing, the paper for it.
void loss_plot(const PlotDesk& desk, LessonState& lesson, float height);

/// Of networks: the share that is right, over steps and epochs; dashed that of the part held out.
void accuracy_plot(const PlotDesk& desk, float height);
/// Asks for the sharpness along the selected training once it is complete, where the limit is to be seen.
void keep_sharpness(const PlotDesk& desk, LiveStudy& study, const StudyDesk& engine);
/// Of the selected network: the sizes of its layers' weights, gradients and updates.
void layers_panel(const PlotDesk& desk, float height);

}  // namespace stride::lab
