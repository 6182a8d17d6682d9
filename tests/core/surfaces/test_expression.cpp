// The learner's own f(x, y): what it means, its derivatives against the table's, and the sentence for every
// kind of fault.
#include <doctest/doctest.h>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "core/math/math.h"
#include "core/math/random.h"
#include "core/surfaces/expression.h"
#include "core/surfaces/surface.h"

using namespace stride;

namespace {

/// What people are told.
std::string words(const ExpressionError& e) {
  if (e.column == 0) return "";
  return "column " + std::to_string(e.column) + ": expected " + e.expected + (e.got.empty() ? "" : ", got ") +
         e.got + e.hint;
}

Expression parsed(const std::string& text) {
  ExpressionError error;
  Expression e = parse_expression(text, error);
  CAPTURE(text);
  CAPTURE(words(error));
  REQUIRE(error.column == 0);
  REQUIRE(!e.program.empty());
  CHECK(e.text == text);
  return e;
}

double value(const std::string& text, double x = 0, double y = 0) {
  double out[6];
  evaluate(parsed(text), x, y, out);
  return out[0];
}

std::string fault(const std::string& text) {
  ExpressionError error;
  const Expression e = parse_expression(text, error);
  CHECK(e.program.empty());
  CHECK(error.column > 0);
  CHECK(!error.expected.empty());
  return words(error);
}

bool same(double a, double b, double tolerance, double scale) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  if (std::isinf(a) || std::isinf(b)) return a == b;
  return std::fabs(a - b) <= tolerance * std::fmax(1, scale);
}

}  // namespace

TEST_CASE("expression: precedence and meaning") {
  const struct {
    const char* text;
    double x, y, f;
  } cases[] = {
      {"1+2*3", 0, 0, 7},
      {"(1+2)*3", 0, 0, 9},
      {"-x^2", 3, 0, -9},
      {"(-x)^2", 3, 0, 9},
      {"2^3^2", 0, 0, 512},
      {"x^2^3", 2, 0, 256},
      {"2^-1", 0, 0, 0.5},
      {"x^-2", -2, 0, 0.25},
      {"-x^-2", -2, 0, -0.25},
      {"8/4/2", 0, 0, 1},
      {"8-4-2", 0, 0, 2},
      {"8-(4-2)", 0, 0, 6},
      {"- - x", 3, 0, 3},
      {"+x", 3, 0, 3},
      {"x*-y", 2, 3, -6},
      {"2 * x + y", 2, 3, 7},
      {"\tx\n+ y ", 2, 3, 5},
      {"pi", 0, 0, math::pi},
      {"e", 0, 0, math::e},
      {"e^x", 1, 0, math::e},
      {"1e3", 0, 0, 1000},
      {"1.5E-2", 0, 0, 0.015},
      {".5", 0, 0, 0.5},
      {"5.", 0, 0, 5},
      {"0.1", 0, 0, 0.1},
      {"3.141592653589793238462643", 0, 0, 3.141592653589793238462643},
      {"123456789012345678901234567890", 0, 0, 123456789012345678901234567890.0},
      {"6.02214076e23", 0, 0, 6.02214076e23},
      {"1e-99", 0, 0, 1e-99},
      {"9.9e98", 0, 0, 9.9e98},
      {"0e999", 0, 0, 0},
      {"min(x, y)", 2, 3, 2},
      {"max(x, y)", 2, 3, 3},
      {"abs(x)", -2, 0, 2},
      {"sqrt(x)", 9, 0, 3},
      {"x^3", -2, 0, -8},
      {"x^y", -2, 3, -8},
      {"x^0", 0, 0, 1},
      {"sin(0)+cos(0)+tan(0)+tanh(0)+log(1)+exp(0)", 0, 0, 2},
      {"sign(x) + 10*sign(y)", -2, 0, -1},
      {"sgn(x)", 7, 0, 1},
      {"floor(x)", -2.5, 0, -3},
      {"pow(x, y)", 2, 3, 8},
      {"exp2(x)", 3, 0, 8},
      {"log2(x)", 8, 0, 3},
      {"log10(x)", 100, 0, 2},
      {"cosh(0) + sinh(0)", 0, 0, 1},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(value(c.text, c.x, c.y) == c.f);
  }
  CHECK(std::isnan(value("x^0.5", -1)));
  CHECK(std::isnan(value("log(x)", -1)));
  CHECK(value("1/x", 0) == std::numeric_limits<double>::infinity());
}

TEST_CASE("expression: as people write it, the same program as written out") {
  const struct {
    const char *book, *plain;
  } cases[] = {
      {"2x", "2*x"},
      {"3(x+1)", "3*(x+1)"},
      {"xy", "x*y"},
      {"-2xy²", "-2*x*y^2"},
      {"x(x+1)", "x*(x+1)"},
      {"(x+1)(x-1)", "(x+1)*(x-1)"},
      {"(x+1)x", "(x+1)*x"},
      {"x y", "x*y"},
      {"2 (x+1)", "2*(x+1)"},
      {"2e x", "2*e*x"},
      {"2ex", "2*e*x"},
      {"2e2x", "200*x"},
      {"2πx", "2*pi*x"},
      {"2pix", "2*pi*x"},
      {"xsin(y)", "x*sin(y)"},
      {"x sin y", "x*sin(y)"},
      {"x² + y³", "x^2 + y^3"},
      {"x¹⁰", "x^10"},
      {"x⁻¹", "x^-1"},
      {"x²y", "x^2*y"},
      {"2x^2y", "2*x^2*y"},
      {"x**2", "x^2"},
      {"2**3**2*x", "2^(3^2)*x"},
      {"-x**2", "-(x^2)"},
      {"-x²", "-(x^2)"},
      {"x²^3", "(x^2)^3"},
      {"2^x²", "2^(x^2)"},
      {"1/2x", "1/2*x"},
      {"x/2y", "x/2*y"},
      {"1/x²", "1/(x^2)"},
      {"x·y × 3 ⋅ y ∙ 2", "x*y*3*y*2"},
      {"x ÷ y ∕ 2 ⁄ 3", "x/y/2/3"},
      {"1 − x – y", "1 - x - y"},
      {"√x", "sqrt(x)"},
      {"√2x", "sqrt(2)*x"},
      {"x√2", "x*sqrt(2)"},
      {"√x²", "sqrt(x)^2"},
      {"√(x²+1)", "sqrt(x^2+1)"},
      {"√√x", "sqrt(sqrt(x))"},
      {"√|x|", "sqrt(abs(x))"},
      {"½x²", "0.5*x^2"},
      {"x½", "x*0.5"},
      {"2½ + ⅜", "2.5 + 0.375"},
      {"|x|", "abs(x)"},
      {"2|x-1|y", "2*abs(x-1)*y"},
      {"|x||y|", "abs(x)*abs(y)"},
      {"||x|-|y||", "abs(abs(x)-abs(y))"},
      {"|x·(|y|+1)|²", "abs(x*(abs(y)+1))^2"},
      {"[x+1]·(y)", "(x+1)*y"},
      {"ln x", "log(x)"},
      {"sinx", "sin(x)"},
      {"sin2x", "sin(2*x)"},
      {"sin 2πx", "sin(2*pi*x)"},
      {"sin -x", "sin(-x)"},
      {"sin x cos y", "sin(x)*cos(y)"},
      {"sin x · cos y", "sin(x)*cos(y)"},
      {"sin xy", "sin(x*y)"},
      {"sin x/2", "sin(x)/2"},
      {"sin x + 1", "sin(x) + 1"},
      {"sin x^2", "sin(x^2)"},
      {"sin x²", "sin(x^2)"},
      {"sin(x)^2", "(sin(x))^2"},
      {"sin(x)²", "(sin(x))^2"},
      {"sin(x)y", "sin(x)*y"},
      {"sin x(x+1)", "sin(x)*(x+1)"},
      {"sin 2(x+1)", "sin(2*(x+1))"},
      {"sin½x", "sin(0.5*x)"},
      {"sin √x", "sin(sqrt(x))"},
      {"sin cos x", "sin(cos(x))"},
      {"sin²x", "sin(x)^2"},
      {"sin²(x)", "sin(x)^2"},
      {"sin^2 x + cos^2(x)y", "sin(x)^2 + cos(x)^2*y"},
      {"sin²3πx", "sin(3*pi*x)^2"},
      {"exp −x²", "exp(-(x^2))"},
      {"f(x, y) = x² + y", "x^2 + y"},
      {"z = xy", "x*y"},
      {"\u00a0x\u2009+\u202fy", "x + y"},
      {"\U0001d465²", "x^2"},
      {"（x＋1）＊y", "(x+1)*y"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.book);
    const Expression a = parsed(c.book), b = parsed(c.plain);
    CHECK(a.depth == b.depth);
    REQUIRE(a.program.size() == b.program.size());
    for (std::size_t i = 0; i < a.program.size(); ++i) {
      CHECK(a.program[i].code == b.program[i].code);
      CHECK(a.program[i].number == b.program[i].number);
      CHECK(a.program[i].variable == b.program[i].variable);
    }
  }
}

TEST_CASE("expression: the variables are the caller's") {
  ExpressionError error;
  const double values[] = {3, 40, 0.5, 7};
  const Expression factor = parse_expression("½(1 + cos πt/T)", error, step_variables);
  CHECK(words(error) == "");
  CHECK(evaluate_value(factor, values) == 0.5 * (1 + math::cos(math::pi * 3) / 40));
  CHECK(evaluate_value(parse_expression("tT", error, step_variables), values) == 120);
  parse_expression("x", error, step_variables);
  CHECK(words(error) == "column 1: expected t, T, pi, e or a function, got 'x' (the variables are t and T)");
  CHECK(evaluate_value(parse_expression("x²", error, line_variables), values) == 9);
  parse_expression("x*y", error, line_variables);
  CHECK(words(error) == "column 3: expected x, pi, e or a function, got 'y' (the variable is x)");
  constexpr std::string_view names[] = {"p", "g", "lr", "v2"};
  const Variables rule{names, false};
  CHECK(evaluate_value(parse_expression("p - lr*g/√v2 + 2lr", error, rule), values) ==
        3 - 0.5 * 40 / math::sqrt(7.0) + 2 * 0.5);
  parse_expression("1 + pg", error, rule);
  CHECK(words(error) == "column 5: expected p, g, lr, v2, pi, e or a function, got 'pg'");
}

TEST_CASE("expression: numbers are read as the compiler reads them") {
  for (unsigned i = 0; i < 3000; ++i) {
    char text[40];
    const double v = (uniform(1, i) + 0.1) * std::pow(10.0, std::floor(uniform(2, i) * 160 - 80));
    std::snprintf(text, sizeof text, "%.*g", 1 + static_cast<int>(uniform(3, i) * 17), v);
    CAPTURE(text);
    CHECK(value(text) == std::strtod(text, nullptr));
  }
}

TEST_CASE("expression: the sentence of every kind of fault") {
  const std::string operand = "expected a number, x, y, a function or '(', got ";
  const std::string name = "expected x, y, pi, e or a function, got ";
  const std::string lost_power = "expected an operator, got '2' (write ^ for a power, * to multiply)";
  const struct {
    std::string text, message;
  } cases[] = {
      {"", "column 1: " + operand + "the end"},
      {"   ", "column 4: " + operand + "the end"},
      {"x + )", "column 5: " + operand + "')'"},
      {"x +", "column 4: " + operand + "the end"},
      {"x * / y", "column 5: " + operand + "'/'"},
      {"()", "column 2: " + operand + "')'"},
      {"sin()", "column 5: " + operand + "')'"},
      {"x + ²", "column 5: " + operand + "'²'"},
      {"x²² )", "column 5: expected an operator or the end, got ')'"},
      {"x⁻ + 1", "column 4: expected a raised digit, got '+'"},
      {"x⁹⁹⁹⁹", "column 2: expected an exponent below 1000, got '⁹⁹⁹⁹'"},
      {"x - é + $", "column 5: " + operand + "'é'"},
      {"x 2", "column 3: " + lost_power},
      {"(x+1)2", "column 6: " + lost_power},
      {"(x 2)", "column 4: " + lost_power},
      {"max(x 2, 1)", "column 7: " + lost_power},
      {"2 3", "column 3: expected an operator, got '3' (write ^ for a power, * to multiply)"},
      {"1 + x2", "column 5: " + name + "'x2' (the variables are x and y; a power is x^2)"},
      {"x1 + x_2", "column 1: " + name + "'x1' (the variables are x and y)"},
      {"sine(x)", "column 1: " + name + "'sine' (did you mean sin?)"},
      {"log1p(x)", "column 1: " + name + "'log1p' (write log(1 + x))"},
      {"cot x", "column 1: " + name + "'cot' (write 1/tan(x))"},
      {"arctan(x)", "column 1: " + name + "'arctan' (there are no inverses of sin, cos and tan)"},
      {"asin(x)", "column 1: " + name + "'asin' (there are no inverses of sin, cos and tan)"},
      {"log2x", "column 1: " + name + "'log2x' (did you mean log2?)"},
      {"theta", "column 1: " + name + "'theta'"},
      {"xyxyxyxyxyxyxyxyxyxyx", "column 1: " + name + "'xyxyxyxyxyxyxyxyxyxy'"},
      {"x + SIN(y)", "column 5: expected x, y, pi, e or a function, got 'SIN' (did you mean sin?)"},
      {"X", "column 1: expected x, y, pi, e or a function, got 'X' (did you mean x?)"},
      {"sqr(x)", "column 1: " + name + "'sqr' (write x^2)"},
      {"gamma(x)", "column 1: " + name + "'gamma'"},
      {"z", "column 1: " + name + "'z' (the variables are x and y)"},
      {"sin", "column 4: expected '(' or a value after sin, got the end"},
      {"sin * x", "column 5: expected '(' or a value after sin, got '*'"},
      {"max x", "column 5: expected '(' after max, got 'x'"},
      {"sin^-1 x",
       "column 5: expected a whole exponent after sin, got '-' (write 1/sin(x) for the reciprocal)"},
      {"sin⁻¹x",
       "column 4: expected a whole exponent after sin, got '⁻' (write 1/sin(x) for the reciprocal)"},
      {"(x + 1", "column 7: expected ')' to close the '(' in column 1, got the end"},
      {"2*sin(x", "column 8: expected ')' to close the '(' in column 6, got the end"},
      {"sin(x, y)", "column 6: expected ')' to close the '(' in column 4, got ','"},
      {"min(x)", "column 6: expected ',' and a second value for min, got ')'"},
      {"max(x, y, 1)", "column 9: expected ')' to close the '(' in column 4, got ','"},
      {"x + 1)", "column 6: expected an operator or the end, got ')'"},
      {"x = 1", "column 3: expected an operator or the end, got '=' (write only what stands right of it)"},
      {"2,5x", "column 2: expected an operator or the end, got ',' (a decimal point is written .)"},
      {"(0,5)",
       "column 3: expected ')' to close the '(' in column 1, got ',' (a decimal point is written .)"},
      {"|x", "column 3: expected '|' to close the '|' in column 1, got the end"},
      {"[x)", "column 3: expected ']' to close the '[' in column 1, got ')'"},
      {"√", "column 2: " + operand + "the end"},
      {"√-x", "column 2: " + operand + "'-'"},
      {"1.2.3", "column 1: expected a number with one decimal point, got '1.2.'"},
      {"x + 1e999", "column 5: expected a number between 1e-99 and 1e99, got '1e999'"},
      {"1e-400", "column 1: expected a number between 1e-99 and 1e99, got '1e-400'"},
      {".", "column 1: " + operand + "'.'"},
      {std::string("x\0y", 3), "column 2: expected an operator or the end, got a control character"},
      {"x\xff", "column 2: expected an operator or the end, got a byte that is no character"},
      {"\xe2\x88", "column 1: " + operand + "a byte that is no character"},
      {std::string(70, '('), "column 65: expected less nesting: at most 64 levels"},
      {std::string(1001, 'x'), "column 1001: expected at most 1000 characters, got 1001"},
      {std::string(70, '-') + "x", "column 65: expected less nesting: at most 64 levels"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(fault(c.text) == c.message);
  }
}

TEST_CASE("expression: nesting has a limit, and just below it everything works") {
  const std::string open(60, '('), close(60, ')');
  CHECK(value(open + "x" + close, 3) == 3);
  CHECK(value(std::string(60, '-') + "x", 3) == 3);
  std::string right = "x";
  for (int i = 0; i < 60; ++i) right = "x+(" + right + ")";
  CHECK(value(right, 1) == 61);
  std::string deep = "x";
  for (int i = 0; i < 60; ++i) deep = "x+x*(" + deep + ")";
  CHECK(fault(deep).find("expected less nesting") != std::string::npos);
}

TEST_CASE("expression: every formula of the table, pasted back, has the table's values and derivatives") {
  for (const Surface& s : surfaces()) {
    CAPTURE(s.key);
    const Expression e = parsed(s.formula);
    constexpr int n = 200;
    float x[n], y[n], f[n], gx[n], gy[n];
    for (unsigned i = 0; i < n; ++i) {
      x[i] = static_cast<float>(s.domain.xmin + (s.domain.xmax - s.domain.xmin) * uniform(3, i, 0));
      y[i] = static_cast<float>(s.domain.ymin + (s.domain.ymax - s.domain.ymin) * uniform(3, i, 1));
    }
    evaluate_many(e, x, y, f, gx, gy, n);
    for (int i = 0; i < n; ++i) {
      const double px = static_cast<double>(x[i]), py = static_cast<double>(y[i]);
      const Derivatives d = s.at(px, py);
      double out[6];
      evaluate(e, px, py, out);
      const double truth[6] = {d.f, d.dx, d.dy, d.dxx, d.dxy, d.dyy};
      double scale = 1;
      for (const double t : truth) scale = std::fmax(scale, std::fabs(t));
      for (int k = 0; k < 6; ++k) CHECK(same(out[k], truth[k], 1e-12, scale * 10));
      const double reach = std::fmax(std::fabs(px), std::fabs(py)) + 1;
      CHECK(same(static_cast<double>(f[i]), d.f, 2e-5, scale * reach));
      CHECK(same(static_cast<double>(gx[i]), d.dx, 2e-5, scale * reach));
      CHECK(same(static_cast<double>(gy[i]), d.dy, 2e-5, scale * reach));
    }
  }
}

TEST_CASE("expression: derivatives of every function, against differences") {
  const char* texts[] = {
      "sin(x*y)",    "cos(x-y)",    "tan(x/3+y/4)",   "exp(x*y/4)",    "log(x+y)",
      "sqrt(x*y+1)", "abs(x-3*y)",  "tanh(x*y-1)",    "min(x*y, x+y)", "max(x^2, y^3)",
      "x^y",         "x^2.5*y",     "x^-3*y^4",       "x/y",           "1/(x^2+y^2)",
      "(x*y)^7",     "2^x + y^0.5", "-x^3/y",         "x^1*y^0",       "(x-y)^(x+1)*0 + x*x*y",
      "sinh(x*y)",   "cosh(x-y/2)", "log2(x+y)",      "log10(x*y)",    "exp2(x*y)",
      "ln(xy)",      "√(x²+y²)",    "sin²(x) |x-5y|", "x sign(y-5)",   "x floor(y+3.2)"};
  for (const char* text : texts) {
    const Expression e = parsed(text);
    for (unsigned i = 0; i < 40; ++i) {
      const double x = 1.6 + 0.8 * uniform(4, i, 0), y = 0.4 + 0.8 * uniform(4, i, 1), h = 1e-4;
      CAPTURE(text);
      CAPTURE(x);
      CAPTURE(y);
      double d[6], xp[6], xm[6], yp[6], ym[6];
      evaluate(e, x, y, d);
      evaluate(e, x + h, y, xp);
      evaluate(e, x - h, y, xm);
      evaluate(e, x, y + h, yp);
      evaluate(e, x, y - h, ym);
      double scale = 1;
      for (const double v : d) scale = std::fmax(scale, std::fabs(v));
      const auto slope = [&](const double* p, const double* m, int k) { return (p[k] - m[k]) / (2 * h); };
      CHECK(same(d[1], slope(xp, xm, 0), 2e-6, scale));
      CHECK(same(d[2], slope(yp, ym, 0), 2e-6, scale));
      CHECK(same(d[3], slope(xp, xm, 1), 2e-6, scale));
      CHECK(same(d[4], slope(yp, ym, 1), 2e-6, scale));
      CHECK(same(d[5], slope(yp, ym, 2), 2e-6, scale));
      const float fx = static_cast<float>(x), fy = static_cast<float>(y);
      float f, gx, gy;
      evaluate_many(e, &fx, &fy, &f, &gx, &gy, 1);
      CHECK(same(static_cast<double>(f), d[0], 2e-5, scale));
      CHECK(same(static_cast<double>(gx), d[1], 2e-5, scale * 4));
      CHECK(same(static_cast<double>(gy), d[2], 2e-5, scale * 4));
    }
  }
}

TEST_CASE("expression: where f is not a number, nothing is") {
  for (const char* text : {"log(-1)", "sqrt(0-1) + x", "log(x)", "x^0.5", "0*(1/0)"}) {
    CAPTURE(text);
    double d[6];
    evaluate(parsed(text), -1, 1, d);
    for (const double v : d) CHECK(std::isnan(v));
  }
  double d[6];
  evaluate(Expression{}, 0, 0, d);
  CHECK(std::isnan(d[0]));
  for (const char* norm : {"sqrt(x^2+y^2)", "(x^2+y^2)^0.5", "(x²+y²)^0.75", "|x| + |y|"}) {
    CAPTURE(norm);
    evaluate(parsed(norm), 0, 0, d);
    for (const double v : d) CHECK(v == 0);
    float zero = 0, f, gx, gy;
    evaluate_many(parsed(norm), &zero, &zero, &f, &gx, &gy, 1);
    CHECK((f == 0 && gx == 0 && gy == 0));
  }
}

namespace {

/// A random expression and, beside it, what C++ makes of it.
struct Random {
  unsigned seed, drawn = 0;
  unsigned below(unsigned n) { return static_cast<unsigned>(uniform(seed, drawn++) * n); }
};
struct Made {
  std::string text;
  double value;
};
Made make(Random& r, int depth, double x, double y) {
  if (depth == 0 || r.below(8) == 0) {
    const unsigned k = r.below(4);
    if (k == 0) return {"x", x};
    if (k == 1) return {"y", y};
    const double number = static_cast<double>(r.below(64)) / 8;
    return {std::to_string(number), number};
  }
  const Made a = make(r, depth - 1, x, y);
  const unsigned k = r.below(10);
  if (k == 0) return {"sin(" + a.text + ")", math::sin(a.value)};
  if (k == 1) return {"tanh( " + a.text + ")", math::tanh(a.value)};
  if (k == 2) return {"(-" + a.text + ")", -a.value};
  if (k == 3) return {"abs(" + a.text + ")", math::abs(a.value)};
  const Made b = make(r, depth - 1, x, y);
  if (k == 4) return {"min(" + a.text + " ," + b.text + ")", math::min(a.value, b.value)};
  if (k <= 6) return {"(" + a.text + " + " + b.text + ")", a.value + b.value};
  if (k == 7) return {"(" + a.text + "-" + b.text + ")", a.value - b.value};
  if (k == 8) return {"(" + a.text + "*" + b.text + ")", a.value * b.value};
  return {"(" + a.text + "/" + b.text + ")", a.value / b.value};
}

}  // namespace

TEST_CASE("expression: random expressions mean what C++ means by them") {
  int tried = 0;
  for (unsigned seed = 0; seed < 3000; ++seed) {
    Random r{seed};
    const double x = 4 * uniform(100, seed, 0) - 2, y = 4 * uniform(100, seed, 1) - 2;
    const Made m = make(r, 5, x, y);
    if (m.text.size() > Expression::max_length) continue;
    ++tried;
    CAPTURE(m.text);
    CHECK(same(value(m.text, x, y), m.value, 1e-12, std::fabs(m.value)));
  }
  CHECK(tried > 2000);
}

TEST_CASE("expression: any bytes are read or refused in one printable line") {
  const char alphabet[] = "xy0123456789.+-*/^(), esincotaqrtlgbpmhX$|[]=\xc2\xb2\xbd\xe2\x88\x9a\xff\n";
  for (unsigned seed = 0; seed < 20000; ++seed) {
    Random r{seed + 7777};
    std::string text;
    for (unsigned n = r.below(24); n > 0; --n) text += alphabet[r.below(sizeof alphabet - 1)];
    ExpressionError error;
    const Expression e = parse_expression(text, error);
    CHECK((error.column > 0) == e.program.empty());
    CHECK(words(error).find('\n') == std::string::npos);
    double out[6];
    evaluate(e, 0.5, -0.5, out);
    if (!e.program.empty()) {
      float x = 0.5f, y = -0.5f, f, gx, gy;
      evaluate_many(e, &x, &y, &f, &gx, &gy, 1);
    }
  }
}
