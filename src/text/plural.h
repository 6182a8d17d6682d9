// Plural rules as the Unicode CLDR writes them.
#pragma once

#include <optional>
#include <string_view>

namespace stride {

/// Whether the rule holds for a whole number, n ≥ 0: "n % 10 = 2..4 and n % 100 != 12..14 or n = 0". The operands
/// n and i are the number; v, w, f, t, c and e tell of decimals and are 0. Nothing where the rule cannot be read.
std::optional<bool> plural_rule_holds(std::string_view rule, int n);

}  // namespace stride
