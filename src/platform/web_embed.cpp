#ifdef __EMSCRIPTEN__

#include "platform/web_embed.h"

#include <emscripten.h>

#include <cmath>
#include <string>
#include <utility>

#include "figures/figure.h"
#include "lab/session/locks.h"
#include "scenario/csv.h"
#include "scenario/documents/writing.h"
#include "scenario/export/export.h"
#include "text/typed_number.h"

// clang-format off
EM_JS(void, page_event, (const char* json), { Module.host.event(JSON.parse(UTF8ToString(json))); });
// clang-format on

namespace stride::platform {

namespace {

App* app = nullptr;

/// What the page has been told.
struct Told {
  Scenario numbers;
  std::string notice;
  int step = -1, numbers_typed = 0;
  bool answered = false, met = false;
} told;

void put(OrderedJson& event, const char* member, OrderedJson value) {
  event[member] = std::move(value);
}

void tell(const char* type, OrderedJson event) {
  put(event, "type", type);
  page_event(write_json(event, -1).c_str());
}

void tell_one(const char* type, const char* member, OrderedJson value) {
  OrderedJson event;
  put(event, member, std::move(value));
  tell(type, std::move(event));
}

OrderedJson lesson_event(const lab::LessonState& lesson) {
  OrderedJson event;
  put(event, "lesson", lesson.index + 1);  // 0: a file
  put(event, "title", lesson.open->title);
  return event;
}

OrderedJson answer_event(const lab::LessonState& lesson, const char* part, const std::string& question,
                         bool correct) {
  OrderedJson event = lesson_event(lesson);
  put(event, "part", part);
  put(event, "correct", correct);
  put(event, "score", correct ? 1 : 0);
  put(event, "question", question);
  return event;
}

/// The question and the learner's answer to it: a choice's words, or the loss at the end of what was drawn.
OrderedJson prediction_event(const lab::LessonState& lesson) {
  const LessonPrediction& p = *lesson.open->prediction;
  const LessonChoice& chosen = p.choices[static_cast<size_t>(lesson.answer)];
  OrderedJson event = answer_event(lesson, "question", p.question, chosen.correct);
  if (p.draw) {
    for (double loss : lesson.sketch)
      if (!std::isnan(loss)) put(event, "response", loss);
  } else {
    put(event, "response", chosen.text);
    OrderedJson& choices = event["choices"];
    for (const LessonChoice& c : p.choices) choices.push_back(c.text);
  }
  return event;
}

void tell_lesson(const lab::LessonState& lesson) {
  const bool answered = lesson.open && lesson.open->prediction && lesson.answer >= 0;
  if (answered && !told.answered) tell("answered", prediction_event(lesson));
  told.answered = answered;
  const int tries = lesson.open ? lesson.number_tries + (lesson.number_told && lesson.number_off == 0) : 0;
  if (tries > told.numbers_typed) {
    OrderedJson event =
        answer_event(lesson, "number", lesson.open->goal->ask->question, lesson.number_off == 0);
    put(event, "response", *read_typed_number(lesson.typed));
    tell("answered", std::move(event));
  }
  told.numbers_typed = tries;
  const bool met = lesson.open && lesson.report.met;
  if (met && !told.met) {
    OrderedJson event = lesson_event(lesson);
    put(event, "step", lesson.report.reached);
    tell("goal", std::move(event));
  }
  told.met = met;
}

}  // namespace

void begin_embed(App& the_app) {
  app = &the_app;
  lab::Lab& lab = app->lab;
  const auto say = [&](const Error& e) {
    if (e) lab::notify(lab, sentence(e), true);
  };
  say(read_panels(page_string("panels"), lab.shell.panels));
  say(read_locks(page_string("locked"), lab.session.locks));
}

void forget_events() {
  told.numbers = app->lab.session.committed;
  told.step = lab::cursor_step(app->lab.session.scenario);
}

void report_events(bool by_user) {
  const lab::Lab& lab = app->lab;
  if (!same_numbers(told.numbers, lab.session.committed)) {
    told.numbers = lab.session.committed;
    tell_one("change", "userInitiated", by_user);
  }
  if (const int step = lab::cursor_step(lab.session.scenario); step != told.step) {
    told.step = step;
    tell_one("progress", "step", step);
  }
  tell_lesson(lab.lesson);
  const std::string error = lab.shell.notice.is_error ? lab.shell.notice.words : "";
  if (error != told.notice) {
    told.notice = error;
    if (!error.empty()) tell_one("error", "message", error);
  }
}

}  // namespace stride::platform

namespace {

using namespace stride;
using platform::app;
using platform::reply;

}  // namespace

extern "C" {

/// Replaces the scenario as if the lab had begun with it: nothing to undo. Returns why not, or "".
EMSCRIPTEN_KEEPALIVE const char* stride_begin(const char* json) {
  Scenario next;
  Error error = read_scenario(json, next);
  if (error) return reply(sentence(error));
  lab::init(app->lab, std::move(next));
  platform::forget_events();
  return reply("");
}

EMSCRIPTEN_KEEPALIVE const char* stride_panels(const char* words) {
  return reply(sentence(read_panels(words, app->lab.shell.panels)));
}

EMSCRIPTEN_KEEPALIVE const char* stride_locked(const char* words) {
  return reply(sentence(read_locks(words, app->lab.session.locks)));
}

/// The theme that is drawn in, without a trace in the history.
EMSCRIPTEN_KEEPALIVE void stride_theme(const char* theme) {
  app->lab.session.scenario.view.theme = theme;
}

EMSCRIPTEN_KEEPALIVE void stride_notice(const char* words) {
  lab::notify(app->lab, words, true);
  platform::report_events(false);
}

/// Opens a link and says nothing in the lab where it is wrong: returns why.
EMSCRIPTEN_KEEPALIVE const char* stride_show_link(const char* link) {
  Scenario probe = default_scenario();
  Error error = decode_link(link, probe);
  if (!error) lab::open_link(app->lab, link);
  platform::report_events(false);
  return reply(sentence(error));
}

/// Lesson `number`, 1 for the first; false where there is none.
EMSCRIPTEN_KEEPALIVE int stride_lesson(int number) {
  if (number < 1 || number > static_cast<int>(lessons().size())) return 0;
  lab::open_lesson(lab::lesson_desk(app->lab), number - 1);
  lab::settle(app->lab);
  platform::report_events(false);
  return 1;
}

EMSCRIPTEN_KEEPALIVE void stride_play(int on) {
  if (app->lab.playback.playing != (on != 0)) lab::run(app->lab, lab::Command::play);
}

EMSCRIPTEN_KEEPALIVE void stride_seek(int step) {
  lab::seek(app->lab.session, app->lab.playback, step);
  platform::report_events(false);
}

EMSCRIPTEN_KEEPALIVE const char* stride_csv() {
  return reply(write_csv(app->lab.session.scenario));
}

/// The program that makes the same runs with pytorch, keras or optax; the first letter tells: "+", the program; "-", why
/// there is none.
EMSCRIPTEN_KEEPALIVE const char* stride_code(const char* target) {
  std::string program;
  if (Error error = export_program(app->lab.session.scenario, target, program))
    return reply("-" + sentence(error));
  return reply("+" + program);
}

/// The figure of what is shown as SVG, in the lab's theme; transparent where that is 1.
EMSCRIPTEN_KEEPALIVE const char* stride_figure(int width, int height, int transparent) {
  Scenario shown = app->lab.session.scenario;
  shown.view.theme = lab::is_dark(shown.view, app->lab.services.host) ? "dark" : "light";
  return reply(figures::write_svg(
      figures::scenario_figure(shown, {width, height, figures::all_parts, transparent != 0})));
}

/// Events of what calls from the page have done.
EMSCRIPTEN_KEEPALIVE void stride_report() {
  platform::report_events(false);
}

}  // extern "C"

#endif  // __EMSCRIPTEN__
