// What plots compute before they draw.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "text/plot_scale.h"

using namespace stride;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double lost = std::numeric_limits<double>::quiet_NaN();

double between(std::mt19937& random, double lo, double hi) {
  return lo + (hi - lo) * std::uniform_real_distribution<double>(0, 1)(random);
}

std::vector<std::string> labels(const std::vector<Tick>& all) {
  std::vector<std::string> out;
  for (const Tick& t : all) out.push_back(t.label);
  return out;
}

using Words = std::vector<std::string>;

Scale random_scale(std::mt19937& random) {
  Scale s;
  const double a = std::pow(10, between(random, -12, 12)), b = std::pow(10, between(random, -12, 12));
  switch (random() % 3) {
    case 0:
      s = {Scale::Kind::linear, random() % 2 ? -a : 0, b, 1};
      break;
    case 1:
      s = {Scale::Kind::log, std::min(a, b), std::max(a, b) * 1.01, 1};
      break;
    default:
      s = {Scale::Kind::symlog, -a, random() % 3 ? b : -a / 2,
           std::pow(10, std::floor(between(random, -6, 3)))};
  }
  return s;
}

}  // namespace

TEST_CASE("plot: linear ticks are nice numbers inside the range, few and in order") {
  std::mt19937 random(1);
  for (int i = 0; i < 3000; ++i) {
    const double width = std::pow(10, between(random, -9, 9));
    const double lo = between(random, -1, 1) * width * 10, hi = lo + width;
    const int most = 2 + static_cast<int>(random() % 10);
    const bool whole = random() % 2;
    const std::vector<Tick> all = linear_ticks(lo, hi, most, whole);
    CAPTURE(lo);
    CAPTURE(hi);
    CAPTURE(most);
    REQUIRE(static_cast<int>(all.size()) <= most);
    // Steps of 1, 2 and 5 leave at least a third of what is allowed.
    if (!whole) REQUIRE(static_cast<int>(all.size()) >= std::max(1, most / 3));
    for (size_t k = 0; k < all.size(); ++k) {
      REQUIRE(all[k].value >= lo);
      REQUIRE(all[k].value <= hi);
      if (k) REQUIRE(all[k].value > all[k - 1].value);
      if (k) REQUIRE(all[k].label != all[k - 1].label);
      if (whole) REQUIRE(std::fabs(all[k].value - std::round(all[k].value)) < 1e-6);
      if (k > 1) {
        const double step = all[k].value - all[k - 1].value;
        REQUIRE(step == doctest::Approx(all[k - 1].value - all[k - 2].value).epsilon(1e-6));
        const double mantissa = step / std::pow(10, std::floor(std::log10(step) + 1e-7));
        REQUIRE((std::fabs(mantissa - 1) < 1e-5 || std::fabs(mantissa - 2) < 1e-5 ||
                 std::fabs(mantissa - 5) < 1e-5));
      }
    }
  }
}

TEST_CASE("plot: what ticks say") {
  CHECK(labels(linear_ticks(0, 1, 6)) == Words{"0", "0.2", "0.4", "0.6", "0.8", "1.0"});
  CHECK(labels(linear_ticks(0, 200, 5, true)) == Words{"0", "50", "100", "150", "200"});
  CHECK(labels(linear_ticks(0, 1, 8, true)) == Words{"0", "1"});
  CHECK(labels(linear_ticks(0, 2e-5, 3)) == Words{"0", "10⁻⁵", "2·10⁻⁵"});
  CHECK(labels(linear_ticks(-100, 100, 3)) == Words{"−100", "0", "100"});
  CHECK(labels(ticks({Scale::Kind::log, 1e-3, 10, 1}, 0.15)) == Words{"10⁻³", "10⁻²", "10⁻¹", "10⁰", "10¹"});
  CHECK(labels(ticks({Scale::Kind::log, 0.09, 1.1, 1}, 0.15)) == Words{"0.1", "0.2", "0.5", "1"});
  CHECK(labels(ticks({Scale::Kind::symlog, -150, 150, 1}, 0.06)) ==
        Words{"−10²", "−10¹", "−10⁰", "0", "10⁰", "10¹", "10²"});
  CHECK(labels(ticks({Scale::Kind::symlog, -90, -1.5, 1}, 0.1)) == Words{"−50", "−20", "−10", "−5", "−2"});
  CHECK(power_label(-2e-7, true) == "−2·10⁻⁷");
  CHECK(power_label(1e12, true) == "10¹²");
  CHECK(power_label(0.05, true) == "0.05");
}

TEST_CASE("plot: ticks of every scale lie inside, apart and in order") {
  std::mt19937 random(2);
  for (int i = 0; i < 5000; ++i) {
    const Scale s = random_scale(random);
    const double gap = between(random, 0.05, 0.4);
    const std::vector<Tick> all = ticks(s, gap);
    CAPTURE(s.lo);
    CAPTURE(s.hi);
    CAPTURE(s.threshold);
    CAPTURE(static_cast<int>(s.kind));
    CAPTURE(gap);
    REQUIRE(!all.empty());
    REQUIRE(all.size() <= 1 / gap + 1.001);
    for (size_t k = 0; k < all.size(); ++k) {
      REQUIRE(all[k].value >= s.lo);
      REQUIRE(all[k].value <= s.hi);
      REQUIRE(!all[k].label.empty());
      if (k) REQUIRE(fraction(s, all[k].value) - fraction(s, all[k - 1].value) >= gap * 0.999);
    }
  }
}

TEST_CASE("plot: ranges with nothing to show have no ticks") {
  CHECK(linear_ticks(1, 1, 5).empty());
  CHECK(linear_ticks(2, 1, 5).empty());
  CHECK(linear_ticks(0, inf, 5).empty());
  CHECK(linear_ticks(lost, 1, 5).empty());
  CHECK(ticks({Scale::Kind::linear, 0, inf, 1}, 0.2).empty());
}

TEST_CASE("plot: every scale increases and has an inverse") {
  std::mt19937 random(3);
  for (int i = 0; i < 5000; ++i) {
    const Scale s = random_scale(random);
    const double a = between(random, s.lo, s.hi), b = between(random, s.lo, s.hi);
    CAPTURE(s.lo);
    CAPTURE(s.hi);
    CAPTURE(a);
    REQUIRE(from_ruler(s, to_ruler(s, a)) == doctest::Approx(a).epsilon(1e-9));
    if (a < b) REQUIRE(to_ruler(s, a) <= to_ruler(s, b));
    if (a < b) REQUIRE(fraction(s, a) <= fraction(s, b));
    REQUIRE(fraction(s, s.lo) == 0);
    REQUIRE(fraction(s, s.hi) == 1);
  }
  const Scale s{Scale::Kind::symlog, -100, 100, 0.1};
  CHECK(to_ruler(s, 0) == 0);
  CHECK(to_ruler(s, -5) == -to_ruler(s, 5));
  CHECK(fraction(s, 0) == doctest::Approx(0.5));
}

TEST_CASE("plot: every number has a place") {
  for (Scale::Kind kind : {Scale::Kind::linear, Scale::Kind::log, Scale::Kind::symlog}) {
    const Scale s{kind, kind == Scale::Kind::symlog ? -1.0 : 0.1, 10, 0.01};
    CHECK(fraction(s, inf) == 1);
    CHECK(fraction(s, lost) == 1);
    CHECK(fraction(s, 1e300) == 1);
    CHECK(fraction(s, -inf) == 0);
    CHECK(fraction(s, -1e300) == 0);
    for (double v : {-1e-300, 0.0, 5e-324, 1e-300, 1.0, 9.99}) {
      CHECK(fraction(s, v) >= 0);
      CHECK(fraction(s, v) <= 1);
    }
  }
}

TEST_CASE("plot: the axis of losses") {
  SUBCASE("falling to zero stays logarithmic, whatever rounding makes of zero") {
    for (double last : {0.0, -4.4e-16, 1e-30}) {
      const std::vector<double> loss = {24, 3, 0.1, 1e-5, last};
      const Scale s = fit_log(loss, inf);
      CHECK(s.kind == Scale::Kind::log);
      CHECK(s.lo > 0);
      CHECK(s.lo < 1e-5);
      CHECK(s.hi > 24);
    }
  }
  SUBCASE("zero has a place of its own below all others, labelled") {
    for (const std::vector<double>& loss : {std::vector<double>{12.5, 0, 0}, {3, 1e-3, -1e-16}, {0, 0}}) {
      const Scale s = fit_log(loss, inf);
      REQUIRE(s.zero);
      const double lowest = fraction(s, s.lo);
      CHECK(fraction(s, 0) > 0);
      CHECK(fraction(s, 0) < lowest);
      CHECK(fraction(s, -1e-16) == fraction(s, 0));
      CHECK(fraction(s, s.lo * 2) > lowest);
      CHECK(fraction(s, s.hi) == 1);
      REQUIRE(!ticks(s, 0.1).empty());
      CHECK(ticks(s, 0.1)[0].label == "0");
      for (double gap = 0.05; gap < 0.25; gap += 0.01) {
        const std::vector<Tick> all = ticks(s, gap);
        for (size_t k = 1; k < all.size(); ++k)
          CHECK(fraction(s, all[k].value) - fraction(s, all[k - 1].value) >= gap * 0.999);
      }
    }
    CHECK(!fit_log(std::vector<double>{3, 1e-3}, inf).zero);
  }
  SUBCASE("below zero it turns symlog") {
    const Scale s = fit_log(std::vector<double>{150, 20, -3, -60, -78.3}, inf);
    CHECK(s.kind == Scale::Kind::symlog);
    CHECK(s.lo < -78.3);
    CHECK(s.hi > 150);
    CHECK(s.threshold <= 20);
    CHECK(s.threshold >= 0.01);
  }
  SUBCASE("a divergence widens it no further than the cap") {
    const Scale s = fit_log(std::vector<double>{1, 10, 1e20, inf, lost}, 1e3);
    CHECK(s.hi > 1e3);
    CHECK(s.hi < 1e4);
  }
  SUBCASE("constant, empty and lost losses still have an axis") {
    for (const std::vector<double>& loss : {std::vector<double>{},
                                            {5},
                                            {0, 0, 0},
                                            {lost},
                                            {inf, inf},
                                            {-3, -3},
                                            {1e300, 1e308},
                                            {-1e308, 1e308},
                                            {5e-324}}) {
      const Scale s = fit_log(loss, inf);
      CHECK(std::isfinite(s.lo));
      CHECK(std::isfinite(s.hi));
      CHECK(s.lo < s.hi);
      for (double v : loss) CHECK(std::isfinite(fraction(s, v)));
    }
  }
}

TEST_CASE("plot: decimation keeps ends and extremes of every column, in order") {
  std::mt19937 random(4);
  for (int i = 0; i < 300; ++i) {
    const int size = 1 + static_cast<int>(random() % 5000), columns = 1 + static_cast<int>(random() % 300);
    std::vector<double> v(static_cast<size_t>(size));
    for (double& x : v) {
      x = between(random, -1, 1);
      if (random() % 50 == 0) x = random() % 2 ? inf : lost;
    }
    const int begin = static_cast<int>(random() % static_cast<unsigned>(size));
    const int end = begin + 1 + static_cast<int>(random() % static_cast<unsigned>(size - begin));
    const std::vector<int> rows = decimate(v, begin, end, columns);
    REQUIRE(!rows.empty());
    CHECK(rows.front() == begin);
    CHECK(rows.back() == end - 1);
    CHECK(static_cast<int>(rows.size()) <= 4 * columns);
    double least = inf, most = -inf, kept_least = inf, kept_most = -inf;
    for (int k = begin; k < end; ++k) {
      least = std::fmin(least, v[static_cast<size_t>(k)]);
      most = std::fmax(most, v[static_cast<size_t>(k)]);
    }
    for (size_t k = 0; k < rows.size(); ++k) {
      if (k) REQUIRE(rows[k] > rows[k - 1]);
      kept_least = std::fmin(kept_least, v[static_cast<size_t>(rows[k])]);
      kept_most = std::fmax(kept_most, v[static_cast<size_t>(rows[k])]);
    }
    CHECK(kept_least == least);
    CHECK(kept_most == most);
  }
  CHECK(decimate(std::vector<double>{}, 0, 5, 10).empty());
  CHECK(decimate(std::vector<double>{1, 2, 3}, 0, 3, 10) == std::vector<int>{0, 1, 2});
  CHECK(decimate(std::vector<double>{1, 2, 3}, 2, 1, 10).empty());
}
