// Small formulas in a lesson's text, "$\frac{g}{\sqrt{v}}$": read into boxes that can be set in type, and
// said as plain text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stride {

struct FormulaBox;
/// Boxes one after another on a line.
using FormulaRow = std::vector<FormulaBox>;
struct FormulaBox {
  enum class Kind { words, raised, lowered, fraction, root };
  Kind kind = Kind::words;
  std::string words;
  FormulaRow inner;  ///< of a fraction what stands above
  FormulaRow below;
};

/// `a^2`, `x_{t+1}`, `\frac{a}{b}`, `\sqrt{v}`, nested at most 8 deep; anything else stands for itself. False:
/// a brace is missing, or none of these is in it.
bool read_formula(std::string_view text, FormulaRow& out);
/// "g/√v", "x_(t+1)": what is read aloud and printed.
std::string formula_text(const FormulaRow& row);

}  // namespace stride
