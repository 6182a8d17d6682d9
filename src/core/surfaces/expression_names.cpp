#include "core/surfaces/expression_names.h"

#include <algorithm>
#include <array>

#include "core/math/math.h"

namespace stride {

namespace {

using Code = Expression::Op::Code;
using Kind = Meaning::Kind;

constexpr ExpressionFunction functions[] = {
    {"sin", 1, Code::sin},     {"cos", 1, Code::cos},   {"tan", 1, Code::tan},   {"exp", 1, Code::exp},
    {"log", 1, Code::log},     {"ln", 1, Code::log},    {"sqrt", 1, Code::sqrt}, {"abs", 1, Code::abs},
    {"tanh", 1, Code::tanh},   {"sinh", 1, Code::exp},  {"cosh", 1, Code::exp},  {"exp2", 1, Code::power},
    {"log2", 1, Code::log},    {"log10", 1, Code::log}, {"sign", 1, Code::sign}, {"sgn", 1, Code::sign},
    {"floor", 1, Code::floor}, {"min", 2, Code::min},   {"max", 2, Code::max},   {"pow", 2, Code::power},
};

struct Constant {
  std::string_view name;
  double value;
};
constexpr Constant constants[] = {{"pi", math::pi}, {"e", math::e}};

/// What people look for and what says the same.
struct Substitute {
  std::string_view name, write;
};
constexpr Substitute substitutes[] = {
    {"sec", "1/cos(x)"},
    {"csc", "1/sin(x)"},
    {"cot", "1/tan(x)"},
    {"sech", "1/cosh(x)"},
    {"csch", "1/sinh(x)"},
    {"coth", "1/tanh(x)"},
    {"sinc", "sin(x)/x"},
    {"expm1", "exp(x) - 1"},
    {"log1p", "log(1 + x)"},
    {"lg", "log10(x)"},
    {"ld", "log2(x)"},
    {"lb", "log2(x)"},
    {"sqr", "x^2"},
    {"cbrt", "x^(1/3)"},
    {"ceil", "-floor(-x)"},
    {"relu", "max(0, x)"},
    {"round", "floor(x+0.5)"},
    {"mod", "x - y*floor(x/y)"},
    {"hypot", "sqrt(x^2 + y^2)"},
};

/// Letters side by side that are looked at as a product.
constexpr std::size_t longest_product = 20;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Letters to insert, remove or change to make b of a, upper and lower case alike; both short.
int distance(std::string_view a, std::string_view b) {
  std::array<int, 24> row{};
  if (b.size() >= row.size()) return static_cast<int>(b.size());
  for (int j = 0; j <= static_cast<int>(b.size()); ++j) row[j] = j;
  for (int i = 0; i < static_cast<int>(a.size()); ++i) {
    int diagonal = row[0]++;
    for (int j = 0; j < static_cast<int>(b.size()); ++j) {
      const int changed = diagonal + (lower(a[i]) != lower(b[j]));
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
    }
  }
  return row[b.size()];
}

/// "x and y", "t, T and lr"
std::string list_of(const Variables& variables) {
  std::string out;
  const std::size_t n = variables.names.size();
  for (std::size_t i = 0; i < n; ++i)
    out.append(i == 0 ? "" : i + 1 == n ? " and " : ", ").append(variables.names[i]);
  return out;
}

/// May `rest` follow the name at the front of a word?
bool may_follow(const Meaning& name, std::string_view rest, const Variables& variables) {
  if (name.kind != Kind::function) return !is_digit(static_cast<unsigned char>(rest[0]));
  const ExpressionFunction& f = functions[name.row];
  if (f.arguments != 1) return false;
  // log2x may be log2(x) or log(2x).
  if (is_digit(static_cast<unsigned char>(rest[0])) || is_digit(static_cast<unsigned char>(f.name.back())))
    return f.code != Code::log && f.code != Code::exp && f.code != Code::power;
  // sinx, but not sine.
  const std::size_t next = first_name(rest, variables);
  return meaning_of(rest.substr(0, next), variables).kind == Kind::variable;
}

/// Of a variable and digits, as x2.
std::string indexed_hint(std::string_view word, const Variables& variables) {
  const std::size_t digits = word.find_first_of("0123456789");
  if (digits == word.npos || word.find_first_not_of("0123456789", digits) != word.npos) return "";
  const std::string_view name = word.substr(0, digits > 1 && word[digits - 1] == '_' ? digits - 1 : digits);
  if (meaning_of(name, variables).kind != Kind::variable) return "";
  const bool one = variables.names.size() == 1;
  std::string hint = one ? " (the variable is " : " (the variables are ";
  hint += list_of(variables);
  if (word.substr(digits) != "1") {
    hint.append("; a power is ").append(name).append("^").append(word.substr(digits));
  }
  return hint + ")";
}

}  // namespace

std::span<const ExpressionFunction> expression_functions() {
  return functions;
}

Meaning meaning_of(std::string_view word, const Variables& variables) {
  for (std::size_t i = 0; i < variables.names.size(); ++i)
    if (variables.names[i] == word) return {Kind::variable, static_cast<int>(i), 0};
  for (const Constant& c : constants)
    if (c.name == word) return {Kind::constant, 0, c.value};
  for (std::size_t i = 0; i < std::size(functions); ++i)
    if (functions[i].name == word) return {Kind::function, static_cast<int>(i), 0};
  return {};
}

std::size_t first_name(std::string_view word, const Variables& variables) {
  if (meaning_of(word, variables).kind != Kind::nothing) return word.size();
  if (!variables.products || word.size() > longest_product) return 0;
  // Longest first: what is left must be names again, or the number that a function takes.
  for (std::size_t n = word.size() - 1; n > 0; --n) {
    const Meaning m = meaning_of(word.substr(0, n), variables);
    const std::string_view rest = word.substr(n);
    if (m.kind == Kind::nothing || !may_follow(m, rest, variables)) continue;
    if (is_digit(static_cast<unsigned char>(rest[0])) || first_name(rest, variables) > 0) return n;
  }
  return 0;
}

std::string names_in_words(const Variables& variables) {
  std::string out;
  for (const std::string_view name : variables.names) out.append(name).append(", ");
  return out + "pi, e or a function";
}

std::string hint_for(std::string_view word, const Variables& variables) {
  if (std::string hint = indexed_hint(word, variables); !hint.empty()) return hint;
  for (const Substitute& s : substitutes)
    if (s.name == word) return std::string(" (write ").append(s.write).append(")");
  if (word.starts_with("arc") || word == "asin" || word == "acos" || word == "atan" || word == "atan2")
    return " (there are no inverses of sin, cos and tan)";
  std::string_view best;
  int off = 100;
  const auto consider = [&](std::string_view name) {
    if (const int d = distance(word, name); d < off) best = name, off = d;
  };
  for (const std::string_view name : variables.names) consider(name);
  for (const Constant& c : constants) consider(c.name);
  for (const ExpressionFunction& f : functions) consider(f.name);
  const bool near = off <= 2 && 2 * off < static_cast<int>(word.size());
  if (near || off == 0) return std::string(" (did you mean ").append(best).append("?)");
  if (word.size() == 1)
    return std::string(variables.names.size() == 1 ? " (the variable is " : " (the variables are ") +
           list_of(variables) + ")";
  return "";
}

}  // namespace stride
