// Any bytes as an expression: read, and where that succeeds evaluated in every way. Nothing may crash, throw
// or read out of bounds.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/surfaces/expression.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stride;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  ExpressionError error;
  constexpr std::string_view words[] = {"p", "g", "lr", "v2"};
  const double values[] = {1, -2, 0, 1e300};
  for (const Variables& names : {line_variables, step_variables, Variables{words, false}})
    evaluate_value(parse_expression(text, error, names), values);
  const Expression e = parse_expression(text, error);
  if ((error.column > 0) != e.program.empty() || (error.column > 0) == error.message.empty()) std::abort();
  if (e.depth > Expression::max_depth) std::abort();
  double all[6];
  const double points[][2] = {{0, 0}, {0.5, -2}, {1e300, -1e300}};
  for (const auto& p : points) {
    evaluate(e, p[0], p[1], all);
  }
  const float x[3] = {0, 0.5f, 1e30f}, y[3] = {0, -2, -1e30f};
  float f[3], gx[3], gy[3];
  evaluate_block(e, x, y, f, gx, gy, 3);
  return 0;
}
