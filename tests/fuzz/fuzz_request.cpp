// Any bytes are a request or a sentence that leaves the last good one alone; a request survives being
// written, and its tiles are whole rows without a NaN.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "fuzz/grammar.h"
#include "jobs/jobs.h"

using namespace stride;

namespace {

void compute(const jobs::Request& request) {
  constexpr int most_steps = 60, most_rows = 20000;  // to keep one input's time bounded
  if (!is_descent(request.scenario) || request.kind != jobs::Request::Kind::study) return;
  const Study& study = studies()[request.study.row];
  const StudyProblem outline = jobs::problem_without_minima(request);
  const int tiles = study.tiles(outline, request.study);
  if (tiles < 1) std::abort();
  for (const char* steps : {"steps", "starts"})
    if (const int i = find_param(study.params, steps); i >= 0 && request.study.number(i) > most_steps) return;
  if (request.scenario.steps > most_steps) return;
  if (study.tile_rows(outline, request.study) > most_rows) return;
  const StudyProblem problem = jobs::problem_of(request);
  for (int tile : {0, tiles - 1}) {
    const std::vector<float> rows = study.tile(problem, request.study, tile);
    if (rows.empty() || rows.size() % study.columns.size() != 0) std::abort();
    for (float number : rows)
      if (std::isnan(number)) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  jobs::Request before;
  before.scenario = default_scenario();
  before.study = default_settings(0, studies()[0].params);
  jobs::Request request = before, again;
  if (jobs::decode_request(bytes, request)) {
    if (request != before) std::abort();
    return 0;
  }
  if (jobs::decode_request(jobs::encode_request(request), again) || again != request) std::abort();
  compute(request);
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
  using namespace stride::fuzz;
  return mutate(data, size, max_size, seed, [](std::string_view text, Dice& dice) {
    const std::size_t line = std::min(text.find('\n'), text.size());
    const std::string_view study = text.substr(0, line), scenario = text.substr(line);
    return dice.chance(0.5) ? changed_document(study, dice) + std::string(scenario)
                            : std::string(study) + "\n" + changed_document(scenario, dice);
  });
}
