// Lines of text are read well: however wide the window, none has more than 75 letters.
#include <algorithm>
#include <string>

#include "lab/lessons/lesson_state.h"
#include "support/lab_driver.h"

using namespace stride;
using namespace stride::lab;

namespace {

/// Letters of the longest line.
int longest(const std::string& lines) {
  int most = 0, letters = 0;
  for (const char c : lines) {
    letters = c == '\n' ? 0 : letters + ((c & 0xC0) != 0x80);
    most = std::max(most, letters);
  }
  return most;
}

}  // namespace

TEST_CASE("no line of a lesson has more than 75 letters, in narrow windows and in wide ones") {
  int most = 0, blocks = 0;
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
          for (const Type type : {Type::body, Type::small}) {
            push_type(type);
            most = std::max(most, longest(wrapped(c.name, longest_line())));
            pop_type();
          }
          CHECK(c.size.x <= 36 * 14 * d.lab.shell.scale + 1);
        }
      }
    }
  }
  CHECK(blocks > 300);
  CHECK(most <= 75);
  CHECK(most > 60);
}
