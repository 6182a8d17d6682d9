// The lesson beside the surface: one idea a page, the question, the task and what became of it.
#include <algorithm>
#include <utility>

#include "lab/lessons/choices.h"
#include "lab/lessons/lesson_text.h"
#include "lab/lessons/lessons.h"
#include "lab/session/results.h"
#include "text/text.h"
#include "ui/target.h"
#include "ui/text_order.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

void show_sources(const Lesson& lesson) {
  if (lesson.sources.empty()) return;
  ImGui::Dummy({0, u(6)});
  text(tr("Sources"), TextLook::muted, true);
  for (const std::string& s : lesson.sources) text(s, TextLook::muted, true);
}

void show_screen(const LessonDesk& desk, const Lesson& lesson, int screen) {
  const LessonScreen& s = lesson.screens[static_cast<size_t>(screen)];
  page_title(s.heading);
  PageText page{desk};
  for (const LessonBlock& b : s.blocks) show_block(page, b);
  if (screen + 1 != static_cast<int>(lesson.screens.size())) return;
  show_sources(lesson);
  ImGui::Dummy({0, u(4)});
  if (button("worksheet", "Worksheet to print", ButtonLook::plain, true,
             "A page with the lesson's words, its question and its task, and room to write"))
    save_worksheet(desk);
}

bool was_tried(const LessonState& lesson, int i) {
  return std::find(lesson.tried.begin(), lesson.tried.end(), i) != lesson.tried.end();
}

bool may_choose(const LessonState& lesson, int i) {
  return lesson.answer < 0 && !was_tried(lesson, i);
}

/// The right one is told by itself, or after two that were not.
Mark mark_of(const LessonState& lesson, const LessonPrediction& p, int i) {
  const bool correct = p.choices[static_cast<size_t>(i)].correct;
  if (correct && lesson.answer >= 0 && (lesson.answer == i || !lesson.tried.empty())) return Mark::right;
  return !correct && (lesson.answer == i || was_tried(lesson, i)) ? Mark::wrong : Mark::none;
}

void show_question(const LessonDesk& desk, const Results& results, const Lesson& lesson) {
  const LessonPrediction& p = *lesson.prediction;
  page_title(tr("What do you expect?"));
  text(p.question, TextLook::body, true);
  ImGui::Dummy({0, u(4)});
  const int chosen = desk.lesson.answer;
  if (p.draw) sketch_panel(desk, results);
  for (int i = 0; i < static_cast<int>(p.choices.size()) && !p.draw; ++i)
    if (choice_button(p.choices[static_cast<size_t>(i)].text, i, mark_of(desk.lesson, p, i),
                      may_choose(desk.lesson, i)))
      answer(desk, i);
  if (chosen < 0) {
    text(tr("The runs are hidden until you have answered."), TextLook::muted, true);
    return;
  }
  const LessonChoice& c = p.choices[static_cast<size_t>(chosen)];
  ImGui::Dummy({0, u(4)});
  text(tr(c.correct ? "Yes." : "Not quite."), TextLook::heading, true);
  text(c.feedback, TextLook::body, true);
  ImGui::Dummy({0, u(4)});
  if (!c.correct && desk.lesson.tried.empty() &&
      button("ask again", "Try once more", ButtonLook::plain, true, "Hides the runs, and asks again"))
    ask_again(desk);
  bring_verdict(desk.lesson);
  // What they came to is told when they have come to it.
  if (desk.lesson.revealed >= 0) return;
  for (size_t r = 0; r < results.size(); ++r)
    text(what_happened(name_of(desk.session.scenario.runs[r]), results[r].path, results[r].outcome),
         TextLook::small, true);
}

void show_check(const LessonCheck& check) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const bool right = from_right(check.words);
  draw_tick({at.x + (right ? width - u(8) : u(8)), at.y + u(8)}, check.met);
  ImGui::SetCursorScreenPos({at.x + (right ? 0 : u(24)), at.y});
  set_width(width - u(24));
  text(check.words, TextLook::body, true);
  set_width(0);
}

void show_attempts(const LessonProgress& progress) {
  if (progress.attempts.empty()) return;
  ImGui::Dummy({0, u(8)});
  text(tr("Your attempts"), TextLook::heading, true);
  int place = 1;
  for (const LessonAttempt& a : progress.attempts)
    text(
        tr("{0}.  {1}: step {2}", {readable_whole(place++), a.name + (a.lr > 0 ? " · " + readable(a.lr) : ""),
                                   readable_whole(a.steps)}),
        TextLook::body, true);
}

/// Those that were asked for, and the button for one more.
void show_hints(const LessonDesk& desk, const Lesson& lesson) {
  LessonState& l = desk.lesson;
  const std::vector<std::string>& own = lesson.goal->hints;
  if (l.hints > 0 && !l.way.empty()) text(l.way, TextLook::body, true);
  for (int i = 0; i + 1 < l.hints; ++i) text(own[static_cast<size_t>(i)], TextLook::body, true);
  const bool more = !l.report.met && !lesson.blindfold && l.hints < hint_count(lesson);
  if (more && button("hint", "A hint", ButtonLook::plain))
    take_hint(desk);
  else if (std::exchange(l.hinted, false))
    ImGui::SetScrollHereY(1);
}

/// What is asked before anything may be tried, and what is said of the answer.
void show_ask(const LessonDesk& desk, const LessonAsk& ask) {
  LessonState& l = desk.lesson;
  const bool waits = wants_number(l);
  if (waits) {
    text(ask.question, TextLook::body, true);
    ImGui::Dummy({0, u(4)});
    text_field("Your number", l.typed, "as 0.02 or 1/50");
    ImGui::Dummy({0, u(4)});
    if (button("hand in the number", "That is my number", ButtonLook::primary)) hand_in_number(desk);
  }
  if (l.number_tries > 0 || !waits) {
    ImGui::Dummy({0, u(4)});
    text(tr(l.number_off == 0 ? "Yes." : "Not quite."), TextLook::heading, true);
    text(!wants_number(l) ? ask.yes : l.number_off < 0 ? ask.low : ask.high, TextLook::body, true);
    if (l.reached.empty() && waits == wants_number(l)) bring_verdict(l);  // else where it will stand
  }
  if (waits) text(tr("Nothing can be set until you have answered."), TextLook::muted, true);
  ImGui::Dummy({0, u(4)});
}

void show_task(const LessonDesk& desk, const Results& results, const Lesson& lesson) {
  LessonState& l = desk.lesson;
  page_title(tr("Your task"));
  text(lesson.goal->say, TextLook::body, true);
  ImGui::Dummy({0, u(6)});
  if (lesson.goal->ask) {
    show_ask(desk, *lesson.goal->ask);
    if (wants_number(l)) return;
  }
  // What is missing comes first: on a phone the rest may be out of sight.
  for (const bool met : {false, true})
    for (const LessonCheck& c : l.report.checks)
      if (c.met == met) show_check(c);
  ImGui::Dummy({0, u(6)});
  const size_t r = static_cast<size_t>(l.report.run);
  const bool walked = r < results.size() && results[r].path.size() > 1;
  if (!l.reached.empty()) {
    text(tr("Done."), TextLook::heading, true);
    bring_verdict(l);
    if (!l.report.met) text(tr("You have met it: {0}", {l.reached}), TextLook::small, true);
  }
  if (walked)
    text(what_happened(name_of(desk.session.scenario.runs[r]), results[r].path, results[r].outcome),
         TextLook::small, true);
  if (!l.report.advice.empty()) text(l.report.advice, TextLook::body, true);
  show_hints(desk, lesson);
  if (lesson.leaderboard) show_attempts(l.progress);
  ImGui::Dummy({0, u(6)});
  if (button("begin again", "Begin again", ButtonLook::plain, true, "The scenario that the task begins with"))
    begin_again(desk);
}

void show_page(const LessonDesk& desk, const Results& results, const Lesson& lesson) {
  int screen = 0;
  switch (page_kind(lesson, desk.lesson.page, screen)) {
    case LessonPage::screen:
      return show_screen(desk, lesson, screen);
    case LessonPage::question:
      return show_question(desk, results, lesson);
    case LessonPage::task:
      return show_task(desk, results, lesson);
  }
}

void dots(int count, int at, float width) {
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const float gap = std::min(u(10), width / static_cast<float>(std::max(count, 1)));
  const float x = from.x + (width - gap * static_cast<float>(count - 1)) / 2;
  for (int i = 0; i < count; ++i)
    ImGui::GetWindowDrawList()->AddCircleFilled({x + gap * static_cast<float>(i), from.y + u(16)},
                                                i == at ? u(3.5f) : u(2.5f),
                                                i == at ? theme().accent : theme().line);
}

/// Back, where one is, and on: to the next page, at the end to the next lesson.
void foot(const LessonDesk& desk, const Lesson& lesson) {
  LessonState& l = desk.lesson;
  const int pages = page_count(lesson);
  const bool last = l.page + 1 >= pages,
             asks = is_unanswered(desk.lesson) && l.page == lesson.prediction->after;
  const int after = lesson_after(l.index);
  const char* on = !last ? "Next" : after >= 0 ? "Next lesson" : "Finish";
  const float width = ImGui::GetContentRegionAvail().x, side = u(88);
  const float right = std::max(side, ImGui::CalcTextSize(tr(on)).x + u(16));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  set_width(side);
  if (button("previous page", "Back", ButtonLook::plain, l.page > 0)) turn_to(desk, l.page - 1);
  ImGui::SetCursorScreenPos({at.x + side, at.y});
  dots(pages, l.page, width - side - right);
  ImGui::SetCursorScreenPos({at.x + width - right, at.y});
  set_width(right);
  if (!last) {
    if (button("next page", on, ButtonLook::primary, !asks)) turn_to(desk, l.page + 1);
  } else if (after >= 0) {
    if (button("next lesson", on, ButtonLook::primary)) open_lesson(desk, after);
  } else if (button("finish", on, ButtonLook::primary)) {
    open_learned(desk);
  }
  set_width(0);
}

/// The line above: what is open, and the button that closes it.
void head(const LessonDesk& desk) {
  const LessonState& l = desk.lesson;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  std::string words = tr("Lessons");
  if (l.open) words = (l.index >= 0 ? std::to_string(l.index + 1) + " · " : "") + l.open->title;
  push_type(Type::heading);
  words = elide(words, width - u(40));
  pop_type();
  text(words, TextLook::heading);
  ImGui::SetCursorScreenPos({at.x + width - u(28), at.y - u(8)});
  if (button("close the lesson", icon::remove, ButtonLook::icon)) close_lesson(desk.lesson);
  ImGui::SetCursorScreenPos({at.x, at.y + u(28)});
}

}  // namespace

void lesson_panel(const LessonDesk& desk, const Results& results) {
  const LessonState& l = desk.lesson;
  if (!l.open && l.leaf == Leaf::pages) return;
  begin_group(keyed("lesson", tr("Lesson")), Role::region);
  head(desk);
  const Leaf leaf = l.leaf;
  // A page may close or change the lesson while it is drawn.
  const std::optional<Lesson> lesson = l.open;
  if (leaf != Leaf::pages || lesson) {
    const float width = ImGui::GetContentRegionAvail().x;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float room = std::max(ImGui::GetContentRegionAvail().y - u(44), u(40));
    ImGui::PushID(leaf == Leaf::pages ? l.page : -static_cast<int>(leaf));  // each scrolls by itself
    if (ImGui::BeginChild("page", {width, room}, ImGuiChildFlags_NavFlattened)) {
      if (leaf == Leaf::pages)
        show_page(desk, results, *lesson);
      else
        show_leaf(desk);
    }
    ImGui::EndChild();
    ImGui::PopID();
    ImGui::SetCursorScreenPos({at.x, at.y + room + u(8)});
    if (leaf != Leaf::pages)
      leaf_foot(desk);
    else if (desk.lesson.open)
      foot(desk, *lesson);
  }
  end_group();
}

}  // namespace stride::lab
