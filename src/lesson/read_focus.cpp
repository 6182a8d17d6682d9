// What a page of a lesson wants seen, locked and lit.
#include <algorithm>

#include "lesson/glossary.h"
#include "lesson/lesson_shared.h"
#include "scenario/parts.h"

namespace stride {

namespace {

/// Each word of a list told to `take`, which says whether it is one of `names`.
template <class Take>
Error read_words(const Json& value, const Path& path, const std::string& names, const Take& take) {
  constexpr size_t most = 20;
  if (!value.is_array() || value.size() > most) return expected(path, "a list of words", value);
  for (int i = 0; i < static_cast<int>(value.size()); ++i)
    if (!value[i].is_string() || !take(value[i].get_ref<const std::string&>()))
      return expected({&path, {}, i}, "one of " + names, value[i]);
  return {};
}

Error read_bits(const Json& value, const Path& path, std::span<const FlagWord> words, unsigned& out) {
  std::string names;
  for (const FlagWord& w : words) names += (names.empty() ? "" : ", ") + std::string(w.name);
  unsigned bits = 0;
  Error error = read_words(value, path, names, [&](const std::string& word) {
    const auto found =
        std::find_if(words.begin(), words.end(), [&](const FlagWord& w) { return w.name == word; });
    if (found != words.end()) bits |= found->bit;
    return found != words.end();
  });
  if (!error) out = bits;
  return error;
}

Error read_lights(const Json& value, const Path& path, std::vector<std::string>& out) {
  std::string names;
  for (const LightPlace& place : light_places())
    names += (names.empty() ? "" : ", ") + std::string(place.word);
  std::vector<std::string> words;
  Error error = read_words(value, path, names, [&](const std::string& word) {
    words.push_back(word);
    return !control_of(word).empty();
  });
  if (!error) out = std::move(words);
  return error;
}

}  // namespace

Error read_focus(const Json& value, const Path& path, LessonFocus& out) {
  LessonFocus focus;
  if (Error e = check_keys(value, Names{"show", "lock", "light", "effective_rates"}, path)) return e;
  const auto panels = [](const Json& v, const Path& q, unsigned& bits) {
    return read_bits(v, q, panel_words(), bits);
  };
  const auto locks = [](const Json& v, const Path& q, unsigned& bits) {
    return read_bits(v, q, lock_words(), bits);
  };
  if (Error e = optional(value, "show", path, panels, focus.show)) return e;
  if (Error e = optional(value, "lock", path, locks, focus.lock)) return e;
  if (Error e = optional(value, "light", path, read_lights, focus.light)) return e;
  if (Error e = optional(value, "effective_rates", path, read_run_index, focus.effective_rates)) return e;
  out = std::move(focus);
  return {};
}

}  // namespace stride
