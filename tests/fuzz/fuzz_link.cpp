// Any text is a link or an error that leaves the last good scenario alone; a link that was understood says
// the same when written anew.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "scenario/scenario.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stride;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Scenario before = default_scenario();
  Scenario s = before, again;
  const Error e = decode_link(text, s);
  if (!e.empty()) {
    if (s != before) std::abort();
    return 0;
  }
  if (!decode_link(encode_link(s), again).empty() || again != s) std::abort();
  return 0;
}
