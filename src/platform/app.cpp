#include "platform/app.h"

#include <algorithm>
#include <utility>

#include "backends/imgui_impl_opengl3.h"
#include "imgui.h"
#include "imgui_internal.h"
#include "render/gl.h"
#include "ui/theme.h"

namespace stride::platform {

namespace {

#ifdef __EMSCRIPTEN__
constexpr const char* glsl_version = "#version 300 es";
#else
constexpr const char* glsl_version = "#version 330 core";
#endif

void clear(int width, int height) {
  const ImVec4 ground = ImGui::ColorConvertU32ToFloat4(ui::theme().ground);
  glViewport(0, 0, width, height);
  glDisable(GL_SCISSOR_TEST);
  glClearColor(ground.x, ground.y, ground.z, 1);
  glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
}

}  // namespace

void create_gui(App& app, const ui::OtherLetters& letters) {
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = io.LogFilename = nullptr;  // the scenario is the only state
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  io.ConfigInputTextCursorBlink = false;  // a blinking cursor would ask for frames for ever
  ui::load_fonts(letters);
  app.touch = {};
}

std::string create_gl(App& app) {
  if (!ImGui_ImplOpenGL3_Init(glsl_version)) return "OpenGL could not be set up";
  app.lab.services.has_gl = true;
  return app.lab.stage.view.create();
}

void destroy_gl(App& app, bool context_lost) {
  app.lab.stage.view.destroy(context_lost);
  app.lab.studies.map.image.forget();
  app.lab.services.has_gl = false;
  ImGui_ImplOpenGL3_Shutdown();
}

void destroy_gui() {
  ImGui::DestroyContext();
}

void use_engine(App& app, std::unique_ptr<jobs::Engine> engine) {
  app.engine = std::move(engine);
  app.lab.services.engine = app.engine.get();
}

bool draw(App& app, double now, int width, int height, float pixel_ratio) {
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = ImVec2(float(width), float(height));
  io.DisplayFramebufferScale = ImVec2(1, 1);
  // After a rest the clock has run on: no delay or animation may take that for time spent waiting.
  io.DeltaTime = float(std::clamp(now - app.now, 1e-4, 0.1));
  app.now = now;
  app.touch.scale = pixel_ratio;
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  app.touch.scroll();
  constexpr double slice_ms = 6;  // without workers, studies go on within the frame, whoever looks at them
  if (app.engine && app.engine->wants_frame()) app.engine->poll(0, slice_ms);
  lab::frame(app.lab, now, float(width), float(height), pixel_ratio);
  ImGui::Render();
  clear(width, height);
  lab::draw_surface(app.lab, float(height));
  glViewport(0, 0, width, height);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  ++app.frames;
  // ImGui spreads quick input over several frames; what still waits needs one.
  return app.lab.shell.wants_frame || (app.engine && app.engine->wants_frame()) ||
         ImGui::GetCurrentContext()->InputEventsQueue.Size > 0;
}

Error set_scenario(App& app, std::string_view json) {
  Scenario probe;
  Error error = read_scenario(json, probe);
  if (!error) lab::open_document(app.lab, json, "scenario");
  return error;
}

}  // namespace stride::platform
