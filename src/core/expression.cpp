#include "core/expression.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

#include "core/math.h"

namespace stride {

namespace {

using Code = Expression::Op::Code;

struct Name {
  std::string_view text;
  Code code;
  int arguments;  ///< 0: a value
};
constexpr Name names[] = {
    {"x", Code::x, 0},     {"y", Code::y, 0},       {"pi", Code::number, 0}, {"e", Code::number, 0},
    {"sin", Code::sin, 1}, {"cos", Code::cos, 1},   {"tan", Code::tan, 1},   {"exp", Code::exp, 1},
    {"log", Code::log, 1}, {"sqrt", Code::sqrt, 1}, {"abs", Code::abs, 1},   {"tanh", Code::tanh, 1},
    {"min", Code::min, 2}, {"max", Code::max, 2},
};
constexpr std::string_view operand = "a number, x, y, a function or '('";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string quoted(std::string_view words) {
  return std::string("'").append(words).append("'");
}

/// Letters to insert, remove or change to make b of a, upper and lower case alike; both short.
int distance(std::string_view a, std::string_view b) {
  std::array<int, 24> row{};
  if (b.size() >= row.size()) return static_cast<int>(b.size());
  for (int j = 0; j <= static_cast<int>(b.size()); ++j) row[j] = j;
  for (int i = 0; i < static_cast<int>(a.size()); ++i) {
    int diagonal = row[0]++;
    for (int j = 0; j < static_cast<int>(b.size()); ++j) {
      const int changed = diagonal + (lower(a[i]) != b[j]);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
    }
  }
  return row[b.size()];
}

/// digits * 10^exponent, correctly rounded but for one case in 2^40; 0 or within 1e-100 .. 1e100.
double decimal(std::uint64_t digits, int exponent) {
  using math::detail::product, math::detail::sum_ordered, math::detail::Two;
  const double high = static_cast<double>(digits >> 11) * 2048.0, low = static_cast<double>(digits & 2047);
  Two value = sum_ordered(high, low), power = {1, 0}, factor = {10, 0};
  for (int left = std::abs(exponent); left > 0; left >>= 1) {
    if (left & 1) power = product(power, factor);
    if (left > 1) factor = product(factor, factor);
  }
  if (exponent >= 0) return product(value, power).high;
  const double q = value.high / power.high;
  const Two back = product({q, 0}, power);
  return q + (((value.high - back.high) - back.low) + value.low) / power.high;
}

/// A recursive descent over the text; the first error ends it.
struct Parser {
  std::string_view text;
  Expression& out;
  ExpressionError& error;
  std::size_t at = 0;
  int nesting = 0, stack = 0;

  bool failed() const { return error.column > 0; }
  char peek() const { return at < text.size() ? text[at] : '\0'; }
  bool ended() const { return at >= text.size(); }
  void skip_blanks() {
    while (!ended() && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')) ++at;
  }

  /// Characters, not bytes: continuation bytes of UTF-8 do not count.
  int column_of(std::size_t byte) const {
    int column = 1;
    for (std::size_t i = 0; i < byte && i < text.size(); ++i) column += (text[i] & 0xc0) != 0x80;
    return column;
  }

  void fail(std::size_t byte, const std::string& what) {
    if (failed()) return;
    error.column = column_of(byte);
    error.message.append("column ").append(std::to_string(error.column)).append(": ").append(what);
  }
  void expected(std::string_view what, std::string_view hint = "") {
    skip_blanks();
    fail(at, std::string("expected ").append(what).append(", got ").append(found()).append(hint));
  }

  /// What stands at the cursor, for people: a name, a number's first sign, one character, the end.
  std::string found() const {
    if (ended()) return "the end";
    if (is_letter(peek())) return quoted(name_at());
    const unsigned char c = static_cast<unsigned char>(peek());
    if (c < 0x20 || c == 0x7f) return "a control character";
    const std::size_t length = c < 0x80 ? 1 : c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc2 ? 2 : 0;
    bool whole = length > 0 && c < 0xf5 && at + length <= text.size();
    for (std::size_t i = 1; whole && i < length; ++i) whole = (text[at + i] & 0xc0) == 0x80;
    if (whole && length > 2) {  // neither overlong, nor half a pair, nor above U+10FFFF
      const unsigned char d = static_cast<unsigned char>(text[at + 1]);
      whole = !((c == 0xe0 && d < 0xa0) || (c == 0xed && d > 0x9f) || (c == 0xf0 && d < 0x90) ||
                (c == 0xf4 && d > 0x8f));
    }
    return whole ? quoted(text.substr(at, length)) : "a byte that is no character";
  }
  std::string_view name_at() const {
    std::size_t end = at;
    while (end < text.size() && (is_letter(text[end]) || is_digit(text[end]))) ++end;
    return text.substr(at, std::min<std::size_t>(end - at, 20));
  }

  void emit(Code code, double number, int pops) {
    out.program.push_back({code, number});
    stack += 1 - pops;
    out.depth = std::max(out.depth, stack);
    if (out.depth > Expression::max_depth) too_deep();
    fold(pops);
  }
  void too_deep() {
    fail(at, "expected less nesting: at most " + std::to_string(Expression::max_depth) + " levels");
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
    double value[3];
    evaluate_gradient(constant, 0, 0, value);
    p.resize(p.size() - n + 1);
    p.back() = {Code::number, value[0]};
  }

  void sum() {
    term();
    for (skip_blanks(); !failed() && (peek() == '+' || peek() == '-'); skip_blanks()) {
      const Code code = text[at++] == '+' ? Code::add : Code::subtract;
      term();
      if (!failed()) emit(code, 0, 2);
    }
  }
  void term() {
    unary();
    for (skip_blanks(); !failed() && (peek() == '*' || peek() == '/'); skip_blanks()) {
      if (text.substr(at, 2) == "**") return fail(at, "expected ^ for powers, got '**'");
      const Code code = text[at++] == '*' ? Code::multiply : Code::divide;
      unary();
      if (!failed()) emit(code, 0, 2);
    }
  }
  void unary() {
    skip_blanks();
    if (nesting >= Expression::max_depth) return too_deep();
    ++nesting;
    if (peek() == '-' || peek() == '+') {
      const bool minus = text[at++] == '-';
      unary();
      if (minus && !failed()) emit(Code::negate, 0, 1);
    } else {
      primary();
      skip_blanks();
      if (!failed() && peek() == '^') {
        ++at;
        unary();
        if (!failed()) emit(Code::power, 0, 2);
      }
    }
    --nesting;
  }
  void primary() {
    if (is_digit(peek()) || (peek() == '.' && at + 1 < text.size() && is_digit(text[at + 1])))
      return number();
    if (is_letter(peek())) return name();
    if (peek() != '(') return expected(operand);
    const std::size_t open = at++;
    sum();
    close(open);
  }
  void close(std::size_t open) {
    skip_blanks();
    if (failed()) return;
    if (peek() == ')') {
      ++at;
      return;
    }
    if (begins_operand()) return missing_operator();
    expected("')' to close the '(' in column " + std::to_string(column_of(open)));
  }
  bool begins_operand() const {
    return is_digit(peek()) || is_letter(peek()) || peek() == '(' || peek() == '.';
  }
  void missing_operator() { fail(at, "expected an operator, got " + found() + " (write * to multiply)"); }

  void number() {
    const std::size_t start = at;
    std::uint64_t digits = 0;
    int exponent = 0, kept = 0;
    bool fraction = false;
    for (; is_digit(peek()) || (peek() == '.' && !fraction); ++at) {
      if (peek() == '.') {
        fraction = true;
      } else if (kept < 18) {
        digits = digits * 10 + static_cast<std::uint64_t>(peek() - '0');
        kept += digits != 0;
        exponent -= fraction;
      } else {
        exponent += !fraction;
      }
    }
    exponent += exponent_part();
    const auto got = [&] { return quoted(text.substr(start, std::min<std::size_t>(at - start, 30))); };
    if (peek() == '.') {
      ++at;
      return fail(start, "expected a number with one decimal point, got " + got());
    }
    if (digits != 0 && (exponent + kept > 99 || exponent + kept < -98))
      return fail(start, "expected a number between 1e-99 and 1e99, got " + got());
    emit(Code::number, digits == 0 ? 0 : decimal(digits, exponent), 0);
  }
  int exponent_part() {
    std::size_t i = at;
    if (i >= text.size() || lower(text[i]) != 'e') return 0;
    ++i;
    const bool minus = i < text.size() && text[i] == '-';
    i += i < text.size() && (text[i] == '-' || text[i] == '+');
    if (i >= text.size() || !is_digit(text[i])) return 0;
    int value = 0;
    for (; i < text.size() && is_digit(text[i]); ++i) value = std::min(value * 10 + (text[i] - '0'), 9999);
    at = i;
    return minus ? -value : value;
  }

  void name() {
    const std::string_view word = name_at();
    const Name* known =
        std::find_if(std::begin(names), std::end(names), [&](const Name& n) { return n.text == word; });
    if (known == std::end(names)) return unknown(word);
    at += word.size();
    if (known->arguments == 0)
      return emit(known->code, word == "pi" ? math::pi : word == "e" ? math::e : 0, 0);
    skip_blanks();
    if (peek() != '(') return expected("'(' after " + std::string(word));
    const std::size_t open = at++;
    sum();
    skip_blanks();
    if (known->arguments == 2 && !failed()) {
      if (peek() != ',') {
        if (begins_operand()) return missing_operator();
        return expected("',' and a second value for " + std::string(word));
      }
      ++at;
      sum();
    }
    close(open);
    if (!failed()) emit(known->code, 0, known->arguments);
  }
  void unknown(std::string_view word) {
    constexpr std::string_view what = "x, y, pi, e or a function";
    if (word.size() <= 6 && word.find_first_not_of("xy0123456789") == word.npos) {
      std::string product;
      for (const char c : word) {
        const bool same_number = !product.empty() && is_digit(product.back()) && is_digit(c);
        if (!product.empty() && !same_number) product += '*';
        product += c;
      }
      return expected(what, " (write " + product + ")");
    }
    if (word == "ln") return expected(what, " (did you mean log?)");
    if (word == "pow") return expected(what, " (write a^b)");
    const Name* nearest = std::min_element(
        std::begin(names), std::end(names),
        [&](const Name& a, const Name& b) { return distance(word, a.text) < distance(word, b.text); });
    const int off = distance(word, nearest->text);
    const bool near = off <= 2 && 2 * off < static_cast<int>(word.size());
    expected(what, near || off == 0 ? " (did you mean " + std::string(nearest->text) + "?)" : "");
  }

  void whole() {
    if (text.size() > Expression::max_length)
      return fail(Expression::max_length, "expected at most " + std::to_string(Expression::max_length) +
                                              " characters, got " + std::to_string(text.size()));
    sum();
    skip_blanks();
    if (failed() || ended()) return;
    if (begins_operand()) return missing_operator();
    expected("an operator or the end");
  }
};

}  // namespace

Expression parse_expression(std::string_view text, ExpressionError& error) {
  error = {};
  Expression out;
  Parser{text, out, error}.whole();
  if (error.column > 0) return {};
  out.text = text;
  return out;
}

}  // namespace stride
