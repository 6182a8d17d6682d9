// The colours of numbers: evenly from dark to bright, basins told apart, bytes where they belong.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "core/colours.h"
#include "core/studies/study.h"

using namespace stride;

TEST_CASE("colours run from bright to dark evenly") {
  CHECK(viridis(0)[2] == doctest::Approx(0x54 / 255.0));
  CHECK(viridis(1)[0] == doctest::Approx(0xfd / 255.0));
  CHECK(viridis(std::numeric_limits<double>::quiet_NaN()) == viridis(0));
  double before = -1;
  for (int i = 0; i <= 100; ++i) {
    const auto c = viridis(i / 100.0);
    const double light = 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
    CHECK(light > before);
    before = light;
  }
}

TEST_CASE("every basin has a colour of its own") {
  std::vector<Rgb> seen;
  for (int basin = -2; basin < 24; ++basin) {
    const Rgb c = basin_colour(static_cast<float>(basin));
    for (const float v : c) CHECK((v >= 0 && v <= 1));
    for (const Rgb& other : seen)
      CHECK(std::fabs(c[0] - other[0]) + std::fabs(c[1] - other[1]) + std::fabs(c[2] - other[2]) > 0.03f);
    seen.push_back(c);
  }
}

TEST_CASE("a picture of basins: bright where soon, striped where diverged") {
  constexpr int size = 64, steps = 100;
  std::vector<float> rows;
  for (int i = 0; i < size * size; ++i) {
    const int y = i / size;
    rows.push_back(y < 20 ? 0 : y < 40 ? basin_diverged : basin_none);
    rows.push_back(y < 10 ? 1 : 90);
  }
  const std::string rgb = basins_picture(rows, size, steps);
  REQUIRE(rgb.size() == size_t(size * size * 3));
  const auto at = [&](int x, int y, int k) {
    return int(static_cast<unsigned char>(rgb[size_t((y * size + x) * 3 + k)]));
  };
  CHECK(at(5, 5, 2) > 2 * at(5, 15, 2));               // the same minimum, sooner and later
  CHECK(std::abs(at(5, 30, 0) - at(6, 30, 0)) > 100);  // stripes
  CHECK(at(5, 50, 0) == at(60, 60, 0));
}

TEST_CASE("a picture file begins with its size") {
  CHECK(ppm(2, 1, "abcdef") == "P6\n2 1\n255\nabcdef");
}
