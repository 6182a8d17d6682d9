// The desktop: a GLFW window, or a picture in a file.
#ifndef __EMSCRIPTEN__

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "backends/imgui_impl_glfw.h"
#include "files/files.h"
#include "imgui.h"
#include "lesson/lesson.h"
#include "platform/dialogs.h"
#include "platform/offscreen.h"
#include "platform/picture_file.h"
#include "platform/platform.h"
#include "platform/system_letters.h"
#include "platform/take_away.h"
#include "render/gl.h"
#include "scenario/logs/log.h"
#include "text/text.h"
#include "ui/text_order.h"

namespace stride::platform {

namespace {

struct Desktop {
  App* app = nullptr;
  GLFWwindow* window = nullptr;
  TakeAway taken;
  float forced_ratio = 0;
  int waiting = settle_frames;      ///< frames that something has asked for
  std::atomic<bool> woken = false;  ///< by a result, from another thread
  double wake_at = 0;               ///< GLFW's time at which a frame is wanted; 0: none
};

Desktop& of(GLFWwindow* window) {
  Desktop& d = *static_cast<Desktop*>(glfwGetWindowUserPointer(window));
  d.waiting = settle_frames;
  return d;
}

std::string last_glfw_error;

int fail(int status, const std::string& words) {
  std::fprintf(stderr, "stride-lab: %s\n", words.c_str());
  return status;
}

bool is_link(const std::string& words) {
  return words.find("://") != std::string::npos || words[0] == '#' || words[0] == '?';
}

/// Whether it is opened beside what there is: a lesson, or the log of a training.
bool is_beside(const std::string& from) {
  if (from.empty() || is_link(from)) return false;
  std::string contents;
  return from.ends_with(".md") ||
         (!read_file(from, max_log_bytes, contents) && is_log(contents, base_name(from)));
}

/// The scenario to begin with. The error is the sentence for standard error.
std::string read_first(const std::string& from, Scenario& out) {
  if (from.empty() || is_beside(from)) return {};
  Error error;
  if (is_link(from)) {
    error = decode_link(from, out);
  } else {
    error = read_scenario_file(from, out);
  }
  return sentence(is_link(from) ? std::move(error) : of_file(std::move(error), from));
}

void open_file(App& app, const std::string& path) {
  std::string contents;
  if (Error error = read_file(path, max_log_bytes, contents))
    lab::notify(app.lab, sentence(of_file(std::move(error), base_name(path))), true);
  else
    lab::open_document(app.lab, contents, base_name(path));
}

void save_file(App& app, const std::string& name, const std::string& contents) {
  const Chosen chosen = ask_where_to_save(name);
  if (chosen.cancelled) return;
  const std::string path = chosen.path.empty() ? name : chosen.path;  // no dialog to be had: here
  const Error error = write_file(path, contents);
  lab::notify(app.lab, error ? sentence(error) : "Saved as " + path, error != nullptr);
}

/// Where XDG wants what programs remember; empty where there is no home.
std::filesystem::path kept_in(const std::string& key) {
  const char* state = std::getenv("XDG_STATE_HOME");
  const char* home = std::getenv("HOME");
  if (state && *state == '/') return std::filesystem::path(state) / "stride" / (key + ".json");
  if (!home || !*home) return {};
  return std::filesystem::path(home) / ".local" / "state" / "stride" / (key + ".json");
}

std::string load_kept(const std::string& key) {
  const std::filesystem::path path = kept_in(key);
  std::string kept;
  if (!path.empty() && read_file(path.string(), max_document, kept)) kept.clear();
  return kept;
}

/// Progress that cannot be kept lasts as long as the window.
void keep(const std::string& key, const std::string& value) {
  const std::filesystem::path path = kept_in(key);
  if (path.empty()) return;
  std::error_code refused;
  std::filesystem::create_directories(path.parent_path(), refused);
  write_file(path.string(), value);
}

lab::Host make_host(Desktop& d) {
  App& app = *d.app;
  lab::Host host;
  host.load = load_kept;
  host.store = keep;
  host.copy_text = [](const std::string& words) { glfwSetClipboardString(nullptr, words.c_str()); };
  host.save_file = [&d](const std::string&, const std::string&) { d.taken.asked = true; };
  host.draw_over = [&d] {
    take_away_panel(d.taken, d.app->lab, [&d](const std::string& name, const std::string& contents) {
      save_file(*d.app, name, contents);
    });
  };
  host.open_file = [&app] {
    const Chosen chosen = ask_what_to_open();
    if (!chosen.path.empty())
      open_file(app, chosen.path);
    else if (!chosen.cancelled)
      lab::notify(app.lab, tr("Drop a file on the window: no file dialog (zenity or kdialog) is installed."),
                  true);
  };
  host.prefers_dark = [] { return true; };
  return host;
}

float ratio_of(const Desktop& d) {
  if (d.forced_ratio > 0) return d.forced_ratio;
  float x = 1, y = 1;
  glfwGetWindowContentScale(d.window, &x, &y);
  return x;
}

void draw_window(Desktop& d) {
  int width = 0, height = 0;
  glfwGetFramebufferSize(d.window, &width, &height);
  if (width <= 0 || height <= 0) return;  // minimised
  ImGui_ImplGlfw_NewFrame();
  if (draw(*d.app, glfwGetTime(), width, height, ratio_of(d)) && d.waiting < 1) d.waiting = 1;
  glfwSwapBuffers(d.window);
}

/// Framebuffer pixels for each unit of GLFW's window coordinates: not 1 on macOS and Wayland.
double pixels_per_unit(GLFWwindow* window) {
  int units = 0, pixels = 0;
  glfwGetWindowSize(window, &units, nullptr);
  glfwGetFramebufferSize(window, &pixels, nullptr);
  return units > 0 ? double(pixels) / units : 1.0;
}

/// Every event goes on to ImGui and asks for frames.
void listen(GLFWwindow* window) {
  glfwSetCursorPosCallback(window, [](GLFWwindow* w, double x, double y) {
    of(w);
    const double scale = pixels_per_unit(w);
    ImGui_ImplGlfw_CursorPosCallback(w, x * scale, y * scale);
  });
  glfwSetMouseButtonCallback(window, [](GLFWwindow* w, int button, int action, int mods) {
    of(w);
    ImGui_ImplGlfw_MouseButtonCallback(w, button, action, mods);
  });
  glfwSetScrollCallback(window, [](GLFWwindow* w, double x, double y) {
    of(w);
    ImGui_ImplGlfw_ScrollCallback(w, x, y);
  });
  glfwSetKeyCallback(window, [](GLFWwindow* w, int key, int code, int action, int mods) {
    of(w);
    ImGui_ImplGlfw_KeyCallback(w, key, code, action, mods);
  });
  glfwSetCharCallback(window, [](GLFWwindow* w, unsigned c) {
    of(w);
    ImGui_ImplGlfw_CharCallback(w, c);
  });
  glfwSetCursorEnterCallback(window, [](GLFWwindow* w, int entered) {
    of(w);
    ImGui_ImplGlfw_CursorEnterCallback(w, entered);
  });
  glfwSetWindowFocusCallback(window, [](GLFWwindow* w, int focused) {
    of(w);
    ImGui_ImplGlfw_WindowFocusCallback(w, focused);
  });
  glfwSetFramebufferSizeCallback(window, [](GLFWwindow* w, int, int) { draw_window(of(w)); });
  glfwSetWindowRefreshCallback(window, [](GLFWwindow* w) { draw_window(of(w)); });
  glfwSetDropCallback(window, [](GLFWwindow* w, int count, const char** paths) {
    for (int i = 0; i < count; ++i) open_file(*of(w).app, paths[i]);
  });
}

/// Draws what take_away_panel has asked for, beside the window, and saves it.
void draw_and_save(Desktop& d) {
  const TakeAway::Drawn drawn = std::exchange(d.taken.drawn, TakeAway::Drawn::nothing);
  if (drawn == TakeAway::Drawn::nothing) return;
  const bool film = drawn == TakeAway::Drawn::film;
  Screen screen{0, 0, ratio_of(d)};
  glfwGetFramebufferSize(d.window, &screen.width, &screen.height);
  screen = scaled(screen, film ? std::min(d.taken.across / screen.width, 1.0) : d.taken.scale);
  std::string file;
  const Error error =
      film ? draw_film(*d.app, screen, d.taken.seconds, file) : draw_picture(*d.app, screen, file);
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  d.waiting = settle_frames;
  if (error) return lab::notify(d.app->lab, sentence(error), true);
  save_file(*d.app, film ? "stride.gif" : "stride.png", file);
}

void keep_running(Desktop& d) {
  while (!glfwWindowShouldClose(d.window)) {
    if (d.waiting > 0)
      glfwPollEvents();
    else if (d.wake_at > 0)
      glfwWaitEventsTimeout(std::max(d.wake_at - glfwGetTime(), 0.001));
    else
      glfwWaitEvents();
    if (d.wake_at > 0 && glfwGetTime() >= d.wake_at) d.wake_at = 0, d.woken = true;
    if (d.woken.exchange(false)) d.waiting = std::max(d.waiting, 1);
    if (d.waiting <= 0) continue;
    --d.waiting;
    draw_window(d);
    draw_and_save(d);
  }
}

int take_screenshot(Desktop& d, const Options& options) {
  constexpr int frames = 12;       // fonts, layout and everything that takes a frame to settle
  constexpr double patience = 30;  // seconds for the studies
  const Screen ordinary{options.width, options.height, 1};
  Offscreen target(scaled(ordinary, ratio_of(d)));
  if (Error error = target.fault()) return fail(1, sentence(error));
  for (int i = 0; i < frames; ++i) target.draw(*d.app);
  while (d.app->engine->busy() && glfwGetTime() < patience) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    target.draw(*d.app);
  }
  const raster::Picture picture = target.picture();
  const Error error = write_picture(options.screenshot, picture.width, picture.height, picture.rgb);
  return error ? fail(1, sentence(error)) : 0;
}

GLFWwindow* make_window(const Options& options) {
  const bool hidden = !options.screenshot.empty();
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_SAMPLES, hidden ? 0 : 4);
  glfwWindowHint(GLFW_VISIBLE, hidden ? GLFW_FALSE : GLFW_TRUE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
  return glfwCreateWindow(hidden ? 64 : options.width, hidden ? 64 : options.height, "Stride", nullptr,
                          nullptr);
}

/// Threads for the studies, one core left to the window.
std::unique_ptr<jobs::Engine> start_threads(Desktop& d) {
  auto engine = jobs::make_threads(static_cast<int>(std::thread::hardware_concurrency()) - 1);
  engine->wake = [&d] {
    d.woken = true;
    glfwPostEmptyEvent();
  };
  return engine;
}

/// What was chosen last time, or what the environment asks for, in the order in which POSIX reads it.
std::string wanted_language() {
  if (std::string kept = load_kept("stride-language"); !kept.empty()) return kept;
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(name); value && *value) return std::string(value).substr(0, 2);
  return "en";
}

/// A language of the table, or of a file that is called by its code.
void speak(lab::Lab& lab, const std::string& asked) {
  std::string json, code = asked;
  if (asked.ends_with(".json")) {
    Error error = read_file(asked, 4 << 20, json);
    if (!error) error = read_language(json);
    if (error) return lab::notify(lab, sentence(of_file(std::move(error), asked)), true);
    code = base_name(asked);
    code.resize(code.size() - std::string_view(".json").size());
  }
  lab::set_language(lab, code);
}

int run_in_window(Desktop& d, const Options& options, Scenario first) {
  glfwMakeContextCurrent(d.window);
  glfwSwapInterval(1);
  create_gui(*d.app, {nullptr, from_left_to_right});
  ui::order_letters(line_from_right);
  add_system_fonts();
  ImGui_ImplGlfw_InitForOpenGL(d.window, false);
  glfwSetWindowUserPointer(d.window, &d);
  int status = 0;
  const std::string fault = create_gl(*d.app);
  if (!fault.empty()) {
    status = fail(1, fault);
  } else {
    d.app->lab.services.host = make_host(d);
    d.app->lab.services.host.wake_after = [&d](double seconds) { d.wake_at = glfwGetTime() + seconds; };
    use_engine(*d.app, start_threads(d));
    lab::init(d.app->lab, std::move(first));
    speak(d.app->lab, options.language.empty() ? wanted_language() : options.language);
    if (is_beside(options.open)) open_file(*d.app, options.open);
    if (!options.open.empty() && is_link(options.open))
      lab::open_lesson_link(lab::lesson_desk(d.app->lab), options.open);
    if (options.screenshot.empty()) {
      listen(d.window);
      keep_running(d);
    } else {
      status = take_screenshot(d, options);
    }
  }
  use_engine(*d.app, nullptr);
  destroy_gl(*d.app, false);
  ImGui_ImplGlfw_Shutdown();
  destroy_gui();
  return status;
}

}  // namespace

bool prefers_reduced_motion() {
  return false;  // GLFW does not tell
}

int run(App& app, const Options& options) {
  Scenario first = default_scenario();
  const std::string fault = read_first(options.open, first);
  if (!fault.empty()) return fail(2, fault);
  glfwSetErrorCallback([](int, const char* words) { last_glfw_error = words; });
  if (!glfwInit()) return fail(1, "no window could be opened: " + last_glfw_error);
  int status = 0;
  Desktop desktop;
  desktop.app = &app;
  desktop.forced_ratio = options.pixel_ratio;
  desktop.window = make_window(options);
  if (desktop.window)
    status = run_in_window(desktop, options, std::move(first));
  else
    status = fail(1, "no window with OpenGL 3.3 could be opened: " + last_glfw_error);
  glfwTerminate();
  return status;
}

}  // namespace stride::platform

#endif  // __EMSCRIPTEN__
