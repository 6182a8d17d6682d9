// The lab: what a learner sees and does. Its state lies in parts, each in the folder of its room; only the
// shell, which draws a frame of panels and runs commands, sees them all. It knows neither window nor file:
// what it wants from outside it asks through Services.
#pragma once

#include <string>
#include <string_view>

#include "lab/explain/explaining.h"
#include "lab/lessons/blindfold.h"
#include "lab/plots/plots.h"
#include "lab/recordings/recordings.h"
#include "lab/session/results.h"
#include "lab/session/services.h"
#include "lab/session/training.h"
#include "lab/setup/drafts.h"
#include "lab/shell/shell.h"
#include "lab/stage/stage.h"
#include "lab/studies/studies.h"

namespace stride::lab {

struct Lab {
  Services services;
  Session session;
  LessonState lesson;
  Results results{session, lesson};
  Trainings trainings;
  Playback playback;
  Pointing pointing;
  Drafts drafts;
  Stage stage;
  Fog fog;
  Plots plots;
  Studies studies;
  Explaining explaining;
  Recordings recordings;
  Shell shell;
};

/// A lab showing `scenario`. GL objects are made by the caller through lab.stage.view.create().
void init(Lab& lab, Scenario scenario);
/// One frame: input has been given to ImGui (NewFrame called); draws panels with ImGui. `now`: seconds.
/// `width`, `height`: device pixels.
void frame(Lab& lab, double now, float width, float height, float pixel_ratio);
/// Draws the surface with GL; call after frame() and before ImGui's draw data, which leaves its place empty.
void draw_surface(Lab& lab, float framebuffer_height);

/// A document or link from outside (untrusted): replaces the scenario or sets the notice and leaves
/// everything as it was.
void open_document(Lab& lab, std::string_view json, std::string_view file_name);
void open_link(Lab& lab, std::string_view link);
/// Speaks language `code`; asks the host for its texts where they are not here. What is not ours changes
/// nothing.
void set_language(Lab& lab, std::string_view code);
/// Says that the texts of a language, or the lessons in it, could not be had.
void language_missing(Lab& lab, std::string_view code);
void notify(Lab& lab, std::string words, bool is_error);
/// Shows the address of what is there, the open lesson's too.
void show_address(const Lab& lab);
/// Says what has been refused, and shows the link of a new step of the history. At the end of a frame, and of
/// whatever changes the session outside of one.
void settle(Lab& lab);

/// A projector's theme is light.
bool is_dark(const View& view, const Host& host);

/// What all panels speak of: the step pointed at, else the cursor.
int step_shown(const Lab& lab);
LessonDesk lesson_desk(Lab& lab);
PlotDesk plot_desk(Lab& lab);
StudyDesk study_desk(const Lab& lab);

}  // namespace stride::lab
