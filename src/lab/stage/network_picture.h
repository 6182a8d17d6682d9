// What a network says of its data at one step, kept until the step or the training changes.
#pragma once

#include <string>
#include <vector>

#include "core/networks/network.h"
#include "lab/session/results.h"
#include "lab/stage/between_kept.h"
#include "lab/stage/stage.h"
#include "ui/plot_area.h"
#include "ui/target.h"

namespace stride::lab {

using ui::PlotArea, ui::Target;

struct NetworkPicture {
  static constexpr int grid = 57;  ///< points along a side of the decision regions
  NetworkProblem problem;          ///< what `data` belongs to
  DataSet data;
  Scale x, y;  ///< of the two inputs that are drawn; they stay while a point is dragged
  // What the rest belongs to.
  long result = -1;
  int row = -1, shown_samples = 0;
  int first = 0;               ///< the sample that says[0] belongs to: of digits the held out ones come first
  int kept = 0;                ///< the row whose weights are shown
  std::vector<float> weights;  ///< at that row
  std::vector<int> says;       ///< the label that the network gives, from `first` on
  std::vector<float> regions;  ///< of two inputs: how likely it holds label 1, [row from the top][column]
  std::vector<bool> lit;       ///< the samples of the step's batch
  BetweenKept between;
};

/// Of the iris the two lengths that tell the species apart; else the only two.
int first_input(const DataSet& data);
/// The colour of a class.
ImU32 class_colour(int label);
/// A mark that tells classes apart without colours too.
void class_mark(ImDrawList* draw, ImVec2 at, float radius, int label, ImU32 colour, bool filled);

/// Whether a hand may add, drag and erase points; does so; and the button that chooses the class of new ones.
bool takes_points(const Session& session);
void take_points(const Target& area, const PlotArea& a, Session& session, Stage& stage);
void label_button(Stage& stage);

/// Pictures of digits with what is said of each, framed where it is wrong, and the first layer's weights.
void digits_sheet(const NetworkPicture& picture, const render::Rect& area);
/// How many pictures the sheet has room for.
int digits_shown(const render::Rect& area, const NetworkPicture& picture);

}  // namespace stride::lab
