// The schedules: against PyTorch's lists, the forms that are Stride's own against their formulas, and every
// row for every step.
#include <cmath>

#include "support/spec_json.h"

using namespace stride;
using namespace stride::test;
using nlohmann::json;

namespace {

std::vector<double> rates(const json& schedule, double base, int count, int steps = 200) {
  ScheduleRun run(schedule_settings(schedule), base, steps);
  std::vector<double> out;
  for (int t = 0; t < count; ++t) {
    out.push_back(run.rate().lr);
    run.advance(0);
  }
  return out;
}

}  // namespace

TEST_CASE("every schedule gives PyTorch's rates and momenta") {
  const json data = reference("schedules_open.json");
  for (const json& c : data["cases"]) {
    CAPTURE(c.at("id").get<std::string>());
    ScheduleRun run(schedule_settings(c.at("schedule")), c["base_lr"].get<double>(), 120);
    double largest = 0;
    for (const json& lr : c["lr"]) largest = std::max(largest, lr.get<double>());
    for (std::size_t t = 0; t < c["lr"].size(); ++t) {
      CAPTURE(t);
      const Rate rate = run.rate();
      CHECK(std::fabs(rate.lr - c["lr"][t].get<double>()) <= 1e-12 * largest);
      if (c.contains("momentum"))
        CHECK(std::fabs(rate.momentum - c["momentum"][t].get<double>()) <= 1e-12);
      else
        CHECK(std::isnan(rate.momentum));
      run.advance(c.contains("metric") ? c["metric"][t].get<double>() : 0);
    }
  }
}

TEST_CASE("left-out lengths mean the scenario's steps") {
  CHECK(rates({{"type", "CosineAnnealingLR"}}, 0.1, 51, 50) ==
        rates({{"type", "CosineAnnealingLR"}, {"T_max", 50}}, 0.1, 51, 7));
  CHECK(rates({{"type", "OneCycleLR"}}, 1, 50, 50) ==
        rates({{"type", "OneCycleLR"}, {"total_steps", 50}}, 1, 50, 7));
}

TEST_CASE("one cycle holds its last rate") {
  const auto r = rates({{"type", "OneCycleLR"}, {"total_steps", 20}, {"max_lr", 0.5}}, 1, 60);
  for (std::size_t t = 19; t < r.size(); ++t) CHECK(r[t] == r[19]);
  CHECK(r[19] == doctest::Approx(0.5 / 25 / 1e4));
}

TEST_CASE("WSD rises, stays, falls and holds") {
  for (const char* shape : {"linear", "cosine", "sqrt"}) {
    const auto r = rates(
        {{"type", "WSD"}, {"warmup", 4}, {"stable", 6}, {"decay", 10}, {"min_factor", 0.2}, {"shape", shape}},
        2, 40);
    CAPTURE(shape);
    for (std::size_t t = 0; t < 4; ++t) CHECK(r[t] == doctest::Approx(2 * (static_cast<double>(t) + 1) / 4));
    for (std::size_t t = 4; t <= 10; ++t) CHECK(r[t] == doctest::Approx(2));
    for (std::size_t t = 11; t <= 20; ++t) CHECK(r[t] < r[t - 1]);
    for (std::size_t t = 20; t < 40; ++t) CHECK(r[t] == doctest::Approx(0.4));
  }
  const json wsd = {{"type", "WSD"}, {"warmup", 0}, {"stable", 0}, {"decay", 4}};
  CHECK(rates(wsd, 1, 5) == std::vector<double>{1, 0.75, 0.5, 0.25, 0});
  json root = wsd;
  root["shape"] = "sqrt";
  CHECK(rates(root, 1, 5)[1] == doctest::Approx(0.5));
}

TEST_CASE("a drawn curve passes through its points") {
  const json points = {{2, 1}, {6, 0.5}, {8, 0.1}};
  const auto line = rates({{"type", "Points"}, {"points", points}}, 10, 12);
  CHECK(line[0] == 10);
  CHECK(line[4] == doctest::Approx(7.5));
  CHECK(line[6] == 5);
  CHECK(line[7] == doctest::Approx(3));
  CHECK(line[11] == 1);
  const auto step = rates({{"type", "Points"}, {"points", points}, {"interpolation", "step"}}, 10, 12);
  CHECK(step[5] == 10);
  CHECK(step[6] == 5);
  const auto cosine = rates({{"type", "Points"}, {"points", points}, {"interpolation", "cosine"}}, 10, 12);
  CHECK(cosine[3] > line[3]);
  CHECK(cosine[4] == doctest::Approx(7.5));
  CHECK(cosine[5] < line[5]);
}

TEST_CASE("cyclic annealing falls along a cosine and starts again") {
  const auto r = rates({{"type", "CyclicLR"},
                        {"mode", "annealing"},
                        {"base_lr", 0.1},
                        {"max_lr", 0.5},
                        {"step_size_up", 4},
                        {"step_size_down", 6}},
                       1, 25);
  for (std::size_t t = 0; t < r.size(); ++t) {
    const double u = static_cast<double>(t % 10) / 10;
    CHECK(r[t] == doctest::Approx(0.1 + 0.4 * (1 + std::cos(3.14159265358979 * u)) / 2));
  }
}

TEST_CASE("the formulas of LambdaLR") {
  const auto stairs =
      rates({{"type", "LambdaLR"}, {"lambda", "inverse_time_staircase"}, {"k", 0.5}, {"every", 3}}, 1, 10);
  for (std::size_t t = 0; t < 10; ++t)
    CHECK(stairs[t] == doctest::Approx(1 / (1 + 0.5 * static_cast<double>(t / 3))));
  const auto noam = rates({{"type", "LambdaLR"}, {"lambda", "noam"}, {"d_model", 64}, {"warmup", 5}}, 2, 20);
  for (std::size_t t = 0; t < 20; ++t) {
    const double s = static_cast<double>(t) + 1;
    CHECK(noam[t] == doctest::Approx(2 / 8.0 * std::min(1 / std::sqrt(s), s * std::pow(5, -1.5))));
  }
}

TEST_CASE("a plateau inside a sequence hears only its own steps, inside a chain all") {
  const json plateau = {{"type", "ReduceLROnPlateau"}, {"factor", 0.5}, {"patience", 1}};
  ScheduleRun sequence(
      schedule_settings(
          {{"type", "SequentialLR"},
           {"milestones", {4}},
           {"schedulers", {{{"type", "ConstantLR"}, {"factor", 0.5}, {"total_iters", 99}}, plateau}}}),
      1, 50);
  CHECK(sequence.listens());
  std::vector<double> heard;
  for (int t = 0; t < 9; ++t) {
    heard.push_back(sequence.rate().lr);
    sequence.advance(1);
  }
  CHECK(heard == std::vector<double>{0.5, 0.5, 0.5, 0.5, 1, 1, 1, 0.5, 0.5});
  ScheduleRun chain(
      schedule_settings({{"type", "ChainedScheduler"},
                         {"schedulers", {plateau, {{"type", "ExponentialLR"}, {"gamma", 0.5}}}}}),
      1, 50);
  std::vector<double> product;
  for (int t = 0; t < 5; ++t) {
    product.push_back(chain.rate().lr);
    chain.advance(1);
  }
  CHECK(product == std::vector<double>{1, 0.5, 0.25, 0.0625, 0.03125});
}

TEST_CASE("every row is finite and not negative, whatever whole numbers it is given") {
  for (int row = 0; row < static_cast<int>(schedules().size()); ++row) {
    const Schedule& s = schedules()[row];
    CAPTURE(s.key);
    for (bool largest : {false, true}) {
      Settings settings = default_settings(row, s.params);
      for (std::size_t i = 0; i < s.params.size(); ++i)
        if (s.params[i].kind == Param::Kind::integer || s.params[i].kind == Param::Kind::integers)
          settings.values[i] = {largest ? s.params[i].max : s.params[i].min};
      const int inner = find_param(s.params, "schedulers");
      if (inner >= 0) {
        settings.nested = {schedule_settings({{"type", "StepLR"}}),
                           schedule_settings({{"type", "OneCycleLR"}}),
                           schedule_settings({{"type", "ReduceLROnPlateau"}})};
        if (const int m = find_param(s.params, "milestones"); m >= 0)
          settings.values[static_cast<std::size_t>(m)] = {0, 1, 5};
      }
      for (int steps : {1, 2, 100000}) {
        ScheduleRun run(settings, 0.1, steps);
        for (int t = 0; t < 300; ++t) {
          const Rate r = run.rate();
          CAPTURE(t);
          REQUIRE(std::isfinite(r.lr));
          REQUIRE(r.lr >= 0);
          if (!std::isnan(r.momentum)) REQUIRE((r.momentum >= 0 && r.momentum <= 1));
          run.advance(t % 7);
        }
        if (!s.at) continue;
        for (int t : {99999, 100000}) CHECK(std::isfinite(s.at(settings, 0.1, t, steps).lr));
      }
    }
  }
}

TEST_CASE("the table of schedules is whole") {
  CHECK(std::string_view(schedules()[0].key) == "constant");
  for (const Schedule& s : schedules()) {
    CAPTURE(s.key);
    CHECK(std::string_view(s.help).size() > 10);
    for (const Param& p : s.params) {
      CAPTURE(p.key);
      CHECK(std::string_view(p.help).size() > 5);
      CHECK(p.slider_min < p.slider_max);
      for (double v : p.fallback) CHECK((p.open_min ? v > p.min : v >= p.min));
      for (double v : p.fallback) CHECK((p.open_max ? v < p.max : v <= p.max));
    }
  }
}

TEST_CASE("a threshold of one or more never counts a loss as better") {
  for (const double threshold : {1.0, 1.5}) {
    ScheduleRun run(
        schedule_settings(
            {{"type", "ReduceLROnPlateau"}, {"factor", 0.5}, {"patience", 1}, {"threshold", threshold}}),
        1, 50);
    std::vector<double> heard;
    for (int t = 0; t < 6; ++t) {
      heard.push_back(run.rate().lr);
      run.advance(std::pow(0.1, t));
    }
    CHECK(heard == std::vector<double>{1, 1, 0.5, 0.5, 0.25, 0.25});
  }
}

TEST_CASE("a plateau makes no drop smaller than eps") {
  ScheduleRun run(
      schedule_settings({{"type", "ReduceLROnPlateau"}, {"factor", 0.5}, {"patience", 0}, {"eps", 0.2}}), 1,
      50);
  std::vector<double> heard;
  for (int t = 0; t < 6; ++t) {
    heard.push_back(run.rate().lr);
    run.advance(1);
  }
  CHECK(heard == std::vector<double>{1, 1, 0.5, 0.25, 0.25, 0.25});
}

TEST_CASE("in a sequence MultiplicativeLR goes on from the rate before, others begin anew") {
  const json warm = {{"type", "LinearLR"}, {"start_factor", 0.1}, {"total_iters", 4}};
  const json half = {{"type", "MultiplicativeLR"}, {"factor", 0.5}};
  const auto sequence = [](const json& parts, const json& milestones) {
    return json{{"type", "SequentialLR"}, {"schedulers", parts}, {"milestones", milestones}};
  };
  const auto near = [](const std::vector<double>& a, const std::vector<double>& b) {
    REQUIRE(a.size() == b.size());
    for (std::size_t t = 0; t < a.size(); ++t) CHECK(a[t] == doctest::Approx(b[t]).epsilon(1e-12));
  };
  near(rates(sequence({warm, half}, {3}), 0.1, 6), {0.01, 0.0325, 0.055, 0.0275, 0.01375, 0.006875});
  near(rates(sequence({warm, half, half}, {3, 4}), 0.1, 6), {0.01, 0.0325, 0.055, 0.0275, 0.01375, 0.006875});
  near(rates(sequence({half, {{"type", "ExponentialLR"}, {"gamma", 0.5}}}, {2}), 1, 5),
       {1, 0.5, 1, 0.5, 0.25});
  near(rates(sequence({sequence({warm, half}, {2}), half}, {3}), 0.1, 5),
       {0.01, 0.0325, 0.01625, 0.008125, 0.0040625});
  near(rates({{"type", "ChainedScheduler"}, {"schedulers", {sequence({warm, half}, {3}), half}}}, 0.1, 5),
       {0.01, 0.01625, 0.01375, 0.0034375, 0.000859375});
}

TEST_CASE("a formula of one's own is a factor of t and T") {
  const auto of = [](const std::string& formula) {
    Settings s = schedule_settings({{"type", "LambdaLR"}});
    s.formula = formula;
    return s;
  };
  const auto rates_of = [](const Settings& s, double base, int count, int steps) {
    ScheduleRun run(s, base, steps);
    std::vector<double> out;
    for (int t = 0; t < count; ++t, run.advance(0)) out.push_back(run.rate().lr);
    return out;
  };
  const std::vector<double> cosine = rates_of(of("½(1 + cos πt/T)"), 2, 51, 50);
  const std::vector<double> known = rates({{"type", "CosineAnnealingLR"}, {"T_max", 50}}, 2, 51);
  for (std::size_t t = 0; t < known.size(); ++t)
    CHECK(std::fabs(rates_of(of("0.5*(1+cos(pi*t/T))"), 2, 51, 50)[t] - known[t]) < 1e-15);
  CHECK(cosine.size() == 51);
  CHECK(rates_of(of("0.1^floor(t/3)"), 1, 7, 7) ==
        rates({{"type", "StepLR"}, {"step_size", 3}, {"gamma", 0.1}}, 1, 7));
  // Where the formula is no number the rate is 0; a negative factor stays one, as in PyTorch.
  CHECK(rates_of(of("1/t"), 1, 3, 9) == std::vector<double>{0, 1, 0.5});
  CHECK(rates_of(of("min(1, 1/t)"), 1, 3, 9) == std::vector<double>{1, 1, 0.5});
  CHECK(rates_of(of("log(-1)"), 1, 2, 9) == std::vector<double>{0, 0});
  CHECK(rates_of(of("1 - t"), 2, 3, 9) == std::vector<double>{2, 0, -2});
  // In a sequence t is the schedule's own clock; copies go on by themselves.
  Settings sequence = schedule_settings({{"type", "SequentialLR"},
                                         {"schedulers", {{{"type", "constant"}}, {{"type", "LambdaLR"}}}},
                                         {"milestones", {2}}});
  sequence.nested[1].formula = "1/(1+t) + T";
  CHECK(rates_of(sequence, 1, 4, 10) == std::vector<double>{1, 1, 11, 10.5});
  ScheduleRun run(sequence, 1, 10);
  run.advance(0);
  run.advance(0);
  ScheduleRun copy = run;
  run.advance(0);
  CHECK(copy.rate().lr == 11);
  CHECK(run.rate().lr == 10.5);
}
