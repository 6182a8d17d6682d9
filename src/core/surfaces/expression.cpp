#include "core/surfaces/expression.h"

#include <algorithm>

#include "core/math/math.h"
#include "core/surfaces/expression_names.h"

namespace stride {

namespace {

using Code = Expression::Op::Code;
using Kind = Meaning::Kind;

/// A recursive descent over the signs; the first error ends it.
struct Parser {
  const Signs signs;
  const Variables& variables;
  Expression& out;
  ExpressionError& error;
  int at = 0;
  int nesting = 0, stack = 0;
  bool in_bars = false;  // within | |, so that the next bar closes

  bool failed() const { return error.column > 0; }
  char32_t peek(int ahead = 0) const { return signs[at + ahead]; }
  bool ended() const { return at >= signs.size(); }
  void skip_blanks() {
    while (is_blank(peek())) ++at;
  }

  void fail(int place, std::string_view what, std::string got, std::string_view hint = "") {
    if (!failed()) error = {place + 1, std::string(what), std::move(got), std::string(hint)};
  }
  void expected(std::string_view what, std::string_view hint = "") {
    skip_blanks();
    fail(at, what, found(), hint);
  }
  std::string quoted(int first, int end) const {
    return std::string("'").append(signs.written(first, end)).append("'");
  }

  /// What stands at the cursor, for people: a name, a number's first sign, one character, the end.
  std::string found() const {
    if (ended()) return "the end";
    if (is_letter(peek())) return quoted(at, std::min(word_end(), at + 20));
    if (peek() == Signs::broken) return "a byte that is no character";
    if (peek() < 0x20 || peek() == 0x7f) return "a control character";
    return quoted(at, at + 1);
  }
  int word_end() const {
    int end = at;
    while (is_letter(signs[end]) || is_digit(signs[end])) ++end;
    return end;
  }
  /// The letters and digits at the cursor.
  std::string word() const {
    const auto code = signs.code.begin();
    return std::string(code + at, code + word_end());
  }
  /// The name at the cursor and its length.
  Meaning name_here(int& length) const {
    const std::string whole = word();
    length = static_cast<int>(first_name(whole, variables));
    return length == 0 ? Meaning{} : meaning_of(whole.substr(0, static_cast<std::size_t>(length)), variables);
  }

  void emit(Code code, int pops, double number = 0, int variable = 0) {
    out.program.push_back({code, number, static_cast<unsigned short>(variable)});
    stack += 1 - pops;
    out.depth = std::max(out.depth, stack);
    if (out.depth > Expression::max_depth) too_deep();
    fold(pops);
  }
  void emit_number(double number) { emit(Code::number, 0, number); }
  void too_deep() {
    fail(at, "less nesting: at most " + std::to_string(Expression::max_depth) + " levels", "");
  }
  /// Once more what lies on top of the stack.
  void emit_copy() {
    const Expression::Op top = out.program.back();
    top.code == Code::number ? emit_number(top.number) : emit(Code::copy, 0);
  }

  /// Replaces an operation on numbers by its result.
  void fold(int operands) {
    std::vector<Expression::Op>& p = out.program;
    const std::size_t n = static_cast<std::size_t>(operands) + 1;
    if (operands == 0 || failed() || p.size() < n) return;
    for (std::size_t i = p.size() - n; i + 1 < p.size(); ++i)
      if (p[i].code != Code::number) return;
    Expression constant;
    constant.program.assign(p.end() - static_cast<std::ptrdiff_t>(n), p.end());
    const double value = evaluate_value(constant, nullptr);
    p.resize(p.size() - n + 1);
    p.back() = {Code::number, value};
  }

  /// One level deeper; false where that is too deep.
  bool descend() {
    if (nesting >= Expression::max_depth) too_deep();
    ++nesting;
    return !failed();
  }

  void sum() {
    term();
    for (skip_blanks(); !failed() && (peek() == '+' || peek() == '-'); skip_blanks()) {
      const Code code = signs[at++] == '+' ? Code::add : Code::subtract;
      term();
      if (!failed()) emit(code, 2);
    }
  }
  void term() {
    unary();
    for (skip_blanks(); !failed(); skip_blanks()) {
      if (peek() == '*' || peek() == '/') {
        const Code code = signs[at++] == '*' ? Code::multiply : Code::divide;
        unary();
        if (!failed()) emit(code, 2);
      } else if (begins_factor()) {
        power();
        if (!failed()) emit(Code::multiply, 2);
      } else {
        return;
      }
    }
  }
  /// Does a factor begin here that needs no sign before it? A number does: where it stands after another
  /// factor, a power has lost its place.
  bool begins_factor() const {
    const char32_t c = peek();
    return is_letter(c) || c == '(' || c == '[' || c == Signs::root || c == Signs::pi || fraction(c) > 0 ||
           (c == '|' && !in_bars);
  }
  bool begins_number() const { return is_digit(peek()) || (peek() == '.' && is_digit(peek(1))); }
  void unary() {
    skip_blanks();
    if (!descend()) return;
    if (peek() == '-' || peek() == '+') {
      const bool minus = signs[at++] == '-';
      unary();
      if (minus && !failed()) emit(Code::negate, 1);
    } else {
      power();
    }
    --nesting;
  }
  bool sees_power() const { return peek() == '^' || sees_stars(); }
  bool sees_stars() const { return peek() == '*' && peek(1) == '*' && signs.written(at, at + 2) == "**"; }
  void take_power() { at += peek() == '^' ? 1 : 2; }
  void power() {
    primary();
    if (!failed() && raised(peek())) raised_number();
    skip_blanks();
    if (failed() || !sees_power()) return;
    take_power();
    unary();
    if (!failed()) emit(Code::power, 2);
  }
  /// The exponent of x², x⁻¹, x¹⁰.
  void raised_number() {
    const int first = at;
    const double exponent = raised_value();
    if (failed()) return;
    if (!(math::abs(exponent) < 1000)) return fail(first, "an exponent below 1000", quoted(first, at));
    emit_number(exponent);
    emit(Code::power, 2);
  }
  double raised_value() {
    const bool minus = raised(peek()) == '-';
    at += minus;
    if (!raised(peek()) || raised(peek()) == '-') {
      expected("a raised digit");
      return 0;
    }
    double value = 0;
    for (; raised(peek()) && raised(peek()) != '-'; ++at) value = value * 10 + (raised(peek()) - '0');
    return minus ? -value : value;
  }

  void primary() {
    skip_blanks();
    const char32_t c = peek();
    if (begins_number()) return number();
    if (is_letter(c)) return name();
    if (c == Signs::pi) return ++at, emit_number(math::pi);
    if (fraction(c) > 0) return ++at, emit_number(fraction(c));
    if (c == Signs::root) return root();
    if (c == '|') return bars();
    if (c == '(' || c == '[') return brackets();
    std::string what = "a number, ";
    for (const std::string_view name : variables.names) what.append(name).append(", ");
    expected(what + "a function or '('");
  }
  void root() {
    ++at;
    if (!descend()) return;
    primary();
    if (!failed()) emit(Code::sqrt, 1);
    --nesting;
  }
  void bars() {
    const int open = at++;
    const bool outer = in_bars;
    in_bars = true;
    sum();
    skip_blanks();
    if (!failed() && peek() != '|') unclosed(open, '|');
    ++at;
    in_bars = outer;
    if (!failed()) emit(Code::abs, 1);
  }
  void brackets() {
    const int open = at++;
    const bool outer = in_bars;
    in_bars = false;
    sum();
    close(open);
    in_bars = outer;
  }
  void close(int open) {
    const char end = signs[open] == '(' ? ')' : ']';
    skip_blanks();
    if (failed()) return;
    if (peek() != static_cast<char32_t>(end)) return unclosed(open, end);
    ++at;
  }
  void unclosed(int open, char end) {
    if (begins_number()) return missing_operator();
    const std::string sign = quoted(open, open + 1), column = std::to_string(open + 1);
    expected(std::string("'") + end + "' to close the " + sign + " in column " + column, hint_here());
  }
  void missing_operator() { expected("an operator", " (write ^ for a power, * to multiply)"); }
  std::string_view hint_here() const {
    if (peek() == '=') return " (write only what stands right of it)";
    const bool in_number = peek() == ',' && at > 0 && is_digit(peek(-1)) && is_digit(peek(1));
    return in_number ? " (a decimal point is written .)" : "";
  }

  void number() {
    const int start = at;
    const DecimalNumber n = decimal_number(signs, at);
    at = n.end;
    const auto got = [&] { return quoted(start, std::min(at, start + 30)); };
    if (n.fault == DecimalNumber::Fault::points) return fail(start, "a number with one decimal point", got());
    if (n.fault == DecimalNumber::Fault::range) return fail(start, "a number between 1e-99 and 1e99", got());
    emit_number(n.value);
  }

  void name() {
    int length = 0;
    const Meaning m = name_here(length);
    if (m.kind == Kind::nothing) return expected(names_in_words(variables), hint_for(word(), variables));
    at += length;
    if (m.kind == Kind::constant) return emit_number(m.value);
    if (m.kind == Kind::variable) return emit(Code::variable, 0, 0, m.row);
    function(expression_functions()[static_cast<std::size_t>(m.row)]);
  }
  void function(const ExpressionFunction& f) {
    const double exponent = exponent_of_function(f);
    skip_blanks();
    if (failed()) return;
    const bool two_to = f.name == "exp2";
    if (two_to) emit_number(2);
    if (f.arguments == 2) {
      if (peek() != '(') return expected("'(' after " + std::string(f.name));
      two_arguments(f);
    } else if (peek() == '(' || peek() == '[') {
      brackets();
    } else {
      bare_argument(f);
    }
    if (failed()) return;
    if (two_to)
      emit(Code::power, 2);
    else
      apply(f);
    if (failed() || exponent == 1) return;
    emit_number(exponent);
    emit(Code::power, 2);
  }
  /// sin² x, sin^2 x: the 2.
  double exponent_of_function(const ExpressionFunction& f) {
    const bool high = raised(peek());
    if (!high && (!sees_power() || f.arguments == 2)) return 1;
    if (!high) take_power();
    const int start = at;
    double value = 0;
    if (high)
      value = raised_value();
    else
      for (; is_digit(peek()); ++at) value = std::min(value * 10 + static_cast<double>(peek() - '0'), 1e3);
    if (failed() || (value >= 1 && value < 1000)) return value;
    at = start;
    const std::string name(f.name), hint = "(" + std::string(variables.names[0]) + ")";
    expected("a whole exponent after " + name, " (write 1/" + name + hint + " for the reciprocal)");
    return 1;
  }
  void two_arguments(const ExpressionFunction& f) {
    const int open = at++;
    const bool outer = in_bars;
    in_bars = false;
    sum();
    skip_blanks();
    if (failed()) return;
    if (begins_number()) return missing_operator();
    if (peek() != ',') return expected("',' and a second value for " + std::string(f.name));
    ++at;
    sum();
    close(open);
    in_bars = outer;
  }
  /// The unwritten product after a function without brackets. A bracket belongs to it after numbers alone:
  /// sin 2(x+1), but sin x (x+1) is sin(x) (x+1).
  void bare_argument(const ExpressionFunction& f) {
    if (!descend()) return;
    const bool minus = peek() == '-';
    at += minus;
    skip_blanks();
    if (!begins_factor() && !begins_number()) return expected("'(' or a value after " + std::string(f.name));
    bool numbers = true;
    for (int count = 0; !failed() && (count == 0 || continues_argument(numbers)); ++count) {
      numbers = numbers && is_number_here();
      power();
      if (count > 0 && !failed()) emit(Code::multiply, 2);
      skip_blanks();
    }
    if (minus && !failed()) emit(Code::negate, 1);
    --nesting;
  }
  bool continues_argument(bool numbers) const {
    int length = 0;
    if (is_letter(peek())) return name_here(length).kind != Kind::function;
    return begins_factor() &&
           (numbers || peek() == Signs::pi || peek() == Signs::root || fraction(peek()) > 0);
  }
  bool is_number_here() const {
    int length = 0;
    if (is_letter(peek())) return name_here(length).kind == Kind::constant;
    return begins_number() || peek() == Signs::pi || fraction(peek()) > 0;
  }

  void apply(const ExpressionFunction& f) {
    emit(f.code, f.arguments);
    if (f.name == "log2" || f.name == "log10") {
      emit_number(f.name == "log2" ? 0x1.62e42fefa39efp-1 : 0x1.26bb1bbb55516p+1);
      emit(Code::divide, 2);
    } else if (f.name == "sinh" || f.name == "cosh") {
      emit_copy();
      emit_number(-1);
      emit(Code::power, 2);
      emit(f.name == "sinh" ? Code::subtract : Code::add, 2);
      emit_number(2);
      emit(Code::divide, 2);
    }
  }

  /// f(x, y) = ..., z = ...: only what stands right of it counts.
  void skip_left_side() {
    const int begin = at;
    skip_blanks();
    const bool is_name = is_letter(peek()) && meaning_of(word(), variables).kind == Kind::nothing;
    at = is_name ? word_end() : at;
    if (is_name && peek() == '(')
      while (is_letter(peek(1)) || is_blank(peek(1)) || peek(1) == ',' || peek(1) == ')') ++at;
    at += is_name && peek() == ')';
    skip_blanks();
    at = is_name && peek() == '=' ? at + 1 : begin;
  }
  void whole() {
    if (signs.size() > Expression::max_length)
      return fail(Expression::max_length, "at most " + std::to_string(Expression::max_length) + " characters",
                  std::to_string(signs.size()));
    skip_left_side();
    sum();
    skip_blanks();
    if (failed() || ended()) return;
    if (begins_number()) return missing_operator();
    expected("an operator or the end", hint_here());
  }
};

}  // namespace

Expression parse_expression(std::string_view text, ExpressionError& error, const Variables& variables) {
  error = {};
  Expression out;
  Parser{signs_of(text), variables, out, error}.whole();
  if (error.column > 0) return {};
  out.text = text;
  return out;
}

}  // namespace stride
