// A line of a lesson in a language that is written from right to left: where its words stand, with the numbers, formulas
// and names of other letters among them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stride::lab {

/// A word, or a sign beside it; a formula has no words.
struct LinePart {
  std::string words;
  bool spaced = false;  ///< a space stands before it
};

/// The parts as they follow each other from left to right, by their indices, -1 for a space between two. Signs that
/// stand alone are exchanged with one another where brackets are turned round.
std::vector<int> from_left(std::vector<LinePart>& parts);

/// A word cut into the signs before it, itself, and the signs after it, each sign for itself.
std::vector<std::string> without_signs(std::string_view word);

}  // namespace stride::lab
