"""make_data.py DATA OUT: the real data of data/ as OUT/real_data_tables.cpp (see src/core/networks/real_data.h) and the digits as OUT/digits.bin, which the
page fetches when they are chosen: all pictures' first pixel, all pictures' second, ... and at the end the labels, since neighbours that are alike
compress better."""
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


def main(data, out):
    cars = rows_of(os.path.join(data, "cars.csv"))[1:]
    iris = rows_of(os.path.join(data, "iris.csv"))[1:]
    species = list(dict.fromkeys(row[4] for row in iris))
    digits = rows_of(os.path.join(data, "digits.csv.gz"), gzip.open)
    planes = bytes(int(row[i]) for i in range(65) for row in digits)
    os.makedirs(out, exist_ok=True)
    with open(os.path.join(out, "digits.bin"), "wb") as file:
        file.write(planes)
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
