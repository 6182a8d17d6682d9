// Any bytes are a lesson or one sentence with file and line, and what is read can be judged.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "fuzz/grammar.h"
#include "lesson/memory/progress.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stride;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Lesson lesson;
  const std::string e = sentence(read_lesson(text, "f.md", lesson));
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

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
  using namespace stride::fuzz;
  return mutate(data, size, max_size, seed, [](std::string_view text, Dice& dice) {
    constexpr std::string_view rule = "---\n";
    const std::size_t begin = text.find(rule);
    const std::size_t end = begin == text.npos ? begin : text.find(rule, begin + rule.size());
    if (end == text.npos)
      return "---\n{\"title\": \"A\", \"scenario\": {}}\n---\n## One\n" + std::string(text);
    const std::string header =
        changed_document(text.substr(begin + rule.size(), end - begin - rule.size()), dice);
    return std::string(rule) + header + "\n" + std::string(text.substr(end));
  });
}
