// Any bytes are a scenario or an error that leaves the last good one alone; a scenario survives being written
// and linked, and its runs end.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "fuzz/grammar.h"
#include "scenario/scenario.h"

namespace {

using namespace stride;

void expect(bool good) {
  if (!good) std::abort();
}

void run(const Scenario& s) {
  const int steps = std::min(s.steps, 20);
  if (!is_surface(s)) return;  // training whatever size is no matter of reading; its tests do it
  for (const Run& r : s.runs) {
    const Trajectory t =
        trajectory(objective_of(s), start_of(s, r), noise_of(s), steps, r.optimizer, r.schedule);
    expect(t.size() == (t.diverged_at < 0 ? steps : t.diverged_at) + 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Scenario before = default_scenario();
  Scenario s = before;
  if (read_scenario(text, s)) {
    expect(s == before);
    return 0;
  }
  Scenario again, linked;
  expect(!read_scenario(write_scenario(s), again) && again == s);
  expect(!decode_link(encode_link(s), linked) && linked == s);
  run(s);
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
  using namespace stride::fuzz;
  return mutate(data, size, max_size, seed, changed_document);
}
