// Changes that keep an input's form, so that fuzzers get past the parser: values of a JSON document
// exchanged, taken away and added, with the words of the tables. Half of the changes stay libFuzzer's own, of
// bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "support/random_scenario.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace stride::fuzz {

using testing::Dice;

/// Every name that `stride list` prints (keys of surfaces, optimizers, schedules, studies and their parameters,
/// choices, formulas), the kinds of problems and their members.
const std::vector<std::string>& table_words();

template <class List>
const auto& one_of(const List& list, Dice& dice) {
  return list[static_cast<std::size_t>(dice.whole(0, static_cast<int>(std::size(list)) - 1))];
}

/// A value of a document as a link has it.
std::string any_text(Dice& dice);
/// `text` with something changed in it; a random scenario where it is no document.
std::string changed_document(std::string_view text, Dice& dice);

/// What LLVMFuzzerCustomMutator returns: the bytes changed by `change`, or by libFuzzer.
template <class Change>
std::size_t mutate(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned seed,
                   Change change_text) {
  Dice dice(seed);
  if (dice.chance(0.5)) return LLVMFuzzerMutate(data, size, max_size);
  const std::string out = change_text(std::string_view(reinterpret_cast<const char*>(data), size), dice);
  if (out.empty() || out.size() > max_size) return LLVMFuzzerMutate(data, size, max_size);
  std::memcpy(data, out.data(), out.size());
  return out.size();
}

}  // namespace stride::fuzz
