// In place of what holds a lesson to the engine: the page opens a lesson's file in its full program, which does.
#include "lesson/lesson_shared.h"

namespace stride {

Error read_facts(const Json&, const Path&, const Json&, std::vector<LessonFact>&) {
  return {};
}

Error check_lesson(const Lesson&, bool) {
  return {};
}

}  // namespace stride
