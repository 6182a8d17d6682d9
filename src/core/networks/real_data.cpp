#include "core/networks/real_data.h"

#include <algorithm>
#include <utility>

namespace stride {

namespace {

std::vector<unsigned char> given_digits;

}  // namespace

std::span<const unsigned char> digits_table() {
  return given_digits.empty() ? digits_within() : std::span<const unsigned char>(given_digits);
}

bool provide_digits(std::vector<unsigned char> bytes) {
  constexpr std::size_t pixels = static_cast<std::size_t>(digits_pixels) * digits_count;
  if (bytes.size() != pixels + digits_count) return false;
  const auto labels = bytes.begin() + static_cast<std::ptrdiff_t>(pixels);
  if (std::any_of(bytes.begin(), labels, [](unsigned char pixel) { return pixel > 16; }) ||
      std::any_of(labels, bytes.end(), [](unsigned char label) { return label > 9; }))
    return false;
  given_digits = std::move(bytes);
  return true;
}

}  // namespace stride
