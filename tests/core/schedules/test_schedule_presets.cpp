// The presets of schedules against the formulas of the papers and libraries that they are named after.
#include "core/schedules/schedule_presets.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

using namespace stride;

namespace {

constexpr double pi = 3.14159265358979323846;

double half_cosine(double p) {
  return 0.5 * (1 + std::cos(pi * p));
}

struct Case {
  const char* name;
  std::function<double(double t)> factor;  ///< for 200 steps
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      {"Linear with warm-up (BERT)", [](double t) { return t < 20 ? t / 20 : (200 - t) / 180; }},
      {"Cosine with warm-up", [](double t) { return t < 20 ? t / 20 : half_cosine((t - 20) / 180); }},
      {"Cosine with warm-up to a floor (Chinchilla)",
       [](double t) { return t < 20 ? t / 20 : 0.1 + 0.9 * half_cosine(std::min(1.0, (t - 20) / 160)); }},
      {"Inverse square root (Transformer)",
       [](double t) { return std::min((t + 1) / 20, std::sqrt(20 / (t + 1))); }},
      {"Restarts with falling peaks",
       [](double t) { return std::pow(0.5, std::floor(t / 50)) * half_cosine(std::fmod(t, 50) / 50); }},
      {"Restarts twice as long (SGDR)",
       [](double t) {
         return t < 29   ? half_cosine(t / 29)
                : t < 87 ? half_cosine((t - 29) / 58)
                         : half_cosine((t - 87) / 116);
       }},
      {"One cycle (super-convergence)",
       [](double t) {
         const auto between = [](double a, double b, double p) { return b + (a - b) * half_cosine(p); };
         return t <= 59 ? between(1.0 / 25, 1, t / 59)
                        : between(1, 1.0 / 25 / 1e4, std::min(1.0, (t - 59) / 140));
       }},
      {"Triangles (CLR)",
       [](double t) { return 1.0 / 6 + 5.0 / 6 * (1 - std::fabs(std::fmod(t, 50) / 25 - 1)); }},
      {"Warm-up, stable, decay (MiniCPM)",
       [](double t) { return t < 10    ? (t + 1) / 10
                             : t < 160 ? 1
                                       : (200 - t) / 40; }},
      {"Constant, then 1 − √ (cooldown)",
       [](double t) { return t < 10    ? (t + 1) / 10
                             : t < 160 ? 1
                                       : 1 - std::sqrt((t - 160) / 40); }},
      {"Step decay (ResNet)", [](double t) { return t < 100   ? 1
                                                    : t < 150 ? 0.1
                                                              : 0.01; }},
      {"Warm-up and steps (ImageNet in an hour)",
       [](double t) {
         return (t < 11 ? 1.0 / 32 + 31.0 / 32 * t / 11 : 1) * (t < 67    ? 1
                                                                : t < 133 ? 0.1
                                                                : t < 178 ? 0.01
                                                                          : 0.001);
       }},
      {"Polynomial 0.9 (DeepLab)", [](double t) { return std::pow(1 - t / 200, 0.9); }},
  };
  return all;
}

std::vector<double> rates_of(const Settings& schedule, double lr, int steps) {
  std::vector<double> rates;
  ScheduleRun run(schedule, lr, steps);
  for (int t = 0; t <= steps; ++t, run.advance(0)) rates.push_back(run.rate().lr);
  return rates;
}

}  // namespace

TEST_CASE("presets: each is the formula that it is named after") {
  REQUIRE(schedule_presets().size() == cases().size());
  for (std::size_t i = 0; i < cases().size(); ++i) {
    const SchedulePreset& preset = schedule_presets()[i];
    CAPTURE(preset.name);
    REQUIRE(std::string_view(preset.name) == cases()[i].name);
    CHECK(std::string_view(preset.source) != "");
    for (const double lr : {0.1, 3.0}) {
      const std::vector<double> rates = rates_of(preset.make(lr, 200), lr, 200);
      for (std::size_t t = 0; t < rates.size(); ++t) {
        CAPTURE(t);
        CHECK(std::fabs(rates[t] - lr * cases()[i].factor(static_cast<double>(t))) <= 1e-12 * lr);
      }
    }
  }
}

TEST_CASE("presets: any number of steps gives lengths of a step or more and rates that are numbers") {
  for (const SchedulePreset& preset : schedule_presets())
    for (const int steps : {1, 2, 3, 5, 17, 100000}) {
      CAPTURE(preset.name);
      CAPTURE(steps);
      const std::vector<double> rates = rates_of(preset.make(0.1, steps), 0.1, steps);
      CHECK(std::all_of(rates.begin(), rates.end(), [](double r) { return r >= 0 && r <= 0.1 + 1e-12; }));
    }
}
