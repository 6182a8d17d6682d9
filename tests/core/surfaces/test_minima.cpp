// The search for minima against what the tables and a glance at the formula know.
#include "support/study_runs.h"

using namespace stride;
using namespace stride::test;

namespace {

bool has(const std::vector<Minimum>& all, double x, double y, double within) {
  return std::any_of(all.begin(), all.end(),
                     [&](const Minimum& m) { return std::hypot(m.x - x, m.y - y) <= within; });
}

}  // namespace

TEST_CASE("minima: all that the table names are found, with their values") {
  for (int row = 0; row < static_cast<int>(surfaces().size()); ++row) {
    const Surface& s = surfaces()[row];
    CAPTURE(s.key);
    const std::vector<Minimum> found = find_minima({row, nullptr}, s.domain);
    for (const Minimum& m : s.minima) CHECK(has(found, m.x, m.y, 1e-6 * side_of(s.domain)));
    CHECK(found.empty() == s.minima.empty());
    CHECK(found.size() <= static_cast<std::size_t>(max_minima));
    for (std::size_t i = 1; i < found.size(); ++i)
      CHECK(found[i - 1].f <= found[i].f + 1e-8 * (1 + std::fabs(found[i].f)));
    const auto lowest =
        std::find_if(s.minima.begin(), s.minima.end(), [](const Minimum& m) { return m.global; });
    if (lowest != s.minima.end())
      CHECK(std::fabs(found[0].f - lowest->f) <= 1e-8 * (1 + std::fabs(lowest->f)));
    for (const Minimum& m : found)
      CHECK(m.global == (m.f - found[0].f <= 1e-9 * (1 + std::fabs(found[0].f))));
    // The table's own come first and in its order, so that basins keep their numbers.
    const std::vector<Minimum> known = known_minima({row, nullptr}, s.domain);
    REQUIRE(known.size() >= s.minima.size());
    for (std::size_t i = 0; i < s.minima.size(); ++i) CHECK(known[i].x == s.minima[i].x);
  }
}

TEST_CASE("minima: the egg box has one in each dimple") {
  const Surface& s = surfaces()[find_surface("rastrigin")];
  CHECK(find_minima({find_surface("rastrigin"), nullptr}, s.domain).size() == 121);
}

TEST_CASE("minima of expressions are those of the table's rows") {
  const std::pair<const char*, const char*> pairs[] = {
      {"himmelblau", "(x^2 + y - 11)^2 + (x + y^2 - 7)^2"},
      {"six_hump_camel", "(4 - 2.1*x^2 + x^4/3)*x^2 + x*y + (-4 + 4*y^2)*y^2"},
      {"three_hump_camel", "2*x^2 - 1.05*x^4 + x^6/6 + x*y + y^2"},
      {"styblinski_tang", "((x^4 - 16*x^2 + 5*x) + (y^4 - 16*y^2 + 5*y))/2"},
      {"rosenbrock", "(1 - x)^2 + 100*(y - x^2)^2"},
      {"mccormick", "sin(x + y) + (x - y)^2 - 1.5*x + 2.5*y + 1"}};
  for (const auto& pair : pairs) {
    CAPTURE(pair.first);
    const Surface& s = surfaces()[find_surface(pair.first)];
    const std::vector<Minimum> found = find_minima(expression(pair.second), s.domain);
    CHECK(found.size() == s.minima.size());
    for (const Minimum& m : s.minima) CHECK(has(found, m.x, m.y, 1e-6 * side_of(s.domain)));
  }
}

TEST_CASE("minima without a Hessian, on floors, at no place at all") {
  const Domain d{-2, 2, -2, 2};
  struct Case {
    const char* text;
    std::size_t count;
    double x, y;  ///< of one of them
  };
  const Case cases[] = {{"abs(x) + abs(y - 0.3)", 1, 0, 0.3},
                        {"abs(x + 2*y) + abs(x - y)", 1, 0, 0},
                        {"x^4 + (y - 0.5)^4", 1, 0, 0.5},
                        {"sqrt(abs(x)) + y^2", 1, 0, 0},
                        {"(x^2 - 1)^2 + abs(y)", 2, -1, 0},
                        {"x^2 - y^2", 0, 0, 0},
                        {"x^3", 0, 0, 0},
                        {"x + y", 0, 0, 0},
                        {"7", 0, 0, 0},
                        {"exp(-x)", 0, 0, 0},
                        {"log(0 - 1 - x^2)", 0, 0, 0},
                        {"(x - 3)^2 + y^2", 0, 0, 0}};  // outside of the domain
  for (const Case& c : cases) {
    CAPTURE(c.text);
    const std::vector<Minimum> found = find_minima(expression(c.text), d);
    CHECK(found.size() == c.count);
    if (c.count > 0) CHECK(has(found, c.x, c.y, 1e-3));
  }
  const std::vector<Minimum> floor = find_minima(expression("(x - 0.5)^2"), d);
  REQUIRE(floor.size() == 1);
  CHECK(floor[0].x == doctest::Approx(0.5));
}
