// The learner's own f(x, y): a parser into a short program, evaluated with automatic differentiation.
// Grammar: + - * / ^ (right associative, binds tighter than unary minus: -x^2 = -(x^2)), parentheses,
// numbers, x, y, pi, e, sin cos tan exp log sqrt abs tanh, min(a, b), max(a, b).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stride {

/// Where an expression could not be read. `column` counts characters from 1.
struct ExpressionError {
  int column = 0;       ///< 0: no error
  std::string message;  ///< "column 5: expected a number, x, y or a function, got ')'"
};

/// A parsed expression; immutable.
struct Expression {
  struct Op {
    enum class Code : unsigned char {
      number,
      x,
      y,
      add,
      subtract,
      multiply,
      divide,
      power,
      negate,
      sin,
      cos,
      tan,
      exp,
      log,
      sqrt,
      abs,
      tanh,
      min,
      max
    };
    Code code;
    double number = 0;
  };
  std::string text;
  std::vector<Op> program;  ///< postfix
  int depth = 0;            ///< the stack that evaluation needs; at most max_depth

  static constexpr int max_depth = 64;
  static constexpr int max_length = 1000;  ///< characters
};

/// Reads `text`. On failure `error.column` > 0 and the result is empty; never throws, whatever the text.
Expression parse_expression(std::string_view text, ExpressionError& error);

/// f, its gradient and its Hessian (out: f, dx, dy, dxx, dxy, dyy). Not finite where f is not.
void evaluate(const Expression& e, double x, double y, double out[6]);
/// f and its gradient (out: f, dx, dy).
void evaluate_gradient(const Expression& e, double x, double y, double out[3]);
/// The same in single precision for `count` points, one vectorised loop an instruction.
void evaluate_block(const Expression& e, const float* x, const float* y, float* f, float* gx, float* gy,
                    int count);

}  // namespace stride
