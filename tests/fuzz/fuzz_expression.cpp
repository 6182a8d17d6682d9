// Any bytes as an expression: read, and where that succeeds evaluated in every way. Nothing may crash, throw
// or read out of bounds.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/surfaces/expression.h"
#include "fuzz/grammar.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stride;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  ExpressionError error;
  constexpr std::string_view words[] = {"p", "g", "lr", "v2"};
  const double values[] = {1, -2, 0, 1e300};
  for (const Variables& names : {line_variables, step_variables, Variables{words, false}})
    evaluate_value(parse_expression(text, error, names), values);
  const Expression e = parse_expression(text, error);
  if ((error.column > 0) != e.program.empty() || (error.column > 0) == error.expected.empty()) std::abort();
  if (e.depth > Expression::max_depth) std::abort();
  double all[6];
  const double points[][2] = {{0, 0}, {0.5, -2}, {1e300, -1e300}};
  for (const auto& p : points) {
    evaluate(e, p[0], p[1], all);
  }
  const float x[3] = {0, 0.5f, 1e30f}, y[3] = {0, -2, -1e30f};
  float f[3], gx[3], gy[3];
  evaluate_many(e, x, y, f, gx, gy, 3);
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
  using namespace stride::fuzz;
  return mutate(data, size, max_size, seed, [](std::string_view text, Dice& dice) {
    static const char* const tokens[] = {
        "x",    "y",   "+",    "-",   "*",    "/",      "^",    "(",  ")",  ",",    "2",   "0.5",
        "1e9",  "pi",  "e",    "|",   "√",    "²",      "π",    "½",  "−",  "sin(", "cos", "tan",
        "exp(", "log", "sqrt", "abs", "tanh", "min(x,", "max(", "**", "10", "..",   " ",   "\xff"};
    std::string out(text);
    const auto place = [&] { return static_cast<std::size_t>(dice.whole(0, static_cast<int>(out.size()))); };
    do {
      const std::size_t at = place(), count = static_cast<std::size_t>(dice.whole(0, 4));
      if (dice.chance(0.3))
        out.erase(at, count);
      else
        out.insert(at, dice.chance(0.2) ? std::string(text) : std::string(one_of(tokens, dice)));
    } while (dice.chance(0.5));
    return out;
  });
}
