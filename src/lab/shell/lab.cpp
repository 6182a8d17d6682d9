#include "lab/shell/lab.h"

#include <utility>

#include "lab/lessons/lesson_state.h"
#include "lab/session/edits.h"
#include "lab/session/ground.h"
#include "text/text.h"
#include "ui/widgets.h"

namespace stride::lab {

namespace {

void open(Lab& lab, Scenario next) {
  lab.shell.notice.words.clear();
  lab.playback.playing = false;
  replace(lab.session, std::move(next));
  adopt(lab.session);
  settle(lab);
}

/// The first characters of a sentence that somebody else may have made.
std::string shortened(std::string words) {
  constexpr size_t longest = 600;
  if (words.size() <= longest) return words;
  size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(words[end]) & 0xC0) == 0x80) --end;
  return words.substr(0, end) + " …";
}

}  // namespace

void init(Lab& lab, Scenario scenario) {
  begin(lab.session, std::move(scenario));
  lab.shell.linked = lab.session.steps;
}

void open_document(Lab& lab, std::string_view json, std::string_view file_name) {
  if (file_name.ends_with(".md")) {
    open_lesson_file(lesson_desk(lab), json, file_name);
    return settle(lab);
  }
  if (is_log(json, file_name)) {
    const bool grows = is_recorded(lab.recordings, file_name);
    Error error = add_recording(lab.recordings, json, file_name);
    if (error) error->file = file_name;
    if (error) return notify(lab, sentence(error), true);
    if (grows) return;  // whoever watches it looks where they like
    lab.shell.tool = Tool::log;
    lab.shell.page = Page::tools;
    lab.shell.sheet_open = true;
    return notify(lab, tr("{0} is shown beside the runs; what it says stands under Log.", {file_name}),
                  false);
  }
  if (file_name.ends_with(".csv") && (fit_of(lab.session.scenario) || network_of(lab.session.scenario))) {
    Error error = use_points(lab.session, json);
    if (error) error->file = file_name;
    if (error) return notify(lab, sentence(error), true);
    adopt(lab.session);
    return settle(lab);
  }
  Scenario next;
  if (const Error error = read_scenario(json, next)) {
    error->file = file_name;
    return notify(lab, sentence(error), true);
  }
  open(lab, std::move(next));
}

void open_link(Lab& lab, std::string_view link) {
  Scenario next = default_scenario();
  if (const Error error = decode_link(link, next)) {
    error->file = tr("link");
    return notify(lab, sentence(error), true);
  }
  if (const int asked = lesson_of_link(link); asked >= 0 && asked != lab.lesson.index) {
    open_lesson_link(lesson_desk(lab), link);
    return settle(lab);
  }
  if (next != lab.session.scenario) open(lab, std::move(next));
}

void set_language(Lab& lab, std::string_view code) {
  const int row = find_language(code);
  if (row < 0) return;
  const std::string name = languages()[static_cast<size_t>(row)].code;
  if (!use_language(row)) {
    if (lab.services.host.fetch_language) lab.services.host.fetch_language(name);
    return;
  }
  if (!lab.shell.notice.is_error) lab.shell.notice.words.clear();
  retell_lesson(lab.lesson);
}

void notify(Lab& lab, std::string words, bool is_error) {
  lab.shell.notice = {shortened(std::move(words)), is_error, 0};
}

void show_address(const Lab& lab) {
  const Host& host = lab.services.host;
  const int lesson = lab.lesson.open ? lab.lesson.index + 1 : 0;
  if (host.show_link)
    host.show_link((lesson > 0 ? "?lesson=" + std::to_string(lesson) : "") +
                   encode_link(lab.session.scenario));
}

void settle(Lab& lab) {
  if (Notice& refusal = lab.session.refusal; !refusal.words.empty()) {
    const Notice said = std::exchange(refusal, {});
    notify(lab, said.words, said.is_error);
  }
  if (std::string document = std::exchange(lab.session.elsewhere, {}); !document.empty()) {
    notify(lab, tr("One moment: this part of the lab is being fetched."), false);
    lab.services.host.show_in_full(document);
  }
  if (std::string words = ui::refused(); !words.empty()) notify(lab, std::move(words), true);
  const int lesson = lab.lesson.open ? lab.lesson.index : -1;
  const bool same_lesson = std::exchange(lab.shell.linked_lesson, lesson) == lesson;
  if (std::exchange(lab.shell.linked, lab.session.steps) == lab.session.steps && same_lesson) return;
  show_address(lab);
}

void language_missing(Lab& lab, std::string_view code) {
  const int row = find_language(code);
  lab.lesson.missing = true;
  if (row == 0) return notify(lab, tr(lessons_missing), true);
  if (row > 0)
    notify(lab,
           tr("{0} cannot be fetched now: the lab goes on in {1}.",
              {languages()[static_cast<size_t>(row)].name, language().name}),
           true);
}

bool is_dark(const View& view, const Host& host) {
  if (view.theme == "auto") return !host.prefers_dark || host.prefers_dark();
  return view.theme == "dark";
}

int step_shown(const Lab& lab) {
  return shown_step(lab.session.scenario, lab.pointing, lab.playback);
}

LessonDesk lesson_desk(Lab& lab) {
  return {lab.lesson, lab.session, lab.playback, lab.studies.basins.shown, lab.services.host};
}

PlotDesk plot_desk(Lab& lab) {
  return {lab.session, lab.results, lab.playback, lab.pointing, lab.plots, lab.recordings};
}

StudyDesk study_desk(const Lab& lab) {
  return {lab.services.engine, lab.services.now, is_asking(lab.lesson) || lab.lesson.blindfold};
}

}  // namespace stride::lab
