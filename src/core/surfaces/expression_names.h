// The names that an expression may hold, and what to say of one that it may not.
#pragma once

#include <string>
#include <string_view>

#include "core/surfaces/expression.h"
#include "core/surfaces/expression_signs.h"

namespace stride {

/// What a name stands for. `arguments` 0: a value, 1 or 2: a function; -1: nothing.
struct Meaning {
  enum class Kind : unsigned char { nothing, variable, constant, function };
  Kind kind = Kind::nothing;
  int row = 0;       ///< of the variables, or of expression_functions()
  double value = 0;  ///< of a constant
};
Meaning meaning_of(std::string_view word, const Variables& variables);

/// The length of the first name in a word that is one name, or several side by side as xy, xsin, sinx, sin2;
/// 0 where it is neither. `word`: letters, then digits or letters.
std::size_t first_name(std::string_view word, const Variables& variables);

/// "x, y, pi, e or a function"
std::string names_in_words(const Variables& variables);
/// What helps with a word that is no name: " (did you mean sin?)", " (write 1/cos(x))", or nothing.
std::string hint_for(std::string_view word, const Variables& variables);

}  // namespace stride
