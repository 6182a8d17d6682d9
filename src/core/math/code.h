// A number type whose arithmetic writes source text: a formula evaluated with it comes out as the Python
// expression that the exported programs hold, with the same operations in the same order. It runs once for
// each export: cold, so that no formula's code swells by it.
#pragma once

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace stride::math {

struct Code {
  enum Level { sum, product, power, atom };  ///< how tightly the outermost operation binds
  std::string text;
  Level level = atom;
};

/// The shortest digits that read back as `value`, without a point where it is whole: "0.1", "3", "-2.5e-07".
[[gnu::cold, gnu::noinline]] inline std::string digits_of(double value) {
  char text[32];
  if (value == std::floor(value) && std::fabs(value) < 1e15) {
    std::snprintf(text, sizeof text, "%.0f", value);
    return text;
  }
  for (int digits = 1; digits <= 17; ++digits) {
    std::snprintf(text, sizeof text, "%.*g", digits, value);
    if (std::strtod(text, nullptr) == value) break;
  }
  return text;
}

[[gnu::cold, gnu::noinline]] inline Code code_of(double value) {
  return {digits_of(value), value < 0 ? Code::sum : Code::atom};
}

/// The text as an operand that binds at least as tightly as `level`.
[[gnu::cold, gnu::noinline]] inline std::string operand(const Code& c, Code::Level level) {
  return c.level >= level ? c.text : "(" + c.text + ")";
}

[[gnu::cold, gnu::noinline]] inline Code operator+(const Code& a, const Code& b) {
  return {operand(a, Code::sum) + " + " + operand(b, Code::product), Code::sum};
}
[[gnu::cold, gnu::noinline]] inline Code operator-(const Code& a, const Code& b) {
  return {operand(a, Code::sum) + " - " + operand(b, Code::product), Code::sum};
}
[[gnu::cold, gnu::noinline]] inline Code operator*(const Code& a, const Code& b) {
  return {operand(a, Code::product) + "*" + operand(b, Code::power), Code::product};
}
[[gnu::cold, gnu::noinline]] inline Code operator/(const Code& a, const Code& b) {
  return {operand(a, Code::product) + "/" + operand(b, Code::power), Code::product};
}
[[gnu::cold, gnu::noinline]] inline Code operator-(const Code& a) {
  return {"-" + operand(a, Code::product), Code::sum};
}

[[gnu::cold, gnu::noinline]] inline Code operator+(const Code& a, double b) {
  return b < 0 ? a - code_of(-b) : a + code_of(b);
}
[[gnu::cold, gnu::noinline]] inline Code operator-(const Code& a, double b) {
  return b < 0 ? a + code_of(-b) : a - code_of(b);
}
[[gnu::cold, gnu::noinline]] inline Code operator*(const Code& a, double b) {
  return a * code_of(b);
}
[[gnu::cold, gnu::noinline]] inline Code operator/(const Code& a, double b) {
  return a / code_of(b);
}
[[gnu::cold, gnu::noinline]] inline Code operator+(double a, const Code& b) {
  return code_of(a) + b;
}
[[gnu::cold, gnu::noinline]] inline Code operator-(double a, const Code& b) {
  return code_of(a) - b;
}
[[gnu::cold, gnu::noinline]] inline Code operator*(double a, const Code& b) {
  return a < 0 ? -(code_of(-a) * b) : code_of(a) * b;
}
[[gnu::cold, gnu::noinline]] inline Code operator/(double a, const Code& b) {
  return code_of(a) / b;
}

inline Code power(const Code& a, const Code& b) {
  return {operand(a, Code::atom) + "**" + operand(b, Code::power), Code::power};
}
inline Code square(const Code& a) {
  return power(a, code_of(2));
}
inline Code call(const char* name, const Code& a) {
  return {name + ("(" + a.text) + ")", Code::atom};
}
inline Code call(const char* name, const Code& a, const Code& b) {
  return {name + ("(" + a.text) + ", " + b.text + ")", Code::atom};
}
inline Code sin(const Code& a) {
  return call("sin", a);
}
inline Code cos(const Code& a) {
  return call("cos", a);
}
inline Code tan(const Code& a) {
  return call("tan", a);
}
inline Code exp(const Code& a) {
  return call("exp", a);
}
inline Code log(const Code& a) {
  return call("log", a);
}
inline Code sqrt(const Code& a) {
  return call("sqrt", a);
}
inline Code abs(const Code& a) {
  return call("abs", a);
}
inline Code tanh(const Code& a) {
  return call("tanh", a);
}

}  // namespace stride::math
