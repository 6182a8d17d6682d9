// Reads the formulas of the table of optimizers (explain.h has the grammar) in any algebra: of numbers, or of a
// program's text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/optimizers/explain.h"

namespace stride {

/// The pieces of a formula without its spaces.
inline std::vector<FormulaPiece> pieces_without_spaces(std::string_view formula) {
  std::vector<FormulaPiece> pieces = formula_pieces(formula);
  std::erase_if(pieces, [](const FormulaPiece& p) { return p.kind == FormulaPiece::Kind::space; });
  return pieces;
}

/// Recursive descent over the pieces. An Algebra has a type Value and the operations called here; `symbol` says
/// whether it knows one, `summed` reads its terms as often as it needs.
template <class Algebra>
struct FormulaReader {
  using Value = typename Algebra::Value;
  using Kind = FormulaPiece::Kind;
  Algebra& algebra;
  const std::vector<FormulaPiece>& pieces;
  std::size_t at = 0;
  std::string error = {};

  /// The whole formula, or conditions joined by commas; nothing that counts where `error` says something.
  Value read() {
    Value all = comparison();
    while (take(",")) all = algebra.both(all, comparison());
    if (!done()) fail("the end");
    return all;
  }

 private:
  bool done() const { return at >= pieces.size(); }
  bool sees(std::string_view text) const { return !done() && pieces[at].text == text; }
  bool take(std::string_view text) {
    if (!sees(text)) return false;
    ++at;
    return true;
  }
  Value fail(std::string_view expected) {
    if (error.empty())
      error = "expected " + std::string(expected) +
              (done() ? " at the end" : " before " + std::string(pieces[at].text));
    at = pieces.size();
    return {};
  }
  void close(std::string_view text) {
    if (!take(text)) fail(text);
  }

  Value comparison() {
    const Value a = sum();
    for (const std::string_view sign : {">", "<", "=", "≥", "≤"})
      if (take(sign)) return algebra.compare(sign, a, sum());
    return a;
  }
  Value sum() {
    Value a = take("−") ? algebra.negative(product()) : product();
    for (;;) {
      if (take("+"))
        a = algebra.add(a, product());
      else if (take("−"))
        a = algebra.subtract(a, product());
      else
        return a;
    }
  }
  bool begins_factor() const {
    if (done()) return false;
    const FormulaPiece& p = pieces[at];
    return p.kind != Kind::sign || p.text == "(" || p.text == "[" || p.text == "√" || p.text == "Σ";
  }
  Value product() {
    Value a = factor();
    for (;;) {
      if (take("/"))
        a = algebra.divide(a, factor());
      else if (take("·") || begins_factor())
        a = algebra.multiply(a, factor());
      else
        return a;
    }
  }
  Value factor() {
    if (take("√")) return algebra.root(factor());
    const Value a = atom();
    if (take("²")) return algebra.square(a);
    if (take("^")) return algebra.power(a, atom());
    return a;
  }
  Value summed() {
    const std::size_t begin = at;
    const Value total = algebra.summed([&] {
      at = begin;
      return comparison();
    });
    close(")");
    return total;
  }
  Value atom() {
    if (done()) return fail("a value");
    const FormulaPiece piece = pieces[at];
    if (take("Σ")) return take("(") ? summed() : fail("(");
    if (take("(") || take("[") || take("|")) {
      const Value a = comparison();
      close(piece.text == "(" ? ")" : piece.text == "[" ? "]" : "|");
      return piece.text == "|" ? algebra.size(a) : piece.text == "[" ? algebra.holds(a) : a;
    }
    if (piece.kind == Kind::number) return ++at, algebra.number(piece.text);
    if (piece.kind == Kind::word) return ++at, call(piece.text);
    if (piece.kind != Kind::symbol) return fail("a value");
    Value value{};
    if (!algebra.symbol(piece.text, value)) return fail("a known symbol");
    ++at;
    return value;
  }
  Value call(std::string_view word) {
    if (word == "none") return algebra.left_out(atom());
    if (!take("(")) return fail("(");
    const Value a = sum();
    Value result = a;
    if (word == "sign") {
      result = algebra.sign(a);
    } else {
      close(",");
      const Value b = sum();
      result = word == "min" ? algebra.least(a, b) : algebra.largest(a, b);
    }
    close(")");
    return result;
  }
};

}  // namespace stride
