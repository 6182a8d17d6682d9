// The formulas of the table of optimizers: read into pieces, evaluated, and rewritten with numbers.
#include <cstdio>

#include "core/math/digits.h"
#include "core/math/math.h"
#include "core/optimizers/explain.h"
#include "core/optimizers/formula_reader.h"

namespace stride {

namespace {

using Kind = FormulaPiece::Kind;

/// Bytes of the UTF-8 character at the front.
std::size_t length_of(unsigned char first) {
  return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

bool is_digit(std::string_view c) {
  return c.size() == 1 && c[0] >= '0' && c[0] <= '9';
}

/// Characters that begin or continue a symbol: letters, Greek, subscripts, the prime, the combining hat.
bool is_letter(std::string_view c) {
  if (c.size() == 1) return ((c[0] | 32) >= 'a' && (c[0] | 32) <= 'z') || c == "_";
  const auto b = [&](std::size_t i) { return static_cast<unsigned char>(c[i]); };
  if (c == "Σ") return false;
  if (c == "′" || c == "\u0302") return true;
  if (c.size() == 2) return b(0) == 0xce || b(0) == 0xcf;
  return c.size() == 3 && b(0) == 0xe2 && b(1) == 0x82 && b(2) >= 0x80 && b(2) <= 0x8e;
}

bool is_function(std::string_view word) {
  return word == "min" || word == "max" || word == "sign" || word == "none";
}

std::string number_text(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.4g", value);
  return typeset(text);
}

/// Coordinate i of the formulas' values.
struct Numbers {
  using Value = double;
  const Symbols& symbols;
  int i;

  static double both(double a, double b) { return a != 0 && b != 0 ? 1 : 0; }
  static double compare(std::string_view sign, double a, double b) {
    return sign == ">" ? a > b : sign == "<" ? a < b : sign == "=" ? a == b : sign == "≥" ? a >= b : a <= b;
  }
  static double negative(double a) { return -a; }
  static double add(double a, double b) { return a + b; }
  static double subtract(double a, double b) { return a - b; }
  static double multiply(double a, double b) { return a * b; }
  static double divide(double a, double b) { return a / b; }
  static double root(double a) { return math::sqrt(a); }
  static double square(double a) { return a * a; }
  static double size(double a) { return math::abs(a); }
  static double sign(double a) { return (a > 0) - (a < 0); }
  static double least(double a, double b) { return a < b ? a : b; }
  static double largest(double a, double b) { return a > b ? a : b; }
  static double holds(double a) { return a; }
  static double left_out(double a) { return a != a; }
  /// One product after the other, as the rules' clocks make their powers.
  static double power(double base, double exponent) {
    if (exponent < 1 || exponent > max_steps + 1 || std::floor(exponent) != exponent)
      return math::pow(base, exponent);
    double result = base;
    for (int k = 1; k < static_cast<int>(exponent) && result != 0; ++k) result *= base;
    return result;
  }
  template <class Read>
  double summed(Read read) {
    const int own = i;
    double total = 0;
    for (i = 0; i < 2; ++i) total += read();
    i = own;
    return total;
  }
  bool symbol(std::string_view name, double& value) const {
    const auto found = symbols.find(name);
    if (found != symbols.end()) value = found->second.v[i];
    return found != symbols.end();
  }
  static double number(std::string_view text) {
    double whole = 0, unit = 1;
    bool fraction = false;
    for (char c : text) {
      if (c == '.') {
        fraction = true;
      } else {
        whole = whole * 10 + (c - '0');
        if (fraction) unit *= 10;
      }
    }
    return whole / unit;
  }
};

bool ends_value(const FormulaPiece& p) {
  return p.kind == Kind::number || p.kind == Kind::symbol || p.text == ")" || p.text == "]" || p.text == "²";
}

bool begins_value(const FormulaPiece& p) {
  return p.kind == Kind::number || p.kind == Kind::symbol || p.kind == Kind::word || p.text == "(" ||
         p.text == "[" || p.text == "√" || p.text == "Σ";
}

}  // namespace

std::vector<FormulaPiece> formula_pieces(std::string_view formula) {
  std::vector<FormulaPiece> pieces;
  std::size_t at = 0;
  const auto front = [&] { return formula.substr(at, length_of(static_cast<unsigned char>(formula[at]))); };
  while (at < formula.size()) {
    const std::size_t begin = at;
    const std::string_view c = front();
    Kind kind = Kind::sign;
    at += c.size();
    if (c == " ") {
      kind = Kind::space;
    } else if (is_digit(c)) {
      kind = Kind::number;
      while (at < formula.size() && (is_digit(front()) || front() == ".")) ++at;
    } else if (is_letter(c)) {
      while (at < formula.size() && (is_letter(front()) || is_digit(front()))) at += front().size();
      kind = is_function(formula.substr(begin, at - begin)) ? Kind::word : Kind::symbol;
    }
    pieces.push_back({kind, formula.substr(begin, at - begin)});
  }
  return pieces;
}

double evaluate_formula(std::string_view formula, const Symbols& symbols, int i, std::string* error) {
  const std::vector<FormulaPiece> pieces = pieces_without_spaces(formula);
  Numbers numbers{symbols, i};
  FormulaReader<Numbers> e{numbers, pieces};
  const double value = e.read();
  if (error) *error = e.error;
  return e.error.empty() ? value : none;
}

std::string with_numbers(std::string_view formula, const Symbols& symbols, int i) {
  const std::vector<FormulaPiece> pieces = formula_pieces(formula);
  std::string out;
  bool value = false;  // what stands last in `out` is one: the next one is multiplied
  for (std::size_t k = 0; k < pieces.size(); ++k) {
    const FormulaPiece& p = pieces[k];
    if (p.kind == Kind::space) {
      if (k + 1 < pieces.size() && value && begins_value(pieces[k + 1]))
        out += " · ";
      else
        out += ' ';
      continue;
    }
    const auto found = p.kind == Kind::symbol ? symbols.find(p.text) : symbols.end();
    if (found == symbols.end()) {
      out += p.text;
    } else {
      const std::string number = number_text(found->second.v[i]);
      const bool alone = pieces.size() == 1;
      out += number.starts_with("−") && !alone ? "(" + number + ")" : number;
    }
    value = ends_value(p);
  }
  return out;
}

std::string as_expression(std::string_view formula, const SymbolNames& names) {
  const std::vector<FormulaPiece> pieces = formula_pieces(formula);
  std::string out;
  bool value = false;
  for (std::size_t k = 0; k < pieces.size(); ++k) {
    const FormulaPiece& p = pieces[k];
    const auto found = names.find(p.text);
    const bool known = found != names.end();
    const FormulaPiece* next = k + 1 < pieces.size() ? &pieces[k + 1] : nullptr;
    if (p.text == "Σ" || p.text == "[" || p.text == "none" || (p.kind == Kind::symbol && !known)) return "";
    if (p.kind == Kind::space)
      out += value && next && begins_value(*next) ? "*" : " ";
    else if (p.text == "√" && next && next->kind == Kind::symbol)
      out.append("sqrt(").append(as_expression(pieces[++k].text, names)).append(")");
    else if (p.text == "√" && next && next->text == "(")
      out += "sqrt";
    else
      out += p.text == "−"   ? "-"
             : p.text == "·" ? "*"
             : p.text == "²" ? "^2"
             : known         ? std::string_view(found->second)
                             : p.text;
    value = ends_value(pieces[k]);
  }
  return out;
}

}  // namespace stride
