// In place of what reads a lesson and of src/lab/lessons but its fog: the page shows lessons in its full program, which the button in the bar
// fetches.
#include "lab/lessons/blindfold.h"
#include "lab/lessons/lesson_text.h"
#include "lab/lessons/lessons.h"
#include "lab/lessons/sketch.h"
#include "lesson/lesson_shared.h"

namespace stride {

Error read_lesson(std::string_view, std::string_view, Lesson&) {
  return expected_not({}, "the full program");
}

namespace lab {

const char* const lessons_missing = "The lessons cannot be fetched now: try again later.";

void open_lesson(const LessonDesk&, int) {}

void open_lesson_file(const LessonDesk&, std::string_view, std::string_view) {}

void open_lesson_link(const LessonDesk&, std::string_view) {}

void retell_lesson(LessonState&) {}

void follow_answer(const LessonDesk&) {}

void judge_task(const LessonDesk&, const Results&) {}

bool wants_number(const LessonState&) {
  return false;
}

bool is_asking(const LessonState&) {
  return false;
}

bool shows_curve(const LessonState&) {
  return false;
}

bool is_sketching(const LessonState&) {
  return false;
}

bool shows_paper(const LessonState&) {
  return false;
}

const LessonFocus& focus_of(const LessonState&) {
  static const LessonFocus none;
  return none;
}

unsigned locks_of_page(const LessonState&) {
  return 0;
}

int horizon(const Scenario& scenario, const LessonState& lesson) {
  return lesson.blindfold ? std::min(steps_walked(scenario), scenario.steps) : scenario.steps;
}

Scale sketch_scale(const LessonState&, const Results&) {
  return {};
}

void take_sketch(LessonState&, int, Plot&) {}

void draw_sketch(const LessonState&, const Results&, const Plot&) {}

void draw_light(LessonState&, const Services&) {}

void lesson_panel(const LessonDesk&, const Results&) {}

void lesson_picker(const LessonDesk& desk) {
  if (lessons_button()) desk.session.elsewhere = "lessons";
}

}  // namespace lab

}  // namespace stride
