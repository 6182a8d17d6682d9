// What the findings say of recordings whose story is known, and that they are silent about sound ones.
#include "core/recording/findings.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "core/math/random.h"
#include "core/table.h"

using namespace stride;
using Kind = Finding::Kind;

namespace {

constexpr int steps = 1000;

/// A curve of `steps` values; `noise` is uniform, as a share of the value.
template <class F>
RecordedCurve curve(F f, double noise = 0, int every = 1) {
  RecordedCurve out;
  for (int t = 0; t < steps; t += every) {
    out.step.push_back(t);
    out.value.push_back(f(t) * (1 + noise * (uniform(5, static_cast<unsigned>(t)) - 0.5)));
  }
  return out;
}

double falling(int t) {
  return 0.05 + 2.5 * std::exp(-t / 120.0);
}

std::vector<Kind> kinds(const Recording& r) {
  std::vector<Kind> out;
  for (const Finding& f : findings(r)) out.push_back(f.kind);
  return out;
}

const Finding* find(const std::vector<Finding>& all, Kind kind) {
  const auto at = std::find_if(all.begin(), all.end(), [&](const Finding& f) { return f.kind == kind; });
  return at == all.end() ? nullptr : &*at;
}

double warmed(int t) {
  return t < 50 ? 0.1 * (t + 1) / 50 : 0.1;
}

double cosine(int t) {
  return 0.05 * (1 + std::cos(3.141592653589793 * t / steps));
}

}  // namespace

TEST_CASE("a sound training shows nothing, also under noise") {
  for (const double noise : {0.0, 0.1, 0.3, 1.0}) {
    CAPTURE(noise);
    CHECK(
        kinds({curve(cosine), curve(falling, noise), curve([](int t) { return falling(t) + 0.02; }, 0, 100)})
            .empty());
  }
}

TEST_CASE("a loss that is lost, or climbs over where it began, has diverged") {
  const auto lost = [](int t) { return t < 700 ? falling(t) : std::nan(""); };
  std::vector<Finding> all = findings({curve(warmed), curve(lost), {}});
  REQUIRE(find(all, Kind::diverged));
  CHECK(find(all, Kind::diverged)->step == 700);
  CHECK(sentence(*find(all, Kind::diverged)) == "The loss diverged at step 700, at the rate 0.1.");
  CHECK(sentence(findings({{}, curve(lost), {}})[0]) == "The loss diverged at step 700.");
  const auto climbs = [](int t) { return t < 700 ? falling(t) : 0.05 * std::exp((t - 700) / 30.0); };
  all = findings({curve(warmed), curve(climbs, 0.2), {}});
  REQUIRE(find(all, Kind::diverged));
  CHECK(find(all, Kind::diverged)->step >= 800);  // above 2.5 from step 817 on
  CHECK(find(all, Kind::diverged)->step <= 840);
  // A value that is lost now and then is not the end.
  CHECK(kinds({curve(cosine), curve([](int t) { return t % 100 == 3 ? std::nan("") : falling(t); }), {}})
            .empty());
}

TEST_CASE("a leap on the way up the warm-up") {
  const auto leap = [](int t) { return falling(t) + (t >= 40 ? 3 * std::exp(-(t - 40) / 20.0) : 0); };
  std::vector<Finding> all = findings({curve(warmed), curve(leap, 0.05), {}});
  const Finding* f = find(all, Kind::early_leap);
  REQUIRE(f);
  CHECK(f->step == 40);
  CHECK(f->values[3] == doctest::Approx(0.1 * 41 / 50));
  CHECK(f->values[2] > 4);
  CHECK(sentence(*f).starts_with("The warm-up is too short: the loss leaps from 1."));
  CHECK(sentence(*f).ends_with("at step 40, where the rate passes 0.082."));
  all = findings({curve([](int) { return 0.1; }), curve(leap, 0.05), {}});
  REQUIRE(find(all, Kind::early_leap));
  CHECK(sentence(*find(all, Kind::early_leap)).starts_with("There is no warm-up"));
  CHECK(find(findings({{}, curve(leap, 0.05), {}}), Kind::early_leap));
}

TEST_CASE("a plateau at a high rate, and none where the rate has fallen or the loss has vanished") {
  const auto stuck = [](int t) { return 0.8 + 1.5 * std::exp(-t / 60.0); };
  std::vector<Finding> all = findings({curve(warmed), curve(stuck, 0.05), {}});
  const Finding* f = find(all, Kind::plateau);
  REQUIRE(f);
  CHECK(f->step >= 150);
  CHECK(f->step <= 400);
  CHECK(f->values[1] == doctest::Approx(0.8).epsilon(0.02));
  CHECK(f->values[2] == doctest::Approx(0.1));
  CHECK(f->values[3] == doctest::Approx(100));
  const auto spent = [](int t) { return t < 200 ? 0.1 : 0.0005; };
  all = findings({curve(spent), curve(stuck, 0.05), {}});
  CHECK_FALSE(find(all, Kind::plateau));
  REQUIRE(find(all, Kind::rate_spent));
  CHECK(find(all, Kind::rate_spent)->step == 200);
  CHECK(find(all, Kind::rate_spent)->values[1] == doctest::Approx(100.0 * 799 / 999));
  CHECK_FALSE(
      find(findings({curve(warmed), curve([](int t) { return std::exp(-t / 20.0); }), {}}), Kind::plateau));
  // A cosine is near zero for its last few steps only.
  CHECK_FALSE(find(findings({curve(cosine), curve(falling), {}}), Kind::rate_spent));
}

TEST_CASE("validation that rises, and a loss that still falls") {
  const auto val = [](int t) { return 0.5 + std::fabs(t - 400) / 1000.0; };
  std::vector<Finding> all = findings({curve(cosine), curve(falling, 0.1), curve(val, 0, 50)});
  const Finding* f = find(all, Kind::validation_rises);
  REQUIRE(f);
  CHECK(f->step == 400);
  CHECK(f->values[1] == 0.5);
  CHECK(f->values[2] == doctest::Approx(1.0));
  all = findings({curve(warmed), curve([](int t) { return 3 - t / 500.0; }, 0.05), {}});
  REQUIRE(find(all, Kind::still_falling));
  CHECK(find(all, Kind::still_falling)->values[1] == doctest::Approx(20).epsilon(0.2));
}

TEST_CASE("nothing is said of next to nothing, and every sentence has its numbers") {
  CHECK(findings({}).empty());
  CHECK(findings({{}, {{0, 1, 2}, {3, 2, 9}}, {}}).empty());
  CHECK(kinds({{}, {{0, 1}, {1, std::nan("")}}, {}}) == std::vector<Kind>{Kind::diverged});
  CHECK(findings({{{0}, {0}}, {{0}, {1}}, {{0}, {1}}}).empty());
  const auto constant = [](int) { return 1.0; };
  CHECK(findings({curve(constant), curve(constant), curve(constant)}).empty());
  const auto lost = [](int t) { return t < 700 ? falling(t) : no_limit; };
  for (const Finding& f : findings({curve(warmed), curve(lost), {}})) {
    CHECK(sentence(f).find('{') == std::string::npos);
    CHECK(f.values[0] == f.step);
    CHECK(f.lesson >= 1);
    CHECK(f.lesson <= 16);
  }
}
