// Any bytes are a lesson or one sentence with file and line, and what is read can be judged.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "lesson/lesson.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stride;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Lesson lesson;
  const Error e = read_lesson(text, "f.md", lesson);
  if (!e.empty()) {
    if (e.rfind("f.md: line ", 0) != 0 || e.find('\n') != std::string::npos || !lesson.screens.empty())
      std::abort();
  } else {
    if (lesson.screens.empty()) std::abort();
    if (lesson.goal && lesson.goal->start.steps <= 200) judge(*lesson.goal, lesson.goal->start);
  }
  const LessonProgress progress = read_progress(text);
  if (!(read_progress(write_progress(progress)) == progress)) std::abort();
  return 0;
}
