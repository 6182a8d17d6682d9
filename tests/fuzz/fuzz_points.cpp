// Any bytes are points or one sentence, and the scenario that holds them is read again as the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "scenario/points.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stride;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (std::size_t kind = 0; kind < std::size(problem_keys); ++kind) {
    Scenario s = default_scenario();
    s.problem = default_problem(kind);
    s.runs = default_runs(s);
    if (auto* fit = std::get_if<FitProblem>(&s.problem); fit && size % 2 == 1) {
      fit->model = FitModel::sigmoid;
      fit->data = FitData::iris;
    }
    const Scenario before = s;
    if (const Error e = read_points(text, s)) {
      if (sentence(e).find('\n') != std::string::npos || !(s == before)) std::abort();
      continue;
    }
    Scenario again;
    const std::string document = write_scenario(s);
    if (validate(s) || read_scenario(document, again) || !same_numbers(s, again)) std::abort();
  }
  return 0;
}
