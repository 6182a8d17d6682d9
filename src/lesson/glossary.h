// The glossary: what the lessons' words mean, in a line each, and which control of the lab each is about.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace stride {

struct GlossaryTerm {
  /// The word in English and, parted by semicolons, its other forms; the catalogue has those of the other
  /// languages.
  const char* forms;
  const char* line;     ///< what it means, English
  const char* control;  ///< the end of its control's id: "slider Learning rate"; empty: none
};
std::span<const GlossaryTerm> glossary();
/// Which of them is called so in the language in use, whatever its capitals; null: none.
const GlossaryTerm* find_term(std::string_view words);
/// Its name in the language in use.
std::string name_of(const GlossaryTerm& term);

/// The places of the lab that a lesson may light, by the words that it takes for them: "lr", "schedule", "loss".
struct LightPlace {
  std::string_view word;
  std::string_view control;  ///< as in GlossaryTerm
};
std::span<const LightPlace> light_places();
/// The control of one of these words; empty: none of them.
std::string_view control_of(std::string_view word);

}  // namespace stride
