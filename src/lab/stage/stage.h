// The surface's place on the screen, and the hand on it. The picture itself is drawn by render/ beneath.
#pragma once

#include "lab/session/playback.h"
#include "lab/session/results.h"
#include "render/surface_view.h"
#include "text/plot_scale.h"
#include "ui/target.h"

namespace stride::jobs {
class Engine;
}

namespace stride::lab {

struct Basins;
struct NetworkPicture;
struct Trainings;
struct LossLandscape;
struct StudyDesk;

struct Stage {
  render::SurfaceView view;
  render::Rect area{0, 0, 1, 1};  ///< device pixels
  bool dragging_start = false;
  render::Rect data{0, 0, 1, 1};  ///< of a fit's data, device pixels
  int dragging_point = -1;        ///< the one in hand
  int next_label = 0;             ///< of a point of a network that is clicked
  Scale data_x, data_y;           ///< stay as they are while a point is dragged
  std::shared_ptr<NetworkPicture> network;
  bool shows_batch = false;  ///< of a fit by batches: the contours of the step's own loss
};

/// Takes the mouse and the keyboard on the surface: turns it, moves the start, finds the step that is pointed
/// at. First of all that stands there. In words it says where the minima are and the runs at this step; below 0: nothing.
void surface_pointer(Session& session, const Results& results, Stage& stage, Pointing& pointing, int step);
/// Arrows turn the surface, or the landscape, with the keyboard's focus; with Shift, and on the map, they move it. + and -
/// zoom.
void take_view_keys(const ui::Target& area, View& view, Stage& stage);
extern const char* const view_keys_help;
/// In place of all that belongs to a surface: a curve with the runs on it, and the hand that drags the ball.
void curve_stage(Session& session, const Results& results, Stage& stage, Pointing& pointing, int step);
/// A fit's data with the models at the step, beside the surface, and the hand on points of one's own.
void data_stage(Session& session, const Results& results, Stage& stage, int step);
/// Of a fit by batches: the contours of the step's batch over the surface, and the button that shows them.
void batch_contours(const Session& session, const Objective& objective, const Stage& stage, int step);
void batch_button(Stage& stage);
/// In place of a surface: a network with its data at the step. `engine`: what trains again between kept weights, or null.
void network_stage(Session& session, const Results& results, Stage& stage, jobs::Engine* engine, int step);
/// While a training takes long: how far it is, and a button that leaves it there.
void training_bar(Trainings& trainings, jobs::Engine* engine, const Stage& stage);
/// In place of that: the loss around the weights at the step. The picture itself is drawn by render/ beneath.
void landscape_stage(LossLandscape& landscape, Session& session, const Results& results, Stage& stage,
                     const StudyDesk& desk, int step);
/// Hands it to the surface view. False: it is not shown.
bool show_landscape(LossLandscape& landscape, const Session& session, Stage& stage, render::Rgba colour);
/// Data or landscape, and which directions.
void landscape_buttons(LossLandscape& landscape, View& view, const Stage& stage);
/// Whether the machine bears it.
bool may_show_landscape(const Scenario& scenario, const StudyDesk& desk);
/// Numbers along the axes and on contour lines, where nothing else has been written; not in the fog.
void surface_labels(const Session& session, const Stage& stage);
/// The ring at the start.
void start_ring(Session& session, const Stage& stage);
/// Where many walkers of the visible runs stand at the step.
void walker_cloud(const Session& session, const Results& results, const Stage& stage, int step);
/// Beside the pointer: the step's place, loss and rate.
void step_label(const Session& session, const Results& results, const Stage& stage, const Pointing& pointing,
                int step);
/// Where the `n`th of `count` buttons stands at the right of the stage: under each other or, where that is too low, in two
/// columns.
ImVec2 button_place(const render::Rect& area, int n, int count);
/// Where the stage is low a network's picture stands beside its cards and buttons: how wide it is; else 0.
float beside_cards(const render::Rect& area);
/// What these take of its width.
float buttons_width(const render::Rect& area, int count);
/// Map or relief, reset, and where there is an engine the basins.
void view_buttons(View& view, const Stage& stage, bool* show_basins);
/// Where cards, buttons and narration stand on a map: at its edges, which it keeps clear.
void clear_edges(const Session& session, Stage& stage);
/// The runs' names in their colours with their outcomes.
void run_cards(Session& session, const Results& results, const Stage& stage);

/// Keeps the surface's overlay at where every start of the selected run ends up; nothing where it is off.
void basins_overlay(Basins& basins, const Session& session, const StudyDesk& desk, Stage& stage);
void basins_legend(const Basins& basins, const StudyDesk& desk, const Stage& stage);

}  // namespace stride::lab
