// The data sets of networks.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <numeric>
#include <set>

#include "core/networks/dataset.h"
#include "core/networks/real_data.h"

using namespace stride;

TEST_CASE("data sets are balanced, repeat from their seed, and keep their shape") {
  for (int row = 0; row < static_cast<int>(datasets().size()); ++row) {
    CAPTURE(datasets()[static_cast<std::size_t>(row)].key);
    CHECK(find_dataset(datasets()[static_cast<std::size_t>(row)].key) == row);
    if (!datasets()[static_cast<std::size_t>(row)].generated) continue;
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

TEST_CASE("real data is what its sources say") {
  for (const DataKind& kind : datasets()) {
    if (kind.generated) continue;
    CAPTURE(kind.key);
    DataSettings settings;
    settings.row = find_dataset(kind.key);
    settings.samples = kind.samples;
    const DataSet data = make_dataset(settings);
    CHECK(data.size() == kind.samples);
    CHECK(data.training == data.size());
    CHECK(data.x.size() == data.label.size() * static_cast<std::size_t>(kind.inputs));
    for (int label = 0; label < kind.classes; ++label)
      CHECK(std::count(data.label.begin(), data.label.end(), label) >= kind.samples / kind.classes - 6);
  }
  // Irises are standardised, 50 of each species; a picture's pixels lie between 0 and 1.
  DataSettings settings;
  settings.row = find_dataset("iris");
  const DataSet iris = make_dataset(settings);
  for (int c = 0; c < 4; ++c) {
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < 150; ++i) {
      sum += iris.x[4 * i + static_cast<std::size_t>(c)];
      squares += iris.x[4 * i + static_cast<std::size_t>(c)] * iris.x[4 * i + static_cast<std::size_t>(c)];
    }
    CHECK(std::fabs(sum) < 1e-11);
    CHECK(squares / 150 == doctest::Approx(1));
  }
  settings.row = find_dataset("digits");
  settings.samples = 10;
  const DataSet digits = make_dataset(settings);
  CHECK(digits.label == std::vector<double>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  CHECK(*std::min_element(digits.x.begin(), digits.x.end()) == 0);
  CHECK(*std::max_element(digits.x.begin(), digits.x.end()) == 1);
}

TEST_CASE("the last floor(samples * validation) samples are held out") {
  DataSettings settings;
  settings.samples = 17;
  settings.validation = 0.2;
  CHECK(training_samples_of(settings) == 14);
  CHECK(make_dataset(settings).training == 14);
  CHECK(make_dataset(settings).size() == 17);
}

TEST_CASE("a program that carries no digits takes the right ones alone") {
  const std::span<const unsigned char> within = digits_within();
  REQUIRE(within.size() == 65u * digits_count);
  std::ifstream file(STRIDE_DIGITS, std::ios::binary);
  std::vector<unsigned char> packed{std::istreambuf_iterator<char>(file), {}};
  REQUIRE(packed.size() > 20'000);
  CHECK(packed.size() <= 40 * 1024);
  CHECK_FALSE(provide_digits({}));
  const std::vector<unsigned char> most(packed.begin(), packed.end() - 200);
  CHECK_FALSE(provide_digits(most));
  std::vector<unsigned char> more = packed;
  more.push_back(0);
  CHECK_FALSE(provide_digits(more));
  CHECK(provide_digits(packed));
  CHECK(std::equal(within.begin(), within.end(), digits_table().begin(), digits_table().end()));
}
