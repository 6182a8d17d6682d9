// Real data for fits and networks, as data/README.md names its sources. Tables of numbers; the digits are
// kept within every program but the page's, which is given them when they are chosen.
#pragma once

#include <span>

namespace stride {

/// Speed (mph) and stopping distance (ft) of 50 cars: [car][2] (Ezekiel 1930).
std::span<const unsigned char> cars_table();

/// Sepal length and width, petal length and width (mm, tenths of the source's cm), species 0 setosa, 1 versicolor, 2 virginica of 150
/// irises: [iris][5] (Fisher 1936).
std::span<const unsigned char> iris_table();

inline constexpr int digits_count = 1797, digits_pixels = 64;
/// Pictures of handwritten digits, 8 x 8 pixels from 0 to 16 (Alpaydin & Kaynak): [pixel][picture], then the
/// label of each picture. Empty where the program carries none and has not been given any.
std::span<const unsigned char> digits_table();
/// Gives the digits, packed as digits.bin, to a program that carries none. False, and nothing is taken, where the bytes are not
/// they.
bool provide_digits(std::span<const unsigned char> packed);

/// What the program carries within itself: all of the digits or nothing.
std::span<const unsigned char> digits_within();

}  // namespace stride
