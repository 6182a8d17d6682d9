// Any bytes are a language file or one sentence; what is read can be spoken, whatever its texts.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "fuzz/grammar.h"
#include "lesson/lesson.h"
#include "text/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stride;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string e = sentence(read_language(text));
  if (e.find('\n') != std::string::npos) std::abort();
  for (int row = 0; row < static_cast<int>(languages().size()); ++row) {
    if (!use_language(row)) continue;
    tr_count(2, "1 step", "{0} steps");
    if (lessons().size() < 16) std::abort();  // one that cannot be read leaves the one that was there
  }
  use_language(0);
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
  using namespace stride::fuzz;
  return mutate(data, size, max_size, seed, changed_document);
}
