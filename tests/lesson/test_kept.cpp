// Lessons of every version open for ever.
#include <doctest/doctest.h>

#include <filesystem>

#include "lesson/lesson.h"
#include "support/files.h"
#include "support/sentences.h"

using namespace stride;

TEST_CASE("lessons of earlier versions open") {
  for (const auto& entry : std::filesystem::directory_iterator(test::path_of("kept"))) {
    if (entry.path().extension() != ".md") continue;
    const std::string name = entry.path().filename().string();
    CAPTURE(name);
    Lesson lesson;
    CHECK(read_lesson(test::text_of("kept/" + name), name, lesson) == "");
    CHECK(lesson.screens.size() > 1);
  }
}
