// What both platforms share: the lab with its ImGui context, one frame of it, and rebuilding after a lost GL
// context.
#pragma once

#include <memory>
#include <string>

#include "jobs/jobs.h"
#include "lab/shell/lab.h"
#include "platform/touch.h"
#include "ui/theme.h"

namespace stride::platform {

struct App {
  std::unique_ptr<jobs::Engine> engine;  ///< what the lab's studies run on; made by run()
  lab::Lab lab;
  Touch touch;
  long frames = 0;     ///< drawn since the start
  double now = 0;      ///< seconds, of the last frame
  std::string pasted;  ///< what the clipboard is known to hold, where it cannot be asked
};

/// How many frames ImGui takes to come to rest after an input: hover, press and what follows from them.
inline constexpr int settle_frames = 3;

/// Makes the ImGui context and its settings. Once, before anything else; needs no GL.
void create_gui(App& app, const ui::OtherLetters& letters = {});
/// Makes every GL object in the current context: at the start and after a lost context. Returns what went
/// wrong, or nothing.
std::string create_gl(App& app);
/// Lets go of every GL object. `context_lost`: they are gone already.
void destroy_gl(App& app, bool context_lost);
void destroy_gui();

/// Hands the lab its engine. Before the first frame.
void use_engine(App& app, std::unique_ptr<jobs::Engine> engine);

/// Draws one frame into the bound framebuffer from the input that ImGui has been given. `now` in seconds,
/// sizes in device pixels. True when it wants to be followed by another although nothing happens.
bool draw(App& app, double now, int width, int height, float pixel_ratio);

/// For tests and for embedding: replaces the scenario. Returns why not, or nothing.
Error set_scenario(App& app, std::string_view json);

}  // namespace stride::platform
