#include "core/surfaces/curve.h"

namespace stride {

namespace {

[[gnu::cold]] std::vector<Curve> curve_table() {
  return {
      {"parabola",
       "Parabola",
       "x²",
       "One valley, curved alike everywhere: a rate of 0.5 arrives in one step, one above 1 climbs out.",
       -2,
       2,
       1.5,
       0.1,
       {{0, 0, 0, true}}},
      {"two_valleys",
       "Two valleys",
       "(x²−1)² − 0.3x",
       "The shallow valley comes first: a small rate stays in it, a greater one or momentum leaves it.",
       -2,
       2,
       -1.7,
       0.02,
       {{-0.9601495555191055, 0, 0.29414648102826285, false},
        {1.0355787140888537, 0, -0.30542848374391596, true}}},
      {"many_valleys",
       "Many valleys",
       "1 + x²/20 − cos 3x",
       "Ripples on a bowl: noise carries a walker from valley to valley, and a falling rate lets it rest.",
       -7.5,
       7.5,
       -6.8,
       0.05,
       {{0, 0, 0, true},
        {-2.071361647100468, 0, 0.2169134341168151, false},
        {2.071361647100468, 0, 0.2169134341168151, false},
        {-4.142613614318846, 0, 0.8676422916720081, false},
        {4.142613614318846, 0, 0.8676422916720081, false},
        {-6.213641435876277, 0, 1.9521517420912777, false},
        {6.213641435876277, 0, 1.9521517420912777, false}}},
      {"cliff",
       "Cliff",
       "0.1(x+2)² + 1.5(1 + tanh 10(x−1))",
       "One slope is a cliff: whoever steps on its edge is thrown far, unless the step is kept short.",
       -6,
       3,
       1.6,
       0.1,
       {{-2, 0, 0, true}}},
      {"kink",
       "Kink",
       "|x|",
       "The slope never fades: a constant rate jumps to and fro across the minimum, a falling one arrives.",
       -2,
       2,
       1.55,
       0.1,
       {{0, 0, 0, true}}},
      {"plateau",
       "Plateau",
       "x²/(1+x²)",
       "Nearly flat, then a valley: the rate that crosses the plain is too high for the valley.",
       -5,
       5,
       4,
       0.5,
       {{0, 0, 0, true}}},
  };
}

}  // namespace

std::span<const Curve> curves() {
  static const std::vector<Curve> all = curve_table();
  return all;
}

int find_curve(std::string_view key) {
  const std::span<const Curve> all = curves();
  for (int i = 0; i < static_cast<int>(all.size()); ++i)
    if (key == all[i].key) return i;
  return -1;
}

}  // namespace stride
