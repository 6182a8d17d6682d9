// Numbers as people type them.
#pragma once

#include <optional>
#include <string_view>

namespace stride {

/// 0.02 and 0,02, -1 and −1, 1e-4 and 1e−4, 1/50; blanks around them count for nothing. No thousands are told
/// apart: 1,000 is 1. Nothing where it cannot be read, or is not finite.
std::optional<double> read_typed_number(std::string_view words);

}  // namespace stride
