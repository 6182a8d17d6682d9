#include "core/surfaces/expression_signs.h"

#include <algorithm>
#include <cstdint>

#include "core/math/math.h"

namespace stride {

namespace {

/// Reads the character at `at`: its code and, in `length`, its bytes; `broken` and one byte where there is
/// none.
char32_t decode(std::string_view text, std::size_t at, std::size_t& length) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char c = byte(at);
  length = c < 0x80 ? 1 : c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
  if (c < 0x80) return c;
  char32_t code = c & (0xff >> (length + 1));
  bool whole = c >= 0xc2 && c < 0xf5 && at + length <= text.size();
  for (std::size_t i = 1; whole && i < length; ++i) {
    whole = (byte(at + i) & 0xc0) == 0x80;
    code = code << 6 | (byte(at + i) & 0x3f);
  }
  const char32_t least = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80;
  whole = whole && code >= least && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000);
  if (whole) return code;
  for (length = 1; at + length < text.size() && (byte(at + length) & 0xc0) == 0x80;) ++length;
  return Signs::broken;
}

/// The sign that is meant by one of its looks.
char32_t meant(char32_t c) {
  if (c < 0x80) return c;
  if (c >= 0xff01 && c <= 0xff5e) return c - 0xfee0;             // full width
  if (c >= 0x1d434 && c <= 0x1d44d) return 'A' + (c - 0x1d434);  // mathematical italic
  if (c >= 0x1d44e && c <= 0x1d467) return 'a' + (c - 0x1d44e);
  if (c >= 0x2000 && c <= 0x200d) return ' ';
  switch (c) {
    case 0xa0:  // blanks, and signs of typeset products and calls that are not seen
    case 0x202f:
    case 0x205f:
    case 0x2060:
    case 0x2061:
    case 0x2062:
    case 0x3000:
    case 0xfeff:
      return ' ';
    case 0xb7:
    case 0xd7:
    case 0x2022:
    case 0x2217:
    case 0x2219:
    case 0x22c5:
      return '*';
    case 0xf7:
    case 0x2044:
    case 0x2215:
      return '/';
    case 0x2010:
    case 0x2011:
    case 0x2013:
    case 0x2212:
      return '-';
    case 0x2223:
      return '|';
    case 0x210e:
      return 'h';
    case 0x1d70b:
      return Signs::pi;
    default:
      return c;
  }
}

/// digits * 10^exponent, correctly rounded but for one case in 2^40; 0 or within 1e-100 .. 1e100.
double decimal(std::uint64_t digits, int exponent) {
  using math::detail::product, math::detail::sum_ordered, math::detail::Two;
  const double high = static_cast<double>(digits >> 11) * 2048.0, low = static_cast<double>(digits & 2047);
  Two value = sum_ordered(high, low), power = {1, 0}, factor = {10, 0};
  for (int left = std::abs(exponent); left > 0; left >>= 1) {
    if (left & 1) power = product(power, factor);
    if (left > 1) factor = product(factor, factor);
  }
  if (exponent >= 0) return product(value, power).high;
  const double q = value.high / power.high;
  const Two back = product({q, 0}, power);
  return q + (((value.high - back.high) - back.low) + value.low) / power.high;
}

/// As e-3, read at `at`, which moves behind it; 0 where there is none.
int exponent_at(const Signs& signs, int& at) {
  int i = at;
  if (signs[i] != 'e' && signs[i] != 'E') return 0;
  ++i;
  const bool minus = signs[i] == '-';
  i += signs[i] == '-' || signs[i] == '+';
  if (!is_digit(signs[i])) return 0;
  int value = 0;
  for (; is_digit(signs[i]); ++i) value = std::min(value * 10 + static_cast<int>(signs[i] - '0'), 9999);
  at = i;
  return minus ? -value : value;
}

}  // namespace

Signs signs_of(std::string_view text) {
  Signs out{text, {}, {}};
  std::size_t length = 0;
  for (std::size_t at = 0; at < text.size(); at += length) {
    out.start.push_back(at);
    out.code.push_back(meant(decode(text, at, length)));
  }
  out.start.push_back(text.size());
  return out;
}

std::string_view Signs::written(int i, int end) const {
  const std::size_t first = start[static_cast<std::size_t>(i)];
  return text.substr(first, start[static_cast<std::size_t>(end)] - first);
}

bool is_digit(char32_t c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_blank(char32_t c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

char raised(char32_t c) {
  if (c == 0xb2 || c == 0xb3) return static_cast<char>('2' + (c - 0xb2));
  if (c == 0xb9) return '1';
  if (c == 0x207b) return '-';
  return c == 0x2070 || (c >= 0x2074 && c <= 0x2079) ? static_cast<char>('0' + (c - 0x2070)) : '\0';
}

double fraction(char32_t c) {
  struct Row {
    char32_t code;
    double over, under;
  };
  constexpr Row rows[] = {{0xbc, 1, 4},   {0xbd, 1, 2},   {0xbe, 3, 4},   {0x2153, 1, 3}, {0x2154, 2, 3},
                          {0x2155, 1, 5}, {0x2156, 2, 5}, {0x2157, 3, 5}, {0x2158, 4, 5}, {0x2159, 1, 6},
                          {0x215a, 5, 6}, {0x215b, 1, 8}, {0x215c, 3, 8}, {0x215d, 5, 8}, {0x215e, 7, 8}};
  for (const Row& row : rows)
    if (row.code == c) return row.over / row.under;
  return 0;
}

DecimalNumber decimal_number(const Signs& signs, int at) {
  using Fault = DecimalNumber::Fault;
  std::uint64_t digits = 0;
  int exponent = 0, kept = 0;
  bool point = false;
  for (; is_digit(signs[at]) || (signs[at] == '.' && !point); ++at) {
    if (signs[at] == '.') {
      point = true;
    } else if (kept < 18) {
      digits = digits * 10 + static_cast<std::uint64_t>(signs[at] - '0');
      kept += digits != 0;
      exponent -= point;
    } else {
      exponent += !point;
    }
  }
  exponent += exponent_at(signs, at);
  if (signs[at] == '.') return {0, at + 1, Fault::points};
  if (digits != 0 && (exponent + kept > 99 || exponent + kept < -98)) return {0, at, Fault::range};
  const double value = digits == 0 ? 0 : decimal(digits, exponent);
  const double more = point ? 0 : fraction(signs[at]);
  return {value + more, at + (more > 0), Fault::no};
}

}  // namespace stride
