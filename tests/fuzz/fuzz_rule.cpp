// Any bytes as a rule of one's own: read or told off in one sentence, and where it is read run for one coordinate
// and for many lanes. Nothing may crash, throw, hang or read out of bounds.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "core/optimizers/custom/custom_lanes.h"

namespace {

template <class T>
void run(const stride::CustomRule& rule, int lanes) {
  const std::size_t size = 2 * static_cast<std::size_t>(lanes);
  std::vector<T> p(size, T(1)), g(size, T(-2)), state(size * stride::CustomRule::max_names), effective(size);
  const std::vector<T> lr(static_cast<std::size_t>(lanes), T(0.1));
  stride::Lanes<T> all{2, lanes, p.data(), g.data(), state.data(), nullptr, lr.data(), effective.data()};
  stride::Clock clock;
  for (int t = 0; t < 3; ++t) stride::step_custom(rule, clock, all);
  if (clock.t != 3) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stride;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  CustomRuleError error;
  const CustomRule rule = read_custom_rule(text, error);
  if (error.found() != rule.lines.empty()) std::abort();
  if (error.found()) {
    if (error.line < -1 || error.line > CustomRule::max_lines) std::abort();
    return 0;
  }
  run<double>(rule, 1);
  for (const int lanes : {1, 5, 300}) run<float>(rule, lanes);
  return 0;
}
