"""make_data.py DATA OUT: the real data of data/ as OUT/real_data_tables.cpp (see src/core/networks/real_data.h) and the digits as OUT/digits.bin, which the
page fetches when they are chosen: packed by a range coder, as src/core/networks/real_data.cpp unpacks them."""
import csv
import gzip
import os
import sys


def rows_of(path, opener=open):
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        return [row for row in csv.reader(file) if row]


def tenths(number):
    whole, _, tenth = number.partition(".")
    return str(int(whole + (tenth or "0")))


def array(kind, name, values, width):
    lines = "".join("    " + ", ".join(values[i : i + width]) + ",\n" for i in range(0, len(values), width))
    return f"constexpr {kind} {name}[] = {{\n{lines}}};\n\n"


class Coder:
    """A binary range coder (Martin 1979, in the form of LZMA's) whose chances adapt, each by one over how often it was asked."""

    def __init__(self):
        self.low, self.range, self.cache, self.pending, self.out = 0, 0xFFFFFFFF, 0, 1, bytearray()
        self.chance, self.asked = {}, {}

    def bit(self, place, bit):
        p, n = self.chance.get(place, 32768), self.asked.get(place, 0)
        bound = (self.range >> 16) * p
        if bit:
            self.range = bound
            p += (65535 - p) * 2 // (2 * n + 3)
        else:
            self.low += bound
            self.range -= bound
            p -= p * 2 // (2 * n + 3)
        self.chance[place], self.asked[place] = min(max(p, 64), 65472), min(n + 1, 254)
        while self.range < 1 << 24:
            self.range <<= 8
            self.shift()

    def tree(self, place, bits, value):
        node = 1
        for i in reversed(range(bits)):
            bit = value >> i & 1
            self.bit((place, node), bit)
            node = 2 * node + bit

    def shift(self):
        if self.low < 0xFF000000 or self.low >= 1 << 32:
            carry = self.low >> 32
            self.out.append(self.cache + carry & 255)
            self.out.extend([255 + carry & 255] * (self.pending - 1))
            self.pending, self.cache = 0, self.low >> 24 & 255
        self.pending += 1
        self.low = (self.low & 0xFFFFFF) << 8

    def finish(self):
        for _ in range(5):
            self.shift()
        return bytes(self.out)


def packed(digits):
    """Each picture's label, then its pixels row by row, each by its place and what lies left of it and above it."""
    coder = Coder()
    kind = lambda v: 0 if v == 0 else 1 if v < 9 else 2
    for row in digits:
        pixels = [int(v) for v in row[:64]]
        coder.tree("label", 4, int(row[64]))
        for i, v in enumerate(pixels):
            left, above = pixels[i - 1] if i % 8 else 0, pixels[i - 8] if i >= 8 else 0
            place = (i, kind(left), kind(above))
            coder.bit((place, "some"), v > 0)
            if v > 0:
                coder.bit((place, "full"), v == 16)
            if 0 < v < 16:
                coder.tree(place, 4, v)
    return coder.finish()


def main(data, out):
    cars = rows_of(os.path.join(data, "cars.csv"))[1:]
    iris = rows_of(os.path.join(data, "iris.csv"))[1:]
    species = list(dict.fromkeys(row[4] for row in iris))
    digits = rows_of(os.path.join(data, "digits.csv.gz"), gzip.open)
    planes = bytes(int(row[i]) for i in range(65) for row in digits)
    os.makedirs(out, exist_ok=True)
    with open(os.path.join(out, "digits.bin"), "wb") as file:
        file.write(packed(digits))
    with open(os.path.join(out, "real_data_tables.cpp"), "w", encoding="utf-8") as file:
        file.write('#include "core/networks/real_data.h"\n\nnamespace stride {\n\nnamespace {\n\n')
        file.write(array("unsigned char", "cars", [v for row in cars for v in row], 12))
        file.write(array("unsigned char", "iris", [v for row in iris for v in (*map(tenths, row[:4]), str(species.index(row[4])))], 15))
        file.write("}  // namespace\n\nstd::span<const unsigned char> cars_table() {\n  return cars;\n}\n\n")
        file.write("std::span<const unsigned char> iris_table() {\n  return iris;\n}\n\n}  // namespace stride\n")
    with open(os.path.join(out, "digits_table.cpp"), "w", encoding="utf-8") as file:
        file.write('#include "core/networks/real_data.h"\n\nnamespace stride {\n\nnamespace {\n\n')
        file.write(array("unsigned char", "digits", [str(b) for b in planes], 40))
        file.write("}  // namespace\n\nstd::span<const unsigned char> digits_within() {\n  return digits;\n}\n\n}  // namespace stride\n")


main(*sys.argv[1:])
