// A formula of the learner's own: f(x, y), a schedule's factor, a line of an update rule. A parser into a
// short program, evaluated with automatic differentiation or on plain numbers.
//
// It reads what people write and paste from books: 2x, 3(x+1), xy, x², x^2, x**2, · × *, a true minus, π, √x,
// ½, |x|, [..], sin x, sin²x, ln x. Precedence: powers, from the right (2^3^2 = 2^9) and before a sign
// (-x^2 = -(x^2)); then products and quotients from the left, unwritten products among them (1/2x = (1/2) x);
// then sums. A root without brackets takes the one thing after it (√2x = (√2) x), a function without brackets
// the unwritten product after it (sin 2πx = sin(2πx); sin x cos y = sin(x) cos(y); sin x/2 = sin(x)/2).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stride {

/// Where an expression could not be read. `column` counts characters from 1.
struct ExpressionError {
  int column = 0;        ///< 0: no error
  std::string expected;  ///< "a number, x, y or a function"
  std::string got;       ///< what stands there: "')'", "the end"; empty: not told
  std::string hint;      ///< " (did you mean sin?)", or empty
};

/// A parsed expression; immutable.
struct Expression {
  struct Op {
    enum class Code : unsigned char {
      number,
      variable,
      copy,  ///< of what lies on top of the stack
      add,
      subtract,
      multiply,
      divide,
      power,
      min,
      max,
      negate,
      sin,
      cos,
      tan,
      exp,
      log,
      sqrt,
      abs,
      tanh,
      sign,
      floor
    };
    Code code;
    double number = 0;
    unsigned short variable = 0;  ///< its place among the variables
  };
  std::string text;
  std::vector<Op> program;  ///< postfix
  int depth = 0;            ///< the stack that evaluation needs; at most max_depth

  static constexpr int max_depth = 64;
  static constexpr int max_length = 1000;  ///< characters
};

/// The names that stand for values, besides pi and e.
struct Variables {
  std::span<const std::string_view> names;
  bool products = true;  ///< letters side by side are a product, as xy; else names may be words
};
inline constexpr std::string_view plane_names[] = {"x", "y"}, line_names[] = {"x"}, step_names[] = {"t", "T"};
inline constexpr Variables plane_variables{plane_names}, line_variables{line_names},
    step_variables{step_names};

/// Reads `text`. On failure `error.column` > 0 and the result is empty; never throws, whatever the text.
Expression parse_expression(std::string_view text, ExpressionError& error,
                            const Variables& variables = plane_variables);
/// A function that it knows. sinh, cosh, exp2, log2 and log10 are made of others: `code` is the first.
struct ExpressionFunction {
  std::string_view name;
  int arguments;
  Expression::Op::Code code;
};
std::span<const ExpressionFunction> expression_functions();

/// f, its gradient and its Hessian (out: f, dx, dy, dxx, dxy, dyy). Not finite where f is not.
void evaluate(const Expression& formula, double x, double y, double out[6]);
/// f and its gradient in single precision for `count` points, one vectorised loop an instruction.
void evaluate_many(const Expression& formula, const float* x, const float* y, float* f, float* gx, float* gy,
                   int count);
/// The value alone, of any variables, in their order.
double evaluate_value(const Expression& formula, const double* variables);
/// One operation on `count` floats, at most max_lanes: `out` from `a` and, where it takes two, `b`, or with
/// `number` for the exponent of a power. For those that are no single instruction.
inline constexpr int max_lanes = 128;
void operate(Expression::Op::Code code, float* out, const float* a, const float* b, double number, int count);
/// Whether all that it computes on the way is finite too.
bool stays_finite(const Expression& formula, const double* variables);

}  // namespace stride
