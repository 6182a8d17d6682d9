// The data sets of networks.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "core/dataset.h"

using namespace stride;

TEST_CASE("data sets are balanced, repeat from their seed, and keep their shape") {
  for (int row = 0; row < static_cast<int>(datasets().size()); ++row) {
    CAPTURE(datasets()[static_cast<std::size_t>(row)].key);
    CHECK(find_dataset(datasets()[static_cast<std::size_t>(row)].key) == row);
    for (int samples : {0, 1, 2, 7, 200}) {
      const DataSet data = make_dataset({row, samples, 0.1, 1, {}});
      REQUIRE(data.size() == samples);
      REQUIRE(data.x.size() == 2 * data.label.size());
      const auto ones = std::count(data.label.begin(), data.label.end(), 1.0);
      CHECK(ones == samples / 2);
      CHECK(std::count(data.label.begin(), data.label.end(), 0.0) == samples - ones);
    }
    const DataSettings settings{row, 2000, 0.2, 5, {}};
    const DataSet data = make_dataset(settings), again = make_dataset(settings),
                  clean = make_dataset({row, 2000, 0, 5, {}});
    CHECK(data.x == again.x);
    CHECK(data.x != make_dataset({row, 2000, 0.2, 6, {}}).x);
    // The noise is Gaussian of the standard deviation asked for, around 0.
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < data.x.size(); ++i) {
      const double e = data.x[i] - clean.x[i];
      sum += e;
      squares += e * e;
    }
    CHECK(std::fabs(sum / 4000) < 0.015);
    CHECK(std::sqrt(squares / 4000) == doctest::Approx(0.2).epsilon(0.05));
  }
  CHECK(find_dataset("moon") == -1);
}

TEST_CASE("the noiseless shapes are those of scikit-learn") {
  const auto shape = [](const char* key) { return make_dataset({find_dataset(key), 400, 0, 1, {}}); };
  const DataSet moons = shape("moons"), circles = shape("circles"), exclusive = shape("xor"),
                spiral = shape("spiral");
  for (std::size_t i = 0; i < 400; ++i) {
    const bool one = moons.label[i] == 1;
    const double x = moons.x[2 * i] - (one ? 1 : 0), y = moons.x[2 * i + 1] - (one ? 0.5 : 0);
    CHECK(std::hypot(x, y) == doctest::Approx(1));
    CHECK((one ? -y : y) >= -1e-12);
    CHECK(std::hypot(circles.x[2 * i], circles.x[2 * i + 1]) ==
          doctest::Approx(circles.label[i] == 1 ? 0.5 : 1));
    CHECK((exclusive.x[2 * i] * exclusive.x[2 * i + 1] < 0) == (exclusive.label[i] == 1));
    CHECK(std::hypot(spiral.x[2 * i], spiral.x[2 * i + 1]) <= 1 + 1e-12);
  }
  const DataSet own = make_dataset({-1, 200, 0.1, 1, {1, 2, 0, 3, 4, 1}});
  CHECK(own.x == std::vector<double>{1, 2, 3, 4});
  CHECK(own.label == std::vector<double>{0, 1});
}
