// Lines of text are read well: however wide the window, none is wider than longest_line().
#include "lab/lessons/lesson_state.h"
#include "support/lab_driver.h"

using namespace stride;
using namespace stride::lab;

TEST_CASE(
    "no line of a lesson is wider than 28 times its letters' size, in narrow windows and in wide ones") {
  int blocks = 0;
  for (const auto& [width, height] :
       {std::pair{820.f, 1180.f}, {860.f, 860.f}, {1440.f, 900.f}, {2560.f, 1440.f}}) {
    Driver d(width, height);
    for (int i = 0; i < static_cast<int>(lessons().size()); ++i) {
      open_lesson(lesson_desk(d.lab), i);
      for (int page = 0; page < page_count(*d.lab.lesson.open); ++page) {
        turn_to(lesson_desk(d.lab), page);
        d.frames(1);
        for (const Control& c : controls()) {
          if (c.role != Role::text || c.name.size() < 60) continue;
          ++blocks;
          CHECK(c.size.x <= 28 * 14 * d.lab.shell.scale + 1);
        }
      }
    }
  }
  CHECK(blocks > 300);
}
