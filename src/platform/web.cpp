// The browser. Events, sizes and frames are the page's business (web/canvas.js): it calls the functions
// exported below, and what the lab wants from outside goes to the functions in Module.host. No GLFW here: its
// emulation listens for keys on the whole window, swallows Tab, wheel and touch, knows neither pointer
// capture, fingers nor device pixels, and allows one canvas a page.
#ifdef __EMSCRIPTEN__

#include <emscripten.h>

#include <cstdlib>
#include <new>
#include <string>
#include <utility>

#include "imgui.h"
#include "platform/platform.h"
#include "platform/web_embed.h"
#include "platform/web_input.h"
#include "platform/web_letters.h"
#include "scenario/documents/writing.h"
#include "text/text.h"
#include "ui/widgets.h"

// clang-format off
EM_JS(int, page_use_context, (), {
  if (!Module.context) return 0;
  const handle = GL.registerContext(Module.context, {majorVersion: 2, minorVersion: 0});
  return handle && GL.makeContextCurrent(handle) ? 1 : 0;
});
EM_JS(void, page_renew_context, (), {
  GL.currentContext.initExtensionsDone = false;
  if (GL.initExtensions) GL.initExtensions(GL.currentContext);
});
EM_JS(char*, page_text, (const char* name, const char* given), {
  const words = String(Module.host[UTF8ToString(name)](UTF8ToString(given)));
  const size = lengthBytesUTF8(words) + 1;
  const at = _malloc(size);
  stringToUTF8(words, at, size);
  return at;
});
EM_JS(void, page_store, (const char* key, const char* value), { Module.host.store(UTF8ToString(key), UTF8ToString(value)); });
EM_JS(int, page_workers, (), { return Module.workers ? Module.workers.count : 0; });
EM_JS(int, page_asks, (const char* name), { return Module.host[UTF8ToString(name)]() ? 1 : 0; });
EM_JS(void, page_tell, (const char* name, const char* words), { Module.host[UTF8ToString(name)](UTF8ToString(words)); });
EM_JS(void, page_save, (const char* name, const char* contents), { Module.host.saveFile(UTF8ToString(name), UTF8ToString(contents)); });
// clang-format on

namespace stride::platform {

namespace {

App* app = nullptr;
std::string answer;  // what the last exported function returned; read by the page before its next call
std::string cursor, theme;
std::string awaited;  // the page's link, while its lesson may still have to be fetched

const char* css_cursor() {
  switch (ImGui::GetMouseCursor()) {
    case ImGuiMouseCursor_TextInput:
      return "text";
    case ImGuiMouseCursor_ResizeAll:
      return "move";
    case ImGuiMouseCursor_ResizeNS:
      return "ns-resize";
    case ImGuiMouseCursor_ResizeEW:
      return "ew-resize";
    case ImGuiMouseCursor_ResizeNESW:
      return "nesw-resize";
    case ImGuiMouseCursor_ResizeNWSE:
      return "nwse-resize";
    case ImGuiMouseCursor_Hand:
      return "pointer";
    case ImGuiMouseCursor_NotAllowed:
      return "not-allowed";
    case ImGuiMouseCursor_None:
      return "none";
    default:
      return "default";
  }
}

/// Tells the page what has become of its cursor and of the learner's choice of theme.
void report() {
  if (const char* now = css_cursor(); cursor != now) page_tell("setCursor", (cursor = now).c_str());
  const std::string& chosen = app->lab.session.scenario.view.theme;
  if (theme != chosen) page_tell("keepTheme", (theme = chosen).c_str());
  report_events(true);
}

void set_clipboard(ImGuiContext*, const char* words) {
  app->pasted = words;
  page_tell("copyText", words);
}

const char* get_clipboard(ImGuiContext*) {
  return app->pasted.c_str();
}

lab::Host make_host() {
  lab::Host host;
  host.copy_text = [](const std::string& words) { page_tell("copyText", words.c_str()); };
  host.show_link = [](const std::string& link) { page_tell("showLink", link.c_str()); };
  host.save_file = [](const std::string& name, const std::string& contents) {
    page_save(name.c_str(), contents.c_str());
  };
  host.open_file = [] { page_tell("openFile", ""); };
  host.has_fingers = [] { return page_asks("hasFingers") != 0; };
  host.prefers_contrast = [] { return page_asks("prefersContrast") != 0; };
  host.prefers_dark = [] { return page_asks("prefersDark") != 0; };
  host.load = [](const std::string& key) { return page_string("load", key.c_str()); };
  host.store = [](const std::string& key, const std::string& value) {
    page_store(key.c_str(), value.c_str());
  };
  host.wake_after = [](double seconds) { page_tell("wakeAfter", std::to_string(seconds).c_str()); };
  host.fetch_language = [](const std::string& code) { page_tell("fetchLanguage", code.c_str()); };
  host.show_as_text = [] { page_tell("showAsText", ""); };
  host.fetch_digits = [] { page_tell("fetchDigits", ""); };
  host.show_in_full = [](const std::string& document) { page_tell("showInFull", document.c_str()); };
  host.link_base = page_string("linkBase");
  host.has_links = !host.link_base.empty();
  return host;
}

void describe_browser() {
  ImGuiIO& io = ImGui::GetIO();
  io.BackendPlatformName = "browser";
  io.BackendFlags |= ImGuiBackendFlags_HasMouseCursors;
  io.ConfigMacOSXBehaviors = page_asks("isMac") != 0;
  ImGuiPlatformIO& platform_io = ImGui::GetPlatformIO();
  platform_io.Platform_SetClipboardTextFn = set_clipboard;
  platform_io.Platform_GetClipboardTextFn = get_clipboard;
  ui::ask_clipboard = [] { page_tell("pasteText", ""); };
}

std::unique_ptr<jobs::Engine> make_engine() {
  const int workers = page_workers();
  auto engine = workers > 0 ? jobs::make_workers(workers) : jobs::make_inline();
  engine->wake = [] { page_tell("wake", ""); };
  return engine;
}

/// The scenario of the page's link or document, or what an empty page shows; what is wrong with it is said in
/// the lab.
void begin(const std::string& link) {
  Scenario first = default_scenario();
  const bool document = link.starts_with("{");
  const Error error = document ? read_scenario(link, first) : decode_link(link, first);
  const bool good = link.empty() || !error;
  if (!good) first = default_scenario();
  if (first.view.theme == "auto") first.view.theme = page_string("storedTheme");
  theme = first.view.theme;
  app->lab.services.host.prefers_dark = [] { return page_asks("prefersDark") != 0; };
  lab::init(app->lab, first);
  if (!good && document) lab::open_document(app->lab, link, "scenario");
  if (!good && !document) lab::open_link(app->lab, link);
}

/// Opens the lesson of the page's link, now or as soon as the lessons have come.
void follow_lesson() {
  if (awaited.starts_with("{")) awaited.clear();
  if (lessons().empty()) return;
  lab::open_lesson_link(lab::lesson_desk(app->lab), std::exchange(awaited, {}));
  lab::settle(app->lab);
  forget_events();
}

}  // namespace

std::string page_string(const char* name, const char* given) {
  char* words = page_text(name, given);
  std::string s = words;
  std::free(words);
  return s;
}

const char* reply(std::string words) {
  answer = std::move(words);
  return answer.c_str();
}

bool prefers_reduced_motion() {
  return page_asks("prefersReducedMotion") != 0;
}

int run(App& the_app, const Options&) {
  app = &the_app;
  // Without memory nothing goes on; the page says why. ImGui's own would go on at address 0.
  std::set_new_handler([] {
    page_tell("outOfMemory", "");
    std::abort();
  });
  ImGui::SetAllocatorFunctions([](size_t size, void*) { return ::operator new(size); },
                               [](void* at, void*) { ::operator delete(at); });
  create_gui(*app, other_letters());
  describe_browser();
  begin_input(*app);
  std::string fault = page_use_context() ? create_gl(*app) : "WebGL 2 is not available.";
  if (!fault.empty()) {
    page_tell("fail", fault.c_str());
    return 1;
  }
  use_engine(*app, make_engine());
  begin(page_string("startLink"));
  begin_embed(*app);
  app->lab.services.host = make_host();
  awaited = page_string("startLink");
  follow_lesson();
  forget_events();
  return 0;
}

}  // namespace stride::platform

namespace {

using namespace stride;
using platform::app;
using platform::reply;

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE int stride_frame(double now, int width, int height, float pixel_ratio) {
  platform::hand_over_keys();
  const bool again = platform::draw(*app, now, width, height, pixel_ratio) || platform::keys_wait();
  platform::report();
  return again;
}

EMSCRIPTEN_KEEPALIVE int stride_frames() {
  return static_cast<int>(app->frames);
}

EMSCRIPTEN_KEEPALIVE void stride_context_lost() {
  platform::destroy_gl(*app, true);
}

EMSCRIPTEN_KEEPALIVE const char* stride_context_restored() {
  page_renew_context();
  return reply(platform::create_gl(*app));
}

/// `size` bytes of a file.
EMSCRIPTEN_KEEPALIVE void stride_open_document(const char* text, int size, const char* name) {
  lab::open_document(app->lab, {text, static_cast<size_t>(size)}, name);
}

EMSCRIPTEN_KEEPALIVE void stride_open_link(const char* link) {
  lab::open_link(app->lab, link);
}

/// A language file for lab::set_language; empty, or what is wrong with it.
EMSCRIPTEN_KEEPALIVE const char* stride_read_language(const char* json) {
  return reply(sentence(read_language(json)));
}

EMSCRIPTEN_KEEPALIVE void stride_set_language(const char* code) {
  lab::set_language(app->lab, code);
  platform::follow_lesson();
}

/// A language whose texts, or lessons, the page could not get.
EMSCRIPTEN_KEEPALIVE void stride_language_missing(const char* code) {
  lab::language_missing(app->lab, code);
}

EMSCRIPTEN_KEEPALIVE const char* stride_language() {
  return language().code.c_str();
}

/// Device pixels for one of the design's.
EMSCRIPTEN_KEEPALIVE float stride_scale() {
  return app->lab.shell.scale;
}

EMSCRIPTEN_KEEPALIVE const char* stride_controls() {
  return reply(ui::controls_json());
}

/// Acts on a control as a hand does; empty, or the sentence that says why not. See ui::request.
EMSCRIPTEN_KEEPALIVE const char* stride_request(const char* id, const char* action, const char* value) {
  return reply(ui::request(id, action, value));
}

EMSCRIPTEN_KEEPALIVE bool stride_requests_wait() {
  return ui::requests_wait();
}

EMSCRIPTEN_KEEPALIVE const char* stride_scenario() {
  return reply(write_scenario(app->lab.session.scenario));
}

/// What undo leads back to, the oldest first, and what is shown: a document a line.
EMSCRIPTEN_KEEPALIVE const char* stride_history() {
  std::string lines;
  for (const Scenario& s : app->lab.session.undo) lines += write_scenario(s, -1) + '\n';
  return reply(lines + write_scenario(app->lab.session.scenario, -1));
}

EMSCRIPTEN_KEEPALIVE const char* stride_set_scenario(const char* json) {
  return reply(sentence(platform::set_scenario(*app, json)));
}

/// Begins a study for the page around the lab, in a slot of its own. JSON with its id and number of tiles, or
/// with the sentence that says why not.
EMSCRIPTEN_KEEPALIVE const char* stride_study(const char* bytes) {
  constexpr int slot = -1;
  jobs::Request request;
  OrderedJson answer;
  if (const Error error = jobs::decode_request(bytes, request)) {
    answer["error"] = sentence(error);
  } else {
    const jobs::Id id = app->engine->submit(request, slot);
    answer["id"] = id;
    answer["tiles"] = app->engine->poll(id, 0)->tiles;
    answer["columns"] = studies()[request.study.row].columns;
  }
  return reply(write_json(answer, -1));
}

/// How many of its tiles are done, after `budget_ms` of work where there are no workers; -1: superseded.
EMSCRIPTEN_KEEPALIVE int stride_study_done(int id, double budget_ms) {
  const jobs::Progress* progress = app->engine->poll(id, budget_ms);
  return progress ? progress->done : -1;
}

EMSCRIPTEN_KEEPALIVE const float* stride_study_rows(int id, int tile) {
  return app->engine->poll(id, 0)->rows.at(static_cast<size_t>(tile)).data();
}

EMSCRIPTEN_KEEPALIVE int stride_study_size(int id, int tile) {
  return static_cast<int>(app->engine->poll(id, 0)->rows.at(static_cast<size_t>(tile)).size());
}

EMSCRIPTEN_KEEPALIVE void stride_study_end(int id) {
  app->engine->cancel(id);
}

EMSCRIPTEN_KEEPALIVE int stride_workers() {
  return app->engine->workers();
}

EMSCRIPTEN_KEEPALIVE double stride_compute_ms() {
  return app->lab.results.compute_ms();
}

}  // extern "C"

#endif  // __EMSCRIPTEN__
