// The lab: what a learner sees and does. One value of state, recomputed where the scenario changed, drawn by
// panels (one file each). It knows neither window nor file: what it wants from outside it asks through Host.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/explain.h"
#include "core/trajectory.h"
#include "lab/explain/explaining.h"
#include "lab/lessons/lesson_state.h"
#include "lab/plots/plots.h"
#include "lab/session/locks.h"
#include "lab/session/playback.h"
#include "lab/session/pointing.h"
#include "lab/session/services.h"
#include "lab/session/session.h"
#include "lab/setup/drafts.h"
#include "lab/setup/lock_scope.h"
#include "lab/shell/shell.h"
#include "lab/stage/stage.h"
#include "lab/studies/studies.h"
#include "scenario/scenario.h"

namespace stride::lab {

using namespace ui;

struct PlotCache;

/// What one run has come to: derived from the scenario, never edited.
struct RunResult {
  Trajectory path;
  std::shared_ptr<Replay> replay;  ///< the optimizer's state along it; made where it is asked for
  Outcome outcome;
  double lambda_start = 0;             ///< largest curvature at the start
  std::vector<double> lambda;          ///< largest Hessian eigenvalue at each row, for the stability limit
  std::string words;                   ///< outcome and last loss, as its card shows
  std::shared_ptr<PlotCache> plotted;  ///< what the plots keep of these curves; made by them
};

struct Lab {
  Services services;
  Session session;
  Scenario computed;               ///< what `results` belongs to
  std::vector<RunResult> results;  ///< one a run
  int computed_horizon = -1;       ///< how many steps `results` have: see horizon()
  double compute_ms = 0;           ///< of the last recomputation
  Playback playback;
  Pointing pointing;
  Drafts drafts;
  Stage stage;
  Plots plots;
  Studies studies;
  Explaining explain;
  LessonState lesson;
  Shell shell;
};

/// A lab showing `scenario`. GL objects are made by the caller through lab.stage.view.create().
void init(Lab& lab, Scenario scenario);
/// One frame: input has been given to ImGui (NewFrame called); draws panels with ImGui. `now`: seconds.
/// `width`, `height`: device pixels.
void frame(Lab& lab, double now, float width, float height, float pixel_ratio);
/// Draws the surface with GL; call after frame() and before ImGui's draw data, which leaves its place empty.
void draw_surface(Lab& lab, float framebuffer_height, float pixel_ratio);

/// A document or link from outside (untrusted): replaces the scenario or sets the notice and leaves
/// everything as it was.
void open_document(Lab& lab, std::string_view json, std::string_view file_name);
void open_link(Lab& lab, std::string_view link);

/// Recomputes results where the scenario's numbers changed. Called by frame(); public for tests and
/// benchmarks.
void update(Lab& lab);
/// Takes an undo step if the scenario differs from the committed one; called when a control is let go. What
/// is locked goes back to what it was.
void commit(Lab& lab);
/// The same for a scenario that a learner has not made: a lesson's, a document's, the host's. No lock holds.
void accept(Lab& lab);
void undo(Lab& lab);
void redo(Lab& lab);
void notify(Lab& lab, std::string words, bool is_error);

/// The row that run `r` shows now: the hovered step, else the cursor, within the run's length.
int shown_row(const Lab& lab, int r);
bool is_hidden(const Lab& lab, int r);

/// The scenario that a surface pick, a new run, ... starts from; each takes an undo step.
void pick_surface(Lab& lab, int row);
/// The learner's own f(x, y). An error leaves the scenario and returns its sentence.
Error use_expression(Lab& lab, const std::string& text);
void add_run(Lab& lab);
void duplicate_run(Lab& lab, int r);
void remove_run(Lab& lab, int r);
void set_hidden(Lab& lab, int r, bool hide);
void move_start(Lab& lab, Point to);
void toggle_play(Lab& lab);
void set_cursor(Lab& lab, int step);  ///< clamped to 0 .. steps
int cursor_step(const Lab& lab);      ///< the cursor, -1 resolved to the last step
void copy_link(Lab& lab);
void save_document(Lab& lab);
void choose_document(Lab& lab);  ///< one of the learner's own; not where anything is locked
void toggle_theme(Lab& lab);
bool is_dark(const Lab& lab);
/// Speaks language `code`; asks the host for its texts where they are not here. What is not ours changes
/// nothing.
void set_language(Lab& lab, std::string_view code);
/// Keys that no control has taken.
void shortcuts(Lab& lab);

// Panels, one file each. Each fills the current ImGui window or child.
void top_bar(Lab& lab);
void run_cards(Lab& lab);      ///< over the surface: names, colours, outcomes
void surface_panel(Lab& lab);  ///< fills the window's content: place, interaction, labels
void rate_panel(Lab& lab);     ///< the learning rate of the selected run alone
void run_panel(Lab& lab);      ///< optimizer, rate, schedule, parameters of the selected run
bool parameter_controls(Settings& settings, std::span<const Param> params, int first, int steps, int columns);
void language_picker(Lab& lab);  ///< the button in the bar and its list
void language_choice(Lab& lab);  ///< the same as a drop-down
void surface_picker(Lab& lab);   ///< the button and its popup of pictures
void problem_panel(Lab& lab);    ///< surface, expression, start, noise, steps
void rate_strip(Lab& lab);       ///< under the learning-rate slider: what every rate would come to
void basins_overlay(Lab& lab);   ///< keeps the surface's overlay at the scenario; nothing while it is off
void basins_legend(Lab& lab);
void arithmetic_panel(Lab& lab, float height);  ///< the update rule with this step's numbers
void arithmetic_marks(Lab& lab);                ///< over the surface: what is lit, and the state
void narration(Lab& lab);                       ///< at the foot of the surface: what just happened, in words
void range_panel(Lab& lab, float height);       ///< the range test: loss against a rising rate
void map_panel(Lab& lab, float height);         ///< final loss over two parameters
void compare_panel(Lab& lab, float height);     ///< every run at its own best rate, ranked
void rate_plot(Lab& lab, float height);
void loss_plot(Lab& lab, float height);
void transport(Lab& lab);
void help_overlay(Lab& lab);

}  // namespace stride::lab
