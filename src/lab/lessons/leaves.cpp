// What stands in the lesson's place beside its pages: the question from two lessons before, the quiz, and what has been learned.
#include "lab/lessons/choices.h"
#include "lab/lessons/lesson_text.h"
#include "lab/lessons/lessons.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

/// How choice `i` is marked once `answer` has been given.
Mark mark_after(int answer, int i, bool correct) {
  if (answer < 0) return Mark::none;
  return correct ? Mark::right : answer == i ? Mark::wrong : Mark::none;
}

void show_verdict(LessonState& l, bool correct, const std::string& why) {
  ImGui::Dummy({0, u(4)});
  text(tr(correct ? "Yes." : "Not quite."), TextLook::heading, true);
  text(why, TextLook::body, true);
  bring_verdict(l);
}

void show_recall(const LessonDesk& desk) {
  const LessonState& l = desk.lesson;
  const Lesson& before = lessons()[static_cast<size_t>(l.recalled)];
  const LessonPrediction& p = *before.prediction;
  page_title(tr("Do you remember?"));
  text(tr("From the lesson “{0}”:", {before.title}), TextLook::muted, true);
  text(p.question, TextLook::body, true);
  ImGui::Dummy({0, u(4)});
  const int answer = l.recall_answer;
  for (int i = 0; i < static_cast<int>(p.choices.size()); ++i) {
    const LessonChoice& choice = p.choices[static_cast<size_t>(i)];
    if (choice_button(choice.text, i, mark_after(answer, i, choice.correct), answer < 0))
      answer_recall(desk, i);
  }
  if (answer < 0) return;
  const LessonChoice& chosen = p.choices[static_cast<size_t>(answer)];
  show_verdict(desk.lesson, chosen.correct, chosen.feedback);
}

void show_quiz(const LessonDesk& desk) {
  const QuizState& quiz = desk.lesson.quiz;
  page_title(tr("Here is a loss curve"));
  text(tr("Curve {0} of {1}", {std::to_string(quiz.at + 1), std::to_string(quiz.kinds.size())}),
       TextLook::muted, true);
  text(tr("What does it tell of the learning rate?"), TextLook::body, true);
  ImGui::Dummy({0, u(4)});
  const CurveKind asked = quiz.kinds[quiz.at];
  for (int i = 0; i < curve_kinds; ++i) {
    const CurveKind kind = static_cast<CurveKind>(i);
    if (choice_button(tr(words_of(kind)), i, mark_after(quiz.answer, i, kind == asked), quiz.answer < 0))
      answer_curve(desk, kind);
  }
  if (quiz.answer < 0) return;
  show_verdict(desk.lesson, quiz.answer == static_cast<int>(asked), why_so(asked, quiz.asked));
}

/// A lesson's question with its right answer: what whoever has answered it can predict.
void show_lesson_learned(const LessonDesk& desk, int index) {
  const Lesson& lesson = lessons()[static_cast<size_t>(index)];
  const LessonProgress& progress = desk.lesson.progress;
  const auto answer = progress.answered.find(lesson.name);
  const bool answered = lesson.prediction && answer != progress.answered.end(),
             done = is_done(progress, lesson.name);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_tick({at.x + u(8), at.y + u(9)}, done);
  ImGui::SetCursorScreenPos({at.x + u(24), at.y});
  text(std::to_string(index + 1) + " · " + lesson.title,
       answered || done ? TextLook::heading : TextLook::muted, true);
  const auto line = [&](const std::string& words, TextLook look) {
    ImGui::SetCursorScreenPos({at.x + u(24), ImGui::GetCursorScreenPos().y});
    text(words, look, true);
  };
  if (answered) {
    line(lesson.prediction->question, TextLook::small);
    for (const LessonChoice& choice : lesson.prediction->choices)
      if (choice.correct) line("→ " + choice.text, TextLook::small);
    line(tr(answer->second ? "right at the first try" : "not right at first"), TextLook::muted);
  }
  if (done) line(tr("task met"), TextLook::muted);
  ImGui::Dummy({0, u(4)});
}

std::string of_words(const char* pattern, const Tally& tally) {
  return tr(pattern, {std::to_string(tally.right), std::to_string(tally.asked)});
}

void show_learned(const LessonDesk& desk) {
  LessonState& l = desk.lesson;
  page_title(tr("What you can now predict"));
  int right = 0, done = 0;
  for (const Lesson& lesson : lessons()) {
    const auto answer = l.progress.answered.find(lesson.name);
    right += answer != l.progress.answered.end() && answer->second;
    done += is_done(l.progress, lesson.name);
  }
  const int count = static_cast<int>(lessons().size());
  text(of_words("Right at the first try: {0} of {1}", {right, static_cast<int>(l.progress.answered.size())}),
       TextLook::body, true);
  text(of_words("Tasks met: {0} of {1}", {done, count}), TextLook::body, true);
  if (l.progress.recalled.asked > 0)
    text(of_words("Remembered two lessons later: {0} of {1}", l.progress.recalled), TextLook::body, true);
  if (l.progress.quiz.asked > 0)
    text(of_words("Loss curves read: {0} of {1}", l.progress.quiz), TextLook::body, true);
  ImGui::Dummy({0, u(8)});
  for (const int i : teaching_order()) show_lesson_learned(desk, i);
  text_field("Your name", l.learner, "as it shall stand in the file");
  if (button("save the results", "Results as a file", ButtonLook::plain, true,
             "A table for your teacher. It is saved on this machine; nothing is sent."))
    save_results(desk);
}

/// The one button that goes on, at the right.
bool on_button(const char* name, const char* label, bool enabled) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x,
              own = std::max(u(88), ImGui::CalcTextSize(tr(label)).x + u(16));
  ImGui::SetCursorScreenPos({at.x + width - own, at.y});
  set_width(own);
  const bool pressed = button(name, label, ButtonLook::primary, enabled);
  set_width(0);
  return pressed;
}

}  // namespace

void show_leaf(const LessonDesk& desk) {
  switch (desk.lesson.leaf) {
    case Leaf::recall:
      return show_recall(desk);
    case Leaf::quiz:
      return show_quiz(desk);
    case Leaf::learned:
      return show_learned(desk);
    case Leaf::pages:
      return;
  }
}

void leaf_foot(const LessonDesk& desk) {
  LessonState& l = desk.lesson;
  switch (l.leaf) {
    case Leaf::recall:
      if (on_button("to the lesson", "To the lesson", true)) l.leaf = Leaf::pages;
      return;
    case Leaf::quiz: {
      const bool last = l.quiz.at + 1 == l.quiz.kinds.size();
      if (on_button("next curve", last ? "What you can now predict" : "Next curve", l.quiz.answer >= 0))
        next_curve(desk);
      return;
    }
    case Leaf::learned:
      if (on_button("quiz", "Quiz: read a loss curve", true)) open_quiz(desk, fresh_seed());
      return;
    case Leaf::pages:
      return;
  }
}

unsigned fresh_seed() {
  return static_cast<unsigned>(ImGui::GetTime() * 1000);
}

}  // namespace stride::lab
