// Any text is a link or an error that leaves the last good scenario alone; a link that was understood says
// the same when written anew.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "fuzz/grammar.h"
#include "scenario/scenario.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stride;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Scenario before = default_scenario();
  Scenario s = before, again;
  if (decode_link(text, s)) {
    if (s != before) std::abort();
    return 0;
  }
  if (decode_link(encode_link(s), again) || again != s) std::abort();
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
  using namespace stride::fuzz;
  return mutate(data, size, max_size, seed, [](std::string_view text, Dice& dice) {
    std::vector<std::string> parameters;
    for (text = text.substr(0, text.find('#')); !text.empty();) {
      const std::size_t end = std::min(text.find_first_of("?&"), text.size());
      if (end > 0) parameters.emplace_back(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    const std::string key = one_of(table_words(), dice);
    const std::string one = key + "=" + any_text(dice);
    if (parameters.empty() || dice.chance(0.4))
      parameters.push_back(one);
    else if (dice.chance(0.5))
      parameters.erase(parameters.begin() + dice.whole(0, static_cast<int>(parameters.size()) - 1));
    else
      parameters[static_cast<std::size_t>(dice.whole(0, static_cast<int>(parameters.size()) - 1))] = one;
    std::string out = "?";
    for (const std::string& p : parameters) out += (out.size() > 1 ? "&" : "") + p;
    return out;
  });
}
