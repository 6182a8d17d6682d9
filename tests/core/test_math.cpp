// The elementary functions against the C library's long double ones, the jets against differences, the
// generator against its own moments.
#include <doctest/doctest.h>
#include <cmath>
#include <limits>
#include <vector>

#include "core/math/jet.h"
#include "core/math/random.h"

using namespace stride;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

using Reference = long double (*)(long double);

template <class T>
struct Case {
  const char* name;
  T (*ours)(T);
  Reference reference;
  double low, high;
  bool logarithmic;  ///< points spread evenly over the exponents; both bounds > 0
  double limit;      ///< double: units in the last place; float: relative
};

template <class T>
T point_of(const Case<T>& c, int i) {
  const double u = uniform(7, static_cast<unsigned>(i));
  if (!c.logarithmic) return static_cast<T>(c.low + (c.high - c.low) * u);
  return static_cast<T>(std::exp(std::log(c.low) + (std::log(c.high) - std::log(c.low)) * u));
}

const std::vector<Case<double>> doubles = {
    {"sin", math::sin, std::sin, -1, 1, false, 1},      {"sin", math::sin, std::sin, -1000, 1000, false, 1},
    {"sin", math::sin, std::sin, -1e8, 1e8, false, 1},  {"sin", math::sin, std::sin, 1e-300, 1e-3, true, 1},
    {"cos", math::cos, std::cos, -1, 1, false, 1},      {"cos", math::cos, std::cos, -1000, 1000, false, 1},
    {"cos", math::cos, std::cos, -1e8, 1e8, false, 1},  {"tan", math::tan, std::tan, -100, 100, false, 2.5},
    {"exp", math::exp, std::exp, -1, 1, false, 1},      {"exp", math::exp, std::exp, -708, 709.7, false, 1},
    {"log", math::log, std::log, 0.5, 2, false, 1},     {"log", math::log, std::log, 1e-307, 1e308, true, 1},
    {"tanh", math::tanh, std::tanh, -3, 3, false, 2.5}, {"tanh", math::tanh, std::tanh, 1e-12, 30, true, 2.5},
};

const std::vector<Case<float>> floats = {
    {"sin", math::sin, std::sin, -3, 3, false, 2e-7},
    {"cos", math::cos, std::cos, -1, 1, false, 2e-7},
    {"exp", math::exp, std::exp, -86, 88, false, 2e-7},
    {"log", math::log, std::log, 2, 1e30, true, 2e-7},
    {"log", math::log, std::log, 1e-37, 0.5, true, 2e-7},
    {"tanh", math::tanh, std::tanh, -10, 10, false, 3e-7},
};

double last_place(long double x) {
  const double a = std::fabs(static_cast<double>(x));
  return std::nextafter(a, inf) - a;
}

}  // namespace

TEST_CASE("math: double functions are within their stated units in the last place") {
  for (const Case<double>& c : doubles) {
    CAPTURE(c.name);
    CAPTURE(c.high);
    double worst = 0, where = 0;
    bool coarse = true;  // some C libraries round their long double results to double
    for (int i = 0; i < 20000; ++i) {
      const double x = point_of(c, i);
      const long double truth = c.reference(static_cast<long double>(x));
      coarse = coarse && truth == static_cast<long double>(static_cast<double>(truth));
      const double error = static_cast<double>(std::fabs(c.ours(x) - truth)) / last_place(truth);
      if (!(error <= worst)) worst = error, where = x;
    }
    CAPTURE(where);
    CHECK(worst <= c.limit + (coarse ? 1 : 0));
  }
}

TEST_CASE("math: float functions are within 2e-7 relative") {
  for (const Case<float>& c : floats) {
    CAPTURE(c.name);
    double worst = 0;
    for (int i = 0; i < 20000; ++i) {
      const float x = point_of(c, i);
      const long double truth = c.reference(static_cast<long double>(x));
      worst = std::fmax(worst, static_cast<double>(std::fabs((c.ours(x) - truth) / truth)));
    }
    CHECK(worst <= c.limit);
  }
  for (int i = -6000; i < 6000; ++i) {
    const float x = static_cast<float>(i) * 0.997f;
    CHECK(std::fabs(math::sin(x) - std::sin(static_cast<double>(x))) < 3e-7);
    CHECK(std::fabs(math::cos(x) - std::cos(static_cast<double>(x))) < 3e-7);
  }
}

TEST_CASE("math: limits") {
  CHECK(math::exp(inf) == inf);
  CHECK(math::exp(-inf) == 0);
  CHECK(math::exp(709.78) < inf);
  CHECK(math::exp(709.79) == inf);
  CHECK(math::exp(-745.13) == std::numeric_limits<double>::denorm_min());
  CHECK(math::exp(-746.0) == 0);
  CHECK(math::exp(0.0) == 1);
  CHECK(std::isnan(math::exp(nan_value)));
  CHECK(math::log(inf) == inf);
  CHECK(math::log(0.0) == -inf);
  CHECK(std::isnan(math::log(-1.0)));
  CHECK(std::isnan(math::log(nan_value)));
  CHECK(math::log(1.0) == 0);
  CHECK(math::log(std::numeric_limits<double>::denorm_min()) == doctest::Approx(-744.44007192138127));
  CHECK(math::tanh(inf) == 1);
  CHECK(math::tanh(-inf) == -1);
  CHECK(std::isnan(math::tanh(nan_value)));
  for (const double x : {inf, -inf, nan_value}) {
    CHECK(std::isnan(math::sin(x)));
    CHECK(std::isnan(math::cos(x)));
    CHECK(std::isnan(math::sin(static_cast<float>(x))));
  }
  for (const double x : {1e9, 1e15, 1e100, 1.7e308, -1e300}) CHECK(std::fabs(math::sin(x)) <= 1);
  for (const float x : {1e7f, 1e20f, 3.4e38f, -1e30f}) CHECK(std::fabs(math::cos(x)) <= 1);
  CHECK(math::exp(static_cast<float>(inf)) == static_cast<float>(inf));
  CHECK(math::exp(88.73f) == static_cast<float>(inf));
  CHECK(math::exp(88.72f) < static_cast<float>(inf));
  CHECK(math::exp(-100.0f) == 0);
  CHECK(std::isnan(math::exp(static_cast<float>(nan_value))));
  CHECK(math::log(0.0f) == -static_cast<float>(inf));
  CHECK(std::isnan(math::log(-1.0f)));
  CHECK(std::isnan(math::min(1.0, nan_value)));
  CHECK(std::isnan(math::max(nan_value, 1.0)));
}

TEST_CASE("math: pow") {
  const double values[] = {0.0, -0.0, 1, -1, 2, -2, 3, 0.5, -0.5, inf, -inf, nan_value, 5, -5, 1e300, -3};
  for (const double x : values)
    for (const double y : values) {
      CAPTURE(x);
      CAPTURE(y);
      const double ours = math::pow(x, y), truth = std::pow(x, y);
      if (std::isnan(truth))
        CHECK(std::isnan(ours));
      else if (truth == 0 || std::isinf(truth))
        CHECK((ours == truth && std::signbit(ours) == std::signbit(truth)));
      else
        CHECK(std::fabs(ours - truth) <= last_place(truth));
    }
  for (const double y : {0.5, -0.5, 1.5, 3.0, -7.0, 17.25, 100.0, -0.123})
    for (int i = 1; i < 2000; ++i) {
      const double x = 0.01 * i;
      const long double truth = std::pow(static_cast<long double>(x), static_cast<long double>(y));
      CHECK(static_cast<double>(std::fabs(math::pow(x, y) - truth)) <= 1.5 * last_place(truth));
    }
  CHECK(math::pow(-3.0, 3.0) == -27);
  CHECK(math::pow(-2.0f, 3.0f) == doctest::Approx(-8));
  CHECK(std::isnan(math::pow(-2.0f, 0.5f)));
  CHECK(math::power_by_squaring(3.0, 13) == 1594323);
  CHECK(math::power_by_squaring(2.0, -3) == 0.125);
  CHECK(math::power_by_squaring(2.0, 0) == 1);
}

TEST_CASE("math: jets take subgradient 0 where a root or an absolute value has a corner") {
  const auto x = math::jet2_x(0.0);
  const auto y = math::jet2_y(0.0);
  const auto cone = sqrt(math::square(x) + math::square(y));
  for (const double d : {cone.v, cone.x, cone.y, cone.xx, cone.xy, cone.yy}) CHECK(d == 0);
  CHECK(abs(x).x == 0);
  CHECK(std::isnan(sqrt(math::jet1_x(-1.0)).x));
  CHECK(std::isnan(log(math::jet1_x(-1.0)).x));
}

TEST_CASE("random: pure, uniform, normal") {
  CHECK(uniform(1, 2, 3) == uniform(1, 2, 3));
  CHECK(uniform(1, 2, 3) != uniform(2, 2, 3));
  CHECK(uniform(1, 2, 3) != uniform(1, 3, 2));
  constexpr int n = 100000;
  double sum_u = 0, sum = 0, squares = 0, fourth = 0, cross = 0, sum_f = 0, squares_f = 0;
  for (unsigned i = 0; i < n; ++i) {
    const double u = uniform(5, i), g = gaussian(5, i, 0), h = gaussian(5, i, 1),
                 f = static_cast<double>(gaussian_float(5, i));
    REQUIRE(u >= 0);
    REQUIRE(u < 1);
    sum_u += u;
    sum += g;
    squares += g * g;
    fourth += g * g * g * g;
    cross += g * h;
    sum_f += f;
    squares_f += f * f;
  }
  CHECK(sum_u / n == doctest::Approx(0.5).epsilon(0.01));
  CHECK(std::fabs(sum / n) < 0.015);
  CHECK(squares / n == doctest::Approx(1).epsilon(0.02));
  CHECK(fourth / n == doctest::Approx(3).epsilon(0.05));
  CHECK(std::fabs(cross / n) < 0.015);
  CHECK(std::fabs(sum_f / n) < 0.015);
  CHECK(squares_f / n == doctest::Approx(1).epsilon(0.02));
}
