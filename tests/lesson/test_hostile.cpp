#include "assets/lessons.h"
#include "lesson/memory/progress.h"
#include "support/hostile.h"
#include "support/sentences.h"
#include "text/text.h"

using namespace stride;
using namespace stride::testing;

namespace {

const std::string head = "---\n{\"title\": \"A\", \"scenario\": {}}\n---\n";

/// Every screen and every fact changes a scenario with so many schedules.
std::string changing(int schedules, int screens) {
  std::string facts = "{}";
  for (int i = 1; i < 50; ++i) facts += ",{}";
  std::string text = "---\n{\"title\": \"A\", \"scenario\": {" + runs_with(large_schedules(schedules)) +
                     "}, \"facts\": [" + facts + "]}\n---\n";
  for (int i = 0; i < screens; ++i) text += "## a\n```json\n{\"steps\": 3}\n```\n";
  return text;
}

Error read(const std::string& text) {
  Lesson lesson;
  return read_lesson(text, "a.md", lesson);
}

}  // namespace

TEST_CASE("lesson: a byte order mark and the line ends of Windows are taken") {
  for (const assets::LessonFile& file : assets::lesson_files()) {
    Lesson plain, other;
    REQUIRE(read_lesson(file.text, file.name, plain) == "");
    REQUIRE(read_lesson(of_windows(file.text), file.name, other) == "");
    CHECK(other.title == plain.title);
    CHECK(other.scenario == plain.scenario);
    REQUIRE(other.screens.size() == plain.screens.size());
    for (size_t i = 0; i < plain.screens.size(); ++i) {
      CHECK(other.screens[i].heading == plain.screens[i].heading);
      CHECK(other.screens[i].blocks == plain.screens[i].blocks);
      CHECK(other.screens[i].scenario == plain.screens[i].scenario);
    }
  }
  LessonProgress progress;
  progress.done = {"01-blindfold.md"};
  CHECK(read_progress(of_windows(write_progress(progress))) == progress);
}

TEST_CASE("language: a byte order mark and the line ends of Windows are taken") {
  for (const assets::LanguageFile& file : assets::language_files()) {
    const int row = find_language(file.code);
    REQUIRE(read_language(file.json) == "");
    REQUIRE(use_language(row));
    const std::string plain = tr("Learning rate");
    REQUIRE(read_language(of_windows(file.json)) == "");
    CHECK(tr("Learning rate") == plain);
    REQUIRE(use_language(0));
  }
}

TEST_CASE("lesson: no header of the allowed size takes long, and no language file") {
  for (const std::string& document : large_documents()) {
    check_quick(document,
                [&] { CHECK(sentence(read("---\n" + document + "\n---\n## One\n")).size() < 1000); });
    check_quick(document, [&] { CHECK(read_language(document) != ""); });
    check_quick(document, [&] { CHECK(read_progress(document) == LessonProgress{}); });
  }
  check_quick("every part changes a large scenario", [&] { CHECK(read(changing(2, 100)) == ""); });
  const std::string many = changing(2, 100), attempts =
                                                 "\"goal\": {\"say\": \"b\", \"diverges\": true}, "
                                                 "\"solution\": {}, \"right\": [{},{},{},{}], \"facts\": [";
  CHECK(read(std::string(many).replace(many.find("\"facts\": ["), 10, attempts)) ==
        "a.md: line 2: facts: expected fewer facts and attempts with a scenario as large as this");
  CHECK(read(changing(5, 1)) == "a.md: line 2: scenario: expected at most 16384 bytes, got 39672");
}

TEST_CASE("lesson: no text of the allowed size takes long") {
  for (const char* part :
       {"[]", "[", "**", "*", "](", "[a](", "**a** ", "[a](b)", "\n- ", "\n\n", "### a\n", "# ", "`a"})
    check_quick(part, [&] { CHECK(read(filled(head + "## One\n", part, "")) == ""); });
}

TEST_CASE("lesson: a hundred screens are read, no more") {
  const auto screens = [](int count) {
    std::string text = head;
    for (int i = 0; i < count; ++i) text += "## One\n";
    return text;
  };
  CHECK(read(screens(100)) == "");
  CHECK(read(screens(101)) == "a.md: line 104: expected at most 100 screens");
  check_quick("screens", [&] {
    CHECK(read(filled(head, "## a\nb\n", "")) == "a.md: line 204: expected at most 100 screens");
  });
}
