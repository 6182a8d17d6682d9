// The signs of a formula: its characters, with the many ways to write one sign made one (minus, product,
// blanks, the italic letters of typeset pages).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stride {

struct Signs {
  static constexpr char32_t broken = 0xffffffff;  ///< bytes that are no character
  static constexpr char32_t pi = 0x3c0, root = 0x221a;

  std::string_view text;
  std::vector<char32_t> code;      ///< '*' for ×, '-' for a true minus, 'x' for an italic one, ...
  std::vector<std::size_t> start;  ///< where each begins in `text`, and its end

  int size() const { return static_cast<int>(code.size()); }
  /// The sign at `i`; 0 at the end and beyond.
  char32_t operator[](int i) const { return i < size() ? code[static_cast<std::size_t>(i)] : 0; }
  /// The signs from `i` to before `end`, as they were written.
  std::string_view written(int i, int end) const;
};
Signs signs_of(std::string_view text);

bool is_digit(char32_t c);
bool is_letter(char32_t c);  ///< a to z, A to Z, _
bool is_blank(char32_t c);
/// What a raised sign stands for, '0' to '9' or '-', as ² for '2'; 0 for any other sign.
char raised(char32_t c);
/// The value of a fraction in one sign, as ½; 0 for any other sign.
double fraction(char32_t c);

/// The number that begins at a digit or a point: 12, .5, 1e-3, 1½.
struct DecimalNumber {
  enum class Fault { no, points, range };
  double value;
  int end;  ///< the sign after it
  Fault fault;
};
DecimalNumber decimal_number(const Signs& signs, int at);

}  // namespace stride
