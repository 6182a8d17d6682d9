#include "core/networks/real_data.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace stride {

namespace {

std::vector<unsigned char> given_digits;

/// Undoes what cmake/make_data.py has packed: a binary range coder whose chances adapt (Martin 1979, in the form of LZMA's).
/// Bytes that end too soon are followed by zeros.
class Unpacker {
 public:
  explicit Unpacker(std::span<const unsigned char> bytes) : rest_(bytes) {
    for (int i = 0; i < 5; ++i) code_ = code_ << 8 | next();
  }

  int bit(std::size_t place) {
    unsigned p = chances_[place], n = asked_[place];
    const unsigned bound = (range_ >> 16) * p;
    const bool set = code_ < bound;
    if (set) {
      range_ = bound;
      p += (65535 - p) * 2 / (2 * n + 3);
    } else {
      code_ -= bound;
      range_ -= bound;
      p -= p * 2 / (2 * n + 3);
    }
    chances_[place] = static_cast<unsigned short>(std::clamp(p, 64u, 65472u));
    asked_[place] = static_cast<unsigned char>(std::min(n + 1, 254u));
    while (range_ < 1u << 24) {
      range_ <<= 8;
      code_ = code_ << 8 | next();
    }
    return set;
  }

  /// Four bits, the highest first; takes sixteen places.
  int four_bits(std::size_t place) {
    int node = 1;
    for (int i = 0; i < 4; ++i) node = 2 * node + bit(place + static_cast<std::size_t>(node));
    return node - 16;
  }

  bool at_end() const { return rest_.empty(); }
  bool too_short() const { return missing_ > 0; }

  static constexpr std::size_t each = 18, labels = each * 9 * digits_pixels;

 private:
  unsigned next() {
    if (rest_.empty()) return ++missing_, 0;
    const unsigned byte = rest_.front();
    rest_ = rest_.subspan(1);
    return byte;
  }

  std::span<const unsigned char> rest_;
  unsigned range_ = 0xFFFFFFFF, code_ = 0;
  int missing_ = 0;
  std::vector<unsigned short> chances_ = std::vector<unsigned short>(labels + 16, 32768);
  std::vector<unsigned char> asked_ = std::vector<unsigned char>(labels + 16);
};

std::size_t kind_of(unsigned char pixel) {
  return pixel == 0 ? 0 : pixel < 9 ? 1 : 2;
}

/// One picture, row by row.
void unpack(Unpacker& from, unsigned char (&pixels)[digits_pixels]) {
  for (std::size_t i = 0; i < digits_pixels; ++i) {
    const std::size_t left = i % 8 > 0 ? kind_of(pixels[i - 1]) : 0,
                      above = i >= 8 ? kind_of(pixels[i - 8]) : 0;
    const std::size_t place = Unpacker::each * (9 * i + 3 * left + above);
    pixels[i] = 0;
    if (!from.bit(place)) continue;
    pixels[i] = static_cast<unsigned char>(from.bit(place + 1) ? 16 : from.four_bits(place + 2 - 1));
  }
}

}  // namespace

std::span<const unsigned char> digits_table() {
  return given_digits.empty() ? digits_within() : std::span<const unsigned char>(given_digits);
}

bool provide_digits(std::span<const unsigned char> packed) {
  Unpacker from(packed);
  std::vector<unsigned char> digits(static_cast<std::size_t>(digits_pixels + 1) * digits_count);
  for (std::size_t d = 0; d < digits_count; ++d) {
    const int label = from.four_bits(Unpacker::labels);
    unsigned char pixels[digits_pixels];
    unpack(from, pixels);
    for (std::size_t i = 0; i < digits_pixels; ++i) digits[i * digits_count + d] = pixels[i];
    digits[static_cast<std::size_t>(digits_pixels) * digits_count + d] = static_cast<unsigned char>(label);
    if (label > 9) return false;
  }
  if (!from.at_end() || from.too_short()) return false;
  given_digits = std::move(digits);
  return true;
}

}  // namespace stride
