// Any text is an expression or an error with a column; an expression can be evaluated anywhere.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/expression.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  stride::ExpressionError error;
  const stride::Expression e = stride::parse_expression(text, error);
  if (error.column > 0) {
    if (error.message.empty() || !e.program.empty()) std::abort();
    return 0;
  }
  if (e.program.empty() || e.depth > stride::Expression::max_depth) std::abort();
  double exact[6], gradient[3];
  float f[4], gx[4], gy[4];
  const float x[4] = {0, 1, -2.5f, 1e30f}, y[4] = {0, -1, 3, -1e30f};
  for (int i = 0; i < 4; ++i) {
    stride::evaluate(e, x[i], y[i], exact);
    stride::evaluate_gradient(e, x[i], y[i], gradient);
  }
  stride::evaluate_block(e, x, y, f, gx, gy, 4);
  return 0;
}
